import Hydraulics
import NetworkModel
import Quantities

/// Settings of one circuit that suit several cases, rosters or weathers, at once.
///
/// Every case has its own design flows, temperatures and pump speed; valves are turned once. Cases weigh alike: the sum of their
/// costs is what the search lowers, with the same neighbourhoods as ``CircuitBalance/correct()`` and presets that are chosen for
/// all cases together (``JointScan``). Costs are squares of misses over a wide range (``BalancerOptions/jointMissLimit``), so what
/// two cases want differently is put between them: least squares of all flows of all cases.
struct JointBalance: Sendable {
    /// One a case, of the same compiled circuit.
    private(set) var cases: [CircuitBalance]
    private let weights: [Double]
    private let presets: PresetChoice
    private let options: BalancerOptions

    /// Puts the settings of the cases together.
    ///
    /// - Parameters:
    ///   - cases: one a case, each with settings of its own.
    ///   - union: the circuit with every dwelling open that is open in any case.
    ///   - network: the network of the union.
    ///   - options: those of the cases' own balances.
    init(_ cases: [CircuitBalance], union: DesignCircuit, of network: Network, options: BalancerOptions) {
        self.cases = cases
        self.options = options
        weights = cases.map { _ in 1 / Double(cases.count) }
        let chains = ValveChains(union, of: network) { consumer in cases.contains { !$0.spare[consumer].isNaN } }
        presets = PresetChoice(union, chains, network, options) { consumer in
            cases.lazy.compactMap { $0.dwellingValve(of: consumer) }.first
        }
        for link in union.setValve.indices where union.setValve[link] != nil { unify(link, in: network) }
    }

    // MARK: One setting a valve

    /// Gives a valve one setting for all cases.
    private mutating func unify(_ link: Int, in network: Network) {
        guard let valve = cases[0].circuit.setValve[link] ?? cases.lazy.compactMap({ $0.circuit.setValve[link] }).first else { return }
        let users = cases.indices.filter { !cases[$0].planned[link].isNaN }
        let data = network.valves[valve]
        if data.isController {
            // The case that asks most of a controller: in the others it stands further closed.
            let most = users.max { (demand(of: link, in: $0), $1) < (demand(of: link, in: $1), $0) } ?? 0
            for number in cases.indices where number != most { cases[number].adopt(link, from: cases[most]) }
            return
        }
        guard !users.isEmpty else {
            // Turned in no case, or to its smallest setting where a dwelling is open and needs nothing.
            let donor = cases.indices.first { !cases[$0].setting[link].isNaN } ?? 0
            for number in cases.indices where number != donor { cases[number].adopt(link, from: cases[donor]) }
            return
        }
        let hasDwellings = cases[0].circuit.consumers.contains(where: \.followsPressure)
        if data.level == .substation || !hasDwellings {
            // Controllers of substations can only throttle: the widest of the cases' settings leaves all of them room.
            let widest = users.max { (cases[$0].state.kv[link], $1) < (cases[$1].state.kv[link], $0) } ?? users[0]
            for number in cases.indices where number != widest { cases[number].adopt(link, from: cases[widest]) }
            return
        }
        var sum = 0.0
        for number in users {
            let required = cases[number].requiredKv[link]
            sum += logarithm(required > 0 ? required : max(cases[number].state.kv[link], 1e-9))
        }
        let wanted = power(2.718281828459045, sum / Double(users.count))
        let model = data.model.map { network.valveModels[$0] }
        for number in cases.indices {
            if let model {
                cases[number].set(link, model.nearestSetting(passing: FlowCoefficient(min(wanted, model.fullyOpen.value))), model)
            } else {
                cases[number].setKv(link, min(wanted, network.fullyOpenKv(of: valve)))
            }
        }
    }

    /// What a case asks of a controller: the difference or the flow to be held.
    private func demand(of link: Int, in number: Int) -> Double {
        switch cases[number].held[link] {
        case .differentialPressure(let held, _, _): held.value
        case .pressureIndependent(let flow): flow.value
        default: -1
        }
    }

    // MARK: Search

    /// The solves of all cases with the settings as they stand.
    struct Trials: Sendable {
        var cases: [CircuitBalance.Trial]
        /// Mean of the cases' costs.
        var error: Double
    }

    private func trials(_ solver: inout HydraulicSolver, from start: Trials?) throws(HydraulicFailure) -> Trials {
        var found: [CircuitBalance.Trial] = []
        var error = 0.0
        for number in cases.indices {
            found.append(try cases[number].trial(&solver, from: start?.cases[number].solution))
            error += weights[number] * found[number].error
        }
        return Trials(cases: found, error: error)
    }

    private func cost(of module: PresetChoice.Module, _ trials: Trials) -> Double {
        cases.indices.reduce(0) { $0 + weights[$1] * cases[$1].cost(of: module, trials.cases[$1], presets) }
    }

