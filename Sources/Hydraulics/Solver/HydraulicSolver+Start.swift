import NetworkModel

/// Before the first iteration: laws, modes, reachability, first flows.
extension HydraulicSolver {
    /// Sets the workspace up for a state.
    mutating func prepare(_ state: CircuitState, _ start: HydraulicSolution?) throws(HydraulicFailure) {
        try checkInput(state)
        wake()
        laws.prepare(compiled, state)
        setModes(state)
        findReachable(state, start)
        setRest(state)
        prepareControls(state)
        collectBounds(state)
        if let start, start.massFlow.count == compiled.links.count, start.pressure.count == compiled.nodes.count {
            startWarm(start)
        } else {
            startPumps()
            evaluate()
            startCold()
        }
        if !controls.isEmpty { startRegulators(start) }
    }

    /// Walks the open paths, unless they are those of the last solve and the start has a pressure wherever they lead.
    private mutating func findReachable(_ state: CircuitState, _ start: HydraulicSolution?) {
        if let start, start.isReachable == reach.isReachable, walkedModes == iterate.mode, reach.restart(state, &iterate) { return }
        walkedModes = iterate.mode
        reach.walk(compiled, state, gravity: laws.gravity, &iterate)
        system.pin(compiled, isPinned: reach.isPinned)
    }

    func checkInput(_ state: CircuitState) throws(HydraulicFailure) {
        precondition(
            state.isOpen.count == compiled.links.count && state.demand.count == compiled.nodes.count
                && state.pumpSpeed.count == compiled.pumps.count, "the state belongs to another circuit")
        if let node = state.firstUnsoundNode { throw failure(.notFinite, element(node: node)) }
        if let link = state.firstUnsoundLink { throw failure(.notFinite, element(link: link)) }
        if state.fixedPressure.allSatisfy(\.isNaN) { throw failure(.noFixedPressure, .circuit) }
    }

    /// Closed, prescribed or free, as the state alone says.
    private mutating func setModes(_ state: CircuitState) {
        iterate.mode.set(compiled, isOpen: state.isOpen, prescribed: state.prescribedFlow)
        for link in compiled.resistances where !(state.kv[link] > 0) { iterate.mode[link] = .closed }
        for link in compiled.pumps where !(state.pumpSpeed[link - compiled.pumps.lowerBound] > 0) {
            iterate.mode[link] = .closed
        }
    }

    /// Closes every link with an end that no open path reaches, and gives every link its flow at rest.
    private mutating func setRest(_ state: CircuitState) {
        iterate.mode.cut(compiled, isReachable: reach.isReachable)
        iterate.links.rest(mode: iterate.mode, prescribed: state.prescribedFlow)
    }

    /// Lists the free links that have a bound.
    private mutating func collectBounds(_ state: CircuitState) {
        bounded.removeAll(keepingCapacity: true)
        // What follows a sensor keeps to its own rules.
        var isControlled = [Bool](repeating: false, count: controls.isEmpty ? 0 : compiled.links.count)
        for control in controls { isControlled[control.link] = true }
        for link in 0..<state.flowLimit.count where compiled.isOneWay[link] || state.flowLimit[link] < .infinity {
            guard iterate.mode[link] == .free && (isControlled.isEmpty || !isControlled[link]) else { continue }
            let lower = compiled.isOneWay[link] ? 0 : -Double.infinity
            let upper = max(state.flowLimit[link], lower)
            bounded.append(BoundedLink(link: Int32(truncatingIfNeeded: link), lower: lower, upper: upper))
        }
    }

    /// Gives pumps that have no head at rest to begin with a flow.
    private mutating func startPumps() {
        for link in compiled.pumps where iterate.mode[link] == .free {
            let law = laws.pumps[link - compiled.pumps.lowerBound]
            if law.startsAtLastFlow, let flow = law.lastFlow { iterate.links[link].flow = flow }
        }
    }

    /// From rest, every link with the conductance it is expected to have: flows find their directions in one linear solve.
    private mutating func startCold() {
        for link in iterate.links.indices where iterate.links[link].conductance != 0 {
            iterate.links[link].conductance = laws.startConductance[link]
        }
    }

