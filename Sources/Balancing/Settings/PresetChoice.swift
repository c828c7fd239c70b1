import NetworkModel
import Quantities

/// What choosing presets together needs, made once a circuit: groups, grids and the cost of a miss.
struct PresetChoice: Sendable {
    let groups: [PresetGroup]
    /// Groups with the valve next above their common ones: buildings with their risers.
    let modules: [Module]
    /// Each group by itself.
    private let singles: [Module]
    /// By position of the model in the network; nil where it is not used here or too fine to lay out.
    let grids: [SettingGrid?]
    private(set) var costs: MissCost
    private let options: BalancerOptions
    /// Tables of the groups scanned so far.
    private var tables: [GroupScan.Table?] = []

    /// How far valves above the dwellings may move in a round.
    enum Scope {
        /// Common valves take any position that leaves them measurable.
        case far
        /// Common valves take any position the options allow.
        case wide
        /// Common valves move by a few positions.
        case near
        /// Dwellings' valves only.
        case dwellings
    }

    /// A round of proposals.
    struct Step {
        var scope: Scope
        /// Part of ``BalancerOptions/groupShift`` that inlets hand down of what the highest common valve would take; nil = they stay.
        var handed: Double?
        /// Part of the way to what is found best.
        var damping = 1.0
        /// A bit for each kind of step: what a module has tried without success is not tried again.
        var mask: UInt32 {
            let kind: UInt32 = switch (scope, handed) {
            case (.near, _): 0
            case (.dwellings, _): 1
            case (.wide, nil), (.far, nil): 2
            case (.wide, let part?), (.far, let part?): 3 + UInt32(4 * part)
            }
            return 1 << (damping < 1 ? kind + 8 : kind)
        }

        /// What is tried when the circuit is mended, so that as few flows as can be pay for it.
        static let settling = [Step(scope: .near), Step(scope: .wide), Step(scope: .near)]

        /// What is tried, one after the other; after each jump near moves make it fit.
        static let jumps = [Step(scope: .wide, handed: 1), Step(scope: .wide, handed: 0), Step(scope: .wide, handed: 0.5), Step(scope: .wide)]
            + [Step](repeating: Step(scope: .near), count: 4)

        /// The same for several cases, whose jumps are not fitted at once.
        static let sequence = [
            Step(scope: .wide, handed: 1), Step(scope: .near), Step(scope: .wide, handed: 0), Step(scope: .wide, handed: 0.5),
            Step(scope: .near), Step(scope: .wide), Step(scope: .wide, handed: 0.25), Step(scope: .wide, handed: 0.75), Step(scope: .near),
            Step(scope: .wide, handed: 1), Step(scope: .near),
        ]
    }

    /// Groups that share a valve next above their common ones, and all valves of them.
    struct Module: Sendable {
        /// Local link of the valve next above; nil for groups without one of their own.
        var inlet: Int?
        /// Places in ``groups``.
        var groups: [Int]
        /// Local links of inlet, common valves and dwellings' valves.
        var valves: [Int32] = []
    }

    /// The groups of a circuit with its own consumers.
    init(_ balance: CircuitBalance) {
        self.init(balance.circuit, balance.chains, balance.network, balance.options) { balance.dwellingValve(of: $0) }
    }

    /// The groups of a circuit.
    ///
    /// - Parameters:
    ///   - chains: valves on the way of every consumer that takes part.
    ///   - dwellingValve: local link of the dwelling's own valve of a consumer; nil for one that takes no part.
    init(
        _ circuit: DesignCircuit, _ chains: ValveChains, _ network: Network, _ options: BalancerOptions, dwellingValve: (Int) -> Int?
    ) {
        self.options = options
        let groups = PresetGroup.groups(circuit, chains, dwellingValve: dwellingValve)
        self.groups = groups
        modules = Self.modules(of: groups, circuit, chains, dwellingValve)
        singles = groups.indices.map { place in
            let valves = groups[place].members.compactMap { dwellingValve($0).map { Int32($0) } }
            return Module(inlet: nil, groups: [place], valves: (groups[place].common.map { [Int32($0)] } ?? []) + valves)
        }
        costs = MissCost(options)
        var grids = [SettingGrid?](repeating: nil, count: network.valveModels.count)
        var isUsed = [Bool](repeating: false, count: network.valveModels.count)
        for valve in circuit.setValve {
            if let model = valve.flatMap({ network.valves[$0].model }) { isUsed[model.position] = true }
        }
        for model in grids.indices where isUsed[model] { grids[model] = SettingGrid(network.valveModels[ValveModelIndex(model)]) }
        self.grids = grids
    }

