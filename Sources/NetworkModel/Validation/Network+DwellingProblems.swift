import Quantities

/// Dwellings, their emitters and their shared surfaces.
extension Network {
    func checkDwellings(_ report: inout ProblemReport) {
        for dwelling in dwellings where dwelling.use != .dwelling || !isUsual(dwelling) {
            checkContact(dwelling, &report)
            if dwelling.use != .dwelling { continue }
            report.check(dwelling.area.squareMetres, .area, "dwellings", dwelling.id)
            report.check(dwelling.exteriorConductance.wattsPerKelvin, .conductance, "dwellings", dwelling.id)
            report.check(dwelling.gains.watts, .gains, "dwellings", dwelling.id)
            if let target = dwelling.target { report.check(target.celsius, .room, "dwellings", dwelling.id) }
            if dwelling.terminal != nil { check(dwelling.emitter, of: dwelling.id, &report) }
            if dwelling.exteriorConductance.value + dwelling.contact.conductance.value == 0 { report.add(.noHeatLoss, .error, "dwellings", dwelling.id) }
        }
        for coupling in couplings {
            if ValueRule.coupling.isUsual(coupling.conductance.value) && coupling.first != coupling.second { continue }
            report.check(coupling.conductance.wattsPerKelvin, .coupling, "couplings", dwellings[coupling.first].id)
            if coupling.first == coupling.second {
                report.add(.selfLoop, .error, "couplings", dwellings[coupling.first].id, [dwellings[coupling.first].id.text])
            }
        }
        if !dwellings.isEmpty && !dwellings.contains(where: { $0.state.isHeated }) { report.add(.noOpenDwelling, .warning) }
    }

    /// One-pipe risers: whether their emitters follow one another, and whether water can pass.
    func checkRisers(_ report: inout ProblemReport) {
        for riser in onePipeRisers() {
            let pipe = links[pipes[riser.pipe].link].id.text
            for dwelling in riser.missing {
                let isOwn = dwellings[dwelling].valve != nil
                report.add(isOwn ? .riserWithValve : .riserNotFollowed, .error, "dwellings", dwellings[dwelling].id, field: "riser", [pipe])
            }
            if riser.missing.isEmpty, riser.isBlocked, riser.hasOpenEmitter, let first = riser.stages.first(where: { !($0.openKv > 0) })?.emitters.first {
                report.add(.riserBlocked, .error, "dwellings", dwellings[first.dwelling].id, field: "state", [pipe])
            }
        }
    }

    private func checkContact(_ dwelling: Dwelling, _ report: inout ProblemReport) {
        if dwelling.use != .dwelling {
            report.check(dwelling.exteriorConductance.wattsPerKelvin, .conductance, "dwellings", dwelling.id)
        }
        report.check(dwelling.contact.ground.wattsPerKelvin, .groundContact, "dwellings", dwelling.id)
        report.check(dwelling.contact.held.wattsPerKelvin, .heldContact, "dwellings", dwelling.id)
    }

    /// The fast path over a million sound dwellings.
    private func isUsual(_ dwelling: Dwelling) -> Bool {
        let emitter = dwelling.emitter
        return ValueRule.area.isUsual(dwelling.area.value) && ValueRule.conductance.isUsual(dwelling.exteriorConductance.value)
            && dwelling.exteriorConductance.value > 0 && ValueRule.gains.isUsual(dwelling.gains.value)
            && dwelling.contact == .none && ValueRule.room.isUsual(dwelling.target?.celsius ?? 18) && dwelling.terminal != nil
            && ValueRule.emitterPower.isUsual(emitter.nominalPower.value) && ValueRule.exponent.isUsual(emitter.exponent)
            && ValueRule.supply.isUsual(emitter.nominalSupply.celsius) && emitter.nominalSupply > emitter.nominalReturn
            && emitter.nominalReturn > emitter.nominalRoom
    }

    private func check(_ emitter: Emitter, of id: ElementID, _ report: inout ProblemReport) {
        report.check(emitter.nominalPower.watts, .emitterPower, "dwellings", id)
        report.check(emitter.exponent, .exponent, "dwellings", id)
        report.check(emitter.nominalSupply.celsius, .supply, "dwellings", id)
        if !(emitter.nominalSupply > emitter.nominalReturn && emitter.nominalReturn > emitter.nominalRoom) {
            report.add(
                .temperaturesReversed, .error, "dwellings", id, field: "emitter",
                ["\(emitter.nominalSupply.celsius) °C", "\(emitter.nominalReturn.celsius) °C (\(emitter.nominalRoom.celsius) °C)"])
        }
    }
}
