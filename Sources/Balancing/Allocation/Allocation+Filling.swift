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
        let network = distribution.network
        let points = setPoints ?? SetPoints(of: network, in: demand.weather)
        let model = RoomModel(of: network, in: demand.weather)
        let shares = PolicyShares(policy, demand, model, in: network, emitterShare: options.emitterShare)
        var filling = Filling(distribution, model, shares, points, options)
        if options.limitsPressure { filling.limitBranches() }
        var designs = distribution.circuits.indices.map { circuit in
            Filling.CircuitDesign(flow: [], temperatures: CircuitTemperatures(
                distribution.circuits[circuit], of: network, in: demand.weather, setPoints: points))
        }
        var loads: [Filling.Load] = []
        var (rounds, change) = (0, Double.infinity)
        do throws(HydraulicFailure) {
            while rounds < max(options.transportRounds, 1) && change > options.transportTolerance {
                loads = try filling.fill()
                change = try filling.transport(&loads, &designs)
                rounds += 1
                // The first two rounds look at everyone's whole need; later ones at what has moved.
                filling.startsFromLast = rounds >= 2
            }
            filling.accuracy = 1e-12
            loads = try filling.fill()
            try filling.update(&designs, for: loads)
        } catch {
            throw .hydraulics(error)
        }
        let record = AllocationRecord(filling: filling, designs: designs, loads: loads, need: demand)
        self = record.allocation(policy, rounds: rounds, residual: change)
    }
}

extension Filling {
    /// Caps the flow of each dwelling at what its own branch, valve fully open, passes at a quiet loss and at its share of
    /// the pump's head.
    mutating func limitBranches() {
        for (circuit, part) in distribution.circuits.enumerated() {
            let state = designState[circuit]
            guard let pump = part.mainPump else { continue }
            let link = part.compiled.pumps.lowerBound + pump
            let whole = -part.compiled.pressureLoss(link: link, massFlow: 0, state).loss
            let head = min(whole * options.branchHeadShare, options.quietBranchLoss)
            let supply = Self.supply(of: circuit, distribution, setPoints)
            guard head > 0 else { continue }
            for consumer in part.consumers {
                guard case .dwelling(let dwelling) = consumer.kind, model.isServed[dwelling.position] else { continue }
                let resistance = branchResistance(dwelling, consumer.link, part.compiled, state)
                guard resistance > 0 else { continue }
                let limit = (head / resistance).squareRoot() * heatCapacity
                if limit < greatestUsefulFlow(dwelling.position, supply: supply) {
                    shares.demand.branchFlow[dwelling.position] = limit
                }
            }
        }
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
