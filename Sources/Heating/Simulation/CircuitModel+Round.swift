import Hydraulics
import NetworkModel
import Quantities

extension CircuitModel {
    /// Flow of a link, kg/s, whatever its direction; 0 where it counts as none.
    func movingFlow(_ link: Int) -> Double { moving[link] }

    /// Temperature of the water that enters a link, °C; NaN where none does.
    func inletTemperature(_ link: Int) -> Double {
        transport.isMoving(link) ? temperature[transport.inlet(of: link)] : .nan
    }

    /// Temperature of the water that leaves a link, °C; NaN where none does.
    func outletTemperature(_ link: Int) -> Double {
        transport.outlet(of: link, factor: factor, offset: offset, temperature: temperature)
    }

    // MARK: Flows

    /// Sets the flows that follow from temperatures: given loads, sources of given heat, controllers of substations.
    mutating func updateFlows(_ exchanges: [Exchange], heatCapacity: Double) {
        for load in loads {
            guard case .heat(let heat, let returnTemperature) = load.load else { continue }
            let inlet = guessedInlet(load.link)
            setFlow(load.link, heat.watts / (heatCapacity * max(inlet - returnTemperature.celsius, 1)), isImposed: load.isImposed)
        }
        for source in sourceStates where !source.givenHeat.isNaN {
            let inlet = guessedInlet(source.link)
            let heat = min(source.givenHeat, source.heatLimit)
            setFlow(source.link, max(0, heat) / (heatCapacity * max(source.setPoint - inlet, 1)), isImposed: true)
        }
        for primary in primaries { setFlow(primary.link, exchanges[primary.substation].flowLimit, isImposed: false) }
    }

    /// Inlet temperature of a link, or that of its upstream node's first guess before anything moves.
    private func guessedInlet(_ link: Int) -> Double {
        let moving = inletTemperature(link)
        if !moving.isNaN { return moving }
        let guess = temperature[Int(compiled.from[link])]
        return guess.isNaN ? state.linkTemperature[link] : guess
    }

    private mutating func setFlow(_ link: Int, _ flow: Double, isImposed: Bool) {
        if isImposed {
            guard state.prescribedFlow[link] != flow else { return }
            state.prescribedFlow[link] = flow
        } else {
            guard state.flowLimit[link] != flow else { return }
            state.flowLimit[link] = flow
        }
        isStale = true
    }

    /// Solves the hydraulics where anything changed, and orients the temperatures by the flows.
    ///
    /// While temperatures still move by `change` K, pressures need be no better than what that is worth: 1 Pa in the 10 kPa of
    /// a branch shifts its flow by 5e-5 and its return by some 1e-3 K.
    mutating func solveFlows(heatCapacity: Double, change: Double, closelyBelow: Double) throws(HydraulicFailure) {
        let closest = HydraulicOptions().pressureTolerance
        let tolerance = change > closelyBelow ? min(10 * change, 50) : closest
        guard isStale || solution == nil || pressureTolerance > max(tolerance, closest) else { return }
        pressureTolerance = tolerance
        isStale = false
        let solved = try solve(isProvisional: change > closelyBelow)
        hydraulicIterations += solved.iterations
        var largest = 0.0
        for flow in solved.massFlow { largest = max(largest, flow.magnitude) }
        // Ten times what the solver leaves at a node.
        stillBelow = max(10 * HydraulicOptions().relativeMassTolerance * largest, 1e-12)
        updateInflow(solved.massFlow)
        // Water that is pushed backwards through a source or an exchanger is not heated there.
        for source in sourceStates { isCut[source.link] = solved.massFlow[source.link] > 0 }
        for secondary in secondaries { isCut[secondary.link] = solved.massFlow[secondary.link] > 0 }
        transport.orient(massFlow: solved.massFlow, isCut: isCut, inflow: inflow, stillBelow: stillBelow)
        for link in moving.indices { moving[link] = transport.isMoving(link) ? solved.massFlow[link].magnitude : 0 }
        for pipe in compiled.pipes {
            let conductance = pipeConductance[pipe]
            let flow = solved.massFlow[pipe].magnitude
            guard conductance > 0, flow > stillBelow else { continue }
            let lost = -exponentialMinusOne(-conductance / (flow * heatCapacity))
            factor[pipe] = 1 - lost
            offset[pipe] = ambient[pipe] * lost
        }
        solution = solved
    }

