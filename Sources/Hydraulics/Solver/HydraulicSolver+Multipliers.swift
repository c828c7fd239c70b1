import NetworkModel

/// The method of multipliers: slower than switching, but it cannot cycle.
///
/// Bounds are replaced by stiff springs with an offset, F(ṁ) + (max(0, λ + s(ṁ − limit))² − λ²)/2s: a smooth convex content that
/// Newton with the line search minimises from anywhere. Then λ becomes the force of the spring, and so on; the flows
/// converge to the bounds for every s > 0 where there is a solution at all (Rockafellar 1976).
extension HydraulicSolver {
    /// Solves with springs until all bounds hold, then hands the active ones to a last round of Newton steps.
    mutating func iterateWithMultipliers(_ state: CircuitState) throws(HydraulicFailure) {
        progress.usedMultipliers = true
        loadSprings()
        evaluate()
        balance(state)
        _ = measure()
        var violation = Double.infinity
        for _ in 0..<60 {
            try settle(state)
            let before = violation
            violation = updateMultipliers()
            if violation <= massTolerance { break }
            // Springs far softer than the circuit around them would take many rounds to reach the force that is needed.
            if violation > 0.25 * before { stiffenSprings() }
            evaluate()
        }
        if violation > 1e-6 * max(progress.largestFlow, 1e-6 * laws.flowScale) {
            throw failure(.infeasible(violation), element(link: worstViolation()))
        }
        unloadSprings()
        evaluate()
        progress.isBalanced = false
        balance(state)
        try polish(state)
    }

    /// Newton steps with springs until the present springs are in equilibrium.
    private mutating func settle(_ state: CircuitState) throws(HydraulicFailure) {
        for _ in 0..<options.iterationLimit {
            let residual = measure()
            guard residual.pressure.isFinite && residual.mass.isFinite else { throw failure(.notFinite) }
            if passes(residual) { return }
            if progress.iterations >= 10 * options.iterationLimit { break }
            try step(state)
            progress.history.append(measure())
        }
        throw failure(.notConverged)
    }

    /// Newton steps from the modes that the multipliers found; what hardly mattered to them may still switch.
    private mutating func polish(_ state: CircuitState) throws(HydraulicFailure) {
        var switches = 0
        for _ in 0..<options.iterationLimit {
            if switches > 0 { balance(state) }
            progress.isBalanced = progress.isBalanced && switches == 0
            try step(state)
            var residual = measure()
            guard residual.pressure.isFinite && residual.mass.isFinite else { throw failure(.notFinite) }
            switches = switchDevices() + switchRegulators(atMost: .max)
            residual.switches = switches
            progress.history.append(residual)
            if switches == 0 && isSettled(residual) {
                progress.isConverged = true
                return
            }
        }
        throw failure(.notConverged)
    }

    private mutating func loadSprings() {
        let stiff = 100 * LinkLaws.expectedLoss / laws.flowScale
        for place in bounded.indices {
            let link = Int(bounded[place].link)
            bounded[place].penalty = max(stiff, 100 / max(laws.startConductance[link], 1e-300))
            bounded[place].lowerMultiplier = iterate.mode[link] == .lower ? max(0, -iterate.links[link].error) : 0
            bounded[place].upperMultiplier = iterate.mode[link] == .upper ? max(0, iterate.links[link].error) : 0
            iterate.mode[link] = .free
        }
    }

    /// Ten times stiffer, up to where the springs would drown every law in rounding.
    private mutating func stiffenSprings() {
        for place in bounded.indices where bounded[place].penalty < 1e8 * LinkLaws.expectedLoss / laws.flowScale {
            bounded[place].penalty *= 10
        }
    }

    /// Adds the springs to errors and conductances.
    mutating func applyPenalties() {
        guard progress.usedMultipliers else { return }
        for bound in bounded where bound.penalty > 0 {
            let link = Int(bound.link)
            let flow = iterate.links[link].flow
            var stiffness = 0.0
            let upper = bound.upperMultiplier + bound.penalty * (flow - bound.upper)
            if upper > 0 {
                iterate.links[link].error -= upper
                stiffness += bound.penalty
            }
            let lower = bound.lowerMultiplier + bound.penalty * (bound.lower - flow)
            if lower > 0 {
                iterate.links[link].error += lower
                stiffness += bound.penalty
            }
            // The spring takes most of the drive, so the law's chord to that drive would be far too steep: its tangent instead.
            guard stiffness > 0 else { continue }
            iterate.links[link].conductance = 1 / (max(laws.loss(link, flow).slope, laws.slopeFloor) + stiffness)
        }
    }

    /// Makes every multiplier the force of its spring; gives the greatest violation of a bound, kg/s.
    private mutating func updateMultipliers() -> Double {
        var worst = 0.0
        for place in bounded.indices {
            let bound = bounded[place]
            let flow = iterate.links[Int(bound.link)].flow
            bounded[place].upperMultiplier = max(0, bound.upperMultiplier + bound.penalty * (flow - bound.upper))
            bounded[place].lowerMultiplier = max(0, bound.lowerMultiplier + bound.penalty * (bound.lower - flow))
            worst = max(worst, bound.violation(flow))
            // Complementarity: a force where the flow is inside its bounds is an error as well.
            if bounded[place].upperMultiplier > tolerance { worst = max(worst, (flow - bound.upper).magnitude) }
            if bounded[place].lowerMultiplier > tolerance { worst = max(worst, (flow - bound.lower).magnitude) }
        }
        return worst
    }

    private func worstViolation() -> Int {
        let worst = bounded.max { $0.violation(iterate.links[Int($0.link)].flow) < $1.violation(iterate.links[Int($1.link)].flow) }
        return Int(worst?.link ?? 0)
    }

    /// Takes the springs away and holds the links they pushed against.
    private mutating func unloadSprings() {
        for place in bounded.indices {
            let bound = bounded[place]
            bounded[place].penalty = 0
            if bound.upperMultiplier > tolerance {
                hold(Int(bound.link), .upper, bound.upper)
            } else if bound.lowerMultiplier > tolerance {
                hold(Int(bound.link), .lower, bound.lower)
            }
        }
    }
}

extension BoundedLink {
    /// How far a flow is outside the bounds, kg/s.
    fileprivate func violation(_ flow: Double) -> Double { max(0, flow - upper, lower - flow) }
}
