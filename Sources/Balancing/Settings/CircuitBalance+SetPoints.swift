import Hydraulics
import NetworkModel
import Quantities

/// Self-acting controllers: they get a set point where a valve gets a setting.
///
/// Like the valve in its place a controller takes what all behind it have too much. A Δp controller is set to the difference
/// that is then left between its sensors, which is what the index dwelling behind it needs; a pressure-independent valve to the
/// design flow, and its Kv is the one that loses its least difference at that flow.
extension CircuitBalance {
    /// Sets a controller that has a loss to take at the design flow.
    mutating func chooseSetPoint(_ link: Int, _ valve: ValveIndex, loss: Double) {
        heldLoss[link] = loss
        switch network.valves[valve].function {
        case .pressureIndependent: chooseFlow(link, valve, flow[link].magnitude)
        case .differentialPressure(_, let high, let low): chooseDifference(link, valve, high, low, loss: loss)
        default: break
        }
    }

    /// Sets a pressure-independent valve to the mark next to a flow, rather to the one above where too little is worse.
    mutating func chooseFlow(_ link: Int, _ valve: ValveIndex, _ wanted: Double) {
        let data = network.valves[valve]
        guard let model = data.model.map({ network.valveModels[$0] }), let scale = model.setPoints else {
            guard wanted > 0, case .pressureIndependent(let before) = data.function else { return }
            // Without a model: any flow, and the least difference that it has today.
            if before.value > 0 { state.kv[link] = data.kv.value * wanted / before.value }
            held[link] = .pressureIndependent(MassFlow(wanted))
            state.flowLimit[link] = wanted
            return
        }
        let fluid = network.conditions.fluid
        let wish = ValveModel.scaleFlow(MassFlow(wanted), of: fluid)
        let (below, above) = scale.marks(around: wish)
        let mark = (wish - below) * options.shortfallWeight <= above - wish ? below : above
        let function = model.holding(mark, data.function, of: fluid)
        setting[link] = mark
        state.kv[link] = model.kv(at: mark).value
        held[link] = function
        if case .pressureIndependent(let flow) = function { state.flowLimit[link] = flow.kilogramsPerSecond }
    }

    /// Sets a Δp controller to what is left between its sensors when it takes a loss: to the mark above, or the one below where
    /// the controller would stand open before it reached that.
    private mutating func chooseDifference(_ link: Int, _ valve: ValveIndex, _ high: NodeIndex, _ low: NodeIndex, loss: Double) {
        let data = network.valves[valve]
        guard let upper = circuit.compiled.local(high), let lower = circuit.compiled.local(low) else { return }
        let exact = difference(upper, lower, beside: link) - loss
        guard exact.isFinite else { return }
        let open = circuit.compiled.pressureLoss(link: link, massFlow: flow[link], state).loss.magnitude
        var set = max(exact, 0)
        if let scale = data.model.flatMap({ network.valveModels[$0].setPoints }) {
            let (below, above) = scale.marks(around: exact / 1000)
            set = 1000 * (loss - (1000 * above - exact) >= open ? above : below)
            setting[link] = set / 1000
        } else {
            // Without a model: a tenth of a kilopascal is what a gauge shows.
            set = (set / 100).rounded(.up) * 100
        }
        heldLoss[link] = max(loss - (set - exact), open)
        held[link] = .differentialPressure(PressureDifference(set), high: high, low: low)
        state.setPoint[link] = set
    }

    /// Pressure difference between two nodes at the design flows with all valves as they are set, one left out, Pa.
    private func difference(_ upper: Int, _ lower: Int, beside left: Int) -> Double {
        let pressure = circuit.pressures(state, loss: loss)
        var sum = pressure[upper] - pressure[lower]
        let (up, down) = (circuit.way(from: upper), circuit.way(from: lower))
        // Links of both ways take nothing between the two.
        for link in up where !down.contains(link) { sum += share(of: link, left) }
        for link in down where !up.contains(link) { sum += share(of: link, left) }
        return sum
    }

    private func share(of link: Int, _ left: Int) -> Double {
        if let head = pumpHeads[link] { return head }
        return link != left && circuit.setValve[link] != nil ? -valveLoss(link) : 0
    }

    /// Whether a link is a controller that people set.
    func isController(_ link: Int) -> Bool { circuit.setValve[link].map { network.valves[$0].isController } ?? false }

    /// Whether a link is a Δp controller that people set.
    func holdsDifference(_ link: Int) -> Bool { circuit.setValve[link].map { network.valves[$0].holdsDifference } ?? false }
}

extension Network {
    /// Least pressure difference at which a controller regulates at a flow, Pa; 0 where nothing is stated.
    func leastLoss(of valve: ValveIndex) -> Double {
        let data = valves[valve]
        if let stated = data.model.flatMap({ valveModels[$0].leastLoss }) { return stated.value }
        guard case .pressureIndependent(let flow) = data.function, data.model == nil, data.kv.value > 0 else { return 0 }
        return data.kv.resistance(density: conditions.fluid.density(at: Temperature(celsius: 60))) * flow.value * flow.value
    }
}
