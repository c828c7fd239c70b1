import NetworkModel
import Quantities

/// Listed elements judged row by row, before any is made of a large document: by the very rules that they meet when they are.
extension ExpansionWork {
    /// Judges the rows on a copy: what is sound is judged again, and noted, when it is made.
    ///
    /// - Parameter parts: which of the named nodes belong together.
    mutating func judgeRows(_ parts: inout NamedParts, _ inside: Foreseen) {
        var trial = self
        trial.foreseen = inside
        let owners = ProblemOwners(document)
        var rules = ProblemReport { owners.wasJudged($0) }
        rules.check(conditions)
        trial.judgePipeRows(&rules)
        trial.judgeDeviceRows(&rules)
        trial.judgeTerminalRows(&rules)
        trial.judgeSourceRows(&rules)
        for model in trial.builder.current.valveModels { rules.check(model) }
        trial.judgeSensors(&parts)
        trial.judgeLinkIDs()
        trial.log.merge(rules.log.mapped(owners.placed))
        insideReferences = trial.insideReferences
        if trial.log.hasErrors { log = trial.log }
    }

    private mutating func judgePipeRows(_ rules: inout ProblemReport) {
        // A trench without a size is given one by the flow, which is not known yet.
        let usual = pipeCatalogue.sizes.first
        for name in [TableName.pipes, .trenches] where document[name].rowCount > 0 {
            let columns = PipeColumns(document[name])
            let ids = document[name].texts("id")
            let sizedBy = name == .pipes ? nil : usual.map { size in { (_: inout ExpansionWork) in size } }
            for row in 0..<document[name].rowCount {
                if name == .trenches, let pair = pairs[columns.from[row]], pair == pairs[columns.to[row]] {
                    report(.selfLoop, .error, name, row, "to", [document.text(columns.to[row])])
                }
                guard let pipe = pipe(row, name, columns, sizedBy: sizedBy), !pipe.isUsual else { continue }
                let id = ElementID(document.text(ids[row]))
                rules.check(pipe, name == .pipes ? id : id.part("supply"))
            }
        }
    }

    /// Valves and pumps, with the settings laid over them.
    private mutating func judgeDeviceRows(_ rules: inout ProblemReport) {
        let settings = SettingColumns(document[.settings])
        var settingRow = SymbolMap(symbolCount: document.pool.count)
        for row in 0..<document[.settings].rowCount { _ = settingRow.insert(settings.id[row], row) }
        var isUsed = [Bool](repeating: false, count: document[.settings].rowCount)
        let valves = ValveColumns(document[.valves])
        for row in 0..<document[.valves].rowCount {
            let laid = settingRow[valves.id[row]]
            if let laid { isUsed[laid] = true }
            guard var valve = valve(row, valves) else { continue }
            let id = ElementID(document.text(valves.id[row]))
            var bypass: Bypass?
            if !valves.function[row].isAbsent || valve.model.map({ builder.current.valveModels[$0].setPoints != nil }) == true {
                guard let from = node(valves.from[row], .valves, row, "from"), let to = node(valves.to[row], .valves, row, "to") else { continue }
                valve.function = function(row, from, to, valve.model, valves)
                bypass = splitThreeWay(&valve, row, valves)
                let names = (valves.high[row].isAbsent ? valves.from[row] : valves.high[row], valves.low[row].isAbsent ? valves.to[row] : valves.low[row])
                for pair in valve.function.sensors {
                    foreseen?.sensors.append(
                        ForeseenSensors(table: .valves, row: row, at: from, pair: pair, names: (document.text(names.0), document.text(names.1))))
                }
            }
            if let laid { lay(laid, settings, over: &valve) }
            rules.check(valve, valve.model.map { builder.current.valveModels[$0] }, id)
            if let bypass {
                valve.kv = bypass.kv
                rules.check(valve, nil, id.part("bypass"))
            }
        }
        let pumps = PumpColumns(document[.pumps], prefix: "")
        let pumpIDs = document[.pumps].texts("id")
        let ends = (from: document[.pumps].texts("from"), to: document[.pumps].texts("to"))
        for row in 0..<document[.pumps].rowCount {
            let laid = settingRow[pumpIDs[row]]
            if let laid { isUsed[laid] = true }
            guard var pump = listedPump(row, pumps) else { continue }
            if let laid { lay(laid, settings, over: &pump) }
            judge(pump, .pumps, row, at: node(ends.from[row], .pumps, row, "from"), ElementID(document.text(pumpIDs[row])), &rules)
        }
        // A row that says an id again has been reported.
        let left = isUsed.indices.filter { !isUsed[$0] && settingRow[settings.id[$0]] == $0 }
        reportSettingsOfNothing(settings, left)
    }

    /// Settings of what no row lists and no compact form can make.
    private mutating func reportSettingsOfNothing(_ settings: SettingColumns, _ rows: [Int]) {
        if rows.isEmpty { return }
        let (valves, pumps) = (document[.valves].texts("id"), document[.pumps].texts("id"))
        let (valveCount, pumpCount) = (document[.valves].rowCount, document[.pumps].rowCount)
        for row in rows where foreseen?.isInside(document.text(settings.id[row]), document) != true {
            // The second way of a valve with three ports can be set too.
            if let (valve, last) = ElementID(document.text(settings.id[row])).owner, last == "bypass", isListedValve(valve) { continue }
            let names = (0..<valveCount + pumpCount).lazy.map { [document] position in
                document.text(position < valveCount ? valves[position] : pumps[position - valveCount])
            }
            reportDangling(settings.id[row], "valve or pump", .settings, row, "id", among: names)
        }
    }

