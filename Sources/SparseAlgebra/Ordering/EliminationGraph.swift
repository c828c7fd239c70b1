/// A graph that nodes of degree up to two are taken out of, each in constant time.
///
/// Adjacency lies in one array, a stretch a node, and each half-edge knows its twin in the other end's stretch. An
/// elimination never raises a degree: a node of degree two hands its two neighbours to each other, in place, unless
/// they are neighbours already. So no stretch ever grows and nothing is searched for but one possible neighbour.
struct EliminationGraph {
    /// First half-edge of each node.
    private(set) var start: [Int32]
    /// Live half-edges of each node.
    private(set) var degree: [Int32]
    /// The node at the other end of each half-edge.
    private(set) var neighbor: [Int32]
    /// The edge of each half-edge: a slot of the pattern, or `slotCount` and above for fill.
    private(set) var edge: [Int32]
    /// The same edge as seen from the other end.
    private var twin: [Int32]
    /// Edges so far, original and fill.
    private(set) var edgeCount: Int32
    /// Edges between two nodes that both have many neighbours, where scanning would not be constant time.
    private var edgeBetweenHubs: [UInt64: Int32] = [:]

    /// Degree from which an edge is looked up in the dictionary.
    private static var hubDegree: Int32 { 16 }

    init(_ pattern: SymmetricPattern) {
        let order = pattern.order
        let slots = pattern.slotCount
        precondition(slots <= Int(Int32.max) / 2 - order, "too many edges")
        var degree = [Int32](repeating: 0, count: order)
        for slot in 0..<slots {
            degree[Int(pattern.lowerRow[slot])] += 1
            degree[Int(pattern.upperRow[slot])] += 1
        }
        var start = [Int32](repeating: 0, count: order + 1)
        for node in 0..<order { start[node + 1] = start[node] + degree[node] }
        var next = start
        var neighbor = [Int32](repeating: 0, count: 2 * slots)
        var edge = neighbor
        var twin = neighbor
        for slot in 0..<slots {
            let (a, b) = (pattern.lowerRow[slot], pattern.upperRow[slot])
            let (fromA, fromB) = (next[Int(a)], next[Int(b)])
            next[Int(a)] += 1
            next[Int(b)] += 1
            (neighbor[Int(fromA)], neighbor[Int(fromB)]) = (b, a)
            (twin[Int(fromA)], twin[Int(fromB)]) = (fromB, fromA)
            (edge[Int(fromA)], edge[Int(fromB)]) = (Int32(slot), Int32(slot))
            if degree[Int(a)] > Self.hubDegree, degree[Int(b)] > Self.hubDegree {
                edgeBetweenHubs[Self.key(a, b)] = Int32(slot)
            }
        }
        self.start = start
        self.degree = degree
        self.neighbor = neighbor
        self.edge = edge
        self.twin = twin
        edgeCount = Int32(slots)
    }

    private static func key(_ a: Int32, _ b: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: min(a, b))) << 32 | UInt64(UInt32(bitPattern: max(a, b)))
    }

    /// Takes out a node with one neighbour.
    mutating func removeLeaf(_ node: Int32) {
        assert(degree[Int(node)] == 1)
        let half = start[Int(node)]
        drop(twin[Int(half)], of: neighbor[Int(half)])
        degree[Int(node)] = 0
    }

    /// Takes out a node with two neighbours, joining them.
    ///
    /// - Returns: the edge between the neighbours, and whether it is new.
    mutating func removePair(_ node: Int32) -> (edge: Int32, isNew: Bool) {
        assert(degree[Int(node)] == 2)
        let (first, second) = (Int(start[Int(node)]), Int(start[Int(node)]) + 1)
        let (a, b) = (neighbor[first], neighbor[second])
        let (fromA, fromB) = (twin[first], twin[second])
        degree[Int(node)] = 0
        if let existing = edgeBetween(a, b) {
            drop(fromA, of: a)
            drop(fromB, of: b)
            return (existing, false)
        }
        let fill = edgeCount
        edgeCount += 1
        (neighbor[Int(fromA)], neighbor[Int(fromB)]) = (b, a)
        (twin[Int(fromA)], twin[Int(fromB)]) = (fromB, fromA)
        (edge[Int(fromA)], edge[Int(fromB)]) = (fill, fill)
        if min(degree[Int(a)], degree[Int(b)]) > Self.hubDegree { edgeBetweenHubs[Self.key(a, b)] = fill }
        return (fill, true)
    }

    private func edgeBetween(_ a: Int32, _ b: Int32) -> Int32? {
        let (node, other) = degree[Int(a)] <= degree[Int(b)] ? (a, b) : (b, a)
        // Degrees only fall, so two nodes that are hubs now were hubs when any edge between them appeared.
        if degree[Int(node)] > Self.hubDegree { return edgeBetweenHubs[Self.key(a, b)] }
        for half in start[Int(node)]..<start[Int(node)] + degree[Int(node)] where neighbor[Int(half)] == other {
            return edge[Int(half)]
        }
        return nil
    }

    private mutating func drop(_ half: Int32, of node: Int32) {
        degree[Int(node)] -= 1
        let last = start[Int(node)] + degree[Int(node)]
        guard last != half else { return }
        neighbor[Int(half)] = neighbor[Int(last)]
        edge[Int(half)] = edge[Int(last)]
        twin[Int(half)] = twin[Int(last)]
        twin[Int(twin[Int(half)])] = half
    }
}
