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
    func judge(_ trial: inout Trial) {
        let costs = MissCost(options)
        trial.cost = [Double](repeating: 0, count: circuit.consumers.count)
        (trial.error, trial.worst) = (0, 0)
        for (position, consumer) in circuit.consumers.enumerated() {
            guard consumer.followsPressure, !spare[position].isNaN else { continue }
            let ratio = trial.massFlow[consumer.link] / flow[consumer.link]
            let branch = branches[position]
            var cost = costs.cost(ratio > 1e-6 ? logarithm(ratio) : -14, branch.wish)
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
    /// A large-neighbourhood search: each round proposes to every module (a building with its risers) or, where its inlet stays, to every
    /// riser the best setting of its common valves and presets for one way of sharing the pressure (``PresetChoice/Step``); a forward
    /// solve of all of them together judges. After a jump presets are fitted once more to the flows it makes. Parts that fare worse go back.
    /// They hardly depend on each other at the design flows, so those that went back are believed to have the flows they had until the next
    /// round's solve shows them; the best settings that a solve has confirmed are kept.
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
        var best = Found(settings: self, trial: try trial(&solver, from: nil))
        // Settings put together from rounds, with the flows believed of them; a solve has seen them where `isSolved`.
        var mixed = (found: best, isSolved: true)
        var attempts = [UInt32](repeating: 0, count: presets.groups.count)
        var (rounds, idle) = (0, 0)
        for step in PresetChoice.Step.jumps.prefix(options.correctionRounds) where mixed.found.trial.worst > options.flowTolerance {
            let before = mixed.found
            let active = presets.parts(step).filter { part in
                (step.scope == .near || part.groups.contains { attempts[$0] & step.mask == 0 }) && isUneven(part, before.trial, presets)
            }
            var proposal = before.settings
            let trim = proposal.trim(before.trial, presets.costs)
            guard proposal.reset(active, by: before.trial.massFlow, pressing: trim, &presets, step) || trim != 0 else { continue }
            rounds += 1
            for part in active { for group in part.groups { attempts[group] |= step.mask } }
            var (next, isSolved) = (Found(settings: proposal, trial: try proposal.trial(&solver, from: best.trial.solution)), true)
            if next.trial.error < best.trial.error { best = next }
            if step.scope == .wide {
                var fitted = proposal
                if fitted.reset(active, by: next.trial.massFlow, pressing: 0, &presets, PresetChoice.Step(scope: .near)) {
                    let second = Found(settings: fitted, trial: try fitted.trial(&solver, from: next.trial.solution))
                    if second.trial.error < best.trial.error { best = second }
                    let first = next
                    next = second
                    if next.take(from: first, active, presets) { isSolved = false }
                }
            }
            if next.take(from: before, active, pressed: trim, presets) { isSolved = false }
            idle = next.trial.error < before.trial.error * (1 - Self.worthwhile) ? 0 : idle + 1
            if next.trial.error < before.trial.error {
                for part in active where cost(of: part, next.trial, presets) < cost(of: part, before.trial, presets) {
                    for group in part.groups { attempts[group] = 0 }
                }
                mixed = (next, isSolved)
            }
            if idle > 1 { break }
        }
        if !mixed.isSolved {
            let found = try mixed.found.settings.trial(&solver, from: best.trial.solution)
            if found.error < best.trial.error { best = Found(settings: mixed.found.settings, trial: found) }
        }
        self = best.settings
        if circuit.consumers.count <= options.polishLimit { return (try polish(best.trial, presets, &solver), rounds) }
        return (try mend(best.trial, presets, &solver), rounds)
    }

    /// Settings and the flows that a solve found for them, or that are believed of them.
    private struct Found {
        var settings: CircuitBalance
        var trial: Trial

        /// Takes settings and flows of those parts from another that cost less there; whether there were any.
        ///
        /// - Parameter trim: what the pump was trimmed by since the other, as a logarithm of the flows.
        mutating func take(from other: Found, _ parts: [PresetChoice.Module], pressed trim: Double = 0, _ presets: PresetChoice) -> Bool {
            let better = parts.filter { settings.cost(of: $0, other.trial, presets) < settings.cost(of: $0, trial, presets) }
            if better.isEmpty { return false }
            let press = power(2.718281828459045, trim)
            for part in better {
                settings.restore(part, from: other.settings)
                for member in part.groups.lazy.flatMap({ presets.groups[$0].members }) {
                    let link = settings.circuit.consumers[member].link
                    trial.massFlow[link] = press * other.trial.massFlow[link]
                }
            }
            settings.judge(&trial)
            return true
        }
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
        var misses: [(miss: Double, wish: FlowWish)] = []
        for (position, consumer) in circuit.consumers.enumerated() {
            guard consumer.followsPressure, !spare[position].isNaN else { continue }
            let ratio = trial.massFlow[consumer.link] / flow[consumer.link]
            if ratio > 1e-6 { misses.append((logarithm(ratio), branches[position].wish)) }
        }
        func cost(_ shift: Double) -> Double { misses.reduce(0) { $0 + costs.cost($1.miss + shift, $1.wish) } }
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
        _ active: [PresetChoice.Module], by massFlow: [Double], pressing trim: Double, _ presets: inout PresetChoice, _ step: PresetChoice.Step
    ) -> Bool {
        var changed = false
        let above = resistanceAbove()
        for module in active {
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
                let scan = presets.scan(place, response)
                if fit(presets.groups[place], response, GroupResponse.Supply(gain: gain), scan, presets, step.scope) { changed = true }
            }
        }
        return changed
    }

    /// Sets a group's common valve, where it may move, and its dwellings' for a supply; whether any valve changed.
    mutating func fit(
        _ group: PresetGroup, _ response: GroupResponse, _ given: GroupResponse.Supply, _ laidOut: GroupScan, _ presets: PresetChoice,
        _ scope: PresetChoice.Scope
    ) -> Bool {
        var (supply, scan, changed) = (given, laidOut, false)
        if scope != .dwellings, let common = group.common,
            let move = presets.bestMove(of: common, gain: supply.gain, within: scope, &scan, self)
        {
            supply.commonFactor = move.factor
            changed = move.setting != setting[common]
            put(common, move.setting)
        }
        let choice = response.choose(supply, &scan)
        for (branch, preset) in zip(response.branches, choice.places) {
            if put(branch, Int(preset), aim: response.pressure(branch, choice.ratio, supply), presets) { changed = true }
        }
        return changed
    }

    /// Puts a valve with a model to a setting.
    mutating func put(_ link: Int, _ value: Double) {
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
