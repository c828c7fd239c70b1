import NetworkModel

/// Problems as text for a terminal: place, message, the line with a caret, what to do.
///
///     net.json:3:38: error: "length_m" = -5 is outside ]0, 1000000] [out-of-range]
///        3 | { "id": "T1", "from": "P0", "length_m": -5 }
///          |                                         ^
///       fix: Correct the value; its unit is m.
public struct ProblemRenderer: Sendable {
    /// The language of the messages.
    public var language: Language
    private let sources: [String: SourceText]
    /// Longest part of a line that is shown, in characters.
    private static let width = 100

    /// A renderer that can quote these texts.
    public init(sources: [SourceText], language: Language = .english) {
        self.language = language
        self.sources = Dictionary(sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// All problems, a blank line after each.
    public func text(_ problems: [Problem]) -> String { problems.map { text($0) }.joined(separator: "\n") }

    /// One problem, ending with a line break.
    public func text(_ problem: Problem) -> String {
        var lines: [String] = []
        let severity = switch (problem.severity, language) {
        case (.error, .english): "error"
        case (.warning, .english): "warning"
        case (.error, .chinese): "错误"
        case (.warning, .chinese): "警告"
        }
        var place = ""
        if let location = problem.location {
            place = "\(location.file):\(location.line)"
            if let column = location.column { place += ":\(column)" }
            place += ": "
        }
        let element = problem.element.map { " (\($0.kind) \(visible($0.id.text)))" } ?? ""
        lines.append("\(place)\(severity): \(visible(problem.message(in: language)))\(element) [\(problem.code.name)]")
        if let location = problem.location { lines += excerpt(location) }
        let remedy = problem.remedy(in: language)
        if !remedy.isEmpty { lines.append((language == .english ? "  fix: " : "  处理：") + visible(remedy)) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The line of a place with a caret under the column.
    private func excerpt(_ location: SourceLocation) -> [String] {
        guard let source = sources[location.file], let start = source.offset(ofLine: location.line) else { return [] }
        let range = source.line(at: start)
        guard !range.isEmpty else { return [] }
        // A line of megabytes is shown around the column only.
        let column = (location.column ?? 1) - 1
        let window = characters(of: source, range, around: column)
        let number = String(location.line)
        let margin = String(repeating: " ", count: max(0, 5 - number.count))
        var lines = ["\(margin)\(number) | \(window.text)"]
        if location.column != nil {
            lines.append(String(repeating: " ", count: max(5, number.count)) + " | " + window.indent + "^")
        }
        return lines
    }

    /// The part of a line around a column, and blanks as wide as what stands before the column.
    private func characters(of source: SourceText, _ range: Range<Int>, around column: Int) -> (text: String, indent: String) {
        var start = range.lowerBound
        var passed = 0
        let first = column <= Self.width * 3 / 4 ? 0 : column - Self.width / 2
        while passed < first && start < range.upperBound {
            start += 1
            while start < range.upperBound && source.bytes[start] & 0xC0 == 0x80 { start += 1 }
            passed += 1
        }
        let bytes = source.bytes[start..<min(range.upperBound, start + 4 * Self.width)]
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix(Self.width)
        var text = first > 0 ? "…" : ""
        var indent = first > 0 ? " " : ""
        for (position, scalar) in scalars.enumerated() {
            let shown: String = scalar == "\t" ? " " : Quoting.isInvisible(scalar) ? "·" : String(Character(scalar))
            text += shown
            if position < column - first { indent += Self.isWide(scalar) ? "  " : " " }
        }
        if bytes.endIndex < range.upperBound || scalars.count == Self.width { text += "…" }
        return (text, indent)
    }

    /// Whether a terminal gives a character two columns (CJK and full-width forms).
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// Text of a file in a message must not drive the terminal.
    private func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: Quoting.isInvisible) else { return text }
        return text.unicodeScalars.map { Quoting.isInvisible($0) ? Quoting.name($0) : String(Character($0)) }.joined()
    }
}
