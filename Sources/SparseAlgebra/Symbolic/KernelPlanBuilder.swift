/// Finds the rows, updates and entry positions of a ``KernelPlan``.
struct KernelPlanBuilder {
    private let graph: AdjacencyGraph
    private let panelOfColumn: [Int32]
    private(set) var panels: [KernelPlan.Panel] = []
    private(set) var rows: [Int32] = []
    private(set) var updates: [KernelPlan.Update] = []
    private(set) var entryEnd: Int
    private(set) var productCount = 0

    init(_ graph: AdjacencyGraph, _ supernodes: Supernodes, firstEntry: Int) {
        self.graph = graph
        entryEnd = firstEntry
        var panelOfColumn = [Int32](repeating: 0, count: graph.order)
        for index in 0..<supernodes.count {
            let columns = Int(supernodes.firstColumn[index])..<Int(supernodes.firstColumn[index + 1])
            for column in columns { panelOfColumn[column] = Int32(index) }
            panels.append(
                KernelPlan.Panel(
                    firstColumn: columns.lowerBound, width: columns.count, firstRow: 0, below: 0, firstEntry: 0))
        }
        self.panelOfColumn = panelOfColumn
    }

    /// The rows of a panel: those of the matrix in its columns, and those of its children in the tree of panels.
    mutating func findRows() {
        var lastPanel = [Int32](repeating: -1, count: graph.order)
        var firstChild = [Int32](repeating: -1, count: panels.count)
        var sibling = firstChild
        for index in panels.indices {
            let columns = panels[index].firstColumn..<panels[index].firstColumn + panels[index].width
            var own: [Int32] = []
            func add(_ row: Int32) {
                guard Int(row) >= columns.upperBound, lastPanel[Int(row)] != Int32(index) else { return }
                lastPanel[Int(row)] = Int32(index)
                own.append(row)
            }
            for half in Int(graph.start[columns.lowerBound])..<Int(graph.start[columns.upperBound]) {
                add(graph.neighbor[half])
            }
            var child = firstChild[index]
            while child != -1 {
                let panel = panels[Int(child)]
                for position in panel.firstRow..<panel.firstRow + panel.below { add(rows[position]) }
                child = sibling[Int(child)]
            }
            own.sort()
            panels[index].firstRow = rows.count
            panels[index].below = own.count
            panels[index].firstEntry = entryEnd
            rows.append(contentsOf: own)
            entryEnd += panels[index].width * panels[index].stride
            if let first = own.first {
                let parent = Int(panelOfColumn[Int(first)])
                sibling[index] = firstChild[parent]
                firstChild[parent] = Int32(index)
            }
        }
        precondition(entryEnd < Int(Int32.max), "the factor has more than 2³¹ entries")
    }

    /// Each run of rows of a panel that are columns of one later panel is an update of that panel.
    mutating func findUpdates() {
        var count = [Int](repeating: 0, count: panels.count + 1)
        forEachUpdate { target, update in
            count[target + 1] += 1
            let source = panels[Int(update.source)]
            let product = (source.below - Int(update.begin), Int(update.end - update.begin))
            if KernelPlan.isLarge(rows: product.0, columns: product.1, depth: source.width) {
                productCount = max(productCount, product.0 * product.1)
            }
        }
        for index in panels.indices {
            count[index + 1] += count[index]
            panels[index].firstUpdate = count[index]
            panels[index].endUpdate = count[index + 1]
        }
        updates = Array(repeating: KernelPlan.Update(source: 0, begin: 0, end: 0), count: count[panels.count])
        forEachUpdate { target, update in
            updates[count[target]] = update
            count[target] += 1
        }
    }

    private func forEachUpdate(_ body: (_ target: Int, _ update: KernelPlan.Update) -> Void) {
        for (index, panel) in panels.enumerated() {
            var begin = 0
            while begin < panel.below {
                let target = panelOfColumn[Int(rows[panel.firstRow + begin])]
                var end = begin + 1
                while end < panel.below, panelOfColumn[Int(rows[panel.firstRow + end])] == target { end += 1 }
                body(Int(target), KernelPlan.Update(source: Int32(index), begin: Int32(begin), end: Int32(end)))
                begin = end
            }
        }
    }

    /// The entry of each edge: in the panel of its earlier end, at the row of its later end.
    func locateEdges() -> [(edge: Int32, entry: Int32)] {
        var result: [(edge: Int32, entry: Int32)] = []
        result.reserveCapacity(graph.edge.count / 2)
        var rowInPanel = [Int32](repeating: 0, count: graph.order)
        for panel in panels {
            for column in 0..<panel.width { rowInPanel[panel.firstColumn + column] = Int32(column) }
            for row in 0..<panel.below { rowInPanel[Int(rows[panel.firstRow + row])] = Int32(panel.width + row) }
            for column in panel.firstColumn..<panel.firstColumn + panel.width {
                let base = panel.firstEntry + (column - panel.firstColumn) * panel.stride
                for half in Int(graph.start[column])..<Int(graph.start[column + 1]) {
                    let row = Int(graph.neighbor[half])
                    if row > column { result.append((graph.edge[half], Int32(base) + rowInPanel[row])) }
                }
            }
        }
        return result
    }
}