    /// What a step proposes settings to as a whole: modules where it moves their inlets, else groups.
    func parts(_ step: Step) -> [Module] { step.handed == nil ? singles : modules }

    /// The groups of some modules, each by itself.
    func groups(of modules: [Int]) -> [Module] { modules.flatMap { self.modules[$0].groups.map { singles[$0] } } }

    /// The same with dwellings beyond what flows may miss before all else.
    var strict: PresetChoice {
        var copy = self
        copy.costs = MissCost(options.strict)
        return copy
    }

    /// A scan of a group, whose table is laid out the first time it is asked for.
    mutating func scan(_ group: Int, _ response: GroupResponse) -> GroupScan {
        if tables.isEmpty { tables = Array(repeating: nil, count: groups.count) }
        let table = tables[group] ?? GroupScan.Table(response.branches, grids)
        tables[group] = table
        return GroupScan(response, costs, table)
    }

    private static func modules(
        of groups: [PresetGroup], _ circuit: DesignCircuit, _ chains: ValveChains, _ dwellingValve: (Int) -> Int?
    ) -> [Module] {
        var modules: [Module] = []
        var place = [Int32](repeating: -1, count: circuit.compiled.links.count)
        for (position, group) in groups.enumerated() {
            let chain = group.members.first.map { chains.valves(of: $0) } ?? []
            guard group.common != nil, let above = chain.dropLast(2).last else {
                modules.append(Module(inlet: nil, groups: [position]))
                continue
            }
            if place[Int(above)] < 0 {
                place[Int(above)] = Int32(modules.count)
                modules.append(Module(inlet: Int(above), groups: []))
            }
            modules[Int(place[Int(above)])].groups.append(position)
        }
        // A valve that also serves others than these groups keeps its place.
        var behind = [Int](repeating: 0, count: circuit.compiled.links.count)
        for position in circuit.consumers.indices { for link in chains.valves(of: position) { behind[Int(link)] += 1 } }
        for position in modules.indices {
            if let valve = modules[position].inlet, modules[position].groups.reduce(0, { $0 + groups[$1].members.count }) != behind[valve] {
                modules[position].inlet = nil
            }
            var valves = modules[position].inlet.map { [Int32($0)] } ?? []
            for group in modules[position].groups {
                if let common = groups[group].common { valves.append(Int32(common)) }
                valves += groups[group].members.compactMap { dwellingValve($0).map { Int32($0) } }
            }
            modules[position].valves = valves
        }
        return modules
    }

    /// The setting at which an inlet hands a part of its excess pressure down, and what that gives its risers over now, Pa; nil
    /// where nothing changes.
    ///
    /// The highest common valve would take all excess pressure; here it leaves some to its risers, because they fit their
    /// presets only by taking different parts of it.
    func opened(_ inlet: Int, by part: Double, _ balance: CircuitBalance) -> (setting: Double, gain: Double)? {
        guard let valve = balance.circuit.setValve[inlet], let index = balance.network.valves[valve].model,
            let grid = grids[index.position], !balance.setting[inlet].isNaN, !balance.planned[inlet].isNaN
        else { return nil }
        let now = grid.place(of: balance.setting[inlet])
        let loss = balance.valveLoss(inlet)
        let unit = loss * grid.kv[now] * grid.kv[now]
        let planned = balance.planned[inlet]
        let wanted = max(min(options.measurableLoss, planned), planned - part * options.groupShift)
        guard unit > 0, wanted > 0 else { return nil }
        let place = grid.places(around: (unit / wanted).squareRoot()).below
        guard place != now, grid.kv[place] > 0 else { return nil }
        return (grid.setting[place], loss - unit / (grid.kv[place] * grid.kv[place]))
    }

