/// How a ``Simulation`` computes.
public struct SimulationOptions: Sendable {
    /// One density and viscosity a circuit and no gravity head, for comparison with cold-water engines.
    public var isothermal: Bool
    /// Whether an outcome also tells the flows that there would be without gravity head; one more hydraulic solve.
    public var comparesGravity = false
    /// Whether an outcome tells what a person must know of it (``Outcome/findings``).
    public var findsProblems = true
    /// Workers; nil = one a processor. The result does not depend on it.
    public var threads: Int?
    /// Largest change of a temperature between rounds that counts as converged, K.
    public var temperatureTolerance: Double
    /// Energy balance error relative to the heat given that counts as closed.
    public var energyTolerance: Double
    /// Rounds before it gives up.
    public var iterationLimit: Int
    /// Told after each round, with its number and the largest change of a temperature, K; for showing progress only.
    public var progress: (@Sendable (_ round: Int, _ change: Double) -> Void)?

    /// The documented defaults.
    public init(
        isothermal: Bool = false, threads: Int? = nil, temperatureTolerance: Double = 1e-6,
        energyTolerance: Double = 1e-6, iterationLimit: Int = 200
    ) {
        self.isothermal = isothermal
        self.threads = threads
        self.temperatureTolerance = temperatureTolerance
        self.energyTolerance = energyTolerance
        self.iterationLimit = iterationLimit
    }
}
