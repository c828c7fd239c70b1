import Foundation

/// Listed problems made easier to scan on a terminal: severity, caret and remedy in bold and colour.
public enum ProblemStyle {
    private static let (red, yellow, green, bold, plain) = ("\u{1B}[1;31m", "\u{1B}[1;33m", "\u{1B}[32m", "\u{1B}[1m", "\u{1B}[0m")

    /// The text with styles; what is not part of a problem stays as it is.
    public static func styled(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { styled(line: $0) }.joined(separator: "\n")
    }

    private static func styled(line: Substring) -> String {
        // The line of the caret: blanks, a bar, blanks, the caret.
        if line.last == "^", line.allSatisfy({ $0 == " " || $0 == "|" || $0 == "^" }) { return String(line.dropLast()) + green + "^" + plain }
        for (word, colour) in [("error:", red), ("错误:", red), ("warning:", yellow), ("警告:", yellow)] {
            // A quoted line of the file may hold the same word; it starts with blanks.
            guard line.first != " ", let range = line.range(of: word) else { continue }
            return bold + line[..<range.lowerBound] + plain + colour + word + plain + line[range.upperBound...]
        }
        for word in ["  fix:", "  处理："] where line.hasPrefix(word) { return green + word + plain + line.dropFirst(word.count) }
        return String(line)
    }
}
