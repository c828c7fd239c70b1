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
        // On one-pipe risers there is nothing to share between dwellings.
        let places = distribution.feeds.enumerated().flatMap { circuit, feed in
            distribution.circuits[circuit].risers.isEmpty ? feed.buildings.map { (circuit, $0) } : []
        }
        buildings = Workers.map(places.count, threads: options.workers) { position in
            JudgedBuilding(places[position].1, places[position].0, allocation, distribution, limits, options)
        }
        var ofCircuit = distribution.circuits.map { _ in [Int]() }
        for (position, building) in buildings.enumerated() { ofCircuit[building.circuit].append(position) }
        self.ofCircuit = ofCircuit
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
        var budgets: [Level: [Int: (sum: Double, own: [Int: Double])]] = [:]
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

    private mutating func bound(
        _ group: Group, _ entries: [Int], rows count: Int, _ budgets: inout [Level: [Int: (sum: Double, own: [Int: Double])]]
    ) -> Double {
        let building = buildings[group.building]
        let level = Level(step: Int((group.room / Level.width).rounded(.down)))
        let room = min(group.room, Double(level.step) * Level.width)
        var shared: [(row: Int, left: Double)] = []
        for row in limits.rowsOfCircuit[building.circuit].prefix(count) {
            if budgets[level]?[row] == nil { budgets[level, default: [:]][row] = freed(row, room) }
            guard let budget = budgets[level]?[row] else { continue }
            shared.append((row, limits.rows[row].left + budget.sum - (budget.own[group.building] ?? 0)))
        }
        certificate.programmes += 1
        return building.gain(entries, room, shared: shared)
    }

    /// What all buildings behind a limit can free of it at most without anyone at or below a room temperature falling.
    private mutating func freed(_ row: Int, _ room: Double) -> (sum: Double, own: [Int: Double]) {
        let behind = limits.rows[row].price.keys.sorted().flatMap { ofCircuit[$0] }
        let parts = Workers.map(behind.count, threads: workers) { [buildings] in buildings[behind[$0]].freed(row, room) }
        certificate.programmes += behind.count
        var own: [Int: Double] = [:]
        for (building, part) in zip(behind, parts) where part != 0 { own[building] = part }
        return (parts.reduce(0, +), own)
    }

    /// A single dwelling of a group whose sum is not small enough.
    private mutating func judge(_ group: Group, _ entry: Int) {
        var budgets: [Level: [Int: (sum: Double, own: [Int: Double])]] = [:]
        let gain = bound(group, [entry], rows: .max, &budgets)
        note(gain, Group(building: group.building, entries: [entry], room: group.room))
    }

    private mutating func note(_ gain: Double, _ group: Group) {
        guard gain > certificate.greatestGain, let entry = group.entries.first else { return }
        certificate.greatestGain = gain
        certificate.dwelling = buildings[group.building].dwelling(entry)
    }
}
