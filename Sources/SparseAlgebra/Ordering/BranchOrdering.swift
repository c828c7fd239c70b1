/// The elimination of all rows that have, or come to have, at most two neighbours.
///
/// On series-parallel graphs, such as two-pipe trees with a terminal at every rung, this is every row, and no order
/// fills less: a row of degree one or two adds at most one entry, and one that merges with an existing entry adds none
/// (series-parallel reduction: Duffin, J. Math. Anal. Appl. 10, 1965). What remains is the kernel, whose rows all have
/// three neighbours or more.
struct BranchOrdering: ~Copyable {
    /// Consecutive steps that eliminate rows with the same number of neighbours, so that the numeric loop over them
    /// has no branches.
    struct Run {
        /// Neighbours of each row at its elimination: 0, 1 or 2.
        var neighbors: Int
        /// The steps.
        var steps: Range<Int>
    }

    /// Runs in order of elimination.
    private(set) var runs: [Run] = []
    /// The row eliminated at each step.
    private(set) var rows: [Int32] = []
    /// The neighbours at each step, as many as the run says, step after step.
    private(set) var neighbors: [Int32] = []
    /// The edge to each of these neighbours.
    private(set) var edges: [Int32] = []
    /// For each step with two neighbours, the edge between them that it changes.
    private(set) var changedEdges: [Int32] = []
    /// The graph that is left.
    private(set) var graph: EliminationGraph
    /// The rows left, ascending.
    private(set) var kernel: [Int32] = []

    /// Eliminates greedily: first all that leaves make leaves, then rows with two neighbours and all they bring.
    ///
    /// Both go through the rows part by part, and within a part in rounds. In a round rows rarely depend on each
    /// other, so that a processor overlaps their divisions; in a part they are near each other in memory.
    /// - Complexity: O(rows + edges).
    init(_ pattern: SymmetricPattern) {
        graph = EliminationGraph(pattern)
        let order = pattern.order
        rows.reserveCapacity(order)
        neighbors.reserveCapacity(2 * order)
        edges.reserveCapacity(2 * order)
        changedEdges.reserveCapacity(order)
        var queues = Queues()
        let parts = stride(from: 0, to: order, by: Self.partSize).map { first in
            Int32(first)..<Int32(min(first + Self.partSize, order))
        }
        for part in parts {
            for row in part where (0...1).contains(graph.degree(row)) { queues.leaves.append(row) }
            eliminateLeaves(&queues)
            // Met again below, as rows that have two neighbours.
            queues.pairs.removeAll(keepingCapacity: true)
        }
        for part in parts {
            for row in part where graph.degree(row) == 2 { queues.pairs.append(row) }
            while !queues.pairs.isEmpty {
                swap(&queues.round, &queues.pairs)
                for row in queues.round where graph.degree(row) == 2 { eliminate(row, &queues) }
                queues.round.removeAll(keepingCapacity: true)
                eliminateLeaves(&queues)
            }
        }
        for row in 0..<Int32(order) where graph.degree(row) >= 0 { kernel.append(row) }
    }

    /// Rows that wait.
    private struct Queues {
        var leaves: [Int32] = []
        var pairs: [Int32] = []
        var round: [Int32] = []
    }

    /// Rows looked at together; their half-edges and numbers fit a second-level cache.
    private static var partSize: Int { 4096 }

    private mutating func eliminateLeaves(_ queues: inout Queues) {
        var next = 0
        while next < queues.leaves.count {
            eliminate(queues.leaves[next], &queues)
            next += 1
        }
        queues.leaves.removeAll(keepingCapacity: true)
    }

    /// Eliminates nothing: the whole graph is the kernel.
    init(nothingOf pattern: SymmetricPattern) {
        graph = EliminationGraph(pattern)
        kernel = [Int32](0..<Int32(pattern.order))
    }

    private mutating func eliminate(_ row: Int32, _ queues: inout Queues) {
        let degree = graph.degree(row)
        let step = rows.count
        if let last = runs.indices.last, runs[last].neighbors == Int(degree) {
            runs[last].steps = runs[last].steps.lowerBound..<step + 1
        } else {
            runs.append(Run(neighbors: Int(degree), steps: step..<step + 1))
        }
        rows.append(row)
        for index in 0..<degree {
            let half = graph.halfEdge(index, of: row)
            neighbors.append(half.neighbor)
            edges.append(half.edge)
        }
        switch degree {
        case 0: return graph.removeLast(row)
        case 1: graph.removeLeaf(row)
        default:
            let (edge, isNew) = graph.removePair(row)
            changedEdges.append(edge)
            // The new edge replaces the one to this row: the neighbours keep their degree.
            if isNew { return }
        }
        for neighbor in neighbors.suffix(Int(degree)) {
            switch graph.degree(neighbor) {
            case 1: queues.leaves.append(neighbor)
            case 2: queues.pairs.append(neighbor)
            default: break
            }
        }
    }
}
