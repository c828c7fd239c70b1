import Quantities

/// Rules of single elements, whether they stand in a network or are only a row that would become one.
extension ProblemReport {
    package mutating func check(_ conditions: DesignConditions) {
        let id = ElementID("design")
        check(conditions.outdoor.celsius, .outdoor, "design", id)
        check(conditions.room.celsius, .room, "design", id)
        check(conditions.ground.celsius, .ground, "design", id)
        if conditions.room <= conditions.outdoor {
            add(.nothingToHeat, .error, "design", id, field: "room_c", ["\(conditions.room.celsius) °C", "\(conditions.outdoor.celsius) °C"])
        }
    }

    package mutating func check(_ model: ValveModel) {
        guard model.fault != nil else { return }
        let name = "\(model.family) DN\(model.nominalSize)"
        add(.valveTable, .error, "valve_models", ElementID(name), [name])
    }

    package mutating func check(_ pipe: Pipe, _ id: ElementID) {
        check(pipe.length.metres, .length, "pipes", id)
        check(pipe.innerDiameter.millimetres, .diameter, "pipes", id)
        check(pipe.roughness.millimetres, .roughness, "pipes", id)
        check(pipe.minorLoss, .minorLoss, "pipes", id)
        check(pipe.heatLoss.value, .heatLoss, "pipes", id)
        // Colebrook–White and Moody's chart end at a relative roughness of 0.05; at 1/3 the law has no root.
        if pipe.innerDiameter.value > 0, pipe.roughness.value > 0.3 * pipe.innerDiameter.value {
            add(
                .roughnessAboveDiameter, .error, "pipes", id, field: "roughness_mm",
                ["\(pipe.roughness.millimetres) mm", "\(pipe.innerDiameter.millimetres) mm"])
        }
    }

    package mutating func check(_ pump: Pump, _ id: ElementID) {
        check(pump.speed, .speed, "pumps", id)
        check(pump.efficiency, .efficiency, "pumps", id)
        for point in pump.efficiencyCurve {
            check(point.efficiency, .efficiencyOfCurve, "pumps", id)
            if !(point.flow.isFinite && point.flow.value >= 0) {
                add(.negative, .error, "pumps", id, field: "efficiency_curve", ["\(point.flow.cubicMetresPerHour) m³/h"])
            }
        }
        for (low, high) in zip(pump.efficiencyCurve, pump.efficiencyCurve.dropFirst()) where high.flow <= low.flow {
            add(.efficiencyFlowNotRising, .error, "pumps", id, field: "efficiency_curve", ["\(high.flow.cubicMetresPerHour)"])
        }
        if pump.control != .fixedSpeed { checkControl(of: pump, id) }
        checkCharacteristic(of: pump, id)
    }

    private mutating func checkCharacteristic(of pump: Pump, _ id: ElementID) {
        switch pump.characteristic {
        case .constantHead(let head):
            check(head.kilopascals, .head, "pumps", id)
        case .powerFunction(let shutoff, let coefficient, let exponent):
            check(shutoff.kilopascals, .head, "pumps", id)
            if !(coefficient > 0 && coefficient.isFinite && exponent > 0 && exponent.isFinite) {
                add(.pumpWithoutHead, .error, "pumps", id, field: "curve")
            }
        case .constantPower(let power):
            if !(power.value > 0 && power.isFinite) { add(.pumpWithoutHead, .error, "pumps", id, field: "power_kw") }
        case .curve(let points), .segments(let points):
            if !(points.contains { $0.head.value > 0 }) { add(.pumpWithoutHead, .error, "pumps", id, field: "curve") }
            for point in points {
                check(point.head.kilopascals, .head, "pumps", id)
                if !(point.flow.isFinite && point.flow.value >= 0) {
                    add(.negative, .error, "pumps", id, field: "curve", ["\(point.flow.cubicMetresPerHour) m³/h"])
                }
            }
            for (low, high) in zip(points, points.dropFirst()) where high.flow <= low.flow || high.head > low.head {
                add(.pumpCurveRising, .error, "pumps", id, field: "curve", ["\(high.flow.cubicMetresPerHour)"])
            }
        }
    }

