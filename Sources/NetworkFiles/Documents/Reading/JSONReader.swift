import NetworkModel

/// Reads a JSON document straight into columns: no tree of values in between, a place for every problem, and on after it.
///
/// RFC 8259 to the letter; where a document breaks it, the mistake is reported and reading goes on as a person would read,
/// so that one run shows them all.
struct JSONReader {
    var state: ReadingState
    /// The byte at hand.
    var at = 0
    /// Whether what follows cannot be understood any more.
    var isStopped = false
    /// Mistakes of syntax so far.
    var syntaxErrors = 0
    /// The last text with its escapes undone; used only when it had any.
    var unescaped: [UInt8] = []
    /// Start of the last number, for a decimal comma found behind it.
    var lastNumber = -1
    /// Tables that stand in files of their own.
    var links: [Link] = []
    /// Tables that the document gives, in any way.
    var given: Set<TableName> = []

    /// A table given by the name of its file.
    struct Link {
        var table: TableName
        var path: String
        var offset: Int
    }

    /// Reads the text last added to the sources of `state` into `document`.
    static func read(_ bytes: [UInt8], into document: inout Document, state: inout ReadingState) -> [Link] {
        var reader = JSONReader(state: state)
        state = ReadingState()
        reader.readDocument(bytes.span, into: &document)
        state = reader.state
        return reader.links
    }

    /// Reads a part of the text last added to the sources of `state`, an object, into `document`.
    static func read(_ bytes: [UInt8], from part: Range<Int>, into document: inout Document, state: inout ReadingState) -> [Link] {
        var reader = JSONReader(state: state)
        state = ReadingState()
        reader.at = part.lowerBound
        reader.readDocument(bytes.span.extracting(0..<part.upperBound), into: &document)
        state = reader.state
        return reader.links
    }

    // MARK: The document

    private mutating func readDocument(_ text: Span<UInt8>, into document: inout Document) {
        let source = state.sources.count - 1
        var manifest = TableFiller(document.schema[.manifest], in: &state)
        var keys = KeyTree(document.schema[.manifest])
        skipSpace(text)
        guard at < text.count, text[at] == UInt8(ascii: "{") else {
            return fail(.unexpected, at: at, "{", found(text))
        }
        manifest.beginRow(at: at, &state)
        at += 1
        let opening = at - 1
        var previous = -1
        if !closes(text, UInt8(ascii: "}")) {
            repeat {
                guard let key = readKey(text, opening) else { break }
                let name = string(key, text)
                let offset = key.range.lowerBound - 1
                guard expectColon(text) else { break }
                let entry = keys.find(Array(name.utf8).span, in: 0, after: &previous)
                if entry >= 0 {
                    readCell(text, entry, group: 0, &manifest, &keys)
                } else if let table = document.schema.table(named: name), table != .manifest {
                    readTable(text, table, at: offset, into: &document)
                } else {
                    state.report(
                        .unknownTable, at: offset, field: name, Quoting.quote(Array(name.utf8)[...]),
                        state.log.isFull(.unknownTable) ? "" : Suggestion.text(for: name, in: Self.documentKeys(document.schema)))
                    skipValue(text)
                }
            } while separates(text, UInt8(ascii: "}"), opening) && !givesUp()
        }
        manifest.endRow(isWhole: !isStopped, &state)
        document[.manifest] = manifest.finish(source: source, &state)
        skipSpace(text)
        if !isStopped && at < text.count { fail(.trailingGarbage, at: at, found(text)) }
    }

    private static func documentKeys(_ schema: Schema) -> [String] {
        schema[.manifest].fields.map(\.name) + schema.names.dropFirst().map(\.rawValue)
    }

