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
    /// A circuit that had a tenth of every limit to spare in the first round is not asked again.
    mutating func run(greatest: Double) throws(HydraulicFailure) -> Filling.CapResult {
        let last = filling.lastCaps[circuit]
        if last.site == nil, let slack = filling.slack[circuit], slack < -0.1, filling.distribution.feeds[circuit].parent != nil {
            return Filling.CapResult(
                cap: Filling.LevelCap(level: greatest, site: nil, remedy: nil), slack: slack, rooms: [])
        }
        if let site = last.site, filling.startsFromLast, last.level < greatest {
            checksHead = site.limit == .pumpHead
            let found = root(near: last.level, greatest: greatest)
            if let failure { throw failure }
            if let found { return result(found, remedy: last.remedy) }
        }
        checksHead = filling.options.limitsPressure && (filling.slack[circuit] ?? 0) > -0.1
        let top = judge(greatest)
        if let failure { throw failure }
        slack = top
        let remedies = margins
        checksHead = (margins.first { $0.limit == .pumpHead }?.excess ?? -1) > 0
        guard top > 1e-10 else { return result(greatest, remedy: nil) }
        let found = root(below: greatest, top)
        if let failure { throw failure }
        let limit = worst?.limit
        return result(found, remedy: remedies.first { $0.limit == limit }?.remedy)
    }

    private var worst: Filling.Margin? { margins.max { $0.excess < $1.excess } }

    private mutating func result(_ found: Double, remedy: Remedy?) -> Filling.CapResult {
        if found != level { _ = judge(found) }
        let isBound = worst.map { $0.excess > -1e-6 } ?? false
        let site = isBound ? worst.map { filling.site($0.limit, circuit) } : nil
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

    /// Distance in level that an excess stands for: loads fall roughly in proportion to the distance from no need.
    private func step(_ excess: Double, from top: Double) -> Double {
        max(span(top) * abs(excess) / (1 + abs(excess)) * 1.05, span(top) * 1e-9)
    }
    private func span(_ top: Double) -> Double { max(top - filling.shares.leastLevel, 1e-6) }
    private var height: Double { checksHead ? max(filling.accuracy, 1e-8) : filling.accuracy }

    private mutating func find(low: (x: Double, f: Double), high: (x: Double, f: Double)) -> Double {
        RisingRoot.find(low: low, high: high, width: 1e-14 * span(high.x), height: height) { judge($0) }
    }

    /// The level at which the worst excess vanishes, below one where it is positive.
    private mutating func root(below top: Double, _ excess: Double) -> Double {
        let least = filling.shares.leastLevel
        var high = (x: top, f: excess)
        var move = step(excess, from: top)
        while true {
            let x = max(high.x - move, least)
            let value = judge(x)
            if value <= 0 { return find(low: (x, value), high: high) }
            if x <= least { return x }
            high = (x, value)
            move = max(2 * move, step(value, from: x))
        }
    }

    /// The same near a level where it vanished before; nil where limits no longer bind below `greatest`.
    private mutating func root(near start: Double, greatest: Double) -> Double? {
        let value = judge(start)
        if value > 0 { return value <= height ? start : root(below: start, value) }
        if value >= -height { return start }
        var low = (x: start, f: value)
        var move = step(value, from: start)
        while true {
            let x = low.x + move
            guard x < greatest else { return nil }
            let value = judge(x)
            if value > 0 { return find(low: low, high: (x, value)) }
            low = (x, value)
            move = max(2 * move, step(value, from: x))
        }
    }
}
