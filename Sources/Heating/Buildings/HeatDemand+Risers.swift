import NetworkModel
import Quantities

extension HeatDemand {
    /// The needs of dwellings on one-pipe risers: one flow for all of a riser, the least with which each gets its heat from the water that
    /// those before it leave; `supply`, `requiredFlow`, `greatestHeat` and `isSaturated` then hold for that.
    mutating func serveRisers(of network: Network) {
        let capacity = network.conditions.fluid.heatCapacity.value
        for riser in network.onePipeRisers() where riser.missing.isEmpty {
            let law = OnePipeLaw(riser, of: network, heat: requiredHeat, room: room)
            // Before it meets anyone the water is as warm as anyone was told.
            let arriving = riser.stages.joinedEmitters.reduce(-Double.infinity) { max($0, supply[$1.dwelling.position]) }
            guard arriving.isFinite, !riser.isBlocked else { continue }
            let flow = law.requiredCapacityFlow(supply: arriving)
            let state = law.state(capacityFlow: flow, supply: arriving)
            for (place, stage) in riser.stages.enumerated() {
                for (entry, branch) in stage.emitters.enumerated() {
                    let position = branch.dwelling.position
                    let emitter = law.stages[place][entry]
                    supply[position] = state.supply[place]
                    greatestHeat[position] = emitter.law.greatestHeat(supply: state.supply[place], room: room[position])
                    isSaturated[position] = requiredHeat[position] > 0
                        && (greatestHeat[position] <= requiredHeat[position] || !state.suffices[place][entry])
                    requiredFlow[position] = emitter.share * flow / capacity
                }
            }
        }
    }
}

extension OnePipeLaw {
    /// The law of a riser of a network.
    ///
    /// - Parameters:
    ///   - heat: heat asked of each dwelling of the network, W.
    ///   - room: room temperature of each, °C.
    public init(_ riser: OnePipeRiser, of network: Network, heat: [Double], room: [Double]) {
        self.init(
            stages: riser.stages.map { stage in
                stage.emitters.map { branch in
                    Emitter(
                        law: EmitterLaw(network.dwellings[branch.dwelling].emitter), share: riser.share(branch, in: stage),
                        heat: heat[branch.dwelling.position], room: room[branch.dwelling.position])
                }
            })
    }
}

extension [OnePipeRiser.Stage] {
    /// All emitters in the order of the water.
    package var joinedEmitters: [OnePipeRiser.Branch] { flatMap(\.emitters) }
}
