import Hydraulics
import NetworkModel
import Quantities

/// The visits of one circuit in the order of what they bring: valves are chosen and set one by one (later in growing
/// batches), from today's settings on.
///
/// A greedy search: the linearised equations with the factorisation in hand say what each valve would do (``candidates``), the
/// best few are set, and a forward solve judges them before the next are sought. Valves visited already may be turned again
/// without another visit. Best-first is not always best, so the plan made of it is proven point by point by simulations.
struct VisitSearch: Sendable {
    let network: Network
    let circuit: DesignCircuit
    /// Design flow by local link, kg/s.
    let design: [Double]
    /// Dwellings that each consumer stands for; 0 = not counted.
    let weight: [Double]
    let chains: ValveChains
    let grids: VisitGrids
    let costs: VisitCost
    var state: CircuitState
    var solver: HydraulicSolver
    var solution: HydraulicSolution
    /// Devices visited, by local link.
    var isVisited: [Bool]
    /// Devices that did harm where help was predicted, by local link; forgotten after the next success.
    var isBarred: [Bool]
    /// ln(flow/design) by consumer; 0 where not counted.
    var miss: [Double]
    var cost: Double

    /// Gain that makes a visit worth while, in dwellings.
    static var leastGain: Double { 0.02 }
    /// Most rounds of choosing and solving.
    static var roundLimit: Int { 48 }

    /// Solves today's state.
    init(
        _ network: Network, _ circuit: DesignCircuit, design: [Double], weight: [Double], state: CircuitState, grids: VisitGrids,
        costs: VisitCost = VisitCost(isHeatShort: false)
    ) throws(HydraulicFailure) {
        (self.network, self.circuit, self.design, self.weight, self.grids) = (network, circuit, design, weight, grids)
        self.costs = costs
        self.state = state
        for consumer in circuit.consumers {
            switch consumer.kind {
            case .dwelling, .riser: break
            case .substation, .load:
                if self.state.prescribedFlow[consumer.link].isNaN { self.state.flowLimit[consumer.link] = design[consumer.link] }
            case .source: self.state.prescribedFlow[consumer.link] = design[consumer.link]
            }
        }
        chains = ValveChains(circuit, of: network) { weight[$0] > 0 }
        var options = HydraulicOptions()
        // Provisional: what comes of it is judged by a simulation.
        options.isJudged = false
        solver = HydraulicSolver(circuit.compiled, options: options)
        solution = try solver.solve(self.state)
        isVisited = [Bool](repeating: false, count: design.count)
        isBarred = isVisited
        miss = []
        cost = 0
        take(solution)
    }

    private mutating func take(_ found: HydraulicSolution) {
        solution = found
        miss = misses(found)
        cost = total(miss)
    }

    private func misses(_ solution: HydraulicSolution) -> [Double] {
        circuit.consumers.enumerated().map { position, consumer in
            guard weight[position] > 0 else { return 0 }
            let ratio = solution.massFlow[consumer.link] / design[consumer.link]
            return ratio > 1e-6 ? logarithm(ratio) : -14
        }
    }

    func total(_ miss: [Double]) -> Double {
        var sum = 0.0
        for consumer in miss.indices where weight[consumer] > 0 { sum += weight[consumer] * costs.cost(miss[consumer]) }
        return sum
    }

