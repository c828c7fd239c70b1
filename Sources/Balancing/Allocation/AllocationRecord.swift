import Heating
import NetworkModel
import Quantities

/// Turns the arrays of a finished filling into an ``Allocation``.
struct AllocationRecord {
    let filling: Filling
    let designs: [Filling.CircuitDesign]
    let loads: [Filling.Load]
    let need: HeatDemand

    var network: Network { filling.distribution.network }
    var heatCapacity: Double { filling.heatCapacity }

    /// A room this little below its target is at it, K: the accuracy of the filling, far below any thermometer.
    private static var atTarget: Double { 1e-6 }

    func allocation(_ policy: AllocationPolicy, rounds: Int, residual: Double) -> Allocation {
        let dwellings = dwellingShares()
        let summaries = Summaries(network, dwellings)
        var allocation = Allocation(
            policy: policy, weather: need.weather, dwellings: dwellings, substations: substationShares(),
            sources: sourceShares(), zoneSummaries: summaries.zones(), substationSummaries: summaries.substations(),
            bottlenecks: [], distributionLoss: Power(watts: filling.loss.reduce(0, +)),
            massFlow: [Double](repeating: 0, count: network.links.count),
            linkTemperature: [Double](repeating: network.conditions.ground.celsius, count: network.links.count),
            rounds: rounds, temperatureResidual: residual)
        for (circuit, design) in designs.enumerated() {
            let part = filling.distribution.circuits[circuit]
            for (local, link) in part.compiled.links.enumerated() {
                allocation.massFlow[link.position] = design.flow[local]
                allocation.linkTemperature[link.position] = filling.designState[circuit].linkTemperature[local]
            }
        }
        allocation.dropsLeastFlow = filling.dropsLeastFlow
        allocation.bottlenecks = Bottlenecks(
            network, dwellings, need, remedies: remedies(dwellings), alternatives: alternatives()
        ).ranked()
        return allocation
    }

    private func dwellingShares() -> DwellingShares {
        let count = network.dwellings.count
        let zero = [Double](repeating: 0, count: count)
        var shares = DwellingShares(
            room: need.room, heat: zero, massFlow: zero, supply: filling.shares.demand.supply, requiredHeat: need.requiredHeat,
            requiredFlow: zero, limit: [LimitSite](repeating: LimitSite(.none), count: count),
            flowLimit: filling.shares.demand.branchFlow.map { $0 / heatCapacity },
            leastFlow: filling.shares.demand.leastFlow.map { $0 / heatCapacity })
        for (circuit, feed) in filling.distribution.feeds.enumerated() {
            let bound = boundSite(of: circuit)
            for (slot, building) in feed.buildings.enumerated() {
                let state = filling.rooms[circuit][slot]
                for (local, position) in network.buildings[building].dwellings.enumerated() {
                    shares.room[position] = state.room[local]
                    shares.heat[position] = state.heat[local]
                    shares.limit[position] = limit(position, state, local, bound)
                }
            }
            for (consumer, place) in feed.rooms.enumerated() {
                guard let place, filling.distribution.circuits[circuit].consumers[consumer].isReachable else { continue }
                shares.massFlow[Int(place.dwelling)] = loads[circuit].consumption[consumer]
            }
        }
        for position in 0..<count where filling.model.isServed[position] { shares.requiredFlow[position] = requiredFlow(position) }
        for circuit in filling.distribution.circuits.indices { takeRisers(circuit, &shares) }
        return shares
    }

    /// Dwellings on one-pipe risers have what their common water makes of them.
    private func takeRisers(_ circuit: Int, _ shares: inout DwellingShares) {
        let part = filling.distribution.circuits[circuit]
        guard !part.risers.isEmpty else { return }
        if shares.waterShare.isEmpty { shares.waterShare = [Double](repeating: 1, count: network.dwellings.count) }
        for (place, riser) in part.risers.enumerated() {
            let required = filling.requiredRiserFlow(circuit, place, heat: need.requiredHeat, room: need.room)
            let flow = part.consumers[riser.consumer].isReachable ? loads[circuit].consumption[riser.consumer] : 0
            let count = Double(max(riser.openCount, 1))
            for emitter in riser.stages.joined() {
                shares.massFlow[emitter.dwelling] = emitter.share * flow
                shares.requiredFlow[emitter.dwelling] = emitter.share * required
                shares.waterShare[emitter.dwelling] = emitter.share > 0 ? 1 / (count * emitter.share) : 0
            }
        }
        for building in filling.distribution.feeds[circuit].buildings {
            guard let risen = filling.risen[building] else { continue }
            for (local, position) in network.buildings[building].dwellings.enumerated() {
                (shares.room[position], shares.heat[position]) = (risen.room[local], risen.heat[local])
                if risen.room[local] >= filling.model.target[position] - Self.atTarget { shares.limit[position] = LimitSite(.none) }
            }
        }
    }

    /// Whether a dwelling's emitter lacks the required heat at the flow of the emitter's share, whatever its branch lets through.
    private func isHopeless(_ position: Int) -> Bool {
        let supply = filling.shares.demand.supply[position]
        guard supply.isFinite, need.requiredHeat[position] > 0 else { return false }
        let greatest = filling.model.law[position].greatestHeat(supply: supply, room: need.room[position])
        return filling.options.emitterShare * greatest < need.requiredHeat[position]
    }

