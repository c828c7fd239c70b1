import NetworkModel
import Quantities

/// Listed elements judged row by row, before any is made of a large document: by the very rules that they meet when they are.
extension ExpansionWork {
    /// Judges the rows on a copy: what is sound is judged again, and noted, when it is made.
    mutating func judgeRows() {
        var trial = self
        let owners = ProblemOwners(document)
        var rules = ProblemReport { owners.wasJudged($0) }
        trial.judgePipeRows(&rules)
        trial.judgeDeviceRows(&rules)
        trial.judgeTerminalRows(&rules)
        trial.log.merge(rules.log.mapped(owners.placed))
        if trial.log.hasErrors { log = trial.log }
    }

    /// Judges what rows name of dwellings, once those are planned.
    mutating func judgeServed() {
        var trial = self
        let valves = ValveColumns(document[.valves])
        for row in 0..<document[.valves].rowCount { _ = trial.serves(row, valves) }
        let terminals = TerminalColumns(document[.terminals])
        for row in 0..<document[.terminals].rowCount where isEmitter(row, terminals) {
            _ = trial.dwelling(terminals.dwelling[row], .terminals, row, "dwelling")
        }
        if trial.log.hasErrors { log = trial.log }
    }

    private mutating func judgePipeRows(_ rules: inout ProblemReport) {
        let table = document[.pipes]
        guard table.rowCount > 0 else { return }
        let columns = PipeColumns(table)
        let ids = table.texts("id")
        for row in 0..<table.rowCount {
            guard let pipe = pipe(row, .pipes, columns, sizedBy: nil), !pipe.isUsual else { continue }
            rules.check(pipe, ElementID(document.text(ids[row])))
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
            // What a controller holds is known when its sensors are; how a valve with three ports is split, too.
            guard valves.function[row].isAbsent else { continue }
            if let laid { lay(laid, settings, over: &valve) }
            rules.check(valve, valve.model.map { builder.current.valveModels[$0] }, ElementID(document.text(valves.id[row])))
        }
        let pumps = PumpColumns(document[.pumps], prefix: "")
        let pumpIDs = document[.pumps].texts("id")
        for row in 0..<document[.pumps].rowCount {
            let laid = settingRow[pumpIDs[row]]
            if let laid { isUsed[laid] = true }
            guard var pump = listedPump(row, pumps) else { continue }
            if let laid { lay(laid, settings, over: &pump) }
            rules.check(pump, ElementID(document.text(pumpIDs[row])), hasWorstPoints: false)
        }
        // A row that says an id again has been reported.
        let left = isUsed.indices.filter { !isUsed[$0] && settingRow[settings.id[$0]] == $0 }
        reportSettingsOfNothing(settings, left)
    }

    /// Settings of what no row lists and no compact form can make.
    private mutating func reportSettingsOfNothing(_ settings: SettingColumns, _ rows: [Int]) {
        if rows.isEmpty { return }
        let makers = compactNames()
        let (valves, pumps) = (document[.valves].texts("id"), document[.pumps].texts("id"))
        let (valveCount, pumpCount) = (document[.valves].rowCount, document[.pumps].rowCount)
        for row in rows where !isInside(document.text(settings.id[row]), makers) {
            let names = (0..<valveCount + pumpCount).lazy.map { [document] position in
                document.text(position < valveCount ? valves[position] : pumps[position - valveCount])
            }
            reportDangling(settings.id[row], "valve or pump", .settings, row, "id", among: names)
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
