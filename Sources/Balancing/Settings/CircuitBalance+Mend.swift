import Hydraulics
import NetworkModel
import Quantities

/// The last pass of a circuit that is too large to be polished, for dwellings whose flow misses by more than it may or than counts as a hit.
///
/// For the modules that have such dwellings all positions of inlet and common valves next to those found are looked at together, with all
/// presets behind them chosen anew, then the next settings of single valves. Forward solves judge. A dwelling beyond the limit counts more
/// than anything else, but nothing is kept that leaves a further one short of water or makes too many others miss the band for it.
extension CircuitBalance {
    /// How a module or a circuit fares.
    struct Standing {
        /// Dwellings whose flow misses by more than it may.
        var beyond = 0
        /// Those of them that get too little.
        var short = 0
        /// Dwellings' valves that may be heard.
        var loud = 0
        /// Dwellings outside the band that counts as a hit.
        var outside = 0
        /// Sum of ``Trial/cost``.
        var cost = 0.0

        /// Dwellings that may leave the band for one that is brought within its limit.
        static let exchange = 6

        /// Whether fewer dwellings are beyond, no more of them short and not too many outside the band for it; or whether as many are beyond
        /// at less cost, and no more valves may be heard.
        func isBetter(than other: Standing) -> Bool {
            if beyond == other.beyond && short == other.short { return loud <= other.loud && cost < other.cost * (1 - 1e-9) }
            return beyond <= other.beyond && short <= other.short && outside - other.outside <= Self.exchange * (other.beyond - beyond)
        }
    }

    /// Whether a consumer's flow misses its design by more than it may.
    func isBeyond(_ consumer: Int, _ trial: Trial) -> Bool { isOff(consumer, trial, by: options.flowLimit) }

    func isOff(_ consumer: Int, _ trial: Trial, by limit: Double) -> Bool {
        guard circuit.consumers[consumer].followsPressure, !spare[consumer].isNaN else { return false }
        let link = circuit.consumers[consumer].link
        return (trial.massFlow[link] / flow[link] - 1).magnitude > limit
    }

    private func standing(_ consumers: some Sequence<Int>, _ trial: Trial) -> Standing {
        var standing = Standing()
        for consumer in consumers {
            standing.cost += trial.cost[consumer]
            if isBeyond(consumer, trial) {
                standing.beyond += 1
                if isShort(consumer, trial) { standing.short += 1 }
            }
            if isOff(consumer, trial, by: options.flowBand) { standing.outside += 1 }
            let branch = branches[consumer]
            guard branch.valve >= 0, state.kv[branch.valve] > 0 else { continue }
            let ratio = trial.massFlow[circuit.consumers[consumer].link] / branch.design / state.kv[branch.valve]
            if branch.unitLoss * ratio * ratio > branch.quiet { standing.loud += 1 }
        }
        return standing
    }

    private func isShort(_ consumer: Int, _ trial: Trial) -> Bool {
        let link = circuit.consumers[consumer].link
        return trial.massFlow[link].magnitude < flow[link].magnitude
    }

    /// Mends the settings that a trial has shown.
    ///
    /// - Returns: the solve of the settings kept.
    /// - Complexity: for each of some steps the modules concerned, and a few forward solves.
    mutating func mend(_ start: Trial, _ presets: PresetChoice, _ solver: inout HydraulicSolver) throws(HydraulicFailure) -> Trial {
        var best = start
        guard options.strictLimitWeight > 0 else { return best }
        var strict = presets.strict
        var seen = strict.modules.map { _ in Set<Int>() }
        for _ in 0..<options.mendRounds {
            let lost = strict.modules.indices.filter { canBeMended(strict.modules[$0], best, strict) }
            var moved = self
            let touched = moved.moveInlets(lost, best, &strict, &seen)
            if touched.isEmpty { break }
            // Presets are fitted twice more to the flows that a jump makes.
            var trial = try moved.trial(&solver, from: best.solution)
            for _ in 0..<2 {
                guard moved.reset(strict.groups(of: touched), by: trial.massFlow, pressing: 0, &strict, PresetChoice.Step(scope: .near)) else { break }
                trial = try moved.trial(&solver, from: trial.solution)
            }
            for kept in try keep(moved, trial, touched.map { strict.modules[$0] }, strict, &best, &solver) { seen[touched[kept]] = [] }
        }
        for step in PresetChoice.Step.settling {
            let parts = strict.parts(step).filter { part in
                part.groups.contains { strict.groups[$0].members.contains { best.cost[$0] > strict.costs.penalty } }
            }
            var moved = self
            let trim = moved.trim(best, strict.costs)
            guard moved.reset(parts, by: best.massFlow, pressing: trim, &strict, step) || trim != 0 else { continue }
            let trial = try moved.trial(&solver, from: best.solution)
            _ = try keep(moved, trial, parts, strict, &best, &solver)
        }
        var tried = Set<Turn>()
        for _ in 0..<options.turnRounds {
            var moved = self
            let touched = moved.turnSingly(best, strict, &tried)
            if touched.isEmpty { break }
            let trial = try moved.trial(&solver, from: best.solution)
            _ = try keep(moved, trial, touched.map { strict.modules[$0] }, strict, &best, &solver)
        }
        return best
    }