    private func isListedValve(_ name: String) -> Bool {
        guard let symbol = document.symbol(for: name) else { return false }
        return document[.valves].texts("id").values.contains(symbol)
    }

    /// A pump with what its drive measures.
    mutating func judge(
        _ pump: Pump, _ table: TableName, _ row: Int, at node: NodeIndex?, _ id: ElementID, _ rules: inout ProblemReport
    ) {
        var pump = pump
        if case .worstPoint(let held, _) = pump.control, let pending = pendingWorstPoints.popLast() {
            var pairs: [NodePair] = []
            for point in pending.points {
                let found = point.names.compactMap { foreseenNode(named: $0, of: point.text, table, row, pending.field) }
                guard point.names.count == 2 && found.count == 2 else {
                    report(.danglingReference, .error, table, row, pending.field, [point.text, "node pair"])
                    continue
                }
                let pair = NodePair(high: found[0], low: found[1])
                pairs.append(pair)
                let names = (point.names[0], point.names[1])
                if let node { foreseen?.sensors.append(ForeseenSensors(table: table, row: row, at: node, pair: pair, names: names)) }
            }
            pump.control = .worstPoint(held, pairs)
        }
        rules.check(pump, id)
    }

    /// The node of a name, or one of its circuit where a compact form will make it.
    private mutating func foreseenNode(named name: String, of point: String, _ table: TableName, _ row: Int, _ field: String) -> NodeIndex? {
        if let symbol = document.symbol(for: name), let single = singleNodes[symbol] { return NodeIndex(single) }
        if let (name, isSupply) = Self.splitNode(name), let pair = document.symbol(for: name).flatMap({ pairs[$0] }) {
            return isSupply ? pairs.supply[pair] : pairs.back[pair]
        }
        guard let foreseen, foreseen.isInside(name, document) else { return nil }
        insideReferences.append(InsideReference(table: table, row: row, field: field, name: name, point: point))
        return foreseen.neighbour(of: name, self) ?? Foreseen.somewhere
    }

    /// Sensors must be two nodes of the circuit that their device is in.
    mutating func judgeSensors(_ parts: inout NamedParts) {
        for sensors in foreseen?.sensors ?? [] {
            let (high, low) = sensors.names
            if ElementID(high) == ElementID(low) { report(.sensorsEqual, .error, sensors.table, sensors.row, nil, [high]) }
            // A name of which not even the circuit is known may join any two.
            if parts.reachesInside || sensors.at == Foreseen.somewhere { continue }
            let own = parts.nodes.root(sensors.at.position)
            for (node, name) in [(sensors.pair.high, high), (sensors.pair.low, low)]
            where node != Foreseen.somewhere && parts.nodes.root(node.position) != own {
                report(.sensorElsewhere, .error, sensors.table, sensors.row, nil, [name])
            }
        }
    }

    /// Ids of links, of whatever kind, are used once.
    private mutating func judgeLinkIDs() {
        var seen = SymbolMap(symbolCount: document.pool.count)
        for (kind, table) in [TableName.pipes, .valves, .pumps, .sources, .terminals].enumerated() {
            let ids = document[table].texts("id")
            for row in 0..<document[table].rowCount {
                // What stands twice in one table has been reported.
                if seen.insert(ids[row], kind) || seen[ids[row]] == kind { continue }
                report(.duplicateID, .error, table, row, "id", [document.text(ids[row])])
            }
        }
    }

    private mutating func judgeSourceRows(_ rules: inout ProblemReport) {
        let columns = SourceColumns(document[.sources])
        for row in 0..<document[.sources].rowCount {
            guard let ends = sourceEnds(row, columns) else { continue }
            let source = source(row, columns)
            rules.check(source)
            if let pump = pump(columns.pump, .sources, row, fallback: nil) { judge(pump, .sources, row, at: ends.back, source.id.part("pump"), &rules) }
        }
        judgePumpNames(.sources, "pump_id")
        judgePumpNames(.substations, "secondary_pump_id")
    }

    /// Pumps that a table names.
    private mutating func judgePumpNames(_ table: TableName, _ field: String) {
        let names = document[table].texts(field)
        let ids = document[.pumps].texts("id")
        var isPump: SymbolMap?
        for row in 0..<(names.isEmpty ? 0 : document[table].rowCount) where !names[row].isAbsent {
            var known = isPump ?? SymbolMap(symbolCount: document.pool.count)
            if isPump == nil { for pump in 0..<document[.pumps].rowCount { _ = known.insert(ids[pump], pump) } }
            isPump = known
            if known[names[row]] != nil || foreseen?.isInside(document.text(names[row]), document) == true { continue }
            reportDangling(names[row], "pump", table, row, field, among: ids.values.map(document.text))
        }
    }

    private mutating func judgeTerminalRows(_ rules: inout ProblemReport) {
        let table = document[.terminals]
        guard table.rowCount > 0 else { return }
        let columns = TerminalColumns(table)
        for row in 0..<table.rowCount where judgePlace(row, columns) {
            if isEmitter(row, columns) {
                judgeEmitter(row, columns)
            } else if let load = givenLoad(row, columns) {
                let terminal = Terminal(load: load, kv: columns.kv[row].map { FlowCoefficient(cubicMetresPerHour: $0) })
                rules.check(terminal, ElementID(document.text(columns.id[row])))
            }
        }
    }
}
