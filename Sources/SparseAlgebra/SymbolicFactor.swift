/// How rows are ordered for elimination.
public enum EliminationOrdering: Sendable {
    /// Rows of degree 0, 1 and 2 first, greedily; approximate minimum degree on the kernel that remains.
    case automatic
    /// Approximate minimum degree on the whole graph.
    case minimumDegree
    /// Rows in the order given, a permutation of `0..<order`; for tests.
    case explicit([Int32])
}

/// Everything about a factorisation that depends on the pattern alone; made once, shared by all workers.
public struct SymbolicFactor: Sendable {
    /// The pattern analysed.
    public let pattern: SymmetricPattern
    /// The row eliminated at each step.
    public let permutation: [Int32]
    /// Stored entries of the factor below its diagonal.
    public let factorEntries: Int
    /// Multiplications and additions of one numeric factorisation.
    public let flops: Double

    /// The number of rows.
    public var order: Int { pattern.order }

    /// Analyses a pattern.
    public init(_ pattern: SymmetricPattern, ordering: EliminationOrdering = .automatic) {
        preconditionFailure("being written")
    }
}
