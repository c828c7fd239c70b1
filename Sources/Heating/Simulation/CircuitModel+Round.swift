import Hydraulics
import NetworkModel
import Quantities

extension CircuitModel {
    /// Flow of a link, kg/s, whatever its direction; 0 where it counts as none.
    func movingFlow(_ link: Int) -> Double { moving[link] }

    /// Temperature of the water that enters a link, °C; NaN where none does.
    func inletTemperature(_ link: Int) -> Double {
        let node = Int(transport.inletNode[link])
        return node >= 0 ? temperature[node] : .nan
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
    mutating func solveFlows(_ conditions: Cell.Conditions, change: Double) throws(HydraulicFailure) {
        let heatCapacity = conditions.heatCapacity
        let closest = conditions.pressureTolerance
        let tolerance = change > conditions.closelyBelow ? max(min(10 * change, 50), closest) : closest
        guard isStale || solution == nil || pressureTolerance > tolerance else { return }
        pressureTolerance = tolerance
        isStale = false
        let solved = try solve(isProvisional: change > conditions.closelyBelow)
        // Newton's last step mostly leaves far less than was asked for: what it left is what the flows are good for.
        if let left = solved.residualHistory.last?.pressure { pressureTolerance = min(tolerance, max(closest, 2 * left)) }
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
        moving.take(solved.massFlow, inletNode: transport.inletNode)
        cool(solved.massFlow, heatCapacity: heatCapacity)
        solution = solved
    }

    /// What pipes lose by their flows.
    private mutating func cool(_ massFlow: [Double], heatCapacity: Double) {
        Self.cool(
            Cooling(massFlow: massFlow, conductance: pipeConductance, ambient: ambient, heatCapacity: heatCapacity, stillBelow: stillBelow),
            factor: &factor, offset: &offset, share: &meanShare)
    }

    /// What the cooling of pipes follows from.
    private struct Cooling {
        let massFlow: [Double]
        let conductance: [Double]
        let ambient: [Double]
        let heatCapacity: Double
        let stillBelow: Double
    }

    private static func cool(_ cooling: Cooling, factor: inout [Double], offset: inout [Double], share: inout [Double]) {
        let (conductance, ambient, massFlow) = (cooling.conductance.span, cooling.ambient.span, cooling.massFlow.span)
        var factor = factor.mutableSpan
        var offset = offset.mutableSpan
        var share = share.mutableSpan
        for pipe in 0..<conductance.count {
            let flow = massFlow[pipe].magnitude
            guard conductance[pipe] > 0, flow > cooling.stillBelow else { continue }
            let n = conductance[pipe] / (flow * cooling.heatCapacity)
            // (1 − e⁻ⁿ)/n; nearly all pipes lose so little that the series has all digits: its next term is below 1e-16.
            let part: Double
            if n < 0.02 {
                part = 1 - n * (0.5 - n * (1 / 6.0 - n * (1 / 24.0 - n * (1 / 120.0 - n * (1 / 720.0 - n * (1 / 5040.0))))))
            } else {
                part = -exponentialMinusOne(-n) / n
            }
            let lost = part * n
            factor[pipe] = 1 - lost
            offset[pipe] = ambient[pipe] * lost
            share[pipe] = part
        }
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
        for node in openNodes {
            let net = compiled.netOutflow(of: node, massFlow)
            // A held pressure in a closed circuit is left with the solver's rounding.
            inflow[node] = net > 100 * stillBelow ? net : 0
        }
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

    /// Tells buildings what water reaches their emitters. Mutating, as others here are that change nothing, so that nothing is copied
    /// where a circuit of an array is asked.
    mutating func feed(_ buildings: inout [BuildingModel], heatCapacity: Double) {
        for group in emitterGroups {
            buildings[group.building].takeFeed(
                emitters[group.emitters], inletNode: transport.inletNode, temperature: temperature, flow: moving, heatCapacity: heatCapacity)
        }
    }

    /// Outlets of emitters, linear about the state that their buildings have just answered.
    mutating func takeReturns(of buildings: [BuildingModel]) {
        for group in emitterGroups {
            let returns = EmitterReturns(
                slope: buildings[group.building].returnPerSupply, flow: buildings[group.building].feed.capacityFlow,
                supply: buildings[group.building].feed.supply, heat: buildings[group.building].heats)
            returns.give(emitters[group.emitters], factor: &factor, offset: &offset)
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
    /// - Parameters:
    ///   - negligible: change that moves no flow worth solving for, K.
    ///   - isContinuing: whether the last step was made from the same boundary temperatures.
    mutating func updateLinkTemperatures(negligible: Double, isContinuing: Bool) {
        guard solution != nil else { return }
        let isCompared = isContinuing && wantedStep.count == compiled.links.count
        if wantedStep.count != compiled.links.count { wantedStep = Array(repeating: 0, count: compiled.links.count) }
        let found = findSteps()
        if isCompared && found.change > 0 {
            // What is a hundred times the last step comes from elsewhere, the weather or a supply, and is not its echo.
            relaxation = found.change < 1e4 * found.before ? min(max(-relaxation * found.along / found.change, 0.1), 1) : 1
        }
        let step = relaxation * found.largest
        skippedStep = step > negligible ? 0 : step
        guard step > negligible else { return }
        isStale = true
        state.linkTemperature.add(wantedStep, times: relaxation)
    }

    /// Steps from the present water temperatures to the mean ones by the present flows, with what Aitken's rule asks of them.
    private mutating func findSteps() -> (along: Double, change: Double, before: Double, largest: Double) {
        // Taken out of this value, so that it may be written while the rest is read.
        var steps: [Double] = []
        swap(&steps, &wantedStep)
        let found = findSteps(&steps)
        wantedStep = steps
        return found
    }

    private func findSteps(_ wanted: inout [Double]) -> (along: Double, change: Double, before: Double, largest: Double) {
        let (inletNode, temperature, isCut) = (transport.inletNode.span, temperature.span, isCut.span)
        let (factor, offset, share, ambient) = (factor.span, offset.span, meanShare.span, ambient.span)
        let (present, rest) = (state.linkTemperature.span, restTemperature)
        var steps = wanted.mutableSpan
        var (along, change, before, largest) = (0.0, 0.0, 0.0, 0.0)
        for link in 0..<steps.count {
            let node = Int(inletNode[link])
            let inlet = node >= 0 ? temperature[node] : .nan
            var mean = rest
            if inlet.isFinite {
                if link < share.count {
                    mean = ambient[link] + (inlet - ambient[link]) * share[link]
                } else {
                    mean = 0.5 * (inlet + offset[link] + (isCut[link] ? 0 : factor[link] * inlet))
                }
                if !mean.isFinite { mean = inlet }
            }
            let step = mean - present[link]
            let difference = step - steps[link]
            along += steps[link] * difference
            change += difference * difference
            before += steps[link] * steps[link]
            largest = max(largest, step.magnitude)
            steps[link] = step
        }
        return (along, change, before, largest)
    }

    /// Largest change of a node temperature since the last call, and where.
    mutating func takeChange() -> (change: Double, node: Int) {
        previous.follow(temperature)
    }
}

extension [Double] {
    /// Becomes other values; the largest change, and where.
    fileprivate mutating func follow(_ values: [Double]) -> (change: Double, node: Int) {
        let now = values.span
        var before = mutableSpan
        var worst = (change: 0.0, node: 0)
        for node in 0..<now.count {
            // A node that starts or stops to have moving water is no measure.
            let moved = (now[node] - before[node]).magnitude
            if moved > worst.change { worst = (moved, node) }
            before[node] = now[node]
        }
        return worst
    }

    /// Adds a multiple of other values.
    fileprivate mutating func add(_ values: [Double], times factor: Double) {
        let values = values.span
        var sum = mutableSpan
        for place in 0..<sum.count { sum[place] += factor * values[place] }
    }

    /// Takes over flows whatever their direction, 0 where the water has no temperature.
    fileprivate mutating func take(_ massFlow: [Double], inletNode: [Int32]) {
        let (massFlow, inletNode) = (massFlow.span, inletNode.span)
        var moving = mutableSpan
        for link in 0..<moving.count { moving[link] = inletNode[link] >= 0 ? massFlow[link].magnitude : 0 }
    }
}
