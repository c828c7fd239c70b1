import Heating
import Hydraulics
import NetworkModel
import Quantities

extension Allocation {
    /// Shares heat and water by a policy, under every limit at once.
    ///
    /// - Parameters:
    ///   - demand: what each dwelling needs, in the same network and weather.
    ///   - setPoints: supply set points; nil = ``SetPoints/init(of:in:)``.
    /// - Throws: ``BalanceFailure/hydraulics(_:)`` where the flows of a circuit with loops cannot be found.
    /// - Complexity: a few rounds, each linear in the network.
    public init(
        of demand: HeatDemand, policy: AllocationPolicy = .equalTemperature, in network: Network,
        setPoints: SetPoints? = nil, options: AllocationOptions = AllocationOptions()
    ) throws(BalanceFailure) {
        let distribution = Distribution(of: network, threads: options.workers)
        try self.init(of: demand, policy: policy, over: distribution, setPoints: setPoints, options: options)
    }

    /// The same over a topology that is already analysed.
    init(
        of demand: HeatDemand, policy: AllocationPolicy, over distribution: Distribution, setPoints: SetPoints?,
        options: AllocationOptions
    ) throws(BalanceFailure) {
        let run = AllocationRun(demand, policy, distribution, setPoints ?? SetPoints(of: distribution.network, in: demand.weather), options)
        let first = try run.allocation()
        guard case .mostAtTarget(let floor) = policy else {
            self = first
            return
        }
        self = try run.improved(first, floor: floor)
    }
}

extension Filling {
    /// Caps the flow of each dwelling at what its open valve passes without noise, and gives it at least what its valve or the
    /// operator's least flow lets through.
    mutating func limitValves() {
        let network = distribution.network
        let limits = network.conditions.limits
        quietFlow = [Double](repeating: .infinity, count: network.dwellings.count)
        var least = [Double](repeating: 0, count: network.dwellings.count)
        for (circuit, part) in distribution.circuits.enumerated() {
            let state = designState[circuit]
            for consumer in part.consumers {
                guard case .dwelling(let dwelling) = consumer.kind, model.isServed[dwelling.position] else { continue }
                let position = dwelling.position
                if network.dwellings[dwelling].state == .open { least[position] = limits.leastFlow.value * heatCapacity }
                guard options.limitsPressure, let valve = network.dwellings[dwelling].valve else { continue }
                let table = network.valves[valve].model.map { network.valveModels[$0] }
                let density = Density(part.compiled.density(link: consumer.link, state))
                let open = network.fullyOpenKv(of: valve)
                if let noise = limits.valveNoise.map({ table?.noiseLimit ?? $0 }), open > 0, open < .infinity {
                    quietFlow[position] = (noise.pascals / FlowCoefficient(open).resistance(density: density)).squareRoot() * heatCapacity
                    shares.demand.branchFlow[position] = min(shares.demand.branchFlow[position], quietFlow[position])
                }
                if limits.heedsLeastSetting, network.dwellings[dwelling].state == .open, let table, table.setPoints == nil,
                    let tightest = table.points.first?.kv, tightest.value > 0 {
                    let flow = (options.governingLoss / tightest.resistance(density: density)).squareRoot() * heatCapacity
                    least[position] = max(least[position], flow)
                }
                least[position] = min(least[position], shares.demand.branchFlow[position])
            }
        }
        shares.demand.leastFlow = shares.demand.holdsRooms && least.contains { $0 > 0 } ? least : []
        limitRisers()
    }

    /// Caps the flow of each dwelling at what its own branch, valve fully open, passes at its share of the pump's head.
    mutating func limitBranches() {
        for (circuit, part) in distribution.circuits.enumerated() {
            let state = designState[circuit]
            let head = branchHead(circuit)
            guard head > 0 else { continue }
            let supply = Self.supply(of: circuit, distribution, setPoints)
            for consumer in part.consumers {
                guard case .dwelling(let dwelling) = consumer.kind, model.isServed[dwelling.position] else { continue }
                let resistance = branchResistance(dwelling, consumer.link, part.compiled, state)
                guard resistance > 0 else { continue }
                let limit = (head / resistance).squareRoot() * heatCapacity
                if limit < greatestUsefulFlow(dwelling.position, supply: supply) {
                    shares.demand.branchFlow[dwelling.position] = min(limit, shares.demand.branchFlow[dwelling.position])
                }
            }
        }
    }

