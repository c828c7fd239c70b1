import NetworkModel
import Quantities

/// What choosing presets together needs, made once a circuit: groups, grids and the cost of a miss.
struct PresetChoice: Sendable {
    let groups: [PresetGroup]
    /// Valves next above the common ones, with the places of all groups behind them: buildings with their risers.
    let inlets: [Inlet]
    /// By position of the model in the network; nil where it is not used here or too fine to lay out.
    let grids: [SettingGrid?]
    let costs: MissCost
    private let options: BalancerOptions

    /// How far valves above the dwellings may move in a round.
    enum Scope {
        /// Inlets hand pressure down, common valves take any position the options allow.
        case wide
        /// Common valves move by a few positions.
        case near
        /// Dwellings' valves only.
        case dwellings
    }

    /// A valve next above common valves.
    struct Inlet: Sendable {
        /// Local link; nil for groups without one.
        var valve: Int?
        /// Places in ``groups``.
        var groups: [Int]
    }

    init(_ balance: CircuitBalance) {
        options = balance.options
        let groups = PresetGroup.groups(balance.circuit, balance.chains) { balance.dwellingValve(of: $0) }
        self.groups = groups
        inlets = Self.inlets(of: groups, balance)
        costs = MissCost(balance.options)
        let network = balance.network
        var grids = [SettingGrid?](repeating: nil, count: network.valveModels.count)
        var isUsed = [Bool](repeating: false, count: network.valveModels.count)
        for valve in balance.circuit.setValve {
            if let model = valve.flatMap({ network.valves[$0].model }) { isUsed[model.position] = true }
        }
        for model in grids.indices where isUsed[model] { grids[model] = SettingGrid(network.valveModels[ValveModelIndex(model)]) }
        self.grids = grids
    }

    private static func inlets(of groups: [PresetGroup], _ balance: CircuitBalance) -> [Inlet] {
        var inlets: [Inlet] = []
        var place = [Int32](repeating: -1, count: balance.circuit.compiled.links.count)
        for (position, group) in groups.enumerated() {
            let chain = group.members.first.map { balance.chains.valves(of: $0) } ?? []
            guard group.common != nil, let above = chain.dropLast(2).last else {
                inlets.append(Inlet(valve: nil, groups: [position]))
                continue
            }
            if place[Int(above)] < 0 {
                place[Int(above)] = Int32(inlets.count)
                inlets.append(Inlet(valve: Int(above), groups: []))
            }
            inlets[Int(place[Int(above)])].groups.append(position)
        }
        // A valve that also serves others than these groups keeps its place.
        var behind = [Int](repeating: 0, count: balance.circuit.compiled.links.count)
        for position in balance.circuit.consumers.indices { for link in balance.chains.valves(of: position) { behind[Int(link)] += 1 } }
        for position in inlets.indices {
            guard let valve = inlets[position].valve else { continue }
            if inlets[position].groups.reduce(0, { $0 + groups[$1].members.count }) != behind[valve] { inlets[position].valve = nil }
        }
        return inlets
    }

    /// The setting that opens an inlet as far as its risers may want room, and what that gives them, Pa; nil where it has none.
    ///
    /// The highest common valve takes all excess pressure; here it hands a part of it down, because its risers fit
    /// their presets only by taking different parts of it.
    func opened(_ inlet: Int, _ balance: CircuitBalance) -> (setting: Double, gain: Double)? {
        guard let valve = balance.circuit.setValve[inlet], let index = balance.network.valves[valve].model,
            let grid = grids[index.position], !balance.setting[inlet].isNaN
        else { return nil }
        let now = grid.place(of: balance.setting[inlet])
        let loss = balance.valveLoss(inlet)
        let least = max(options.measurableLoss, loss - options.groupShift)
        guard loss > least * 1.2 else { return nil }
        let place = grid.places(around: grid.kv[now] * (loss / least).squareRoot()).below
        guard place > now else { return nil }
        let left = loss * (grid.kv[now] / grid.kv[place]) * (grid.kv[now] / grid.kv[place])
        return (grid.setting[place], loss - left)
    }

    /// Where to put a group's common valve so that the presets behind it fit best.
    struct Move {
        var setting: Double
        /// Loss that the branches gain, Pa.
        var shift: Double
    }

    /// The setting of a common valve at which its branches cost least together; nil where it cannot be set.
    ///
    /// It is tried in every position that leaves it measurable and shifts the branches by no more than the options
    /// allow. Pressures at the ends of the group are taken as they are, so the next forward solve judges it.
    ///
    /// - Parameter gain: loss that the valve above has given up for the group, Pa.
    /// - Complexity: O(positions × branches × log presets).
    func bestMove(of common: Int, gain: Double, within scope: Scope, _ branches: [Branch], _ balance: CircuitBalance) -> Move? {
        guard let valve = balance.circuit.setValve[common], let index = balance.network.valves[valve].model,
            let grid = grids[index.position], !balance.setting[common].isNaN
        else { return nil }
        let now = grid.place(of: balance.setting[common])
        let loss = balance.valveLoss(common)
        let unit = loss * grid.kv[now] * grid.kv[now]
        guard unit > 0 else { return nil }
        let least = max(min(options.measurableLoss, loss), loss + gain - options.groupShift)
        var first = grid.places(around: (unit / max(loss + gain + options.groupShift, 1)).squareRoot()).above
        var last = grid.places(around: (unit / max(least, 1)).squareRoot()).below
        if scope == .near { (first, last) = (max(first, now - 3), min(last, now + 3)) }
        guard first <= last else { return nil }
        func shift(_ place: Int) -> Double { loss + gain - unit / (grid.kv[place] * grid.kv[place]) }
        var best = (place: now, cost: Double.infinity)
        for place in first...last {
            // Where presets fit equally well, the pressure stays where it was planned.
            let cost = cost(of: branches, shift: shift(place)) + 1e-6 * (shift(place) / options.groupShift).magnitude
            if cost < best.cost { best = (place, cost) }
        }
        return Move(setting: grid.setting[best.place], shift: shift(best.place))
    }

    /// Whether a preset of a group misses by so much that moving the common valve is worth while.
    func isUneven(_ branches: [Branch]) -> Bool {
        branches.contains { branch in
            guard branch.model >= 0, let grid = grids[branch.model] else { return false }
            let miss = costs.best(branch, aim: branch.aim, grid: grid).miss
            return miss > 0.5 * costs.band || miss < -0.5 * costs.band / branch.shortfallWeight
        }
    }

    /// Cost of a group's best presets when its branches gain a loss.
    private func cost(of branches: [Branch], shift: Double) -> Double {
        var sum = 0.0
        for branch in branches where branch.model >= 0 {
            guard let grid = grids[branch.model] else { continue }
            let aim = branch.aim + shift
            sum += costs.best(branch, aim: aim, grid: grid).cost
            // A valve that would be heard is worth avoiding, but not at the price of a flow.
            if shift > 0, aim - branch.terminal > branch.quiet { sum += 0.1 * costs.penalty }
        }
        return sum
    }
}
