import Heating
import NetworkModel
import Quantities

/// The main job in one value: needs, today's state, allocation, settings, and the forward simulation that judges them.
public struct BalanceRun: Sendable {
    /// The network as read, with today's settings.
    public let network: Network
    /// The weather it is balanced for.
    public let weather: Weather
    /// What every dwelling needs.
    public let demand: HeatDemand
    /// The simulation of today's settings; nil where ``BalanceOptions/simulatesBefore`` is false.
    public let before: Outcome?
    /// Who gets how much.
    public let allocation: Allocation
    /// Settings, with the flows predicted for exactly them.
    public let schedule: Schedule
    /// The network with the settings applied.
    public let balanced: Network
    /// The simulation of ``balanced``.
    public let after: Outcome
    /// Time of each stage.
    public let timings: Timings

    /// Wall-clock time of the stages.
    public struct Timings: Sendable {
        /// Needs of all dwellings.
        public var need = Duration.zero
        /// Simulation of today's settings.
        public var before = Duration.zero
        /// Allocation.
        public var allocate = Duration.zero
        /// Settings and their correction rounds.
        public var settings = Duration.zero
        /// Verification.
        public var solve = Duration.zero
    }

    /// Runs all stages.
    ///
    /// - Parameter weather: nil = design weather.
    /// - Throws: ``BalanceFailure`` where a stage has no trustworthy answer; a need that cannot be met is no failure but
    ///   a limit in ``allocation``.
    public init(_ network: Network, weather: Weather? = nil, options: BalanceOptions = BalanceOptions()) throws(BalanceFailure) {
        preconditionFailure("being written")
    }
}

/// Everything a ``BalanceRun`` may depend on.
public struct BalanceOptions: Sendable {
    /// How heat is shared.
    public var policy = AllocationPolicy.equalTemperature
    /// Limits and accuracy of the allocation.
    public var allocation = AllocationOptions()
    /// How settings are chosen.
    public var balancer = BalancerOptions()
    /// How the network is simulated.
    public var simulation = SimulationOptions()
    /// Whether today's settings are simulated for comparison.
    public var simulatesBefore = true

    /// The defaults.
    public init() {}
}
