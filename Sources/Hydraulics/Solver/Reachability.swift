/// Which nodes an open path joins to a fixed pressure, with a hydrostatic first guess of the pressures on the way.
struct Reachability: Sendable {
    /// By local node.
    private(set) var isReachable: [Bool]
    /// Whether a node has no unknown pressure: fixed, or unreachable.
    private(set) var isPinned: [Bool]
    /// Reached nodes in breadth-first order.
    private var queue: [Int32]

    /// Of no circuit yet.
    init() { (isReachable, isPinned, queue) = ([], [], []) }

    init(_ compiled: CompiledNetwork) {
        isReachable = [Bool](repeating: false, count: compiled.nodes.count)
        isPinned = isReachable
        queue = [Int32](repeating: 0, count: compiled.nodes.count)
    }

    /// Sets fixed pressures anew where the nodes that have one are those of the last walk; false where they are not.
    func restart(_ state: CircuitState, _ iterate: inout Iterate) -> Bool {
        for node in isReachable.indices {
            guard state.fixedPressure[node].isNaN == !(isReachable[node] && isPinned[node]) else { return false }
        }
        for node in isPinned.indices where isPinned[node] {
            iterate.pressure[node] = isReachable[node] ? state.fixedPressure[node] : 0
        }
        return true
    }

    /// Walks from the fixed nodes over links that are free.
    ///
    /// - Parameters:
    ///   - gravity: gravity term by link, Pa.
    ///   - iterate: its modes tell which links are free; its pressures are set to the fixed ones and to hydrostatic rest behind them.
    /// - Complexity: O(nodes + links).
    mutating func walk(_ compiled: CompiledNetwork, _ state: CircuitState, gravity: [Double], _ iterate: inout Iterate) {
        var end = 0
        for node in isReachable.indices {
            let isFixed = !state.fixedPressure[node].isNaN
            isReachable[node] = isFixed
            isPinned[node] = isFixed
            iterate.pressure[node] = isFixed ? state.fixedPressure[node] : 0
            if isFixed {
                queue[end] = Int32(truncatingIfNeeded: node)
                end += 1
            }
        }
        var head = 0
        while head < end {
            let node = Int(queue[head])
            head += 1
            for entry in compiled.adjacency.entries(of: node) {
                let link = Int(compiled.adjacency.links[entry])
                guard iterate.mode[link] == .free else { continue }
                let isOutgoing = Int(compiled.from[link]) == node
                let other = Int(isOutgoing ? compiled.to[link] : compiled.from[link])
                if isReachable[other] { continue }
                isReachable[other] = true
                iterate.pressure[other] = iterate.pressure[node] + (isOutgoing ? -gravity[link] : gravity[link])
                queue[end] = Int32(truncatingIfNeeded: other)
                end += 1
            }
        }
        guard end < isReachable.count else { return }
        for node in isReachable.indices where !isReachable[node] { isPinned[node] = true }
    }
}
