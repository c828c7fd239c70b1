/// The numbers of a factor and the loops over them, for one system or for several side by side.
struct FactorStorage<Element: Lanes>: Sendable {
    let symbolic: SymbolicFactor
    /// Multipliers of the branches, then the panels of the kernel.
    private var entries: Memory<Element>
    /// During factorisation what eliminated rows change on the diagonal; afterwards the reciprocals of the pivots (of
    /// their square roots in the kernel).
    private var pivots: Memory<Element>
    /// A vector in order of elimination.
    private var work: Memory<Element>
    /// The position of each kernel row in the panel under construction.
    private var rowInPanel: Memory<Int32>
    /// A product made by BLAS.
    private var product: Memory<Element>
    private(set) var isFactored = false

    init(_ symbolic: SymbolicFactor) {
        LinearAlgebraLibrary.prepare()
        self.symbolic = symbolic
        entries = Memory(repeating: .zero, count: symbolic.kernel.entryEnd)
        pivots = Memory(repeating: .zero, count: symbolic.order)
        work = Memory(repeating: .zero, count: symbolic.order)
        rowInPanel = Memory(repeating: 0, count: symbolic.kernel.order)
        product = Memory(repeating: .zero, count: Element.hasLibrary ? symbolic.kernel.productCount : 0)
    }

    mutating func factor(
        diagonal: Span<Element>, offDiagonal: Span<Element>, smallestRatio: Double
    ) throws(PivotFailure) {
        precondition(diagonal.count == symbolic.order, "one diagonal value a row")
        precondition(offDiagonal.count == symbolic.pattern.slotCount, "one off-diagonal value a slot")
        isFactored = false
        defer { extendLifetime(symbolic) }
        let views = views(smallestRatio: smallestRatio)
        views.entries.fill(0..<views.entries.count, with: .zero)
        views.pivots.fill(0..<views.pivots.count, with: .zero)
        let entryOfSlot = symbolic.entryOfSlot.view
        for slot in 0..<entryOfSlot.count { views.entries[Int(entryOfSlot[slot])] = offDiagonal[slot] }
        try BranchElimination(symbolic.branches, views).factor(diagonal)
        try KernelElimination(symbolic.kernel, firstStep: symbolic.branches.order, views).factor(diagonal)
        isFactored = true
    }

    /// Solves for the right-hand side that begins at `first`.
    mutating func solve(_ rightHandSide: inout MutableSpan<Element>, from first: Int) {
        precondition(isFactored, "solve before a successful factorisation")
        defer { extendLifetime(symbolic) }
        let x = work.mutableView()
        let rowOfStep = symbolic.rowOfStep.view
        for step in 0..<x.count { x[step] = rightHandSide[first &+ Int(rowOfStep[step])] }
        let views = views(smallestRatio: 0)
        let branches = BranchElimination(symbolic.branches, views)
        branches.solveForward(x)
        KernelElimination(symbolic.kernel, firstStep: symbolic.branches.order, views).solve(x)
        branches.solveBackward(x)
        for step in 0..<x.count { rightHandSide[first &+ Int(rowOfStep[step])] = x[step] }
    }

    private mutating func views(smallestRatio: Double) -> FactorViews<Element> {
        FactorViews(
            rowOfStep: symbolic.rowOfStep.view, entries: entries.mutableView(), pivots: pivots.mutableView(),
            rowInPanel: rowInPanel.mutableView(), product: product.mutableView(), smallestRatio: smallestRatio)
    }
}

/// The memory that elimination loops work on; valid while the ``FactorStorage`` it comes from is.
struct FactorViews<Element: Lanes> {
    let rowOfStep: View<Int32>
    let entries: MutableView<Element>
    let pivots: MutableView<Element>
    let rowInPanel: MutableView<Int32>
    let product: MutableView<Element>
    let smallestRatio: Double

    @inline(__always)
    func check(_ pivot: Element, at step: Int, original: Element) throws(PivotFailure) {
        if let lane = Element.failingLane(pivot, original: original, smallestRatio: smallestRatio) {
            throw PivotFailure(row: Int(rowOfStep[step]), lane: lane, pivot: pivot.number(in: lane))
        }
    }
}

/// A pivot that is not positive, not finite or only rounding.
struct PivotFailure: Error {
    var row: Int
    var lane: Int
    var pivot: Double
}