    /// Solves; where guessed temperatures make sources of given heat bring more water than the loads take, so that a pump or check valve
    /// at the source that makes up the balance would have to pass it backwards, they bring a little less than is taken for now.
    private mutating func solve(isProvisional: Bool) throws(HydraulicFailure) -> HydraulicSolution {
        var options = HydraulicOptions()
        options.pressureTolerance = pressureTolerance
        // Rounds are provisional; what comes out in the end is judged once.
        options.isJudged = false
        // Taken out of this value, so that nobody shares its storage.
        var workspace: HydraulicSolver?
        swap(&workspace, &solver)
        var solver = workspace.take() ?? HydraulicSolver(compiled, options: options)
        solver.options = options
        defer { self.solver = solver }
        do throws(HydraulicFailure) {
            return try solver.solve(state, from: solution)
        } catch {
            guard isProvisional, let eased = easedState else { throw error }
            isStale = true
            return try solver.solve(eased, from: solution)
        }
    }

    /// The state with the flows of sources of given heat in proportion to what given loads take; nil where that would not lower them.
    private var easedState: CircuitState? {
        var (given, taken) = (0.0, 0.0)
        for source in sourceStates where !source.givenHeat.isNaN { given += state.prescribedFlow[source.link] }
        for load in loads where load.isImposed { taken += state.prescribedFlow[load.link] }
        guard given > Self.easedShare * taken && taken > 0 else { return nil }
        var eased = state
        for source in sourceStates where !source.givenHeat.isNaN {
            eased.prescribedFlow[source.link] *= Self.easedShare * taken / given
        }
        return eased
    }

    /// Share of what the loads take that sources of given heat bring while it is not known better.
    private static var easedShare: Double { 0.9 }

    /// Water that comes from outside at open nodes: what flows away beyond what flows in.
    private mutating func updateInflow(_ massFlow: [Double]) {
        guard !openNodes.isEmpty else { return }
        for node in openNodes { inflow[node] = 0 }
        var net = inflow
        for link in massFlow.indices {
            net[Int(compiled.from[link])] += massFlow[link]
            net[Int(compiled.to[link])] -= massFlow[link]
        }
        // A held pressure in a closed circuit is left with the solver's rounding.
        for node in openNodes { inflow[node] = net[node] > 100 * stillBelow ? net[node] : 0 }
    }

    /// Takes over how the return of each source follows the supplies.
    mutating func takeReturnSlopes(_ slopes: [Double]) {
        for place in sourceStates.indices {
            let slope = slopes[transport.inlet(of: sourceStates[place].link)]
            sourceStates[place].returnSlope = slope.isFinite ? min(max(slope, 0), 1) : 0
        }
    }

    // MARK: Temperatures

    /// Outlet laws of sources, exchangers and given loads for this round.
    mutating func setBoundaries(_ exchanges: [Exchange], heatCapacity: Double) {
        for source in sourceStates { offset[source.link] = isCut[source.link] ? source.supply : 0 }
        for secondary in secondaries {
            offset[secondary.link] = isCut[secondary.link] ? exchanges[secondary.substation].supply : 0
        }
        for primary in primaries { setPrimary(primary, exchanges[primary.substation], heatCapacity) }
        for load in loads {
            let flow = movingFlow(load.link)
            switch load.load {
            case .heat(_, let returnTemperature):
                // Water that arrives colder than the given return takes no part.
                let inlet = inletTemperature(load.link)
                let isWarm = !(inlet <= returnTemperature.celsius)
                (factor[load.link], offset[load.link]) = isWarm ? (0, returnTemperature.celsius) : (1, 0)
            case .flow(_, let drop): offset[load.link] = -drop.value
            case .flowAndHeat(_, let heat): offset[load.link] = flow > 0 ? -heat.watts / (flow * heatCapacity) : 0
            case .emitter, .none: break
            }
        }
    }

    /// Outlet of a substation's primary side: what it takes at the flow it has.
    private mutating func setPrimary(_ primary: ExchangerLink, _ exchange: Exchange, _ heatCapacity: Double) {
        let flow = movingFlow(primary.link) * heatCapacity
        guard flow > 0, exchange.secondaryFlow > 0 else {
            (factor[primary.link], offset[primary.link]) = (1, 0)
            return
        }
        if isHolding(primary, exchange, flow) {
            (factor[primary.link], offset[primary.link]) = (1, -max(0, exchange.heat(at: exchange.aim)) / flow)
        } else {
            let (constant, slope) = exchange.starvedSupply(primaryFlow: flow)
            // Q(T_s) is linear, T_s is linear in the primary supply.
            let none = exchange.heat(at: 0)
            let perKelvin = exchange.heat(at: 1) - none
            factor[primary.link] = 1 - perKelvin * slope / flow
            offset[primary.link] = -(none + perKelvin * constant) / flow
        }
    }

