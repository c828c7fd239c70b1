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
    public private(set) var timings: Timings
    /// Whether anyone could still gain; nil unless ``BalanceOptions/certifies``.
    public let certificate: FairnessCertificate?
    /// All policies side by side; nil unless ``BalanceOptions/compares``.
    public let comparison: PolicyComparison?
    /// A rule of thumb that comes close to the allocation; nil where nothing flows.
    public var tiltLaw: TiltLaw? { TiltLaw(allocation, in: network) }

    /// Wall-clock time of the stages.
    public struct Timings: Sendable {
        /// Circuits and spanning trees, laws of the simulation.
        public var compile = Duration.zero
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
        /// CPU time of all threads for settings, their rounding and verification, s: what wall-clock time on a busy machine hides.
        public var settingsProcessor = 0.0
        /// The same for the allocation.
        public var allocateProcessor = 0.0
    }

    /// Runs all stages.
    ///
    /// - Parameter weather: nil = design weather.
    /// - Throws: ``BalanceFailure`` where a stage has no trustworthy answer; a need that cannot be met is no failure but
    ///   a limit in ``allocation``.
    public init(_ network: Network, weather: Weather? = nil, options: BalanceOptions = BalanceOptions()) throws(BalanceFailure) {
        var clock = StageClock()
        let distribution = Distribution(of: network, threads: options.workers)
        let simulation = Simulation(network, options: options.simulation, compiled: distribution.circuits.map(\.compiled))
        try self.init(
            network, weather: weather ?? network.designWeather, distribution, simulation, options, compile: clock.lap())
    }

    /// The same with what does not change between the scenarios of a study made beforehand.
    ///
    /// - Parameters:
    ///   - network: the workspace's network but for states of dwellings, settings and temperatures.
    ///   - simulation: one of the same network and states, compiled and perhaps warm.
    public init(
        _ network: Network, weather: Weather, reusing workspace: BalanceWorkspace, simulation: Simulation, options: BalanceOptions
    ) throws(BalanceFailure) {
        var clock = StageClock()
        let distribution = Distribution(of: network, reusing: workspace.distribution, threads: options.workers)
        try self.init(network, weather: weather, distribution, simulation, options, compile: clock.lap())
    }

    private init(
        _ network: Network, weather: Weather, _ distribution: Distribution, _ simulation: Simulation, _ options: BalanceOptions,
        compile: Duration
    ) throws(BalanceFailure) {
        var prepared = try Prepared(network, weather, distribution, simulation, options, compile: compile)
        var clock = StageClock()
        let start = processorSeconds()
        options.progress?(.settings)
        var balancer = options.balancer
        balancer.workers = options.workers
        let schedule = try Balancer(distribution, options: balancer).schedule(for: prepared.allocation)
        prepared.timings.settings = clock.lap()
        prepared.timings.settingsProcessor = processorSeconds() - start
        try self.init(prepared, schedule)
    }

    /// Proves the settings of a schedule by a forward simulation.
    init(_ prepared: Prepared, _ schedule: Schedule) throws(BalanceFailure) {
        let (network, weather, points, options) = (prepared.network, prepared.weather, prepared.points, prepared.options)
        var (simulation, allocation, schedule) = (prepared.simulation, prepared.allocation, schedule)
        var clock = StageClock()
        let start = processorSeconds()
        options.progress?(.verification)
        simulation.apply(schedule.settings)
        simulation.options.comparesGravity = options.simulation.comparesGravity
        do throws(SimulationFailure) {
            after = try simulation.run(weather, setPoints: points)
        } catch {
            throw .verification(error)
        }
        timings = prepared.timings
        timings.solve = clock.lap()
        schedule.predict(from: after, in: network)
        timings.settingsProcessor += processorSeconds() - start
        let allocationOptions = prepared.allocationOptions
        if options.judgedRemedies > 0 {
            try allocation.judgeRemedies(
                options.judgedRemedies, alternatives: options.judgedAlternatives, in: network, setPoints: points, options: allocationOptions)
        }
        certificate = options.certifies
            ? FairnessCertificate(allocation, over: prepared.distribution, setPoints: points, options: allocationOptions) : nil
        if options.compares {
            var compared = options
            (compared.allocation, compared.balancer.workers) = (allocationOptions, options.workers)
            comparison = try PolicyComparison(prepared.demand, prepared.distribution, points, simulation, compared)
        } else {
            comparison = nil
        }
        (self.network, self.weather, demand, self.allocation) = (network, weather, prepared.demand, allocation)
        before = prepared.before
        balanced = network.applying(schedule.settings)
        self.schedule = schedule
    }

    /// The same run with other settings and the simulation that judges them.
    init(_ run: BalanceRun, schedule: Schedule, balanced: Network, after: Outcome) {
        (network, weather, demand, before) = (run.network, run.weather, run.demand, run.before)
        (allocation, timings) = (run.allocation, run.timings)
        (certificate, comparison) = (run.certificate, run.comparison)
        (self.schedule, self.balanced, self.after) = (schedule, balanced, after)
    }

    /// Today's state is for comparison only: settings that no simulation can follow are a reason to balance, not to give up.
    /// Nor are they worth the digits of a proof: where most substations get no water, gravity and the last of the pump's
    /// head move it to and fro for ever.
    static func before(_ simulation: inout Simulation, _ weather: Weather, _ points: SetPoints) -> Outcome? {
        let options = simulation.options
        defer { simulation.options = options }
        simulation.options.temperatureTolerance = max(options.temperatureTolerance, 1e-3)
        simulation.options.energyTolerance = max(options.energyTolerance, 1e-4)
        simulation.options.iterationLimit = min(options.iterationLimit, 16)
        do throws(SimulationFailure) {
            return try simulation.run(weather, setPoints: points)
        } catch {
            return nil
        }
    }
}

/// The stages of a ``BalanceRun``, in their order.
public enum BalanceStage: Int, CaseIterable, Sendable {
    /// What every dwelling needs.
    case need
    /// Today's state.
    case before
    /// Who gets how much.
    case allocation
    /// Settings of valves and pumps.
    case settings
    /// The forward simulation of the settings.
    case verification
}

/// What balances of one topology share: its circuits, compiled. Immutable, so that all workers of a study use one.
public struct BalanceWorkspace: Sendable {
    let distribution: Distribution

    /// Compiles a network. - Complexity: O(nodes + links), circuits in parallel.
    public init(_ network: Network, threads: Int? = nil) { distribution = Distribution(of: network, threads: threads) }
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
    /// Told when a stage begins, for showing progress only.
    public var progress: (@Sendable (BalanceStage) -> Void)?
    /// Whether fairness is judged by a ``FairnessCertificate``.
    public var certifies = false
    /// Whether all policies are carried through for comparison.
    public var compares = false
    /// Floor of ``AllocationPolicy/mostAtTarget(floor:)`` in a comparison, °C.
    public var comparedFloor = 16.0
    /// Strength of ``AllocationPolicy/tilt(_:)`` in a comparison.
    public var comparedTilt = 1.0
    /// How many bottlenecks' remedies are judged by sharing again with them.
    public var judgedRemedies = 0
    /// How many other ways to the same end are judged beside them.
    public var judgedAlternatives = 0

    /// The defaults.
    public init() {}

    /// Workers of all stages: those of the simulation, or one a processor.
    var workers: Int { Workers.count(simulation.threads) }
}
