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
        for pipe in pipes where !isUsual(pipe) {
            let id = links[pipe.link].id
            report.check(pipe.length.metres, .length, "pipes", id)
            report.check(pipe.innerDiameter.millimetres, .diameter, "pipes", id)
            report.check(pipe.roughness.millimetres, .roughness, "pipes", id)
            report.check(pipe.minorLoss, .minorLoss, "pipes", id)
            report.check(pipe.heatLoss.value, .heatLoss, "pipes", id)
            // Colebrook–White and Moody's chart end at a relative roughness of 0.05; at 1/3 the law has no root.
            if pipe.innerDiameter.value > 0, pipe.roughness.value > 0.3 * pipe.innerDiameter.value {
                report.add(
                    .roughnessAboveDiameter, .error, "pipes", id, field: "roughness_mm",
                    ["\(pipe.roughness.millimetres) mm", "\(pipe.innerDiameter.millimetres) mm"])
            }
        }
    }

    /// The fast path over a million sound pipes.
    private func isUsual(_ pipe: Pipe) -> Bool {
        ValueRule.length.isUsual(pipe.length.metres) && ValueRule.diameter.isUsual(pipe.innerDiameter.millimetres)
            && ValueRule.roughness.isUsual(pipe.roughness.millimetres) && ValueRule.minorLoss.isUsual(pipe.minorLoss)
            && ValueRule.heatLoss.isUsual(pipe.heatLoss.value) && pipe.roughness.value <= 0.3 * pipe.innerDiameter.value
    }

    func checkValves(_ report: inout ProblemReport) {
        for model in valveModels where model.fault != nil {
            let name = "\(model.family) DN\(model.nominalSize)"
            report.add(.valveTable, .error, "valve_models", ElementID(name), [name])
        }
        // Ends of each table, looked up a million times.
        let ends = valveModels.map { model in
            model.fault == nil ? model.settingRange.lowerBound - 1e-6...model.settingRange.upperBound + 1e-6 : -1e300...1e300
        }
        for valve in valves {
            let isInside = valve.model.map { model in valve.setting.map { ends[model.position].contains($0) } ?? true } ?? true
            if isInside && ValueRule.kv.isUsual(valve.kv.cubicMetresPerHour) { continue }
            let id = links[valve.link].id
            report.check(valve.kv.cubicMetresPerHour, .kv, "valves", id)
            guard let setting = valve.setting, let index = valve.model, valveModels[index].fault == nil else { continue }
            let (model, range) = (valveModels[index], valveModels[index].settingRange)
            if !(setting >= range.lowerBound - 1e-6 && setting <= range.upperBound + 1e-6) {
                report.add(
                    .settingOutsideTable, .error, "valves", id, field: "setting",
                    ["\(setting)", model.label(for: range.lowerBound), model.label(for: range.upperBound)])
            }
        }
    }

    func checkPumps(_ report: inout ProblemReport) {
        for pump in pumps {
            let id = links[pump.link].id
            report.check(pump.speed, .speed, "pumps", id)
            report.check(pump.efficiency, .efficiency, "pumps", id)
            for point in pump.efficiencyCurve {
                report.check(point.efficiency, .efficiencyOfCurve, "pumps", id)
                if !(point.flow.isFinite && point.flow.value >= 0) {
                    report.add(.negative, .error, "pumps", id, field: "efficiency_curve", ["\(point.flow.cubicMetresPerHour) m³/h"])
                }
            }
            for (low, high) in zip(pump.efficiencyCurve, pump.efficiencyCurve.dropFirst()) where high.flow <= low.flow {
                report.add(.efficiencyFlowNotRising, .error, "pumps", id, field: "efficiency_curve", ["\(high.flow.cubicMetresPerHour)"])
            }
            if pump.control != .fixedSpeed { checkControl(of: pump, id, &report) }
            switch pump.characteristic {
            case .constantHead(let head):
                report.check(head.kilopascals, .head, "pumps", id)
            case .powerFunction(let shutoff, let coefficient, let exponent):
                report.check(shutoff.kilopascals, .head, "pumps", id)
                if !(coefficient > 0 && coefficient.isFinite && exponent > 0 && exponent.isFinite) {
                    report.add(.pumpWithoutHead, .error, "pumps", id, field: "curve")
                }
            case .constantPower(let power):
                if !(power.value > 0 && power.isFinite) { report.add(.pumpWithoutHead, .error, "pumps", id, field: "power_kw") }
            case .curve(let points), .segments(let points):
                if !(points.contains { $0.head.value > 0 }) { report.add(.pumpWithoutHead, .error, "pumps", id, field: "curve") }
                for point in points {
                    report.check(point.head.kilopascals, .head, "pumps", id)
                    if !(point.flow.isFinite && point.flow.value >= 0) {
                        report.add(.negative, .error, "pumps", id, field: "curve", ["\(point.flow.cubicMetresPerHour) m³/h"])
                    }
                }
                for (low, high) in zip(points, points.dropFirst()) where high.flow <= low.flow || high.head > low.head {
                    report.add(.pumpCurveRising, .error, "pumps", id, field: "curve", ["\(high.flow.cubicMetresPerHour)"])
                }
            }
        }
    }

    private func checkControl(of pump: Pump, _ id: ElementID, _ report: inout ProblemReport) {
        if !(pump.leastSpeed >= 0 && pump.leastSpeed <= pump.speed) {
            report.add(.leastSpeedAboveSpeed, .error, "pumps", id, field: "least_speed", ["\(pump.leastSpeed)", "\(pump.speed)"])
        }
        switch pump.control {
        case .fixedSpeed: break
        case .constantDifference(let held): report.check(held.kilopascals, .setDifference, "pumps", id)
        case .proportionalDifference(let held, let share, let flow):
            report.check(held.kilopascals, .setDifference, "pumps", id)
            if !(share >= 0 && share <= 1) { report.add(.negative, .error, "pumps", id, field: "rest_share", ["\(share)"]) }
            if let flow, !(flow.value > 0 && flow.isFinite) { report.add(.notPositive, .error, "pumps", id, field: "set_flow_m3_h", ["\(flow.cubicMetresPerHour)"]) }
        case .worstPoint(let held, let pairs):
            report.check(held.kilopascals, .setDifference, "pumps", id)
            if pairs.isEmpty { report.add(.sensorMissing, .error, "pumps", id, field: "worst_points") }
        }
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
            let id = links[terminal.link].id
            if let kv = terminal.kv { report.check(kv.cubicMetresPerHour, .kv, "terminals", id) }
            switch terminal.load {
            case .emitter, .none: break
            case .heat(let heat, let back):
                report.check(heat.kilowatts, .heat, "terminals", id)
                report.check(back.celsius, .returnTemperature, "terminals", id)
            case .flow(let flow, let drop):
                report.check(flow.kilogramsPerSecond, .flow, "terminals", id)
                if !drop.isFinite { report.add(.notFinite, .error, "terminals", id, field: "drop_k") }
            case .flowAndHeat(let flow, let heat):
                report.check(flow.kilogramsPerSecond, .flow, "terminals", id)
                report.check(heat.kilowatts, .heat, "terminals", id)
            }
        }
    }
}
