import Hydraulics

extension DesignCircuit {
    /// Loss of every link at its design flow, Pa: pumps give their head, settable valves what `state.kv` lets them take.
    func losses(_ flow: [Double], _ state: CircuitState) -> [Double] {
        var loss = compiled.losses(flow, state)
        for link in compiled.pumps { loss[link] = compiled.pressureLoss(link: link, massFlow: flow[link], state).loss }
        for link in compiled.formulas where flow[link] != 0 { loss[link] = compiled.pressureLoss(link: link, massFlow: flow[link], state).loss }
        return loss
    }

    /// Pressure left at each consumer when its own loss and gravity head are paid, Pa; NaN for one without water.
    ///
    /// Negative where the pump is too weak for the design flows even with every valve as open as the state says.
    func spares(_ flow: [Double], _ state: CircuitState, loss: [Double]) -> [Double] {
        let pressure = pressures(state, loss: loss)
        return consumers.map { consumer in
            guard consumer.isReachable, consumer.isLoad, flow[consumer.link] != 0 else { return .nan }
            let drop = pressure[Int(compiled.from[consumer.link])] - pressure[Int(compiled.to[consumer.link])]
            return drop - loss[consumer.link] - compiled.gravityHead(link: consumer.link, state)
        }
    }

    /// The consumer with the least pressure left, Pa; nil where nothing flows.
    func index(_ flow: [Double], _ state: CircuitState) -> (consumer: Int, spare: Double)? {
        let spares = spares(flow, state, loss: losses(flow, state))
        var least: (consumer: Int, spare: Double)?
        for (position, spare) in spares.enumerated() where spare < least?.spare ?? .infinity { least = (position, spare) }
        return least
    }

    /// Head of the main pump and those in line with it at a set of flows, Pa; nil without one.
    func pumpHead(_ flow: [Double], _ state: CircuitState) -> Double? {
        mainPump.map { main in
            ([main] + pumps.series).reduce(0) { sum, pump in
                let link = compiled.pumps.lowerBound + pump
                return sum - compiled.pressureLoss(link: link, massFlow: flow[link], state).loss
            }
        }
    }
}
