import Balancing
import Heating
import Hydraulics
import NetworkModel
import Reporting

/// Runs scenarios one after the other: the workspace of one worker.
///
/// A scenario's answer does not depend on those before it: forward solves start from the base case, but for the hours of one
/// day, which follow each other and are always run together.
struct ScenarioWorker: Sendable {
    private let model: StudyModel
    private let options: SimulationOptions
    /// The structure compiled last, for the scenarios that share it.
    private var variant: Variant?
    /// The simulation of the hour before.
    private var lastHour: (hour: Int, simulation: Simulation)?
    /// The flows of rosters, where they alone are asked.
    private var flows: RosterFlows?
    /// By dwelling, 1 where it is open in a roster.
    private var isOpen: [SIMD4<Double>] = []
    /// The same as bits, the lowest for the first roster.
    private var openBits: [UInt8] = []
    /// The network of the roster before, of the plain structure, for the next one; and whether it was balanced.
    private var spare: (network: Network, isBalanced: Bool)?
    /// What finds required flows, by structure.
    private var required: (key: ScenarioNetwork.Key, flows: RequiredFlows)?

    /// What came of a scenario, with the rooms for the distributions.
    struct Answer {
        var result: ScenarioResult
        /// By dwelling, °C; empty where there is no answer.
        var rooms: [Double]
        /// States of the dwellings that the rooms are for; nil for today's.
        var states: [DwellingState]?
        /// The promise, °C, where it differs from the network's.
        var network: Network?
    }

    /// A structure with what is compiled of it.
    private struct Variant: Sendable {
        var key: ScenarioNetwork.Key
        var isBalanced: Bool
        var network: Network
        var simulation: Simulation
        var workspace: BalanceWorkspace?
    }

    init(_ model: StudyModel) {
        self.model = model
        flows = model.flows
        options = StudyModel.options(isothermal: model.anchor.options.isothermal)
    }

    /// Whether a scenario is balanced, rather than solved forward with settings that stand.
    private func isBalanced(_ scenario: Scenario) -> Bool {
        model.study.run == .balance && scenario.outage == nil && scenario.hour == nil
    }

    /// How many scenarios are run at once.
    var width: Int { model.study.run == .hydraulics ? BatchedHydraulicSolver.width : 1 }

    /// Runs scenarios, at most ``width``.
    mutating func evaluate(_ scenarios: [Scenario]) -> [Answer] {
        model.study.run == .hydraulics ? flows(scenarios) : scenarios.map { evaluate($0) }
    }

    /// Flows alone.
    private mutating func flows(_ scenarios: [Scenario]) -> [Answer] {
        guard let figures = model.flowFigures else { return [] }
        let rosters = scenarios.map { scenario in
            ScenarioSetting(scenario, model.study, model.network, model.rosters).states ?? model.rosters.today
        }
        openBits.mark(rosters)
        isOpen.take(openBits)
        guard let failures = flows?.solve(openBits, count: rosters.count), let flow = flows?.flow, let power = flows?.pumpPower else { return [] }
        let results = model.figures.results(
            rosters.count, isOpen, figures.found(flow, isOpen), pumpPower: power, outdoor: model.weather.outdoor.celsius)
        return scenarios.indices.map { place in
            let reason = failures[place].map { FailureReason($0, in: model.network) }
            let result = reason.map { ScenarioResult(failure: $0, zones: model.figures.zoneCount) } ?? results[place]
            return Answer(result: result, rooms: [], states: rosters[place])
        }
    }

    /// Runs a scenario; what cannot be solved is an answer with its reason.
    mutating func evaluate(_ scenario: Scenario) -> Answer {
        let balanced = isBalanced(scenario)
        let key = model.structure.key(of: scenario)
        let setting = ScenarioSetting(scenario, model.study, model.network, model.rosters)
        do throws(FailureReason) {
            var start = try start(key, balanced, scenario)
            // Differs from the plain network in states of dwellings alone: an outage shuts links as well.
            let isRoster = key.isPlain && setting.states != nil && scenario.outage == nil && scenario.hour == nil
            if let states = setting.states {
                if isRoster {
                    start.simulation.setStates(states, in: takeSpare(balanced) ?? start.simulation.network)
                } else {
                    start.simulation.setStates(states)
                }
            }
            if let outage = scenario.outage {
                for link in model.study.outages[outage].links { start.simulation.setOpen(false, of: link) }
            }
            defer { if isRoster { spare = (start.simulation.network, balanced) } }
            return try balanced ? balance(start, setting, scenario) : solve(&start, setting, scenario, key)
        } catch {
            lastHour = nil
            return Answer(result: ScenarioResult(failure: error, zones: model.figures.zoneCount), rooms: [], states: nil)
        }
    }

    /// The network of the roster before, out of this value, so that nobody shares its storage.
    private mutating func takeSpare(_ isBalanced: Bool) -> Network? {
        defer { spare = nil }
        return spare?.isBalanced == isBalanced ? spare?.network : nil
    }

