extension Simulation {
    /// Heat given, taken and lost at the present state.
    func energyBalance(heatCapacity: Double) -> EnergyBalance {
        var balance = EnergyBalance(
            sources: 0, boundaries: 0, dwellings: 0, loads: 0, losses: 0, residual: 0, relativeResidual: 0)
        for cell in levels.joined() {
            for building in cell.buildings { for heat in building.heats { balance.dwellings += heat } }
            for circuit in cell.circuits { circuit.add(to: &balance, heatCapacity: heatCapacity) }
        }
        balance.residual =
            balance.sources + balance.boundaries - balance.dwellings - balance.loads - balance.losses
        // Water that only goes round or through gives and takes rounding; then what a kelvin of it would carry is the measure.
        var perKelvin = 0.0
        for circuit in levels.joined().flatMap(\.circuits) {
            for source in circuit.sourceStates { perKelvin += circuit.movingFlow(source.link) * heatCapacity }
            for node in circuit.openNodes { perKelvin += circuit.inflow[node] * heatCapacity }
        }
        let turnover = max(
            perKelvin, balance.sources.magnitude + max(0, balance.boundaries),
            balance.dwellings.magnitude + balance.loads.magnitude + balance.losses.magnitude)
        balance.relativeResidual = turnover > 0 ? balance.residual.magnitude / turnover : 0
        return balance
    }
}

extension CircuitModel {
    /// Adds this circuit's sources, loads, losses and what crosses its open nodes.
    fileprivate func add(to balance: inout EnergyBalance, heatCapacity: Double) {
        func taken(_ link: Int) -> Double {
            let flow = movingFlow(link) * heatCapacity
            guard flow > 0 else { return 0 }
            let heat = flow * (inletTemperature(link) - outletTemperature(link))
            return heat.isFinite ? heat : 0
        }
        for source in sourceStates { balance.sources -= taken(source.link) }
        for load in loads { balance.loads += taken(load.link) }
        for pipe in compiled.pipes where pipeConductance[pipe] > 0 { balance.losses += taken(pipe) }
        guard let flows = solution?.massFlow, !openNodes.isEmpty else { return }
        var net = [Double](repeating: 0, count: temperature.count)
        for link in flows.indices {
            net[Int(compiled.from[link])] += flows[link]
            net[Int(compiled.to[link])] -= flows[link]
        }
        for node in openNodes where net[node].magnitude > 100 * stillBelow {
            let heat = net[node] * heatCapacity * (net[node] > 0 ? outside[node] : temperature[node])
            if heat.isFinite { balance.boundaries += heat }
        }
    }
}
