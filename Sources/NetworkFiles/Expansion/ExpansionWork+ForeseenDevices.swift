import NetworkModel
import Quantities

/// Settings of valves and pumps that compact forms will make.
extension ExpansionWork {
    /// Judges the settings of what no row lists, once buildings are planned.
    mutating func judgeCompactSettings(_ parts: inout CompactParts, _ rules: inout ProblemReport) {
        let columns = SettingColumns(document[.settings])
        guard document[.settings].rowCount > 0 else { return }
        var listed = SymbolMap(symbolCount: document.pool.count)
        for table in [TableName.valves, .pumps] {
            let ids = document[table].texts("id")
            for row in 0..<document[table].rowCount { _ = listed.insert(ids[row], row) }
        }
        for row in 0..<document[.settings].rowCount where !columns.id[row].isAbsent && listed[columns.id[row]] == nil {
            let id = ElementID(document.text(columns.id[row]))
            switch device(id, &parts, listed) {
            case .valve(var valve):
                lay(row, columns, over: &valve)
                rules.check(valve, valve.model.map { builder.current.valveModels[$0] }, id)
            case .pump(var pump):
                lay(row, columns, over: &pump)
                // Its worst points have been judged where they stand.
                if case .worstPoint(let held, _) = pump.control { pump.control = .constantDifference(held) }
                rules.check(pump, id)
            case .secondWay: break
            case nil: reportDangling(columns.id[row], "valve or pump", .settings, row, "id", among: parts.names(beside: id))
            }
        }
    }

    /// What compact forms make that can be set.
    enum CompactDevice {
        case valve(Valve)
        case pump(Pump)
        /// The second way of a listed valve with three ports.
        case secondWay
    }

    /// The valve or pump that a compact form will make under an id; nil where it will make none.
    mutating func device(_ id: ElementID, _ parts: inout CompactParts, _ listed: SymbolMap) -> CompactDevice? {
        guard let (owner, part) = id.owner else { return nil }
        let symbol = document.symbol(for: owner)
        switch part {
        case "pump":
            let row = symbol.flatMap { parts.sources[$0] }
            if let row, let pump = pump(parts.source.pump, .sources, row, fallback: nil) { return .pump(pump) }
            guard let plan = symbol.flatMap({ substations[$0] }).map({ substationPlans[$0] }), plan.secondary != nil else { return nil }
            return secondaryPump(plan.row, parts.substation).map { .pump($0) }
        case "bypass":
            if let symbol, listed[symbol] != nil { return .secondWay }
            return isStageWithBypass(owner) ? .valve(Valve(kv: FlowCoefficient(cubicMetresPerHour: 1))) : nil
        case "inlet":
            guard let symbol, let interior = interior(ofBuilding: symbol, &parts) else { return nil }
            return valve(interior.inletValve, interior.plan.massFlow, interior)
        case "valve":
            if let symbol, let position = substations[symbol] { return substationValve(position, parts) }
            return unitValve(owner, &parts) ?? dwellingValve(id, owner, &parts)
        default: return nil
        }
    }

    private mutating func valve(_ choice: ValveChoice, _ flow: Double, _ interior: BuildingInterior) -> CompactDevice? {
        model(choice, massFlow: flow, loss: interior.tools.valveLoss, density: interior.density).map { .valve(standIn(for: $0)) }
    }

    /// A valve as a compact form makes it, with sensors that nobody reads.
    private func standIn(for model: ValveModelIndex) -> Valve {
        let (kv, setting) = fullyOpen(model)
        var valve = Valve(kv: kv, model: model, setting: setting)
        valve.function = function(of: model, at: setting, held: NodePair(high: NodeIndex(0), low: NodeIndex(1)))
        return valve
    }

    private mutating func substationValve(_ position: Int, _ parts: CompactParts) -> CompactDevice? {
        let plan = substationPlans[position]
        guard plan.secondary != nil else { return nil }
        let choice = valveChoice(parts.substation.valve[plan.row], .substations, plan.row, "primary.valve", .substationValve)
        let density = conditions.fluid.density(at: Temperature(celsius: plan.back)).value
        return model(choice, massFlow: plan.primaryFlow, loss: parts.tools.valveLoss, density: density).map { .valve(standIn(for: $0)) }
    }

    /// The valve of a unit, `B7/u2/valve`.
    mutating func unitValve(_ owner: String, _ parts: inout CompactParts) -> CompactDevice? {
        guard let (building, unit) = Self.split(owner, "u"), let symbol = document.symbol(for: building),
            let interior = interior(ofBuilding: symbol, &parts), unit <= interior.plan.geometry.units, owner == "\(building)/u\(unit)"
        else { return nil }
        let flow = unitFlows(unit, interior.plan, parts.tools.heatCapacity).reduce(0, +)
        return flow > 0 ? valve(interior.unitValve, flow, interior) : nil
    }

    /// The valve of a dwelling, by the id that its row gives it or by its place.
    private mutating func dwellingValve(_ id: ElementID, _ owner: String, _ parts: inout CompactParts) -> CompactDevice? {
        let named = document.symbol(for: owner).flatMap { namedDwellings[$0] }
        guard let position = named ?? generatedDwelling(owner), position < listedStart, let plan = parts.plan(ofDwelling: position, self),
            case let offset = position - plan.firstDwelling, (ownID(position) ?? plan.id(of: plan.spot(offset))).part("valve") == id,
            plan.onePipe == nil, let interior = interior(of: plan, &parts)
        else { return nil }
        return valve(interior.dwellingValve, design(of: plan, offset: offset).massFlow(heatCapacity: parts.tools.heatCapacity), interior)
    }

    /// Whether an id is that of a floor of a one-pipe riser with a bypass.
    private func isStageWithBypass(_ owner: String) -> Bool {
        guard let (rest, floor) = Self.split(owner, "f"), let (building, unit) = Self.split(rest, "u"),
            let position = document.symbol(for: building).flatMap({ buildings[$0] }), let riser = buildingPlans[position].onePipe
        else { return false }
        return riser.bypassShare > 0 && owner == "\(building)/u\(unit)/\(Self.floorName(floor))" && !buildingPlans[position].offsets(unit: unit, floor: floor).isEmpty
    }

    /// `B7/u2` as `B7` and 2.
    static func split(_ text: String, _ letter: Character) -> (String, Int)? {
        guard let (name, last) = ElementID(text).owner, last.first == letter, last.count <= 8, let number = Int(last.dropFirst()), number > 0
        else { return nil }
        return (name, number)
    }

    mutating func interior(ofBuilding symbol: Symbol, _ parts: inout CompactParts) -> BuildingInterior? {
        buildings[symbol].flatMap { interior(of: buildingPlans[$0], &parts) }
    }

    /// The parts of a building; rows of one building mostly follow one another.
    private mutating func interior(of plan: BuildingPlan, _ parts: inout CompactParts) -> BuildingInterior? {
        guard plan.pair != nil, plan.dwellingCount > 0 else { return nil }
        if let last = parts.last, last.plan.row == plan.row { return last }
        let made = interior(plan, BuildingIndex(0), parts.building, parts.tools)
        parts.last = made
        return made
    }
}
