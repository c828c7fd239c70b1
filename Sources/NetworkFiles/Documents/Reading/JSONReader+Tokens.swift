import NetworkModel

/// Tokens of JSON and what stands between them.
extension JSONReader {
    /// A text between quotes.
    struct StringToken {
        /// Its bytes as written, without the quotes.
        var range: Range<Int>
        /// Whether it has escapes, undone in ``JSONReader/unescaped``.
        var isEscaped: Bool
    }

    /// The text of a token.
    func string(_ token: StringToken, _ text: Span<UInt8>) -> String {
        if token.isEscaped { return String(decoding: unescaped, as: UTF8.self) }
        var bytes: [UInt8] = []
        for position in token.range { bytes.append(text[position]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a byte may follow a number or a word.
    @inline(__always)
    func endsToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), 32, 9, 10, 13, UInt8(ascii: "/"): true
        default: false
        }
    }

    /// Passes blanks; a comment is reported and passed as well.
    @inline(__always)
    mutating func skipSpace(_ text: Span<UInt8>) {
        while at < text.count {
            switch text[at] {
            case 32, 10, 13, 9: at += 1
            case UInt8(ascii: "/"): if !skipComment(text) { return }
            default: return
            }
        }
    }

    @inline(never)
    private mutating func skipComment(_ text: Span<UInt8>) -> Bool {
        guard at + 1 < text.count, text[at + 1] == UInt8(ascii: "/") || text[at + 1] == UInt8(ascii: "*") else { return false }
        syntaxProblem(.comment, at: at)
        let isLine = text[at + 1] == UInt8(ascii: "/")
        at += 2
        while at < text.count {
            if isLine, text[at] == 10 || text[at] == 13 { return true }
            if !isLine, text[at] == UInt8(ascii: "/"), text[at - 1] == UInt8(ascii: "*") {
                at += 1
                return true
            }
            at += 1
        }
        return true
    }

    /// Whether an empty object or array closes at once; passes the bracket.
    mutating func closes(_ text: Span<UInt8>, _ bracket: UInt8) -> Bool {
        skipSpace(text)
        guard at < text.count, text[at] == bracket else { return false }
        at += 1
        return true
    }

    /// Passes what stands between two members: true for a comma (also a missing one), false at the end.
    @inline(__always)
    mutating func separates(_ text: Span<UInt8>, _ bracket: UInt8, _ opening: Int) -> Bool {
        if isStopped { return false }
        skipSpace(text)
        if at < text.count {
            if text[at] == UInt8(ascii: ",") {
                at += 1
                return true
            }
            if text[at] == bracket {
                at += 1
                return false
            }
        }
        return recover(text, bracket, opening)
    }

    @inline(never)
    private mutating func recover(_ text: Span<UInt8>, _ bracket: UInt8, _ opening: Int) -> Bool {
        guard at < text.count else {
            truncated(text, opening)
            return false
        }
        switch text[at] {
        case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "'"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            syntaxProblem(.missingComma, at: at, found(text))
            return !isStopped
        default:
            fail(.unexpected, at: at, ", \(Character(Unicode.Scalar(bracket)))", found(text))
            return false
        }
    }

    /// Reads a key; nil at the end of the object or where nothing more can be understood.
    mutating func readKey(_ text: Span<UInt8>, _ opening: Int) -> StringToken? {
        skipSpace(text)
        guard at < text.count else {
            truncated(text, opening)
            return nil
        }
        if text[at] == UInt8(ascii: "\"") { return readString(text) }
        return readOddKey(text, opening)
    }

