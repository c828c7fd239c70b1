/// A JSON text that has been judged once and is then walked in place, for formats whose shape is not ours. Nothing is kept beside the
/// text itself: a map of a million points costs no more than its bytes. Texts and numbers are decoded when they are asked for.
struct JSONTree {
    /// What a value is.
    enum Kind: UInt8 { case object, array, text, number, flag, null }

    /// A value, by its place in the text.
    struct Node {
        /// Its first byte; the quote of a text.
        fileprivate(set) var start: UInt32
        /// The bytes of its key; empty in arrays.
        fileprivate(set) var keyStart: UInt32 = 0
        fileprivate(set) var keyEnd: UInt32 = 0
    }

    /// The value that the text is.
    let root: Node
    /// The text.
    let bytes: [UInt8]

    /// Reads the text last added to the sources of `state`; mistakes of syntax are reported, and the tree is nil after one.
    static func read(_ bytes: [UInt8], state: inout ReadingState) -> JSONTree? {
        var reader = JSONReader(state: state)
        state = ReadingState()
        let start = reader.judgeTree(bytes.span)
        state = reader.state
        guard let start, !reader.isStopped, reader.syntaxErrors == 0 else { return nil }
        return JSONTree(root: Node(start: UInt32(truncatingIfNeeded: start)), bytes: bytes)
    }

    // MARK: Looking

    /// What a value is.
    func kind(_ node: Node) -> Kind {
        switch bytes[Int(node.start)] {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .text
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .flag
        // Python's NaN is as empty as null.
        case UInt8(ascii: "n"), UInt8(ascii: "N"): .null
        default: .number
        }
    }

    /// The values that an object or an array holds; none for others.
    ///
    /// - Complexity: O(bytes) to pass over all of them.
    func children(of node: Node) -> JSONChildren { JSONChildren(bytes, of: node, kind(node)) }

    /// The member of an object with a key; the last where there are several, as every other reader has it.
    func member(_ key: String, of node: Node) -> Node? {
        guard kind(node) == .object else { return nil }
        var found: Node?
        for child in children(of: node) where hasKey(child, key) { found = child }
        return found
    }

    /// The key of a member.
    func key(_ node: Node) -> String { text(Int(node.keyStart)..<Int(node.keyEnd)) }

    private func hasKey(_ node: Node, _ wanted: String) -> Bool {
        let written = bytes[Int(node.keyStart)..<Int(node.keyEnd)]
        return written.elementsEqual(wanted.utf8) || Self.isEscaped(written) && key(node) == wanted
    }

    /// A text; nil for other values.
    func string(_ node: Node) -> String? { kind(node) == .text ? text(range(node)) : nil }

    /// A number; nil for other values.
    func number(_ node: Node) -> Double? {
        guard kind(node) == .number else { return nil }
        let scan = DecimalNumber.scan(bytes.span, from: Int(node.start), to: bytes.count)
        return scan.value.isFinite ? scan.value : nil
    }

    /// A flag; nil for other values.
    func flag(_ node: Node) -> Bool? { kind(node) == .flag ? bytes[Int(node.start)] == UInt8(ascii: "t") : nil }

    /// The bytes of a value, without quotes for a text.
    func range(_ node: Node) -> Range<Int> {
        let (start, end) = (Int(node.start), JSONChildren.end(bytes.span, Int(node.start)))
        return bytes[start] == UInt8(ascii: "\"") ? start + 1..<max(end - 1, start + 1) : start..<end
    }

    /// The first byte of a value.
    func start(_ node: Node) -> Int { Int(node.start) }

    /// A text or the digits of a number, flags as words; nil for what is no single value.
    func plainText(_ node: Node) -> String? {
        switch kind(node) {
        case .text: string(node)
        case .number, .flag: String(decoding: bytes[range(node)], as: UTF8.self)
        case .null, .object, .array: nil
        }
    }

    /// The UTF-8 of a text with its escapes undone.
    func utf8(_ node: Node) -> [UInt8] { Self.unescaped(bytes[range(node)]) }

    private func text(_ range: Range<Int>) -> String {
        Self.isEscaped(bytes[range]) ? String(decoding: Self.unescaped(bytes[range]), as: UTF8.self) : String(decoding: bytes[range], as: UTF8.self)
    }

    private static func isEscaped(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.contains(UInt8(ascii: "\\")) }

    /// Undoes escapes that have been judged before.
    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            guard bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.endIndex else {
                result.append(bytes[at])
                at += 1
                continue
            }
            let letter = bytes[at + 1]
            at += 2
            switch letter {
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "u"):
                var code = hexadecimal(bytes, at)
                at = Swift.min(at + 4, bytes.endIndex)
                if (0xD800..<0xDC00).contains(code), at + 6 <= bytes.endIndex, bytes[at] == UInt8(ascii: "\\") {
                    let low = hexadecimal(bytes, at + 2)
                    if (0xDC00..<0xE000).contains(low) {
                        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                        at += 6
                    }
                }
                result.append(contentsOf: Character(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
            default: result.append(letter)
            }
        }
        return result
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>, _ start: Int) -> UInt32 {
        guard start + 4 <= bytes.endIndex else { return 0xFFFD }
        return bytes[start..<start + 4].reduce(0) { $0 << 4 | UInt32(Character(Unicode.Scalar($1)).hexDigitValue ?? 0) }
    }
}