    /// Whether other settings might hold more of a module's dwellings within the limit and leave no further one short.
    private func canBeMended(_ module: PresetChoice.Module, _ trial: Trial, _ presets: PresetChoice) -> Bool {
        module.groups.contains { place in
            let members = presets.groups[place].members
            guard members.contains(where: { isBeyond($0, trial) }) else { return false }
            let fits = members.compactMap { fit($0, trial, presets.grids) }
            return fits.mostWithin(options.flowLimit) > fits.count { ($0.ratio - 1).magnitude <= options.flowLimit }
        }
    }

    /// A consumer's branch as a bound sees it; nil without presets.
    func fit(_ consumer: Int, _ trial: Trial, _ grids: [SettingGrid?]) -> PresetFit? {
        let branch = branches[consumer]
        guard branch.valve >= 0, branch.model >= 0, let grid = grids[branch.model], state.kv[branch.valve] > 0 else { return nil }
        let ratio = (trial.massFlow[circuit.consumers[consumer].link] / branch.design).magnitude
        let taken = branch.unitLoss / (state.kv[branch.valve] * state.kv[branch.valve]) + branch.terminal
        return PresetFit(
            ratio: ratio, taken: taken * ratio * ratio,
            presets: grid.kv.map { $0 > 0 ? branch.unitLoss / ($0 * $0) + branch.terminal : .infinity })
    }

    /// Puts the inlet of each of some modules to the position not looked at yet that suits it best, with its common valves and presets.
    ///
    /// - Parameter seen: positions that the inlets have been put to, by module.
    /// - Returns: the modules that are moved.
    private mutating func moveInlets(_ modules: [Int], _ trial: Trial, _ presets: inout PresetChoice, _ seen: inout [Set<Int>]) -> [Int] {
        let above = resistanceAbove()
        var touched: [Int] = []
        for module in modules {
            let data = presets.modules[module]
            let responses = data.groups.map { response(of: presets.groups[$0], by: trial.massFlow, pressing: 0, damping: 1, above: above) }
            var best: (place: Int, setting: Double?, gain: Double, cost: Double)?
            for inlet in presets.positions(of: data.inlet, self) where !seen[module].contains(inlet.place) {
                var cost = 0.0
                for (place, response) in zip(data.groups, responses) {
                    var scan = presets.scan(place, response)
                    let move = presets.groups[place].common.flatMap { presets.bestMove(of: $0, gain: inlet.gain, within: .far, &scan, self) }
                    cost += move?.cost ?? scan.choose(GroupResponse.Supply(gain: inlet.gain)).cost
                }
                if cost < best?.cost ?? .infinity { best = (inlet.place, inlet.setting, inlet.gain, cost) }
            }
            guard let best else { continue }
            seen[module].insert(best.place)
            if let inlet = data.inlet, let setting = best.setting { put(inlet, setting) }
            for (place, response) in zip(data.groups, responses) {
                _ = fit(presets.groups[place], response, GroupResponse.Supply(gain: best.gain), presets.scan(place, response), presets, .far)
            }
            touched.append(module)
        }
        return touched
    }

    /// Takes over those parts of a proposal that its trial shows to be better, where a solve of them alone confirms it.
    ///
    /// - Parameter trial: the solve of the proposal.
    /// - Returns: the places of the parts taken over.
    private mutating func keep(
        _ proposal: CircuitBalance, _ trial: Trial, _ parts: [PresetChoice.Module], _ presets: PresetChoice, _ best: inout Trial,
        _ solver: inout HydraulicSolver
    ) throws(HydraulicFailure) -> [Int] {
        var (moved, found) = (proposal, trial)
        let useful = parts.indices.filter { part in
            let members = parts[part].groups.flatMap { presets.groups[$0].members }
            return moved.standing(members, found).isBetter(than: standing(members, best))
        }
        if useful.isEmpty { return [] }
        if useful.count < parts.count {
            let kept = Set(useful)
            for part in parts.indices where !kept.contains(part) { moved.restore(parts[part], from: self) }
            found = try moved.trial(&solver, from: found.solution)
        }
        let all = circuit.consumers.indices
        guard moved.standing(all, found).isBetter(than: standing(all, best)) else { return [] }
        (self, best) = (moved, found)
        return useful
    }

