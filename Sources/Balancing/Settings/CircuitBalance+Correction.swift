import Hydraulics
import NetworkModel
import Quantities

extension CircuitBalance {
    /// Flows of a forward solve with the settings as they stand, kg/s by local link, and how far they are from the design.
    struct Trial: Sendable {
        var massFlow: [Double]
        /// The solve itself, to start the next from; nil where nothing needed one.
        var solution: HydraulicSolution?
        /// Sum of the costs of all dwellings' misses (``MissCost``).
        var error: Double
        /// Greatest |actual/design − 1| of a dwelling.
        var worst: Double
    }

    /// Solves forward: emitters take what pressures give, substations' controllers at most their design flow.
    func trial(_ solver: inout HydraulicSolver, from start: HydraulicSolution?) throws(HydraulicFailure) -> Trial {
        var forward = state
        for consumer in circuit.consumers {
            switch consumer.kind {
            case .dwelling: forward.prescribedFlow[consumer.link] = .nan
            case .substation, .load:
                if forward.prescribedFlow[consumer.link].isNaN { forward.flowLimit[consumer.link] = flow[consumer.link] }
            case .source: forward.prescribedFlow[consumer.link] = flow[consumer.link]
            }
        }
        let solution = try solver.solve(forward, from: start)
        let costs = MissCost(options)
        var (error, worst) = (0.0, 0.0)
        for (position, consumer) in circuit.consumers.enumerated() {
            guard case .dwelling = consumer.kind, !spare[position].isNaN else { continue }
            let ratio = solution.massFlow[consumer.link] / flow[consumer.link]
            error += costs.cost(ratio > 1e-6 ? logarithm(ratio) : -14, shortfallWeight: shortfallWeight(consumer))
            worst = max(worst, abs(ratio - 1))
        }
        return Trial(massFlow: solution.massFlow, solution: solution, error: error, worst: worst)
    }

    /// Chooses settings again from the pressures that a forward solve finds, until flows stop improving.
    ///
    /// The first rounds choose each riser's valve together with the presets behind it (``PresetGroup``); after them
    /// upper valves stay, and what their rounding leaves is compensated below. Keeps the best settings met.
    /// - Returns: the solve of the settings kept, and the rounds made.
    mutating func correct() throws(HydraulicFailure) -> (trial: Trial, rounds: Int) {
        let hasDwellings = circuit.consumers.contains { if case .dwelling = $0.kind { true } else { false } }
        // Controllers of substations make the design flow themselves.
        guard hasDwellings else { return (Trial(massFlow: flow, solution: nil, error: 0, worst: 0), 0) }
        var solver = HydraulicSolver(circuit.compiled)
        var best = try trial(&solver, from: nil)
        var kept = self
        var rounds = 0
        var current = best
        var damping = 1.0
        let presets = PresetChoice(self)
        while rounds < options.correctionRounds && best.worst > options.flowTolerance {
            let scope: PresetChoice.Scope = rounds == 0 ? .wide : rounds < options.jointRounds ? .near : .dwellings
            let trim = trim(current, presets.costs)
            guard reset(by: current.massFlow, pressing: trim, damping: damping, presets, scope) || trim != 0 else { break }
            rounds += 1
            current = try trial(&solver, from: current.solution)
            if current.error < best.error {
                let gain = best.error - current.error
                (best, kept) = (current, self)
                if gain < 0.005 * best.error && rounds > options.jointRounds { break }
            } else {
                // Neighbours that all corrected at once overshot: only the worse half of them goes on from the best.
                damping *= 0.5
                self = kept
                current = best
                if damping < 0.2 { break }
            }
        }
        self = kept
        if circuit.consumers.count <= options.polishLimit { best = try polish(best, presets, &solver) }
        return (best, rounds)
    }

    /// Trims the main pump where that alone would bring the dwellings nearer to their design flows.
    ///
    /// Presets come in steps, the pump does not: what all dwellings have in common of their misses is its to remove. Flows
    /// follow the speed (affinity laws; losses nearly quadratic).
    /// - Returns: ln of the flows' common change.
    private mutating func trim(_ trial: Trial, _ costs: MissCost) -> Double {
        guard let pump = circuit.mainPump, state.pumpSpeed[pump] > 0 else { return 0 }
        var misses: [(miss: Double, weight: Double)] = []
        for (position, consumer) in circuit.consumers.enumerated() {
            guard case .dwelling = consumer.kind, !spare[position].isNaN else { continue }
            let ratio = trial.massFlow[consumer.link] / flow[consumer.link]
            if ratio > 1e-6 { misses.append((logarithm(ratio), shortfallWeight(consumer))) }
        }
        func cost(_ shift: Double) -> Double { misses.reduce(0) { $0 + costs.cost($1.miss + shift, shortfallWeight: $1.weight) } }
        let now = cost(0)
        let most = min(Self.largestTrim, logarithm(fullSpeed / state.pumpSpeed[pump]))
        var best = (shift: 0.0, cost: now * 0.97)
        for step in -24...24 {
            let shift = Double(step) / 24 * Self.largestTrim
            guard shift != 0, shift <= most else { continue }
            let there = cost(shift)
            if there < best.cost { best = (shift, there) }
        }
        if best.shift != 0 { state.pumpSpeed[pump] *= power(2.718281828459045, best.shift) }
        return best.shift
    }

