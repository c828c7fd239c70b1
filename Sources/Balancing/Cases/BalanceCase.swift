import Heating
import Hydraulics
import NetworkModel
import Quantities

/// A roster and a weather that settings have to suit, beside others.
public struct BalanceCase: Sendable {
    /// Name of the roster, for people; empty for the network's own.
    public var roster: String
    /// States of all dwellings, in the order of ``Network/dwellings``; nil = the network's own.
    public var states: [DwellingState]?
    /// The weather.
    public var weather: Weather

    /// A case.
    public init(roster: String = "", states: [DwellingState]? = nil, weather: Weather) {
        self.roster = roster
        self.states = states
        self.weather = weather
    }
}

/// Settings chosen for several cases at once, each case proven by a forward simulation of its own.
///
/// Valves have one setting for all cases; pumps whose speed is free have one speed a case, because a pump is set from a desk
/// and valves are not.
public struct CaseBalance: Sendable {
    /// The cases, the main one first.
    public let cases: [BalanceCase]
    /// A run a case: with its own needs, allocation, pump speeds and simulation, and the same setting of every valve.
    public let runs: [BalanceRun]
    /// What settings made for a case alone would bring in it, to show what sharing costs; nil where they have no trustworthy answer.
    public let alone: [BalanceRun?]

    /// Balances a network for several cases.
    ///
    /// - Parameter options: today's state, remedies, certificate and comparison are made for the first case only.
    /// - Throws: ``BalanceFailure`` where a case has no trustworthy answer.
    /// - Precondition: at least one case; states are one a dwelling.
    /// - Complexity: that of two ``BalanceRun`` a case; the search for settings solves every case in each round.
    public init(_ network: Network, cases: [BalanceCase], options: BalanceOptions = BalanceOptions()) throws(BalanceFailure) {
        precondition(!cases.isEmpty, "a balance needs a case")
        var union = network
        var variants: [Network] = []
        for entry in cases {
            var variant = network
            for (position, state) in (entry.states ?? []).enumerated() where state != network.dwellings[position].state {
                variant.setState(state, of: DwellingIndex(position))
            }
            for position in network.dwellings.indices where variant.dwellings[position].state.isHeated {
                if !union.dwellings[position].state.isHeated { union.setState(.open, of: DwellingIndex(position)) }
            }
            variants.append(variant)
        }
        let common = Distribution(of: union, threads: options.workers)
        var prepared: [BalanceRun.Prepared] = []
        for (number, entry) in cases.enumerated() {
            var wanted = options
            if number > 0 {
                (wanted.simulatesBefore, wanted.certifies, wanted.compares, wanted.judgedRemedies) = (false, false, false, 0)
            }
            let distribution = Distribution(of: variants[number], reusing: common, threads: options.workers)
            let simulation = Simulation(variants[number], options: options.simulation, compiled: distribution.circuits.map(\.compiled))
            prepared.append(try BalanceRun.Prepared(variants[number], entry.weather, distribution, simulation, wanted))
        }
        var balancer = options.balancer
        balancer.workers = options.workers
        let (clock, start) = (ContinuousClock(), processorSeconds())
        let began = clock.now
        let schedules = try Balancer.schedules(for: prepared.map { ($0.distribution, $0.allocation) }, union: common, options: balancer)
        prepared[0].timings.settings = clock.now - began
        prepared[0].timings.settingsProcessor = processorSeconds() - start
        var runs: [BalanceRun] = []
        for (number, stage) in prepared.enumerated() { runs.append(try BalanceRun(stage, schedules[number])) }
        self.cases = cases
        self.runs = runs
        alone = cases.count == 1 ? runs : prepared.map { Self.alone($0, balancer) }
    }

    /// A case with settings that need suit no other.
    private static func alone(_ stage: BalanceRun.Prepared, _ options: BalancerOptions) -> BalanceRun? {
        var plain = stage
        (plain.options.certifies, plain.options.compares, plain.options.judgedRemedies, plain.options.progress) = (false, false, 0, nil)
        do throws(BalanceFailure) {
            return try BalanceRun(plain, Balancer(plain.distribution, options: options).schedule(for: plain.allocation))
        } catch {
            return nil
        }
    }
}

extension Balancer {
    /// Schedules that share the settings of all valves: one a case.
    ///
    /// - Parameters:
    ///   - parts: distribution and allocation of each case.
    ///   - union: the distribution with every dwelling open that is open in any case.
    static func schedules(
        for parts: [(distribution: Distribution, allocation: Allocation)], union: Distribution, options given: BalancerOptions
    ) throws(BalanceFailure) -> [Schedule] {
        let options = given.shared
        let results = Workers.map(union.circuits.count, threads: options.workers) { circuit in
            Result { () throws(HydraulicFailure) in
                var cases: [CircuitBalance] = []
                var designs: [[Double]] = []
                for part in parts {
                    let (balance, design) = Balancer(part.distribution, options: options).designed(circuit, part.allocation)
                    cases.append(balance)
                    designs.append(design)
                }
                var joint = JointBalance(cases, union: union.circuits[circuit], of: union.network, options: options)
                let (trials, rounds) = try joint.correct()
                return parts.indices.map {
                    BalancedCircuit(balance: joint.cases[$0], design: designs[$0], trial: trials[$0], rounds: rounds)
                }
            }
        }
        var circuits: [[BalancedCircuit]] = []
        do throws(HydraulicFailure) {
            for result in results { circuits.append(try result.get()) }
        } catch {
            throw .hydraulics(error)
        }
        var schedules = parts.indices.map { number in
            ScheduleRecord(network: parts[number].distribution.network, options: options, circuits: circuits.map { $0[number] }).schedule()
        }
        if parts.count > 1 {
            for number in schedules.indices { for row in schedules[number].valves.indices { schedules[number].valves[row].missCause = .otherCases } }
        }
        for number in schedules.indices.dropFirst() where schedules[number].valves.count == schedules[0].valves.count {
            for row in schedules[0].valves.indices { schedules[0].valves[row].explain(with: schedules[number].valves[row]) }
        }
        return schedules
    }
}

extension ValveRow {
    /// Takes over what another case knows of a valve that nothing flows through in this one.
    fileprivate mutating func explain(with other: ValveRow) {
        guard notes.contains(.noFlow), !other.notes.contains(.noFlow) else { return }
        notes = other.notes
        requiredKv = requiredKv ?? other.requiredKv
    }
}
