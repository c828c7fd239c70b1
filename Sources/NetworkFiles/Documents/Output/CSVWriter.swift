import NetworkModel

/// Writes one table as CSV.
struct CSVWriter {
    private let cells: TableCells

    init(_ document: Document, _ table: TableName) {
        cells = TableCells(table: document[table], pool: document.pool)
    }

    /// The text of the file.
    func bytes() -> [UInt8] {
        let fields = cells.fields
        var bytes = Array(fields.map { cells.table.schema.fields[$0].name }.joined(separator: ",").utf8)
        bytes.append(10)
        for row in 0..<cells.table.rowCount {
            for (position, field) in fields.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                append(field, row, to: &bytes)
            }
            bytes.append(10)
        }
        return bytes
    }

    private func append(_ field: Int, _ row: Int, to bytes: inout [UInt8]) {
        guard cells.has(field, row) else { return }
        switch cells.table.columns[field] {
        case .texts(let values): Self.append(cells.pool.utf8(values[row]), to: &bytes)
        case .numbers(let values): NumberText.append(values[row], to: &bytes)
        case .flags(let values): bytes.append(contentsOf: (values[row] == true ? "true" : "false").utf8)
        case .points(let values):
            for (position, point) in values[row].enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ";")) }
                NumberText.append(point.first, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                NumberText.append(point.second, to: &bytes)
            }
        }
    }

    /// A text, in quotes where its reader would otherwise take it for something else.
    private static func append(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        let needsQuotes = text.first == 32 || text.last == 32
            || text.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
        guard needsQuotes else { return bytes.append(contentsOf: text) }
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
