/// The numeric loops of the kernel: a left-looking supernodal Cholesky factorisation (Ng and Peyton, SIAM J. Sci.
/// Comput. 14, 1993) whose small blocks are plain loops and whose large ones are BLAS.
struct KernelElimination<Element: Lanes> {
    let panels: View<KernelPlan.Panel>
    let rows: View<Int32>
    private let updates: View<KernelPlan.Update>
    let firstStep: Int
    private let views: FactorViews<Element>
    let entries: MutableView<Element>
    let pivots: MutableView<Element>
    private let rowInPanel: MutableView<Int32>

    init(_ plan: KernelPlan, firstStep: Int, _ views: FactorViews<Element>) {
        panels = plan.panels.view
        rows = plan.rows.view
        updates = plan.updates.view
        self.firstStep = firstStep
        self.views = views
        entries = views.entries
        pivots = views.pivots
        rowInPanel = views.rowInPanel
    }

    /// Replaces the panels by the factor and pivots by the reciprocals of its diagonal.
    func factor(_ diagonal: Span<Element>) throws(PivotFailure) {
        for index in 0..<panels.count {
            let panel = panels[index]
            for column in 0..<panel.width {
                let step = firstStep &+ panel.firstColumn &+ column
                let original = diagonal[Int(views.rowOfStep[step])]
                entries[panel.firstEntry &+ column &* (panel.stride &+ 1)] = original + pivots[step]
            }
            if panel.firstUpdate < panel.endUpdate {
                locateRows(panel)
                for position in panel.firstUpdate..<panel.endUpdate { apply(updates[position], to: panel) }
            }
            if Element.hasLibrary && panel.width >= Self.leastLibraryWidth {
                try factorWidePanel(panel, diagonal)
            } else {
                try factorPanel(panel, diagonal)
            }
        }
    }

    private func locateRows(_ panel: KernelPlan.Panel) {
        for column in 0..<panel.width {
            rowInPanel[panel.firstColumn &+ column] = Int32(truncatingIfNeeded: column)
        }
        for row in 0..<panel.below {
            rowInPanel[Int(rows[panel.firstRow &+ row])] = Int32(truncatingIfNeeded: panel.width &+ row)
        }
    }

    private func apply(_ update: KernelPlan.Update, to panel: KernelPlan.Panel) {
        let source = panels[Int(update.source)]
        let (begin, end) = (Int(update.begin), Int(update.end))
        if Element.hasLibrary
            && KernelPlan.isLarge(rows: source.below &- begin, columns: end &- begin, depth: source.width)
        {
            return applyLarge(source, columns: begin..<end, to: panel)
        }
        for column in begin..<end {
            let target = targetColumn(source.firstRow &+ column, panel)
            var depth = 0
            while depth &+ 4 <= source.width {
                subtractFour(source, from: column, depth: depth, target: target)
                depth &+= 4
            }
            if depth &+ 2 <= source.width {
                subtractTwo(source, from: column, depth: depth, target: target)
                depth &+= 2
            }
            if depth < source.width { subtractOne(source, from: column, depth: depth, target: target) }
        }
    }

    private func applyLarge(_ source: KernelPlan.Panel, columns: Range<Int>, to panel: KernelPlan.Panel) {
        let rowCount = source.below &- columns.lowerBound
        LinearAlgebraLibrary.ownProduct(
            rows: rowCount, columns: columns.count, depth: source.width, Element.numbers(entries).readOnly,
            at: source.firstEntry + source.width + columns.lowerBound, stride: source.stride,
            into: Element.numbers(views.product))
        let firstRow = source.firstRow &+ columns.lowerBound
        for column in 0..<columns.count {
            let target = targetColumn(firstRow &+ column, panel)
            for row in column..<rowCount {
                let position = target &+ Int(rowInPanel[Int(rows[firstRow &+ row])])
                entries[position] -= views.product[column &* rowCount &+ row]
            }
        }
    }

    @inline(__always)
    private func targetColumn(_ row: Int, _ panel: KernelPlan.Panel) -> Int {
        panel.firstEntry &+ (Int(rows[row]) &- panel.firstColumn) &* panel.stride
    }