    /// Positions from which on a common valve is first tried at every other one.
    private static var coarseFrom: Int { 12 }

    /// Where to put a group's common valve so that the presets behind it fit best.
    struct Move {
        var setting: Double
        /// (Kv before / Kv there)².
        var factor: Double
        /// What presets then cost.
        var cost: Double
    }

    /// Positions of a module's inlet that are looked at, with what each gives the risers over now, Pa; the one of now without an inlet.
    func positions(of inlet: Int?, _ balance: CircuitBalance) -> [(place: Int, setting: Double?, gain: Double)] {
        guard let inlet, let valve = balance.circuit.setValve[inlet], let index = balance.network.valves[valve].model,
            let grid = grids[index.position], !balance.setting[inlet].isNaN
        else { return [(0, nil, 0)] }
        let now = grid.place(of: balance.setting[inlet])
        let loss = balance.valveLoss(inlet)
        let unit = loss * grid.kv[now] * grid.kv[now]
        return (now - Self.inletReach...now + Self.inletReach).compactMap { place in
            guard grid.kv.indices.contains(place), grid.kv[place] > 0 else { return nil }
            let there = unit / (grid.kv[place] * grid.kv[place])
            guard place == now || there >= options.measurableLoss else { return nil }
            return (place, grid.setting[place], loss - there)
        }
    }

    /// Positions of an inlet to either side that are looked at.
    private static var inletReach: Int { 6 }

    /// The setting of a common valve at which its branches cost least together; nil where it cannot be set.
    ///
    /// It is tried in every position that leaves it measurable and shifts the branches by no more than the options
    /// allow. Pressures at the ends of the group are taken as they are, so the next forward solve judges it.
    ///
    /// - Parameter gain: loss that the valve above has given up for the group, Pa.
    /// - Complexity: O(positions × branches).
    func bestMove(of common: Int, gain: Double, within scope: Scope, _ scan: inout GroupScan, _ balance: CircuitBalance) -> Move? {
        guard let valve = balance.circuit.setValve[common], let index = balance.network.valves[valve].model,
            let grid = grids[index.position], !balance.setting[common].isNaN
        else { return nil }
        let now = grid.place(of: balance.setting[common])
        let loss = balance.valveLoss(common)
        let unit = loss * grid.kv[now] * grid.kv[now]
        guard unit > 0 else { return nil }
        let shift = scope == .far ? .infinity : options.groupShift
        let least = max(min(options.measurableLoss, loss), loss + gain - shift)
        var first = grid.places(around: (unit / max(loss + gain + shift, 1)).squareRoot()).above
        var last = grid.places(around: (unit / max(least, 1)).squareRoot()).below
        if scope == .near { (first, last) = (max(first, now - 3), min(last, now + 3)) }
        guard first <= last else { return nil }
        func factor(_ place: Int) -> Double { grid.kv[now] * grid.kv[now] / (grid.kv[place] * grid.kv[place]) }
        func moved(_ place: Int) -> Double { loss + gain - unit / (grid.kv[place] * grid.kv[place]) }
        var best = (place: now, cost: Double.infinity)
        func attempt(_ place: Int) {
            // Where presets fit equally well, the pressure stays where it was planned.
            let supply = GroupResponse.Supply(gain: gain, commonFactor: factor(place))
            let cost = scan.choose(supply).cost + 1e-6 * (moved(place) / options.groupShift).magnitude
            if cost < best.cost { best = (place, cost) }
        }
        // Far jumps look at every other position first and then beside the best: neighbours hardly differ.
        let stride = last - first > Self.coarseFrom ? 2 : 1
        for place in Swift.stride(from: first, through: last, by: stride) { attempt(place) }
        if stride > 1 {
            let found = best.place
            for place in [found - 1, found + 1] where place >= first && place <= last { attempt(place) }
        }
        return Move(setting: grid.setting[best.place], factor: factor(best.place), cost: best.cost)
    }
}
