import Quantities

/// Chooses the presets of a group again and again: for every position that its common valve could take.
///
/// What each branch takes at each of its presets is laid out once. Positions next to each other ask for nearly the same
/// presets, so each branch remembers where it stood and steps on from there instead of searching.
struct GroupScan: Sendable {
    /// Pressure left over for the presets of the group, by supply.
    let response: GroupResponse
    let costs: MissCost
    /// Presets of all branches, one branch after the other, by rising Kv.
    private(set) var presets: [Preset] = []
    private(set) var lines: [Line] = []
    /// What the presets chosen last take, by branch; `presets` of valves without steps are made here.
    var chosen: [Preset]
    /// Preset chosen last by branch, a place in its grid; −1 without one.
    var places: [Int32]

    /// What a branch takes at its design flow with a preset.
    struct Preset {
        /// Pa, of valve and terminal.
        var taken: Double
        /// 1/√taken.
        var inverseRoot: Double
    }

    /// A branch without what choosing does not need.
    struct Line {
        var aim: Double
        var feedback: Double
        var design: Double
        var terminal: Double
        var quiet: Double
        var wish: FlowWish
        /// Its entries of ``presets``; none without a grid.
        var first: Int32
        var end: Int32
        /// Least that a valve without steps can take, Pa.
        var least: Double
        /// The entry with the largest Kv that takes more than the pressure of the last choice, plus one.
        var cursor: Int32
    }

    /// What came of choosing presets for a supply.
    struct Outcome {
        /// Cost where supply and demand meet.
        var cost: Double
        /// Flow of the group over that of the last forward solve.
        var ratio: Double
    }

    /// What the branches of a group take at each of their presets: the same for all solves of a circuit.
    struct Table: Sendable {
        fileprivate var presets: [Preset] = []
        /// First of each branch's entries; one more than there are branches.
        fileprivate var starts: [Int32] = [0]

        /// - Complexity: O(branches × presets).
        init(_ branches: [Branch], _ grids: [SettingGrid?]) {
            starts.reserveCapacity(branches.count + 1)
            for branch in branches {
                if branch.model >= 0, let grid = grids[branch.model] {
                    for kv in grid.kv {
                        let taken = branch.unitLoss / (kv * kv) + branch.terminal
                        presets.append(Preset(taken: taken, inverseRoot: 1 / taken.squareRoot()))
                    }
                }
                starts.append(Int32(presets.count))
            }
        }
    }

    /// Lays out a group. - Complexity: O(branches × presets).
    init(_ response: GroupResponse, _ choice: PresetChoice) {
        self.init(response, choice.costs, Table(response.branches, choice.grids))
    }

    /// A group whose table is laid out already. - Complexity: O(branches).
    init(_ response: GroupResponse, _ costs: MissCost, _ table: Table) {
        self.response = response
        self.costs = costs
        presets = table.presets
        lines.reserveCapacity(response.branches.count)
        for (place, branch) in response.branches.enumerated() {
            let first = table.starts[place]
            lines.append(Line(
                aim: branch.aim, feedback: branch.feedback, design: branch.design, terminal: branch.terminal, quiet: branch.quiet,
                wish: branch.wish, first: first, end: table.starts[place + 1],
                least: branch.unitLoss / (branch.fullyOpen * branch.fullyOpen) + branch.terminal, cursor: first))
        }
        chosen = [Preset](repeating: Preset(taken: 1, inverseRoot: 1), count: lines.count)
        places = [Int32](repeating: -1, count: lines.count)
    }

    /// Chooses the best preset of every branch for a supply, once; what it costs where supply and demand then meet.
    ///
    /// - Parameter start: flow over that of the last solve at which presets are chosen; nil = the design flow.
    /// - Complexity: O(branches) where the supply is near that of the last call, O(branches × presets) at most.
    mutating func choose(_ supply: GroupResponse.Supply, at start: Double? = nil) -> Outcome {
        guard response.flow > 0, response.design > 0 else { return Outcome(cost: 0, ratio: 1) }
        let ratio = start ?? min(max(response.design / response.flow, 0.5), 2)
        let square = ratio * ratio
        let common = supply.gain + response.commonLoss * (1 - square * supply.commonFactor)
        for position in lines.indices {
            let aim = lines[position].aim + common + lines[position].feedback * (1 - square)
            select(position, aim)
        }
        return settle(supply, from: ratio)
    }

