import NetworkFiles

/// A result table of as many rows as a city has links, made part by part when it is written.
struct LongTable: Sendable {
    /// Names of the columns.
    let header: [String]
    /// How many elements it goes through; some may have no row.
    let rowCount: Int
    /// Adds the rows of some of the elements, cell by cell.
    let add: @Sendable (_ rows: Range<Int>, _ table: inout ResultTable) -> Void

    /// Elements of a piece: some megabytes of text.
    private static var pieceRows: Int { 1 << 14 }

    /// The table as a file.
    func file(_ name: String) -> OutputFile {
        let pieces = max(1, (rowCount + Self.pieceRows - 1) / Self.pieceRows)
        let table = self
        return OutputFile(name: name, pieces: pieces) { piece in
            let first = piece * Self.pieceRows
            return table.part(first..<min(first + Self.pieceRows, table.rowCount)).bytes
        }
    }

    /// The whole table.
    var whole: ResultTable { part(0..<rowCount) }

    /// Some of the rows, under the header where they are the first.
    private func part(_ rows: Range<Int>) -> ResultTable {
        var part = rows.lowerBound == 0
            ? ResultTable(header, rows: rows.count) : ResultTable(continuing: header.count, rows: rows.count)
        add(rows, &part)
        return part
    }
}
