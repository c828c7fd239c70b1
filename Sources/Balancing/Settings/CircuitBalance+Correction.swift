import Hydraulics
import NetworkModel
import Quantities

extension CircuitBalance {
    /// Flows of a forward solve with the settings as they stand, kg/s by local link, and how far they are from the design.
    struct Trial: Sendable {
        var massFlow: [Double]
        /// The solve itself, to start the next from; nil where nothing needed one.
        var solution: HydraulicSolution?
        /// Cost of each consumer's miss and noise (``MissCost``).
        var cost: [Double]
        /// Sum of ``cost``.
        var error: Double
        /// Greatest |actual/design − 1| of a dwelling.
        var worst: Double
    }

    /// Solves forward: emitters take what pressures give, substations' controllers at most their design flow.
    func trial(_ solver: inout HydraulicSolver, from start: HydraulicSolution?) throws(HydraulicFailure) -> Trial {
        var forward = state
        for consumer in circuit.consumers {
            switch consumer.kind {
            case .dwelling, .riser: forward.prescribedFlow[consumer.link] = .nan
            case .substation, .load:
                if forward.prescribedFlow[consumer.link].isNaN { forward.flowLimit[consumer.link] = flow[consumer.link] }
            case .source: forward.prescribedFlow[consumer.link] = flow[consumer.link]
            }
        }
        let solution = try solver.solve(forward, from: start)
        var trial = Trial(massFlow: solution.massFlow, solution: solution, cost: [], error: 0, worst: 0)
        judge(&trial)
        return trial
    }

    /// Costs of the flows of a trial with the settings as they stand.
    private func judge(_ trial: inout Trial) {
        let costs = MissCost(options)
        trial.cost = [Double](repeating: 0, count: circuit.consumers.count)
        (trial.error, trial.worst) = (0, 0)
        for (position, consumer) in circuit.consumers.enumerated() {
            guard consumer.followsPressure, !spare[position].isNaN else { continue }
            let ratio = trial.massFlow[consumer.link] / flow[consumer.link]
            let branch = branches[position]
            var cost = costs.cost(ratio > 1e-6 ? logarithm(ratio) : -14, shortfallWeight: branch.shortfallWeight)
            if branch.valve >= 0 {
                let kv = state.kv[branch.valve]
                cost += costs.noise(loss: branch.unitLoss / (kv * kv) * ratio * ratio, quiet: branch.quiet)
            }
            trial.cost[position] = cost
            trial.error += cost
            trial.worst = max(trial.worst, abs(ratio - 1))
        }
    }

