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
    /// The analysis that this factor fills with numbers.
    public let symbolic: SymbolicFactor

    /// The least ratio of a pivot to the diagonal entry it came from; below it, a pivot is only the rounding of the
    /// subtractions that made it, as for a Laplacian without a grounded row.
    public var smallestPivotRatio = 0x1p-50

    /// Multipliers of the branches, then the panels of the kernel.
    var entries: Memory<Double>
    /// During factorisation what eliminated rows change on the diagonal; afterwards the reciprocals of the pivots (of
    /// their square roots in the kernel).
    var pivots: Memory<Double>
    /// A vector in order of elimination.
    var work: Memory<Double>
    /// The position of each kernel row in the panel under construction.
    var rowInPanel: Memory<Int32>
    /// A product made by BLAS.
    var product: Memory<Double>
    /// The residual of iterative refinement; empty until the first use.
    var refinement: [Double] = []
    private(set) var isFactored = false

    /// Allocates everything that ``factor(diagonal:offDiagonal:)`` and the solves use.
    public init(_ symbolic: SymbolicFactor) {
        LinearAlgebraLibrary.prepare()
        self.symbolic = symbolic
        entries = Memory(repeating: 0, count: symbolic.kernel.entryEnd)
        pivots = Memory(repeating: 0, count: symbolic.order)
        work = Memory(repeating: 0, count: symbolic.order)
        rowInPanel = Memory(repeating: 0, count: symbolic.kernel.order)
        product = Memory(repeating: 0, count: symbolic.kernel.productCount)
    }

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
        precondition(diagonal.count == symbolic.order, "one diagonal value a row")
        precondition(offDiagonal.count == symbolic.pattern.slotCount, "one off-diagonal value a slot")
        isFactored = false
        defer { extendLifetime(symbolic) }
        let entries = entries.mutableView()
        let pivots = pivots.mutableView()
        entries.fill(0..<entries.count, with: 0)
        pivots.fill(0..<pivots.count, with: 0)
        let entryOfSlot = symbolic.entryOfSlot.view
        for slot in 0..<offDiagonal.count { entries[Int(entryOfSlot[slot])] = offDiagonal[slot] }

        let (branches, kernel) = eliminations()
        try branches.factor(diagonal)
        try kernel.factor(diagonal)
        isFactored = true
    }

    /// The loops over this factor's memory; valid while this value is.
    mutating func eliminations() -> (BranchElimination, KernelElimination) {
        let rowOfStep = symbolic.rowOfStep.view
        let (entries, pivots) = (entries.mutableView(), pivots.mutableView())
        let branches = BranchElimination(
            plan: symbolic.branches, rowOfStep: rowOfStep, entries: entries, pivots: pivots,
            smallestRatio: smallestPivotRatio)
        let kernel = KernelElimination(
            plan: symbolic.kernel, firstStep: symbolic.branches.order, rowOfStep: rowOfStep, entries: entries,
            pivots: pivots, rowInPanel: rowInPanel.mutableView(), product: product.mutableView(),
            smallestRatio: smallestPivotRatio)
        return (branches, kernel)
    }
}
