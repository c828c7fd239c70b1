import NetworkModel

/// Which dwellings are open, closed or restricted.
extension ExpansionWork {
    /// Reads the states of `dwellings` and lays the roster over them. Of two rows the one that names its place more
    /// closely wins; two equally close ones that differ are an error.
    mutating func expandRoster() {
        readOwnStates()
        readOwnPriorities()
        let table = document[.roster]
        guard table.rowCount > 0 else {
            if !states.isEmpty && document[.dwellings].texts("state").isEmpty { used.use(.roster, count: states.count, nil) }
            return
        }
        let columns = PlaceColumns(table)
        let (state, share) = (table.texts("state"), table.numbers("share"))
        let priority = table.numbers("priority")
        var roster = RosterMarks(count: states.count)
        for row in 0..<table.rowCount {
            guard let wanted = readState(state[row], share[row], .roster, row) else { continue }
            guard let place = rosterPlace(row, columns) else { continue }
            mark(place, wanted, row, &roster, state)
            if let own = priority[row] { for position in positions(of: place) { priorities[position] = Int32(own) } }
        }
        let spaces = buildingPlans.reduce(0) { $0 + $1.spaceCount }
        let unmentioned = max(states.indices.count { roster.row[$0] < 0 } - spaces, 0)
        used.use(.roster, count: unmentioned, nil)
    }

    /// The dwellings that a row of a roster means, and how closely it names them.
    private mutating func rosterPlace(_ row: Int, _ columns: PlaceColumns) -> RosterPlace? {
        if !columns.id[row].isAbsent {
            let name = document.text(columns.id[row])
            if let position = namedDwellings[columns.id[row]] ?? generatedDwelling(name) { return RosterPlace(single: position) }
            reportDangling(columns.id[row], "dwelling", .roster, row, "dwelling", among: dwellingNames(like: name))
            return nil
        }
        guard !columns.building[row].isAbsent else {
            report(.neededField, .error, .roster, row, "building", ["dwelling / building"])
            return nil
        }
        guard let building = buildings[columns.building[row]] else {
            reportDangling(columns.building[row], "building", .roster, row, "building", among: ids(.buildings))
            return nil
        }
        let plan = buildingPlans[building]
        let shape = plan.geometry
        let place = RosterPlace(
            building: building, unit: columns.unit.integer(row), floor: columns.floor.integer(row), door: columns.door.integer(row))
        let isInside =
            plan.pair == nil
            || ((place.unit ?? 1) <= shape.units && (place.floor ?? 1) <= shape.floors
                && (place.door ?? 1) <= shape.dwellingsPerFloor
                && (plan.shape == nil || place.closeness < 3 || !positions(of: place).isEmpty))
        if isInside { return place }
        report(.noSuchPlace, .error, .roster, row, "door", [placeText(row, columns), shapeText(plan)])
        return nil
    }

    private mutating func mark(
        _ place: RosterPlace, _ state: DwellingState, _ row: Int, _ roster: inout RosterMarks, _ words: SymbolColumn
    ) {
        let marked = positions(of: place)
        roster.marks += marked.count
        if roster.marks > RosterMarks.most {
            if roster.marks - marked.count <= RosterMarks.most { report(.repetitiveRoster, .error, .roster, row, "building") }
            return
        }
        for position in marked {
            let earlier = Int(roster.row[position])
            if earlier >= 0 {
                if roster.closeness[position] > place.closeness { continue }
                if roster.closeness[position] == place.closeness && states[position] != state {
                    reportContradiction(position, row, earlier, words)
                }
            }
            roster.row[position] = Int32(truncatingIfNeeded: row)
            roster.closeness[position] = place.closeness
            states[position] = state
        }
    }

    private mutating func reportContradiction(_ position: Int, _ row: Int, _ earlier: Int, _ words: SymbolColumn) {
        // A million of them are only counted: the names of dwellings take longer than all else.
        if log.isFull(.contradictoryRoster) { return log.count(.contradictoryRoster) }
        report(
            .contradictoryRoster, .error, .roster, row, "state",
            [dwellingName(position).text, document.text(words[earlier]), document.text(words[row])])
    }

    /// The positions of the dwellings at a place.
    private func positions(of place: RosterPlace) -> [Int] {
        if let single = place.single { return [single] }
        let plan = buildingPlans[place.building]
        if plan.pair == nil { return listedPositions(of: place, plan) }
        let shape = plan.geometry
        if let unit = place.unit, let floor = place.floor, let door = place.door {
            return plan.offset(unit: unit, floor: floor, door: door).map { [plan.firstDwelling + $0] } ?? []
        }
        var positions: [Int] = []
        for floor in place.floor.map({ $0...$0 }) ?? 1...shape.floors {
            for unit in place.unit.map({ $0...$0 }) ?? 1...shape.units {
                for door in place.door.map({ $0...$0 }) ?? 1...shape.dwellingsPerFloor {
                    if let offset = plan.offset(unit: unit, floor: floor, door: door) { positions.append(plan.firstDwelling + offset) }
                }
            }
        }
        return positions
    }

