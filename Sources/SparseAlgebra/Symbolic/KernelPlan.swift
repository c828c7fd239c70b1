/// The pattern of the kernel's factor: dense panels, their rows, and which earlier panels change each.
///
/// Columns and rows are numbered within the kernel, in order of elimination. The panel of a supernode of w columns
/// and m rows below them is a column-major block of w + m rows.
struct KernelPlan: Sendable {
    /// A supernode.
    struct Panel: BitwiseCopyable {
        /// Its first column.
        var firstColumn: Int
        /// Its columns.
        var width: Int
        /// Where its rows below the diagonal block begin in `rows`.
        var firstRow: Int
        /// How many they are.
        var below: Int
        /// Where its entries begin.
        var firstEntry: Int
        /// The first of the updates it receives.
        var firstUpdate = 0
        /// One past the last of them.
        var endUpdate = 0

        /// The distance of its columns in memory.
        var stride: Int { width + below }
    }

    /// What a finished panel changes in a later one.
    struct Update: BitwiseCopyable {
        /// The finished panel.
        var source: Int32
        /// The first of its rows that is a column of the later one.
        var begin: Int32
        /// The first of its rows after those columns.
        var end: Int32
    }

    /// Panels in order of elimination.
    let panels: Memory<Panel>
    /// Rows below the diagonal blocks, ascending within a panel.
    let rows: Memory<Int32>
    /// Updates, grouped by the panel that receives them.
    let updates: Memory<Update>
    /// Columns of the kernel.
    let order: Int
    /// The end of the entries.
    let entryEnd: Int
    /// Room for the largest product that goes through BLAS.
    let productCount: Int
    /// Entries below the diagonal, zeros stored by merging included.
    let storedEntries: Int
    /// Multiplications and additions.
    let flops: Double
    /// The entry of each edge between two kernel rows, as (edge, entry).
    let entryOfEdge: [(edge: Int32, entry: Int32)]

    /// - Parameters:
    ///   - graph: numbered in postorder of its elimination tree.
    ///   - firstEntry: where the panels begin among the entries of the whole factor.
    init(_ graph: AdjacencyGraph, _ tree: EliminationTree, firstEntry: Int) {
        order = graph.order
        let supernodes = Supernodes(tree, counts: tree.columnCounts(graph))
        var builder = KernelPlanBuilder(graph, supernodes, firstEntry: firstEntry)
        builder.findRows()
        builder.findUpdates()
        entryOfEdge = builder.locateEdges()
        panels = Memory(builder.panels)
        rows = Memory(builder.rows)
        updates = Memory(builder.updates)
        entryEnd = builder.entryEnd
        productCount = builder.productCount
        storedEntries = builder.panels.reduce(0) { $0 + $1.width * ($1.width - 1) / 2 + $1.width * $1.below }
        flops = builder.panels.reduce(0.0) { sum, panel in
            // Column c of a panel of stride s has s - c - 1 entries below its diagonal and costs their square.
            (0..<panel.width).reduce(sum) { $0 + Double(panel.stride - $1 - 1) * Double(panel.stride - $1) }
        }
    }

    /// Whether an update is large enough that BLAS wins over plain loops.
    static func isLarge(rows: Int, columns: Int, depth: Int) -> Bool {
        columns >= 8 && depth >= 8 && rows * columns * depth >= 4096
    }
}