    /// Searches until nothing brings anything more.
    /// - Complexity: some forward solves, and for each a response for a handful of valves.
    mutating func run() throws(HydraulicFailure) -> [VisitStep] {
        var steps: [VisitStep] = []
        var batch = 1.0
        for _ in 0..<Self.roundLimit where cost > Self.leastGain {
            try solver.linearise(state, at: solution)
            let (visits, retunes) = choose(candidates(), count: Int(batch))
            guard !visits.isEmpty || !retunes.isEmpty else { break }
            let (savedState, before) = (state, cost)
            for candidate in visits + retunes { put(candidate) }
            let found = try solver.solve(state, from: solution)
            let gain = before - total(misses(found))
            if gain > 0.1 * Self.leastGain {
                take(found)
                let step = step(visits, retunes, gain: gain)
                for candidate in visits { for link in candidate.links { isVisited[link] = true } }
                isBarred = [Bool](repeating: false, count: isBarred.count)
                if visits.isEmpty, let last = steps.indices.last {
                    steps[last].retunes += step.retunes
                    steps[last].gain += gain
                } else {
                    steps.append(step)
                }
                batch = min(batch * 1.4, 64)
                if batch < 2 { batch += 0.35 }
            } else {
                state = savedState
                if visits.count + retunes.count == 1 { for candidate in visits + retunes { isBarred[candidate.link] = true } }
                if batch <= 1 { for candidate in retunes { isBarred[candidate.link] = true } }
                batch = max(1, batch / 4)
            }
        }
        return steps
    }

    /// The best candidates of which none stands on another's way, split into new visits and devices visited before.
    private func choose(_ candidates: [VisitCandidate], count: Int) -> (visits: [VisitCandidate], retunes: [VisitCandidate]) {
        var (visits, retunes): ([VisitCandidate], [VisitCandidate]) = ([], [])
        var isTouched = [Bool](repeating: false, count: circuit.consumers.count)
        func fresh(_ candidate: VisitCandidate) -> Int { candidate.links.count { !isVisited[$0] } }
        // By what they bring a visit.
        func rate(_ candidate: VisitCandidate) -> Double { candidate.gain / Double(max(1, fresh(candidate))) }
        var made = 0
        for candidate in candidates.sorted(by: { (rate($1), $0.link) < (rate($0), $1.link) }) {
            if made >= count { break }
            // A dwelling served by a device chosen in this round is looked at again in the next.
            if candidate.served.contains(where: { isTouched[$0] }) { continue }
            for consumer in candidate.served { isTouched[consumer] = true }
            if fresh(candidate) > 0 { visits.append(candidate) } else { retunes.append(candidate) }
            made += fresh(candidate)
        }
        return (visits, retunes)
    }

    private mutating func put(_ candidate: VisitCandidate) {
        for (link, value) in [(candidate.link, candidate.value)] + candidate.beside {
            if circuit.compiled.pumps.contains(link) {
                state.pumpSpeed[link - circuit.compiled.pumps.lowerBound] = value
            } else {
                state.kv[link] = value
            }
        }
    }

    /// What candidates mean for a fitter: visits of devices nobody has gone to yet, and other numbers for those that were.
    private func step(_ fresh: [VisitCandidate], _ known: [VisitCandidate], gain: Double) -> VisitStep {
        var step = VisitStep(visits: [], retunes: [], gain: gain)
        for candidate in fresh + known {
            let part = candidate.gain / Double(candidate.links.count)
            for (link, value) in [(candidate.link, candidate.value)] + candidate.beside {
                let visit = visit(link, value, candidate.setting, gain: part)
                if isVisited[link] { step.retunes.append(visit) } else { step.visits.append(visit) }
            }
        }
        return step
    }

    private func visit(_ link: Int, _ value: Double, _ setting: Double?, gain: Double) -> Visit {
        switch network.links[circuit.compiled.links[link]].element {
        case .pump(let pump): Visit(device: .pump(pump), setting: nil, kv: .zero, speed: value, gain: gain)
        case .valve(let valve): Visit(device: .valve(valve), setting: setting, kv: FlowCoefficient(value), speed: 0, gain: gain)
        default: preconditionFailure("only valves and pumps are candidates")
        }
    }
}

/// Grids of all models of a network, made once for all circuits.
struct VisitGrids: Sendable {
    /// By position of the model.
    let byModel: [SettingGrid?]

    init(_ network: Network) { byModel = network.valveModels.map { SettingGrid($0) } }
}
