/// Columns of a factor grouped into dense blocks.
///
/// A supernode is a run of columns with the same rows below it, or nearly so: a child is merged into its parent when
/// that stores few zeros (Ashcraft and Grimes, ACM Trans. Math. Softw. 15, 1989), since a wider block shares one list
/// of rows among more columns.
struct Supernodes {
    /// First column of each supernode; the number of columns at the end.
    private(set) var firstColumn: [Int32] = []

    var count: Int { firstColumn.count - 1 }

    /// - Parameters:
    ///   - tree: numbered in postorder.
    ///   - counts: entries of each column, the diagonal included.
    init(_ tree: EliminationTree, counts: [Int32]) {
        let order = counts.count
        var first: [Int] = []
        for column in 0..<order where column == 0 || !Self.continues(column, tree, counts) { first.append(column) }
        first.append(order)

        // From the root downwards, so that a child meets its parent already merged. A group is known by its first
        // column; its entries are counted without the zeros that merging stores.
        var groupFirst: [Int] = []
        var end = order
        var entries = 0.0
        var below = 0
        for index in (0..<first.count - 1).reversed() {
            let columns = first[index]..<first[index + 1]
            let ownEntries = columns.reduce(0.0) { $0 + Double(counts[$1]) }
            let parent = Int(tree.parent[columns.upperBound - 1])
            let isChild = parent != -1 && parent < end && groupFirst.last == columns.upperBound
            if isChild, Self.shouldMerge(width: end - columns.lowerBound, below: below, entries: entries + ownEntries) {
                entries += ownEntries
                groupFirst[groupFirst.count - 1] = columns.lowerBound
            } else {
                end = columns.upperBound
                entries = ownEntries
                below = Int(counts[columns.upperBound - 1]) - 1
                groupFirst.append(columns.lowerBound)
            }
        }
        firstColumn = groupFirst.reversed().map { Int32($0) } + [Int32(order)]
    }

    private static func continues(_ column: Int, _ tree: EliminationTree, _ counts: [Int32]) -> Bool {
        Int(tree.parent[column - 1]) == column && counts[column - 1] == counts[column] + 1
    }

    private static func shouldMerge(width: Int, below: Int, entries: Double) -> Bool {
        let stored = Double(width * (width + 1) / 2 + width * below)
        let zeros = (stored - entries) / stored
        // Thresholds found by measurement on meshes and trees with chords: see benchmarks.
        return switch width {
        case ...4: zeros < 0.4
        case ...16: zeros < 0.2
        case ...48: zeros < 0.1
        default: zeros < 0.05
        }
    }
}
