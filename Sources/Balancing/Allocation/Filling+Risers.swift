import Heating
import NetworkModel
import Quantities

/// One-pipe risers in an allocation: one flow for all dwellings of a riser.
///
/// A level asks a heat of every dwelling as if each could be given its own; the riser gets the least flow with which each has it from the
/// water that those before it leave (``OnePipeLaw``). The others get more than was asked, since nothing throttles them: rooms and heats
/// that follow are found from the flow, and what they take beyond the level counts as a load of their circuit.
extension Filling {
    /// Rooms of a building with risers as its water makes them.
    struct RiserRooms: Sendable {
        /// Room temperature by dwelling of the building, °C.
        var room: [Double]
        /// Heat from the emitter, W.
        var heat: [Double]
        /// Heat beyond what the level asked, W, by dwelling.
        var surplus: [Double]
    }

    /// Flow of a riser with its rooms in some state, kg/s.
    func riserFlow(_ circuit: Int, _ riser: Int, _ states: [RoomState]) -> Double {
        let part = distribution.circuits[circuit].risers[riser]
        let places = distribution.feeds[circuit].riserRooms[riser]
        var given = 0.0
        var law = OnePipeLaw(stages: [])
        for (stage, rooms) in zip(part.stages, places) {
            var emitters: [OnePipeLaw.Emitter] = []
            var surplus = 0.0
            for (emitter, place) in zip(stage, rooms) {
                guard let place else { continue }
                let state = states[Int(place.building)]
                let local = Int(place.local)
                var heat = state.heat[local]
                if state.mode[local] == .flow {
                    // A flow that a policy gives a dwelling is its part of the riser's.
                    given += shares.demand.flowGiven(emitter.dwelling, state.level)
                    heat = 0
                }
                emitters.append(
                    OnePipeLaw.Emitter(law: model.law[emitter.dwelling], share: emitter.share, heat: heat, room: state.room[local]))
                surplus += risen[distribution.feeds[circuit].buildings[Int(place.building)]]?.surplus[local] ?? 0
            }
            law.stages.append(emitters)
            law.surplus.append(surplus)
        }
        let supply = riserSupply[circuit][riser]
        guard supply.isFinite else { return 0 }
        let least = riserLeast.isEmpty ? 0 : riserLeast[circuit][riser]
        return max(max(law.requiredCapacityFlow(supply: supply), given) / heatCapacity, least)
    }

    /// Finds the flows with which all open dwellings of risers have the operator's least flow: the same water passes them all.
    mutating func limitRisers() {
        riserLeast = []
        let network = distribution.network
        let least = network.conditions.limits.leastFlow.value
        guard least > 0, shares.demand.holdsRooms else { return }
        riserLeast = distribution.circuits.map { part in
            part.risers.map { riser in
                riser.stages.joined().reduce(0) { most, emitter in
                    guard network.dwellings[emitter.dwelling].state == .open, emitter.share > 0 else { return most }
                    return max(most, least / emitter.share)
                }
            }
        }
    }

    /// Flow that a riser requires for heats at rooms by dwelling of the network, kg/s, with the water that arrives.
    func requiredRiserFlow(_ circuit: Int, _ riser: Int, heat: [Double], room: [Double]) -> Double {
        let stages = distribution.circuits[circuit].risers[riser].stages.map { stage in
            stage.map { OnePipeLaw.Emitter(law: model.law[$0.dwelling], share: $0.share, heat: heat[$0.dwelling], room: room[$0.dwelling]) }
        }
        let supply = riserSupply[circuit][riser]
        guard supply.isFinite else { return 0 }
        return OnePipeLaw(stages: stages).requiredCapacityFlow(supply: supply) / heatCapacity
    }

    /// Finds the rooms of all buildings with risers for the loads' flows and the last supplies, and what they take beyond the level.
    mutating func respondRisers(_ loads: [Load]) {
        let network = distribution.network
        for (circuit, part) in distribution.circuits.enumerated() where !part.risers.isEmpty {
            var flow: [Int: Double] = [:]
            for riser in part.risers where part.consumers[riser.consumer].isReachable {
                for emitter in riser.stages.joined() {
                    flow[emitter.dwelling] = emitter.share * loads[circuit].consumption[riser.consumer]
                }
            }
            for (consumer, place) in distribution.feeds[circuit].rooms.enumerated() where place != nil {
                if let place { flow[Int(place.dwelling)] = loads[circuit].consumption[consumer] }
            }
            for (slot, building) in distribution.feeds[circuit].buildings.enumerated() {
                let range = network.buildings[building].dwellings
                guard network.dwellings[range].contains(where: { $0.riser != nil }) else { continue }
                let found = respond(building, range, rooms[circuit][slot], flow)
                let before = risen[building]?.surplus.reduce(0, +) ?? 0
                given[circuit].heat += found.surplus.reduce(0, +) - before
                risen[building] = found
            }
        }
    }

    private func respond(_ building: Int, _ range: Range<Int>, _ state: RoomState, _ flow: [Int: Double]) -> RiserRooms {
        let supply = shares.demand.supply
        var room = risen[building]?.room ?? state.room
        let heat = model.respond(
            building, capacityFlow: range.map { supply[$0].isFinite ? (flow[$0] ?? 0) * heatCapacity : 0 }, supply: range.map { supply[$0] },
            room: &room)
        var surplus = zip(heat, state.heat).map { $0 - $1 }
        if let last = risen[building]?.surplus { for local in surplus.indices { surplus[local] = last[local] + relaxation * (surplus[local] - last[local]) } }
        return RiserRooms(room: room, heat: heat, surplus: surplus)
    }

    /// Heat of every emitter on a riser, W, by dwelling of the network; of others nothing.
    func riserHeats() -> [Double] {
        var heats = [Double](repeating: 0, count: distribution.network.dwellings.count)
        for (building, rooms) in risen {
            let first = distribution.network.buildings[building].dwellings.lowerBound
            for (local, heat) in rooms.heat.enumerated() { heats[first + local] = heat }
        }
        return heats
    }

    /// Takes over the temperatures of a riser; the greatest change of a supply, K.
    mutating func take(_ riser: Int, _ design: CircuitDesign, _ circuit: Int) -> Double {
        let part = distribution.circuits[circuit]
        let arriving = design.temperatures.outlet(part.consumers[part.risers[riser].consumer].link)
        guard arriving.isFinite else { return 0 }
        var change = abs(arriving - riserSupply[circuit][riser])
        riserSupply[circuit][riser] += relaxation * (arriving - riserSupply[circuit][riser])
        for emitter in part.risers[riser].stages.joined() {
            let inlet = design.temperatures.inlet(emitter.link)
            guard inlet.isFinite else { continue }
            change = max(change, abs(inlet - shares.demand.supply[emitter.dwelling]))
            shares.demand.supply[emitter.dwelling] += relaxation * (inlet - shares.demand.supply[emitter.dwelling])
        }
        return change
    }
}