    /// Chooses settings from the pressures that forward solves of all cases find, until flows stop improving.
    ///
    /// - Returns: the solve of each case, and the rounds made.
    mutating func correct() throws(HydraulicFailure) -> (trials: [CircuitBalance.Trial], rounds: Int) {
        let hasDwellings = cases[0].circuit.consumers.contains(where: \.followsPressure)
        guard hasDwellings else {
            return (cases.map { CircuitBalance.Trial(massFlow: $0.flow, solution: nil, cost: [], error: 0, worst: 0) }, 0)
        }
        var solving = HydraulicOptions()
        solving.isJudged = false
        var solver = HydraulicSolver(cases[0].circuit.compiled, options: solving)
        var best = try trials(&solver, from: nil)
        var kept = cases
        var rounds = 0
        var idle = 0
        for step in PresetChoice.Step.sequence.prefix(options.correctionRounds) where best.cases.contains(where: { $0.worst > options.flowTolerance }) {
            cases = kept
            let before = best.error
            var trims: [Double] = []
            for number in cases.indices { trims.append(cases[number].trim(best.cases[number], presets.costs)) }
            reset(by: best, trims, step)
            rounds += 1
            let found = try trials(&solver, from: best)
            let worse = presets.modules.filter { cost(of: $0, found) > cost(of: $0, best) }
            if found.error < best.error { (best, kept) = (found, cases) }
            if !worse.isEmpty && worse.count < presets.modules.count {
                let earlier = kept
                if found.error >= before {
                    // Modules hardly depend on each other: those that fare worse go back, the others stay.
                    for module in worse { restore(module, from: earlier) }
                    let mixed = try trials(&solver, from: found)
                    if mixed.error < best.error { (best, kept) = (mixed, cases) }
                }
            }
            idle = best.error < before * 0.995 ? 0 : idle + 1
            if idle > 2 { break }
        }
        cases = kept
        if cases[0].circuit.consumers.count <= options.polishLimit { best = try polish(best, &solver) }
        return (best.cases, rounds)
    }

    private mutating func restore(_ module: PresetChoice.Module, from other: [CircuitBalance]) {
        for number in cases.indices { cases[number].restore(module, from: other[number]) }
    }

    /// Positions of an inlet valve that are tried, from where it stands.
    private static let inletSteps = [0, -8, -5, -3, -2, -1, 1, 2, 3, 5, 8]

    /// Sets all modules anew for the flows of the last solves.
    private mutating func reset(by trials: Trials, _ trims: [Double], _ step: PresetChoice.Step) {
        let above = cases.map { $0.resistanceAbove() }
        for module in presets.modules {
            let responses = module.groups.map { group in
                cases.indices.map {
                    cases[$0].response(
                        of: presets.groups[group], by: trials.cases[$0].massFlow, pressing: trims[$0], damping: 1, above: above[$0])
                }
            }
            var scans = responses.map { JointScan($0, weights: weights, presets) }
            var best = (cost: Double.infinity, inlet: 0.0, commons: [Double?](), choices: [[JointScan.Chosen]]())
            for offset in step.scope == .near || module.inlet == nil ? [0] : Self.inletSteps {
                guard let position = inletPosition(module.inlet, offset) else { continue }
                var cost = 0.0
                var commons: [Double?] = []
                var choices: [[JointScan.Chosen]] = []
                for (place, group) in module.groups.enumerated() {
                    let choice = bestMove(of: presets.groups[group].common, position.gains, step.scope, &scans[place])
                    cost += choice.cost
                    commons.append(choice.setting)
                    choices.append(choice.choices)
                }
                if cost < best.cost { best = (cost, position.setting, commons, choices) }
            }
            guard best.cost.isFinite else { continue }
            if let inlet = module.inlet { put(inlet, best.inlet) }
            for (place, group) in module.groups.enumerated() {
                if let common = presets.groups[group].common, let setting = best.commons[place] { put(common, setting) }
                for choice in best.choices[place] { put(choice) }
            }
        }
    }

    /// A position of an inlet valve and what it gives each case over, Pa; nil where there is none.
    private func inletPosition(_ inlet: Int?, _ offset: Int) -> (setting: Double, gains: [Double])? {
        guard offset != 0, let inlet else { return (.nan, cases.map { _ in 0 }) }
        guard let grid = grid(of: inlet), !cases[0].setting[inlet].isNaN else { return nil }
        let now = grid.place(of: cases[0].setting[inlet])
        guard grid.kv.indices.contains(now + offset), grid.kv[now] > 0, grid.kv[now + offset] > 0 else { return nil }
        let factor = (grid.kv[now] / grid.kv[now + offset]) * (grid.kv[now] / grid.kv[now + offset])
        return (grid.setting[now + offset], cases.map { $0.valveLoss(inlet) * (1 - factor) })
    }

    private func grid(of link: Int) -> SettingGrid? {
        guard let valve = cases.lazy.compactMap({ $0.circuit.setValve[link] }).first, !cases[0].network.valves[valve].isController,
            let model = cases[0].network.valves[valve].model
        else { return nil }
        return presets.grids[model.position]
    }