    private func listedPositions(of place: RosterPlace, _ plan: BuildingPlan) -> [Int] {
        let columns = PlaceColumns(document[.dwellings])
        return (plan.firstDwelling..<plan.firstDwelling + plan.dwellingCount).filter { position in
            let row = listedRow[position - listedStart]
            return (place.unit ?? columns.unit.integer(row)) == columns.unit.integer(row)
                && (place.floor ?? columns.floor.integer(row)) == columns.floor.integer(row)
                && (place.door ?? columns.door.integer(row)) == columns.door.integer(row)
        }
    }

    private mutating func readOwnStates() {
        let table = document[.dwellings]
        let (state, share) = (table.texts("state"), table.numbers("share"))
        if state.isEmpty && share.isEmpty { return }
        for (position, row) in overrideRow.enumerated() where row >= 0 {
            if let own = readState(state[Int(row)], share[Int(row)], .dwellings, Int(row)) { states[position] = own }
        }
        for (offset, row) in listedRow.enumerated() {
            if let own = readState(state[row], share[row], .dwellings, row) { states[listedStart + offset] = own }
        }
    }

    /// Classes of buildings, and of dwellings where they have their own.
    private mutating func readOwnPriorities() {
        priorities = [Int32](repeating: Dwelling.ordinaryPriority, count: states.count)
        let ofBuilding = document[.buildings].numbers("priority")
        if !ofBuilding.isEmpty {
            for (row, plan) in buildingPlans.enumerated() {
                guard let own = ofBuilding[row] else { continue }
                for position in plan.firstDwelling..<plan.firstDwelling + plan.dwellingCount { priorities[position] = Int32(own) }
            }
        }
        let ofDwelling = document[.dwellings].numbers("priority")
        if ofDwelling.isEmpty { return }
        for (position, row) in overrideRow.enumerated() where row >= 0 {
            if let own = ofDwelling[Int(row)] { priorities[position] = Int32(own) }
        }
        for (offset, row) in listedRow.enumerated() {
            if let own = ofDwelling[row] { priorities[listedStart + offset] = Int32(own) }
        }
    }

    /// A state with its share; nil where the row says nothing.
    private mutating func readState(_ state: Symbol, _ share: Double?, _ table: TableName, _ row: Int) -> DwellingState? {
        let word = document.text(state)
        if share != nil && word != "restricted" { report(.shareOfState, .error, table, row, "share", [word]) }
        switch word {
        case "open": return .open
        case "closed": return .closed
        case "restricted":
            return .restricted(share: share ?? networkNumber("restricted_share", .restrictedShare, table, row))
        default: return nil
        }
    }

    /// The id of a dwelling by position.
    func dwellingName(_ position: Int) -> ElementID {
        guard let plan = buildingPlans.last(where: { $0.firstDwelling <= position && $0.dwellingCount > 0 }) else { return "" }
        if plan.pair == nil { return document.id(.dwellings, listedRow[position - listedStart]) ?? "" }
        if !overrideRow.isEmpty, overrideRow[position] >= 0, let id = document.id(.dwellings, Int(overrideRow[position])) { return id }
        return plan.id(of: plan.spot(position - plan.firstDwelling))
    }

    /// Names of dwellings that a mistyped one may have meant: those of the building it begins with.
    private func dwellingNames(like name: String) -> [String] {
        if search.isSpent || log.isFull(.danglingReference) { return [] }
        let head = name.split(separator: "/").first.map(String.init) ?? name
        let named = ids(.dwellings).filter { !$0.isEmpty }
        guard let symbol = document.symbol(for: head), let building = buildings[symbol] else { return named }
        let plan = buildingPlans[building]
        return named + (plan.firstDwelling..<plan.firstDwelling + min(plan.dwellingCount, 2000)).map { dwellingName($0).text }
    }

    /// `f03` for floor 3.
    static func floorName(_ floor: Int) -> String { floor < 10 ? "f0\(floor)" : "f\(floor)" }
}

/// Where a row of a roster points.
private struct RosterPlace {
    var single: Int?
    var building = 0
    var unit: Int?
    var floor: Int?
    var door: Int?

    init(single: Int) { self.single = single }
    init(building: Int, unit: Int?, floor: Int?, door: Int?) {
        (self.building, self.unit, self.floor, self.door) = (building, unit, floor, door)
    }

    /// How many of unit, floor and door are given; a dwelling by id counts as all.
    var closeness: Int8 {
        if single != nil { return 3 }
        return (unit == nil ? 0 : 1) + (floor == nil ? 0 : 1) + (door == nil ? 0 : 1)
    }
}

/// The roster row that set each dwelling, and how closely it named it.
private struct RosterMarks {
    var row: [Int32]
    var closeness: [Int8]
    /// Dwellings marked so far, each as often as rows name it; a million rows that name a building of a hundred thousand dwellings
    /// would take hours.
    var marks = 0
    static let most = 300_000_000
    init(count: Int) {
        row = [Int32](repeating: -1, count: count)
        closeness = [Int8](repeating: -1, count: count)
    }
}
