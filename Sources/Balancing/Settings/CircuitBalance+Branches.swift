import Hydraulics
import NetworkModel
import Quantities

/// The branches of dwellings: what of them does not depend on settings, found once.
extension CircuitBalance {
    /// A consumer's branch at its design flow; its valve is −1 where it has none that can be chosen.
    func designBranch(of consumer: Int) -> Branch {
        let data = circuit.consumers[consumer]
        let link = choosableValve(of: consumer) ?? -1
        var branch = Branch(
            consumer: consumer, valve: link, model: -1, aim: 0, terminal: 0, unitLoss: 0, design: flow[data.link].magnitude, fullyOpen: 0,
            feedback: 0, quiet: .infinity, wish: wish(data))
        guard link >= 0, let valve = circuit.setValve[link] else { return branch }
        let compiled = circuit.compiled
        let model = network.valves[valve].model
        branch.model = model?.position ?? -1
        branch.terminal = compiled.pressureLoss(link: data.link, massFlow: branch.design, state).loss
        branch.unitLoss = FlowCoefficient(1).resistance(density: Density(compiled.density(link: link, state))) * branch.design * branch.design
        branch.fullyOpen = network.fullyOpenKv(of: valve)
        branch.quiet = model.flatMap { network.valveModels[$0].noiseLimit?.value } ?? options.quietLoss
        return branch
    }

    /// How a consumer's miss of its design flow counts.
    ///
    /// A dwelling meant to reach its target misses it by any water too little, while a little too much only costs heat; one
    /// that its own valve or a pipe stops is among the coldest, and what it lacks more cannot be given back.
    private func wish(_ consumer: DesignCircuit.Consumer) -> FlowWish {
        // Somebody on a riser just gets what it needs: less would leave it cold.
        if case .riser = consumer.kind { return FlowWish(shortfallWeight: options.shortfallWeight) }
        guard case .dwelling(let dwelling) = consumer.kind else { return FlowWish() }
        return switch limits[dwelling.position].limit {
        case .none: FlowWish(shortfallWeight: options.shortfallWeight, leastMiss: -options.promiseMiss)
        case .valve, .noise, .pipe: FlowWish(shortfallWeight: options.shortfallWeight)
        default: FlowWish()
        }
    }

    /// The dwelling's own valve of a consumer, by local link; nil where it has none that can be set, or no water is meant for it.
    func dwellingValve(of consumer: Int) -> Int? {
        let link = branches[consumer].valve
        return link >= 0 ? link : nil
    }

    /// The dwelling's own valve or controller of a consumer, by local link.
    func ownValve(of consumer: Int) -> Int? {
        guard case .dwelling = circuit.consumers[consumer].kind, let last = chains.valves(of: consumer).last,
            let valve = circuit.setValve[Int(last)], network.valves[valve].level == .dwelling
        else { return nil }
        return Int(last)
    }

    private func choosableValve(of consumer: Int) -> Int? {
        guard case .dwelling = circuit.consumers[consumer].kind, !spare[consumer].isNaN,
            let last = chains.valves(of: consumer).last, let valve = circuit.setValve[Int(last)],
            network.valves[valve].level == .dwelling, !network.valves[valve].isController
        else { return nil }
        return Int(last)
    }
}
