import Heating
import Hydraulics
import NetworkModel
import Quantities

/// What the valves' own tolerance does to flows and rooms.
///
/// A valve at a printed setting has its printed Kv to within a band. The flows' sensitivities to every ln Kv (the adjoint
/// equations for valves above the dwellings, series resistances for a dwelling's own), the emitters' to their flow and the building's
/// lattice carry the bands to room temperatures; valves err independently of each other, evenly within their bands.
public struct SettingTolerance: Sendable {
    /// Standard deviation of each dwelling's flow, as a ratio of it; 0 where nothing flows.
    public let flowDeviation: [Double]
    /// Standard deviation of each dwelling's room temperature, K.
    public let roomDeviation: [Double]
    /// Share of the promised dwellings expected at their target.
    public let expectedShare: Double
    /// The share if every dwelling had the bad luck that one in twenty has.
    public let badShare: Double

    /// Share of the promised dwellings expected no more than 1 K below their target, and with that bad luck everywhere.
    public let nearShare: (expected: Double, bad: Double)

    /// Standard deviations from the mean beyond which a twentieth lies, of a normal distribution.
    private static var badLuck: Double { 1.645 }

    /// Propagates the tolerance of all valves of a finished run.
    ///
    /// - Throws: the linearised hydraulics of a circuit fail.
    /// - Complexity: one linear solve a valve above the dwellings, and a banded one a valve and building.
    public init(of run: BalanceRun, options: BalanceOptions = BalanceOptions()) throws(BalanceFailure) {
        let network = run.balanced
        let distribution = Distribution(of: network, threads: options.workers)
        let outcome = run.after
        let isothermal = options.simulation.isothermal
        let results = Workers.map(distribution.circuits.count, threads: options.workers) { circuit in
            Result { () throws(HydraulicFailure) in
                try CircuitTolerance(distribution, circuit, outcome, isothermal: isothermal)
            }
        }
        var circuits: [CircuitTolerance] = []
        do throws(HydraulicFailure) {
            for result in results { circuits.append(try result.get()) }
        } catch {
            throw .hydraulics(error)
        }
        var variance = [Double](repeating: 0, count: network.dwellings.count)
        for circuit in circuits {
            for (dwelling, own) in circuit.own { variance[dwelling] += own * own }
            for column in circuit.upper { for (dwelling, change) in column { variance[dwelling] += change * change } }
        }
        flowDeviation = variance.map { $0.squareRoot() }
        let response = RoomResponse(network, run.weather, outcome)
        let rooms = response.variance(circuits, threads: options.workers)
        roomDeviation = rooms.map { $0.squareRoot() }
        var (expected, bad, count) = (0.0, 0, 0)
        var near = (expected: 0.0, bad: 0)
        for position in network.dwellings.indices where network.dwellings[position].isPromised {
            let spare = outcome.room[position] - network.target(of: DwellingIndex(position)).celsius + RoomSummary.tolerance
            let deviation = roomDeviation[position]
            count += 1
            expected += deviation > 0 ? normalShare(spare / deviation) : (spare >= 0 ? 1 : 0)
            if spare >= Self.badLuck * deviation { bad += 1 }
            near.expected += deviation > 0 ? normalShare((spare + 1) / deviation) : (spare + 1 >= 0 ? 1 : 0)
            if spare + 1 >= Self.badLuck * deviation { near.bad += 1 }
        }
        expectedShare = count > 0 ? expected / Double(count) : 1
        badShare = count > 0 ? Double(bad) / Double(count) : 1
        nearShare = count > 0 ? (near.expected / Double(count), Double(near.bad) / Double(count)) : (1, 1)
    }
}

/// Changes of dwellings' flows, as ratios, for one standard deviation of each valve of a circuit.
struct CircuitTolerance: Sendable {
    /// By a dwelling's own valve.
    var own: [(dwelling: Int, change: Double)] = []
    /// By each valve above, the dwellings that feel it.
    var upper: [[(dwelling: Int, change: Double)]] = []

