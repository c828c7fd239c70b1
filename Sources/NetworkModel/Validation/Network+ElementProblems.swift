import Quantities

/// Numbers of single elements: finite, of the right sign, plausible.
extension Network {
    func checkNodes(_ report: inout ProblemReport) {
        for node in nodes {
            let isUsual =
                ValueRule.elevation.isUsual(node.elevation.metres) && ValueRule.demand.isUsual(node.demand.kilogramsPerSecond)
                && node.fixedPressure?.isFinite != false
            if isUsual { continue }
            report.check(node.elevation.metres, .elevation, "nodes", node.id)
            report.check(node.demand.kilogramsPerSecond, .demand, "nodes", node.id)
            if let pressure = node.fixedPressure, !pressure.isFinite {
                report.add(.notFinite, .error, "nodes", node.id, field: "pressure_kpa")
            }
        }
    }

    func checkLinks(_ report: inout ProblemReport) {
        for link in links where link.from == link.to {
            report.add(.selfLoop, .error, link.element.tableName, link.id, field: "to", [nodes[link.from].id.text])
        }
    }

    func checkPipes(_ report: inout ProblemReport) {
        for pipe in pipes where !pipe.isUsual { report.check(pipe, links[pipe.link].id) }
    }

    func checkValves(_ report: inout ProblemReport) {
        for model in valveModels { report.check(model) }
        // Ends of each table, looked up a million times.
        let ends = valveModels.map { model in
            let (range, slack) = (model.fault == nil ? model.settingRange : -1e300...1e300, ValveModel.settingSlack)
            return range.lowerBound - slack...range.upperBound + slack
        }
        for valve in valves {
            let isInside = valve.model.map { model in valve.setting.map { ends[model.position].contains($0) } ?? true } ?? true
            if isInside && ValueRule.kv.isUsual(valve.kv.cubicMetresPerHour) { continue }
            report.check(valve, valve.model.map { valveModels[$0] }, links[valve.link].id)
        }
    }

    func checkPumps(_ report: inout ProblemReport) {
        for pump in pumps { report.check(pump, links[pump.link].id) }
    }

    func checkSources(_ report: inout ProblemReport) { for source in sources { report.check(source) } }

    func checkSubstations(_ report: inout ProblemReport) { for substation in substations { report.check(substation) } }

    func checkTerminals(_ report: inout ProblemReport) {
        for terminal in terminals {
            if case .emitter = terminal.load, ValueRule.kv.isUsual(terminal.kv?.cubicMetresPerHour ?? 1) { continue }
            report.check(terminal, links[terminal.link].id)
        }
    }
}