    /// Puts a branch to the better of the two presets round a pressure.
    @inline(__always)
    private mutating func select(_ position: Int, _ aim: Double) {
        let line = lines[position]
        guard line.end > line.first else {
            // A valve without steps, or with ones too fine to matter, gives what is asked while it can.
            let taken = max(aim, line.least)
            chosen[position] = Preset(taken: taken, inverseRoot: 1 / taken.squareRoot())
            return
        }
        let cursor = moveCursor(of: position, to: aim)
        var best = cursor
        if cursor == line.end {
            best = cursor - 1
        } else if cursor > line.first {
            let low = costs.cost(MissCost.halfLogarithm(aim, presets[Int(cursor) - 1].taken), line.wish)
            let high = costs.cost(MissCost.halfLogarithm(aim, presets[Int(cursor)].taken), line.wish)
            if low < high { best = cursor - 1 }
        }
        places[position] = best - line.first
        chosen[position] = presets[Int(best)]
    }

    /// The entry of the preset with the least Kv that takes no more than a pressure; the end of the branch's entries without one.
    @inline(__always)
    mutating func moveCursor(of position: Int, to aim: Double) -> Int32 {
        let line = lines[position]
        var cursor = line.cursor
        while cursor < line.end, presets[Int(cursor)].taken > aim { cursor += 1 }
        while cursor > line.first, presets[Int(cursor) - 1].taken <= aim { cursor -= 1 }
        lines[position].cursor = cursor
        return cursor
    }

    /// Pressure of a branch when the group takes `ratio` times its flow of the last solve, Pa.
    func aim(_ position: Int, _ supply: GroupResponse.Supply, _ ratio: Double) -> Double {
        let square = ratio * ratio
        let line = lines[position]
        return line.aim + supply.gain + response.commonLoss * (1 - square * supply.commonFactor) + line.feedback * (1 - square)
    }

    /// What the presets chosen cost where supply and demand meet.
    func settle(_ supply: GroupResponse.Supply, from start: Double) -> Outcome {
        guard response.flow > 0, response.design > 0 else { return Outcome(cost: 0, ratio: 1) }
        let met = meet(supply, from: start)
        return Outcome(cost: cost(supply, met), ratio: met)
    }

    /// The ratio at which the branches take what the group has: Newton on a convex falling function.
    private func meet(_ supply: GroupResponse.Supply, from start: Double) -> Double {
        var ratio = start
        for _ in 0..<4 {
            var (taken, slope) = (0.0, 0.0)
            let square = ratio * ratio
            let common = supply.gain + response.commonLoss * (1 - square * supply.commonFactor)
            let commonSlope = response.commonLoss * supply.commonFactor
            for position in lines.indices {
                let line = lines[position]
                let preset = chosen[position]
                let there = max(line.aim + common + line.feedback * (1 - square), 1e-3 * preset.taken).squareRoot()
                let flow = line.design * preset.inverseRoot
                taken += flow * there
                slope -= flow / there * (commonSlope + line.feedback)
            }
            let step = (taken - ratio * response.flow) / (slope * ratio - response.flow)
            ratio = min(max(ratio - step, 0.5 * ratio), 2 * ratio)
            // Newton's error after a step is of the order of its square.
            if step.magnitude < 1e-3 { break }
        }
        return ratio
    }

    private func cost(_ supply: GroupResponse.Supply, _ ratio: Double) -> Double {
        let square = ratio * ratio
        let common = supply.gain + response.commonLoss * (1 - square * supply.commonFactor)
        var sum = 0.0
        for position in lines.indices {
            let line = lines[position]
            let there = line.aim + common + line.feedback * (1 - square)
            let taken = chosen[position].taken
            sum += costs.cost(MissCost.halfLogarithm(there, taken), line.wish)
            sum += costs.noise(loss: there * (1 - line.terminal / taken), quiet: line.quiet)
        }
        return sum
    }
}

extension GroupResponse {
    /// Presets for a supply, and what they cost where supply and demand meet.
    struct Choice {
        /// Preset by branch, a place in its grid; −1 without one.
        var places: [Int32]
        var cost: Double
        /// Flow over that of the last solve.
        var ratio: Double
    }

    /// The best preset of every branch: first for the pressures at the design flow, then once more for those that come of
    /// them, and the better of the two.
    func choose(_ supply: Supply, _ scan: inout GroupScan) -> Choice {
        let first = scan.choose(supply)
        let best = Choice(places: scan.places, cost: first.cost, ratio: first.ratio)
        let second = scan.choose(supply, at: first.ratio)
        return second.cost < first.cost ? Choice(places: scan.places, cost: second.cost, ratio: second.ratio) : best
    }
}
