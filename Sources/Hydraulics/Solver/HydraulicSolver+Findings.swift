import NetworkModel

/// What a person must not miss in a right solution.
extension HydraulicSolver {
    /// Gauge pressure of an absolute vacuum under the standard atmosphere, Pa.
    private static var vacuum: Double { -101_325 }

    /// All findings: circuit, then nodes, then links, each in rising order.
    func findings(_ state: CircuitState, _ solution: HydraulicSolution) -> [HydraulicFinding] {
        var findings: [HydraulicFinding] = []
        if progress.usedMultipliers {
            findings.append(
                HydraulicFinding(kind: .switchingCycleResolved, element: .circuit, amount: Double(solution.iterations)))
        }
        for node in 0..<solution.pressure.count {
            if !solution.isReachable[node] {
                guard state.demand[node] != 0 else { continue }
                findings.append(
                    HydraulicFinding(kind: .unreachableDemand, element: element(node: node), amount: state.demand[node]))
            } else if solution.pressure[node] < Self.vacuum {
                findings.append(
                    HydraulicFinding(kind: .belowVacuum, element: element(node: node), amount: solution.pressure[node]))
            }
        }
        for link in 0..<state.prescribedFlow.count where !state.prescribedFlow[link].isNaN {
            prescribedFinding(link, state, solution).map { findings.append($0) }
        }
        for control in controls { finding(control, solution).map { findings.append($0) } }
        let controlled = Set(controls.map(\.link))
        for regulator in compiled.regulators where !controlled.contains(regulator.link) && regulator.setting(in: state) < .infinity {
            guard iterate.mode[regulator.link] == .free && (regulator.pump < 0 || state.pumpHead[regulator.pump].isNaN) else { continue }
            let amount = Double(regulator.sensors.count)
            findings.append(HydraulicFinding(kind: .sensorCutOff, element: element(link: regulator.link), amount: amount))
        }
        for link in compiled.independentValves { independentFinding(link, state, solution).map { findings.append($0) } }
        for link in compiled.pumps { pumpFinding(link, state, solution).map { findings.append($0) } }
        return findings
    }

    /// What a person must know of a device that follows a sensor.
    private func finding(_ control: Control, _ solution: HydraulicSolution) -> HydraulicFinding? {
        func found(_ kind: HydraulicFinding.Kind, _ amount: Double) -> HydraulicFinding? {
            amount > tolerance ? HydraulicFinding(kind: kind, element: element(link: control.link), amount: amount) : nil
        }
        let excess = control.excess(iterate.pressure, iterate.links[control.link].flow)
        let regulator = control.regulator
        switch iterate.mode[control.link] {
        case .regulating: return control.isBackwards ? found(.controlBackwards, control.setting.magnitude) : nil
        case .free where control.isAtLeast: return found(.controlAtLimit, excess)
        case .free where excess > tolerance: return found(.settingNotHeld, excess)
        case .free: return regulator.holdsOwnEnd ? nil : found(.controlFullyOpen, -excess)
        case .lower: return regulator.isReducing && !regulator.holdsOwnEnd ? found(.controlAtLimit, excess) : nil
        case .upper, .prescribed, .closed: return nil
        }
    }

    /// A pressure-independent valve that does not reach its flow.
    private func independentFinding(_ link: Int, _ state: CircuitState, _ solution: HydraulicSolution) -> HydraulicFinding? {
        let limit = state.flowLimit[link]
        guard solution.linkStatus[link] == .open, limit.isFinite, solution.massFlow[link] < limit * (1 - 1e-9) else { return nil }
        let lacking = laws.loss(link, limit).loss - laws.loss(link, solution.massFlow[link]).loss
        return HydraulicFinding(kind: .belowLeastDifference, element: element(link: link), amount: lacking)
    }

    private func prescribedFinding(
        _ link: Int, _ state: CircuitState, _ solution: HydraulicSolution
    ) -> HydraulicFinding? {
        let flow = state.prescribedFlow[link]
        if solution.linkStatus[link] == .closed {
            return flow == 0
                ? nil : HydraulicFinding(kind: .unreachablePrescribedFlow, element: element(link: link), amount: flow)
        }
        // Against the flow's own direction: a device can only take pressure away from the water.
        let excess = iterate.links[link].error * (flow < 0 ? -1 : 1)
        guard flow != 0 && excess < -1 else { return nil }
        return HydraulicFinding(kind: .prescribedFlowNeedsHead, element: element(link: link), amount: -excess)
    }

    /// Whether a pump's data tell where its curve ends.
    private func isCurve(_ law: PumpLaw) -> Bool {
        if case .curve(let curve) = law.characteristic { curve.flow.count > 1 } else { true }
    }

    private func pumpFinding(_ link: Int, _ state: CircuitState, _ solution: HydraulicSolution) -> HydraulicFinding? {
        let place = link - compiled.pumps.lowerBound
        switch solution.linkStatus[link] {
        case .blocked:
            let drop = solution.pressure[Int(compiled.from[link])] - solution.pressure[Int(compiled.to[link])]
            let error = drop - laws.gravity[link] - laws.loss(link, solution.massFlow[link]).loss
            guard error < -tolerance else { return nil }
            return HydraulicFinding(kind: .pumpCannotDeliver, element: element(link: link), amount: -error)
        case .open, .limiting, .prescribed, .regulating:
            let law = laws.pumps[place].at(speed: solution.pumpSpeed[place])
            guard law.speed > 0, !law.startsAtLastFlow, let last = law.lastFlow else { return nil }
            let flow = solution.massFlow[link]
            // A hair beyond the last point is rounding, not extrapolation.
            if flow > last * (1 + 1e-9) && isCurve(law) {
                return HydraulicFinding(kind: .pumpBeyondCurve, element: element(link: link), amount: flow / last)
            }
            if case .curve(let curve) = law.characteristic, flow < curve.firstFlow * law.density * law.speed * (1 - 1e-9) {
                let first = curve.firstFlow * law.density * law.speed
                return HydraulicFinding(kind: .pumpBelowCurve, element: element(link: link), amount: flow / first)
            }
            return nil
        case .closed: return nil
        }
    }
}
