import NetworkModel

/// Which names compact forms will give to their nodes and links: those that rows refer to must be among them, those that rows use
/// for elements of their own must not.
extension ExpansionWork {
    /// Judges the references to nodes inside compact forms that were met, and ids that compact forms will use too.
    mutating func judgeInsideNames(_ parts: inout CompactParts) {
        for reference in insideReferences where !makesNode(ElementID(reference.name), &parts) {
            if let point = reference.point {
                report(.danglingReference, .error, reference.table, reference.row, reference.field, [point, "node pair"])
            } else if let symbol = document.symbol(for: reference.name) {
                reportDangling(symbol, "node", reference.table, reference.row, reference.field, among: likelyNames(for: symbol))
            }
        }
        for table in [TableName.pipes, .valves, .pumps, .sources, .terminals] {
            let ids = document[table].texts("id")
            for row in 0..<document[table].rowCount where isTaken(ids[row], &parts) { report(.duplicateID, .error, table, row, "id", [document.text(ids[row])]) }
        }
        let nodes = document[.nodes].texts("id")
        for row in 0..<document[.nodes].rowCount where singleNodes[nodes[row]] != nil {
            let text = document.text(nodes[row])
            let isPair = Self.splitNode(text).flatMap { document.symbol(for: $0.0) }.map { pairs[$0] != nil } ?? false
            if isPair || text.utf8.contains(UInt8(ascii: "/")) && makesNode(ElementID(text), &parts) { report(.duplicateID, .error, .nodes, row, "id", [text]) }
        }
        judgeOwnIDs()
    }

    /// Own ids of dwellings that are those of others by their places.
    private mutating func judgeOwnIDs() {
        let ids = document[.dwellings].texts("id")
        for row in 0..<document[.dwellings].rowCount where !ids[row].isAbsent {
            guard let position = namedDwellings[ids[row]], let other = generatedDwelling(document.text(ids[row])), other != position,
                ownID(other) == nil, isCanonical(document.text(ids[row]), other)
            else { continue }
            report(.duplicateID, .error, .dwellings, row, "id", [document.text(ids[row])])
        }
    }

    /// Whether a compact form will give a link the id of a row.
    private mutating func isTaken(_ symbol: Symbol, _ parts: inout CompactParts) -> Bool {
        if let position = namedDwellings[symbol] { return position < listedStart }
        let text = document.text(symbol)
        return text.utf8.contains(UInt8(ascii: "/")) && makesLink(ElementID(text), &parts)
    }

    /// Whether a name is exactly that of a dwelling by its place, `B7/u1/f03/d2` and not `B7/u1/f3/d2`.
    private func isCanonical(_ text: String, _ position: Int) -> Bool {
        guard let building = compactBuilding(ofDwelling: position) else { return false }
        let plan = buildingPlans[building]
        return plan.id(of: plan.spot(position - plan.firstDwelling)) == ElementID(text)
    }

    /// Whether a compact form will make a node of this name.
    private mutating func makesNode(_ id: ElementID, _ parts: inout CompactParts) -> Bool {
        guard let (owner, part) = id.owner else { return false }
        let symbol = document.symbol(for: owner)
        switch part {
        case "inlet":
            if let row = symbol.flatMap({ parts.sources[$0] }), pump(parts.source.pump, .sources, row, fallback: nil) != nil { return true }
            return isCompactSubstation(symbol) || device(ElementID(owner).part("valve"), &parts, SymbolMap(symbolCount: 0)) != nil && unitOrFloor(owner, &parts) == nil
        case "primary-outlet": return isCompactSubstation(symbol)
        case "collector": return symbol.flatMap { buildings[$0] } != nil && device(ElementID(owner).part("inlet"), &parts, SymbolMap(symbolCount: 0)) != nil
        case "foot": return unitValve(owner, &parts) != nil
        case "supply", "return": return unitOrFloor(owner, &parts) != nil
        default: return false
        }
    }

