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
        var asked = AskedFlows()
        let consumers = distribution.circuits[circuit].consumers
        for (position, place) in feed.rooms.enumerated() {
            guard let place, consumers[position].isReachable else { continue }
            let (building, local) = (Int(place.building), Int(place.local))
            let dwelling = Int(place.dwelling)
            switch states[building].mode[local] {
            case .floating, .idle: consumption[position] = 0
            case .least: consumption[position] = shares.demand.leastFlow[dwelling] / heatCapacity
            case .flow: consumption[position] = shares.demand.flowGiven(dwelling, states[building].level) / heatCapacity
            case .held, .emitter, .heat:
                consumption[position] = 0
                let (heat, supply) = (states[building].heat[local], shares.demand.supply[dwelling])
                guard heat > 0, !supply.isNaN else { continue }
                asked.add(position, dwelling, heat: heat, room: states[building].room[local], model)
                if asked.count == 4 { asked.answer(&consumption, self) }
            }
        }
        asked.answer(&consumption, self)
        var flow = given[circuit].flow
        for (position, place) in feed.rooms.enumerated() where place != nil && consumers[position].isReachable { flow += consumption[position] }
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

    /// Up to four dwellings whose flows are to give their heats.
    private struct AskedFlows {
        private(set) var count = 0
        private var consumer = SIMD4<Int>.zero
        private var dwelling = SIMD4<Int>.zero
        private var heat = SIMD4<Double>.zero
        private var room = SIMD4<Double>.zero
        private var logarithm = SIMD4<Double>.zero
        private var exponent = SIMD4<Double>.one

        mutating func add(_ consumer: Int, _ dwelling: Int, heat: Double, room: Double, _ model: RoomModel) {
            (self.consumer[count], self.dwelling[count]) = (consumer, dwelling)
            (self.heat[count], self.room[count]) = (heat, room)
            (logarithm[count], exponent[count]) = (model.logarithm[dwelling], model.law[dwelling].exponent)
            count += 1
        }

        /// Sets their flows, kg/s, and forgets them; no flow where none is enough.
        mutating func answer(_ consumption: inout [Double], _ filling: borrowing Filling) {
            guard count > 0 else { return }
            for lane in count..<4 { heat[lane] = 0 }
            var excess = SIMD4<Double>.one
            for lane in 0..<count { excess[lane] = filling.shares.demand.supply[dwelling[lane]] - room[lane] }
            let found = EmitterQuad(logarithm: logarithm, exponent: exponent).capacityFlow(delivering: heat, share: 1, excess: excess)
            for lane in 0..<count {
                let place = dwelling[lane]
                let flow = found.left[lane]
                    ? filling.model.law[place].capacityFlow(
                        delivering: heat[lane], supply: filling.shares.demand.supply[place], room: room[lane]) : found.flow[lane]
                consumption[consumer[lane]] = flow.isFinite ? flow / filling.heatCapacity : 0
            }
            count = 0
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