    private mutating func readTable(_ text: Span<UInt8>, _ table: TableName, at offset: Int, into document: inout Document) {
        guard given.insert(table).inserted else {
            state.report(.repeatedField, at: offset, field: table.rawValue, table.rawValue)
            return skipValue(text)
        }
        skipSpace(text)
        guard at < text.count else { return truncated(text, offset) }
        let schema = document.schema[table]
        switch (text[at], schema.shape) {
        case (UInt8(ascii: "n"), _) where isLiteral(text, "null"): at += 4
        case (UInt8(ascii: "{"), .object):
            var filler = TableFiller(schema, in: &state)
            var keys = KeyTree(schema)
            readRow(text, &filler, &keys)
            document[table] = filler.finish(source: state.sources.count - 1, &state)
        case (UInt8(ascii: "["), .rows):
            var filler = TableFiller(schema, in: &state)
            readRows(text, &filler)
            document[table] = filler.finish(source: state.sources.count - 1, &state)
        case (UInt8(ascii: "\""), .rows):
            if let token = readString(text) { links.append(Link(table: table, path: string(token, text), offset: offset)) }
        default:
            state.report(schema.shape == .rows ? .needsRows : .needsObject, at: at, field: table.rawValue, table.rawValue, found(text))
            skipValue(text)
        }
    }

    private mutating func readRows(_ text: Span<UInt8>, _ filler: inout TableFiller) {
        var keys = KeyTree(filler.schema)
        let opening = at
        at += 1
        if closes(text, UInt8(ascii: "]")) { return }
        repeat {
            skipSpace(text)
            guard at < text.count else { return truncated(text, opening) }
            if text[at] == UInt8(ascii: "{") {
                readRow(text, &filler, &keys)
            } else if text[at] == UInt8(ascii: "]") {
                syntaxProblem(.trailingComma, at: at, "]")
            } else {
                let name = filler.schema.name.rawValue
                state.report(.needsObject, at: at, field: name, name, found(text))
                skipValue(text)
            }
        } while separates(text, UInt8(ascii: "]"), opening) && !givesUp()
    }

    /// Stops reading when too much is wrong.
    private mutating func givesUp() -> Bool {
        if state.hasGivenUp { isStopped = true }
        return isStopped
    }

    private mutating func readRow(_ text: Span<UInt8>, _ filler: inout TableFiller, _ keys: inout KeyTree) {
        filler.beginRow(at: at, &state)
        at += 1
        let problemsBefore = state.log.problems.count
        readMembers(text, &filler, &keys, group: 0)
        // `{}` says nothing, like an empty line of a CSV file.
        if state.log.problems.count == problemsBefore && filler.isRowEmpty && !filler.schema.hasRequiredFields {
            filler.dropRow()
        } else {
            filler.endRow(isWhole: !isStopped, &state)
        }
    }

    /// Reads the members of an object whose brace has been passed.
    private mutating func readMembers(
        _ text: Span<UInt8>, _ filler: inout TableFiller, _ keys: inout KeyTree, group: Int
    ) {
        let opening = at - 1
        var previous = -1
        if closes(text, UInt8(ascii: "}")) { return }
        repeat {
            guard let key = readKey(text, opening) else { return }
            let entry: Int
            if key.isEscaped {
                let name = unescaped
                entry = keys.find(name.span, in: group, after: &previous)
            } else {
                entry = keys.find(text.extracting(key.range), in: group, after: &previous)
            }
            guard entry >= 0 else {
                filler.noteUnknown(keys.paths[group] + string(key, text), at: key.range.lowerBound - 1)
                guard expectColon(text) else { return }
                skipValue(text)
                continue
            }
            guard expectColon(text) else { return }
            readCell(text, entry, group: group, &filler, &keys)
        } while separates(text, UInt8(ascii: "}"), opening)
    }

    // MARK: Cells

    private mutating func readCell(
        _ text: Span<UInt8>, _ entry: Int, group: Int, _ filler: inout TableFiller, _ keys: inout KeyTree
    ) {
        let field = keys.groups[group][entry].field
        let inner = keys.groups[group][entry].group
        skipSpace(text)
        guard at < text.count else { return truncated(text, max(at - 1, 0)) }
        let start = at
        let first = text[at]
        if first == UInt8(ascii: "n") && isLiteral(text, "null") {
            at += 4
            return
        }
        if first == UInt8(ascii: "{") && inner >= 0 {
            at += 1
            return readMembers(text, &filler, &keys, group: inner)
        }
        if first == UInt8(ascii: ",") || first == UInt8(ascii: "}") || first == UInt8(ascii: "]") {
            if field >= 0 { _ = filler.claim(field, at: start, &state) }
            return syntaxProblem(.missingValue, at: at, found(text))
        }
        guard field >= 0 else {
            let name = String(decoding: keys.groups[group][entry].name, as: UTF8.self)
            state.report(.needsObject, at: at, field: name, name, found(text))
            return skipValue(text)
        }
        guard filler.claim(field, at: start, &state) else { return skipValue(text) }
        switch filler.storage(of: field) {
        case .numbers: readNumber(text, field, &filler)
        case .texts: readText(text, field, &filler)
        case .flags: readFlag(text, field, &filler)
        case .points: readPoints(text, field, &filler)
        }
    }

