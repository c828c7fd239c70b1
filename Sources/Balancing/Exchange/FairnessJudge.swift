import Heating
import NetworkModel
import Quantities

/// Solves the programmes of a ``FairnessCertificate``.
struct FairnessJudge {
    private let limits: SharedLimits
    private let workers: Int
    private let buildings: [JudgedBuilding]
    /// Positions in ``buildings`` by circuit.
    private let ofCircuit: [[Int]]
    private(set) var certificate = FairnessCertificate(greatestGain: 0, dwelling: nil, judged: 0, programmes: 0)

    init(_ allocation: Allocation, _ distribution: Distribution, _ limits: SharedLimits, _ options: AllocationOptions) {
        self.limits = limits
        workers = options.workers
        // On one-pipe risers dwellings have no water of their own; see ``FairnessCertificate/unjudged``.
        let places = distribution.feeds.enumerated().flatMap { circuit, feed in
            distribution.circuits[circuit].risers.isEmpty ? feed.buildings.map { (circuit, $0) } : []
        }
        buildings = Workers.map(places.count, threads: options.workers) { position in
            JudgedBuilding(places[position].1, places[position].0, allocation, distribution, limits, options)
        }
        var ofCircuit = distribution.circuits.map { _ in [Int]() }
        for (position, building) in buildings.enumerated() { ofCircuit[building.circuit].append(position) }
        self.ofCircuit = ofCircuit
        for (circuit, feed) in distribution.feeds.enumerated() where !distribution.circuits[circuit].risers.isEmpty {
            for building in feed.buildings { certificate.unjudged += Self.below(building, allocation, distribution.network) }
        }
    }

    /// Open dwellings of a building below their target, as ``JudgedBuilding`` counts them.
    private static func below(_ building: Int, _ allocation: Allocation, _ network: Network) -> Int {
        network.buildings[building].dwellings.count { position in
            let (dwelling, room) = (network.dwellings[position], allocation.dwellings.room[position])
            return dwelling.state == .open && dwelling.terminal != nil
                && room < network.target(of: DwellingIndex(position)).celsius - FairnessCertificate.sameRoom
        }
    }

    /// Dwellings of one building that are equally cold.
    private struct Group {
        var building: Int
        var entries: [Int]
        var room: Double
    }

    mutating func run() {
        var groups: [Group] = []
        for (position, building) in buildings.enumerated() {
            for entries in building.coldGroups() {
                certificate.judged += entries.count
                groups.append(Group(building: position, entries: entries, room: entries.map { building.room[$0] }.min() ?? 0))
            }
        }
        // First what their own building could do for them if nothing else were short.
        groups = left(of: groups) { [buildings] group in buildings[group.building].gain(group.entries, group.room, shared: []) }
        // Then with the limits they share, the narrowest alone, then all.
        groups = left(of: groups, rows: 1)
        groups = left(of: groups, rows: .max)
        for group in groups {
            for entry in group.entries { judge(group, entry) }
        }
    }

    /// Groups that gain more than nothing by a bound.
    private mutating func left(of groups: [Group], _ bound: @Sendable (Group) -> Double) -> [Group] {
        let gains = Workers.map(groups.count, threads: workers) { bound(groups[$0]) }
        certificate.programmes += groups.count
        var left: [Group] = []
        for (group, gain) in zip(groups, gains) {
            if gain <= FairnessCertificate.tolerance { note(gain, group) } else { left.append(group) }
        }
        return left
    }

    private mutating func left(of groups: [Group], rows count: Int) -> [Group] {
        var left: [Group] = []
        // Equally cold groups share what others can free for them.
        var budgets: [Level: [Int: Budget]] = [:]
        for group in groups {
            let gain = bound(group, group.entries, rows: count, &budgets)
            if gain <= FairnessCertificate.tolerance { note(gain, group) } else { left.append(group) }
        }
        return left
    }

    /// Rooms rounded down to a fifth of the width that counts as equal.
    private struct Level: Hashable {
        var step: Int
        static let width = 0.2 * FairnessCertificate.sameRoom
    }