    /// Whether a compact form will make a link of this name.
    private mutating func makesLink(_ id: ElementID, _ parts: inout CompactParts) -> Bool {
        guard let (owner, part) = id.owner else { return false }
        let symbol = document.symbol(for: owner)
        switch part {
        case "pump", "valve", "inlet", "bypass":
            if case .secondWay = device(id, &parts, SymbolMap(symbolCount: 0)) { return false }
            return device(id, &parts, SymbolMap(symbolCount: 0)) != nil
        case "primary", "secondary": return symbol.flatMap { substations[$0] } != nil
        case "main-supply", "main-return": return unitOrFloor(owner, &parts)?.floor == 0
        case "back", "riser":
            guard let place = unitOrFloor(owner, &parts), place.isOnePipe else { return false }
            // The first floor that the water meets has no pipe of its own name.
            return part == "riser" ? place.floor == 0 || !place.isFirst : place.floor == 0
        case "supply", "return":
            if let symbol, parts.trenches[symbol] != nil { return true }
            return unitOrFloor(owner, &parts).map { $0.floor > 0 && !$0.isOnePipe } ?? false
        default: return generatedDwelling(id.text).map { ownID($0) == nil && isCanonical(id.text, $0) } ?? false
        }
    }

    private func isCompactSubstation(_ symbol: Symbol?) -> Bool {
        symbol.flatMap { substations[$0] }.map { substationPlans[$0].secondary != nil } ?? false
    }

    /// A unit, or a floor of one, that is connected.
    private struct ConnectedPlace {
        /// 0 for the unit itself.
        var floor: Int
        var isOnePipe: Bool
        /// Whether the water of a one-pipe riser meets this floor first.
        var isFirst: Bool
    }

    /// What a name such as `B7/u2` or `B7/u2/f03` is; nil where nothing of that name is connected.
    private mutating func unitOrFloor(_ name: String, _ parts: inout CompactParts) -> ConnectedPlace? {
        let floor = Self.split(name, "f")
        guard let (building, unit) = Self.split(floor?.0 ?? name, "u"), let symbol = document.symbol(for: building),
            let plan = interior(ofBuilding: symbol, &parts)?.plan, unit <= plan.geometry.units
        else { return nil }
        let prefix = "\(building)/u\(unit)"
        let flows = unitFlows(unit, plan, parts.tools.heatCapacity)
        guard let top = flows.lastIndex(where: { $0 > 0 }) else { return nil }
        guard let floor else { return name == prefix ? ConnectedPlace(floor: 0, isOnePipe: plan.onePipe != nil, isFirst: false) : nil }
        guard name == "\(prefix)/\(Self.floorName(floor.1))", floor.1 <= flows.count else { return nil }
        guard let riser = plan.onePipe else { return floor.1 <= top + 1 ? ConnectedPlace(floor: floor.1, isOnePipe: false, isFirst: false) : nil }
        guard flows[floor.1 - 1] > 0 else { return nil }
        let first = riser.isTopFed ? top : flows.firstIndex { $0 > 0 } ?? 0
        return ConnectedPlace(floor: floor.1, isOnePipe: true, isFirst: floor.1 == first + 1)
    }
}

/// A row that names a node inside a compact form.
struct InsideReference {
    var table: TableName
    var row: Int
    var field: String
    var name: String
    /// The worst point that it is an end of.
    var point: String?
}

/// Tables that compact forms are read from.
struct CompactParts {
    let building: BuildingPartColumns
    let substation: SubstationColumns
    let source: SourceColumns
    let tools: BuildingTools
    /// Rows of sources and trenches by id.
    var sources: SymbolMap
    var trenches: SymbolMap
    var last: BuildingInterior?

    init(_ document: Document, tools: BuildingTools) {
        building = BuildingPartColumns(document[.buildings])
        substation = SubstationColumns(document[.substations])
        source = SourceColumns(document[.sources])
        self.tools = tools
        sources = SymbolMap(symbolCount: document.pool.count)
        trenches = SymbolMap(symbolCount: document.pool.count)
        for row in 0..<document[.sources].rowCount { _ = sources.insert(source.id[row], row) }
        let ids = document[.trenches].texts("id")
        for row in 0..<document[.trenches].rowCount { _ = trenches.insert(ids[row], row) }
    }

    /// The compact building that a dwelling is in.
    func plan(ofDwelling position: Int, _ work: ExpansionWork) -> BuildingPlan? {
        if let last, last.plan.firstDwelling <= position, position < last.plan.firstDwelling + last.plan.dwellingCount { return last.plan }
        return work.compactBuilding(ofDwelling: position).map { work.buildingPlans[$0] }
    }

    /// Names that a mistyped one may have meant: the valves and the pump of the form that its own begins with.
    func names(beside id: ElementID) -> [String] {
        guard let (owner, _) = id.owner else { return [] }
        return ["inlet", "valve", "pump", "bypass"].map { owner + "/" + $0 }
    }
}
