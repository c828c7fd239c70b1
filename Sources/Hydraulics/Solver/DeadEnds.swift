/// Flows of dead ends by continuity alone.
///
/// Parts of the graph of free links that hang on one link each are peeled off leaf by leaf; each of their links carries
/// exactly what is taken out behind it, and exactly nothing where nothing is. Newton leaves them right but for rounding of the
/// pressures, and a branch behind a closed valve should not show 1e-12 kg/s.
struct DeadEnds: Sendable {
    /// Links left at each node whose flow is unknown.
    private var degree: [Int32]
    private var isPeeled: [Bool]
    private var greatestChange = 0.0

    /// Of no circuit yet.
    init() { (degree, isPeeled) = ([], []) }

    init(_ compiled: CompiledNetwork) {
        degree = [Int32](repeating: 0, count: compiled.nodes.count)
        isPeeled = [Bool](repeating: false, count: compiled.links.count)
    }

    /// Sets the flows of all dead ends that differ by no more than `close` from the ones given.
    ///
    /// - Returns: the greatest pressure that a changed flow makes in its link, Pa.
    /// - Complexity: O(links + links at peeled nodes).
    mutating func settle(
        _ compiled: CompiledNetwork, demand: [Double], isPinned: [Bool], within close: Double, _ iterate: inout Iterate
    ) -> Double {
        greatestChange = 0
        countDegrees(compiled, iterate)
        for leaf in 0..<degree.count where degree[leaf] == 1 {
            var node = leaf
            while degree[node] == 1 && !isPinned[node] {
                guard let next = peel(node, compiled, demand[node], close, &iterate) else { break }
                node = next
            }
        }
        return greatestChange
    }

    private mutating func countDegrees(_ compiled: CompiledNetwork, _ iterate: Iterate) {
        degree.countFree(compiled, iterate.mode)
        isPeeled.clear()
    }

    /// Settles the one free link left at a node; gives the node at its other end.
    private mutating func peel(
        _ node: Int, _ compiled: CompiledNetwork, _ demand: Double, _ close: Double, _ iterate: inout Iterate
    ) -> Int? {
        var last = -1
        var needed = demand
        for entry in compiled.adjacency.entries(of: node) {
            let link = Int(compiled.adjacency.links[entry])
            if iterate.mode[link].isMoving && !isPeeled[link] {
                last = link
            } else {
                needed += Int(compiled.from[link]) == node ? iterate.links[link].flow : -iterate.links[link].flow
            }
        }
        guard last >= 0 else { return nil }
        let isOutgoing = Int(compiled.from[last]) == node
        let flow = isOutgoing ? 0 - needed : needed
        let change = (flow - iterate.links[last].flow).magnitude
        guard change <= close else { return nil }
        if iterate.mode[last] == .free { greatestChange = max(greatestChange, change / iterate.links[last].conductance) }
        iterate.links[last].flow = flow
        isPeeled[last] = true
        degree[node] -= 1
        let other = Int(isOutgoing ? compiled.to[last] : compiled.from[last])
        degree[other] -= 1
        return other
    }
}

extension LinkMode {
    /// Whether the flow follows from the equations.
    var isMoving: Bool { self == .free || self == .regulating }
}

extension [Int32] {
    /// Sets the number of free links at each node.
    fileprivate mutating func countFree(_ compiled: CompiledNetwork, _ mode: [LinkMode]) {
        let (from, to, mode) = (compiled.from.span, compiled.to.span, mode.span)
        var degree = mutableSpan
        for node in 0..<degree.count { degree[node] = 0 }
        for link in 0..<mode.count where mode[link].isMoving {
            degree[Int(from[link])] += 1
            degree[Int(to[link])] += 1
        }
    }
}

extension [Bool] {
    fileprivate mutating func clear() {
        var flags = mutableSpan
        for index in 0..<flags.count { flags[index] = false }
    }
}
