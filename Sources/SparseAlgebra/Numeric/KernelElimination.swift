// For the square root that debug builds call.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The numeric loops of the kernel: a left-looking supernodal Cholesky factorisation (Ng and Peyton, SIAM J. Sci.
/// Comput. 14, 1993) whose small blocks are plain loops and whose large ones are BLAS.
struct KernelElimination {
    let panels: View<KernelPlan.Panel>
    let rows: View<Int32>
    private let updates: View<KernelPlan.Update>
    let firstStep: Int
    private let rowOfStep: View<Int32>
    let entries: MutableView<Double>
    let pivots: MutableView<Double>
    private let rowInPanel: MutableView<Int32>
    private let product: MutableView<Double>
    private let smallestRatio: Double

    init(
        plan: KernelPlan, firstStep: Int, rowOfStep: View<Int32>, entries: MutableView<Double>,
        pivots: MutableView<Double>, rowInPanel: MutableView<Int32>, product: MutableView<Double>,
        smallestRatio: Double
    ) {
        panels = plan.panels.view
        rows = plan.rows.view
        updates = plan.updates.view
        self.firstStep = firstStep
        self.rowOfStep = rowOfStep
        self.entries = entries
        self.pivots = pivots
        self.rowInPanel = rowInPanel
        self.product = product
        self.smallestRatio = smallestRatio
    }

    /// Replaces the panels by the factor and pivots by the reciprocals of its diagonal.
    func factor(_ diagonal: [Double]) throws(FactorizationFailure) {
        for index in 0..<panels.count {
            let panel = panels[index]
            for column in 0..<panel.width {
                let step = firstStep &+ panel.firstColumn &+ column
                entries[panel.firstEntry &+ column &* (panel.stride &+ 1)] = diagonal[Int(rowOfStep[step])] + pivots[step]
            }
            if panel.firstUpdate < panel.endUpdate {
                locateRows(panel)
                for position in panel.firstUpdate..<panel.endUpdate { apply(updates[position], to: panel) }
            }
            try factorPanel(panel, diagonal)
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
        let begin = Int(update.begin)
        let columns = Int(update.end) &- begin
        let rowCount = source.below &- begin
        if KernelPlan.isLarge(rows: rowCount, columns: columns, depth: source.width) {
            LinearAlgebraLibrary.ownProduct(
                rows: rowCount, columns: columns, depth: source.width, entries.readOnly,
                at: source.firstEntry + source.width + begin, stride: source.stride, into: product)
            for column in 0..<columns {
                let target = targetColumn(source.firstRow &+ begin &+ column, panel)
                for row in column..<rowCount {
                    let position = Int(rowInPanel[Int(rows[source.firstRow &+ begin &+ row])])
                    entries[target &+ position] -= product[column &* rowCount &+ row]
                }
            }
            return
        }
        for column in begin..<begin &+ columns {
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

    private func factorPanel(_ panel: KernelPlan.Panel, _ diagonal: [Double]) throws(FactorizationFailure) {
        if panel.width >= Self.leastLibraryWidth {
            let failing = LinearAlgebraLibrary.factorDense(panel.width, entries, at: panel.firstEntry, stride: panel.stride)
            for column in 0..<panel.width {
                let root = entries[panel.firstEntry + column * (panel.stride + 1)]
                // The failing column still holds its pivot, the others hold roots.
                try store(failing == column + 1 ? min(root, 0) : root * root, panel, column, diagonal)
            }
            LinearAlgebraLibrary.solveBelow(
                rows: panel.below, columns: panel.width, entries, factorAt: panel.firstEntry,
                rowsAt: panel.firstEntry + panel.width, stride: panel.stride)
            return
        }
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

    /// Width from which dpotrf and dtrsm win over plain loops.
    private static var leastLibraryWidth: Int { 16 }

    /// Checks a pivot and stores the reciprocal of its root.
    @inline(__always) @discardableResult
    private func store(
        _ pivot: Double, _ panel: KernelPlan.Panel, _ column: Int, _ diagonal: [Double]
    ) throws(FactorizationFailure) -> Double {
        let step = firstStep &+ panel.firstColumn &+ column
        let row = Int(rowOfStep[step])
        // Written so that NaN fails.
        guard pivot > smallestRatio * diagonal[row], pivot > 0, pivot < .infinity else {
            throw FactorizationFailure(row: row, pivot: pivot)
        }
        let reciprocal = 1 / pivot.squareRoot()
        pivots[step] = reciprocal
        return reciprocal
    }
}
