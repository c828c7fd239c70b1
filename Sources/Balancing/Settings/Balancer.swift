import Heating
import Hydraulics
import NetworkModel
import Quantities

/// Finds settings that give an allocation: the inverse problem.
///
/// From design flows to pressures, from pressures to the Kv of every valve, from Kv to settings a fitter can turn; then a
/// forward solve with exactly those settings, and corrections from what it shows.
public struct Balancer: Sendable {
    /// The network with today's settings.
    public var network: Network { distribution.network }
    /// How settings are chosen.
    public var options: BalancerOptions
    private let distribution: Distribution

    /// A balancer of a network.
    public init(_ network: Network, options: BalancerOptions = BalancerOptions()) {
        self.init(Distribution(of: network, threads: options.workers), options: options)
    }

    init(_ distribution: Distribution, options: BalancerOptions) {
        self.distribution = distribution
        self.options = options
    }

    /// Settings for an allocation.
    ///
    /// - Throws: ``BalanceFailure`` where the hydraulics of a circuit do not converge.
    /// - Complexity: one pass over the network and a few hydraulic solves; circuits in parallel.
    public func schedule(for allocation: Allocation) throws(BalanceFailure) -> Schedule {
        let results = Workers.map(distribution.circuits.count, threads: options.workers) { circuit in
            Result { () throws(HydraulicFailure) in try balance(circuit, allocation) }
        }
        var circuits: [BalancedCircuit] = []
        circuits.reserveCapacity(results.count)
        do throws(HydraulicFailure) {
            for result in results { circuits.append(try result.get()) }
        } catch {
            throw .hydraulics(error)
        }
        return ScheduleRecord(network: network, options: options, circuits: circuits).schedule()
    }

    private func balance(_ circuit: Int, _ allocation: Allocation) throws(HydraulicFailure) -> BalancedCircuit {
        var (balance, design) = designed(circuit, allocation)
        let (trial, rounds) = try balance.correct()
        return BalancedCircuit(balance: balance, design: design, trial: trial, rounds: rounds)
    }

    /// The settings of a circuit before any solve, and its design flows by local link, kg/s.
    func designed(_ circuit: Int, _ allocation: Allocation) -> (balance: CircuitBalance, design: [Double]) {
        let part = distribution.circuits[circuit]
        var state = distribution.designState(of: circuit, supply: 0, return: 0, isothermal: true)
        var flow = [Double](repeating: 0, count: part.compiled.links.count)
        for (local, link) in part.compiled.links.enumerated() {
            state.linkTemperature[local] = allocation.linkTemperature[link.position]
            flow[local] = allocation.massFlow[link.position]
        }
        let limits = allocation.dwellings.limit
        let balance = CircuitBalance(
            network, part, flow: planned(flow, part), limits: limits, state: state, options: options)
        if balance.isShort {
            return (CircuitBalance(network, part, flow: flow, limits: limits, state: state, options: options), flow)
        }
        return (balance.withFewerPumps(from: state), flow)
    }

    /// Flows that settings are made for: the design flows, with room for controllers where every consumer has one.
    ///
    /// A substation's controller can only throttle, so a valve set for exactly the design flow leaves it no room.
    private func planned(_ flow: [Double], _ part: DesignCircuit) -> [Double] {
        let isControlled = part.consumers.allSatisfy { consumer in
            if case .substation = consumer.kind { true } else { false }
        }
        return isControlled ? flow.map { $0 * options.controllerReserve } : flow
    }
}

/// A circuit with its settings and the forward solve of them.
struct BalancedCircuit: Sendable {
    var balance: CircuitBalance
    /// Design flow by local link, kg/s.
    var design: [Double]
    var trial: CircuitBalance.Trial
    var rounds: Int
}

/// What settings may depend on, with documented defaults.
public struct BalancerOptions: Hashable, Sendable {
    /// Loss that the balancing valve of a substation, building or unit should take at least so that its flow can be measured, Pa.
    public var measurableLoss = 3_000.0
    /// Loss that a dwelling's valve should take at least so that it governs its flow, Pa.
    public var dwellingLoss = 3_000.0
    /// Loss above which a dwelling's valve may be heard where its model names no limit, Pa.
    public var quietLoss = 20_000.0
    /// Authority below which a valve hardly governs its flow.
    public var leastAuthority = 0.25
    /// How much worse water too little is than as much too much, for a dwelling that is meant to reach its target or
    /// that its valve or a pipe stops.
    public var shortfallWeight = 4.0
    /// Flow, as a ratio of the design, by which a dwelling meant to reach its target may be short without being seen below it: a room
    /// loses some 5 K times the ratio, and 0.05 K are not counted.
    public var promiseMiss = 0.006
    /// Cost of leaving a dwelling short by more, over that of leaving the band.
    public var promiseWeight = 0.4
    /// Primary flow that substations' valves and the pump are set for, over the design flow: room for their controllers.
    public var controllerReserve = 1.1
    /// Flow error that counts as a hit when presets are chosen together, as a ratio.
    public var flowBand = 0.03
    /// Cost of leaving the band, in squares of its width.
    public var bandWeight = 10.0
    /// Flow error that a dwelling's flow should never leave where presets allow it, as a ratio: a twentieth, less what the
    /// search's own picture of the flows is off by.
    public var flowLimit = 0.0495
    /// Cost of leaving it, over that of leaving the band.
    public var limitWeight = 4.0
    /// The same where fewer dwellings beyond it count more than anything else: in small circuits, and when a large one is mended.
    public var strictLimitWeight = 1_000.0
    /// Weighted miss whose square is the most that any miss can cost.
    public var missLimit = 0.17
    /// ``missLimit`` where a valve has one setting for several cases.
    ///
    /// With the narrow one a case that has lost a dwelling has nothing more to lose, so that contradictory cases are won by one
    /// of them; with this one a dwelling wanted differently is put between them up to a factor of four.
    public var jointMissLimit = 1.0
    /// Cost of a dwelling's valve that takes twice what is quiet, over that of leaving the band.
    public var noiseWeight = 0.3
    /// Loss that a dwelling's valve gains at most by opening the valve common to its group, Pa.
    public var groupShift = 30_000.0
    /// Consumers of a circuit up to which every valve is tried one step up and down by a forward solve at the end.
    public var polishLimit = 16
    /// Most rounds of that.
    public var polishRounds = 8
    /// Most rounds in which other positions of inlets and risers are tried for dwellings beyond ``flowLimit``.
    public var mendRounds = 2
    /// Most rounds of single turns for them.
    public var turnRounds = 6
    /// Most correction rounds against forward solves.
    public var correctionRounds = 7
    /// Flow error of the worst dwelling that needs no correction.
    public var flowTolerance = 0.005
    /// Whether valves say what a person should know of them: notes, authorities and labels. Studies read settings alone.
    public var explains = true
    /// Workers that share the circuits; the result does not depend on it.
    public var workers = 2

    /// The defaults.
    public init() {}

    /// These options for settings that several cases share: misses by their squares alone, so that the cases weigh alike.
    var shared: BalancerOptions {
        var options = self
        options.missLimit = jointMissLimit
        (options.limitWeight, options.strictLimitWeight, options.promiseWeight) = (0, 0, 0)
        return options
    }

    /// These options with the dwellings beyond ``flowLimit`` before all else.
    var strict: BalancerOptions {
        var options = self
        options.limitWeight = strictLimitWeight
        return options
    }
}
