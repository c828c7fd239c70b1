import Dispatch
import Synchronization

extension HydraulicSolver {
    /// Solves many circuits, several at a time; results stand in the order of the circuits whatever the number of threads.
    ///
    /// - Parameters:
    ///   - solvers: one workspace a circuit; kept for the next call.
    ///   - states: one state a circuit.
    ///   - starts: solutions to start from; empty = none.
    ///   - threads: most circuits at a time.
    public static func solveAll(
        _ solvers: inout [HydraulicSolver], _ states: [CircuitState], from starts: [HydraulicSolution?] = [], threads: Int
    ) -> [Result<HydraulicSolution, HydraulicFailure>] {
        precondition(states.count == solvers.count && (starts.isEmpty || starts.count == solvers.count))
        let count = solvers.count
        let board = Mutex(Board(solvers: solvers.map { $0 }, results: [Result<HydraulicSolution, HydraulicFailure>?](repeating: nil, count: count)))
        solvers.removeAll()
        // Each worker takes the next circuit not yet begun; what it computes depends on that circuit alone.
        DispatchQueue.concurrentPerform(iterations: min(max(threads, 1), max(count, 1))) { _ in
            while let (place, taken) = board.withLock({ $0.take() }) {
                var solver = taken
                let start = starts.isEmpty ? nil : starts[place]
                let result = Result { () throws(HydraulicFailure) in try solver.solve(states[place], from: start) }
                board.withLock { $0.put(place, solver, result) }
            }
        }
        return board.withLock { board in
            solvers = board.solvers.compactMap { $0 }
            return board.results.compactMap { $0 }
        }
    }
}

/// Work not yet begun and work done.
private struct Board: Sendable {
    var solvers: [HydraulicSolver?]
    var results: [Result<HydraulicSolution, HydraulicFailure>?]
    var next = 0

    /// The next workspace, taken out so that nobody shares its storage.
    mutating func take() -> (Int, HydraulicSolver)? {
        guard next < solvers.count, let solver = solvers[next] else { return nil }
        solvers[next] = nil
        next += 1
        return (next - 1, solver)
    }

    mutating func put(_ place: Int, _ solver: HydraulicSolver, _ result: Result<HydraulicSolution, HydraulicFailure>) {
        solvers[place] = solver
        results[place] = result
    }
}
