extension Simulation {
    /// Heat given, taken and lost at the present state.
    mutating func energyBalance(heatCapacity: Double) -> EnergyBalance {
        var balance = EnergyBalance(
            sources: 0, boundaries: 0, dwellings: 0, loads: 0, losses: 0, residual: 0, relativeResidual: 0)
        // Water that only goes round or through gives and takes rounding; then what a kelvin of it would carry is the measure.
        var perKelvin = 0.0
        for level in levels.indices {
            for cell in levels[level].indices {
                for b in levels[level][cell].buildings.indices {
                    for heat in levels[level][cell].buildings[b].heats { balance.dwellings += heat }
                }
                for c in levels[level][cell].circuits.indices {
                    perKelvin += heatCapacity * levels[level][cell].circuits[c].add(to: &balance, heatCapacity: heatCapacity)
                }
            }
        }
        balance.residual =
            balance.sources + balance.boundaries - balance.dwellings - balance.loads - balance.losses
        let turnover = max(
            perKelvin, balance.sources.magnitude + max(0, balance.boundaries),
            balance.dwellings.magnitude + balance.loads.magnitude + balance.losses.magnitude)
        balance.relativeResidual = turnover > 0 ? balance.residual.magnitude / turnover : 0
        return balance
    }
}

extension CircuitModel {
    /// Adds this circuit's sources, loads, losses and what crosses its open nodes; gives the flow through sources and from outside, kg/s.
    fileprivate mutating func add(to balance: inout EnergyBalance, heatCapacity: Double) -> Double {
        var passing = 0.0
        for source in sourceStates { passing += movingFlow(source.link) }
        for node in openNodes { passing += inflow[node] }
        func taken(_ link: Int) -> Double {
            let flow = movingFlow(link) * heatCapacity
            guard flow > 0 else { return 0 }
            let heat = flow * (inletTemperature(link) - outletTemperature(link))
            return heat.isFinite ? heat : 0
        }
        for source in sourceStates { balance.sources -= taken(source.link) }
        for load in loads { balance.loads += taken(load.link) }
        for pipe in compiled.pipes where pipeConductance[pipe] > 0 { balance.losses += taken(pipe) }
        guard let flows = solution?.massFlow, !openNodes.isEmpty else { return passing }
        var net = [Double](repeating: 0, count: temperature.count)
        for link in flows.indices {
            net[Int(compiled.from[link])] += flows[link]
            net[Int(compiled.to[link])] -= flows[link]
        }
        for node in openNodes where net[node].magnitude > 100 * stillBelow {
            let heat = net[node] * heatCapacity * (net[node] > 0 ? outside[node] : temperature[node])
            if heat.isFinite { balance.boundaries += heat }
        }
        return passing
    }
}
