import Heating
import Hydraulics
import NetworkModel
import Quantities

/// The fewest visits: which valves to turn first, to what, and how many dwellings each further visit brings to their target.
///
/// Every circuit is searched by itself (``VisitSearch``) and their steps are put in one order by what they bring a visit.
/// The curve is proven: each of its points is a simulation of today's network with exactly that many devices changed.
public struct VisitPlan: Sendable {
    /// All visits worth making, best first. The settings of the first K are given by ``settings(first:)``, since a
    /// device visited early may be turned to another number when more visits follow.
    public let visits: [Visit]
    /// Points of the curve by rising number of visits, from none to all of the full schedule; in between only those that
    /// bring more than all before.
    public private(set) var curve: [VisitPoint]
    private let network: Network
    private let placesBefore: [Int]
    /// Steps in order, with the number of visits made before each.
    private let steps: [(before: Int, step: VisitStep)]

    /// Plans visits toward the allocation of a run, and proves points of the curve.
    ///
    /// - Parameters:
    ///   - counts: numbers of visits to prove beside none and all; nil = ``standardCounts``.
    /// - Throws: the hydraulics of today's settings did not converge; a point that cannot be simulated is left out.
    /// - Complexity: for each circuit some dozens of hydraulic solves; one simulation a point.
    public init(for run: BalanceRun, counts: [Int]? = nil, options: BalanceOptions = BalanceOptions()) throws(BalanceFailure) {
        let network = run.network
        let distribution = Distribution(of: network, threads: options.workers)
        let grids = VisitGrids(network)
        let costs = VisitCost(isHeatShort: run.before?.sources.contains { $0.isHeatLimited } ?? false)
        let found = Workers.map(distribution.circuits.count, threads: options.workers) { circuit in
            Result { () throws(HydraulicFailure) in
                try Self.search(circuit, of: distribution, for: run.allocation, grids, costs)
            }
        }
        var circuits: [[VisitStep]] = []
        do throws(HydraulicFailure) {
            for result in found { circuits.append(try result.get()) }
        } catch {
            throw .hydraulics(error)
        }
        self.network = network
        let ordered = Self.merged(circuits)
        var before = 0
        var steps: [(before: Int, step: VisitStep)] = []
        for step in ordered {
            steps.append((before, step))
            before += step.visits.count
        }
        self.steps = steps
        visits = ordered.flatMap(\.visits)
        (stops, placesBefore) = Self.stops(visits, network)
        curve = []
        prove(counts ?? Self.standardCounts, run, options)
    }

    /// Numbers of visits that a curve shows: close together where each counts most.
    public static let standardCounts = [1, 2, 3, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000]

    private static func search(
        _ index: Int, of distribution: Distribution, for allocation: Allocation, _ grids: VisitGrids, _ costs: VisitCost
    ) throws(HydraulicFailure) -> [VisitStep] {
        let circuit = distribution.circuits[index]
        let network = distribution.network
        var state = CircuitState(circuit.compiled, of: network, temperature: network.conditions.ground)
        var design = [Double](repeating: 0, count: circuit.compiled.links.count)
        for (local, link) in circuit.compiled.links.enumerated() {
            state.linkTemperature[local] = allocation.linkTemperature[link.position]
            design[local] = allocation.massFlow[link.position]
        }
        let weight = circuit.consumers.map { consumer -> Double in
            guard consumer.isReachable, consumer.isLoad, design[consumer.link] > 0 else { return 0 }
            switch consumer.kind {
            // One that cannot reach its target with any flow is worth keeping supplied, but no visit makes it count.
            case .dwelling(let dwelling): return allocation.dwellings.limit[dwelling.position].limit == .none ? 1 : 0.2
            case .riser(let riser): return Double(circuit.risers[riser].openCount)
            case .load: return 1
            case .source: return 0
            case .substation(let substation):
                guard let behind = distribution.secondaryCircuit[substation.position] else { return 0 }
                return Double(distribution.circuits[behind].consumers.count { $0.isReachable && $0.isLoad && network.links[distribution.circuits[behind].compiled.links[$0.link]].isOpen })
            }
        }
        guard weight.contains(where: { $0 > 0 }) else { return [] }
        var search = try VisitSearch(network, circuit, design: design, weight: weight, state: state, grids: grids, costs: costs)
        return try search.run()
    }

    /// One order for the steps of all circuits: always the circuit whose next steps bring most a visit, looking as far
    /// ahead as pays (a step that only prepares the next is not passed over).
    private static func merged(_ circuits: [[VisitStep]]) -> [VisitStep] {
        var next = [Int](repeating: 0, count: circuits.count)
        func rate(_ circuit: Int) -> Double {
            var (gain, visits, best) = (0.0, 0, 0.0)
            for step in circuits[circuit][next[circuit]...] {
                gain += step.gain
                visits += step.visits.count
                best = max(best, gain / Double(max(visits, 1)))
            }
            return best
        }
        var rates = circuits.indices.map { rate($0) }
        var order: [VisitStep] = []
        while let best = circuits.indices.filter({ next[$0] < circuits[$0].count }).max(by: { (rates[$0], $1) < (rates[$1], $0) }) {
            order.append(circuits[best][next[best]])
            next[best] += 1
            rates[best] = rate(best)
        }
        return order
    }

