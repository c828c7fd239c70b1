extension LDLFactor {
    /// Replaces a right-hand side (or several, one after the other, each of `order` values) by its solution;
    /// allocates nothing.
    ///
    /// - Precondition: ``factor(diagonal:offDiagonal:)`` has succeeded, and the length is a multiple of `order`.
    /// - Complexity: O(order + ``SymbolicFactor/factorEntries``) for each right-hand side.
    public mutating func solve(_ rightHandSide: inout [Double]) {
        precondition(isFactored, "solve before a successful factor(diagonal:offDiagonal:)")
        let order = symbolic.order
        guard order > 0 else { return }
        precondition(rightHandSide.count % order == 0, "right-hand sides of `order` values each")
        var span = rightHandSide.mutableSpan
        for first in stride(from: 0, to: span.count, by: order) { solve(&span, from: first) }
    }

    /// Solves, and corrects the solution once by the residual against the values of the matrix (one step of iterative
    /// refinement; Skeel, Math. Comput. 35, 1980). Allocates at the first call only.
    ///
    /// - Precondition: the values are those last given to ``factor(diagonal:offDiagonal:)``; one right-hand side.
    public mutating func solve(_ rightHandSide: inout [Double], refinedBy diagonal: [Double], _ offDiagonal: [Double]) {
        precondition(rightHandSide.count == symbolic.order, "one right-hand side")
        // Taken out for the time of the call, since solving needs all of this value.
        var residual: [Double] = []
        swap(&residual, &refinement)
        residual.replaceSubrange(0..<residual.count, with: rightHandSide)
        solve(&rightHandSide)
        symbolic.pattern.subtractProduct(
            diagonal: diagonal, offDiagonal: offDiagonal, vector: rightHandSide, from: &residual)
        solve(&residual)
        for row in 0..<rightHandSide.count { rightHandSide[row] += residual[row] }
        swap(&residual, &refinement)
    }

    private mutating func solve(_ rightHandSide: inout MutableSpan<Double>, from first: Int) {
        defer { extendLifetime(symbolic) }
        let x = work.mutableView()
        let rowOfStep = symbolic.rowOfStep.view
        for step in 0..<x.count { x[step] = rightHandSide[first &+ Int(rowOfStep[step])] }
        let (branches, kernel) = eliminations()
        branches.solveForward(x)
        kernel.solve(x)
        branches.solveBackward(x)
        for step in 0..<x.count { rightHandSide[first &+ Int(rowOfStep[step])] = x[step] }
    }
}
