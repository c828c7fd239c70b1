import NetworkModel

/// Reads one table from CSV (RFC 4180: quotes, doubled quotes, line breaks in quotes; LF, CRLF or CR) into columns.
///
/// The first line names the columns. Spaces around cells without quotes do not count; a line without any cell is no row.
struct CSVReader {
    var state: ReadingState
    var filler: TableFiller
    /// The byte at hand.
    var at = 0
    /// The field of each column; −1 for one that is not read.
    var fields: [Int] = []
    /// Names of the columns that are not read, "" for those without a name.
    var names: [String] = []
    /// The last cell with doubled quotes undone; used only when it had any.
    private var undoubled: [UInt8] = []
    var isStopped = false
    /// What the columns of a utility's own table need beyond their field; empty for a table in the format's own words.
    var foreign: [Int: ForeignColumn] = [:]

    /// What the columns were taken for; nil for a table in the format's own words.
    var mapping: ImportMapping?
    /// Words of choices met so far, as `报停 → closed`.
    var metWords: [String] = []
    /// Number of cells of a row that has too many; 0 where it has not.
    private var extra = 0

    /// A cell of the file.
    struct CellToken {
        var range: Range<Int>
        var isQuoted: Bool
        /// Whether it had doubled quotes, undone in ``CSVReader/undoubled``.
        var isDoubled = false
    }

    /// Reads the text last added to the sources of `state` as a table.
    static func read(_ bytes: [UInt8], table: TableName, into document: inout Document, state: inout ReadingState) {
        let filler = TableFiller(document.schema[table], in: &state)
        var reader = CSVReader(state: state, filler: filler)
        state = ReadingState()
        reader.readTable(bytes.span)
        document[table] = reader.filler.finish(source: reader.state.sources.count - 1, &reader.state)
        reader.closeMapping()
        state = reader.state
    }

    /// How many columns of a text, in its best heading line, mean something in a table, and whether all that are required do.
    static func recognition(_ bytes: [UInt8], table: TableName, schema: Schema, state: inout ReadingState) -> (columns: Int, isComplete: Bool) {
        let filler = TableFiller(schema[table], in: &state)
        var trial = ReadingState()
        trial.sources = state.sources
        var reader = CSVReader(state: trial, filler: filler)
        let text = bytes.span
        reader.findHeader(text)
        var matcher = HeadingMatcher(schema[table], file: "")
        for (column, cell) in reader.headerCells(text).enumerated() {
            _ = matcher.match(cell.name, column: column, at: cell.offset, &reader.state)
        }
        let required = schema[table].fields.filter(\.isRequired).map(\.name)
        return (matcher.mapping.used.count, required.allSatisfy { matcher.heading(of: $0) != nil })
    }

    private init(state: ReadingState, filler: TableFiller) {
        self.state = state
        self.filler = filler
    }

    private mutating func readTable(_ text: Span<UInt8>) {
        readHeader(text)
        let (start, names) = (at, state.pool.count)
        while at < text.count && !isStopped && !state.hasGivenUp {
            readRow(text)
            if filler.rowCount == Self.typicalRows {
                let rows = filler.rowCount * (text.count - start) / (at - start) + Self.typicalRows
                filler.reserve(rows)
                state.pool.reserve((state.pool.count - names) * (rows / Self.typicalRows))
            }
        }
    }

    /// Rows by which the number of all is judged.
    private static let typicalRows = 1000

    // MARK: Rows

    private mutating func readRow(_ text: Span<UInt8>) {
        let start = at
        var count = 0
        var hasCells = false
        filler.beginRow(at: start, &state)
        repeat {
            let cell = readCell(text)
            if !cell.range.isEmpty || cell.isQuoted {
                if count < fields.count {
                    hasCells = true
                    if fields[count] < 0 {
                        passOver(cell, column: count)
                    } else if !foreign.isEmpty, let column = foreign[count] {
                        keepForeign(cell, column, text)
                    } else {
                        keep(cell, in: fields[count], text)
                    }
                } else if !cell.range.isEmpty {
                    // Cells beyond the header count only when they hold something.
                    hasCells = true
                    count = max(count, fields.count)
                    extra = max(extra, count + 1)
                }
            }
            count += 1
        } while passesComma(text)
        passLineEnd(text)
        if !hasCells {
            filler.dropRow()
        } else {
            let isWhole = count >= fields.count && extra == 0 && !isStopped
            if !isWhole && !isStopped {
                state.report(.cellCount, at: start, String(max(count, extra)), String(fields.count))
            }
            filler.endRow(isWhole: isWhole, &state)
        }
        extra = 0
    }

