import Heating
import NetworkModel
import Quantities

extension BalanceRun {
    /// This run with at most so many visits: the settings of the best point of the plan's curve up to there, everything else
    /// as it stands today, and the simulation of exactly that.
    ///
    /// - Throws: ``BalanceFailure/verification(_:)`` where it cannot be simulated.
    public func limited(to count: Int, by plan: VisitPlan, options: BalanceOptions = BalanceOptions()) throws(BalanceFailure) -> BalanceRun {
        let affordable = plan.curve.filter { $0.visits <= count }
        if let last = plan.curve.last, last.visits <= count, last.visits == changeCount { return self }
        let best = affordable.max { ($0.dwellingsAtTarget, $1.visits) < ($1.dwellingsAtTarget, $0.visits) }
        let settings = plan.settings(first: best?.visits ?? 0)
        var simulation = Simulation(network, options: options.simulation)
        simulation.apply(settings)
        let outcome: Outcome
        do throws(SimulationFailure) {
            outcome = try simulation.run(weather, setPoints: SetPoints(of: network, in: weather))
        } catch {
            throw .verification(error)
        }
        var schedule = schedule.replaced(by: settings, in: network)
        schedule.predict(from: outcome, in: network)
        return BalanceRun(self, schedule: schedule, balanced: network.applying(settings), after: outcome)
    }

    /// Valves and pumps that the full schedule changes.
    public var changeCount: Int { schedule.valves.count { $0.isChanged } + schedule.settings.pumps.count }
}

extension Schedule {
    /// The rows with other settings: those given, and today's for the rest.
    func replaced(by settings: Settings, in network: Network) -> Schedule {
        var copy = self
        copy.settings = settings
        var change = [Settings.ValveChange?](repeating: nil, count: network.valves.count)
        for entry in settings.valves { change[entry.valve.position] = entry }
        for row in copy.valves.indices {
            let index = copy.valves[row].valve
            let valve = network.valves[index]
            let setting = change[index.position].map(\.setting) ?? valve.setting
            copy.valves[row].setting = setting
            if copy.valves[row].function != nil { copy.valves[row].function = change[index.position]?.function ?? valve.function }
            copy.valves[row].kv = change[index.position]?.kv ?? valve.kv
            copy.valves[row].missCause = .fewerVisits
            copy.valves[row].settingLabel = setting.flatMap { value in
                valve.model.map { network.valveModels[$0].label(for: value) }
            } ?? copy.valves[row].function?.setPointLabel ?? ""
        }
        var speed = network.pumps.map(\.speed)
        for entry in settings.pumps { speed[entry.pump.position] = entry.speed }
        for row in copy.pumps.indices { copy.pumps[row].speed = speed[copy.pumps[row].pump.position] }
        return copy
    }
}
