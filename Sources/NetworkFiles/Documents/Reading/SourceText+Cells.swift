import NetworkModel

/// Finding the cell of a row again, for messages: nothing but the start of each row is remembered.
extension SourceText {
    /// Where a row, or the cell of a field in it, stands.
    func location(of table: Table, row: Int, field: String?) -> SourceLocation? {
        let start = Int(table.rowOffsets[row])
        guard let field, let position = table.schema.position(of: field) else { return location(at: start) }
        let offset = table.csvColumns.isEmpty
            ? JSONCellFinder.offset(of: field, in: bytes, rowAt: start)
            : CSVCellFinder.offset(ofColumn: table.csvColumns[position], in: bytes, rowAt: start)
        return location(at: offset ?? start)
    }
}

/// Finds the value of a dotted key in an object that has been read without problems before.
enum JSONCellFinder {
    static func offset(of field: String, in bytes: [UInt8], rowAt start: Int) -> Int? {
        var depth = 0
        var path: [String] = []
        var key = ""
        var at = start
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "{"):
                depth += 1
                if depth > 1 { path.append(key) }
            case UInt8(ascii: "}"):
                depth -= 1
                if depth <= 0 { return nil }
                path.removeLast()
            case UInt8(ascii: "\""):
                let end = endOfString(bytes, at)
                let colon = skipBlanks(bytes, end)
                if colon < bytes.count, bytes[colon] == UInt8(ascii: ":") {
                    key = String(decoding: bytes[at + 1..<max(at + 1, end - 1)], as: UTF8.self)
                    let value = skipBlanks(bytes, colon + 1)
                    if path.isEmpty ? key == field : (path + [key]).joined(separator: ".") == field { return value }
                }
                at = end - 1
            default: break
            }
            at += 1
        }
        return nil
    }

    private static func endOfString(_ bytes: [UInt8], _ start: Int) -> Int {
        var at = start + 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != 10 {
            at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(at + 1, bytes.count)
    }

    private static func skipBlanks(_ bytes: [UInt8], _ start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] == 32 || bytes[at] == 9 || bytes[at] == 10 || bytes[at] == 13 { at += 1 }
        return at
    }
}

/// Finds a cell of a CSV record.
enum CSVCellFinder {
    static func offset(ofColumn column: Int, in bytes: [UInt8], rowAt start: Int) -> Int? {
        guard column >= 0 else { return nil }
        var at = start
        var passed = 0
        var isQuoted = false
        while passed < column {
            guard at < bytes.count else { return nil }
            switch bytes[at] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: passed += 1
            case 10 where !isQuoted, 13 where !isQuoted: return nil
            default: break
            }
            at += 1
        }
        return at
    }
}
