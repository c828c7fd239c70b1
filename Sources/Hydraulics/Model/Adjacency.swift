import NetworkModel

/// The links at each node, in compressed rows.
struct Adjacency: Sendable {
    /// First entry of each node; one more at the end.
    let start: [Int32]
    /// Links, node by node; a link from a node to itself stands there twice.
    let links: [Int32]

    /// - Complexity: O(nodes + links).
    init(nodeCount: Int, from: [Int32], to: [Int32]) {
        var start = [Int32](repeating: 0, count: nodeCount + 1)
        for link in from.indices {
            start[Int(from[link]) + 1] += 1
            start[Int(to[link]) + 1] += 1
        }
        for node in 0..<nodeCount { start[node + 1] += start[node] }
        var next = start
        var links = [Int32](repeating: 0, count: 2 * from.count)
        for link in from.indices {
            let (first, second) = (Int(from[link]), Int(to[link]))
            links[Int(next[first])] = Int32(truncatingIfNeeded: link)
            next[first] += 1
            links[Int(next[second])] = Int32(truncatingIfNeeded: link)
            next[second] += 1
        }
        self.start = start
        self.links = links
    }

    /// Places in ``links`` of the links at a node.
    @inline(__always)
    func entries(of node: Int) -> Range<Int> { Int(start[node])..<Int(start[node + 1]) }
}

/// Local numbers of rising network nodes: by stretches of consecutive ones, since a circuit is a few of them.
struct LocalNumbering {
    /// First node of each stretch, and one beyond its last.
    private var first: [Int] = []
    private var end: [Int] = []
    /// Local number of the first.
    private var local: [Int] = []
    /// The stretch of the last answer: mostly also that of the next.
    private var last = 0

    init(_ nodes: [NodeIndex]) {
        for (position, node) in nodes.enumerated() {
            if let previous = end.last, previous == node.position {
                end[end.count - 1] += 1
            } else {
                first.append(node.position)
                end.append(node.position + 1)
                local.append(position)
            }
        }
    }

    /// The local number of one of the nodes.
    @inline(__always)
    mutating func number(of node: NodeIndex) -> Int32 {
        let position = node.position
        if position < first[last] || position >= end[last] { last = stretch(of: position) }
        return Int32(truncatingIfNeeded: local[last] + position - first[last])
    }

    private func stretch(of position: Int) -> Int {
        var (low, high) = (0, first.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if first[middle] <= position { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
