import NetworkModel

/// The primary sides of substations in a circuit.
extension CircuitModel {
    /// What each primary side gives and how its secondary's supply follows; returns the largest change of a supply, K.
    func answerPrimaries(_ exchanges: inout [Exchange], heatCapacity: Double) -> Double {
        var worst = 0.0
        for primary in primaries {
            let before = exchanges[primary.substation].supply
            if answer(primary, &exchanges[primary.substation], heatCapacity) {
                worst = max(worst, (exchanges[primary.substation].supply - before).magnitude)
            }
        }
        return worst
    }

    /// Whether water gives heat in an exchanger, and what it gives.
    private func answer(_ primary: ExchangerLink, _ exchange: inout Exchange, _ heatCapacity: Double) -> Bool {
        let flow = movingFlow(primary.link) * heatCapacity
        let inlet = inletTemperature(primary.link)
        exchange.primaryFlow = flow
        guard flow > 0, inlet.isFinite, exchange.secondaryFlow > 0 else {
            exchange.heat = 0
            exchange.isHeld = false
            exchange.state = .idle
            // Without heat the secondary circulates at its own return temperature.
            let idle = exchange.returnSlope < 1
                ? (exchange.secondaryReturn - exchange.returnSlope * exchange.answeredSupply) / (1 - exchange.returnSlope)
                : exchange.secondaryReturn
            exchange.supply = exchange.secondaryFlow > 0 ? idle : exchange.setPoint
            return false
        }
        exchange.primarySupply = inlet
        exchange.isHeld = isHolding(primary, exchange, flow)
        let aim = exchange.aim
        if exchange.isHeld {
            exchange.supply = aim
            exchange.state = aim < exchange.setPoint ? .heatLimit : .held
        } else {
            let (constant, slope) = exchange.starvedSupply(primaryFlow: flow)
            exchange.supply = min(aim, constant + slope * inlet)
            exchange.state = starvedState(primary, exchange, inlet)
        }
        exchange.heat = exchange.heat(at: exchange.supply)
        return true
    }

    private func starvedState(_ primary: ExchangerLink, _ exchange: Exchange, _ inlet: Double) -> SubstationState {
        if exchange.neededFlow(primarySupply: inlet) == .infinity { return .exchanger }
        return solution?.linkStatus[primary.link] == .limiting ? .flowLimit : .primaryFlow
    }
}
