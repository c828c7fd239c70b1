import NetworkModel
import Quantities

/// Elements that a document lists one by one.
extension ExpansionWork {
    /// The node that a name means, reported where there is none.
    mutating func node(_ symbol: Symbol, _ table: TableName, _ row: Int, _ field: String) -> NodeIndex? {
        if symbol.isAbsent { return nil }
        if let single = singleNodes[symbol] { return NodeIndex(single) }
        let text = document.text(symbol)
        if let (name, isSupply) = Self.splitNode(text), let pairSymbol = document.symbol(for: name), let pair = pairs[pairSymbol] {
            return isSupply ? pairs.supply[pair] : pairs.back[pair]
        }
        if let foreseen, foreseen.isInside(text, document) {
            insideReferences.append(InsideReference(table: table, row: row, field: field, name: text))
            return foreseen.neighbour(of: text, self) ?? Foreseen.somewhere
        }
        if derivedNodes == nil {
            var all: [ElementID: NodeIndex] = [:]
            for (position, node) in builder.current.nodes.enumerated() { all[node.id] = NodeIndex(position) }
            derivedNodes = all
        }
        if let derived = derivedNodes?[ElementID(text)] { return derived }
        // Names are made for a suggestion only: there may be as many misspelled ones as nodes.
        if foreseen != nil {
            reportDangling(symbol, "node", table, row, field, among: likelyNames(for: symbol))
        } else {
            reportDangling(symbol, "node", table, row, field, among: nodeNames(count: builder.current.nodes.count))
        }
        return nil
    }

    /// Names of nodes that a mistyped one may have meant: the first `count` that are made, then pairs; each made as it is looked at.
    private func nodeNames(count: Int) -> some Sequence<String> {
        (0..<count + pairs.count).lazy.map { [builder, pairs, document] position in
            position < count ? builder.current.nodes[NodeIndex(position)].id.text : document.text(pairs.symbols[position - count])
        }
    }

    /// Makes the valves of the table.
    mutating func expandValves() {
        let table = document[.valves]
        guard table.rowCount > 0 else { return }
        let columns = ValveColumns(table)
        for row in uniqueRows(.valves) {
            guard let from = node(columns.from[row], .valves, row, "from"), let to = node(columns.to[row], .valves, row, "to"),
                var valve = valve(row, columns)
            else { continue }
            valve.function = function(row, from, to, valve.model, columns)
            valve.level = Self.levels[document.text(columns.level[row])]
            valve.serves = serves(row, columns)
            let id = ElementID(document.text(columns.id[row]))
            let bypass = splitThreeWay(&valve, row, columns)
            if let bypass { addBypass(of: valve, bypass, id, (from, to), isOpen: isOpen(columns.status, row)) }
            let passes = valve.kv.value > 0 && bypass?.shutsStraightWay != true
            let index = builder.add(valve, id: id, from: from, to: to, isOpen: isOpen(columns.status, row) && passes)
            if valve.level == .dwelling, let dwelling = valve.serves.dwelling { builder.update(dwelling) { $0.valve = index } }
            if valve.level == .substation, let substation = valve.serves.substation {
                builder.update(substation) { $0.primaryValve = index }
            }
        }
    }

    private static let levels: [String: ValveLevel] = [
        "substation": .substation, "building": .building, "unit": .unit, "dwelling": .dwelling,
    ]

    /// The pump of a row, reported where it says no head.
    mutating func listedPump(_ row: Int, _ columns: PumpColumns) -> Pump? {
        let found = pump(columns, .pumps, row, fallback: nil)
        if found == nil { report(.neededField, .error, .pumps, row, "head_kpa", ["head_kpa / curve"]) }
        return found
    }

    /// Product, Kv and setting of a row.
    mutating func valve(_ row: Int, _ columns: ValveColumns) -> Valve? {
        var model: ValveModelIndex?
        if !columns.catalogue[row].isAbsent {
            let name = document.text(columns.catalogue[row])
            let known = valveCatalogue.model(named: name) ?? columns.size.integer(row).flatMap { valveCatalogue[name, $0] }
            if let known {
                model = index(of: known)
            } else {
                let sized = columns.size.integer(row).map { "\(name)-DN\($0)" } ?? name
                reportUnknownValve(columns.catalogue[row], sized, .valves, row, "catalogue")
            }
        }
        if let kv = columns.kv[row] ?? independentKv(row, columns) {
            return Valve(kv: FlowCoefficient(cubicMetresPerHour: kv), model: model, setting: columns.setting[row])
        }
        if let model {
            if let setting = columns.setting[row] {
                return Valve(kv: builder.current.valveModels[model].kv(at: setting), model: model, setting: setting)
            }
            note(.valveSetting, .valves, row)
            let (kv, setting) = fullyOpen(model)
            return Valve(kv: kv, model: model, setting: setting)
        }
        // A pure check valve or controller may be as wide as its pipe; anything else must say how much it throttles.
        guard columns.catalogue[row].isAbsent else { return nil }
        report(.neededField, .error, .valves, row, "kv_m3_h", ["kv_m3_h"])
        return nil
    }