    /// From an earlier solution; links that were held or closed in it start like cold ones.
    private mutating func startWarm(_ start: HydraulicSolution) {
        for node in 0..<start.pressure.count where !reach.isPinned[node] && start.pressure[node].isFinite {
            iterate.pressure[node] = start.pressure[node]
        }
        for link in 0..<start.massFlow.count where iterate.mode[link] == .free && start.massFlow[link].isFinite {
            iterate.links[link].flow = start.massFlow[link]
        }
        for bound in bounded {
            let link = Int(bound.link)
            switch start.linkStatus[link] {
            case .blocked where bound.lower == 0: hold(link, .lower, 0)
            case .limiting where bound.upper < .infinity: hold(link, .upper, bound.upper)
            default: iterate.links[link].flow = min(max(iterate.links[link].flow, bound.lower), bound.upper)
            }
        }
        evaluate()
        // At rest between equal pressures a law tells nothing about the flow to come.
        for link in iterate.links.indices where iterate.mode[link] == .free && iterate.links[link].flow == 0 {
            guard iterate.links[link].error.magnitude < 1 else { continue }
            iterate.links[link].conductance = min(iterate.links[link].conductance, laws.startConductance[link])
        }
    }

    /// Holds a link at a bound.
    mutating func hold(_ link: Int, _ mode: LinkMode, _ flow: Double) {
        iterate.mode[link] = mode
        iterate.links[link].flow = flow
        iterate.links[link].conductance = 0
    }

    /// Whether nothing moves: no demand, no given flow, and no drive that a link at rest would not hold.
    ///
    /// - Throws: a law gives no number, because a length, diameter, Kv or pump figure is none or beyond all bounds.
    mutating func isAtRest(_ state: CircuitState) throws(HydraulicFailure) -> Bool {
        balance(state)
        let residual = measure()
        guard residual.pressure.isFinite && residual.mass.isFinite else { throw failure(.notFinite) }
        progress.isConverged = residual.mass == 0 && residual.pressure <= tolerance && progress.largestFlow == 0
            && controls.isEmpty && bounded.allSatisfy { $0.upper >= 0 && iterate.mode[Int($0.link)] == .free }
        if progress.isConverged { progress.history.append(residual) }
        return progress.isConverged
    }
}

extension CircuitState {
    /// The first node with a number that cannot be computed with.
    fileprivate var firstUnsoundNode: Int? {
        let (demand, fixed) = (demand.span, fixedPressure.span)
        for node in 0..<demand.count where !demand[node].isFinite || fixed[node].isInfinite { return node }
        return nil
    }

    /// The first link with a number that cannot be computed with.
    fileprivate var firstUnsoundLink: Int? {
        let (temperature, limit, flow) = (linkTemperature.span, flowLimit.span, prescribedFlow.span)
        for link in 0..<temperature.count
        where !temperature[link].isFinite || limit[link].isNaN || flow[link].isInfinite {
            return link
        }
        return nil
    }
}

extension [LinkMode] {
    /// Closed, prescribed or free.
    fileprivate mutating func set(_ compiled: CompiledNetwork, isOpen: [Bool], prescribed: [Double]) {
        let (from, to, isOpen, prescribed) = (compiled.from.span, compiled.to.span, isOpen.span, prescribed.span)
        var mode = mutableSpan
        for link in 0..<mode.count {
            let isClosed = !isOpen[link] || from[link] == to[link]
            mode[link] = isClosed ? .closed : prescribed[link].isNaN ? .free : .prescribed
        }
    }

    /// Closes links with an end that is cut off.
    fileprivate mutating func cut(_ compiled: CompiledNetwork, isReachable: [Bool]) {
        let (from, to, isReachable) = (compiled.from.span, compiled.to.span, isReachable.span)
        var mode = mutableSpan
        for link in 0..<mode.count where !isReachable[Int(from[link])] || !isReachable[Int(to[link])] {
            mode[link] = .closed
        }
    }
}

extension [LinkValue] {
    /// No flow but what is prescribed, and nothing known.
    fileprivate mutating func rest(mode: [LinkMode], prescribed: [Double]) {
        let (mode, prescribed) = (mode.span, prescribed.span)
        var links = mutableSpan
        for link in 0..<links.count {
            links[link] = LinkValue(flow: mode[link] == .prescribed ? prescribed[link] : 0)
        }
    }
}