    /// The settings of the first visits, everything else as it stands today.
    public func settings(first count: Int) -> Settings {
        var valves: [Int: Settings.ValveChange] = [:]
        var pumps: [Int: Settings.PumpChange] = [:]
        func make(_ visit: Visit) {
            switch visit.device {
            case .valve(let valve):
                valves[valve.position] = Settings.ValveChange(valve: valve, setting: visit.setting, kv: visit.kv)
            case .pump(let pump):
                pumps[pump.position] = Settings.PumpChange(
                    pump: pump, characteristic: network.pumps[pump].characteristic, speed: visit.speed)
            }
        }
        for (before, step) in steps where before < count {
            for visit in step.visits.prefix(count - before) { make(visit) }
            if before + step.visits.count <= count { for visit in step.retunes { make(visit) } }
        }
        var settings = Settings()
        settings.valves = valves.sorted { $0.key < $1.key }.map(\.value)
        settings.pumps = pumps.sorted { $0.key < $1.key }.map(\.value)
        return settings
    }

    // MARK: Proof

    private mutating func prove(_ counts: [Int], _ run: BalanceRun, _ options: BalanceOptions) {
        let full = run.schedule.valves.count { $0.isChanged } + run.schedule.settings.pumps.count
        var simulation = Simulation(network, options: options.simulation)
        let points = SetPoints(of: network, in: run.weather)
        if let today = run.before { curve.append(VisitPoint(visits: 0, places: 0, today, of: network)) }
        var wanted = Set(counts.filter { $0 > 0 && $0 < visits.count })
        if !visits.isEmpty && visits.count < full { wanted.insert(visits.count) }
        for count in wanted.sorted() where count < full {
            simulation.apply(settings(first: count))
            do throws(SimulationFailure) {
                let outcome = try simulation.run(run.weather, setPoints: points)
                let point = VisitPoint(visits: count, places: places(first: count), outcome, of: network)
                // More visits that bring less are not the best so many changes: fewer are.
                if point.dwellingsAtTarget > curve.last?.dwellingsAtTarget ?? -1 { curve.append(point) }
            } catch {
                continue
            }
        }
        if full > 0 { curve.append(VisitPoint(visits: full, places: places(of: run.schedule), run.after, of: run.balanced)) }
    }

    /// Number of the building, substation or pump of each visit, in the order in which they are first wanted.
    public let stops: [Int]

    /// Buildings, substations and pumps to be gone to for the first visits.
    public func places(first count: Int) -> Int { placesBefore[min(count, placesBefore.count - 1)] }

    private static func stops(_ visits: [Visit], _ network: Network) -> (stops: [Int], placesBefore: [Int]) {
        var number: [String: Int] = [:]
        var (stops, places): ([Int], [Int]) = ([], [0])
        for visit in visits {
            let place = network.place(of: visit.device)
            let stop = number[place] ?? number.count + 1
            number[place] = stop
            stops.append(stop)
            places.append(number.count)
        }
        return (stops, places)
    }

    private func places(of schedule: Schedule) -> Int {
        let valves = schedule.valves.filter(\.isChanged).map { network.place(of: .valve($0.valve)) }
        let pumps = schedule.settings.pumps.map { network.place(of: .pump($0.pump)) }
        return Set(valves + pumps).count
    }
}

/// A point of the curve of visits: a simulation with so many devices changed.
public struct VisitPoint: Sendable {
    /// Devices changed.
    public var visits: Int
    /// Buildings and substations gone to.
    public var places: Int
    /// Rooms then.
    public var rooms: RoomSummary
    /// Dwellings at their target.
    public var dwellingsAtTarget: Int

    init(visits: Int, places: Int, _ outcome: Outcome, of network: Network) {
        self.visits = visits
        self.places = places
        rooms = RoomSummary(of: outcome.room, in: network)
        dwellingsAtTarget = Int((rooms.shareAtTarget * Double(rooms.count)).rounded())
    }
}

extension Network {
    /// Where a fitter goes for a device: a building, or the place of a pump or another valve.
    func place(of device: VisitedDevice) -> String {
        switch device {
        case .valve(let index):
            let part = valves[index].serves
            if let building = part.building ?? part.dwelling.map({ dwellings[$0].building }) { return "building \(buildings[building].id.text)" }
            if let substation = part.substation { return "substation \(substations[substation].id.text)" }
            return "valve \(links[valves[index].link].id.text)"
        case .pump(let index): return "pump \(links[pumps[index].link].id.text)"
        }
    }
}