    /// Gives dwellings that their branch stops the head that is left on their path when all others have their flows; whether
    /// any cap moved by more than a thousandth.
    ///
    /// A part of what is left is taken, so that those who share a riser do not overdraw it together. Where the pump stops
    /// everyone they give way, down to a quarter of the share that ``limitBranches()`` grants.
    mutating func raiseBranches(_ designs: [CircuitDesign], by part: Double) -> Bool {
        let snapshot = self
        let raised = Workers.map(designs.count, threads: options.workers) { snapshot.raisedBranches($0, designs[$0].flow, by: part) }
        for (circuit, caps) in raised.enumerated() where !caps.isEmpty {
            for cap in caps { shares.demand.branchFlow[cap.dwelling] = cap.flow }
            isRaised[circuit] = true
        }
        return raised.contains { !$0.isEmpty }
    }

    /// New caps of a circuit's stopped dwellings, W/K, where they move by more than a thousandth.
    private func raisedBranches(_ circuit: Int, _ flow: [Double], by step: Double) -> [(dwelling: Int, flow: Double)] {
        let part = distribution.circuits[circuit]
        let state = designState[circuit]
        let least = branchHead(circuit)
        guard least > 0, part.consumers.contains(where: { isStopped($0, flow) }) else { return [] }
        let head = least / options.branchHeadShare
        let spares = part.spares(flow, state, loss: part.losses(flow, state))
        // The pump stops everyone: those whom their branch stops anyway give back a tenth, down to a quarter of their share.
        let isOverdrawn = spares.contains { $0 < 0.01 * head }
        var caps: [(dwelling: Int, flow: Double)] = []
        for (position, consumer) in part.consumers.enumerated() where isStopped(consumer, flow) && spares[position].isFinite {
            guard case .dwelling(let dwelling) = consumer.kind else { continue }
            let resistance = branchResistance(dwelling, consumer.link, part.compiled, state)
            let cap = shares.demand.branchFlow[dwelling.position]
            let loss = resistance * (cap / heatCapacity) * (cap / heatCapacity)
            // Some head stays in hand for the rounding of settings.
            let left = step * (spares[position] - options.headReserve * head)
            let next = max(loss + (isOverdrawn ? min(left, -0.1 * loss) : left), isOverdrawn ? 0.25 * least : min(least, loss))
            let capacityFlow = min((next / resistance).squareRoot() * heatCapacity, quietFlow[dwelling.position])
            if keepsBranches && capacityFlow < cap { continue }
            if abs(capacityFlow - cap) > 1e-3 * cap { caps.append((dwelling.position, capacityFlow)) }
        }
        return caps
    }

    /// Whether a dwelling takes all that its branch lets through.
    private func isStopped(_ consumer: DesignCircuit.Consumer, _ flow: [Double]) -> Bool {
        guard case .dwelling(let dwelling) = consumer.kind else { return false }
        let cap = shares.demand.branchFlow[dwelling.position]
        return cap < .infinity && flow[consumer.link] * heatCapacity >= cap * (1 - 1e-6)
    }

    /// Head that a dwelling's branch may take whatever the others need, Pa; 0 without a pump.
    private func branchHead(_ circuit: Int) -> Double {
        let part = distribution.circuits[circuit]
        let still = [Double](repeating: 0, count: part.compiled.links.count)
        return (part.pumpHead(still, designState[circuit]) ?? 0) * options.branchHeadShare
    }

    /// Resistance of a dwelling's terminal and fully open valve, Pa s²/kg².
    private func branchResistance(_ dwelling: DwellingIndex, _ link: Int, _ compiled: CompiledNetwork, _ state: CircuitState) -> Double {
        let network = distribution.network
        let density = Density(compiled.density(link: link, state))
        var resistance = 0.0
        if state.kv[link] < .infinity { resistance += FlowCoefficient(state.kv[link]).resistance(density: density) }
        if let valve = network.dwellings[dwelling].valve {
            let kv = network.fullyOpenKv(of: valve)
            if kv < .infinity { resistance += FlowCoefficient(kv).resistance(density: density) }
        }
        return resistance
    }

    /// Capacity flow beyond which the emitter stops a dwelling whatever its branch lets through, W/K.
    ///
    /// The flow of the emitter's share grows with the supply and as the room cools, so the set point and the outdoor
    /// temperature bound it. Where a policy gives flows there is no such bound.
    private func greatestUsefulFlow(_ position: Int, supply: Double) -> Double {
        guard shares.demand.flow[position] == .infinity else { return .infinity }
        let law = model.law[position]
        let heat = law.greatestHeat(supply: supply, room: model.outdoor) * shares.demand.emitterShare
        return law.capacityFlow(delivering: heat, supply: supply, room: model.outdoor)
    }
}
