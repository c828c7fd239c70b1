/// A spanning tree over the links that may pass, from a node outwards.
struct SpanningWalk: Sendable {
    private(set) var isReached: [Bool]
    /// Nodes reached, each after the one it was reached from.
    private(set) var order: [Int32]
    /// The link by which each node was reached; −1 = none.
    private(set) var link: [Int32]

    /// - Complexity: O(nodes + links).
    init(_ compiled: CompiledNetwork, from root: Int, _ mayPass: [Bool]) {
        let count = compiled.nodes.count
        isReached = [Bool](repeating: false, count: count)
        order = [Int32](repeating: 0, count: count)
        link = [Int32](repeating: -1, count: count)
        let reached = Self.walk(compiled, Int32(truncatingIfNeeded: root), mayPass, &isReached, &order, &link)
        order.removeLast(count - reached)
    }

    private static func walk(
        _ compiled: CompiledNetwork, _ root: Int32, _ mayPass: [Bool], _ isReached: inout [Bool], _ order: inout [Int32],
        _ link: inout [Int32]
    ) -> Int {
        let (start, links) = (compiled.adjacency.start.span, compiled.adjacency.links.span)
        let (from, to, mayPass) = (compiled.from.span, compiled.to.span, mayPass.span)
        var isReached = isReached.mutableSpan
        var order = order.mutableSpan
        var link = link.mutableSpan
        isReached[Int(root)] = true
        order[0] = root
        var (head, end) = (0, 1)
        while head < end {
            let node = order[head]
            head += 1
            for entry in Int(start[Int(node)])..<Int(start[Int(node) + 1]) {
                let next = Int(links[entry])
                guard mayPass[next] else { continue }
                let other = from[next] == node ? to[next] : from[next]
                if isReached[Int(other)] { continue }
                isReached[Int(other)] = true
                link[Int(other)] = Int32(truncatingIfNeeded: next)
                order[end] = other
                end += 1
            }
        }
        return end
    }

    /// Whether a link belongs to the tree.
    @inline(__always)
    func holds(_ position: Int, _ compiled: CompiledNetwork) -> Bool {
        Int(link[Int(compiled.from[position])]) == position || Int(link[Int(compiled.to[position])]) == position
    }

    /// A random circulation by local link, modulo 2⁶⁴; zero exactly where no ring passes, but for chance.
    func circulation(_ compiled: CompiledNetwork, _ mayPass: [Bool]) -> [UInt64] {
        var flow = [UInt64](repeating: 0, count: compiled.links.count)
        var surplus = [UInt64](repeating: 0, count: compiled.nodes.count)
        draw(compiled, mayPass, &flow, &surplus)
        gather(compiled, &flow, &surplus)
        return flow
    }

    /// Gives every link outside the tree a number of its own.
    private func draw(_ compiled: CompiledNetwork, _ mayPass: [Bool], _ flow: inout [UInt64], _ surplus: inout [UInt64]) {
        let (from, to, mayPass) = (compiled.from.span, compiled.to.span, mayPass.span)
        let (isReached, link) = (isReached.span, link.span)
        var flow = flow.mutableSpan
        var surplus = surplus.mutableSpan
        for position in 0..<flow.count where mayPass[position] {
            let (first, second) = (Int(from[position]), Int(to[position]))
            guard isReached[first], Int(link[first]) != position, Int(link[second]) != position else { continue }
            let number = Lot.number(position)
            flow[position] = number
            surplus[first] &-= number
            surplus[second] &+= number
        }
    }

    /// Sends the numbers along the tree.
    private func gather(_ compiled: CompiledNetwork, _ flow: inout [UInt64], _ surplus: inout [UInt64]) {
        let (from, to, order, link) = (compiled.from.span, compiled.to.span, order.span, link.span)
        var flow = flow.mutableSpan
        var surplus = surplus.mutableSpan
        for place in (0..<order.count).reversed() {
            let node = Int(order[place])
            guard link[node] >= 0 else { continue }
            let branch = Int(link[node])
            let leaves = Int(from[branch]) == node
            flow[branch] = leaves ? surplus[node] : 0 &- surplus[node]
            surplus[leaves ? Int(to[branch]) : Int(from[branch])] &+= surplus[node]
        }
    }
}

extension CompiledNetwork {
    /// Whether a state lets water pass, by local link.
    func passable(_ state: CircuitState) -> [Bool] {
        var passes = state.isOpen
        passes.clearLoops(from, to)
        for link in resistances where !(state.kv[link] > 0) { passes[link] = false }
        for link in pumps where !(state.pumpSpeed[link - pumps.lowerBound] > 0) { passes[link] = false }
        return passes
    }
}

extension [Bool] {
    /// Clears what leads from a node to itself.
    fileprivate mutating func clearLoops(_ from: [Int32], _ to: [Int32]) {
        let (from, to) = (from.span, to.span)
        var own = mutableSpan
        for link in 0..<own.count where from[link] == to[link] { own[link] = false }
    }
}
