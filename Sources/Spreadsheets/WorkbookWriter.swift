import Foundation

/// A sheet to be written: headings, then rows of typed cells.
public struct SheetContent: Sendable {
    /// A column of a sheet.
    public struct Column: Sendable {
        /// What people read above it, unit included; empty where the name says it.
        public var title: String
        /// What programs call it.
        public var name: String
        /// How its numbers are shown, in the notation of spreadsheets (`0.00`); nil for the general format.
        public var format: String?
        /// Describes a column.
        public init(title: String = "", name: String, format: String? = nil) {
            (self.title, self.name, self.format) = (title, name, format)
        }
    }

    /// A cell.
    public enum Cell: Hashable, Sendable {
        case empty
        case text(String)
        case number(Double)
        case flag(Bool)
    }

    /// The name on its tab; made acceptable and distinct where it is not.
    public var name: String
    /// Its columns.
    public var columns: [Column]
    /// The number of its rows.
    public var rowCount: Int
    /// The cells of a row, as many as columns.
    public var row: @Sendable (Int) -> [Cell]

    /// A sheet whose rows are asked for one after the other.
    public init(name: String, columns: [Column], rowCount: Int, row: @escaping @Sendable (Int) -> [Cell]) {
        (self.name, self.columns, self.rowCount, self.row) = (name, columns, rowCount, row)
    }
}

/// Why a workbook was not written.
public struct WorkbookWriteFailure: Error, Sendable {
    /// The words of the library or the system.
    public var reason: String
}

/// Writes workbooks of the OOXML kind (`.xlsx`, ECMA-376).
///
/// The same content gives the same bytes. Texts are written as texts, so none becomes a formula, however it begins.
public enum WorkbookWriter {
    /// Most rows of a sheet (ECMA-376; a limit of the programs that open it); longer tables go on in further sheets.
    public static let rowLimit = 1_048_576

    /// The bytes of a workbook. A sheet with titles has two heading rows, titles and names; one without has names only.
    ///
    /// - Complexity: O(cells); memory is bounded by the file, not by the tables.
    public static func bytes(_ sheets: [SheetContent], title: String) throws(WorkbookWriteFailure) -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("equitherm-\(UUID().uuidString).xlsx").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard var file = XlsxFile(path: path, title: withoutNul(title)) else { throw WorkbookWriteFailure(reason: "out of memory") }
        var styles = Styles(&file)
        var names = SheetNames()
        for sheet in sheets {
            var first = 0
            repeat {
                let heading = sheet.columns.contains { !$0.title.isEmpty } ? 2 : 1
                let count = min(sheet.rowCount - first, rowLimit - heading)
                if !file.addSheet(names.next(sheet.name)) { throw WorkbookWriteFailure(reason: "sheet \(sheet.name)") }
                write(sheet, rows: first..<first + count, heading: heading, &file, &styles)
                first += count
            } while first < sheet.rowCount
        }
        if let reason = file.close() { throw WorkbookWriteFailure(reason: reason) }
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw WorkbookWriteFailure(reason: error.localizedDescription)
        }
    }

    private static func write(
        _ sheet: SheetContent, rows: Range<Int>, heading: Int, _ file: inout XlsxFile, _ styles: inout Styles
    ) {
        for (position, column) in sheet.columns.enumerated() {
            let width = Double(max(9, min(26, column.name.utf8.count + 2)))
            file.setColumn(position, width: width, format: styles.number(column.format, &file))
        }
        if heading == 2 {
            for (position, column) in sheet.columns.enumerated() { file.write(column.title, row: 0, column: position, format: styles.title) }
        }
        for (position, column) in sheet.columns.enumerated() {
            file.write(column.name, row: heading - 1, column: position, format: heading == 2 ? styles.name : styles.title)
        }
        for (line, row) in rows.enumerated() {
            for (position, cell) in sheet.row(row).enumerated() {
                switch cell {
                case .empty: break
                case .text(let text): file.write(clipped(EscapedText.guarded(withoutNul(text))), row: line + heading, column: position)
                case .number(let number):
                    if number.isFinite {
                        let format = styles.number(sheet.columns[position].format, &file)
                        file.write(number, row: line + heading, column: position, format: format)
                    }
                case .flag(let flag): file.write(flag, row: line + heading, column: position)
                }
            }
        }
        file.freeze(row: heading, column: 1)
        file.filter(row: heading - 1, lastRow: heading - 1 + rows.count, columns: sheet.columns.count)
    }

    /// C ends texts at a NUL.
    private static func withoutNul(_ text: String) -> String { text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text }

    /// A cell holds 32,767 characters (UTF-16 units) at most.
    private static func clipped(_ text: String) -> String {
        text.utf8.count <= 32_767 ? text : String(decoding: Array(text.utf16.prefix(32_766)), as: UTF16.self)
    }

    /// Formats, each defined once.
    private struct Styles {
        let title: Int
        let name: Int
        private var numbers: [String: Int] = [:]

        init(_ file: inout XlsxFile) {
            title = file.addFormat(CellStyle(isBold: true, isWrapped: true, isHeading: true, fill: 0xDCE6F1))
            name = file.addFormat(CellStyle(isHeading: true, colour: 0x606060))
        }

        mutating func number(_ format: String?, _ file: inout XlsxFile) -> Int {
            guard let format else { return -1 }
            if let known = numbers[format] { return known }
            let added = file.addFormat(CellStyle(number: format))
            numbers[format] = added
            return added
        }
    }
}

/// Names of sheets as spreadsheets want them: 31 characters at most, none of `[]:*?/\`, no apostrophe at an end, each once.
struct SheetNames {
    private var used: Set<String> = []

    /// The name that a sheet gets.
    mutating func next(_ wanted: String) -> String {
        var plain = String(wanted.map { "[]:*?/\\\0".contains($0) ? "_" : $0 })
        while plain.hasPrefix("'") { plain.removeFirst() }
        while plain.hasSuffix("'") { plain.removeLast() }
        if plain.isEmpty { plain = "Sheet" }
        var number = 1
        while true {
            let tail = number == 1 ? "" : " \(number)"
            var name = plain
            while name.utf16.count + tail.utf16.count > 31 { name.removeLast() }
            name += tail
            if used.insert(name.lowercased()).inserted { return name }
            number += 1
        }
    }
}
