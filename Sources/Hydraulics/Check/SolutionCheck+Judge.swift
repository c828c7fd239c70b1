import NetworkModel
import Quantities

/// The judgement itself. It shares data with the solver, but neither its workspace nor its evaluation of laws.
extension SolutionCheck {
    /// Judges a solution of a circuit.
    /// - Complexity: O(nodes + links).
    public init(
        of solution: HydraulicSolution, _ state: CircuitState, _ compiled: CompiledNetwork,
        _ options: HydraulicOptions = HydraulicOptions()
    ) {
        var judge = Judge(solution, state, compiled, options)
        judge.judgeNodes()
        judge.judgeLinks()
        judge.judgeRegulators()
        judge.judgeLoops()
        mass = judge.mass.named(in: compiled)
        energy = judge.energy.named(in: compiled)
        loop = judge.loop.named(in: compiled)
        setPoint = judge.setPoint.named(in: compiled)
    }

    /// The first criterion that fails, in the order mass, energy, loop, set point.
    public var firstFailure: (criterion: Criterion, worst: Worst)? {
        if !mass.passes { return (.mass, mass) }
        if !energy.passes { return (.energy, energy) }
        if !loop.passes { return (.loop, loop) }
        if !setPoint.passes { return (.setPoint, setPoint) }
        return nil
    }
}

/// The worst error so far, by local number.
private struct Record {
    /// A local number.
    enum Place {
        case node(Int)
        case link(Int)
    }

    var error = 0.0
    var tolerance: Double
    var place: Place?

    init(tolerance: Double) { self.tolerance = tolerance }

    /// Keeps the greater error; one that is not a number is the greatest.
    mutating func note(_ error: Double, _ place: Place) {
        if !(error.magnitude <= self.error) && !self.error.isNaN {
            self.error = error.magnitude
            self.place = place
        }
    }

    func named(in compiled: CompiledNetwork) -> SolutionCheck.Worst {
        let element: HydraulicFinding.Element =
            switch place {
            case .node(let node): .node(compiled.nodes[node])
            case .link(let link): .link(compiled.links[link])
            case nil: .circuit
            }
        return SolutionCheck.Worst(error: error, tolerance: tolerance, element: element)
    }
}

/// The state of one judgement.
private struct Judge {
    let solution: HydraulicSolution
    let state: CircuitState
    let compiled: CompiledNetwork
    var mass: Record
    var energy: Record
    var loop: Record
    var setPoint: Record
    /// Local links of devices that follow a sensor.
    let regulators: Set<Int>
    /// Links of valves that a finding says cannot hold their setting.
    let named: Set<LinkIndex>
    /// Loss plus gravity minus head by link, Pa; NaN where the link does not fix its pressure difference.
    var drop: [Double]

    init(_ solution: HydraulicSolution, _ state: CircuitState, _ compiled: CompiledNetwork, _ options: HydraulicOptions) {
        (self.solution, self.state, self.compiled) = (solution, state, compiled)
        let (largestFlow, largestPressure) = (solution.massFlow.largestMagnitude, solution.pressure.largestMagnitude)
        let rounding = 1024 * largestPressure.ulp
        mass = Record(tolerance: max(options.absoluteMassTolerance, options.relativeMassTolerance * largestFlow))
        // The solver works to a tenth of what is asked of it here.
        energy = Record(tolerance: 10 * options.pressureTolerance + rounding)
        loop = Record(tolerance: options.loopTolerance + rounding)
        setPoint = Record(tolerance: 10 * options.pressureTolerance + rounding)
        drop = [Double](repeating: .nan, count: compiled.links.count)
        regulators = Set(compiled.regulators.map(\.link))
        named = Set(solution.findings.compactMap { finding in
            if case .link(let link) = finding.element, finding.kind == .settingNotHeld { link } else { nil }
        })
    }

    /// Mass at every node whose pressure is free, and the pressures that are fixed.
    mutating func judgeNodes() {
        var net = state.demand
        for link in solution.massFlow.indices {
            net[Int(compiled.from[link])] += solution.massFlow[link]
            net[Int(compiled.to[link])] -= solution.massFlow[link]
        }
        for position in net.indices {
            let held = state.fixedPressure[position]
            if !held.isNaN {
                setPoint.note(solution.pressure[position] - held, .node(position))
            } else if solution.isReachable[position] {
                mass.note(net[position], .node(position))
                if !solution.pressure[position].isFinite { energy.note(.nan, .node(position)) }
            }
        }
    }

