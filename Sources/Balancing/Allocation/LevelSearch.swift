import Hydraulics

/// Looks for the highest level that the limits of one circuit allow.
struct LevelSearch {
    private let filling: Filling
    private let circuit: Int
    private let threads: Int
    private let subtree: [Int]
    private let ceilings: [Double]
    private var states: [[RoomState]]
    /// What was judged last.
    private var level = Double.nan
    private var margins: [Filling.Margin] = []
    private var failure: HydraulicFailure?
    private var checksHead = false
    /// Worst excess at the greatest level, where it was asked for.
    private var slack: Double?

    init(_ filling: Filling, _ circuit: Int, threads: Int) {
        self.filling = filling
        self.circuit = circuit
        self.threads = threads
        subtree = filling.distribution.subtree(of: circuit)
        ceilings = filling.ceilings(subtree)
        states = subtree.map { filling.rooms[$0] }
        slack = filling.slack[circuit]
    }

    /// The search: downward from `greatest`, or around the level of the last round.
    ///
    /// A circuit that had a tenth of every limit to spare in the first round is not asked again, one that was not stopped
    /// only once more, in the last round.
    mutating func run(greatest: Double) throws(HydraulicFailure) -> Filling.CapResult {
        let last = filling.lastCaps[circuit]
        if last.site == nil, filling.distribution.feeds[circuit].parent != nil {
            let hasSpare = filling.slack[circuit].map { $0 < -0.1 } ?? false
            // Where branches were given more, or rooms are held warmer, the pump may be what is short next.
            let mayTighten = filling.keepsBranches && filling.isRaised[circuit]
            if !mayTighten && (hasSpare || filling.startsFromLast && !filling.isLastRound) {
                return Filling.CapResult(
                    cap: Filling.LevelCap(level: greatest, site: nil, remedy: nil), slack: filling.slack[circuit], rooms: [])
            }
        }
        if let site = last.site, filling.startsFromLast, last.level < greatest {
            checksHead = site.limit == .pumpHead
            let found = root(from: last.level, greatest: greatest, high: nil)
            if let failure { throw failure }
            if let found { return result(found, remedy: last.remedy) }
        }
        checksHead = filling.options.limitsPressure
            && (filling.keepsBranches && filling.isRaised[circuit] || (filling.slack[circuit] ?? 0) > -0.1)
        if last.site == nil, let above = filling.levelAbove(circuit), above < greatest {
            // What feeds the circuit stops it anyway: its own limits only matter a little above that level.
            let probe = judge(above + 0.01 * max(greatest - filling.shares.leastLevel, 0))
            if let failure { throw failure }
            if probe <= 0 {
                slack = probe < -0.1 ? probe : nil
                return Filling.CapResult(
                    cap: Filling.LevelCap(level: greatest, site: nil, remedy: nil), slack: slack,
                    rooms: Array(zip(subtree, states)).map { (circuit: $0.0, states: $0.1) })
            }
        }
        let top = judge(greatest)
        if let failure { throw failure }
        slack = top
        let remedies = margins
        checksHead = (margins.first { $0.limit == .pumpHead }?.excess ?? -1) > 0
        guard top > 1e-10 else { return result(greatest, remedy: nil) }
        let found = root(from: next(after: (greatest, top)), greatest: greatest, high: (greatest, top)) ?? greatest
        if let failure { throw failure }
        let limit = worst?.limit
        return result(found, remedy: remedies.first { $0.limit == limit }?.remedy)
    }

    private var worst: Filling.Margin? { margins.max { $0.excess < $1.excess } }

    private mutating func result(_ found: Double, remedy: Remedy?) -> Filling.CapResult {
        if found != level { _ = judge(found) }
        let isBound = worst.map { $0.excess > -max(1e-6, 2 * height) } ?? false
        let site = isBound ? worst.map { filling.site($0, circuit) } : nil
        return Filling.CapResult(
            cap: Filling.LevelCap(level: found, site: site, remedy: isBound ? remedy : nil), slack: slack,
            rooms: Array(zip(subtree, states)).map { (circuit: $0.0, states: $0.1) })
    }

    /// Excess of the worst limit at a level; −1 without any limit.
    private mutating func judge(_ value: Double) -> Double {
        level = value
        states = filling.solve(subtree, threads: threads, from: states, levels: ceilings.map { min(value, $0) })
        do throws(HydraulicFailure) {
            margins = try filling.margins(circuit, subtree, states, checksHead: checksHead, threads: threads)
        } catch {
            failure = error
            margins = []
        }
        return worst?.excess ?? -1
    }

    private var span: Double { max(level - filling.shares.leastLevel, 1e-6) }
    /// Flows round loops are found by iteration, which leaves more than rounding.
    private var height: Double {
        checksHead && !filling.distribution.circuits[circuit].isTree ? max(filling.accuracy, 1e-8) : filling.accuracy
    }

    /// The level at which the excess just judged would vanish: by its derivative where that is known, otherwise as if loads
    /// fell in proportion to the distance from no need, and a little beyond so that the root is enclosed.
    private func next(after point: (x: Double, f: Double)) -> Double {
        if let slope = worst?.slope, slope > 0 { return point.x - point.f / slope }
        return point.x - max(span * abs(point.f) / (1 + abs(point.f)) * 1.05, span * 1e-9) * (point.f > 0 ? 1 : -1)
    }

    /// The level at which the worst excess vanishes, from a first guess; nil where limits do not bind below `greatest`.
    private mutating func root(from start: Double, greatest: Double, high known: (x: Double, f: Double)?) -> Double? {
        let least = filling.shares.leastLevel
        var (low, high): ((x: Double, f: Double)?, (x: Double, f: Double)?) = (nil, known)
        var x = max(start, least)
        for step in 0..<100 {
            if x >= greatest && known == nil { return nil }
            let value = judge(x)
            if abs(value) <= height || failure != nil { return x }
            if value > 0 { high = (x, value) } else { low = (x, value) }
            if value > 0 && x <= least { return least }
            var guess = next(after: (x, value))
            if let low, let high {
                let isInside = guess > low.x && guess < high.x
                guard worst?.slope != nil, isInside, step < 20 else {
                    return RisingRoot.find(low: low, high: high, width: 1e-14 * span, height: height) { judge($0) }
                }
            } else if step > 3 {
                // Steps that do not enclose the root grow.
                guess = x + (guess - x) * Double(1 << min(step, 30))
            }
            x = min(max(guess, least), greatest)
        }
        return low?.x ?? least
    }
}