    @inline(__always)
    private func subtractOne(_ source: KernelPlan.Panel, from column: Int, depth: Int, target: Int) {
        let a = source.firstEntry &+ source.width &+ depth &* source.stride
        let factorA = entries[a &+ column]
        for row in column..<source.below {
            let position = target &+ Int(rowInPanel[Int(rows[source.firstRow &+ row])])
            entries[position] -= factorA * entries[a &+ row]
        }
    }

    @inline(__always)
    private func subtractTwo(_ source: KernelPlan.Panel, from column: Int, depth: Int, target: Int) {
        let a = source.firstEntry &+ source.width &+ depth &* source.stride
        let b = a &+ source.stride
        let (factorA, factorB) = (entries[a &+ column], entries[b &+ column])
        for row in column..<source.below {
            let position = target &+ Int(rowInPanel[Int(rows[source.firstRow &+ row])])
            entries[position] -= factorA * entries[a &+ row] + factorB * entries[b &+ row]
        }
    }

    @inline(__always)
    private func subtractFour(_ source: KernelPlan.Panel, from column: Int, depth: Int, target: Int) {
        let a = source.firstEntry &+ source.width &+ depth &* source.stride
        let b = a &+ source.stride
        let c = b &+ source.stride
        let d = c &+ source.stride
        let (factorA, factorB) = (entries[a &+ column], entries[b &+ column])
        let (factorC, factorD) = (entries[c &+ column], entries[d &+ column])
        for row in column..<source.below {
            let position = target &+ Int(rowInPanel[Int(rows[source.firstRow &+ row])])
            let first = factorA * entries[a &+ row] + factorB * entries[b &+ row]
            let second = factorC * entries[c &+ row] + factorD * entries[d &+ row]
            entries[position] -= first + second
        }
    }

    private func factorPanel(_ panel: KernelPlan.Panel, _ diagonal: Span<Element>) throws(PivotFailure) {
        for column in 0..<panel.width {
            let base = panel.firstEntry &+ column &* panel.stride
            let reciprocal = try store(entries[base &+ column], panel, column, diagonal)
            for row in column &+ 1..<panel.stride { entries[base &+ row] *= reciprocal }
            for later in column &+ 1..<panel.width {
                let target = panel.firstEntry &+ later &* panel.stride
                let multiplier = entries[base &+ later]
                for row in later..<panel.stride { entries[target &+ row] -= multiplier * entries[base &+ row] }
            }
        }
    }

    private func factorWidePanel(_ panel: KernelPlan.Panel, _ diagonal: Span<Element>) throws(PivotFailure) {
        let numbers = Element.numbers(entries)
        let failing = LinearAlgebraLibrary.factorDense(panel.width, numbers, at: panel.firstEntry, stride: panel.stride)
        for column in 0..<panel.width {
            let root = entries[panel.firstEntry + column * (panel.stride + 1)]
            // The failing column still holds its pivot, the others hold roots.
            _ = try store(failing == column + 1 ? root : root * root, panel, column, diagonal)
        }
        if failing > 0 {
            let step = firstStep + panel.firstColumn + failing - 1
            throw PivotFailure(row: Int(views.rowOfStep[step]), lane: 0, pivot: .nan)
        }
        LinearAlgebraLibrary.solveBelow(
            rows: panel.below, columns: panel.width, numbers, factorAt: panel.firstEntry,
            rowsAt: panel.firstEntry + panel.width, stride: panel.stride)
    }

    /// Width from which dpotrf and dtrsm win over plain loops.
    private static var leastLibraryWidth: Int { 16 }

    /// Checks a pivot and stores the reciprocal of its root.
    @inline(__always)
    private func store(
        _ pivot: Element, _ panel: KernelPlan.Panel, _ column: Int, _ diagonal: Span<Element>
    ) throws(PivotFailure) -> Element {
        let step = firstStep &+ panel.firstColumn &+ column
        try views.check(pivot, at: step, original: diagonal[Int(views.rowOfStep[step])])
        let reciprocal = .one / pivot.squareRoot()
        pivots[step] = reciprocal
        return reciprocal
    }
}
