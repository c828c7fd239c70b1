/// Rows of the catalogue text that ships with the engine: comma-separated, one header line, no quoting.
///
/// The text is ours and covered by tests; a malformed row is skipped there rather than crashing a user's run.
struct CatalogueRows {
    private let columns: [Substring: Int]
    private let lines: [Substring]

    init(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        let header = lines.isEmpty ? "" : lines.removeFirst()
        var columns: [Substring: Int] = [:]
        for (position, name) in header.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            columns[name] = position
        }
        self.columns = columns
        self.lines = lines
    }

    /// One row by column name.
    struct Row {
        fileprivate let columns: [Substring: Int]
        fileprivate let cells: [Substring]

        /// The text of a cell, empty where there is none.
        func text(_ name: Substring) -> String {
            guard let column = columns[name], column < cells.count else { return "" }
            return String(cells[column])
        }
        /// The number of a cell, nil where there is none.
        func number(_ name: Substring) -> Double? { Double(text(name)) }
    }

    /// The rows in order, what `read` makes of each, without those it refuses.
    func map<Value>(_ read: (Row) -> Value?) -> [Value] {
        lines.compactMap { line in
            read(Row(columns: columns, cells: line.split(separator: ",", omittingEmptySubsequences: false)))
        }
    }

    /// Number of rows, read or not.
    var count: Int { lines.count }
}
