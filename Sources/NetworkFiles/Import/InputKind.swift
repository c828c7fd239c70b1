import Spreadsheets

/// What a file is, told by its content; the name decides only between a table and a document that is not even JSON.
enum InputKind: Hashable {
    case document, workbook, table, geoJSON, pandapipes

    /// Judges the first bytes of a file.
    init(_ bytes: [UInt8], name: String) {
        if WorkbookReader.recognises(bytes) {
            self = .workbook
            return
        }
        // Only ASCII is looked for, so that the end may be cut anywhere; UTF-16 has NUL beside it.
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(4).contains(0)
        let start = bytes.prefix(3) == [0xEF, 0xBB, 0xBF] ? 3 : 0
        let head = isWide ? TextDecoding.decode(Array(bytes.prefix(65_536))).bytes[...] : bytes[start...].prefix(65_536)
        let first = head.first { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 }
        guard first == UInt8(ascii: "{") else {
            let isTable = name.lowercased().hasSuffix(".csv") && first != UInt8(ascii: "[") && first != nil && first != 0
            self = isTable ? .table : .document
            return
        }
        // Only the members before the first nested object are looked at, and those of pandapipes, which nests what it is.
        let text = head.filter { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 }
        let collection = "\"type\":\"FeatureCollection\""
        if Self.holds(text, collection) || Self.holds(Self.tail(bytes), collection) {
            self = Self.holds(text, "\"format\":\"equitherm/1\",\"") && !Self.holds(text, "\"features\":") ? .document : .geoJSON
        } else if Self.holds(text, "\"_module\":\"pandapipes") || Self.holds(text, "\"pandapipesNet\"") {
            self = .pandapipes
        } else {
            self = .document
        }
    }

    /// The end of a file without blanks: some programs write the type last.
    private static func tail(_ bytes: [UInt8]) -> [UInt8] {
        bytes.count > 65_536 ? bytes.suffix(200).filter { $0 > 32 } : []
    }

    /// Whether a word of ASCII that starts with a quote stands in a text.
    private static func holds(_ text: [UInt8], _ word: String) -> Bool {
        let word = Array(word.utf8)
        guard let first = word.first, text.count >= word.count else { return false }
        for start in 0...text.count - word.count where text[start] == first {
            if text[start..<start + word.count].elementsEqual(word) { return true }
        }
        return false
    }
}
