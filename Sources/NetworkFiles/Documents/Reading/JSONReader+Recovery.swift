import NetworkModel

/// What to say about a mistake and where to go on.
extension JSONReader {
    /// Reports a mistake of syntax that can be read over, up to a limit.
    @inline(never)
    mutating func syntaxProblem(_ code: ProblemCode, at offset: Int, _ first: String = "", _ second: String = "") {
        state.report(code, at: offset, first, second)
        syntaxErrors += 1
        if syntaxErrors == TextLimits.syntaxErrors {
            state.report(.tooManyErrors, at: offset)
            isStopped = true
        }
    }

    /// Reports a mistake behind which nothing can be understood.
    @inline(never)
    mutating func fail(_ code: ProblemCode, at offset: Int, _ first: String = "", _ second: String = "") {
        if isStopped { return }
        state.report(code, at: offset, first, second)
        isStopped = true
    }

    /// Reports that the document ends inside what was opened at a byte.
    @inline(never)
    mutating func truncated(_ text: Span<UInt8>, _ opening: Int) {
        let line = state.location(at: opening)?.line ?? 0
        fail(.truncated, at: text.count, state.quote(opening..<opening + 1), String(line))
    }

    /// What stands here, as a message quotes it.
    func found(_ text: Span<UInt8>) -> String {
        guard at < text.count else { return "EOF" }
        var end = at + 1
        if text[at] == UInt8(ascii: "\"") {
            while end < text.count, end - at < 60, text[end] != UInt8(ascii: "\""), text[end] != 10 { end += 1 }
            end = min(end + 1, text.count)
        } else if !endsToken(text[at]) && text[at] != UInt8(ascii: "{") && text[at] != UInt8(ascii: "[") {
            while end < text.count, end - at < 60, !endsToken(text[end]) { end += 1 }
        }
        return state.quote(at..<end)
    }

    /// Passes everything up to what may follow a word.
    mutating func passToken(_ text: Span<UInt8>) {
        while at < text.count && !endsToken(text[at]) { at += 1 }
    }

    /// Words what is wrong where a number should stand, and passes it.
    @inline(never)
    mutating func numberProblem(_ text: Span<UInt8>, _ field: Int, _ schema: TableSchema) {
        let start = at
        let name = schema.fields[field].name
        switch text[at] {
        case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["):
            state.report(.needsNumber, at: at, field: name, name, found(text))
            return skipValue(text)
        default: break
        }
        let number = DecimalNumber.scan(text, from: at, to: text.count)
        passToken(text)
        if at == start { at += 1 }
        let token = state.quote(start..<at)
        if number.form == .none || number.end < at {
            if token == "true" || token == "false" {
                state.report(.needsNumber, at: start, field: name, name, token)
            } else {
                state.report(.notNumber, at: start, field: name, token)
            }
        } else if !number.value.isFinite {
            state.report(.numberOverflow, at: start, field: name, token)
        } else {
            state.report(.numberForm, at: start, field: name, token, NumberText.shortest(number.value))
        }
    }

    /// Words what is wrong where a text should stand, and passes it.
    @inline(never)
    mutating func textProblem(_ text: Span<UInt8>, _ field: Int, _ schema: TableSchema) {
        let name = schema.fields[field].name
        state.report(.needsText, at: at, field: name, name, found(text))
        skipValue(text)
    }

    /// Passes a value of any kind without recursion; brackets must pair, and deep nesting is a problem of its own.
    mutating func skipValue(_ text: Span<UInt8>) {
        skipSpace(text)
        guard at < text.count else { return }
        var open: [Int] = []
        repeat {
            skipSpace(text)
            guard at < text.count else {
                return open.last.map { truncated(text, $0) } ?? ()
            }
            switch text[at] {
            case UInt8(ascii: "\""):
                if readString(text) == nil { return }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(at)
                at += 1
                if open.count > TextLimits.depth { return fail(.tooDeep, at: at - 1, String(TextLimits.depth)) }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard let opening = open.popLast() else { return }
                let wanted = text[opening] + 2
                if text[at] != wanted {
                    return fail(.unexpected, at: at, String(Character(Unicode.Scalar(wanted))), found(text))
                }
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if open.isEmpty { return }
                at += 1
            default:
                let start = at
                passToken(text)
                if at == start { at += 1 }
            }
        } while !open.isEmpty && !isStopped
    }
}
