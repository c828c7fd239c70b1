import NetworkFiles
import NetworkModel

/// Problems of an input as a good compiler says them: place, element, what is wrong, the line itself, what to do.
public struct ProblemList: Sendable {
    private let problems: [Problem]
    private let sources: [SourceText]
    private let texts: Texts

    /// Most problems of one kind that are written out; the rest are counted.
    private static let limit = 20

    /// A list of problems with the texts they were found in.
    public init(_ problems: [Problem], sources: [SourceText] = [], texts: Texts) {
        self.problems = problems
        self.sources = sources
        self.texts = texts
    }

    /// Number of errors.
    public var errorCount: Int { problems.count { $0.severity == .error } }

    /// Number of warnings.
    public var warningCount: Int { problems.count { $0.severity == .warning } }

    /// The lines to show.
    public var lines: [String] {
        var lines: [String] = []
        var shown: [ProblemCode: Int] = [:]
        for problem in problems {
            let count = shown[problem.code, default: 0] + 1
            shown[problem.code] = count
            if count <= Self.limit { lines += text(of: problem) }
        }
        let more = problems.count - shown.values.reduce(0) { $0 + min($1, Self.limit) }
        if more > 0 { lines.append(texts(ConsoleText.tooManyProblems, DisplayNumber.count(more))) }
        return lines
    }

    /// One problem: its head line, the quoted line with a caret where the place is known, and the remedy.
    private func text(of problem: Problem) -> [String] {
        var head = ""
        if let location = problem.location {
            head += "\(location.file):\(location.line):"
            if let column = location.column { head += "\(column):" }
            head += " "
        }
        head += texts(problem.severity == .error ? ConsoleText.errorLabel : ConsoleText.warningLabel) + ": "
        if let element = problem.element { head += "\(element.kind) \(element.id.text): " }
        if let field = problem.field { head += "\(field): " }
        head += problem.message(in: texts.language)
        var lines = [head]
        if let quote = quote(at: problem.location) { lines += quote }
        let remedy = problem.remedy(in: texts.language)
        if !remedy.isEmpty { lines.append("    \(texts(ConsoleText.remedyLabel)): \(remedy)") }
        return lines
    }

    /// The line of a place with a caret under its column; long lines are cut round the caret.
    private func quote(at location: SourceLocation?) -> [String]? {
        guard let location, let source = sources.first(where: { $0.path == location.file }),
            let start = source.offset(ofLine: location.line)
        else { return nil }
        let range = source.line(at: start)
        let characters = Array(String(decoding: source.bytes[range].prefix(4000), as: UTF8.self).unicodeScalars)
        guard !characters.isEmpty else { return nil }
        let column = max((location.column ?? 1) - 1, 0)
        let first = max(0, min(column, characters.count) - 60)
        let last = min(characters.count, first + 100)
        var text = ""
        var caret = ""
        for position in first..<last {
            let scalar = characters[position]
            let isControl = scalar.value < 0x20 || scalar.value == 0x7F
            text.unicodeScalars.append(isControl ? " " : scalar)
            if position < column { caret += String(repeating: " ", count: DisplayWidth.of(String(scalar))) }
        }
        let mark = first > 0 ? "…" : ""
        var lines = ["    " + mark + text + (last < characters.count ? "…" : "")]
        if location.column != nil, column <= characters.count {
            lines.append("    " + (mark.isEmpty ? "" : " ") + caret + "^")
        }
        return lines
    }
}