/// The values that an object or an array of a judged JSON text holds, one after the other.
struct JSONChildren: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    /// The value given last; before the first, the byte behind the opening bracket.
    private var at: Int
    private let isObject: Bool
    private var isBegun = false
    private var isDone: Bool

    fileprivate init(_ bytes: [UInt8], of node: JSONTree.Node, _ kind: JSONTree.Kind) {
        self.bytes = bytes
        at = Int(node.start) + 1
        isObject = kind == .object
        isDone = kind != .object && kind != .array
    }

    mutating func next() -> JSONTree.Node? {
        if isDone { return nil }
        let bytes = bytes
        let text = bytes.span
        if isBegun { at = Self.end(text, at) }
        at = Self.pastBlanks(text, at)
        guard at < text.count, text[at] != UInt8(ascii: "}"), text[at] != UInt8(ascii: "]") else { return finish() }
        if isBegun { at = Self.pastBlanks(text, at + 1) }
        isBegun = true
        var node = JSONTree.Node(start: 0)
        if isObject {
            let end = Self.end(text, at)
            (node.keyStart, node.keyEnd) = (UInt32(truncatingIfNeeded: at + 1), UInt32(truncatingIfNeeded: Swift.max(end - 1, at + 1)))
            at = Self.pastBlanks(text, Self.pastBlanks(text, end) + 1)
        }
        guard at < text.count else { return finish() }
        node.start = UInt32(truncatingIfNeeded: at)
        return node
    }

    private mutating func finish() -> JSONTree.Node? {
        isDone = true
        return nil
    }

    /// The byte behind the value that begins at a byte.
    static func end(_ text: Span<UInt8>, _ start: Int) -> Int {
        guard start < text.count else { return text.count }
        switch text[start] {
        case UInt8(ascii: "\""): return endOfText(text, start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfBrackets(text, start)
        default:
            var at = start
            while at < text.count, text[at] > 32, text[at] != UInt8(ascii: ","), text[at] != UInt8(ascii: "}"), text[at] != UInt8(ascii: "]") { at += 1 }
            return at
        }
    }

    private static func endOfText(_ text: Span<UInt8>, _ start: Int) -> Int {
        var at = start + 1
        while at < text.count, text[at] != UInt8(ascii: "\"") { at += text[at] == UInt8(ascii: "\\") ? 2 : 1 }
        return Swift.min(at + 1, text.count)
    }

    private static func endOfBrackets(_ text: Span<UInt8>, _ start: Int) -> Int {
        var (at, depth) = (start, 0)
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "\""):
                at = endOfText(text, at)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return at + 1 }
            default: break
            }
            at += 1
        }
        return at
    }

    private static func pastBlanks(_ text: Span<UInt8>, _ start: Int) -> Int {
        var at = start
        while at < text.count, text[at] <= 32 { at += 1 }
        return at
    }
}

extension JSONReader {
    /// Judges one value, and that nothing stands behind it; its first byte.
    fileprivate mutating func judgeTree(_ text: Span<UInt8>) -> Int? {
        skipSpace(text)
        let start = at
        judgeValue(text, depth: 0)
        skipSpace(text)
        if !isStopped && at < text.count { fail(.trailingGarbage, at: at, found(text)) }
        return start < text.count ? start : nil
    }

    private mutating func judgeValue(_ text: Span<UInt8>, depth: Int) {
        skipSpace(text)
        guard at < text.count else { return truncated(text, max(at - 1, 0)) }
        if depth > TextLimits.depth { return fail(.tooDeep, at: at, String(TextLimits.depth)) }
        let opening = at
        switch text[at] {
        case UInt8(ascii: "{"):
            at += 1
            if closes(text, UInt8(ascii: "}")) { return }
            repeat {
                guard readKey(text, opening) != nil, expectColon(text) else { break }
                judgeValue(text, depth: depth + 1)
            } while separates(text, UInt8(ascii: "}"), opening)
        case UInt8(ascii: "["):
            at += 1
            if closes(text, UInt8(ascii: "]")) { return }
            repeat { judgeValue(text, depth: depth + 1) } while separates(text, UInt8(ascii: "]"), opening)
        case UInt8(ascii: "\""): _ = readString(text)
        default: judgePlain(text)
        }
    }

    /// What other programs write for numbers that are none is told as that, and reading goes on; anything else is no JSON.
    private mutating func readNoNumber(_ text: Span<UInt8>) {
        let start = at
        let digit = text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") ? at + 1 : at
        let isWord = ["Infinity", "inf", "nan", "0x", "0X"].contains { word in
            digit + word.utf8.count <= text.count && word.utf8.enumerated().allSatisfy { text[digit + $0.offset] == $0.element }
        }
        guard isWord else { return fail(.unexpected, at: at, "JSON", found(text)) }
        passToken(text)
        syntaxProblem(.notNumber, at: start, state.quote(start..<at))
    }

    /// `true`, `false`, `null` or a number.
    private mutating func judgePlain(_ text: Span<UInt8>) {
        if isLiteral(text, "null") || isLiteral(text, "true") {
            at += 4
        } else if isLiteral(text, "false") {
            at += 5
        } else if isLiteral(text, "NaN") {
            // Python writes undefined numbers so; they are empty.
            at += 3
        } else {
            let number = DecimalNumber.scan(text, from: at, to: text.count)
            guard number.form == .strict, number.end == text.count || endsToken(text[number.end]) else { return readNoNumber(text) }
            if !number.value.isFinite { syntaxProblem(.numberOverflow, at: at, state.quote(at..<number.end)) }
            at = number.end
        }
    }
}
