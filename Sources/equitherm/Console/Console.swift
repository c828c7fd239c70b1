import Foundation
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is said to a person goes to standard error, data to standard output.
struct Console: Sendable {
    private let isQuiet: Bool
    private let isTerminal: Bool
    private let isStyled: Bool

    /// A console; quiet ones say only what went wrong.
    init(quiet: Bool) {
        isQuiet = quiet
        isTerminal = isatty(2) == 1
        let environment = ProcessInfo.processInfo.environment
        // https://no-color.org: any non-empty value switches styles off.
        isStyled = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Says something that a quiet run leaves out.
    func say(_ text: String) {
        if !isQuiet { write(TerminalText.visible(text) + "\n", to: .standardError) }
    }

    /// Says lines; one above an indented line is a heading.
    func say(_ lines: [String]) {
        guard !isQuiet else { return }
        let styled = lines.enumerated().map { position, line in
            let text = TerminalText.visible(line)
            let isHeading = !line.isEmpty && !line.hasPrefix(" ") && position + 1 < lines.count && lines[position + 1].hasPrefix("  ")
            return isStyled && isHeading ? "\u{1B}[1m\(text)\u{1B}[0m" : text
        }
        write(styled.joined(separator: "\n") + "\n", to: .standardError)
    }

    /// Says why there is no result, even when quiet.
    func fail(_ text: String) { write(TerminalText.visible(text) + "\n", to: .standardError) }

    /// Shows what is being done, on a terminal only; the next message takes its place.
    func progress(_ text: String) {
        if isTerminal && !isQuiet { write("\r\u{1B}[K\(TerminalText.visible(text))", to: .standardError) }
    }

    /// Whether progress is shown at all, so that nobody computes it for nothing.
    var showsProgress: Bool { isTerminal && !isQuiet }

    /// Shows problems with their places; on a terminal severity, caret and remedy stand out.
    func problems(_ text: String, always: Bool = true) {
        guard always || !isQuiet else { return }
        let visible = TerminalText.visible(text)
        write((isStyled ? ProblemStyle.styled(visible) : visible) + "\n", to: .standardError)
    }

    /// Takes the last progress away.
    func endProgress() {
        if isTerminal && !isQuiet { write("\r\u{1B}[K", to: .standardError) }
    }

    /// Puts data on standard output.
    func data(_ text: String) { write(text, to: .standardOutput) }

    private func write(_ text: String, to handle: FileHandle) {
        // Whoever closed the stream does not want the text: nothing to do about that here.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
