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

/// Local numbers of rising network nodes: by offset where they are consecutive, by table or search otherwise.
struct LocalNumbering {
    private let nodes: [NodeIndex]
    private let first: Int
    private let isConsecutive: Bool
    private let table: [Int32]

    init(_ nodes: [NodeIndex]) {
        self.nodes = nodes
        first = nodes.first?.position ?? 0
        let width = nodes.isEmpty ? 0 : nodes[nodes.count - 1].position - first + 1
        isConsecutive = width == nodes.count
        // A table as wide as the gaps allow; a scattered small circuit in a large network is searched instead.
        guard !isConsecutive && width <= 16 * nodes.count else {
            table = []
            return
        }
        var table = [Int32](repeating: -1, count: width)
        for (local, node) in nodes.enumerated() { table[node.position - first] = Int32(truncatingIfNeeded: local) }
        self.table = table
    }

    subscript(node: NodeIndex) -> Int32 {
        if isConsecutive { return Int32(truncatingIfNeeded: node.position - first) }
        if !table.isEmpty { return table[node.position - first] }
        var (low, high) = (0, nodes.count)
        while low < high {
            let middle = (low + high) / 2
            if nodes[middle] < node { low = middle + 1 } else { high = middle }
        }
        return Int32(truncatingIfNeeded: low)
    }
}
