import Heating
import NetworkModel
import Quantities

extension Filling {
    /// Loads of all circuits with the rooms as they stand.
    func loads() -> [Load] {
        var loads = [Load](repeating: Load(heat: 0, capacityFlow: 0, consumption: []), count: caps.count)
        for depth in distribution.depths {
            let below = loads
            let found = Workers.map(depth.count, threads: options.workers) { position in
                let circuit = depth[position]
                return load(circuit, rooms[circuit], children: distribution.feeds[circuit].children.map { below[$0] })
            }
            for (position, load) in found.enumerated() { loads[depth[position]] = load }
        }
        return loads
    }

    /// What a circuit draws with its rooms in some state and the circuits behind its substations drawing `children`.
    func load(_ circuit: Int, _ states: [RoomState], children: [Load]) -> Load {
        let feed = distribution.feeds[circuit]
        var consumption = given[circuit].consumption
        var flow = given[circuit].flow
        let consumers = distribution.circuits[circuit].consumers
        for (position, place) in feed.rooms.enumerated() {
            guard place != nil, consumers[position].isReachable else { continue }
            let value = self.flow(of: position, in: circuit, states)
            consumption[position] = value
            flow += value
        }
        for riser in distribution.circuits[circuit].risers.indices {
            let consumer = distribution.circuits[circuit].risers[riser].consumer
            guard consumers[consumer].isReachable else { continue }
            consumption[consumer] = riserFlow(circuit, riser, states)
            flow += consumption[consumer]
        }
        var heat = states.reduce(0) { $0 + $1.sum } + loss[circuit] + given[circuit].heat
        for (child, load) in zip(feed.children, children) {
            heat += load.heat
            guard let substation = distribution.feeds[child].substation,
                let position = distribution.primaryConsumer[substation.position]
            else { continue }
            let value = primaryCapacityFlow(substation, load) / heatCapacity
            consumption[position] = value
            flow += value
        }
        return Load(heat: heat, capacityFlow: flow * heatCapacity, consumption: consumption)
    }

    /// Flow of a consumer that is a dwelling, kg/s.
    func flow(of consumer: Int, in circuit: Int, _ states: [RoomState]) -> Double {
        guard let place = distribution.feeds[circuit].rooms[consumer] else { return given[circuit].consumption[consumer] }
        let (building, local) = (Int(place.building), Int(place.local))
        return massFlow(
            of: Int(place.dwelling), mode: states[building].mode[local], heat: states[building].heat[local],
            room: states[building].room[local], level: states[building].level)
    }

    /// Flow of a dwelling in some state, kg/s.
    private func massFlow(of position: Int, mode: RoomMode, heat: Double, room: Double, level: Double) -> Double {
        switch mode {
        case .floating, .idle: return 0
        case .least: return shares.demand.leastFlow[position] / heatCapacity
        case .flow: return shares.demand.flowGiven(position, level) / heatCapacity
        case .held, .emitter, .heat:
            let supply = shares.demand.supply[position]
            guard heat > 0, !supply.isNaN else { return 0 }
            let flow = model.law[position].capacityFlow(delivering: heat, supply: supply, room: room)
            return flow.isFinite ? flow / heatCapacity : 0
        }
    }

    /// Primary capacity flow that keeps a substation's set point under a load, W/K; what its exchanger can use where none would.
    func primaryCapacityFlow(_ substation: SubstationIndex, _ load: Load) -> Double {
        let side = secondarySide(substation, load)
        let exchanger = HeatExchanger(conductance: distribution.network.substations[substation].exchangerConductance)
        let flow = exchanger.hotFlow(
            holding: side.supply, coldFlow: load.capacityFlow, hotInlet: primarySupply[substation.position], coldInlet: side.return)
        if flow.isFinite { return flow }
        let greatest = exchanger.heat(
            hotFlow: .infinity, coldFlow: load.capacityFlow, hotInlet: primarySupply[substation.position], coldInlet: side.return)
        return exchanger.hotFlow(
            holding: side.return + options.exchangerShare * greatest / load.capacityFlow, coldFlow: load.capacityFlow,
            hotInlet: primarySupply[substation.position], coldInlet: side.return)
    }

    /// Secondary supply (the set point) and return of a substation under a load, °C.
    func secondarySide(_ substation: SubstationIndex, _ load: Load) -> (supply: Double, `return`: Double) {
        let supply = setPoints.secondarySupply[substation.position]
        return (supply, load.capacityFlow > 0 ? supply - load.heat / load.capacityFlow : supply)
    }
}
