import NetworkModel

/// Flows and pressures of one circuit, with what happened on the way.
public struct HydraulicSolution: Sendable {
    /// Mass flow by local link, kg/s, positive from→to; zero where nothing can flow.
    public var massFlow: [Double]
    /// Gauge pressure by local node, Pa; NaN where no open path leads to a fixed pressure.
    public var pressure: [Double]
    /// Whether an open path leads from the node to a fixed pressure, by local node.
    public var isReachable: [Bool]
    /// What each link does, by local link.
    public var linkStatus: [LinkStatus]
    /// Speed over nominal speed, by place in ``CompiledNetwork/pumps``: that of the state, or what the pump's control came to; 0 = closed.
    public var pumpSpeed: [Double]
    /// Newton iterations: matrices factorised.
    public var iterations: Int
    /// Corrections: solves with a matrix that an iteration had factorised, beside its own.
    public var corrections = 0
    /// Residuals before each iteration and at the end.
    public var residualHistory: [HydraulicResidual]
    /// What the user has to know although the solution is right, in order of link and node.
    public var findings: [HydraulicFinding]
    /// The independent judgement, where ``HydraulicOptions/isJudged`` asked for it.
    public var check: SolutionCheck?
}

/// How far an iterate is from a solution.
public struct HydraulicResidual: Hashable, Sendable {
    /// Greatest mass imbalance of a node, kg/s.
    public var mass: Double
    /// Greatest error of the pressure equation of a link, Pa.
    public var pressure: Double
    /// Devices that changed between passing, blocking and limiting for the next iteration.
    public var switches: Int
    /// Share of the Newton step that was taken.
    public var step: Double
}
