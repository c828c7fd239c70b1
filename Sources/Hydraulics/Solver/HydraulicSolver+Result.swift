import NetworkModel

/// After the last iteration: exact dead ends, findings, the independent check.
extension HydraulicSolver {
    /// The solution of the converged iterate, judged.
    mutating func result(_ state: CircuitState) throws(HydraulicFailure) -> HydraulicSolution {
        try settleExactly(state)
        markBackwards()
        return try solution(state)
    }

    /// The solution of the iterate as it stands, judged.
    func solution(_ state: CircuitState) throws(HydraulicFailure) -> HydraulicSolution {
        var solution = HydraulicSolution(
            massFlow: iterate.links.map(\.flow), pressure: iterate.pressure, isReachable: reach.isReachable, linkStatus: status(),
            pumpSpeed: pumpSpeeds(state), iterations: progress.iterations,
            corrections: progress.corrections, residualHistory: progress.history, findings: [], check: nil)
        for node in 0..<solution.pressure.count where !solution.isReachable[node] { solution.pressure[node] = .nan }
        try judge(&solution, state)
        return solution
    }

    /// Adds findings, and the check where it is asked for.
    func judge(_ solution: inout HydraulicSolution, _ state: CircuitState) throws(HydraulicFailure) {
        solution.findings = findings(state, solution)
        guard options.isJudged else { return }
        let check = SolutionCheck(of: solution, state, compiled, options)
        if let failed = check.firstFailure {
            throw failure(.checkFailed(failed.criterion, failed.worst.error), failed.worst.element)
        }
        solution.check = check
    }

    /// Makes flows at bounds and in dead ends exact, and lets the pressures follow.
    ///
    /// In steep links a flow that is right to twelve digits may still miss a pressure; a Newton step from exact flows
    /// moves the pressures alone.
    private mutating func settleExactly(_ state: CircuitState) throws(HydraulicFailure) {
        for round in 0..<6 {
            // Mostly it is rounding that moves no pressure.
            if makeExact(state) < 0.1 * options.pressureTolerance { return }
            evaluate()
            balance(state)
            let residual = measure()
            if passes(residual) || round == 5 { return }
            progress.isBalanced = false
            try step(state)
            progress.history.append(measure())
        }
    }

    /// Makes flows at bounds and in dead ends exact; gives the greatest pressure that makes, Pa.
    mutating func makeExact(_ state: CircuitState) -> Double {
        let clamped = clampBounds()
        let settled = deadEnds.settle(
            compiled, demand: state.demand, isPinned: reach.isPinned,
            within: max(1e-6 * progress.largestFlow, options.absoluteMassTolerance), &iterate)
        return max(clamped, settled)
    }

    /// Brings flows that the switching left within rounding of a bound onto it; gives the greatest pressure that makes, Pa.
    private mutating func clampBounds() -> Double {
        var greatest = 0.0
        for bound in bounded where iterate.mode[Int(bound.link)] == .free {
            let link = Int(bound.link)
            let flow = min(max(iterate.links[link].flow, bound.lower), bound.upper)
            greatest = max(greatest, (flow - iterate.links[link].flow).magnitude / iterate.links[link].conductance)
            iterate.links[link].flow = flow
        }
        for control in controls where iterate.mode[control.link] == .free && iterate.links[control.link].flow < 0 {
            greatest = max(greatest, -iterate.links[control.link].flow / iterate.links[control.link].conductance)
            iterate.links[control.link].flow = 0
        }
        return greatest
    }

    /// What each link does.
    private func status() -> [LinkStatus] {
        iterate.mode.map { mode -> LinkStatus in
            switch mode {
            case .free: .open
            case .lower: .blocked
            case .upper: .limiting
            case .prescribed: .prescribed
            case .regulating: .regulating
            case .closed: .closed
            }
        }
    }
}
