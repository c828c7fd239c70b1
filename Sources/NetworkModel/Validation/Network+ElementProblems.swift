import Quantities

/// Numbers of single elements: finite, of the right sign, plausible.
extension Network {
    func checkConditions(_ report: inout ProblemReport) {
        let id = ElementID("design")
        report.check(conditions.outdoor.celsius, .outdoor, "design", id)
        report.check(conditions.room.celsius, .room, "design", id)
        report.check(conditions.ground.celsius, .ground, "design", id)
        if conditions.room <= conditions.outdoor {
            report.add(
                .nothingToHeat, .error, "design", id, field: "room_c",
                ["\(conditions.room.celsius) °C", "\(conditions.outdoor.celsius) °C"])
        }
    }

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
        for model in valveModels where model.fault != nil {
            let name = "\(model.family) DN\(model.nominalSize)"
            report.add(.valveTable, .error, "valve_models", ElementID(name), [name])
        }
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
        for pump in pumps { report.check(pump, links[pump.link].id, hasWorstPoints: true) }
    }

    func checkSources(_ report: inout ProblemReport) {
        for source in sources {
            report.check(source.supplyTemperature.celsius, .supply, "sources", source.id)
            if let limit = source.heatLimit { report.check(limit.kilowatts, .heatLimit, "sources", source.id) }
            if let limit = source.flowLimit { report.check(limit.kilogramsPerSecond, .flowLimit, "sources", source.id) }
            if let heat = source.givenHeat { report.check(heat.kilowatts, .heat, "sources", source.id) }
            if let kv = source.kv { report.check(kv.cubicMetresPerHour, .kv, "sources", source.id) }
        }
    }

    func checkSubstations(_ report: inout ProblemReport) {
        for substation in substations {
            let id = substation.id
            report.check(substation.exchangerConductance.wattsPerKelvin / 1000, .exchanger, "substations", id)
            report.check(substation.secondarySupply.celsius, .supply, "substations", id)
            report.check(substation.secondaryReturn.celsius, .returnTemperature, "substations", id)
            report.check(substation.primaryKv.cubicMetresPerHour, .kv, "substations", id)
            report.check(substation.secondaryKv.cubicMetresPerHour, .kv, "substations", id)
            if let limit = substation.heatLimit { report.check(limit.kilowatts, .heatLimit, "substations", id) }
            if let limit = substation.primaryFlowLimit { report.check(limit.kilogramsPerSecond, .flowLimit, "substations", id) }
            if substation.secondarySupply <= substation.secondaryReturn {
                report.add(
                    .temperaturesReversed, .error, "substations", id, field: "supply_c",
                    ["\(substation.secondarySupply.celsius) °C", "\(substation.secondaryReturn.celsius) °C"])
            }
        }
    }

    func checkTerminals(_ report: inout ProblemReport) {
        for terminal in terminals {
            if case .emitter = terminal.load, ValueRule.kv.isUsual(terminal.kv?.cubicMetresPerHour ?? 1) { continue }
            report.check(terminal, links[terminal.link].id)
        }
    }
}