    /// The setting of a common valve, and the presets behind it, that cost least over all cases.
    private func bestMove(
        of common: Int?, _ gains: [Double], _ scope: PresetChoice.Scope, _ scan: inout JointScan
    ) -> (setting: Double?, cost: Double, choices: [JointScan.Chosen]) {
        guard scope != .dwellings, let common, let grid = grid(of: common), !cases[0].setting[common].isNaN else {
            let cost = scan.choose(gains.map { GroupResponse.Supply(gain: $0) })
            return (nil, cost, scan.choices)
        }
        let now = grid.place(of: cases[0].setting[common])
        let reach = scope == .near ? 3 : Self.commonReach
        var best = (setting: grid.setting[now], cost: Double.infinity, choices: scan.choices)
        for place in max(0, now - reach)...min(grid.kv.count - 1, now + reach) where grid.kv[place] > 0 {
            let factor = (grid.kv[now] / grid.kv[place]) * (grid.kv[now] / grid.kv[place])
            let cost = scan.choose(gains.map { GroupResponse.Supply(gain: $0, commonFactor: factor) })
            if cost < best.cost { best = (grid.setting[place], cost, scan.choices) }
        }
        return (best.setting, best.cost, best.choices)
    }

    /// Positions of a common valve tried to either side.
    private static var commonReach: Int { 16 }

    private mutating func put(_ link: Int, _ setting: Double) {
        guard !setting.isNaN, let valve = cases.lazy.compactMap({ $0.circuit.setValve[link] }).first,
            let model = cases[0].network.valves[valve].model
        else { return }
        let data = cases[0].network.valveModels[model]
        for number in cases.indices { cases[number].set(link, setting, data) }
    }

    private mutating func put(_ choice: JointScan.Chosen) {
        guard let owner = cases.first(where: { $0.branches[choice.consumer].valve >= 0 }) else { return }
        let branch = owner.branches[choice.consumer]
        if choice.place >= 0, branch.model >= 0, let grid = presets.grids[branch.model] {
            put(branch.valve, grid.setting[Int(choice.place)])
        } else if choice.kv > 0 {
            if branch.model >= 0 {
                let model = cases[0].network.valveModels[ValveModelIndex(branch.model)]
                put(branch.valve, model.nearestSetting(passing: FlowCoefficient(min(choice.kv, model.fullyOpen.value))))
            } else {
                for number in cases.indices { cases[number].setKv(branch.valve, choice.kv) }
            }
        }
    }

    // MARK: Small circuits

    /// Tries single steps of every valve by forward solves, and steps of common valves with the presets behind them chosen anew.
    private mutating func polish(_ start: Trials, _ solver: inout HydraulicSolver) throws(HydraulicFailure) -> Trials {
        var best = start
        for _ in 0..<options.polishRounds {
            let before = best.error
            for module in presets.modules {
                for group in module.groups {
                    if let common = presets.groups[group].common {
                        for step in -6...6 where step != 0 {
                            let now = best
                            try attempt(&best, &solver) { $0.move(common, by: step, group, now) }
                        }
                    }
                    for member in presets.groups[group].members {
                        guard let link = cases.lazy.compactMap({ $0.dwellingValve(of: member) }).first else { continue }
                        for step in [-1, 1] { try attempt(&best, &solver) { $0.turn(link, by: step) } }
                    }
                }
            }
            if best.error > before * (1 - 1e-6) { break }
        }
        return best
    }

    private mutating func attempt(
        _ best: inout Trials, _ solver: inout HydraulicSolver, _ change: (inout JointBalance) -> Bool
    ) throws(HydraulicFailure) {
        var moved = self
        guard change(&moved) else { return }
        let found = try moved.trials(&solver, from: best)
        if found.error < best.error * (1 - 1e-9) { (best, self) = (found, moved) }
    }

    private mutating func turn(_ link: Int, by steps: Int) -> Bool {
        guard let grid = grid(of: link), !cases[0].setting[link].isNaN else { return false }
        let next = grid.place(of: cases[0].setting[link]) + steps
        guard grid.setting.indices.contains(next) else { return false }
        put(link, grid.setting[next])
        return true
    }

    /// Moves a common valve and chooses the presets behind it for what the last solves say they will find.
    private mutating func move(_ common: Int, by steps: Int, _ group: Int, _ trials: Trials) -> Bool {
        guard let grid = grid(of: common), !cases[0].setting[common].isNaN else { return false }
        let now = grid.place(of: cases[0].setting[common])
        guard grid.kv.indices.contains(now + steps), grid.kv[now + steps] > 0 else { return false }
        let factor = (grid.kv[now] / grid.kv[now + steps]) * (grid.kv[now] / grid.kv[now + steps])
        var scan = JointScan(
            cases.indices.map {
                cases[$0].response(
                    of: presets.groups[group], by: trials.cases[$0].massFlow, pressing: 0, damping: 1, above: cases[$0].resistanceAbove())
            }, weights: weights, presets)
        _ = scan.choose(cases.map { _ in GroupResponse.Supply(commonFactor: factor) })
        put(common, grid.setting[now + steps])
        for choice in scan.choices { put(choice) }
        return true
    }
}
