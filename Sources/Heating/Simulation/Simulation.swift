import Hydraulics
import NetworkModel
import Quantities

/// The forward simulation of a whole network: flows, temperatures, substations, rooms and sources at once.
///
/// What does not change between runs (compiled circuits, lattices) is made once; flows of one run start the next.
public struct Simulation: Sendable {
    /// The network with the settings that stand now.
    public private(set) var network: Network
    /// How it computes.
    public var options: SimulationOptions

    /// Compiles a network.
    public init(_ network: Network, options: SimulationOptions = SimulationOptions()) {
        self.network = network
        self.options = options
    }

    /// Sets valves and pumps; topology and everything else stay as they are.
    public mutating func apply(_ settings: Settings) { preconditionFailure("pending") }

    /// Opens, closes or restricts dwellings: their valves (or, without a valve, their terminals) and their gains.
    public mutating func setStates(_ states: [DwellingState]) { preconditionFailure("pending") }

    /// Simulates one steady state.
    ///
    /// - Parameter setPoints: supply set points; nil = ``SetPoints/init(of:in:)``.
    /// - Throws: ``SimulationFailure`` where flows and temperatures do not converge or the energy balance does not close.
    public mutating func run(_ weather: Weather, setPoints: SetPoints? = nil) throws(SimulationFailure) -> Outcome {
        preconditionFailure("pending")
    }
}
