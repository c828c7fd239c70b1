import Foundation
import NetworkModel

/// Bytes of a file to UTF-8, saying what had to be assumed.
enum TextDecoding {
    /// What came of decoding.
    struct Decoded {
        /// UTF-8 without a byte order mark; empty where the file is no text.
        var bytes: [UInt8]
        /// What was assumed or is wrong, with the byte it is about in ``bytes``.
        var problems: [(code: ProblemCode, severity: Severity, offset: Int, arguments: [String])] = []
        /// Whether nothing of it can be read.
        var isUnreadable = false
    }

    /// Decodes the bytes of a file: UTF-8 with or without mark, UTF-16 with mark or by its NUL bytes, else GB18030.
    static func decode(_ bytes: [UInt8]) -> Decoded {
        if bytes.isEmpty { return refuse(.emptyFile) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return decodeUTF8(Array(bytes.dropFirst(3))) }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return refuse(.binaryFile, "UTF-32") }
        if bytes.starts(with: [0xFF, 0xFE]) { return decodeUTF16(bytes, from: 2, isLittleEndian: true) }
        if bytes.starts(with: [0xFE, 0xFF]) { return decodeUTF16(bytes, from: 2, isLittleEndian: false) }
        if let kind = binaryKind(bytes) { return refuse(.binaryFile, kind) }
        if let isLittleEndian = utf16WithoutMark(bytes) { return decodeUTF16(bytes, from: 0, isLittleEndian: isLittleEndian) }
        return decodeUTF8(bytes)
    }

    private static func refuse(_ code: ProblemCode, _ arguments: String...) -> Decoded {
        Decoded(bytes: [], problems: [(code, .error, 0, arguments)], isUnreadable: true)
    }

    private static func decodeUTF8(_ bytes: [UInt8]) -> Decoded {
        if let nul = bytes.firstIndex(of: 0) {
            guard bytes[nul...].allSatisfy({ $0 == 0 }) else { return refuse(.binaryFile, "NUL") }
            if nul == 0 { return refuse(.binaryFile, "NUL") }
            var decoded = decodeUTF8(Array(bytes[..<nul]))
            decoded.problems.append((.nulBytes, .error, nul, [String(bytes.count - nul)]))
            return decoded
        }
        if bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }) { return refuse(.emptyFile) }
        guard let invalid = firstInvalidUTF8(bytes) else { return Decoded(bytes: bytes) }
        if let text = gb18030(bytes) {
            return Decoded(bytes: text, problems: [(.assumedEncoding, .warning, 0, ["GB18030"])])
        }
        let byte = String(bytes[invalid], radix: 16, uppercase: true)
        // Lines up to the bad byte are what a message can quote.
        return Decoded(bytes: Array(bytes[..<invalid]), problems: [(.invalidUTF8, .error, invalid, [byte])], isUnreadable: true)
    }

    /// The first byte that is not UTF-8.
    private static func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    // MARK: Other encodings

    /// Decodes GB18030 (which contains GBK and GB2312); nil where the bytes are none.
    private static func gb18030(_ bytes: [UInt8]) -> [UInt8]? {
        // NSStringEncoding of an encoding that Core Foundation knows has the top bit set; 0x0632 is GB_18030_2000.
        let encoding = String.Encoding(rawValue: 0x8000_0632)
        guard let text = String(data: Data(bytes), encoding: encoding), !text.isEmpty, !text.unicodeScalars.contains("\u{FFFD}")
        else { return nil }
        return Array(text.utf8)
    }

    private static func decodeUTF16(_ bytes: [UInt8], from start: Int, isLittleEndian: Bool) -> Decoded {
        let name = isLittleEndian ? "UTF-16 LE" : "UTF-16 BE"
        guard (bytes.count - start).isMultiple(of: 2) else { return refuse(.binaryFile, name) }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for position in stride(from: start, to: bytes.count, by: 2) {
            let first = UInt16(bytes[position])
            let second = UInt16(bytes[position + 1])
            units.append(isLittleEndian ? first | second << 8 : first << 8 | second)
        }
        guard let text = String(validating: units, as: UTF16.self), !text.utf8.contains(0) else { return refuse(.binaryFile, name) }
        if text.isEmpty { return refuse(.emptyFile) }
        return Decoded(bytes: Array(text.utf8), problems: [(.assumedEncoding, .warning, 0, [name])])
    }

    /// UTF-16 of mostly ASCII text has a NUL in every other byte; true for little endian.
    private static func utf16WithoutMark(_ bytes: [UInt8]) -> Bool? {
        let sample = bytes.prefix(200)
        guard sample.count >= 4, bytes.count.isMultiple(of: 2) else { return nil }
        let nulsAtEven = stride(from: 0, to: sample.count, by: 2).count { sample[$0] == 0 }
        let nulsAtOdd = stride(from: 1, to: sample.count, by: 2).count { sample[$0] == 0 }
        if nulsAtOdd * 5 > sample.count * 2 && nulsAtEven == 0 { return true }
        if nulsAtEven * 5 > sample.count * 2 && nulsAtOdd == 0 { return false }
        return nil
    }

    /// The kind of a file whose first bytes are known to be no text.
    private static func binaryKind(_ bytes: [UInt8]) -> String? {
        let kinds: [([UInt8], String)] = [
            (Array("PK\u{3}\u{4}".utf8), "ZIP/XLSX"), (Array("%PDF".utf8), "PDF"), ([0x1F, 0x8B], "GZIP"),
            ([0xD0, 0xCF, 0x11, 0xE0], "XLS/DOC"), ([0x89, 0x50, 0x4E, 0x47], "PNG"), ([0x7F, 0x45, 0x4C, 0x46], "ELF"),
            (Array("SQLite format 3".utf8), "SQLite"), ([0xFF, 0xD8, 0xFF], "JPEG"),
        ]
        return kinds.first { bytes.starts(with: $0.0) }?.1
    }
}
