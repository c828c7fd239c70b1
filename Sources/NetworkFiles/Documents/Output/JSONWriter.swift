import NetworkModel

/// Writes tables as a JSON document.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let document: Document
    private var isFirstMember = true

    init(_ document: Document) { self.document = document }

    /// Writes the document with these tables.
    mutating func write(tables: [TableName]) {
        append("{")
        for table in tables where document[table].rowCount > 0 {
            let cells = TableCells(table: document[table], pool: document.pool)
            switch document.schema[table].shape {
            case .document: writeMembers(cells, KeyOrder(cells.table.schema), row: 0, separator: ",\n  ", first: "\n  ")
            case .object:
                startMember(table.rawValue)
                writeRow(cells, KeyOrder(cells.table.schema), row: 0)
            case .rows:
                startMember(table.rawValue)
                let order = KeyOrder(cells.table.schema)
                for row in 0..<cells.table.rowCount {
                    append(row == 0 ? "[\n    " : ",\n    ")
                    writeRow(cells, order, row: row)
                }
                append("\n  ]")
            }
            if document.schema[table].shape == .document { isFirstMember = false }
        }
        append("\n}\n")
    }

    private mutating func startMember(_ name: String) {
        append(isFirstMember ? "\n  " : ",\n  ")
        isFirstMember = false
        appendText(Array(name.utf8)[...])
        append(": ")
    }

    private mutating func writeRow(_ cells: TableCells, _ order: KeyOrder, row: Int) {
        append("{ ")
        writeMembers(cells, order, row: row, separator: ", ", first: "")
        append(" }")
    }

    private mutating func writeMembers(_ cells: TableCells, _ order: KeyOrder, row: Int, separator: String, first: String) {
        var isFirst = true
        for member in order.members where member.contains(where: { cells.has($0, row) }) {
            append(isFirst ? first : separator)
            isFirst = false
            write(member, cells, order, row, level: 0)
        }
    }

    /// Writes a field, or an object of the fields that share the first names of their path.
    private mutating func write(_ fields: [Int], _ cells: TableCells, _ order: KeyOrder, _ row: Int, level: Int) {
        let path = order.paths[fields[0]]
        appendText(Array(path[level].utf8)[...])
        append(": ")
        if path.count == level + 1 { return writeCell(fields[0], cells, row) }
        append("{ ")
        var isFirst = true
        for member in order.grouped(fields, level: level + 1) where member.contains(where: { cells.has($0, row) }) {
            if !isFirst { append(", ") }
            isFirst = false
            write(member, cells, order, row, level: level + 1)
        }
        append(" }")
    }

    private mutating func writeCell(_ field: Int, _ cells: TableCells, _ row: Int) {
        switch cells.table.columns[field] {
        case .texts(let values): appendText(cells.pool.utf8(values[row]))
        case .numbers(let values): NumberText.append(values[row], to: &bytes)
        case .flags(let values): append(values[row] == true ? "true" : "false")
        case .points(let values):
            append("[")
            for (position, point) in values[row].enumerated() {
                append(position == 0 ? "[" : ", [")
                NumberText.append(point.first, to: &bytes)
                append(", ")
                NumberText.append(point.second, to: &bytes)
                append("]")
            }
            append("]")
        }
    }

    private mutating func append(_ text: StaticString) {
        for byte in text.description.utf8 { bytes.append(byte) }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func appendText(_ text: ArraySlice<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 10: append("\\n")
            case 13: append("\\r")
            case 9: append("\\t")
            case 0..<32, 127:
                let digits = String(byte, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