    /// The pressure equation along every link, as far as its status says it holds.
    mutating func judgeLinks() {
        var errors = [Double](repeating: 0, count: solution.massFlow.count)
        setErrors(&errors)
        var drop = drop
        for position in errors.indices {
            let (status, flow, error) = (solution.linkStatus[position], solution.massFlow[position], errors[position])
            if status == .closed {
                if flow != 0 { mass.note(.nan, .link(position)) }
                judgeClosed(position)
                continue
            }
            judgeSetPoint(position, status, flow, error)
            // A pump that follows a sensor runs at a speed, and with that speed its law holds.
            if status == .open || (status == .regulating && compiled.pumps.contains(position)) {
                energy.note(error, .link(position))
                let between = solution.pressure[Int(compiled.from[position])] - solution.pressure[Int(compiled.to[position])]
                drop[position] = between - error
            }
        }
        self.drop = drop
    }

    /// Sets what each link that is not closed takes of the pressure beyond its law, Pa.
    private func setErrors(_ errors: inout [Double]) {
        var water = LastWater(compiled.fluid)
        let (from, to, rise) = (compiled.from.span, compiled.to.span, compiled.rise.span)
        let (flow, pressure, status) = (solution.massFlow.span, solution.pressure.span, solution.linkStatus.span)
        let (geometry, kv, temperature) = (compiled.geometry.span, state.kv.span, state.linkTemperature.span)
        let (pipeEnd, resistanceEnd) = (compiled.pipes.upperBound, compiled.resistances.upperBound)
        var errors = errors.mutableSpan
        for position in 0..<errors.count where status[position] != .closed {
            water.set(temperature[position])
            let gravity = standardGravity * water.density * rise[position]
            let available = pressure[Int(from[position])] - pressure[Int(to[position])] - gravity
            if position < pipeEnd {
                let check = PipeCheck(geometry[position], water.density, water.viscosity)
                errors[position] = available - check.loss(flow[position], near: available)
            } else if position < resistanceEnd {
                // Kv by its definition: bar of water of 1000 kg/m³ passing m³/h.
                let ratio = 3600 * flow[position] / water.density / kv[position]
                errors[position] = available - 1e5 * (water.density / 1000) * ratio * ratio.magnitude
            } else {
                errors[position] = available - loss(position, flow[position], water)
            }
        }
    }

    /// A link may be closed only by the state or because an end is cut off.
    private mutating func judgeClosed(_ position: Int) {
        let (first, second) = (Int(compiled.from[position]), Int(compiled.to[position]))
        let isCutOff = !solution.isReachable[first] || !solution.isReachable[second]
        if compiled.passes(position, state) && !isCutOff { setPoint.note(.nan, .link(position)) }
    }

    /// What a device promises: never backwards, never above its limit, holding back only when pushed.
    private mutating func judgeSetPoint(_ position: Int, _ status: LinkStatus, _ flow: Double, _ error: Double) {
        let limit = max(state.flowLimit[position], compiled.isOneWay[position] ? 0 : -.infinity)
        let isRight: Bool
        switch status {
        case .open: isRight = flow <= limit && (flow >= 0 || !compiled.isOneWay[position])
        case .blocked:
            isRight = flow == 0 && (compiled.isOneWay[position] || isRegulator(position))
            if compiled.isOneWay[position] && !isRegulator(position) { setPoint.note(max(0, error), .link(position)) }
        case .limiting:
            isRight = flow == limit
            setPoint.note(max(0, -error), .link(position))
        case .regulating:
            isRight = flow >= -mass.tolerance && isRegulator(position)
            setPoint.note(max(0, -error), .link(position))
        case .prescribed: isRight = flow == state.prescribedFlow[position]
        case .closed: isRight = true
        }
        if !isRight { setPoint.note(.nan, .link(position)) }
    }

    private func isRegulator(_ position: Int) -> Bool { regulators.contains(position) }

