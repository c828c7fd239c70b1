import Hydraulics
import NetworkModel
import Quantities

extension Simulation {
    /// Gathers the state of all cells into one outcome.
    mutating func outcome(
        _ weather: Weather, _ setPoints: SetPoints, _ energy: EnergyBalance, _ checks: [SolutionCheck], rounds: Int,
        _ history: [Double]
    ) -> Outcome {
        var outcome = Outcome(empty: network, weather, setPoints, energy)
        outcome.iterations = rounds
        outcome.history = history
        outcome.checks = checks
        for level in levels.indices {
            for cell in levels[level].indices {
                for b in levels[level][cell].buildings.indices {
                    let range = levels[level][cell].buildings[b].dwellings
                    outcome.delivered.replaceSubrange(range, with: levels[level][cell].buildings[b].heats)
                    outcome.room.replaceSubrange(range, with: levels[level][cell].buildings[b].rooms)
                }
                for c in levels[level][cell].circuits.indices {
                    levels[level][cell].circuits[c].write(to: &outcome, network)
                    outcome.hydraulicIterations += levels[level][cell].circuits[c].hydraulicIterations
                }
            }
        }
        for (substation, exchange) in couplings.enumerated() { outcome.substations[substation].state = exchange.state }
        addExchangerHeats(&outcome)
        if options.comparesGravity && !options.isothermal { outcome.flowWithoutGravity = flowsWithoutGravity() }
        if options.findsProblems { outcome.findings = findings(outcome) }
        return outcome
    }

    /// Flow through each dwelling's emitter with every circuit at its mean temperature, kg/s; nil where that cannot be solved.
    private func flowsWithoutGravity() -> [Double]? {
        let cells = levels.joined().map { $0 }
        let parts = Workers.map(cells.count, threads: options.threads) { position in
            cells[position].circuits.map { $0.emitters.isEmpty ? [] : $0.flowsWithoutGravity() }
        }
        var flows = [Double](repeating: 0, count: network.dwellings.count)
        for (cell, part) in zip(cells, parts) {
            for (circuit, found) in zip(cell.circuits, part) {
                guard let found else { return nil }
                for (emitter, flow) in zip(circuit.emitters, found) { flows[emitter.dwelling] = flow }
            }
        }
        return flows
    }

    private func addExchangerHeats(_ outcome: inout Outcome) {
        let capacity = network.conditions.fluid.heatCapacity.value
        for position in outcome.substations.indices {
            let side = outcome.substations[position]
            let heat = side.primaryFlow * capacity * (side.primarySupply - side.primaryReturn)
            outcome.substations[position].heat = heat.isFinite ? heat : 0
        }
    }
}

extension Outcome {
    /// An outcome in which nothing flows.
    fileprivate init(empty network: Network, _ weather: Weather, _ setPoints: SetPoints, _ energy: EnergyBalance) {
        self.weather = weather
        self.setPoints = setPoints
        self.energy = energy
        let (links, nodes, dwellings) = (network.links.count, network.nodes.count, network.dwellings.count)
        massFlow = Array(repeating: 0, count: links)
        pressureLoss = Array(repeating: .nan, count: links)
        status = Array(repeating: .closed, count: links)
        pumpSpeed = network.pumps.map(\.speed)
        density = pressureLoss
        linkOutletTemperature = pressureLoss
        pressure = Array(repeating: .nan, count: nodes)
        temperature = pressure
        isReachable = Array(repeating: false, count: nodes)
        flowWithoutGravity = nil
        delivered = Array(repeating: 0, count: dwellings)
        room = Array(repeating: .nan, count: dwellings)
        dwellingSupply = room
        dwellingReturn = room
        dwellingFlow = delivered
        sources = Array(
            repeating: SourceOutcome(
                heat: 0, supply: .nan, return: .nan, massFlow: 0, isHeatLimited: false, isFlowLimited: false),
            count: network.sources.count)
        substations = Array(
            repeating: SubstationOutcome(
                heat: 0, primarySupply: .nan, primaryReturn: .nan, secondarySupply: .nan, secondaryReturn: .nan,
                primaryFlow: 0, secondaryFlow: 0, state: .idle),
            count: network.substations.count)
        checks = []
        iterations = 0
        hydraulicIterations = 0
        history = []
        findings = []
    }
}

extension CircuitModel {
    /// Flow through each emitter with all water at the circuit's mean temperature, kg/s.
    fileprivate func flowsWithoutGravity() -> [Double]? {
        guard let solution, !compiled.links.isEmpty else { return nil }
        var options = HydraulicOptions()
        options.pressureTolerance = pressureTolerance
        options.isJudged = false
        var solver = HydraulicSolver(compiled, options: options)
        var state = state
        let mean = state.linkTemperature.reduce(0, +) / Double(state.linkTemperature.count)
        for link in state.linkTemperature.indices { state.linkTemperature[link] = mean }
        do throws(HydraulicFailure) {
            let solved = try solver.solve(state, from: solution)
            return emitters.map { solved.massFlow[$0.link].magnitude }
        } catch {
            return nil
        }
    }

