/// Every tolerance and limit of ``HydraulicSolver``; the defaults suit networks from a kitchen to a city.
public struct HydraulicOptions: Hashable, Sendable {
    /// Greatest mass imbalance of a node over the largest flow of the circuit.
    public var relativeMassTolerance = 1e-9
    /// Mass imbalance that counts as none, kg/s: what is left in a circuit where nothing flows.
    public var absoluteMassTolerance = 1e-12
    /// Greatest error of the pressure equation of a link, Pa, beside rounding (64 ulp of the largest pressure).
    ///
    /// A ten-thousandth of what the best gauge resolves; Newton's last step usually leaves far less.
    public var pressureTolerance = 1e-5
    /// Most corrections with the factorised matrix of an iteration before the next one factorises anew; none in
    /// circuits of a hundred nodes and more without a kernel (``SymbolicFactor``), where factorising costs less than evaluating the laws.
    public var corrections = 4
    /// Most Newton iterations with switching devices before the method of multipliers takes over.
    public var switchingIterations = 40
    /// How often devices that contradict each other take turns by lot before the solver gives up.
    public var lots = 100
    /// Most Newton iterations altogether; four times as many where devices switch one at a time.
    public var iterationLimit = 300
    /// Whether circuits whose flows are closed rings are solved on their strands; without, on all links, to the same answer.
    public var reducesTopology = true
    /// Whether ``SolutionCheck`` judges every solution before it is returned.
    public var isJudged = true
    /// Greatest error of the pressures summed round a loop that ``SolutionCheck`` passes, Pa.
    public var loopTolerance = 0.01

    /// The defaults.
    public init() {}
}
