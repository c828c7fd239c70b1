import NetworkModel
import Quantities
import SparseAlgebra

/// Flows and pressures of one circuit: the workspace of one worker.
///
/// Newton's method on the gradient form (Todini & Pilati 1988; Todini & Rossman 2013), globalised for the convex problem
/// behind it: all laws rise with the flow, so the solution is the least *content* (Collins et al. 1978) over flows
/// that balance, and a line search on its derivative lets it converge from anywhere. Near the answer a factorised matrix serves for a
/// few corrections more (Shamanskii 1967), so that an iteration gains more than twice the digits. One-way and limiting devices are
/// bounds of that problem. They are switched all at once by the primal-dual active set rule (Hintermüller, Ito &
/// Kunisch, SIAM J. Optim. 13 (2003) 865); should the switching repeat itself, the method of multipliers
/// (Rockafellar, Math. Oper. Res. 1 (1976) 97), which cannot cycle, takes over and the result says so. Devices that follow a
/// sensor (``Regulator``) are no part of a content; they switch by the same rule, and should that repeat itself, one at a time,
/// the first that wants to, each after the rest has settled (Murty, Opsearch 11 (1974) 123): finite where every
/// device moves its own reading the right way more than others do (P-matrices), and a state that comes back is a named failure.
///
/// Where flows are closed rings alone, all of this is done on the strands of the circuit (``StrandNewton``), and the result is expanded
/// to every link and node; what those steps do not settle is solved on all links.
///
/// A solver is reused for many states of its circuit; solving allocates only the result.
public struct HydraulicSolver: Sendable {
    /// The circuit.
    public let compiled: CompiledNetwork
    /// Tolerances and limits.
    public var options: HydraulicOptions

    var laws: LinkLaws
    var iterate: Iterate
    var system: NewtonSystem
    var reach: Reachability
    var deadEnds: DeadEnds
    /// What each link may do by the state alone, when reachability was last found; empty = not known.
    var walkedModes: [LinkMode] = []
    var bounded: [BoundedLink] = []
    var controls: [Control] = []
    /// The regulating devices of the last step.
    var border = Border()
    var progress = Progress()
    /// What is left of the circuit where flows are closed rings; nil before such a state.
    var strands: StrandNewton?

    /// Allocates the workspace; that of the solver on all links only when a state needs it.
    public init(_ compiled: CompiledNetwork, options: HydraulicOptions = HydraulicOptions()) {
        self.compiled = compiled
        self.options = options
        laws = LinkLaws(compiled)
        iterate = Iterate()
        system = NewtonSystem()
        reach = Reachability()
        deadEnds = DeadEnds()
    }

    /// Allocates what the solver on all links works with.
    mutating func wake() {
        guard iterate.links.count != compiled.links.count || iterate.pressure.count != compiled.nodes.count else { return }
        iterate = Iterate(compiled)
        system = NewtonSystem(compiled)
        reach = Reachability(compiled)
        deadEnds = DeadEnds(compiled)
    }

    /// Flows and pressures for a state.
    ///
    /// - Parameter start: a solution of a similar state of the same circuit; saves iterations, changes nothing else.
    /// - Throws: no solution that passes its checks was found; the failure names the worst element.
    /// - Complexity: one factorisation an iteration, up to five solves with it, and a few passes over the links for each.
    public mutating func solve(
        _ state: CircuitState, from start: HydraulicSolution? = nil
    ) throws(HydraulicFailure) -> HydraulicSolution {
        progress = Progress()
        if let solution = try solveOnStrands(state, from: start) { return solution }
        try prepare(state, start)
        if try !isAtRest(state) {
            try iterateWithSwitching(state)
            if !progress.isConverged { try iterateWithMultipliers(state) }
            // From a solution before, devices stay where they are.
            if start == nil { lookElsewhere(state) }
        }
        return try result(state)
    }

    /// A failure that names the element with the greatest residual.
    func failure(_ reason: HydraulicFailure.Reason, _ element: HydraulicFinding.Element? = nil) -> HydraulicFailure {
        HydraulicFailure(reason: reason, element: element ?? progress.worst, residualHistory: progress.history)
    }

    /// The network's place of a local node.
    func element(node: Int) -> HydraulicFinding.Element { .node(compiled.nodes[node]) }
    /// The network's place of a local link.
    func element(link: Int) -> HydraulicFinding.Element { .link(compiled.links[link]) }
}

/// What has happened in the solve under way.
struct Progress: Sendable {
    /// Matrices factorised.
    var iterations = 0
    /// Whether the last residual passes and no device wants to switch.
    var isConverged = false
    /// Whether the flows balance at every node, so that the content may judge the next step.
    var isBalanced = false
    /// The largest flow when last measured, kg/s.
    var largestFlow = 0.0
    /// The largest pressure when last measured, Pa.
    var largestPressure = 0.0
    /// Share of the last step taken.
    var step = 1.0
    /// Residuals so far.
    var history: [HydraulicResidual] = []
    /// The element with the greatest residual.
    var worst = HydraulicFinding.Element.circuit
    /// How often the least slope of the matrix was lowered to settle flows in wide rings.
    var refinements = 0
    /// Whether the method of multipliers was needed.
    var usedMultipliers = false
    /// The link that switched last; −1 = none.
    var lastSwitched = -1
    /// Whether devices switch one at a time.
    var isCautious = false
    /// Which of the devices that want to switch comes first.
    var turns = Turns.first
    /// Corrections solved for with a matrix factorised before.
    var corrections = 0
    /// Whether parts that nothing but shut devices joined to the rest have been let go.
    var hasFreedParts = false
}
