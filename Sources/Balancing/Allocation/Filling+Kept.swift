import Heating
import Hydraulics
import NetworkModel

/// Most dwellings at their target with nobody else below a floor.
///
/// Whoever is kept is held at the target whatever the level; the level is that of the others. Greedily the dwelling whose
/// fall from target to floor frees most of the limit that is overdrawn is given up (under a heat limit heat is linear in the
/// held rooms, so that the column sums of the reduced lattice order them); after each batch the order is made anew.
extension Filling {
    /// Level of a room that is held at its target whatever the common level is.
    private static var always: Double { .greatestFiniteMagnitude }

    /// Keeps a set of dwellings at their targets.
    mutating func keep(_ kept: [Bool]) {
        for position in kept.indices {
            (shares.demand.floor[position], shares.demand.floorSlope[position]) = (kept[position] ? Self.always : -.infinity, 0)
        }
        for circuit in slack.indices {
            slack[circuit] = nil
            rooms[circuit] = []
        }
        startsFromLast = false
    }

    /// Whom to keep at the target at the present temperatures, starting from a set (all, where there is none).
    mutating func choice(floor: Double, startingFrom start: [Bool]?) throws(HydraulicFailure) -> [Bool] {
        // Pipes are judged with all others below, not by levels that an earlier choice made.
        (shares.demand.ceiling, pipeCaps, judgesPipes) = ([], [], true)
        defer { judgesPipes = false }
        var kept = start ?? model.isServed
        keep(kept)
        // Those who could not reach the target if nothing were short count for nothing and only cost.
        let all = distribution.circuits.indices.map { $0 }
        let greatest = model.target.max() ?? floor
        let best = solve(all, threads: options.workers, from: all.map { _ in [] }, levels: all.map { _ in greatest })
        for circuit in all {
            for (slot, building) in distribution.feeds[circuit].buildings.enumerated() {
                for position in model.ranges[building] {
                    let room = best[circuit][slot].room[position - model.ranges[building].lowerBound]
                    if room < model.target[position] - AreaSummary.targetTolerance { kept[position] = false }
                }
            }
        }
        keep(kept)
        for depth in distribution.depths {
            for circuit in depth { try giveUp(&kept, in: circuit, floor: floor) }
        }
        return kept
    }

    /// Worst limit of a circuit with everyone who is not kept at the floor.
    private func overdraw(_ subtree: [Int], floor: Double) throws(HydraulicFailure) -> (margin: Margin?, states: [[RoomState]]) {
        let states = solve(subtree, threads: options.workers, from: subtree.map { _ in [] }, levels: subtree.map { _ in floor })
        let margins = try margins(subtree[0], subtree, states, checksHead: options.limitsPressure, threads: options.workers)
        return (margins.max { $0.excess < $1.excess }, states)
    }

    private mutating func giveUp(_ kept: inout [Bool], in circuit: Int, floor: Double) throws(HydraulicFailure) {
        let subtree = distribution.subtree(of: circuit)
        var (margin, states) = try overdraw(subtree, floor: floor)
        var given: [Int] = []
        for _ in 0..<60 {
            guard let worst = margin, worst.excess > 1e-9 else { break }
            let worth = worths(worst, circuit, subtree, states, kept, floor)
            guard !worth.isEmpty else { break }
            // Half of what seems needed, then look again: the order changes as neighbours are given up.
            var (freed, count) = (0.0, 0)
            while count < worth.count && (count == 0 || freed < 0.5 * worst.excess) {
                freed += worth[count].worth
                count += 1
            }
            for entry in worth.prefix(count) {
                kept[entry.position] = false
                given.append(entry.position)
            }
            keep(kept)
            (margin, states) = try overdraw(subtree, floor: floor)
        }
        guard !given.isEmpty, margin.map({ $0.excess <= 1e-9 }) ?? true else { return }
        try takeBack(&kept, given, subtree, floor)
    }

    /// Takes back whoever still fits, those given up last first.
    private mutating func takeBack(_ kept: inout [Bool], _ given: [Int], _ subtree: [Int], _ floor: Double) throws(HydraulicFailure) {
        var (fits, fails) = (0, given.count + 1)
        func marked(_ count: Int, _ kept: [Bool]) -> [Bool] {
            var marks = kept
            for position in given.suffix(count) { marks[position] = true }
            return marks
        }
        while fails - fits > 1 {
            let count = (fits + fails) / 2
            keep(marked(count, kept))
            if try (overdraw(subtree, floor: floor).margin?.excess ?? -1) <= 1e-9 { fits = count } else { fails = count }
        }
        kept = marked(fits, kept)
        // One by one where the whole tail does not fit, as far as that is cheap.
        for position in given.dropLast(fits).reversed().prefix(12) {
            kept[position] = true
            keep(kept)
            if try (overdraw(subtree, floor: floor).margin?.excess ?? -1) > 1e-9 { kept[position] = false }
        }
        keep(kept)
    }

    /// What giving up each kept dwelling frees of a limit, most first, in the limit's own relative excess.
    private func worths(
        _ margin: Margin, _ circuit: Int, _ subtree: [Int], _ states: [[RoomState]], _ kept: [Bool], _ floor: Double
    ) -> [(position: Int, worth: Double)] {
        let loads = subtreeLoads(subtree, states, threads: options.workers)
        let prices = prices(of: margin.limit, in: circuit, loads, cut: margin.cut)
        var worths: [(position: Int, worth: Double)] = []
        for (slot, member) in subtree.enumerated() {
            guard let price = prices[member] else { continue }
            let buildings = distribution.feeds[member].buildings
            let found = Workers.map(buildings.count, threads: options.workers) { position -> [(position: Int, worth: Double)] in
                let range = model.ranges[buildings[position]]
                guard range.contains(where: { kept[$0] }) else { return [] }
                let (lattice, cost) = costs(buildings[position], member, states[slot][position], price)
                return lattice.chosen.indices.compactMap { entry in
                    let dwelling = range.lowerBound + lattice.chosen[entry]
                    guard kept[dwelling] else { return nil }
                    return (dwelling, cost[entry] * max(model.target[dwelling] - floor, 0))
                }
            }
            worths += found.joined()
        }
        return worths.sorted { $0.worth != $1.worth ? $0.worth > $1.worth : $0.position < $1.position }
    }
}
