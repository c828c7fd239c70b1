import NetworkModel

/// States whose flows are closed rings, by the strands of the circuit.
extension HydraulicSolver {
    /// The solution by strands; nil for states that do not come down to them, or that their steps do not settle.
    ///
    /// - Throws: an input cannot be computed with.
    mutating func solveOnStrands(
        _ state: CircuitState, from start: HydraulicSolution?
    ) throws(HydraulicFailure) -> HydraulicSolution? {
        guard options.reducesTopology, compiled.formulas.isEmpty, let fixed = StrandNetwork.onlyFixedNode(compiled, state),
            !compiled.characteristics.contains(where: \.isNeverReversed), state.prescribedFlow.allSatisfy(\.isNaN)
        else { return nil }
        try checkInput(state)
        let mayPass = compiled.passable(state)
        // Taken out of this value, so that nobody shares its storage.
        var known: StrandNewton?
        swap(&known, &strands)
        var newton =
            if let known, known.mayPass == mayPass, known.network.walk.order.first == Int32(fixed) { known } else {
                StrandNewton(compiled, mayPass, from: fixed, table: known?.table ?? StrandTable())
            }
        known = nil
        defer { strands = newton }
        laws.prepare(compiled, state)
        controls.removeAll(keepingCapacity: true)
        let isStart = start.map { $0.massFlow.count == compiled.links.count && $0.linkStatus.count == compiled.links.count } ?? false
        guard newton.solve(compiled, laws, state, from: isStart ? start : nil, options) else { return nil }
        return expanded(&newton, state)
    }

    /// Flows and pressures of every link and node, judged; nil where they do not pass.
    ///
    /// Pressures go along the tree by the laws of its links, so that the errors of strands add up in the links outside it: where that
    /// is more than the tolerance another step follows.
    private mutating func expanded(_ newton: inout StrandNewton, _ state: CircuitState) -> HydraulicSolution? {
        for round in 0..<3 {
            if round > 0 && !newton.refine(laws, options) { return nil }
            let expansion = StrandExpansion(compiled, newton, laws, state)
            guard expansion.isComplete else { return nil }
            let worst = expansion.greatestError(compiled)
            progress.largestPressure = expansion.level
            guard worst <= tolerance else { continue }
            progress.iterations = newton.iterations
            progress.history = newton.history
            if let last = progress.history.indices.last { progress.history[last].pressure = worst }
            var speeds = state.pumpSpeed
            for pump in speeds.indices where expansion.status[compiled.pumps.lowerBound + pump] == .closed { speeds[pump] = 0 }
            var solution = HydraulicSolution(
                massFlow: expansion.flow, pressure: expansion.pressure, isReachable: expansion.walk.isReached, linkStatus: expansion.status,
                pumpSpeed: speeds, iterations: newton.iterations, residualHistory: progress.history, findings: [], check: nil)
            do throws(HydraulicFailure) {
                try judge(&solution, state)
                return solution
            } catch {
                progress = Progress()
                return nil
            }
        }
        progress = Progress()
        return nil
    }
}