    /// Chooses settings again from the pressures that a forward solve finds, until flows stop improving.
    ///
    /// A large-neighbourhood search: each round proposes to every module (a building with its risers) the best setting of its
    /// common valves and presets for one way of sharing the pressure with its inlet (``PresetChoice/Step``); a forward solve
    /// of all of them together judges, and modules that fare worse go back. Modules hardly depend on each other at the design
    /// flows, so those that went back are believed to have the flows they had until the next round's solve shows them; the best
    /// settings that a solve has confirmed are kept.
    /// - Returns: the solve of the settings kept, and the rounds made.
    mutating func correct() throws(HydraulicFailure) -> (trial: Trial, rounds: Int) {
        let hasDwellings = circuit.consumers.contains(where: \.followsPressure)
        // Controllers of substations make the design flow themselves.
        guard hasDwellings else { return (Trial(massFlow: flow, solution: nil, cost: [], error: 0, worst: 0), 0) }
        var solving = HydraulicOptions()
        // Provisional: what comes of these flows is judged by a simulation.
        solving.isJudged = false
        if circuit.consumers.count > options.polishLimit {
            // Presets are chosen by per cents of flow and kilopascals.
            (solving.relativeMassTolerance, solving.pressureTolerance) = (1e-6, 0.1)
        }
        var solver = HydraulicSolver(circuit.compiled, options: solving)
        var presets = PresetChoice(self)
        var best = try trial(&solver, from: nil)
        var kept = self
        // Settings put together from rounds, with the flows believed of them; a solve has seen them where `isSolved`.
        var mixed = (trial: best, settings: self, isSolved: true)
        var attempts = [UInt32](repeating: 0, count: presets.modules.count)
        var (rounds, idle) = (0, 0)
        for step in PresetChoice.Step.sequence.prefix(options.correctionRounds) where mixed.trial.worst > options.flowTolerance {
            let active = presets.modules.indices.filter { attempts[$0] & step.mask == 0 && isUneven(presets.modules[$0], mixed.trial, presets) }
            self = mixed.settings
            let trim = trim(mixed.trial, presets.costs)
            guard reset(active, by: mixed.trial.massFlow, pressing: trim, &presets, step) || trim != 0 else { continue }
            rounds += 1
            for module in active { attempts[module] |= step.mask }
            let found = try trial(&solver, from: best.solution)
            if found.error < best.error { (best, kept) = (found, self) }
            let worse = active.filter { cost(of: presets.modules[$0], found, presets) > cost(of: presets.modules[$0], mixed.trial, presets) }
            var next = (trial: found, settings: self, isSolved: true)
            if !worse.isEmpty {
                for module in worse { restore(presets.modules[module], from: mixed.settings) }
                next = (believed(found, mixed.trial, worse, trim, presets), self, false)
            }
            idle = next.trial.error < mixed.trial.error * (1 - Self.worthwhile) ? 0 : idle + 1
            if next.trial.error < mixed.trial.error {
                mixed = next
                for module in active where !worse.contains(module) { attempts[module] = 0 }
            }
            if idle > 1 { break }
        }
        if !mixed.isSolved {
            self = mixed.settings
            let found = try trial(&solver, from: best.solution)
            if found.error < best.error { (best, kept) = (found, self) }
        }
        self = kept
        if circuit.consumers.count <= options.polishLimit {
            best = try polish(best, presets, &solver)
        } else {
            best = try mend(best, presets, &solver)
        }
        return (best, rounds)
    }

    /// The flows of a solve with those from before it for the modules that went back, pressed as the pump was trimmed since.
    private func believed(
        _ found: Trial, _ before: Trial, _ worse: [Int], _ trim: Double, _ presets: PresetChoice
    ) -> Trial {
        var trial = found
        let press = power(2.718281828459045, trim)
        for module in worse {
            for group in presets.modules[module].groups {
                for member in presets.groups[group].members {
                    let link = circuit.consumers[member].link
                    trial.massFlow[link] = press * before.massFlow[link]
                }
            }
        }
        judge(&trial)
        return trial
    }

    /// Fall of the cost that makes a round worth its solve; after two without it the search ends.
    private static var worthwhile: Double { 0.005 }

    /// Cost of a module's dwellings.
    func cost(of module: PresetChoice.Module, _ trial: Trial, _ presets: PresetChoice) -> Double {
        module.groups.reduce(0) { sum, group in presets.groups[group].members.reduce(sum) { $0 + trial.cost[$1] } }
    }

    /// Whether a module has dwellings that other settings might suit better.
    private func isUneven(_ module: PresetChoice.Module, _ trial: Trial, _ presets: PresetChoice) -> Bool {
        module.groups.contains { presets.groups[$0].members.contains { trial.cost[$0] > 0.1 * presets.costs.penalty } }
    }

    /// Gives a module the settings it had.
    mutating func restore(_ module: PresetChoice.Module, from other: CircuitBalance) {
        for entry in module.valves {
            setting[Int(entry)] = other.setting[Int(entry)]
            state.kv[Int(entry)] = other.state.kv[Int(entry)]
        }
    }