    init(_ distribution: Distribution, _ index: Int, _ outcome: Outcome, isothermal: Bool) throws(HydraulicFailure) {
        let network = distribution.network
        let circuit = distribution.circuits[index]
        let compiled = circuit.compiled
        let dwellings = circuit.consumers.flatMap { consumer -> [(link: Int, dwelling: Int)] in
            guard consumer.isReachable, outcome.massFlow[compiled.links[consumer.link].position] > 0 else { return [] }
            switch consumer.kind {
            case .dwelling(let dwelling): return [(consumer.link, dwelling.position)]
            // All of a riser feel what its water does.
            case .riser(let riser):
                return circuit.risers[riser].stages.joined().filter { $0.share > 0 }.map { (consumer.link, $0.dwelling) }
            case .substation, .load, .source: return []
            }
        }
        guard !dwellings.isEmpty else { return }
        func loss(_ link: Int) -> Double {
            let loss = outcome.pressureLoss[compiled.links[link].position].magnitude
            return loss.isFinite ? loss : 0
        }
        var isOwn = [Bool](repeating: false, count: compiled.links.count)
        for (link, dwelling) in dwellings {
            guard let valve = network.dwellings[DwellingIndex(dwelling)].valve, let local = compiled.local(network.valves[valve].link)
            else { continue }
            isOwn[local] = true
            let both = loss(local) + loss(link)
            if both > 0 { own.append((dwelling, loss(local) / both * network.deviation(of: valve))) }
        }
        let valves = compiled.links.indices.filter { local in
            guard let valve = circuit.setValve[local], !isOwn[local] else { return false }
            return outcome.massFlow[compiled.links[local].position] != 0 && network.deviation(of: valve) > 0
        }
        var state = CircuitState(compiled, of: network, temperature: network.conditions.ground)
        for (local, link) in compiled.links.enumerated() {
            // The temperature that gives the density found; pipes' losses follow from it nearly.
            state.linkTemperature[local] = outcome.meanTemperature(of: link, in: network)
        }
        if isothermal { state.linkTemperature = state.linkTemperature.map { _ in network.conditions.ground.celsius } }
        var options = HydraulicOptions()
        options.isJudged = false
        var solver = HydraulicSolver(compiled, options: options)
        let solution = try solver.solve(state)
        try solver.linearise(state, at: solution)
        for local in valves {
            guard let valve = circuit.setValve[local] else { continue }
            let deviation = network.deviation(of: valve)
            let row = solver.sensitivities(toKvOf: [local])[0]
            upper.append(dwellings.compactMap { link, dwelling in
                let flow = solution.massFlow[link]
                let change = flow > 0 ? row[link] / flow * deviation : 0
                return change.magnitude > 1e-6 ? (dwelling, change) : nil
            })
        }
    }
}

extension Network {
    /// Standard deviation of ln Kv of a valve at its setting: a value evenly spread over a band of ± t has t/√3.
    func deviation(of valve: ValveIndex) -> Double {
        // What a controller holds does not depend on its Kv.
        guard !valves[valve].isController, let model = valves[valve].model, let setting = valves[valve].setting else { return 0 }
        return valveModels[model].tolerance(at: setting) / 3.0.squareRoot()
    }
}

extension Outcome {
    /// Mean temperature of the water in a link, °C.
    func meanTemperature(of link: LinkIndex, in network: Network) -> Double {
        let flow = massFlow[link.position]
        let data = network.links[link]
        let inlet = temperature[(flow >= 0 ? data.from : data.to).position]
        let outlet = linkOutletTemperature[link.position]
        if inlet.isFinite && outlet.isFinite { return 0.5 * (inlet + outlet) }
        return inlet.isFinite ? inlet : outlet.isFinite ? outlet : network.conditions.ground.celsius
    }
}

/// Share of a standard normal distribution below a value: Abramowitz & Stegun (1964), 26.2.17, error below 1e-7.
func normalShare(_ z: Double) -> Double {
    let t = 1 / (1 + 0.2316419 * z.magnitude)
    let series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    let tail = 0.3989422804014327 * power(2.718281828459045, -0.5 * z * z) * series
    return z >= 0 ? 1 - tail : tail
}
