import NetworkModel

/// After the last iteration: exact dead ends, findings, the independent check.
extension HydraulicSolver {
    /// The solution of the converged iterate, judged.
    mutating func result(_ state: CircuitState) throws(HydraulicFailure) -> HydraulicSolution {
        clampBounds()
        deadEnds.settle(
            compiled, demand: state.demand, isPinned: reach.isPinned,
            within: max(1e-6 * largestFlow, options.absoluteMassTolerance), &iterate)
        var solution = HydraulicSolution(
            massFlow: iterate.links.map(\.flow), pressure: iterate.pressure, isReachable: reach.isReachable, linkStatus: status(),
            iterations: progress.iterations, residualHistory: progress.history, findings: [], check: nil)
        for node in 0..<solution.pressure.count where !solution.isReachable[node] { solution.pressure[node] = .nan }
        solution.findings = findings(state, solution)
        guard options.isJudged else { return solution }
        let check = SolutionCheck(of: solution, state, compiled, options)
        if let failed = check.firstFailure {
            throw failure(.checkFailed(failed.criterion, failed.worst.error), failed.worst.element)
        }
        solution.check = check
        return solution
    }

    /// Brings flows that the switching left within rounding of a bound onto it.
    private mutating func clampBounds() {
        for bound in bounded {
            let link = Int(bound.link)
            iterate.links[link].flow = min(max(iterate.links[link].flow, bound.lower), bound.upper)
        }
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
