import NetworkFiles
import NetworkModel

/// A result table that grows cell by cell into the bytes of its CSV file: a header, then rows of as many cells.
///
/// Numbers are the shortest decimals that read back as the same `Double`; what is undefined (NaN, infinite, nil) is an
/// empty cell. Texts are quoted where they must be, and those that a spreadsheet would take for a formula get an
/// apostrophe in front.
package struct ResultTable {
    /// The bytes so far.
    package private(set) var bytes: [UInt8] = []
    /// What the cells of each column hold; texts until a number or a flag comes.
    private(set) var kinds: [Kind]
    /// Where in ``bytes`` an apostrophe guards a text, rising.
    private(set) var guards: [Int] = []
    private let columnCount: Int
    private var column = 0

    /// What the cells of a column hold.
    enum Kind: UInt8 { case text, number, flag }

    /// A table with a header; `rows` is a guess of their number.
    package init(_ header: [String], rows: Int) {
        columnCount = header.count
        kinds = Array(repeating: .text, count: header.count)
        bytes.reserveCapacity(rows * header.count * 9)
        for name in header { add(name) }
    }

    /// Rows without a header, for a table that is written piece by piece.
    package init(continuing columnCount: Int, rows: Int = 1) {
        bytes.reserveCapacity(rows * columnCount * 9)
        self.columnCount = columnCount
        kinds = Array(repeating: .text, count: columnCount)
    }

    /// Adds a text cell; nil is empty.
    package mutating func add(_ text: String?) {
        guard let text, !text.isEmpty else { return endCell() }
        let letters = text.utf8Span.span
        let (first, last) = (letters[0], letters[letters.count - 1])
        // What spreadsheets take for a formula: = + - @, also behind a tab or carriage return (OWASP, CSV injection).
        let isFormula = first == 0x3D || first == 0x2B || first == 0x2D || first == 0x40 || first == 0x09 || first == 0x0D
        var needsQuotes = first == 0x20 || last == 0x20
        for place in 0..<letters.count {
            let byte = letters[place]
            if byte <= 0x2C && (byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D) { needsQuotes = true }
        }
        if needsQuotes { bytes.append(0x22) }
        if isFormula {
            guards.append(bytes.count)
            bytes.append(0x27)
        }
        if needsQuotes {
            for place in 0..<letters.count {
                if letters[place] == 0x22 { bytes.append(0x22) }
                bytes.append(letters[place])
            }
            bytes.append(0x22)
        } else {
            bytes.append(addingCapacity: letters.count) { (cell: inout OutputSpan<UInt8>) in
                for place in 0..<letters.count { cell.append(letters[place]) }
            }
        }
        endCell()
    }

    /// Adds an id.
    package mutating func add(_ id: ElementID?) { add(id?.text) }

    /// Adds a number; NaN, infinity and nil are empty.
    package mutating func add(_ number: Double?) {
        kinds[column] = .number
        if let number, number.isFinite {
            NumberText.append(number, to: &bytes)
        }
        endCell()
    }

    /// Adds a whole number; nil is empty.
    package mutating func add(_ number: Int?) {
        kinds[column] = .number
        if let number { NumberText.append(Int64(number), to: &bytes) }
        endCell()
    }

    /// Adds `true` or `false`.
    package mutating func add(_ flag: Bool) {
        kinds[column] = .flag
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        endCell()
    }

    private mutating func endCell() {
        column += 1
        if column == columnCount {
            bytes.append(0x0A)
            column = 0
        } else {
            bytes.append(0x2C)
        }
    }
}
