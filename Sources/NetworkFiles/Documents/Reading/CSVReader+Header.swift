import NetworkModel

/// The line of headings: where it stands, what its columns mean, what is missing and what was not used.
extension CSVReader {
    mutating func readHeader(_ text: Span<UInt8>) {
        findHeader(text)
        let start = at
        let cells = headerCells(text)
        if cells.count > TextLimits.columns {
            state.report(.tooManyColumns, at: cells[TextLimits.columns].offset, String(TextLimits.columns))
            isStopped = true
            return
        }
        var matcher = HeadingMatcher(filler.schema, file: state.sources.last?.path ?? "")
        var columns = Array(repeating: -1, count: filler.schema.fields.count)
        var unknown: [(String, Int)] = []
        for (column, cell) in cells.enumerated() {
            // The format's own name twice is a slip; a foreign heading that repeats a meaning is the matcher's to judge.
            let own = filler.schema.position(of: cell.name)
            if let own, columns[own] >= 0, fieldNames(columns[own]) == cell.name {
                state.report(.repeatedField, at: cell.offset, field: cell.name, cell.name)
                fields.append(-1)
                names.append(cell.name)
                continue
            }
            let field = matcher.match(cell.name, column: column, at: cell.offset, &state)
            if field >= 0 { columns[field] = column } else if !cell.name.isEmpty { unknown.append((cell.name, cell.offset)) }
            fields.append(field)
            names.append(cell.name)
        }
        dropDoubtfulIDs(&matcher, &columns)
        filler.csvColumns = columns
        foreign = matcher.columns
        for column in foreign.values { if let door = column.door { filler.csvColumns[door] = columns[column.field] } }
        if let separator = otherSeparator(), columns.allSatisfy({ $0 < 0 }) {
            state.report(.delimiter, at: start, separator)
            isStopped = true
            return
        }
        for (name, offset) in unknown {
            if matcher.isForeign { noteUnused(name, offset, &matcher) } else { reportUnknown(name, offset) }
        }
        for field in filler.schema.fields.indices where filler.schema.fields[field].isRequired && columns[field] < 0 {
            let declared = filler.schema.fields[field]
            state.report(
                .missingColumn, at: start, field: declared.name, filler.schema.name.rawValue, declared.name,
                declared.documentation.english, declared.documentation.chinese)
            isStopped = true
        }
        if matcher.isForeign { mapping = matcher.mapping }
    }

    private func fieldNames(_ column: Int) -> String { names[column] }

    /// A roster that names places needs no customer numbers, which come from another system and are no ids of the network.
    private mutating func dropDoubtfulIDs(_ matcher: inout HeadingMatcher, _ columns: inout [Int]) {
        guard filler.schema.name == .roster || filler.schema.name == .dwellings,
            let id = filler.schema.position(of: filler.schema.name == .roster ? "dwelling" : "id"), columns[id] >= 0,
            matcher.heading(of: "building") != nil, matcher.heading(of: "floor") != nil, matcher.heading(of: "door") != nil
        else { return }
        let field = filler.schema.fields[id].name
        guard let heading = matcher.heading(of: field), heading != field else { return }
        _ = matcher.drop(field)
        fields[columns[id]] = -1
        columns[id] = -1
    }

    private mutating func noteUnused(_ name: String, _ offset: Int, _ matcher: inout HeadingMatcher) {
        matcher.noteUnused(name)
        if let nearest = matcher.mapping.unused.last?.nearest, !nearest.isEmpty {
            state.report(.unusedHeading, severity: .warning, at: offset, field: name, Quoting.quote(Array(name.utf8)[...]), nearest)
        }
    }

    /// Goes to the line of headings: the first, unless it means nothing and one of the next ten means something, as below the title of a
    /// spreadsheet.
    mutating func findHeader(_ text: Span<UInt8>) {
        skipBlankLines(text)
        let first = at
        let matcher = HeadingMatcher(filler.schema, file: "")
        for line in 0..<10 {
            var trial = self
            let names = trial.headerCells(text).filter { !$0.name.isEmpty }
            let known = names.count { matcher.recognises($0.name) }
            if known >= 2 || known == 1 && names.count == 1 { return }
            if line == 0, known == 1 { return }
            at = trial.at
            skipBlankLines(text)
            if at >= text.count { break }
        }
        at = first
    }

    /// The cells of the line at hand, which is passed.
    mutating func headerCells(_ text: Span<UInt8>) -> [(name: String, offset: Int)] {
        var cells: [(name: String, offset: Int)] = []
        repeat {
            let cell = readCell(text)
            cells.append((heading(cell, text), cell.range.lowerBound))
        } while passesComma(text) && cells.count <= TextLimits.columns
        passLineEnd(text)
        return cells
    }

    /// A cell as a heading: no field has a name of a thousand bytes, and what is longer is matched by its beginning, which is none either.
    private func heading(_ cell: CellToken, _ text: Span<UInt8>) -> String {
        if cell.range.count <= Self.longestHeading { return string(cell, text) }
        var beginning = cell
        beginning.range = cell.range.lowerBound..<cell.range.lowerBound + Self.longestHeading
        beginning.isDoubled = false
        return string(beginning, text)
    }

    private static var longestHeading: Int { 1000 }

    /// Keeps what the columns were taken for, with what the rows showed.
    mutating func closeMapping() {
        guard var mapping else { return }
        mapping.rows = filler.rowCount
        mapping.words = metWords
        state.mappings.append(mapping)
    }

    private mutating func reportUnknown(_ name: String, _ offset: Int) {
        let free = filler.schema.fields.indices.lazy.filter { [columns = filler.csvColumns] in columns[$0] < 0 }
        state.report(
            .unknownColumn, at: offset, field: name, Quoting.quote(Array(name.utf8)[...]), filler.schema.name.rawValue,
            Suggestion.text(for: name, in: free.map { [schema = filler.schema] in schema.fields[$0].name }))
    }

    /// The separator of a header that knows no comma.
    private func otherSeparator() -> String? {
        guard names.count == 1, let name = names.first else { return nil }
        return name.contains(";") ? ";" : name.contains("\t") ? "TAB" : name.contains("|") ? "|" : nil
    }
}