    /// What devices that follow a sensor promise: the reading while they regulate, within the speeds of a pump; otherwise that they stand at
    /// the end where they should, unless a finding names the one that does not.
    mutating func judgeRegulators() {
        for regulator in compiled.regulators {
            guard let excess = excess(regulator) else { continue }
            let place = Record.Place.link(regulator.link)
            let speed = regulator.pump >= 0 ? solution.pumpSpeed[regulator.pump] : 0
            let full = regulator.pump >= 0 ? state.pumpSpeed[regulator.pump] : 0
            switch solution.linkStatus[regulator.link] {
            case .regulating:
                setPoint.note(excess, place)
                if regulator.pump >= 0 && !(speed >= min(regulator.leastSpeed, full) && speed <= full) { setPoint.note(.nan, place) }
            case .open where speed < full: setPoint.note(max(0, -excess), place)
            case .open: if !isNamed(regulator.link) { setPoint.note(max(0, excess), place) }
            case .blocked: setPoint.note(min(max(0, push(regulator)), max(0, -excess)), place)
            case .closed, .limiting, .prescribed: continue
            }
        }
    }

    /// How far a reading is on the side that calls for throttling, Pa; nil for what has no sensor or does not follow it.
    private func excess(_ regulator: Regulator) -> Double? {
        if regulator.pump >= 0 && !state.pumpHead[regulator.pump].isNaN || state.setPoint[regulator.link] == .infinity { return nil }
        let readings = regulator.sensors.map { solution.pressure[$0.high] - ($0.low < 0 ? 0 : solution.pressure[$0.low]) }
        guard let reading = readings.filter({ !$0.isNaN }).min() else { return nil }
        let volumeFlow = solution.massFlow[regulator.link] / compiled.density(link: regulator.link, state)
        let height = regulator.isOwnHead ? compiled.gravityHead(link: regulator.link, state) : 0
        let above = reading + height - regulator.setting(in: state) - regulator.rise * volumeFlow
        return regulator.isReducing ? above : -above
    }

    /// What would drive water through a device that stands shut, Pa.
    private func push(_ regulator: Regulator) -> Double {
        let link = regulator.link
        let drop = solution.pressure[Int(compiled.from[link])] - solution.pressure[Int(compiled.to[link])]
        let head = regulator.pump < 0 ? 0 : -compiled.pressureLoss(link: link, massFlow: 0, state).loss
        return drop - compiled.gravityHead(link: link, state) + head
    }

    /// Whether a finding says that a device cannot hold its setting.
    private func isNamed(_ link: Int) -> Bool { named.contains(compiled.links[link]) }

    /// The loss of a pump or a link with a formula, by an evaluation of its own.
    private func loss(_ position: Int, _ flow: Double, _ water: LastWater) -> Double {
        if compiled.formulas.contains(position) {
            let description = compiled.formulaLinks[position - compiled.formulas.lowerBound].description
            return FormulaCheck(description, density: water.density, viscosity: water.viscosity).loss(flow)
        }
        let pump = position - compiled.pumps.lowerBound
        let law = compiled.pumpLaw(pump, Density(water.density), state)
        let isControlled = solution.linkStatus[position] != .blocked && state.pumpHead[pump].isNaN
        return PumpCheck(isControlled ? law.at(speed: solution.pumpSpeed[pump]) : law).loss(flow)
    }

    /// The sum round every independent loop: potentials along a spanning tree, compared at every other link.
    mutating func judgeLoops() {
        let potential = LoopPotentials.along(compiled, state.fixedPressure, drop)
        for position in drop.indices where drop[position].isFinite {
            let between = potential[Int(compiled.from[position])] - potential[Int(compiled.to[position])]
            // No number where the paths do not lead.
            if !between.isNaN { loop.note(between - drop[position], .link(position)) }
        }
    }
}

extension [Double] {
    /// The largest magnitude of its finite numbers.
    fileprivate var largestMagnitude: Double {
        let own = span
        var largest = 0.0
        for index in 0..<own.count {
            let size = own[index].magnitude
            if size > largest && size < .infinity { largest = size }
        }
        return largest
    }
}

/// Water properties of the link last asked for.
private struct LastWater {
    let fluid: Fluid
    var temperature = Double.nan
    var density = 0.0
    var viscosity = 0.0

    init(_ fluid: Fluid) { self.fluid = fluid }

    mutating func set(_ celsius: Double) {
        if celsius == temperature { return }
        temperature = celsius
        density = fluid.density(at: Temperature(celsius: celsius)).value
        viscosity = fluid.viscosity(at: Temperature(celsius: celsius)).value
    }
}