    private struct Start {
        var simulation: Simulation
        var workspace: BalanceWorkspace?
    }

    /// The simulation to start from, and for balances the compiled circuits.
    private mutating func start(_ key: ScenarioNetwork.Key, _ balanced: Bool, _ scenario: Scenario) throws(FailureReason) -> Start {
        if let hour = scenario.hour, let last = lastHour, last.hour == hour - 1, hour % Self.hoursTogether != 0 {
            return Start(simulation: last.simulation)
        }
        if key.isPlain { return Start(simulation: balanced ? model.found : model.anchor, workspace: balanced ? model.workspace : nil) }
        if let variant, variant.key == key, variant.isBalanced == balanced {
            return Start(simulation: variant.simulation, workspace: variant.workspace)
        }
        var network = balanced ? model.network : model.settled
        let built = key.remedies.compactMap { remedy -> Int? in
            if case .newSource(let place) = model.study.remedies[remedy].change { place } else { nil }
        }
        guard built.count <= 1 else { throw FailureReason(StudyText.severalNewSources) }
        if let place = built.first { network = model.extended[place] }
        model.structure.apply(key, to: &network)
        let made = Variant(
            key: key, isBalanced: balanced, network: network, simulation: Simulation(network, options: options),
            workspace: balanced ? BalanceWorkspace(network, threads: 1) : nil)
        variant = made
        return Start(simulation: made.simulation, workspace: made.workspace)
    }

    /// Hours that follow each other: a day.
    static let hoursTogether = 24

    private mutating func solve(
        _ start: inout Start, _ setting: ScenarioSetting, _ scenario: Scenario, _ key: ScenarioNetwork.Key
    ) throws(FailureReason) -> Answer {
        let outcome: Outcome
        do throws(SimulationFailure) {
            outcome = try start.simulation.run(setting.weather, setPoints: setting.points(of: start.simulation.network))
        } catch {
            throw FailureReason(error, in: start.simulation.network)
        }
        let network = setting.network(start.simulation.network)
        // Imbalance is a question of settings; hours ask for energy.
        var required: [Double]?
        if let hour = scenario.hour {
            lastHour = (hour, start.simulation)
        } else {
            let options = HeatDemandOptions(supply: outcome.dwellingSupply, threads: 1)
            if self.required?.key != key { self.required = (key, RequiredFlows(of: network)) }
            required = self.required?.flows.flows(of: network, in: setting.weather, options: options)
        }
        let result = model.figures.result(outcome, of: network, requiredFlow: required, valvesChanged: .nan, bottleneck: "")
        return Answer(result: result, rooms: outcome.room, states: setting.states, network: network)
    }

    private func balance(_ start: Start, _ setting: ScenarioSetting, _ scenario: Scenario) throws(FailureReason) -> Answer {
        guard let workspace = start.workspace else { throw FailureReason(english: "", chinese: "") }
        var options = BalanceOptions()
        options.policy = model.study.policies[scenario.policy]
        options.simulation = self.options
        options.simulatesBefore = false
        options.balancer.explains = false
        options.allocation.levelAccuracy = 1e-9
        let network = setting.network(start.simulation.network)
        let run: BalanceRun
        do throws(BalanceFailure) {
            run = try BalanceRun(
                network, weather: setting.weather, reusing: workspace, simulation: start.simulation, options: options)
        } catch {
            throw FailureReason(error, in: network)
        }
        let worst = run.allocation.bottlenecks.first.map { "\($0.element.id.text): \($0.limit.rawValue)" } ?? ""
        let result = model.figures.result(
            run.after, of: run.balanced, requiredFlow: run.allocation.dwellings.requiredFlow,
            valvesChanged: Double(run.schedule.valves.count { $0.isChanged }), bottleneck: worst)
        return Answer(result: result, rooms: run.after.room, states: setting.states, network: network)
    }
}

extension [UInt8] {
    /// Sets a bit for each roster in which a dwelling is heated.
    mutating func mark(_ rosters: [[DwellingState]]) {
        let count = rosters.first?.count ?? 0
        if self.count != count { self = Array(repeating: 0, count: count) }
        for (roster, states) in rosters.enumerated() {
            let states = states.span
            let bit: UInt8 = 1 << UInt8(roster)
            var own = mutableSpan
            for place in 0..<own.count {
                let before = roster == 0 ? 0 : own[place]
                own[place] = states[place].isHeated ? before | bit : before
            }
        }
    }
}

extension [SIMD4<Double>] {
    /// Sets 1 where a bit is set, 0 elsewhere.
    fileprivate mutating func take(_ bits: [UInt8]) {
        if count != bits.count { self = Array(repeating: .zero, count: bits.count) }
        let vectors = (0..<16).map { pattern in SIMD4<Double>((0..<4).map { Double(pattern >> $0 & 1) }) }
        let (bits, known) = (bits.span, vectors.span)
        var own = mutableSpan
        for place in 0..<own.count { own[place] = known[Int(bits[place] & 15)] }
    }
}