    private mutating func passOver(_ cell: CellToken, column: Int) {
        if names[column].isEmpty && !cell.range.isEmpty {
            names[column] = " "
            state.report(.unnamedColumn, at: cell.range.lowerBound, String(column + 1))
        }
    }

    /// Keeps a cell of a utility's own table: its unit, its word for a choice, letters around its number.
    private mutating func keepForeign(_ cell: CellToken, _ column: ForeignColumn, _ text: Span<UInt8>) {
        if cell.range.isEmpty { return }
        let value = string(cell, text)
        let result = ForeignCell.keep(value, column, at: cell.range, &filler, &state)
        if let word = result, metWords.count < 40, !metWords.contains(word) { metWords.append(word) }
    }

    @inline(__always)
    private mutating func keep(_ cell: CellToken, in field: Int, _ text: Span<UInt8>) {
        _ = filler.claim(field, at: cell.range.lowerBound, &state)
        switch filler.storage(of: field) {
        case .numbers: keepNumber(cell, in: field, text)
        case .texts:
            if cell.isDoubled {
                let copy = undoubled
                filler.add(copy.span, to: field, at: cell.range, &state)
            } else {
                filler.add(text.extracting(cell.range), to: field, at: cell.range, &state)
            }
        case .flags: keepFlag(cell, in: field, text)
        case .points: keepPoints(cell, in: field, text)
        }
    }

    @inline(__always)
    private mutating func keepNumber(_ cell: CellToken, in field: Int, _ text: Span<UInt8>) {
        let number = DecimalNumber.scan(text, from: cell.range.lowerBound, to: cell.range.upperBound)
        if number.end == cell.range.upperBound && number.form != .none && number.value.isFinite {
            filler.add(number.value, to: field, at: cell.range, &state)
        } else {
            numberProblem(cell, field, number)
        }
    }

    @inline(never)
    private mutating func numberProblem(_ cell: CellToken, _ field: Int, _ number: DecimalNumber.Scan) {
        let name = filler.schema.fields[field].name
        let token = state.quote(cell.range)
        if cell.range.isEmpty { return filler.unclaim(field) }
        if number.form != .none && number.end == cell.range.upperBound {
            state.report(.numberOverflow, at: cell.range.lowerBound, field: name, token)
        } else if token.contains(","), token.allSatisfy({ $0.isASCII && $0.isNumber || ",.-+".contains($0) }) {
            state.report(
                .decimalComma, at: cell.range.lowerBound, field: name, token, token.replacing(",", with: "."))
        } else {
            state.report(.notNumber, at: cell.range.lowerBound, field: name, token)
        }
    }

    private mutating func keepFlag(_ cell: CellToken, in field: Int, _ text: Span<UInt8>) {
        switch string(cell, text).lowercased() {
        case "": filler.unclaim(field)
        // Spreadsheets write flags in capitals.
        case "true": filler.add(true, to: field)
        case "false": filler.add(false, to: field)
        default:
            let name = filler.schema.fields[field].name
            state.report(.needsFlag, at: cell.range.lowerBound, field: name, name, state.quote(cell.range))
        }
    }

