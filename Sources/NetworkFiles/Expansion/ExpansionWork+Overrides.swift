import NetworkModel

/// Rows of `dwellings` that change dwellings which a compact building makes.
extension ExpansionWork {
    /// Finds for each row of `dwellings` the dwelling it changes; rows of listed buildings make dwellings of their own.
    mutating func noteOverrides() {
        let table = document[.dwellings]
        guard table.rowCount > 0 else { return }
        let columns = PlaceColumns(table)
        for row in 0..<table.rowCount {
            guard let building = buildings[columns.building[row]] else { continue }
            let plan = buildingPlans[building]
            if plan.pair == nil { continue }
            guard let place = place(of: row, .dwellings, columns, in: plan) else { continue }
            if overrideRow.isEmpty { overrideRow = [Int32](repeating: -1, count: states.count) }
            if overrideRow[place] >= 0 {
                report(.repeatedRow, .error, .dwellings, row, "door", [placeText(row, columns), TableName.dwellings.rawValue])
            }
            overrideRow[place] = Int32(truncatingIfNeeded: row)
            if !columns.id[row].isAbsent, !namedDwellings.insert(columns.id[row], place) {
                report(.repeatedRow, .error, .dwellings, row, "id", [document.text(columns.id[row]), TableName.dwellings.rawValue])
            }
        }
    }

    /// The position of the dwelling that a row means by unit, floor and door, or by its generated id.
    private mutating func place(of row: Int, _ table: TableName, _ columns: PlaceColumns, in plan: BuildingPlan) -> Int? {
        if let unit = columns.unit.integer(row), let floor = columns.floor.integer(row), let door = columns.door.integer(row) {
            if let offset = plan.offset(unit: unit, floor: floor, door: door) { return plan.firstDwelling + offset }
            report(.noSuchPlace, .error, table, row, "door", [placeText(row, columns), shapeText(plan)])
            return nil
        }
        if let position = generatedDwelling(document.text(columns.id[row])) { return position }
        report(.neededField, .error, table, row, "unit", ["unit, floor, door"])
        return nil
    }

    /// The position that an id such as `B7/u1/f03/d2` means.
    func generatedDwelling(_ text: String) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count >= 4, let door = number(parts[parts.count - 1], after: "d"),
            let floor = number(parts[parts.count - 2], after: "f"), let unit = number(parts[parts.count - 3], after: "u")
        else { return nil }
        let name = String(text.utf8.prefix(upTo: parts[parts.count - 4].endIndex)) ?? ""
        guard let symbol = document.symbol(for: name), let building = buildings[symbol] else { return nil }
        let plan = buildingPlans[building]
        guard plan.pair != nil, let offset = plan.offset(unit: unit, floor: floor, door: door) else { return nil }
        return plan.firstDwelling + offset
    }

    private func number(_ text: Substring.UTF8View, after letter: Character) -> Int? {
        guard let first = text.first, first == letter.asciiValue, text.count <= 9 else { return nil }
        var number = 0
        for byte in text.dropFirst() {
            guard byte >= 48, byte <= 57 else { return nil }
            number = 10 * number + Int(byte - 48)
        }
        return text.count > 1 ? number : nil
    }

    /// The design of a dwelling with a row of its own.
    func overriddenDesign(of plan: BuildingPlan, offset: Int, row: Int) -> DwellingDesign {
        let table = document[.dwellings]
        var parameters = Parameters()
        parameters.overlay(ParameterColumns(table), .dwellings, row)
        var geometry = plan.geometry
        let emitter = classes.emitter(document.text(parameters.emitter.symbol)) ?? plan.emitter
        if let envelope = classes.envelope(document.text(parameters.envelope.symbol)) { geometry.envelope = envelope }
        apply(parameters, emitter, &geometry.envelope)
        geometry.windowShare = parameters.windowShare ?? geometry.windowShare
        geometry.storeyHeight = parameters.storeyHeight ?? geometry.storeyHeight
        geometry.depth = parameters.depth ?? geometry.depth
        let area = table.numbers("area_m2")[row] ?? plan.shape?.nodes[offset].cell.area ?? geometry.area
        let exterior = table.numbers("exterior_w_k")[row] ?? exterior(of: plan, offset: offset, geometry, area: area)
        let gains = table.numbers("gains_w")[row] ?? (parameters.gains ?? plan.gains) * area
        let ownRoom = table.numbers("target_c")[row] ?? parameters.room
        let room = ownRoom ?? plan.room
        return sized(
            DwellingDesign(
                area: area, exterior: exterior, gains: gains, room: room, hasOwnRoom: ownRoom != nil || plan.hasOwnRoom,
                emitter: emitter, oversize: parameters.oversize ?? plan.oversize, load: 0,
                terminalLoss: (parameters.terminalLoss ?? emitter.terminalLoss).map { $0 * 1000 } ?? plan.terminalLoss),
            plan, offset)
    }

    func placeText(_ row: Int, _ columns: PlaceColumns) -> String {
        var parts: [String] = []
        if let unit = columns.unit.integer(row) { parts.append("unit \(unit)") }
        if let floor = columns.floor.integer(row) { parts.append("floor \(floor)") }
        if let door = columns.door.integer(row) { parts.append("door \(door)") }
        return parts.joined(separator: ", ")
    }

    func shapeText(_ plan: BuildingPlan) -> String {
        if plan.shape != nil { return "units 1–\(plan.geometry.units), floors 1–\(plan.geometry.floors), doors by floor plan" }
        return "units 1–\(plan.geometry.units), floors 1–\(plan.geometry.floors), doors 1–\(plan.geometry.dwellingsPerFloor)"
    }
}

/// The columns that say which dwelling a row means.
struct PlaceColumns {
    let id, building: SymbolColumn
    let unit, floor, door: NumberColumn

    init(_ table: Table) {
        id = table.texts(table.schema.position(of: "id") == nil ? "dwelling" : "id")
        building = table.texts("building")
        unit = table.numbers("unit")
        floor = table.numbers("floor")
        door = table.numbers("door")
    }
}