    /// Trims the pumps, all alike, where that alone would bring the dwellings nearer to their design flows.
    ///
    /// Presets come in steps, the pump does not: what all dwellings have in common of their misses is its to remove. Flows
    /// follow the speed (affinity laws; losses nearly quadratic).
    /// - Returns: ln of the flows' common change.
    mutating func trim(_ trial: Trial, _ costs: MissCost) -> Double {
        guard !drives.isEmpty, drives.allSatisfy({ state.pumpSpeed[$0.pump] > 0 }) else { return 0 }
        var misses: [(miss: Double, weight: Double)] = []
        for (position, consumer) in circuit.consumers.enumerated() {
            guard consumer.followsPressure, !spare[position].isNaN else { continue }
            let ratio = trial.massFlow[consumer.link] / flow[consumer.link]
            if ratio > 1e-6 { misses.append((logarithm(ratio), branches[position].shortfallWeight)) }
        }
        func cost(_ shift: Double) -> Double { misses.reduce(0) { $0 + costs.cost($1.miss + shift, shortfallWeight: $1.weight) } }
        let now = cost(0)
        let most = drives.reduce(Self.largestTrim) { min($0, logarithm($1.fullSpeed / state.pumpSpeed[$1.pump])) }
        var best = (shift: 0.0, cost: now * 0.97)
        for step in -12...12 {
            let shift = Double(step) / 12 * Self.largestTrim
            guard shift != 0, shift <= most else { continue }
            let there = cost(shift)
            if there < best.cost { best = (shift, there) }
        }
        if best.shift != 0 { for drive in drives { state.pumpSpeed[drive.pump] *= power(2.718281828459045, best.shift) } }
        return best.shift
    }

    /// Greatest change of flows by one trim of the pump, as a logarithm.
    private static var largestTrim: Double { 0.03 }

    /// Sets each dwelling's valve for the pressure at its branch; whether any valve changed.
    ///
    /// - Parameters:
    ///   - trim: what the pump was trimmed by after the flows were found.
    ///   - scope: how far the valves common to a group may move as well.
    mutating func reset(
        _ active: [Int], by massFlow: [Double], pressing trim: Double, _ presets: inout PresetChoice, _ step: PresetChoice.Step
    ) -> Bool {
        var changed = false
        let above = resistanceAbove()
        for position in active {
            let module = presets.modules[position]
            let responses = module.groups.map {
                response(of: presets.groups[$0], by: massFlow, pressing: trim, damping: step.damping, above: above)
            }
            var gain = 0.0
            let moves = step.scope != .dwellings
            if moves, let handed = step.handed, let valve = module.inlet, let opened = presets.opened(valve, by: handed, self) {
                gain = opened.gain
                put(valve, opened.setting)
                changed = true
            }
            for (place, response) in zip(module.groups, responses) {
                var supply = GroupResponse.Supply(gain: gain)
                var scan = presets.scan(place, response)
                if moves, let common = presets.groups[place].common,
                    let move = presets.bestMove(of: common, gain: gain, within: step.scope, &scan, self)
                {
                    supply.commonFactor = move.factor
                    if move.setting != setting[common] { changed = true }
                    put(common, move.setting)
                }
                let choice = response.choose(supply, &scan)
                for (branch, preset) in zip(response.branches, choice.places) {
                    if put(branch, Int(preset), aim: response.pressure(branch, choice.ratio, supply), presets) { changed = true }
                }
            }
        }
        return changed
    }

    /// Puts a valve with a model to a setting.
    private mutating func put(_ link: Int, _ value: Double) {
        guard let valve = circuit.setValve[link], let index = network.valves[valve].model else { return }
        set(link, value, network.valveModels[index])
    }

    /// Sets one dwelling's valve to a place of its grid, or without one for what its branch takes; whether it changed.
    private mutating func put(_ branch: Branch, _ place: Int, aim: Double, _ presets: PresetChoice) -> Bool {
        guard place >= 0, branch.model >= 0, let grid = presets.grids[branch.model] else { return put(branch, aim: aim, presets) }
        let before = state.kv[branch.valve]
        setting[branch.valve] = grid.setting[place]
        state.kv[branch.valve] = grid.kv[place]
        return grid.kv[place] != before
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
