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
        let start = bytes.prefix(3) == [0xEF, 0xBB, 0xBF] ? 3 : 0
        let head = bytes[start...].prefix(65_536)
        let first = head.first { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 }
        guard first == UInt8(ascii: "{") else {
            let isTable = name.lowercased().hasSuffix(".csv") && first != UInt8(ascii: "[") && first != nil && first != 0
            self = isTable ? .table : .document
            return
        }
        // Only the members before the first nested object are looked at, and those of pandapipes, which nests what it is.
        let text = String(decoding: head.filter { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 }, as: UTF8.self)
        if text.contains("\"type\":\"FeatureCollection\"") || Self.tail(bytes).contains("\"type\":\"FeatureCollection\"") {
            self = text.contains("\"format\":\"equitherm/1\",\"") && !text.contains("\"features\":") ? .document : .geoJSON
        } else if text.contains("\"_module\":\"pandapipes") || text.contains("\"pandapipesNet\"") {
            self = .pandapipes
        } else {
            self = .document
        }
    }

    /// The end of a file without blanks: some programs write the type last.
    private static func tail(_ bytes: [UInt8]) -> String {
        bytes.count > 65_536 ? String(decoding: bytes.suffix(200).filter { $0 > 32 }, as: UTF8.self) : ""
    }
}