    private mutating func readNumber(_ text: Span<UInt8>, _ field: Int, _ filler: inout TableFiller) {
        let start = at
        let number = DecimalNumber.scan(text, from: at, to: text.count)
        if number.form == .strict && (number.end == text.count || endsToken(text[number.end])) && number.value.isFinite {
            at = number.end
            lastNumber = start
            return filler.add(number.value, to: field, at: start..<at, &state)
        }
        numberProblem(text, field, filler.schema)
    }

    private mutating func readText(_ text: Span<UInt8>, _ field: Int, _ filler: inout TableFiller) {
        let start = at
        guard text[at] == UInt8(ascii: "\"") else { return textProblem(text, field, filler.schema) }
        guard let token = readString(text) else { return }
        if token.isEscaped {
            let copy = unescaped
            filler.add(copy.span, to: field, at: start + 1..<max(start + 1, at - 1), &state)
        } else {
            filler.add(text.extracting(token.range), to: field, at: token.range, &state)
        }
    }

    private mutating func readFlag(_ text: Span<UInt8>, _ field: Int, _ filler: inout TableFiller) {
        if isLiteral(text, "true") {
            at += 4
            filler.add(true, to: field)
        } else if isLiteral(text, "false") {
            at += 5
            filler.add(false, to: field)
        } else {
            let name = filler.schema.fields[field].name
            state.report(.needsFlag, at: at, field: name, name, found(text))
            skipValue(text)
        }
    }

    /// `[[0, 400], [30, 320]]`.
    private mutating func readPoints(_ text: Span<UInt8>, _ field: Int, _ filler: inout TableFiller) {
        let start = at
        var list: [TablePoint] = []
        var isGood = text[at] == UInt8(ascii: "[")
        if isGood {
            at += 1
            if closes(text, UInt8(ascii: "]")) { return }
            repeat {
                guard let pair = filler.plans[field].isList ? readValue(text) : readPair(text) else {
                    isGood = false
                    break
                }
                list.append(pair)
            } while isNext(text, UInt8(ascii: ","))
            isGood = isGood && isNext(text, UInt8(ascii: "]"))
        }
        if isGood { return filler.add(list, to: field) }
        let name = filler.schema.fields[field].name
        state.report(.badPoints, at: min(at, text.count), field: name, name, found(text), filler.plans[field].isList ? "[0.5, 0.7]" : "[[0, 400], [30, 320]]")
        at = start
        skipValue(text)
    }

    /// A number, which has the weight 1, or a number with its weight.
    private mutating func readValue(_ text: Span<UInt8>) -> TablePoint? {
        skipSpace(text)
        guard at < text.count else { return nil }
        if text[at] == UInt8(ascii: "[") { return readPair(text) }
        return plainNumber(text).map { TablePoint($0, 1) }
    }

    private mutating func readPair(_ text: Span<UInt8>) -> TablePoint? {
        guard isNext(text, UInt8(ascii: "[")), let first = plainNumber(text), isNext(text, UInt8(ascii: ",")),
            let second = plainNumber(text), isNext(text, UInt8(ascii: "]"))
        else { return nil }
        return TablePoint(first, second)
    }

    private mutating func plainNumber(_ text: Span<UInt8>) -> Double? {
        skipSpace(text)
        let number = DecimalNumber.scan(text, from: at, to: text.count)
        guard number.form == .strict, number.value.isFinite, number.end == text.count || endsToken(text[number.end])
        else { return nil }
        at = number.end
        return number.value
    }

    private mutating func isNext(_ text: Span<UInt8>, _ byte: UInt8) -> Bool {
        skipSpace(text)
        guard at < text.count, text[at] == byte else { return false }
        at += 1
        return true
    }
}
