/// A table for people: the first column is text, the others are numbers.
public struct MarkdownTable {
    private var lines: [String]

    /// A table with these headings.
    public init(_ headings: [String]) {
        lines = ["| " + headings.joined(separator: " | ") + " |"]
        lines.append("|" + headings.indices.map { $0 == 0 ? " --- |" : " ---: |" }.joined())
    }

    /// Adds a row.
    public mutating func add(_ cells: [String]) { lines.append("| " + cells.joined(separator: " | ") + " |") }

    /// The table as text.
    public var text: String { lines.joined(separator: "\n") + "\n" }

    /// A number with three significant digits.
    public static func rounded(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "–" }
        var scale = 1.0
        while abs(value) * scale < 100 { scale *= 10 }
        while abs(value) * scale >= 1000 { scale /= 10 }
        let number = (value * scale).rounded() / scale
        return number == number.rounded() ? String(Int(number)) : String(number)
    }
}