    /// Makes one single turn in each module that should leave fewer of its dwellings beyond their limit; the modules concerned.
    private mutating func turnSingly(_ trial: Trial, _ presets: PresetChoice, _ tried: inout Set<Turn>) -> [Int] {
        let above = resistanceAbove()
        var touched: [Int] = []
        for (module, data) in presets.modules.enumerated() {
            for group in data.groups where presets.groups[group].members.contains(where: { isBeyond($0, trial) }) {
                let response = response(of: presets.groups[group], by: trial.massFlow, pressing: 0, damping: 1, above: above)
                guard let turn = bestTurn(presets.groups[group], response, trial, presets, tried) else { continue }
                tried.insert(turn)
                (setting[turn.link], state.kv[turn.link]) = (turn.setting, turn.kv)
                touched.append(module)
                break
            }
        }
        return touched
    }

    /// Another setting of one valve, all else as it stands.
    private struct Turn: Hashable {
        var link: Int
        var setting: Double
        var kv: Double
    }

    /// Positions to either side at which a single valve is looked at.
    private static var reach: Int { 6 }

    /// The turn of one valve of a group, a missed dwelling's own or the common one, that should leave fewest of its dwellings beyond
    /// their limit; nil where none that has not been tried leaves fewer than now.
    private func bestTurn(
        _ group: PresetGroup, _ response: GroupResponse, _ trial: Trial, _ presets: PresetChoice, _ tried: Set<Turn>
    ) -> Turn? {
        let taken = taken(response)
        func count(_ ratios: [Double]) -> Int { ratios.count { ($0 - 1).magnitude > options.flowLimit } }
        var best: (turn: Turn?, beyond: Int) = (nil, count(response.flowRatios(taken: taken)))
        func attempt(_ link: Int, _ grid: SettingGrid, _ place: Int, _ ratios: () -> [Double]) {
            let turn = Turn(link: link, setting: grid.setting[place], kv: grid.kv[place])
            guard turn.kv > 0, !tried.contains(turn) else { return }
            let beyond = count(ratios())
            if beyond < best.beyond { best = (turn, beyond) }
        }
        for (position, branch) in response.branches.enumerated() where isBeyond(branch.consumer, trial) {
            guard branch.model >= 0, let grid = presets.grids[branch.model], !setting[branch.valve].isNaN else { continue }
            let now = grid.place(of: setting[branch.valve])
            for place in now - Self.reach...now + Self.reach where place != now && grid.kv.indices.contains(place) {
                attempt(branch.valve, grid, place) {
                    var changed = taken
                    changed[position] = branch.unitLoss / (grid.kv[place] * grid.kv[place]) + branch.terminal
                    return response.flowRatios(taken: changed)
                }
            }
        }
        guard let common = group.common, response.commonLoss > 0, let grid = grid(of: common, presets), !setting[common].isNaN else { return best.turn }
        let now = grid.place(of: setting[common])
        for place in now - Self.reach...now + Self.reach where place != now && grid.kv.indices.contains(place) && grid.kv[place] > 0 {
            let factor = (grid.kv[now] / grid.kv[place]) * (grid.kv[now] / grid.kv[place])
            // Its flow is to be measured there as well as now.
            guard valveLoss(common) * factor >= min(options.measurableLoss, valveLoss(common)) else { continue }
            attempt(common, grid, place) { response.flowRatios(taken: taken, commonFactor: factor) }
        }
        return best.turn
    }

    private func grid(of link: Int, _ presets: PresetChoice) -> SettingGrid? {
        circuit.setValve[link].flatMap { network.valves[$0].model }.flatMap { presets.grids[$0.position] }
    }

    /// What the branches of a group take at their design flows with their valves as they stand, Pa.
    private func taken(_ response: GroupResponse) -> [Double] {
        response.branches.map { branch in
            let kv = state.kv[branch.valve]
            return kv > 0 ? branch.unitLoss / (kv * kv) + branch.terminal : .infinity
        }
    }

    /// The setting next to a dwelling's own on the side of its design flow, and what flows there over the design while all other
    /// settings stay; nil without one.
    func neighbour(
        of consumer: Int, _ response: GroupResponse, _ trial: Trial, _ grids: [SettingGrid?]
    ) -> (setting: Double, flowRatio: Double)? {
        let branch = branches[consumer]
        guard branch.valve >= 0, branch.model >= 0, let grid = grids[branch.model], !setting[branch.valve].isNaN,
            let position = response.branches.firstIndex(where: { $0.consumer == consumer })
        else { return nil }
        let isShort = trial.massFlow[circuit.consumers[consumer].link].magnitude < branch.design
        let place = grid.place(of: setting[branch.valve]) + (isShort ? 1 : -1)
        guard grid.kv.indices.contains(place), grid.kv[place] > 0 else { return nil }
        var taken = taken(response)
        taken[position] = branch.unitLoss / (grid.kv[place] * grid.kv[place]) + branch.terminal
        return (grid.setting[place], response.flowRatios(taken: taken)[position])
    }
}