    mutating func serves(_ row: Int, _ columns: ValveColumns) -> ServedPart {
        var part = ServedPart()
        if !columns.substation[row].isAbsent {
            part.substation = substations[columns.substation[row]].map { SubstationIndex($0) }
            if part.substation == nil {
                reportDangling(columns.substation[row], "substation", .valves, row, "substation", among: ids(.substations))
            }
        }
        if !columns.building[row].isAbsent {
            part.building = buildings[columns.building[row]].map { BuildingIndex($0) }
            if part.building == nil {
                reportDangling(columns.building[row], "building", .valves, row, "building", among: ids(.buildings))
            }
        }
        part.unit = columns.unit.integer(row).map { Int32(truncatingIfNeeded: $0) }
        part.dwelling = dwelling(columns.dwelling[row], .valves, row, "dwelling")
        return part
    }

    /// The dwelling that a name means, reported where there is none.
    mutating func dwelling(_ symbol: Symbol, _ table: TableName, _ row: Int, _ field: String) -> DwellingIndex? {
        if symbol.isAbsent { return nil }
        if let position = namedDwellings[symbol] ?? generatedDwelling(document.text(symbol)) { return DwellingIndex(position) }
        reportDangling(symbol, "dwelling", table, row, field, among: ids(.dwellings))
        return nil
    }

    /// Makes the pumps of the table.
    mutating func expandPumps() {
        let table = document[.pumps]
        guard table.rowCount > 0 else { return }
        let (id, from, to, status) = (table.texts("id"), table.texts("from"), table.texts("to"), table.texts("status"))
        let columns = PumpColumns(table, prefix: "")
        for row in uniqueRows(.pumps) {
            guard let suction = node(from[row], .pumps, row, "from"), let delivery = node(to[row], .pumps, row, "to") else { continue }
            guard let pump = listedPump(row, columns) else { continue }
            builder.add(
                pump, id: ElementID(document.text(id[row])), from: suction, to: delivery, isOpen: isOpen(status, row))
        }
    }

    /// Joins sources and substations to pumps of the table that they name.
    mutating func attachPumps() {
        let (sources, substations) = (document[.sources], document[.substations])
        let (ofSource, ofSubstation) = (sources.texts("pump_id"), substations.texts("secondary_pump_id"))
        if ofSource.isEmpty && ofSubstation.isEmpty { return }
        let ids = document[.pumps].texts("id")
        var known: [Symbol: PumpIndex] = [:]
        let sourceIDs = sources.texts("id")
        let rowOfSource = Dictionary((0..<sources.rowCount).map { (sourceIDs[$0], $0) }, uniquingKeysWith: { first, _ in first })
        let links = builder.current.links
        for (position, pump) in builder.current.pumps.enumerated() {
            if let symbol = document.symbol(for: links[pump.link].id.text) { known[symbol] = PumpIndex(position) }
        }
        for (position, source) in builder.current.sources.enumerated() {
            guard let symbol = document.symbol(for: source.id.text), let row = rowOfSource[symbol], !ofSource[row].isAbsent else { continue }
            if let pump = known[ofSource[row]] {
                builder.update(SourceIndex(position)) { $0.pump = pump }
            } else {
                reportDangling(ofSource[row], "pump", .sources, row, "pump_id", among: ids.values.map(document.text))
            }
        }
        for (position, plan) in substationPlans.enumerated() where !ofSubstation[plan.row].isAbsent {
            if let pump = known[ofSubstation[plan.row]] {
                builder.update(SubstationIndex(position)) { $0.secondaryPump = pump }
            } else {
                reportDangling(ofSubstation[plan.row], "pump", .substations, plan.row, "secondary_pump_id", among: ids.values.map(document.text))
            }
        }
    }

    /// Makes the terminals of the table.
    mutating func expandTerminals() {
        let table = document[.terminals]
        guard table.rowCount > 0 else { return }
        let columns = TerminalColumns(table)
        for row in uniqueRows(.terminals) {
            let ends: (NodeIndex, NodeIndex)
            guard judgePlace(row, columns) else { continue }
            if let pair = pairs[columns.at[row]] {
                ends = (pairs.supply[pair], pairs.back[pair])
            } else {
                guard let from = node(columns.from[row], .terminals, row, "from"), let to = node(columns.to[row], .terminals, row, "to")
                else { continue }
                ends = (from, to)
            }
            guard let load = load(row, columns) else { continue }
            let kv = columns.kv[row].map { FlowCoefficient(cubicMetresPerHour: $0) }
            let index = builder.add(
                Terminal(load: load, kv: kv), id: ElementID(document.text(columns.id[row])), from: ends.0, to: ends.1,
                isOpen: isOpen(columns.status, row))
            if case .emitter(let dwelling) = load { builder.update(dwelling) { $0.terminal = index } }
        }
    }

