/// How rows are ordered for elimination.
public enum EliminationOrdering: Sendable {
    /// Rows of degree 0, 1 and 2 first, greedily; approximate minimum degree on the kernel that remains.
    case automatic
    /// Approximate minimum degree on the whole graph.
    case minimumDegree
    /// Rows in the order given, a permutation of `0..<order`; for tests. Where the factor's pattern leaves a choice,
    /// rows may be exchanged (postordering), which changes neither its entries nor its arithmetic.
    case explicit([Int32])
}

/// Everything about a factorisation that depends on the pattern alone; made once, shared by all workers.
///
/// The factor has two parts. *Branches* are the rows that have at most two neighbours when they are eliminated; they
/// have loops of their own. The *kernel* is the rest, a supernodal Cholesky factor of dense panels.
public struct SymbolicFactor: Sendable {
    /// The pattern analysed.
    public let pattern: SymmetricPattern
    /// Stored entries of the factor below its diagonal.
    public let factorEntries: Int
    /// Multiplications and additions of one numeric factorisation.
    public let flops: Double
    /// Rows eliminated as branches; the rest is the kernel.
    public var branchOrder: Int { branches.order }

    let branches: BranchPlan
    let kernel: KernelPlan
    let rowOfStep: Memory<Int32>
    let entryOfSlot: Memory<Int32>

    /// The number of rows.
    public var order: Int { pattern.order }

    /// The row eliminated at each step.
    public var permutation: [Int32] { rowOfStep.array }

    /// Analyses a pattern.
    ///
    /// - Precondition: an explicit ordering is a permutation of `0..<order`.
    /// - Complexity: O(rows + edges) where nothing but branches exists; otherwise the kernel costs what AMD costs, plus
    ///   time proportional to the rows of its panels.
    public init(_ pattern: SymmetricPattern, ordering: EliminationOrdering = .automatic) {
        let branches: BranchOrdering
        var kernelRows: [Int32]
        switch ordering {
        case .automatic:
            branches = BranchOrdering(pattern)
            kernelRows = branches.kernel
        case .minimumDegree:
            branches = BranchOrdering(nothingOf: pattern)
            kernelRows = branches.kernel
        case .explicit(let permutation):
            precondition(Self.isPermutation(permutation, of: pattern.order), "not a permutation of the rows")
            branches = BranchOrdering(nothingOf: pattern)
            kernelRows = permutation
        }
        var graph = AdjacencyGraph(branches.graph, rows: kernelRows)
        func reorder(_ order: [Int32]) {
            graph = graph.permuted(by: order)
            kernelRows = order.map { kernelRows[Int($0)] }
        }
        if case .explicit = ordering {} else {
            reorder(MinimumDegree.order(start: graph.start, neighbor: graph.neighbor))
        }
        let tree = EliminationTree(graph)
        let postorder = tree.postorder
        reorder(postorder)
        let kernel = KernelPlan(graph, tree.permuted(by: postorder), firstEntry: branches.edges.count)

        let rowOfStep = branches.rows + kernelRows
        var stepOfRow = [Int32](repeating: 0, count: pattern.order)
        for (step, row) in rowOfStep.enumerated() { stepOfRow[Int(row)] = Int32(step) }
        var entryOfEdge = [Int32](repeating: 0, count: Int(branches.graph.edgeCount))
        for (entry, edge) in branches.edges.enumerated() { entryOfEdge[Int(edge)] = Int32(entry) }
        for (edge, entry) in kernel.entryOfEdge { entryOfEdge[Int(edge)] = entry }

        self.pattern = pattern
        self.branches = BranchPlan(branches, stepOfRow: stepOfRow, entryOfEdge: entryOfEdge)
        self.kernel = kernel
        self.rowOfStep = Memory(rowOfStep)
        entryOfSlot = Memory(Array(entryOfEdge.prefix(pattern.slotCount)))
        factorEntries = branches.edges.count + kernel.storedEntries
        flops = self.branches.flops + kernel.flops
    }

    private static func isPermutation(_ permutation: [Int32], of order: Int) -> Bool {
        guard permutation.count == order else { return false }
        var seen = [Bool](repeating: false, count: order)
        for row in permutation {
            guard row >= 0, row < order, !seen[Int(row)] else { return false }
            seen[Int(row)] = true
        }
        return true
    }
}