    /// Flow that gives the required heat at the supply temperature found; that of the emitter's share where none would.
    private func requiredFlow(_ position: Int) -> Double {
        let (law, supply) = (filling.model.law[position], filling.shares.demand.supply[position])
        guard supply.isFinite else { return need.requiredFlow[position] }
        let room = need.room[position]
        let heat = need.requiredHeat[position]
        let flow = law.requiredCapacityFlow(heat, share: filling.options.emitterShare, supply: supply, room: room) / heatCapacity
        return flow.isFinite ? flow : need.requiredFlow[position]
    }

    /// The limit that stops the level of a circuit: the lowest cap on the way to its source; nil where none does.
    private func boundSite(of circuit: Int) -> LimitSite? {
        var lowest = filling.caps[circuit]
        var walk = filling.distribution.feeds[circuit].parent
        while let here = walk {
            if filling.caps[here].level < lowest.level { lowest = filling.caps[here] }
            walk = filling.distribution.feeds[here].parent
        }
        return lowest.site
    }

    private func limit(_ position: Int, _ state: RoomState, _ local: Int, _ bound: LimitSite?) -> LimitSite {
        let model = filling.model
        guard model.isServed[position], state.room[local] < model.target[position] - Self.atTarget else { return LimitSite(.none) }
        let dwelling = network.dwellings[position]
        if let pipe = filling.pipe(stopping: position, below: state.level), !isStoppedItself(position, state, local) { return pipe }
        switch state.mode[local] {
        case .floating: return LimitSite(.none)
        case .emitter:
            if filling.shares.demand.supply[position].isNaN {
                return LimitSite(.unreachable, at: .dwelling(DwellingIndex(position)))
            }
            return LimitSite(.emitter, at: .building(dwelling.building))
        case .heat where filling.shares.demand.holdsRooms: return LimitSite(.restricted, at: .dwelling(DwellingIndex(position)))
        case .flow where filling.shares.demand.flowGiven(position, state.level) >= filling.shares.demand.branchFlow[position]:
            // Wider pipes would bring little where all the water there is could not warm the room.
            if isHopeless(position) { return LimitSite(.emitter, at: .building(dwelling.building)) }
            let valve = dwelling.valve.map { LimitElement.link(network.valves[$0].link) }
            let isLoud = filling.shares.demand.branchFlow[position] >= filling.quietFlow[position]
            if isLoud { return LimitSite(.noise, at: valve ?? .dwelling(DwellingIndex(position))) }
            return LimitSite(.valve, at: valve ?? .dwelling(DwellingIndex(position)))
        case .least: return LimitSite(.leastFlow, at: .dwelling(DwellingIndex(position)))
        case .held, .idle, .heat, .flow: return bound ?? LimitSite(filling.shares.demand.holdsRooms ? .none : .policy)
        }
    }

    /// Whether a dwelling is stopped below what pipes on its way allow: by its emitter, its branch, its least flow, or as one in arrears.
    private func isStoppedItself(_ position: Int, _ state: RoomState, _ local: Int) -> Bool {
        let demand = filling.shares.demand
        switch state.mode[local] {
        case .flow: return demand.flowGiven(position, state.level) >= demand.branchFlow[position]
        case .heat: return demand.holdsRooms
        case .floating, .emitter, .least: return true
        case .held, .idle: return false
        }
    }

    private func substationShares() -> [SubstationShare] {
        network.substations.indices.map { position in
            let index = SubstationIndex(position)
            let none = Filling.Load(heat: 0, capacityFlow: 0, consumption: [])
            let circuit = filling.distribution.secondaryCircuit[position]
            let load = circuit.map { loads[$0] } ?? none
            let side = filling.secondarySide(index, load)
            let primary = load.capacityFlow > 0 ? filling.primaryCapacityFlow(index, load) : 0
            let inlet = filling.primarySupply[position]
            return SubstationShare(
                heat: Power(watts: load.heat), primaryFlow: MassFlow(primary / heatCapacity), primarySupply: Temperature(inlet),
                primaryReturn: Temperature(primary > 0 ? inlet - load.heat / primary : inlet),
                secondaryFlow: MassFlow(load.capacityFlow / heatCapacity), secondarySupply: Temperature(side.supply),
                secondaryReturn: Temperature(side.return), limit: circuit.flatMap { filling.caps[$0].site?.limit } ?? .none)
        }
    }

    private func sourceShares() -> [SourceShare] {
        var shares = network.sources.map {
            SourceShare(
                heat: .zero, heatLimit: $0.heatLimit, massFlow: .zero, supply: $0.supplyTemperature,
                return: $0.supplyTemperature, limit: .none)
        }
        for (circuit, feed) in filling.distribution.feeds.enumerated() {
            for source in feed.sources {
                let position = source.position
                let part = filling.sourceShare[position] ?? Filling.SourceShareOfCircuit(heat: 0, flow: 0)
                let whole = feed.sources.count == 1 ? Filling.SourceShareOfCircuit(heat: 1, flow: 1) : part
                let heat = loads[circuit].heat * whole.heat
                let flow = loads[circuit].capacityFlow / heatCapacity * whole.flow
                let supply = filling.setPoints.sourceSupply[position]
                shares[position].heat = Power(watts: heat)
                shares[position].massFlow = MassFlow(flow)
                shares[position].supply = Temperature(supply)
                shares[position].return = Temperature(flow > 0 ? supply - heat / (flow * heatCapacity) : supply)
                if filling.caps[circuit].site?.element == .source(source), let limit = filling.caps[circuit].site?.limit {
                    shares[position].limit = limit
                }
            }
        }
        return shares
    }
}