    /// What all buildings behind a limit can free of it at most, with what is left of it.
    private struct Budget {
        var sum = 0.0
        /// Part of each building.
        var own: [Int: Double] = [:]
        /// The narrower limit that is added, with its weight, to the use of a circuit's buildings.
        var mix: [Int: SharedUse.Mix] = [:]
    }

    private mutating func bound(_ group: Group, _ entries: [Int], rows count: Int, _ budgets: inout [Level: [Int: Budget]]) -> Double {
        let building = buildings[group.building]
        let level = Level(step: Int((group.room / Level.width).rounded(.down)))
        let room = min(group.room, Double(level.step) * Level.width)
        var shared: [SharedUse] = []
        for row in limits.rowsOfCircuit[building.circuit].lazy.filter({ building.shares($0) }).prefix(count) {
            if budgets[level]?[row] == nil { budgets[level, default: [:]][row] = budget(row, room) }
            guard let budget = budgets[level]?[row] else { continue }
            shared.append(SharedUse(
                row: row, mix: budget.mix[building.circuit], left: limits.rows[row].left + budget.sum - (budget.own[group.building] ?? 0)))
        }
        certificate.programmes += 1
        return building.gain(entries, room, shared: shared)
    }

    /// What all buildings behind a limit can free of it at most without anyone at or below a room temperature falling.
    ///
    /// Where a circuit has narrower limits of its own, what its buildings free of both together, weighted, is a bound as well
    /// (Lagrangian relaxation; Geoffrion 1974): the least of a few weights is taken.
    private mutating func budget(_ row: Int, _ room: Double) -> Budget {
        var budget = Budget()
        for circuit in limits.rows[row].price.keys.sorted() {
            var best = freed(circuit, SharedUse(row: row), room)
            let enough = 1e-3 * limits.rows[row].weight
            for other in limits.rowsOfCircuit[circuit] where limits.rows[other].buildings < limits.rows[row].buildings && best.sum > enough {
                var (weight, factor, fails) = (limits.rows[row].weight / limits.rows[other].weight, 0.5, 0)
                for step in 0..<12 where fails < 2 {
                    let mix = SharedUse.Mix(row: other, weight: weight)
                    var next = freed(circuit, SharedUse(row: row, mix: mix), room)
                    next.sum += weight * limits.rows[other].left
                    if next.sum < best.sum {
                        (best, budget.mix[circuit], fails) = (next, mix, 0)
                    } else {
                        fails += 1
                        // The second step tells which way is down.
                        if step <= 1 { (weight, factor) = (weight / factor, 1 / factor) } else { break }
                    }
                    weight *= factor
                }
            }
            budget.sum += best.sum
            budget.own.merge(best.own) { $1 }
        }
        return budget
    }

    /// What a circuit's buildings free of a limit.
    private mutating func freed(_ circuit: Int, _ use: SharedUse, _ room: Double) -> (sum: Double, own: [Int: Double]) {
        let members = ofCircuit[circuit]
        let parts = Workers.map(members.count, threads: workers) { [buildings] in buildings[members[$0]].freed(use, room) }
        certificate.programmes += members.count
        var own: [Int: Double] = [:]
        for (building, part) in zip(members, parts) where part != 0 { own[building] = part }
        return (parts.reduce(0, +), own)
    }

    /// A single dwelling of a group whose sum is not small enough.
    private mutating func judge(_ group: Group, _ entry: Int) {
        var budgets: [Level: [Int: Budget]] = [:]
        let gain = bound(group, [entry], rows: .max, &budgets)
        note(gain, Group(building: group.building, entries: [entry], room: group.room))
    }

    private mutating func note(_ gain: Double, _ group: Group) {
        guard gain > certificate.greatestGain, let entry = group.entries.first else { return }
        certificate.greatestGain = gain
        certificate.dwelling = buildings[group.building].dwelling(entry)
    }
}

/// A shared limit as a building's programme sees it.
struct SharedUse: Sendable {
    /// Position in ``SharedLimits/rows``.
    var row: Int
    /// A second limit whose use is added.
    var mix: Mix?
    /// What is left of it.
    var left = 0.0

    /// A limit and its weight.
    struct Mix: Sendable {
        var row: Int
        var weight: Double
    }
}
