import Hydraulics
import NetworkModel

/// Why a simulation has no trustworthy answer.
public struct SimulationFailure: Error, Sendable {
    /// What failed.
    public enum Reason: Sendable {
        /// The hydraulics of a circuit did not converge.
        case hydraulics(HydraulicFailure)
        /// The independent check of a circuit contradicts its flows.
        case contradicted(SolutionCheck)
        /// The coupling of flows and temperatures did not converge.
        case notConverged
    }
    /// What failed.
    public var reason: Reason
    /// Largest change of a temperature in each round, K.
    public var history: [Double]
    /// The element that moved most in the last round, or that the hydraulics stumbled over.
    public var worst: ElementReference?
    /// Energy balance error relative to the heat given, where it got so far.
    public var energyResidual: Double
}
