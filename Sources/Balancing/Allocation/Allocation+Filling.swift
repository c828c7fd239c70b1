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
                change = try filling.transport(loads, &designs)
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
    /// Caps the flow of each dwelling at what its own branch, valve fully open, passes at its share of the pump's head.
    mutating func limitBranches() {
        let network = distribution.network
        for (circuit, part) in distribution.circuits.enumerated() {
            let state = designState[circuit]
            guard let pump = part.mainPump else { continue }
            let link = part.compiled.pumps.lowerBound + pump
            let head = -part.compiled.pressureLoss(link: link, massFlow: 0, state).loss * options.branchHeadShare
            guard head > 0 else { continue }
            for consumer in part.consumers {
                guard case .dwelling(let dwelling) = consumer.kind, model.isServed[dwelling.position] else { continue }
                let density = Density(part.compiled.density(link: consumer.link, state))
                var resistance = 0.0
                for kv in [state.kv[consumer.link], network.dwellings[dwelling].valve.map { network.fullyOpenKv(of: $0) }] {
                    if let kv, kv < .infinity { resistance += FlowCoefficient(kv).resistance(density: density) }
                }
                if resistance > 0 {
                    branchLimit[dwelling.position] = (head / resistance).squareRoot() * heatCapacity
                }
            }
        }
    }
}
