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

    /// All problems, a blank line after each. Problems of one kind at one place (all dwellings of a building row, say) are
    /// told once, with their number.
    public func text(_ problems: [Problem]) -> String {
        var blocks: [String] = []
        var position = 0
        while position < problems.count {
            let first = problems[position]
            var end = position + 1
            while end < problems.count, first.location != nil, problems[end].location == first.location,
                problems[end].code == first.code
            { end += 1 }
            let others = end - position - 1
            let more = switch language {
            case .english: "  (and \(others) more of this kind here)\n"
            case .chinese: "  （此处另有{0}条同类问题）\n".replacing("{0}", with: String(others))
            }
            blocks.append(text(first) + (others > 0 ? more : ""))
            position = end
        }
        return blocks.joined(separator: "\n")
    }

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
        guard let source = sources[location.file], let offset = source.offset(line: location.line, column: location.column ?? 1)
        else { return [] }
        let window = window(of: source, around: offset)
        if window.text.isEmpty { return [] }
        let number = String(location.line)
        let margin = String(repeating: " ", count: max(0, 5 - number.count))
        var lines = ["\(margin)\(number) | \(window.text)"]
        if location.column != nil {
            lines.append(String(repeating: " ", count: max(5, number.count)) + " | " + window.indent + "^")
        }
        return lines
    }

    /// The part of a line around a byte, and blanks as wide as what stands before that byte. A line of megabytes costs no
    /// more than a short one.
    private func window(of source: SourceText, around offset: Int) -> (text: String, indent: String) {
        var start = offset
        var before = 0
        while start > 0, before < Self.width * 3 / 4, !source.isTerminator(start - 1) {
            start -= 1
            if source.bytes[start] & 0xC0 != 0x80 { before += 1 }
        }
        while start > 0, start < source.bytes.count, source.bytes[start] & 0xC0 == 0x80 { start -= 1 }
        let isCutBefore = start > 0 && !source.isTerminator(start - 1)
        var end = offset
        var shown = before
        while end < source.bytes.count, shown < Self.width, source.bytes[end] != 10, source.bytes[end] != 13 {
            end += 1
            if end == source.bytes.count || source.bytes[end] & 0xC0 != 0x80 { shown += 1 }
        }
        let isCutBehind = end < source.bytes.count && source.bytes[end] != 10 && source.bytes[end] != 13
        let text = (isCutBefore ? "…" : "") + visible(source.bytes[start..<end]) + (isCutBehind ? "…" : "")
        let leading = String(decoding: source.bytes[start..<max(start, min(offset, end))], as: UTF8.self)
        let width = leading.unicodeScalars.reduce(0) { $0 + (Self.isWide($1) ? 2 : 1) }
        return (text, String(repeating: " ", count: width + (isCutBefore ? 1 : 0)))
    }

    /// Text of a file with one column for each character that cannot be seen.
    private func visible(_ bytes: ArraySlice<UInt8>) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            shown.append(scalar == "\t" ? " " : Quoting.isInvisible(scalar) ? "·" : scalar)
        }
        return String(shown)
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
