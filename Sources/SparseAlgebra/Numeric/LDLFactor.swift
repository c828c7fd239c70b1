/// The numeric factor of one worker: values over a shared ``SymbolicFactor``.
///
/// ```swift
/// let symbolic = SymbolicFactor(SymmetricPattern(order: n, edges: edges))   // once a topology
/// var factor = LDLFactor(symbolic)                                         // once a worker
/// try factor.factor(diagonal: diagonal, offDiagonal: offDiagonal)          // once an iteration
/// factor.solve(&rightHandSide)
/// ```
/// A copy has values of its own; the symbolic part stays shared.
public struct LDLFactor: Sendable {
    /// The least ratio of a pivot to the diagonal entry it came from; below it, a pivot is only the rounding of the
    /// subtractions that made it, as for a Laplacian without a grounded row.
    public var smallestPivotRatio = 0x1p-50

    private var storage: FactorStorage<Double>
    /// The residual of iterative refinement; empty until the first use.
    private var residual: [Double] = []

    /// Allocates everything that ``factor(diagonal:offDiagonal:)`` and ``solve(_:)`` use.
    public init(_ symbolic: SymbolicFactor) { storage = FactorStorage(symbolic) }

    /// The analysis that this factor fills with numbers.
    public var symbolic: SymbolicFactor { storage.symbolic }

    /// Factors the matrix with these values; allocates nothing.
    ///
    /// A row is taken out by giving it diagonal 1 and zero in its slots. After a failure the factor cannot solve until
    /// it has been factored again.
    /// - Parameters:
    ///   - diagonal: one value a row.
    ///   - offDiagonal: one value a slot of the pattern.
    /// - Throws: the first row found, in the caller's numbering, whose pivot is not positive, not finite, or only
    ///   rounding (``smallestPivotRatio``).
    /// - Complexity: ``SymbolicFactor/flops``.
    public mutating func factor(diagonal: [Double], offDiagonal: [Double]) throws(FactorizationFailure) {
        do {
            try storage.factor(
                diagonal: diagonal.span, offDiagonal: offDiagonal.span, smallestRatio: smallestPivotRatio)
        } catch {
            throw FactorizationFailure(row: error.row, pivot: error.pivot)
        }
    }

    /// Replaces a right-hand side (or several, one after the other, each of `order` values) by its solution;
    /// allocates nothing.
    ///
    /// - Precondition: ``factor(diagonal:offDiagonal:)`` has succeeded, and the length is a multiple of `order`.
    /// - Complexity: O(order + ``SymbolicFactor/factorEntries``) for each right-hand side.
    public mutating func solve(_ rightHandSide: inout [Double]) {
        let order = storage.symbolic.order
        guard order > 0 else { return }
        precondition(rightHandSide.count % order == 0, "right-hand sides of `order` values each")
        var span = rightHandSide.mutableSpan
        for first in stride(from: 0, to: span.count, by: order) { storage.solve(&span, from: first) }
    }

    /// Solves, and corrects the solution once by the residual against the values of the matrix (one step of iterative
    /// refinement; Skeel, Math. Comput. 35, 1980). Allocates at the first call only.
    ///
    /// - Precondition: the values are those last given to ``factor(diagonal:offDiagonal:)``; one right-hand side.
    public mutating func solve(_ rightHandSide: inout [Double], refinedBy diagonal: [Double], _ offDiagonal: [Double]) {
        precondition(rightHandSide.count == symbolic.order, "one right-hand side")
        // Taken out for the time of the call, since solving needs all of this value.
        var residual: [Double] = []
        swap(&residual, &self.residual)
        residual.replaceSubrange(0..<residual.count, with: rightHandSide)
        solve(&rightHandSide)
        symbolic.pattern.subtractProduct(
            diagonal: diagonal, offDiagonal: offDiagonal, vector: rightHandSide, from: &residual)
        solve(&residual)
        for row in 0..<rightHandSide.count { rightHandSide[row] += residual[row] }
        swap(&residual, &self.residual)
    }
}
