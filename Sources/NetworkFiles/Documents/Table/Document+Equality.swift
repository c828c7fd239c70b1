extension Document: Equatable {
    /// Whether two documents say the same: the same rows in the same order with the same cells, whatever file, encoding or
    /// order of columns they came from.
    ///
    /// - Complexity: O(cells).
    public static func == (left: Document, right: Document) -> Bool {
        let comparison = DocumentComparison(left, right)
        return left.schema.names.allSatisfy { comparison.isEqual($0) }
    }
}

/// Two documents side by side; texts are compared once for each distinct text.
private struct DocumentComparison {
    private let left: Document
    private let right: Document
    /// The right symbol of each left one; −2 where the right document has no such text.
    private let translation: [Int32]

    init(_ left: Document, _ right: Document) {
        (self.left, self.right) = (left, right)
        translation = (0..<left.pool.count).map { position in
            right.pool.symbol(for: left.pool.utf8(Symbol(Int32(position))))?.raw ?? -2
        }
    }

    func isEqual(_ table: TableName) -> Bool {
        let (a, b) = (left[table], right[table])
        guard a.rowCount == b.rowCount else { return false }
        return a.schema.fields.indices.allSatisfy { isEqual(a.columns[$0], b.columns[$0], rows: a.rowCount) }
    }

    private func isEqual(_ a: Table.Cells, _ b: Table.Cells, rows: Int) -> Bool {
        switch (a, b) {
        case (.texts(let a), .texts(let b)):
            let (a, b) = (SymbolColumn(values: a), SymbolColumn(values: b))
            return (0..<rows).allSatisfy { row in
                a[row].isAbsent ? b[row].isAbsent : translation[a[row].position] == b[row].raw
            }
        case (.numbers(let a), .numbers(let b)):
            let (a, b) = (NumberColumn(values: a), NumberColumn(values: b))
            return (0..<rows).allSatisfy { a[$0] == b[$0] }
        case (.flags(let a), .flags(let b)):
            let (a, b) = (FlagColumn(values: a), FlagColumn(values: b))
            return (0..<rows).allSatisfy { a[$0] == b[$0] }
        case (.points(let a), .points(let b)):
            let (a, b) = (PointsColumn(values: a), PointsColumn(values: b))
            return (0..<rows).allSatisfy { a[$0] == b[$0] }
        default: return false
        }
    }
}