    /// Whether the controller keeps its aim: its limit is what limits the flow, or the flow is enough.
    func isHolding(_ primary: ExchangerLink, _ exchange: Exchange, _ capacityFlow: Double) -> Bool {
        let inlet = inletTemperature(primary.link)
        let needed = exchange.neededFlow(primarySupply: inlet.isNaN ? exchange.primarySupply : inlet)
        guard needed < .infinity else { return false }
        if capacityFlow >= needed { return true }
        // At its own limit the controller would open further, unless the substation may take no more.
        return solution?.linkStatus[primary.link] == .limiting && exchange.flowLimit < exchange.primaryFlowLimit
    }

    /// Outlets of emitters, linear about the state that their buildings have just answered.
    mutating func takeReturns(of buildings: [BuildingModel]) {
        for group in emitterGroups {
            let building = buildings[group.building]
            for position in group.emitters {
                let emitter = emitters[position]
                factor[emitter.link] = building.returnPerSupply[emitter.place]
                offset[emitter.link] = building.returnOffset(emitter.place)
            }
        }
    }

    /// Node temperatures for the present laws.
    mutating func propagate() {
        transport.propagate(
            factor: factor, offset: offset, outside: outside, seed: state.linkTemperature.first ?? 0, into: &temperature)
    }

    /// Mean water temperatures for density, viscosity and gravity.
    ///
    /// Still water is as cold as the ground: of one temperature, so that it has no reason to move. Gravity that drives what
    /// heats it may swing from round to round: steps are shortened by Aitken's rule for vectors (Irons & Tuck, Int. J.
    /// Numer. Methods Eng. 1, 1969) as soon as they turn back, and full again when they no longer do.
    /// - Parameter isContinuing: whether the last step was made from the same boundary temperatures.
    mutating func updateLinkTemperatures(_ conditions: Cell.Conditions, isContinuing: Bool) {
        let heatCapacity = conditions.heatCapacity
        guard solution != nil else { return }
        let isCompared = isContinuing && wantedStep.count == compiled.links.count
        if wantedStep.count != compiled.links.count { wantedStep = Array(repeating: 0, count: compiled.links.count) }
        var (along, change) = (0.0, 0.0)
        for link in compiled.links.indices {
            let step = meanWaterTemperature(link, heatCapacity) - state.linkTemperature[link]
            let difference = step - wantedStep[link]
            along += wantedStep[link] * difference
            change += difference * difference
            wantedStep[link] = step
        }
        if isCompared && change > 0 { relaxation = min(max(-relaxation * along / change, 0.1), 1) }
        var largest = 0.0
        for step in wantedStep { largest = max(largest, step.magnitude) }
        // Less moves no flow by more than its solver's own tolerance.
        guard relaxation * largest > conditions.negligible else { return }
        isStale = true
        for link in wantedStep.indices { state.linkTemperature[link] += relaxation * wantedStep[link] }
    }

    /// Mean temperature of the water in a link by the present flows, °C.
    private func meanWaterTemperature(_ link: Int, _ heatCapacity: Double) -> Double {
        let inlet = inletTemperature(link)
        guard inlet.isFinite else { return restTemperature }
        var mean: Double
        if link < compiled.pipes.upperBound {
            let n = pipeConductance[link] / (movingFlow(link) * heatCapacity)
            mean = n > 1e-6
                ? ambient[link] + (inlet - ambient[link]) * (1 - factor[link]) / n : inlet - 0.5 * n * (inlet - ambient[link])
        } else {
            mean = 0.5 * (inlet + outletTemperature(link))
        }
        return mean.isFinite ? mean : inlet
    }

    /// Largest change of a node temperature since the last call, and where.
    mutating func takeChange() -> (change: Double, node: Int) {
        var worst = (change: 0.0, node: 0)
        for node in temperature.indices {
            let (now, before) = (temperature[node], previous[node])
            // A node that starts or stops to have moving water is no measure.
            if (now - before).magnitude > worst.change { worst = ((now - before).magnitude, node) }
            previous[node] = now
        }
        return worst
    }
}
