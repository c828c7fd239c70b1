import NetworkModel

/// Writes documents in either encoding; reading them back gives an equal document.
public enum DocumentWriter {
    /// Writes a document: one JSON file where `path` ends in `.json`, else a folder of CSV tables.
    ///
    /// - Throws: ``WriteFailure``; then nothing has changed.
    public static func write(_ document: Document, to path: String) throws(WriteFailure) {
        if path.lowercased().hasSuffix(".json") {
            try AtomicFile.write(json(document), to: path)
        } else {
            try ResultDirectory.write(folder(document), to: path)
        }
    }

    /// The document as one JSON text: keys in the order of the schema, one row a line, shortest round-trip numbers.
    public static func json(_ document: Document) -> [UInt8] {
        var writer = JSONWriter(document)
        writer.write(tables: TableName.allCases)
        return writer.bytes
    }

    /// The document as a folder: `network.json` with what has one row, and `TABLE.csv` for each table that has any.
    public static func folder(_ document: Document) -> [OutputFile] {
        var writer = JSONWriter(document)
        writer.write(tables: TableName.allCases.filter { document.schema[$0].shape != .rows })
        var files = [OutputFile(name: "network.json", bytes: writer.bytes)]
        for table in TableName.allCases where document.schema[table].shape == .rows && document[table].rowCount > 0 {
            files.append(OutputFile(name: table.rawValue + ".csv", bytes: csv(document, table)))
        }
        return files
    }

    /// A table as CSV (RFC 4180 with LF line ends): a column for every field that any row gives.
    ///
    /// Nothing is neutralised here: a network file must read back as it was; only result files guard against formulas.
    public static func csv(_ document: Document, _ table: TableName) -> [UInt8] {
        CSVWriter(document, table).bytes()
    }
}

/// The cells of a table for a writer.
struct TableCells {
    let table: Table
    let pool: TextPool

    /// Fields that any row gives, in the order of the schema.
    var fields: [Int] { table.schema.fields.indices.filter { field in (0..<table.rowCount).contains { has(field, $0) } } }

    /// Whether a cell holds anything.
    func has(_ field: Int, _ row: Int) -> Bool {
        switch table.columns[field] {
        case .texts(let values): row < values.count && !values[row].isAbsent
        case .numbers(let values): row < values.count && !values[row].isNaN
        case .flags(let values): row < values.count && values[row] != nil
        case .points(let values): row < values.count && !values[row].isEmpty
        }
    }
}

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

/// The order in which a row's fields and the objects they nest in are written.
struct KeyOrder {
    /// The names of each field, outermost first.
    let paths: [[String]]
    /// Fields that share their first name, in the order of the schema.
    private(set) var members: [[Int]] = []

    init(_ schema: TableSchema) {
        paths = schema.fields.map { $0.name.split(separator: ".").map(String.init) }
        members = grouped(Array(paths.indices), level: 0)
    }

    /// Fields together that share the name at a level of their path, in the order of the schema.
    func grouped(_ fields: [Int], level: Int) -> [[Int]] {
        var groups: [[Int]] = []
        var position: [String: Int] = [:]
        for field in fields {
            let name = paths[field][level]
            if let group = position[name] {
                groups[group].append(field)
            } else {
                position[name] = groups.count
                groups.append([field])
            }
        }
        return groups
    }
}