    /// Greatest change of flows by one trim of the pump, as a logarithm.
    private static var largestTrim: Double { 0.03 }

    /// How much worse too little water is than too much for a consumer.
    ///
    /// A dwelling meant to reach its target misses it by any water too little, while a little too much only costs heat; one
    /// that its own valve stops is among the coldest, and what it lacks more cannot be given back.
    func shortfallWeight(_ consumer: DesignCircuit.Consumer) -> Double {
        guard case .dwelling(let dwelling) = consumer.kind else { return 1 }
        let limit = limits[dwelling.position].limit
        return limit == .none || limit == .valve ? options.shortfallWeight : 1
    }

    /// The dwelling's own valve of a consumer, by local link; nil where it has none that can be set, or no water is meant for it.
    func dwellingValve(of consumer: Int) -> Int? {
        guard case .dwelling = circuit.consumers[consumer].kind, !spare[consumer].isNaN,
            let last = chains.valves(of: consumer).last, let valve = circuit.setValve[Int(last)],
            network.valves[valve].level == .dwelling
        else { return nil }
        return Int(last)
    }

    /// A consumer's branch under the flows of a forward solve; nil where it has no valve of its own.
    ///
    /// Within a branch both losses are quadratic: what valve and terminal take together at the actual flow, they take
    /// at the design flow when the valve is set right.
    func branch(_ consumer: Int, by massFlow: [Double], damping: Double) -> Branch? {
        guard let link = dwellingValve(of: consumer), let valve = circuit.setValve[link] else { return nil }
        let compiled = circuit.compiled
        let terminalLink = circuit.consumers[consumer].link
        let (actual, design) = (massFlow[terminalLink], flow[terminalLink])
        let both = compiled.pressureLoss(link: link, massFlow: actual, state).loss
            + compiled.pressureLoss(link: terminalLink, massFlow: actual, state).loss
        let model = network.valves[valve].model
        let density = Density(compiled.density(link: link, state))
        return Branch(
            consumer: consumer, valve: link, model: model?.position ?? -1,
            aim: damping == 1 ? both : both * power(abs(actual / design), -2 * (1 - damping)),
            terminal: compiled.pressureLoss(link: terminalLink, massFlow: design, state).loss,
            unitLoss: FlowCoefficient(1).resistance(density: density) * design * design,
            quiet: model.flatMap { network.valveModels[$0].noiseLimit?.value } ?? options.quietLoss,
            shortfallWeight: shortfallWeight(circuit.consumers[consumer]))
    }

    /// Sets each dwelling's valve for the pressure at its branch; whether any valve changed.
    ///
    /// - Parameters:
    ///   - trim: what the pump was trimmed by after the flows were found.
    ///   - scope: how far the valves common to a group may move as well.
    private mutating func reset(
        by massFlow: [Double], pressing trim: Double, damping: Double, _ presets: PresetChoice, _ scope: PresetChoice.Scope
    ) -> Bool {
        var changed = false
        let pressure = power(2.718281828459045, 2 * trim)
        for inlet in presets.inlets {
            let branches = inlet.groups.map { place in
                presets.groups[place].members.compactMap { consumer in
                    var branch = branch(consumer, by: massFlow, damping: damping)
                    branch?.aim *= pressure
                    return branch
                }
            }
            var gain = 0.0
            let moves = scope != .dwellings && branches.contains { presets.isUneven($0) }
            if moves, scope == .wide, let valve = inlet.valve, let opened = presets.opened(valve, self) {
                gain = opened.gain
                put(valve, opened.setting)
                changed = true
            }
            for (place, branches) in zip(inlet.groups, branches) {
                var shift = gain
                if moves, let common = presets.groups[place].common,
                    let move = presets.bestMove(of: common, gain: gain, within: scope, branches, self)
                {
                    shift = move.shift
                    if move.setting != setting[common] { changed = true }
                    put(common, move.setting)
                }
                for branch in branches where put(branch, aim: branch.aim + shift, presets) { changed = true }
            }
        }
        return changed
    }

    /// Puts a valve with a model to a setting.
    private mutating func put(_ link: Int, _ value: Double) {
        guard let valve = circuit.setValve[link], let index = network.valves[valve].model else { return }
        set(link, value, network.valveModels[index])
    }

    /// Sets one dwelling's valve for what its branch takes; whether it changed.
    mutating func put(_ branch: Branch, aim: Double, _ presets: PresetChoice) -> Bool {
        let before = state.kv[branch.valve]
        let left = aim - branch.terminal
        let wanted = left > 0 ? (branch.unitLoss / left).squareRoot() : .infinity
        if branch.model < 0 {
            let full = circuit.setValve[branch.valve].map { network.fullyOpenKv(of: $0) } ?? before
            state.kv[branch.valve] = min(wanted, full)
        } else if let grid = presets.grids[branch.model] {
            let choice = presets.costs.best(branch, aim: aim, grid: grid)
            setting[branch.valve] = grid.setting[choice.place]
            state.kv[branch.valve] = grid.kv[choice.place]
        } else {
            let model = network.valveModels[ValveModelIndex(branch.model)]
            set(branch.valve, model.nearestSetting(passing: FlowCoefficient(min(wanted, model.fullyOpen.value))), model)
        }
        return state.kv[branch.valve] != before
    }
}