    /// Writes this circuit's part of an outcome.
    fileprivate mutating func write(to outcome: inout Outcome, _ network: Network) {
        guard let solution else { return }
        let capacity = network.conditions.fluid.heatCapacity.value
        outcome.pressure.scatter(solution.pressure, to: compiled.nodes)
        outcome.isReachable.scatter(solution.isReachable, to: compiled.nodes)
        outcome.temperature.scatter(temperature, to: compiled.nodes)
        outcome.massFlow.scatter(solution.massFlow, to: compiled.links)
        outcome.status.scatter(solution.linkStatus, to: compiled.links)
        writeLosses(to: &outcome, solution)
        for (place, local) in compiled.pumps.enumerated() {
            guard case .pump(let pump) = network.links[compiled.links[local]].element, network.pumps[pump].control != .fixedSpeed else { continue }
            outcome.pumpSpeed[pump.position] = solution.pumpSpeed[place]
        }
        for emitter in emitters {
            outcome.dwellingFlow[emitter.dwelling] = solution.massFlow[emitter.link].magnitude
            outcome.dwellingSupply[emitter.dwelling] = inletTemperature(emitter.link)
            outcome.dwellingReturn[emitter.dwelling] = outletTemperature(emitter.link)
        }
        for source in sourceStates {
            let (inlet, outlet) = (inletTemperature(source.link), outletTemperature(source.link))
            let heat = movingFlow(source.link) * capacity * (outlet - inlet)
            outcome.sources[source.source] = SourceOutcome(
                heat: heat.isFinite ? heat : 0, supply: outlet, return: inlet, massFlow: solution.massFlow[source.link],
                isHeatLimited: outlet < source.setPoint - 1e-6,
                isFlowLimited: solution.linkStatus[source.link] == .limiting)
        }
        for side in primaries {
            outcome.substations[side.substation].primarySupply = inletTemperature(side.link)
            outcome.substations[side.substation].primaryReturn = outletTemperature(side.link)
            outcome.substations[side.substation].primaryFlow = solution.massFlow[side.link]
        }
        for side in secondaries {
            outcome.substations[side.substation].secondarySupply = outletTemperature(side.link)
            outcome.substations[side.substation].secondaryReturn = inletTemperature(side.link)
            outcome.substations[side.substation].secondaryFlow = solution.massFlow[side.link]
        }
    }

    /// Writes pressure losses, densities and outlet temperatures of links.
    private func writeLosses(to outcome: inout Outcome, _ solution: HydraulicSolution) {
        let count = compiled.links.count
        var (losses, densities) = ([Double](repeating: .nan, count: count), [Double](repeating: .nan, count: count))
        var outlets = losses
        for local in 0..<count {
            let drop = solution.pressure[Int(compiled.from[local])] - solution.pressure[Int(compiled.to[local])]
            losses[local] = drop - compiled.gravityHead(link: local, state)
            densities[local] = compiled.density(link: local, state)
            outlets[local] = outletTemperature(local)
        }
        outcome.pressureLoss.scatter(losses, to: compiled.links)
        outcome.density.scatter(densities, to: compiled.links)
        outcome.linkOutletTemperature.scatter(outlets, to: compiled.links)
    }
}

extension [Double] {
    /// Writes local values to their places in the network.
    fileprivate mutating func scatter(_ values: [Double], to nodes: [NodeIndex]) {
        let (values, nodes) = (values.span, nodes.span)
        var own = mutableSpan
        for local in 0..<nodes.count { own[nodes[local].position] = values[local] }
    }

    /// The same by link.
    fileprivate mutating func scatter(_ values: [Double], to links: [LinkIndex]) {
        let (values, links) = (values.span, links.span)
        var own = mutableSpan
        for local in 0..<links.count { own[links[local].position] = values[local] }
    }
}

extension [Bool] {
    /// Writes local values to their places in the network.
    fileprivate mutating func scatter(_ values: [Bool], to nodes: [NodeIndex]) {
        let (values, nodes) = (values.span, nodes.span)
        var own = mutableSpan
        for local in 0..<nodes.count { own[nodes[local].position] = values[local] }
    }
}

extension [LinkStatus] {
    /// Writes local values to their places in the network.
    fileprivate mutating func scatter(_ values: [LinkStatus], to links: [LinkIndex]) {
        let (values, links) = (values.span, links.span)
        var own = mutableSpan
        for local in 0..<links.count { own[links[local].position] = values[local] }
    }
}
