import NetworkModel

/// Flows and pressures of one circuit with different links shut, four states side by side: rosters of a district.
///
/// States share water, settings and topology, and differ in which of some links, the *switches*, are open. The circuit is reduced to
/// its strands once (``StrandNetwork``), exactly; every number of Newton's iteration is then a vector of four, one a state, worked on
/// through one symbolic factor, and the laws of a strand are read once for all four. The steps are those of the gradient form as in
/// ``HydraulicSolver``, from the flows of a state that is solved already. Solving allocates nothing, and what comes of a state does not
/// depend on the three beside it.
///
/// Circuits that do not come down to strands, and states that these steps do not solve (a device that would block or limit, no convergence
/// from the base), are left to a ``HydraulicSolver``: so each state has the same answer as by itself, or the same failure.
///
/// A value is the workspace of one worker.
public struct BatchedHydraulicSolver: Sendable {
    /// States solved side by side.
    public static var width: Int { 4 }

    /// The circuit.
    public let compiled: CompiledNetwork
    /// The state that all others differ from by their switches.
    public let base: CircuitState
    /// Links that may be open or shut, local.
    public let switches: [Int]
    /// Links whose flows are wanted, local.
    public let observed: [Int]
    /// Flow through each observed link in the four states last solved, kg/s, positive from→to; NaN in a state without an answer.
    public private(set) var flow: [SIMD4<Double>]
    /// Newton iterations in the four states last solved.
    public private(set) var iterations: [Int]
    /// States that needed a solver of their own, so far.
    public private(set) var solvedAlone = 0
    /// Whether the circuit came down to strands at all.
    public var isReduced: Bool { strands != nil }

    private let options: HydraulicOptions
    private let start: HydraulicSolution
    private var strands: StrandSolver?
    private var check: StrandCheck?
    private var single: HydraulicSolver
    /// Answers of states solved alone.
    private var alone: [HydraulicSolution?]
    /// Which switches were open, four bits each.
    private var isOpen: [UInt8]

    /// Reduces a circuit and allocates the workspace.
    ///
    /// - Parameters:
    ///   - base: a state of the circuit.
    ///   - solution: its solution, from where all others start.
    ///   - switches: local links that may be open or shut.
    ///   - observed: local links whose flows are wanted.
    /// - Complexity: O(nodes + links), and a few iterations.
    public init(
        _ compiled: CompiledNetwork, base: CircuitState, solution: HydraulicSolution, switches: [Int], observed: [Int],
        options: HydraulicOptions = HydraulicOptions()
    ) {
        (self.compiled, self.base, self.switches, self.observed, self.options) = (compiled, base, switches, observed, options)
        start = solution
        flow = Array(repeating: .zero, count: observed.count)
        iterations = Array(repeating: 0, count: Self.width)
        alone = Array(repeating: nil, count: Self.width)
        isOpen = Array(repeating: 0, count: switches.count)
        single = HydraulicSolver(compiled, options: options)
        strands = StrandNetwork(compiled, base, switches: switches).flatMap { network in
            StrandSolver(compiled, network, base, solution, switches: switches, observed: observed, options: options)
        }
        check = strands.map { solver in
            var check = StrandCheck(
                compiled, solver.network, base, switched: switches.map { solver.network.strandOfLink[$0] }, options: options)
            check.expect(solver.values)
            return check
        }
    }

    /// Solves up to four states, each judged by ``StrandCheck`` before it counts as solved.
    ///
    /// - Parameters:
    ///   - isOpen: for each switch a bit a state, the lowest for the first.
    ///   - count: number of states, 1…4.
    /// - Returns: for each state why it has no answer, nil where it has one.
    /// - Precondition: one value a switch.
    public mutating func solve(_ isOpen: [UInt8], count: Int = 4) -> [HydraulicFailure?] {
        precondition(isOpen.count == switches.count && (1...Self.width).contains(count), "one value a switch, up to four states")
        self.isOpen = isOpen
        var failures = [HydraulicFailure?](repeating: nil, count: count)
        var solved = strands?.solve(isOpen, count: count, &flow) ?? 0
        if solved != 0, let (values, share) = strands.map({ ($0.values, $0.share) }), let isWrong = check?.judge(values, share) {
            for state in 0..<count where isWrong[state] { solved &= ~(1 << UInt8(state)) }
        }
        for state in 0..<count {
            alone[state] = nil
            iterations[state] = strands?.iterations[state] ?? 0
            if solved & (1 << UInt8(state)) == 0 { failures[state] = solveAlone(state) }
        }
        return failures
    }

    /// The whole solution of a state last solved, judged by ``SolutionCheck``.
    ///
    /// - Throws: the check does not pass.
    /// - Complexity: O(nodes + links).
    public func solution(_ state: Int) throws(HydraulicFailure) -> HydraulicSolution {
        if let solution = alone[state] { return solution }
        guard let strands else { throw single.failure(.notConverged, .circuit) }
        let circuit = self.state(state)
        var solution = strands.solution(state, circuit)
        let check = SolutionCheck(of: solution, circuit, compiled, options)
        if let failed = check.firstFailure {
            throw single.failure(.checkFailed(failed.criterion, failed.worst.error), failed.worst.element)
        }
        solution.check = check
        return solution
    }

    /// The state of the circuit with the switches as one of the four has them.
    public func state(_ state: Int) -> CircuitState {
        var circuit = base
        for (place, link) in switches.enumerated() { circuit.isOpen[link] = isOpen[place] & (1 << UInt8(state)) != 0 }
        return circuit
    }

    private mutating func solveAlone(_ state: Int) -> HydraulicFailure? {
        solvedAlone += 1
        do throws(HydraulicFailure) {
            let solution = try single.solve(self.state(state), from: start)
            for (place, link) in observed.enumerated() { flow[place][state] = solution.massFlow[link] }
            iterations[state] = solution.iterations
            alone[state] = solution
            return nil
        } catch {
            for place in flow.indices { flow[place][state] = .nan }
            return error
        }
    }
}