    private mutating func checkControl(of pump: Pump, _ id: ElementID) {
        if !(pump.leastSpeed >= 0 && pump.leastSpeed <= pump.speed) {
            add(.leastSpeedAboveSpeed, .error, "pumps", id, field: "least_speed", ["\(pump.leastSpeed)", "\(pump.speed)"])
        }
        switch pump.control {
        case .fixedSpeed: break
        case .constantDifference(let held): check(held.kilopascals, .setDifference, "pumps", id)
        case .proportionalDifference(let held, let share, let flow):
            check(held.kilopascals, .setDifference, "pumps", id)
            if !(share >= 0 && share <= 1) { add(.negative, .error, "pumps", id, field: "rest_share", ["\(share)"]) }
            if let flow, !(flow.value > 0 && flow.isFinite) { add(.notPositive, .error, "pumps", id, field: "set_flow_m3_h", ["\(flow.cubicMetresPerHour)"]) }
        case .worstPoint(let held, let pairs):
            check(held.kilopascals, .setDifference, "pumps", id)
            if pairs.isEmpty { add(.sensorMissing, .error, "pumps", id, field: "worst_points") }
        }
    }

    /// Kv and setting of a valve of a model; of one without a model, its Kv.
    package mutating func check(_ valve: Valve, _ model: ValveModel?, _ id: ElementID) {
        check(valve.kv.cubicMetresPerHour, .kv, "valves", id)
        guard let setting = valve.setting, let model, model.fault == nil else { return }
        let range = model.settingRange
        if !(setting >= range.lowerBound - ValveModel.settingSlack && setting <= range.upperBound + ValveModel.settingSlack) {
            add(
                .settingOutsideTable, .error, "valves", id, field: "setting",
                ["\(setting)", model.label(for: range.lowerBound), model.label(for: range.upperBound)])
        }
    }

    package mutating func check(_ terminal: Terminal, _ id: ElementID) {
        if let kv = terminal.kv { check(kv.cubicMetresPerHour, .kv, "terminals", id) }
        switch terminal.load {
        case .emitter, .none: break
        case .heat(let heat, let back):
            check(heat.kilowatts, .heat, "terminals", id)
            check(back.celsius, .returnTemperature, "terminals", id)
        case .flow(let flow, let drop):
            check(flow.kilogramsPerSecond, .flow, "terminals", id)
            if !drop.isFinite { add(.notFinite, .error, "terminals", id, field: "drop_k") }
        case .flowAndHeat(let flow, let heat):
            check(flow.kilogramsPerSecond, .flow, "terminals", id)
            check(heat.kilowatts, .heat, "terminals", id)
        }
    }
}

// MARK: Plant

extension ProblemReport {
    package mutating func check(_ source: Source) {
        check(source.supplyTemperature.celsius, .supply, "sources", source.id)
        if let limit = source.heatLimit { check(limit.kilowatts, .heatLimit, "sources", source.id) }
        if let limit = source.flowLimit { check(limit.kilogramsPerSecond, .flowLimit, "sources", source.id) }
        if let heat = source.givenHeat { check(heat.kilowatts, .heat, "sources", source.id) }
        if let kv = source.kv { check(kv.cubicMetresPerHour, .kv, "sources", source.id) }
    }

    package mutating func check(_ substation: Substation) {
        let id = substation.id
        check(substation.exchangerConductance.wattsPerKelvin / 1000, .exchanger, "substations", id)
        check(substation.secondarySupply.celsius, .supply, "substations", id)
        check(substation.secondaryReturn.celsius, .returnTemperature, "substations", id)
        check(substation.primaryKv.cubicMetresPerHour, .kv, "substations", id)
        check(substation.secondaryKv.cubicMetresPerHour, .kv, "substations", id)
        if let limit = substation.heatLimit { check(limit.kilowatts, .heatLimit, "substations", id) }
        if let limit = substation.primaryFlowLimit { check(limit.kilogramsPerSecond, .flowLimit, "substations", id) }
        if substation.secondarySupply <= substation.secondaryReturn {
            add(
                .temperaturesReversed, .error, "substations", id, field: "supply_c",
                ["\(substation.secondarySupply.celsius) °C", "\(substation.secondaryReturn.celsius) °C"])
        }
    }
}

// MARK: Dwellings