    /// `0:400;30:320`.
    private mutating func keepPoints(_ cell: CellToken, in field: Int, _ text: Span<UInt8>) {
        if cell.range.isEmpty { return filler.unclaim(field) }
        var list: [TablePoint] = []
        var position = cell.range.lowerBound
        let end = cell.range.upperBound
        while true {
            let first = DecimalNumber.scan(text, from: position, to: end)
            guard first.form != .none, first.value.isFinite else { break }
            let hasSecond = first.end < end && text[first.end] == UInt8(ascii: ":")
            guard hasSecond || filler.plans[field].isList else { break }
            // A number by itself has the weight 1.
            let second = hasSecond
                ? DecimalNumber.scan(text, from: first.end + 1, to: end)
                : DecimalNumber.Scan(value: 1, end: first.end, form: .strict)
            guard second.form != .none, second.value.isFinite else { break }
            list.append(TablePoint(first.value, second.value))
            if second.end == end { return filler.add(list, to: field) }
            guard text[second.end] == UInt8(ascii: ";") else { break }
            position = second.end + 1
            while position < end, text[position] == 32 { position += 1 }
            if position == end { return filler.add(list, to: field) }
        }
        let name = filler.schema.fields[field].name
        state.report(.badPoints, at: cell.range.lowerBound, field: name, name, state.quote(cell.range), "0:400;30:320")
    }

    // MARK: Cells and lines

    func string(_ cell: CellToken, _ text: Span<UInt8>) -> String {
        if cell.isDoubled { return String(decoding: undoubled, as: UTF8.self) }
        var bytes: [UInt8] = []
        for position in cell.range { bytes.append(text[position]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads a cell up to its comma or line end.
    @inline(__always)
    mutating func readCell(_ text: Span<UInt8>) -> CellToken {
        var start = at
        while start < text.count, text[start] == 32 { start += 1 }
        if start < text.count && text[start] == UInt8(ascii: "\"") { return readQuotedCell(text, start) }
        var end = start
        while end < text.count {
            let byte = text[end]
            if byte == UInt8(ascii: ",") || byte == 10 || byte == 13 { break }
            if byte == UInt8(ascii: "\"") { state.report(.strayQuote, at: end) }
            end += 1
        }
        at = end
        while end > start && text[end - 1] == 32 { end -= 1 }
        return CellToken(range: start..<end, isQuoted: false)
    }

    @inline(never)
    private mutating func readQuotedCell(_ text: Span<UInt8>, _ opening: Int) -> CellToken {
        let start = opening + 1
        at = start
        var isDoubled = false
        while at < text.count {
            if text[at] != UInt8(ascii: "\"") {
                if isDoubled { undoubled.append(text[at]) }
                at += 1
            } else if at + 1 < text.count && text[at + 1] == UInt8(ascii: "\"") {
                if !isDoubled {
                    isDoubled = true
                    undoubled.removeAll(keepingCapacity: true)
                    for position in start..<at { undoubled.append(text[position]) }
                }
                undoubled.append(UInt8(ascii: "\""))
                at += 2
            } else {
                let range = start..<at
                at += 1
                passBehindQuote(text)
                return CellToken(range: range, isQuoted: true, isDoubled: isDoubled)
            }
        }
        state.report(.unterminatedText, at: opening, "\"\"")
        isStopped = true
        return CellToken(range: start..<start, isQuoted: true)
    }

    private mutating func passBehindQuote(_ text: Span<UInt8>) {
        var isReported = false
        while at < text.count, text[at] != UInt8(ascii: ","), text[at] != 10, text[at] != 13 {
            if text[at] != 32 && !isReported {
                isReported = true
                state.report(.strayQuote, at: at)
            }
            at += 1
        }
    }

    @inline(__always)
    mutating func passesComma(_ text: Span<UInt8>) -> Bool {
        guard at < text.count, text[at] == UInt8(ascii: ",") else { return false }
        at += 1
        return true
    }

    @inline(__always)
    mutating func passLineEnd(_ text: Span<UInt8>) {
        guard at < text.count else { return }
        if text[at] == 13 {
            at += 1
            if at < text.count && text[at] == 10 { at += 1 }
        } else if text[at] == 10 {
            at += 1
        }
    }

    mutating func skipBlankLines(_ text: Span<UInt8>) {
        while at < text.count, text[at] == 10 || text[at] == 13 { at += 1 }
    }
}