    /// Whether a row says where its terminal is; reported where it does not, or twice.
    mutating func judgePlace(_ row: Int, _ columns: TerminalColumns) -> Bool {
        let (isPair, isNamed) = (pairs[columns.at[row]] != nil, !columns.from[row].isAbsent || !columns.to[row].isAbsent)
        if isPair && isNamed { report(.conflictingFields, .error, .terminals, row, "at", ["at", "from, to"]) }
        if isPair || !columns.at[row].isAbsent || !columns.from[row].isAbsent && !columns.to[row].isAbsent { return true }
        report(.neededField, .error, .terminals, row, "at", ["at / from, to"])
        return false
    }

    private mutating func load(_ row: Int, _ columns: TerminalColumns) -> TerminalLoad? {
        guard isEmitter(row, columns) else { return givenLoad(row, columns) }
        judgeEmitter(row, columns)
        return dwelling(columns.dwelling[row], .terminals, row, "dwelling").map { .emitter($0) }
    }

    /// Whether a row is the emitter of a dwelling.
    func isEmitter(_ row: Int, _ columns: TerminalColumns) -> Bool {
        let kind = document.text(columns.kind[row])
        return kind == "emitter" || kind.isEmpty && !columns.dwelling[row].isAbsent
    }

    /// Reports what the row of an emitter leaves out.
    mutating func judgeEmitter(_ row: Int, _ columns: TerminalColumns) {
        if columns.dwelling[row].isAbsent { report(.neededField, .error, .terminals, row, "dwelling", ["dwelling"]) }
        if columns.kv[row] == nil { report(.neededField, .error, .terminals, row, "kv_m3_h", ["kv_m3_h"]) }
    }

    /// What a row takes that is no emitter.
    mutating func givenLoad(_ row: Int, _ columns: TerminalColumns) -> TerminalLoad? {
        let (heat, flow) = (columns.heat[row].map { Power(kilowatts: $0) }, columns.flow[row].map { MassFlow(kilogramsPerSecond: $0) })
        let back = columns.back[row].map { Temperature(celsius: $0) }
        let drop = columns.drop[row].map { TemperatureDifference(kelvin: $0) }
        if document.text(columns.kind[row]) == "none" {
            if columns.kv[row] == nil { report(.neededField, .error, .terminals, row, "kv_m3_h", ["kv_m3_h"]) }
            return TerminalLoad.none
        }
        switch (heat, flow, back, drop) {
        case (let heat?, nil, let back?, nil): return .heat(heat, returnTemperature: back)
        case (nil, let flow?, nil, let drop?): return .flow(flow, drop: drop)
        case (let heat?, let flow?, nil, nil): return .flowAndHeat(flow, heat)
        case (nil, nil, _, _): report(.neededField, .error, .terminals, row, "heat_kw", ["heat_kw, return_c / mass_flow_kg_s, temperature_drop_k"])
        case (nil, _?, _, nil): report(.neededField, .error, .terminals, row, "temperature_drop_k", ["temperature_drop_k"])
        case (_?, nil, nil, _): report(.neededField, .error, .terminals, row, "return_c", ["return_c"])
        default:
            report(
                .conflictingFields, .error, .terminals, row, "temperature_drop_k",
                ["heat_kw, mass_flow_kg_s", "return_c, temperature_drop_k"])
        }
        return nil
    }
}

/// The columns of the table of valves.
struct ValveColumns {
    let id, from, to, catalogue, status, function, high, low, bypass, level, substation, building, dwelling: SymbolColumn
    let size, kv, setting, flowLimit, least, pressure, position, unit: NumberColumn

    init(_ table: Table) {
        id = table.texts("id")
        from = table.texts("from")
        to = table.texts("to")
        catalogue = table.texts("catalogue")
        status = table.texts("status")
        function = table.texts("function")
        high = table.texts("high")
        low = table.texts("low")
        bypass = table.texts("bypass")
        level = table.texts("level")
        substation = table.texts("substation")
        building = table.texts("building")
        dwelling = table.texts("dwelling")
        size = table.numbers("dn")
        kv = table.numbers("kv_m3_h")
        setting = table.numbers("setting")
        flowLimit = table.numbers("flow_limit_kg_s")
        least = table.numbers("least_kpa")
        pressure = table.numbers("pressure_kpa")
        position = table.numbers("position")
        unit = table.numbers("unit")
    }
}

/// The columns of the table of terminals.
struct TerminalColumns {
    let id, at, from, to, kind, dwelling, status: SymbolColumn
    let heat, back, flow, drop, kv: NumberColumn

    init(_ table: Table) {
        id = table.texts("id")
        at = table.texts("at")
        from = table.texts("from")
        to = table.texts("to")
        kind = table.texts("kind")
        dwelling = table.texts("dwelling")
        status = table.texts("status")
        heat = table.numbers("heat_kw")
        back = table.numbers("return_c")
        flow = table.numbers("mass_flow_kg_s")
        drop = table.numbers("temperature_drop_k")
        kv = table.numbers("kv_m3_h")
    }
}