extension ProblemReport {
    /// - Parameter hasEmitter: whether a terminal heats it.
    package mutating func check(_ dwelling: Dwelling, hasEmitter: Bool) {
        if dwelling.use != .dwelling { check(dwelling.exteriorConductance.wattsPerKelvin, .conductance, "dwellings", dwelling.id) }
        check(dwelling.contact.ground.wattsPerKelvin, .groundContact, "dwellings", dwelling.id)
        check(dwelling.contact.held.wattsPerKelvin, .heldContact, "dwellings", dwelling.id)
        if dwelling.use != .dwelling { return }
        check(dwelling.area.squareMetres, .area, "dwellings", dwelling.id)
        check(dwelling.exteriorConductance.wattsPerKelvin, .conductance, "dwellings", dwelling.id)
        check(dwelling.gains.watts, .gains, "dwellings", dwelling.id)
        if let target = dwelling.target { check(target.celsius, .room, "dwellings", dwelling.id) }
        if hasEmitter { check(dwelling.emitter, of: dwelling.id) }
        if dwelling.exteriorConductance.value + dwelling.contact.conductance.value == 0 { add(.noHeatLoss, .error, "dwellings", dwelling.id) }
    }

    /// - Parameter first: the id of its first dwelling.
    package mutating func check(_ coupling: Coupling, from first: ElementID) {
        check(coupling.conductance.wattsPerKelvin, .coupling, "couplings", first)
        if coupling.first == coupling.second { add(.selfLoop, .error, "couplings", first, [first.text]) }
    }

    /// One-pipe risers: whether their emitters follow one another, and whether water can pass.
    ///
    /// - Parameter member: the id of a dwelling, and whether it has a valve of its own.
    package mutating func check(_ riser: OnePipeRiser, pipe: ElementID, member: (DwellingIndex) -> (id: ElementID, hasValve: Bool)) {
        for dwelling in riser.missing {
            let (id, hasValve) = member(dwelling)
            add(hasValve ? .riserWithValve : .riserNotFollowed, .error, "dwellings", id, field: "riser", [pipe.text])
        }
        if riser.missing.isEmpty, riser.isBlocked, riser.hasOpenEmitter, let first = riser.stages.first(where: { !($0.openKv > 0) })?.emitters.first {
            add(.riserBlocked, .error, "dwellings", member(first.dwelling).id, field: "state", [pipe.text])
        }
    }

    private mutating func check(_ emitter: Emitter, of id: ElementID) {
        check(emitter.nominalPower.watts, .emitterPower, "dwellings", id)
        check(emitter.exponent, .exponent, "dwellings", id)
        check(emitter.nominalSupply.celsius, .supply, "dwellings", id)
        if !(emitter.nominalSupply > emitter.nominalReturn && emitter.nominalReturn > emitter.nominalRoom) {
            add(
                .temperaturesReversed, .error, "dwellings", id, field: "emitter",
                ["\(emitter.nominalSupply.celsius) °C", "\(emitter.nominalReturn.celsius) °C (\(emitter.nominalRoom.celsius) °C)"])
        }
    }
}

extension Dwelling {
    /// Whether there is nothing to say: the fast path over a million sound dwellings.
    package var isUsual: Bool {
        use == .dwelling && ValueRule.area.isUsual(area.value) && ValueRule.conductance.isUsual(exteriorConductance.value)
            && exteriorConductance.value > 0 && ValueRule.gains.isUsual(gains.value)
            && contact == .none && ValueRule.room.isUsual(target?.celsius ?? 18) && terminal != nil
            && ValueRule.emitterPower.isUsual(emitter.nominalPower.value) && ValueRule.exponent.isUsual(emitter.exponent)
            && ValueRule.supply.isUsual(emitter.nominalSupply.celsius) && emitter.nominalSupply > emitter.nominalReturn
            && emitter.nominalReturn > emitter.nominalRoom
    }
}

extension Pipe {
    /// Whether there is nothing to say: the fast path over a million sound pipes.
    package var isUsual: Bool {
        ValueRule.length.isUsual(length.metres) && ValueRule.diameter.isUsual(innerDiameter.millimetres)
            && ValueRule.roughness.isUsual(roughness.millimetres) && ValueRule.minorLoss.isUsual(minorLoss)
            && ValueRule.heatLoss.isUsual(heatLoss.value) && roughness.value <= 0.3 * innerDiameter.value
    }
}

extension ValveModel {
    /// What a setting may lie beyond the ends of its table: the last digit of a number that was printed.
    static var settingSlack: Double { 1e-6 }
}
