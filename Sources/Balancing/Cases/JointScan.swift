import Quantities

/// Presets of one group that suit several cases at once: each dwelling keeps one preset, whatever the roster or the weather.
struct JointScan: Sendable {
    /// A dwelling of the group, with its place in the scan of each case; −1 where no water is meant for it there.
    private struct Member {
        var consumer: Int
        var places: [Int]
    }

    private var scans: [GroupScan]
    private let weights: [Double]
    private var members: [Member] = []
    /// What the last choice put each member to.
    private(set) var choices: [Chosen] = []

    /// What a dwelling's valve is put to.
    struct Chosen: Sendable {
        /// Position of the consumer.
        var consumer: Int
        /// Preset, a place in its grid; −1 without steps.
        var place: Int32
        /// Kv of a valve without steps, m³/h.
        var kv: Double
    }

    /// Lays out a group as each case sees it.
    init(_ responses: [GroupResponse], weights: [Double], _ choice: PresetChoice) {
        scans = responses.map { GroupScan($0, choice) }
        self.weights = weights
        var order: [Int: Int] = [:]
        for (number, response) in responses.enumerated() {
            for (position, branch) in response.branches.enumerated() {
                let slot = order[branch.consumer] ?? members.count
                if slot == members.count {
                    order[branch.consumer] = slot
                    members.append(Member(consumer: branch.consumer, places: responses.map { _ in -1 }))
                }
                members[slot].places[number] = position
            }
        }
    }

    /// Chooses the preset of every dwelling that costs least over all cases; the sum of the cases' costs, each at the flow
    /// where supply and demand of the group meet in it.
    ///
    /// - Parameter supplies: one a case.
    /// - Complexity: O(cases × members).
    mutating func choose(_ supplies: [GroupResponse.Supply]) -> Double {
        choices.removeAll(keepingCapacity: true)
        var ratios = scans.map(\.designRatio)
        var best = (cost: Double.infinity, choices: choices)
        // Once for the pressures at the design flows, once for those that come of the choice.
        for _ in 0..<2 {
            choices.removeAll(keepingCapacity: true)
            for member in members { choices.append(choose(member, supplies, ratios)) }
            var cost = 0.0
            for number in scans.indices {
                let outcome = scans[number].settle(supplies[number], from: ratios[number])
                cost += weights[number] * outcome.cost
                ratios[number] = outcome.ratio
            }
            if cost < best.cost { best = (cost, choices) }
        }
        choices = best.choices
        return best.cost
    }

    private mutating func choose(_ member: Member, _ supplies: [GroupResponse.Supply], _ ratios: [Double]) -> Chosen {
        var (first, last) = (Int32.max, Int32.min)
        var (least, most) = (Double.infinity, 0.0)
        for number in scans.indices where member.places[number] >= 0 {
            let place = member.places[number]
            guard let bracket = scans[number].bracket(place, supplies[number], at: ratios[number]) else {
                let kv = scans[number].wantedKv(place, supplies[number], at: ratios[number])
                if kv > 0 { (least, most) = (min(least, kv), max(most, kv)) }
                continue
            }
            (first, last) = (min(first, bracket.below), max(last, bracket.above))
        }
        guard first <= last else {
            let kv = most > 0 ? between(least, most, member, supplies, ratios) : 0
            for number in scans.indices where member.places[number] >= 0 { scans[number].take(member.places[number], kv: kv) }
            return Chosen(consumer: member.consumer, place: -1, kv: kv)
        }
        var best = (place: first, cost: Double.infinity)
        for place in first...last {
            var cost = 0.0
            for number in scans.indices where member.places[number] >= 0 {
                cost += weights[number] * scans[number].cost(of: place, member.places[number], supplies[number], at: ratios[number])
            }
            if cost < best.cost { best = (place, cost) }
        }
        for number in scans.indices where member.places[number] >= 0 { scans[number].take(member.places[number], place: best.place) }
        return Chosen(consumer: member.consumer, place: best.place, kv: 0)
    }

    /// The Kv of a valve without steps that costs least over all cases, between the least and the most that one of them asks for.
    private func between(
        _ least: Double, _ most: Double, _ member: Member, _ supplies: [GroupResponse.Supply], _ ratios: [Double]
    ) -> Double {
        guard most > least * (1 + 1e-6) else { return least }
        let step = logarithm(most / least) / Double(Self.positions)
        var best = (kv: least, cost: Double.infinity)
        for position in 0...Self.positions {
            let kv = least * power(2.718281828459045, Double(position) * step)
            var cost = 0.0
            for number in scans.indices where member.places[number] >= 0 {
                cost += weights[number] * scans[number].cost(kv: kv, member.places[number], supplies[number], at: ratios[number])
            }
            if cost < best.cost { best = (kv, cost) }
        }
        return best.kv
    }

    /// Positions looked at between what two cases ask of a valve without steps.
    private static var positions: Int { 64 }
}

/// One choice at a time, for ``JointScan``.
extension GroupScan {
    /// Flow over that of the last solve at which the group takes its design flow.
    var designRatio: Double {
        response.flow > 0 && response.design > 0 ? min(max(response.design / response.flow, 0.5), 2) : 1
    }

    /// Places of the presets round the pressure of a branch; nil for a valve without steps.
    mutating func bracket(_ position: Int, _ supply: GroupResponse.Supply, at ratio: Double) -> (below: Int32, above: Int32)? {
        let line = lines[position]
        guard line.end > line.first else { return nil }
        let cursor = moveCursor(of: position, to: aim(position, supply, ratio))
        return (max(cursor - 1, line.first) - line.first, min(cursor, line.end - 1) - line.first)
    }

    /// Cost of a branch with a preset at its design flow.
    func cost(of place: Int32, _ position: Int, _ supply: GroupResponse.Supply, at ratio: Double) -> Double {
        let line = lines[position]
        return costs.cost(
            MissCost.halfLogarithm(aim(position, supply, ratio), presets[Int(line.first + place)].taken), line.wish)
    }

    /// Cost of a branch whose valve has a Kv, at its design flow.
    func cost(kv: Double, _ position: Int, _ supply: GroupResponse.Supply, at ratio: Double) -> Double {
        let branch = response.branches[position]
        return costs.cost(
            MissCost.halfLogarithm(aim(position, supply, ratio), branch.terminal + branch.unitLoss / (kv * kv)),
            lines[position].wish)
    }

    /// Kv that a valve without steps would need, m³/h.
    func wantedKv(_ position: Int, _ supply: GroupResponse.Supply, at ratio: Double) -> Double {
        let branch = response.branches[position]
        let left = aim(position, supply, ratio) - branch.terminal
        return left > 0 ? min((branch.unitLoss / left).squareRoot(), branch.fullyOpen) : branch.fullyOpen
    }

    /// Puts a branch to a preset.
    mutating func take(_ position: Int, place: Int32) {
        chosen[position] = presets[Int(lines[position].first + place)]
        places[position] = place
    }

    /// Puts a branch without steps to a Kv.
    mutating func take(_ position: Int, kv: Double) {
        let branch = response.branches[position]
        let taken = branch.terminal + (kv > 0 ? branch.unitLoss / (kv * kv) : 1e12)
        chosen[position] = Preset(taken: taken, inverseRoot: 1 / taken.squareRoot())
    }
}
