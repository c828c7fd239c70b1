/// Turns the cells of a sheet into lines of CSV.
final class SheetCells: PartHandler {
    /// The lines so far.
    private(set) var csv: [UInt8] = []
    /// Formulas without a value.
    private(set) var uncomputed: [String] = []
    private let texts: SharedTexts
    private let limit: Int
    /// Lines ended so far.
    private var row = 0
    /// Cells passed in the line at hand.
    private var column = 0
    private var rowNumber = 0
    private var cellColumn = 0
    private var lastColumn = -1
    private var kind = ""
    private var reference = ""
    private var value: [UInt8] = []
    private var hasValue = false
    private var hasFormula = false
    private var phonetic = 0
    /// Commas of the widest row so far.
    private var width = 0
    /// Whether the row at hand holds anything.
    private var hasCells = false

    init(_ texts: SharedTexts, limit: Int) {
        self.texts = texts
        self.limit = limit
    }

    override func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "row":
            rowNumber = attributes["r"].flatMap { Int($0) } ?? rowNumber + 1
            (cellColumn, lastColumn) = (-1, -1)
            if rowNumber <= row || rowNumber > 1_048_576 { isStopped = true }
        case "c":
            reference = attributes["r"] ?? ""
            cellColumn = Self.column(of: reference) ?? cellColumn + 1
            kind = attributes["t"] ?? "n"
            value.removeAll(keepingCapacity: true)
            (hasValue, hasFormula) = (false, false)
            // Cells stand in order; a file where they do not is damaged.
            if cellColumn <= lastColumn { isStopped = true }
            lastColumn = cellColumn
        case "rPh": phonetic += 1
        case "f": hasFormula = true
        case "v": collectsText = true
        case "t": collectsText = phonetic == 0
        default: break
        }
    }

    override func end(_ name: String) {
        collectsText = false
        switch name {
        case "rPh": phonetic -= 1
        case "v", "t":
            hasValue = true
            value.append(contentsOf: takeText())
        case "c": endCell()
        case "row": endRow()
        default: break
        }
    }

    private func endRow() {
        guard row < rowNumber else { return }
        beginLine()
        // Files leave out empty cells at the end of a row; a table has as many cells in every row as above.
        if column > 0 || hasCells {
            while column < width {
                csv.append(UInt8(ascii: ","))
                column += 1
            }
            width = column
        }
        hasCells = false
        csv.append(10)
        row = rowNumber
        column = 0
        if csv.count > limit { refuse() }
    }

    /// Empty lines for rows that the file leaves out.
    private func beginLine() {
        while row < rowNumber - 1 {
            csv.append(10)
            row += 1
            column = 0
        }
    }

    private func endCell() {
        if hasFormula && (!hasValue || value.isEmpty) && kind != "str" && uncomputed.count < 100 { uncomputed.append(reference) }
        let text: ArraySlice<UInt8>
        switch kind {
        case "s":
            guard let position = Int(String(decoding: value, as: UTF8.self)), let shared = texts[position] else { return isStopped = true }
            text = EscapedText.undone(shared)
        case "b": text = value == [UInt8(ascii: "1")] ? Array("true".utf8)[...] : value.isEmpty ? [] : Array("false".utf8)[...]
        case "n": text = Self.decimal(value)[...]
        default: text = EscapedText.undone(value[...])
        }
        if text.isEmpty { return }
        if cellColumn >= WorkbookReader.columnLimit || csv.count + text.count + cellColumn > limit { return refuse() }
        beginLine()
        while column < cellColumn {
            csv.append(UInt8(ascii: ","))
            column += 1
        }
        hasCells = true
        append(text)
    }

    /// A text in quotes where CSV needs them; what would end the line is a space.
    private func append(_ text: ArraySlice<UInt8>) {
        let needsQuotes = text.first == 32 || text.last == 32 || text.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
        guard needsQuotes || text.contains(10) || text.contains(13) else { return csv.append(contentsOf: text) }
        if needsQuotes { csv.append(UInt8(ascii: "\"")) }
        var previous: UInt8 = 0
        for byte in text {
            if byte == UInt8(ascii: "\"") { csv.append(byte) }
            if byte == 10 || byte == 13 {
                if !(byte == 10 && previous == 13) { csv.append(32) }
            } else {
                csv.append(byte)
            }
            previous = byte
        }
        if needsQuotes { csv.append(UInt8(ascii: "\"")) }
    }

    /// Spreadsheets store 17 digits and exponents (`0.30000000000000004`, `1E-3`); the shortest decimal of the same number reads
    /// the same and shows what was typed. What is no number is left for the reader of the table to refuse.
    private static func decimal(_ value: [UInt8]) -> [UInt8] {
        if value.count < 15 && !value.contains(where: { $0 == UInt8(ascii: "E") || $0 == UInt8(ascii: "e") }) { return value }
        guard let number = Double(String(decoding: value, as: UTF8.self)), number.isFinite else { return value }
        return Array(number.description.utf8)
    }

    /// The column, from 0, of a reference such as `AB12`.
    private static func column(of reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8 {
            guard byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") else { break }
            column = column * 26 + Int(byte) - 64
            if column > 20_000 { return nil }
        }
        return column > 0 ? column - 1 : nil
    }
}

/// Characters that XML cannot hold stand in cells as `_xHHHH_` (ECMA-376, ST_Xstring).
enum EscapedText {
    /// A text with such escapes undone.
    static func undone(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.contains(UInt8(ascii: "_")) else { return text }
        var result: [UInt8] = []
        var at = text.startIndex
        while at < text.endIndex {
            if let code = code(text, at), let scalar = Unicode.Scalar(code) {
                result.append(contentsOf: Character(scalar).utf8)
                at += 7
            } else {
                result.append(text[at])
                at += 1
            }
        }
        return result[...]
    }

    /// A text in which nothing looks like an escape: the underscore of what would is itself escaped.
    static func guarded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
        let bytes = Array(text.utf8)[...]
        var result: [UInt8] = []
        for at in bytes.indices {
            if code(bytes, at) != nil { result.append(contentsOf: "_x005F".utf8) }
            result.append(bytes[at])
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The code of the escape that starts at a byte.
    private static func code(_ text: ArraySlice<UInt8>, _ at: Int) -> UInt32? {
        guard at + 7 <= text.endIndex, text[at] == UInt8(ascii: "_"), text[at + 1] == UInt8(ascii: "x"), text[at + 6] == UInt8(ascii: "_")
        else { return nil }
        var code: UInt32 = 0
        for byte in text[at + 2..<at + 6] {
            guard byte < 128, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            code = code << 4 | UInt32(digit)
        }
        return code
    }
}