    /// A key that is none: the end after a trailing comma, the decimals of a decimal comma, a word without quotes.
    @inline(never)
    private mutating func readOddKey(_ text: Span<UInt8>, _ opening: Int) -> StringToken? {
        switch text[at] {
        case UInt8(ascii: "}"):
            syntaxProblem(.trailingComma, at: at, "}")
            at += 1
            return nil
        case UInt8(ascii: "0")...UInt8(ascii: "9") where lastNumber >= 0:
            let start = lastNumber
            passToken(text)
            let token = state.quote(start..<at)
            syntaxProblem(.decimalComma, at: start, token, token.replacing(",", with: "."))
            return separates(text, UInt8(ascii: "}"), opening) ? readKey(text, opening) : nil
        case UInt8(ascii: "'"), UInt8(ascii: "_"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 128...:
            let start = at
            passToken(text)
            let isSingleQuoted = text[start] == UInt8(ascii: "'")
            let word = isSingleQuoted && at - start > 1 ? start + 1..<at - 1 : start..<at
            syntaxProblem(.unquoted, at: start, state.quote(start..<at), state.quote(word))
            return isStopped ? nil : StringToken(range: word, isEscaped: false)
        default:
            fail(.unexpected, at: at, "\"", found(text))
            return nil
        }
    }

    /// Passes the colon behind a key; false where nothing more can be understood.
    @inline(__always)
    mutating func expectColon(_ text: Span<UInt8>) -> Bool {
        skipSpace(text)
        if at < text.count && text[at] == UInt8(ascii: ":") {
            at += 1
            return true
        }
        return recoverColon(text)
    }

    @inline(never)
    private mutating func recoverColon(_ text: Span<UInt8>) -> Bool {
        if isStopped { return false }
        guard at < text.count else {
            truncated(text, at - 1)
            return false
        }
        syntaxProblem(.unexpected, at: at, ":", found(text))
        // `"key" = value` and `"key" value` read on; a key alone is followed by the next member.
        if text[at] == UInt8(ascii: "=") { at += 1 }
        return !isStopped
    }

    /// Reads a text whose opening quote is at hand; one that its line does not close ends with the line.
    mutating func readString(_ text: Span<UInt8>) -> StringToken? {
        let start = at + 1
        at = start
        while at < text.count {
            let byte = text[at]
            if byte == UInt8(ascii: "\"") {
                at += 1
                return StringToken(range: start..<at - 1, isEscaped: false)
            }
            if byte == UInt8(ascii: "\\") || byte < 32 { return readEscapedString(text, start) }
            at += 1
        }
        fail(.unterminatedText, at: start - 1, "\\\"")
        return nil
    }

    /// Goes on with a text from its first escape or control character.
    @inline(never)
    private mutating func readEscapedString(_ text: Span<UInt8>, _ start: Int) -> StringToken? {
        unescaped.removeAll(keepingCapacity: true)
        for position in start..<at { unescaped.append(text[position]) }
        while at < text.count {
            let byte = text[at]
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return StringToken(range: start..<at - 1, isEscaped: true)
            case UInt8(ascii: "\\"): readEscape(text)
            case 10, 13:
                syntaxProblem(.unterminatedText, at: start - 1, "\\\"")
                return isStopped ? nil : StringToken(range: start..<at, isEscaped: true)
            case 0..<32:
                syntaxProblem(.rawControl, at: at, Quoting.name(Unicode.Scalar(byte)))
                at += 1
            default:
                unescaped.append(byte)
                at += 1
            }
        }
        fail(.unterminatedText, at: start - 1, "\\\"")
        return nil
    }

    private mutating func readEscape(_ text: Span<UInt8>) {
        let start = at
        at += 2
        switch start + 1 < text.count ? text[start + 1] : 0 {
        case UInt8(ascii: "\""): unescaped.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): unescaped.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): unescaped.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): unescaped.append(8)
        case UInt8(ascii: "f"): unescaped.append(12)
        case UInt8(ascii: "n"): unescaped.append(10)
        case UInt8(ascii: "r"): unescaped.append(13)
        case UInt8(ascii: "t"): unescaped.append(9)
        case UInt8(ascii: "u"): readUnicodeEscape(text, start)
        default:
            at = min(at, text.count)
            syntaxProblem(.badEscape, at: start, state.quote(start..<at))
        }
    }

    private mutating func readUnicodeEscape(_ text: Span<UInt8>, _ start: Int) {
        guard var code = hexadecimal(text, at) else {
            at = min(at, text.count)
            return syntaxProblem(.badEscape, at: start, state.quote(start..<min(start + 6, text.count)))
        }
        at += 4
        if (0xD800..<0xDC00).contains(code), at + 1 < text.count, text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u"),
            let low = hexadecimal(text, at + 2), (0xDC00..<0xE000).contains(low)
        {
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            at += 6
        }
        guard let scalar = Unicode.Scalar(code) else {
            return syntaxProblem(.badEscape, at: start, state.quote(start..<at))
        }
        unescaped.append(contentsOf: Character(scalar).utf8)
    }

    private func hexadecimal(_ text: Span<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= text.count else { return nil }
        var code: UInt32 = 0
        for position in start..<start + 4 {
            guard let digit = Character(Unicode.Scalar(text[position])).hexDigitValue, text[position] < 128 else { return nil }
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    /// Whether a word stands here and ends.
    func isLiteral(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count <= text.count, at + count == text.count || endsToken(text[at + count]) else { return false }
        var position = at
        for byte in word.description.utf8 {
            if text[position] != byte { return false }
            position += 1
        }
        return true
    }
}
