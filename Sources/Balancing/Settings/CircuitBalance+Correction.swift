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
        let costs = MissCost(options)
        var cost = [Double](repeating: 0, count: circuit.consumers.count)
        var (error, worst) = (0.0, 0.0)
        for (position, consumer) in circuit.consumers.enumerated() {
            guard consumer.followsPressure, !spare[position].isNaN else { continue }
            let ratio = solution.massFlow[consumer.link] / flow[consumer.link]
            cost[position] = costs.cost(ratio > 1e-6 ? logarithm(ratio) : -14, shortfallWeight: shortfallWeight(consumer))
            if let valve = dwellingValve(of: position) {
                let loss = valveLoss(valve) * ratio * ratio
                cost[position] += costs.noise(loss: loss, quiet: quietLoss(of: valve))
            }
            error += cost[position]
            worst = max(worst, abs(ratio - 1))
        }
        return Trial(massFlow: solution.massFlow, solution: solution, cost: cost, error: error, worst: worst)
    }

    /// Loss above which a dwelling's valve may be heard, Pa.
    private func quietLoss(of link: Int) -> Double {
        let model = circuit.setValve[link].flatMap { network.valves[$0].model }
        return model.flatMap { network.valveModels[$0].noiseLimit?.value } ?? options.quietLoss
    }

    /// Chooses settings again from the pressures that a forward solve finds, until flows stop improving.
    ///
    /// A large-neighbourhood search: each round proposes to every module (a building with its risers) the best setting of its
    /// common valves and presets for one way of sharing the pressure with its inlet (``PresetChoice/Step``); a forward solve
    /// of all of them together judges, modules that fare worse go back, and the best settings met are kept.
    /// - Returns: the solve of the settings kept, and the rounds made.
    mutating func correct() throws(HydraulicFailure) -> (trial: Trial, rounds: Int) {
        let hasDwellings = circuit.consumers.contains(where: \.followsPressure)
        // Controllers of substations make the design flow themselves.
        guard hasDwellings else { return (Trial(massFlow: flow, solution: nil, cost: [], error: 0, worst: 0), 0) }
        var solving = HydraulicOptions()
        // Provisional: what comes of these flows is judged by a simulation.
        solving.isJudged = false
        var solver = HydraulicSolver(circuit.compiled, options: solving)
        let presets = PresetChoice(self)
        var best = try trial(&solver, from: nil)
        var kept = self
        var attempts = [UInt32](repeating: 0, count: presets.modules.count)
        var (rounds, idle) = (0, 0)
        for step in PresetChoice.Step.sequence.prefix(options.correctionRounds) where best.worst > options.flowTolerance {
            let active = presets.modules.indices.filter { attempts[$0] & step.mask == 0 && isUneven(presets.modules[$0], best, presets) }
            self = kept
            let trim = trim(best, presets.costs)
            guard reset(active, by: best.massFlow, pressing: trim, presets, step) || trim != 0 else { continue }
            rounds += 1
            for module in active { attempts[module] |= step.mask }
            var candidate = (trial: try trial(&solver, from: best.solution), settings: self)
            // Modules hardly depend on each other at the design flows: those that fare worse go back to what they had.
            let worse = active.filter { cost(of: presets.modules[$0], candidate.trial, presets) > cost(of: presets.modules[$0], best, presets) }
            if !worse.isEmpty && (worse.count < active.count || trim != 0) {
                for module in worse { restore(presets.modules[module], from: kept) }
                let mixed = try trial(&solver, from: candidate.trial.solution)
                if mixed.error < candidate.trial.error { candidate = (mixed, self) }
            }
            idle = candidate.trial.error < best.error * (1 - Self.worthwhile) ? 0 : idle + 1
            if idle > 2 { break }
            guard candidate.trial.error < best.error else { continue }
            (best, kept) = candidate
            for module in active where !worse.contains(module) { attempts[module] = 0 }
        }
        self = kept
        if circuit.consumers.count <= options.polishLimit { best = try polish(best, presets, &solver) }
        return (best, rounds)
    }

    /// Fall of the cost that makes a round worth its solve; after three without it the search ends.
    private static var worthwhile: Double { 0.005 }

    /// Cost of a module's dwellings.
    private func cost(of module: PresetChoice.Module, _ trial: Trial, _ presets: PresetChoice) -> Double {
        module.groups.reduce(0) { sum, group in presets.groups[group].members.reduce(sum) { $0 + trial.cost[$1] } }
    }

    /// Whether a module has dwellings that other settings might suit better.
    private func isUneven(_ module: PresetChoice.Module, _ trial: Trial, _ presets: PresetChoice) -> Bool {
        module.groups.contains { presets.groups[$0].members.contains { trial.cost[$0] > 0.1 * presets.costs.penalty } }
    }

    /// Gives a module the settings it had.
    private mutating func restore(_ module: PresetChoice.Module, from other: CircuitBalance) {
        for entry in module.valves {
            setting[Int(entry)] = other.setting[Int(entry)]
            state.kv[Int(entry)] = other.state.kv[Int(entry)]
        }
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
            guard consumer.followsPressure, !spare[position].isNaN else { continue }
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
        // Somebody on a riser just gets what it needs: less would leave it cold.
        if case .riser = consumer.kind { return options.shortfallWeight }
        guard case .dwelling(let dwelling) = consumer.kind else { return 1 }
        let limit = limits[dwelling.position].limit
        return limit == .none || limit == .valve ? options.shortfallWeight : 1
    }

    /// The dwelling's own valve of a consumer, by local link; nil where it has none that can be set, or no water is meant for it.
    func dwellingValve(of consumer: Int) -> Int? {
        guard case .dwelling = circuit.consumers[consumer].kind, !spare[consumer].isNaN,
            let last = chains.valves(of: consumer).last, let valve = circuit.setValve[Int(last)],
            network.valves[valve].level == .dwelling, !network.valves[valve].isController
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
            design: design.magnitude, fullyOpen: network.fullyOpenKv(of: valve), feedback: 0,
            quiet: quietLoss(of: link),
            shortfallWeight: shortfallWeight(circuit.consumers[consumer]))
    }

    /// A group under the flows of a forward solve.
    ///
    /// - Parameters:
    ///   - trim: what the pump was trimmed by after the flows were found, as a logarithm of the flows.
    ///   - above: loss over flow of all that lies between root and node, Pa s/kg, by local node.
    func response(
        of group: PresetGroup, by massFlow: [Double], pressing trim: Double, damping: Double, above: [Double]
    ) -> GroupResponse {
        var response = GroupResponse(branches: group.members.compactMap { branch($0, by: massFlow, damping: damping) })
        let press = power(2.718281828459045, trim)
        for position in response.branches.indices {
            let branch = response.branches[position]
            let actual = massFlow[circuit.consumers[branch.consumer].link].magnitude
            response.flow += press * (damping == 1 ? actual : actual * power(actual / branch.design, damping - 1))
            response.design += branch.design
        }
        guard response.design > 0 else { return response }
        let square = (response.flow / response.design) * (response.flow / response.design)
        for position in response.branches.indices {
            response.branches[position].aim *= press * press
            let consumer = circuit.consumers[response.branches[position].consumer]
            var behind = 0.0
            for end in [circuit.compiled.from[consumer.link], circuit.compiled.to[consumer.link]] {
                behind += lossAbove(Int(end), of: response.design, beside: response.branches[position].valve, group.common, above)
            }
            response.branches[position].feedback = behind * square
        }
        if let common = group.common, !isController(common) {
            response.commonLoss = valveLoss(common) * square
            response.commonKv = state.kv[common]
        }
        return response
    }

    /// Loss between the root and a node as far as it follows a group's flow, Pa at the design flows: all of it where only
    /// the group's water passes, and the group's share where others' does too.
    private func lossAbove(_ node: Int, of groupFlow: Double, beside own: Int, _ common: Int?, _ above: [Double]) -> Double {
        let compiled = circuit.compiled
        var (here, sum) = (node, 0.0)
        // Behind a controller of the difference nothing above it is felt.
        let isHeld = common.map { holdsDifference($0) } ?? false
        while circuit.treeLink[here] >= 0 {
            let link = Int(circuit.treeLink[here])
            guard flow[link].magnitude <= groupFlow * (1 + 1e-6) else { break }
            if link != own && link != common { sum += lossAtDesign(link) }
            here = Int(compiled.to[link]) == here ? Int(compiled.from[link]) : Int(compiled.to[link])
        }
        return isHeld ? sum : sum + groupFlow * above[here]
    }

    /// Loss of a link at its design flow with valves as they are set, Pa; 0 for the pump.
    private func lossAtDesign(_ link: Int) -> Double {
        circuit.setValve[link] != nil ? valveLoss(link) : circuit.compiled.pumps.contains(link) ? 0 : loss[link].magnitude
    }

    /// Loss over flow of all between root and node, Pa s/kg, by local node.
    private func resistanceAbove() -> [Double] {
        let compiled = circuit.compiled
        var above = [Double](repeating: 0, count: compiled.nodes.count)
        for node in circuit.order {
            let link = Int(circuit.treeLink[Int(node)])
            guard link >= 0 else { continue }
            let parent = Int(compiled.to[link] == node ? compiled.from[link] : compiled.to[link])
            above[Int(node)] = holdsDifference(link) ? 0 : above[parent] + (flow[link] != 0 ? lossAtDesign(link) / flow[link].magnitude : 0)
        }
        return above
    }

    /// Sets each dwelling's valve for the pressure at its branch; whether any valve changed.
    ///
    /// - Parameters:
    ///   - trim: what the pump was trimmed by after the flows were found.
    ///   - scope: how far the valves common to a group may move as well.
    private mutating func reset(
        _ active: [Int], by massFlow: [Double], pressing trim: Double, _ presets: PresetChoice, _ step: PresetChoice.Step
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
                if moves, let common = presets.groups[place].common,
                    let move = presets.bestMove(of: common, gain: gain, within: step.scope, response, self)
                {
                    supply.commonFactor = move.factor
                    if move.setting != setting[common] { changed = true }
                    put(common, move.setting)
                }
                let choice = response.choose(supply, presets)
                for (branch, preset) in zip(response.branches, choice.places) {
                    if put(branch, preset, aim: response.pressure(branch, choice.ratio, supply), presets) { changed = true }
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
