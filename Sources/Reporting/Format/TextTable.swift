/// A table in a monospaced font: the first column to the left, the others to the right.
struct TextTable {
    private var rows: [[String]] = []
    private let leading: Set<Int>
    private let indent: String

    /// An empty table; `leading` columns are set to the left, all others to the right.
    init(leading: Set<Int> = [0], indent: String = "  ") {
        self.leading = leading
        self.indent = indent
    }

    /// Adds a row; rows may have fewer cells than the longest.
    mutating func add(_ cells: String...) { rows.append(cells) }

    /// Adds a row.
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table's lines, without trailing blanks.
    var lines: [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], DisplayWidth.of(cell))
            }
        }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                if column > 0 { line += "  " }
                let blanks = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell))
                line += leading.contains(column) ? cell + blanks : blanks + cell
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

/// How many columns of a terminal a text takes: Chinese characters and their punctuation take two.
public enum DisplayWidth {
    /// Columns that `text` takes. Ranges after Unicode Standard Annex #11, East Asian Wide and Fullwidth.
    public static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: width
            case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
                0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
                0x20000...0x3FFFD:
                width + 2
            default: width + 1
            }
        }
    }
}
