/// The elimination of all rows that have, or come to have, at most two neighbours.
///
/// On series-parallel graphs, such as two-pipe trees with a terminal at every rung, this is every row, and no order
/// fills less: a row of degree one or two adds at most one entry, and one that merges with an existing entry adds none
/// (series-parallel reduction: Duffin, J. Math. Anal. Appl. 10, 1965). What remains is the kernel, whose rows all have
/// three neighbours or more.
struct BranchOrdering {
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

    /// Eliminates greedily, leaves first, in rounds.
    ///
    /// Within a round rows rarely depend on each other, which lets a processor overlap their divisions; and their
    /// neighbours follow in the same succession, which keeps memory access near sequential.
    /// - Complexity: O(rows + edges).
    init(_ pattern: SymmetricPattern) {
        graph = EliminationGraph(pattern)
        let order = pattern.order
        rows.reserveCapacity(order)
        neighbors.reserveCapacity(order)
        edges.reserveCapacity(order)
        var isEliminated = [Bool](repeating: false, count: order)
        var leaves: [Int32] = []
        var pairs: [Int32] = []
        leaves.reserveCapacity(order)
        for row in 0..<Int32(order) {
            switch graph.degree[Int(row)] {
            case 0, 1: leaves.append(row)
            case 2: pairs.append(row)
            default: break
            }
        }
        var (nextLeaf, nextPair) = (0, 0)
        while nextLeaf < leaves.count || nextPair < pairs.count {
            while nextLeaf < leaves.count {
                let row = leaves[nextLeaf]
                nextLeaf += 1
                isEliminated[Int(row)] = true
                eliminate(row, leaves: &leaves, pairs: &pairs)
            }
            let round = nextPair..<pairs.count
            for position in round {
                let row = pairs[position]
                // Its degree may have fallen since it was queued; then it waits among the leaves.
                guard !isEliminated[Int(row)], graph.degree[Int(row)] == 2 else { continue }
                isEliminated[Int(row)] = true
                eliminate(row, leaves: &leaves, pairs: &pairs)
            }
            nextPair = round.upperBound
        }
        kernel = (0..<Int32(order)).filter { !isEliminated[Int($0)] }
    }

    /// Eliminates nothing: the whole graph is the kernel.
    init(nothingOf pattern: SymmetricPattern) {
        graph = EliminationGraph(pattern)
        kernel = [Int32](0..<Int32(pattern.order))
    }

    private mutating func eliminate(_ row: Int32, leaves: inout [Int32], pairs: inout [Int32]) {
        let degree = Int(graph.degree[Int(row)])
        let step = rows.count
        if let last = runs.indices.last, runs[last].neighbors == degree {
            runs[last].steps = runs[last].steps.lowerBound..<step + 1
        } else {
            runs.append(Run(neighbors: degree, steps: step..<step + 1))
        }
        rows.append(row)
        let first = Int(graph.start[Int(row)])
        for half in first..<first + degree {
            neighbors.append(graph.neighbor[half])
            edges.append(graph.edge[half])
        }
        switch degree {
        case 0: return
        case 1: graph.removeLeaf(row)
        default:
            let (edge, isNew) = graph.removePair(row)
            changedEdges.append(edge)
            // The new edge replaces the one to this row: the neighbours keep their degree.
            if isNew { return }
        }
        for neighbor in neighbors.suffix(degree) {
            switch graph.degree[Int(neighbor)] {
            case 1: leaves.append(neighbor)
            case 2: pairs.append(neighbor)
            default: break
            }
        }
    }
}
