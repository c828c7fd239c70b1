import Hydraulics
import NetworkModel
import Quantities

extension CircuitBalance {
    /// Flows of a forward solve with the settings as they stand, kg/s by local link, and how far they are from the design.
    struct Trial: Sendable {
        var massFlow: [Double]
        /// The solve itself, to start the next from; nil where nothing needed one.
        var solution: HydraulicSolution?
        /// Sum of squared logarithms of actual over design flow of the dwellings, shortfalls of promised ones weighted.
        var error: Double
        /// Greatest |actual/design − 1| of a dwelling.
        var worst: Double
    }

    /// Solves forward: emitters take what pressures give, substations' controllers at most their design flow.
    func trial(_ solver: inout HydraulicSolver, from start: HydraulicSolution?) throws(HydraulicFailure) -> Trial {
        var forward = state
        for consumer in circuit.consumers {
            switch consumer.kind {
            case .dwelling: forward.prescribedFlow[consumer.link] = .nan
            case .substation, .load:
                if forward.prescribedFlow[consumer.link].isNaN { forward.flowLimit[consumer.link] = flow[consumer.link] }
            case .source: forward.prescribedFlow[consumer.link] = flow[consumer.link]
            }
        }
        let solution = try solver.solve(forward, from: start)
        var (error, worst) = (0.0, 0.0)
        for (position, consumer) in circuit.consumers.enumerated() {
            guard case .dwelling = consumer.kind, !spare[position].isNaN else { continue }
            let ratio = solution.massFlow[consumer.link] / flow[consumer.link]
            let miss = weightedMiss(ratio > 1e-6 ? logarithm(ratio) : -14, consumer)
            error += miss * miss
            worst = max(worst, abs(ratio - 1))
        }
        return Trial(massFlow: solution.massFlow, solution: solution, error: error, worst: worst)
    }

    /// Chooses dwelling settings again from the pressures that a forward solve finds, until flows stop improving.
    ///
    /// Upper valves stay: what their rounding leaves is compensated below. Keeps the best settings met.
    /// - Returns: the solve of the settings kept, and the rounds made.
    mutating func correct() throws(HydraulicFailure) -> (trial: Trial, rounds: Int) {
        let hasDwellings = circuit.consumers.contains { if case .dwelling = $0.kind { true } else { false } }
        // Controllers of substations make the design flow themselves.
        guard hasDwellings else { return (Trial(massFlow: flow, solution: nil, error: 0, worst: 0), 0) }
        var solver = HydraulicSolver(circuit.compiled)
        var best = try trial(&solver, from: nil)
        var kept = self
        var rounds = 0
        var current = best
        var damping = 1.0
        while rounds < options.correctionRounds && best.worst > options.flowTolerance {
            guard reset(by: current.massFlow, damping: damping) else { break }
            rounds += 1
            current = try trial(&solver, from: current.solution)
            if current.error < best.error {
                let gain = best.error - current.error
                (best, kept) = (current, self)
                if gain < 0.01 * best.error { break }
            } else {
                // Neighbours that all corrected at once overshot: only the worse half of them goes on from the best.
                damping *= 0.5
                self = kept
                current = best
                if damping < 0.2 { break }
            }
        }
        self = kept
        return (best, rounds)
    }

    /// A logarithmic flow error, weighted where it breaks a promise.
    ///
    /// A dwelling meant to reach its target misses it by any water too little, while a little too much only costs heat.
    private func weightedMiss(_ miss: Double, _ consumer: DesignCircuit.Consumer) -> Double {
        guard miss < 0, case .dwelling(let dwelling) = consumer.kind, limits[dwelling.position].limit == .none else { return miss }
        return options.shortfallWeight * miss
    }

    /// Sets each dwelling's valve for the pressure at its branch; whether any changed.
    private mutating func reset(by massFlow: [Double], damping: Double) -> Bool {
        var changed = false
        let compiled = circuit.compiled
        for (position, consumer) in circuit.consumers.enumerated() {
            guard case .dwelling = consumer.kind, !spare[position].isNaN,
                let last = chains.valves(of: position).last, let valve = circuit.setValve[Int(last)],
                network.valves[valve].level == .dwelling
            else { continue }
            let link = Int(last)
            let actual = massFlow[consumer.link]
            let design = flow[consumer.link]
            // Within a branch both losses are quadratic: what valve and terminal take together at the design flow.
            let terminal = compiled.pressureLoss(link: consumer.link, massFlow: design, state).loss
            let both = compiled.pressureLoss(link: link, massFlow: actual, state).loss
                + compiled.pressureLoss(link: consumer.link, massFlow: actual, state).loss
            let aim = damping == 1 ? both : both * power(abs(actual / design), -2 * (1 - damping))
            let target = aim - terminal
            let before = state.kv[link]
            let density = Density(compiled.density(link: link, state))
            let full = network.fullyOpenKv(of: valve)
            let required = target > 0
                ? FlowCoefficient(passing: MassFlow(design), atLoss: PressureDifference(target), density: density)
                : FlowCoefficient(full)
            if let index = network.valves[valve].model {
                let model = network.valveModels[index]
                set(link, nearest(model, required, consumer, terminal: terminal, aim: aim, design: design, density: density), model)
            } else {
                state.kv[link] = min(required.value, full)
            }
            if state.kv[link] != before { changed = true }
        }
        return changed
    }

    /// Of the two settings around a Kv the one whose flow is nearer to the design flow, by weighted ratio.
    private func nearest(
        _ model: ValveModel, _ required: FlowCoefficient, _ consumer: DesignCircuit.Consumer, terminal: Double, aim: Double, design: Double, density: Density
    ) -> Double {
        let (below, above) = model.settings(around: required)
        guard below != above, aim > 0 else { return below }
        func miss(_ setting: Double) -> Double {
            let kv = model.kv(at: setting)
            guard kv.value > 0 else { return .infinity }
            let loss = kv.resistance(density: density) * design * design + terminal
            return abs(weightedMiss(0.5 * logarithm(aim / loss), consumer))
        }
        return miss(below) < miss(above) ? below : above
    }
}
