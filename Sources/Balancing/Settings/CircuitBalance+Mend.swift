import Hydraulics
import NetworkModel
import Quantities

/// The last pass of a circuit that is too large to be polished, for dwellings whose flow misses by more than it may.
///
/// Whatever lies next to the settings found is tried for their sake: other positions of the valves above with all presets behind them
/// chosen anew, then the next setting of the dwelling's own valve. Forward solves judge, and nothing is kept that puts another dwelling
/// beyond the limit in its place or makes a further valve heard. Misses that are left are those which the catalogue does not spare.
extension CircuitBalance {
    /// How a module or a circuit fares.
    struct Standing {
        /// Dwellings whose flow misses by more than it may.
        var beyond = 0
        /// Dwellings' valves that may be heard.
        var loud = 0
        /// Dwellings outside the band that counts as a hit.
        var outside = 0
        /// Sum of ``Trial/cost``.
        var cost = 0.0

        /// Dwellings that may leave the band for one that is brought within its limit.
        static let exchange = 6

        /// Whether fewer dwellings are beyond and not too many outside the band for it, or as many at less cost, and no more valves may be heard.
        func isBetter(than other: Standing) -> Bool {
            guard loud <= other.loud else { return false }
            if beyond == other.beyond { return cost < other.cost * (1 - 1e-9) }
            return beyond < other.beyond && outside - other.outside <= Self.exchange * (other.beyond - beyond)
        }
    }

    /// Whether a consumer's flow misses its design by more than it may.
    func isBeyond(_ consumer: Int, _ trial: Trial) -> Bool { isOff(consumer, trial, by: options.flowLimit) }

    private func isOff(_ consumer: Int, _ trial: Trial, by limit: Double) -> Bool {
        guard circuit.consumers[consumer].followsPressure, !spare[consumer].isNaN else { return false }
        let link = circuit.consumers[consumer].link
        return (trial.massFlow[link] / flow[link] - 1).magnitude > limit
    }

    private func standing(_ consumers: some Sequence<Int>, _ trial: Trial) -> Standing {
        var standing = Standing()
        for consumer in consumers {
            standing.cost += trial.cost[consumer]
            if isBeyond(consumer, trial) { standing.beyond += 1 }
            if isOff(consumer, trial, by: options.flowBand) { standing.outside += 1 }
            let branch = branches[consumer]
            guard branch.valve >= 0, state.kv[branch.valve] > 0 else { continue }
            let ratio = trial.massFlow[circuit.consumers[consumer].link] / branch.design / state.kv[branch.valve]
            if branch.unitLoss * ratio * ratio > branch.quiet { standing.loud += 1 }
        }
        return standing
    }

    /// Mends the settings that a trial has shown.
    ///
    /// - Returns: the solve of the settings kept.
    /// - Complexity: for each of some steps the modules concerned, and one or two forward solves.
    mutating func mend(_ start: Trial, _ presets: PresetChoice, _ solver: inout HydraulicSolver) throws(HydraulicFailure) -> Trial {
        var best = start
        guard options.strictLimitWeight > 0 else { return best }
        var strict = presets.strict
        let members = strict.modules.map { module in module.groups.flatMap { strict.groups[$0].members } }
        // Modules that are mended go on with the others: what it cost their other dwellings may be won back.
        let lost = members.indices.filter { module in members[module].contains { isBeyond($0, best) } }
        if lost.isEmpty { return best }
        var idle = 0
        for step in PresetChoice.Step.mending where idle < Self.patience {
            var moved = self
            idle += 1
            guard moved.reset(lost, by: best.massFlow, pressing: 0, &strict, step) else { continue }
            if try keep(moved, lost, members, strict, &best, &solver) { idle = 0 }
        }
        var tried = Set<Turn>()
        for _ in 0..<options.mendRounds {
            var moved = self
            let touched = moved.turnSingly(best, strict, &tried)
            if touched.isEmpty { break }
            _ = try keep(moved, touched, members, strict, &best, &solver)
        }
        return best
    }

    /// Steps of mending without success after which it ends.
    private static var patience: Int { 6 }

    /// Solves a proposal that changes some modules, puts those back that it does not help, and takes over the rest where a solve
    /// confirms it; whether it did.
    private mutating func keep(
        _ proposal: CircuitBalance, _ modules: [Int], _ members: [[Int]], _ presets: PresetChoice, _ best: inout Trial,
        _ solver: inout HydraulicSolver
    ) throws(HydraulicFailure) -> Bool {
        var moved = proposal
        var found = try moved.trial(&solver, from: best.solution)
        let useless = modules.filter { !moved.standing(members[$0], found).isBetter(than: standing(members[$0], best)) }
        if useless.count == modules.count { return false }
        if !useless.isEmpty {
            for module in useless { moved.restore(presets.modules[module], from: self) }
            found = try moved.trial(&solver, from: found.solution)
        }
        let all = circuit.consumers.indices
        guard moved.standing(all, found).isBetter(than: standing(all, best)) else { return false }
        (self, best) = (moved, found)
        return true
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
