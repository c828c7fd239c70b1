/// A graph that nodes of degree up to two are taken out of, each in constant time.
///
/// Adjacency lies in one stretch of half-edges, a part a node, and each half-edge knows its twin in the other end's
/// part. An elimination never raises a degree: a node of degree two hands its two neighbours to each other, in place,
/// unless they are neighbours already. So no part ever grows and nothing is searched for but one possible neighbour.
struct EliminationGraph: ~Copyable {
    /// An edge as seen from one end.
    struct HalfEdge: BitwiseCopyable {
        /// The node at the other end.
        var neighbor: Int32
        /// The edge: a slot of the pattern, or `slotCount` and above for fill.
        var edge: Int32
        /// The position of the same edge as seen from the other end.
        var twin: Int32
    }

    /// Where a node's half-edges are.
    struct Node: BitwiseCopyable {
        /// The first of them.
        var start: Int32
        /// How many are left.
        var degree: Int32
    }

    /// Edges so far, original and fill.
    private(set) var edgeCount: Int32
    /// Edges between two nodes that both have many neighbours, where scanning would not be constant time.
    private var edgeBetweenHubs: [UInt64: Int32] = [:]

    // The views live as long as the memory, which nothing shares since this value cannot be copied.
    private let nodeMemory: Memory<Node>
    private let halfEdgeMemory: Memory<HalfEdge>
    private let nodes: MutableView<Node>
    private let halfEdges: MutableView<HalfEdge>

    /// Degree from which an edge is looked up in the dictionary.
    private static var hubDegree: Int32 { 16 }

    init(_ pattern: SymmetricPattern) {
        let slots = pattern.slotCount
        precondition(slots <= Int(Int32.max) / 2 - pattern.order, "too many edges")
        var nodeMemory = Memory(repeating: Node(start: 0, degree: 0), count: pattern.order)
        var halfEdgeMemory = Memory(repeating: HalfEdge(neighbor: 0, edge: 0, twin: 0), count: 2 * slots)
        let (nodes, halfEdges) = (nodeMemory.mutableView(), halfEdgeMemory.mutableView())
        for slot in 0..<slots {
            nodes[Int(pattern.lowerRow[slot])].degree += 1
            nodes[Int(pattern.upperRow[slot])].degree += 1
        }
        var start: Int32 = 0
        for node in 0..<nodes.count {
            nodes[node].start = start
            start += nodes[node].degree
            // Counted up again below, as the half-edges are placed.
            nodes[node].degree = 0
        }
        for slot in 0..<slots {
            let (a, b) = (pattern.lowerRow[slot], pattern.upperRow[slot])
            let fromA = nodes[Int(a)].start &+ nodes[Int(a)].degree
            let fromB = nodes[Int(b)].start &+ nodes[Int(b)].degree
            nodes[Int(a)].degree &+= 1
            nodes[Int(b)].degree &+= 1
            halfEdges[Int(fromA)] = HalfEdge(neighbor: b, edge: Int32(slot), twin: fromB)
            halfEdges[Int(fromB)] = HalfEdge(neighbor: a, edge: Int32(slot), twin: fromA)
        }
        self.nodeMemory = nodeMemory
        self.halfEdgeMemory = halfEdgeMemory
        self.nodes = nodes
        self.halfEdges = halfEdges
        edgeCount = Int32(slots)
        for slot in 0..<slots {
            let (a, b) = (pattern.lowerRow[slot], pattern.upperRow[slot])
            if min(degree(a), degree(b)) > Self.hubDegree { edgeBetweenHubs[Self.key(a, b)] = Int32(slot) }
        }
    }

    private static func key(_ a: Int32, _ b: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: min(a, b))) << 32 | UInt64(UInt32(bitPattern: max(a, b)))
    }

    /// The number of nodes, those taken out included.
    var order: Int { nodes.count }

    /// The neighbours that a node has now; -1 once it is taken out.
    @inline(__always)
    func degree(_ node: Int32) -> Int32 { nodes[Int(node)].degree }

    /// A neighbour of a node, counted from 0 to its degree.
    @inline(__always)
    func halfEdge(_ index: Int32, of node: Int32) -> HalfEdge { halfEdges[Int(nodes[Int(node)].start &+ index)] }

    /// Takes out a node without neighbours.
    mutating func removeLast(_ node: Int32) {
        assert(degree(node) == 0)
        nodes[Int(node)].degree = -1
    }

    /// Takes out a node with one neighbour.
    mutating func removeLeaf(_ node: Int32) {
        assert(degree(node) == 1)
        let half = halfEdge(0, of: node)
        nodes[Int(node)].degree = -1
        drop(half.twin, of: half.neighbor)
    }

    /// Takes out a node with two neighbours, joining them.
    ///
    /// - Returns: the edge between the neighbours, and whether it is new.
    mutating func removePair(_ node: Int32) -> (edge: Int32, isNew: Bool) {
        assert(degree(node) == 2)
        let (a, b) = (halfEdge(0, of: node), halfEdge(1, of: node))
        nodes[Int(node)].degree = -1
        if let existing = edgeBetween(a.neighbor, b.neighbor) {
            drop(a.twin, of: a.neighbor)
            drop(b.twin, of: b.neighbor)
            return (existing, false)
        }
        let fill = edgeCount
        edgeCount += 1
        halfEdges[Int(a.twin)] = HalfEdge(neighbor: b.neighbor, edge: fill, twin: b.twin)
        halfEdges[Int(b.twin)] = HalfEdge(neighbor: a.neighbor, edge: fill, twin: a.twin)
        if min(degree(a.neighbor), degree(b.neighbor)) > Self.hubDegree {
            edgeBetweenHubs[Self.key(a.neighbor, b.neighbor)] = fill
        }
        return (fill, true)
    }

    private func edgeBetween(_ a: Int32, _ b: Int32) -> Int32? {
        let (node, other) = degree(a) <= degree(b) ? (a, b) : (b, a)
        // Degrees only fall, so two nodes that are hubs now were hubs when any edge between them appeared.
        if degree(node) > Self.hubDegree { return edgeBetweenHubs[Self.key(a, b)] }
        for index in 0..<degree(node) {
            let half = halfEdge(index, of: node)
            if half.neighbor == other { return half.edge }
        }
        return nil
    }

    private func drop(_ half: Int32, of node: Int32) {
        nodes[Int(node)].degree &-= 1
        let last = nodes[Int(node)].start &+ nodes[Int(node)].degree
        guard last != half else { return }
        let moved = halfEdges[Int(last)]
        halfEdges[Int(half)] = moved
        halfEdges[Int(moved.twin)].twin = half
    }
}
