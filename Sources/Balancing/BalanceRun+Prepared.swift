import Heating
import NetworkModel
import Quantities

extension BalanceRun {
    /// What a run has before settings are chosen: needs, today's state and the allocation.
    struct Prepared {
        let network: Network
        let weather: Weather
        let points: SetPoints
        let distribution: Distribution
        let demand: HeatDemand
        let before: Outcome?
        var allocation: Allocation
        var simulation: Simulation
        var options: BalanceOptions
        let allocationOptions: AllocationOptions
        var timings = Timings()

        /// Needs, today's state, allocation.
        ///
        /// - Throws: ``BalanceFailure`` where the hydraulics of the allocation do not converge.
        init(
            _ network: Network, _ weather: Weather, _ distribution: Distribution, _ prepared: Simulation, _ options: BalanceOptions,
            compile: Duration = .zero
        ) throws(BalanceFailure) {
            points = SetPoints(of: network, in: weather)
            var clock = StageClock()
            simulation = prepared
            timings.compile = compile
            options.progress?(.need)
            demand = HeatDemand(of: network, in: weather, options: HeatDemandOptions(threads: options.workers))
            timings.need = clock.lap()
            if options.simulatesBefore { options.progress?(.before) }
            simulation.options.comparesGravity = false
            before = options.simulatesBefore ? BalanceRun.before(&simulation, weather, points) : nil
            // Between two simulations the workspaces are only in the way.
            if options.simulatesBefore { simulation.releaseWorkspaces() }
            timings.before = clock.lap()
            options.progress?(.allocation)
            let start = processorSeconds()
            var allocationOptions = options.allocation
            allocationOptions.workers = options.workers
            allocationOptions.isothermal = options.simulation.isothermal
            allocation = try Allocation(
                of: demand, policy: options.policy, over: distribution, setPoints: points, options: allocationOptions)
            timings.allocate = clock.lap()
            timings.allocateProcessor = processorSeconds() - start
            (self.network, self.weather, self.distribution) = (network, weather, distribution)
            (self.options, self.allocationOptions) = (options, allocationOptions)
        }
    }
}

/// Measures stages one after the other.
struct StageClock {
    private let clock = ContinuousClock()
    private var last: ContinuousClock.Instant

    init() { last = clock.now }

    mutating func lap() -> Duration {
        let now = clock.now
        defer { last = now }
        return now - last
    }
}
