/// Judges words that should be decimal numbers.
///
/// EPANET's `strtod` also takes `nan`, `inf` and hexadecimal; here those are what they are in a file of figures: mistakes.
enum EpanetNumber {
    /// What a word is.
    enum Reading: Equatable {
        case value(Double)
        /// Not a decimal number.
        case malformed
        /// A decimal number beyond the range of a double, or a spelling of infinity or not-a-number.
        case notFinite
        /// It would be a number with points for commas.
        case decimalComma(String)
    }

    /// Judges a word.
    static func read(_ bytes: [UInt8], _ token: EpanetToken) -> Reading {
        let scan = DecimalNumber.scan(bytes.span, from: token.start, to: token.end)
        if scan.form != .none, scan.end == token.end { return scan.value.isFinite ? .value(scan.value) : .notFinite }
        let word = Array(bytes[token.start..<token.end].prefix(64))
        let text = String(decoding: word, as: UTF8.self).lowercased()
        let bare = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
        if ["nan", "inf", "infinity"].contains(bare) || bare.hasPrefix("nan(") { return .notFinite }
        guard word.contains(UInt8(ascii: ",")), token.end - token.start <= 64 else { return .malformed }
        let point = word.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
        let repaired = DecimalNumber.scan(point.span, from: 0, to: point.count)
        guard repaired.form != .none, repaired.end == point.count else { return .malformed }
        return .decimalComma(String(decoding: point, as: UTF8.self))
    }
}
