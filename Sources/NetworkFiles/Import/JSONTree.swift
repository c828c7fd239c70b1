/// A JSON text as a tree in one array, for formats whose shape is not ours. Values keep their places; texts and numbers are decoded
/// when they are asked for.
struct JSONTree {
    /// What a value is.
    enum Kind: UInt8 { case object, array, text, number, flag, null }

    /// A value.
    struct Node {
        var kind: Kind
        /// Whether the key or the text has escapes.
        var isKeyEscaped = false
        var isEscaped = false
        /// Its bytes, without quotes for a text.
        var start: UInt32
        var end: UInt32
        /// The bytes of its key; empty in arrays.
        var keyStart: UInt32 = 0
        var keyEnd: UInt32 = 0
        /// The node behind it and all it holds.
        var next: UInt32 = 0
    }

    /// All values, each before those it holds.
    fileprivate(set) var nodes: [Node] = []
    /// The text.
    let bytes: [UInt8]

    /// Reads the text last added to the sources of `state`; mistakes of syntax are reported, and the tree is nil after one.
    static func read(_ bytes: [UInt8], state: inout ReadingState) -> JSONTree? {
        var reader = JSONReader(state: state)
        state = ReadingState()
        var tree = JSONTree(bytes: bytes)
        reader.readTree(bytes.span, into: &tree)
        state = reader.state
        return reader.isStopped || reader.syntaxErrors > 0 || tree.nodes.isEmpty ? nil : tree
    }

    fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

    // MARK: Looking

    /// The values that an object or an array holds; none for others.
    func children(of node: Int) -> Children { Children(tree: self, at: node + 1, end: Int(nodes[node].next)) }

    /// The children of a node, by position.
    struct Children: Sequence, IteratorProtocol {
        let tree: JSONTree
        var at: Int
        let end: Int
        mutating func next() -> Int? {
            guard at < end else { return nil }
            defer { at = Int(tree.nodes[at].next) }
            return at
        }
    }

    /// The member of an object with a key; the last where there are several, as every other reader has it.
    func member(_ key: String, of node: Int) -> Int? {
        guard nodes[node].kind == .object else { return nil }
        var found: Int?
        for child in children(of: node) where self.key(child) == key { found = child }
        return found
    }

    /// The key of a member.
    func key(_ node: Int) -> String {
        text(Int(nodes[node].keyStart)..<Int(nodes[node].keyEnd), isEscaped: nodes[node].isKeyEscaped)
    }

    /// A text; nil for other values.
    func string(_ node: Int) -> String? {
        nodes[node].kind == .text ? text(range(node), isEscaped: nodes[node].isEscaped) : nil
    }

    /// A number; nil for other values.
    func number(_ node: Int) -> Double? {
        guard nodes[node].kind == .number else { return nil }
        let scan = DecimalNumber.scan(bytes.span, from: Int(nodes[node].start), to: Int(nodes[node].end))
        return scan.value.isFinite ? scan.value : nil
    }

    /// A flag; nil for other values.
    func flag(_ node: Int) -> Bool? { nodes[node].kind == .flag ? bytes[Int(nodes[node].start)] == UInt8(ascii: "t") : nil }

    /// The bytes of a value.
    func range(_ node: Int) -> Range<Int> { Int(nodes[node].start)..<Int(nodes[node].end) }

    /// A text or the digits of a number, flags as words; nil for what is no single value.
    func plainText(_ node: Int) -> String? {
        switch nodes[node].kind {
        case .text: string(node)
        case .number, .flag: String(decoding: bytes[range(node)], as: UTF8.self)
        case .null, .object, .array: nil
        }
    }

    /// The UTF-8 of a text with its escapes undone.
    func utf8(_ node: Int) -> [UInt8] {
        nodes[node].isEscaped ? Self.unescaped(bytes[range(node)]) : Array(bytes[range(node)])
    }

    private func text(_ range: Range<Int>, isEscaped: Bool) -> String {
        isEscaped ? String(decoding: Self.unescaped(bytes[range]), as: UTF8.self) : String(decoding: bytes[range], as: UTF8.self)
    }

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

extension JSONReader {
    /// Reads one value, and nothing behind it.
    fileprivate mutating func readTree(_ text: Span<UInt8>, into tree: inout JSONTree) {
        readValue(text, into: &tree, depth: 0, key: nil)
        skipSpace(text)
        if !isStopped && at < text.count { fail(.trailingGarbage, at: at, found(text)) }
    }

    private mutating func readValue(_ text: Span<UInt8>, into tree: inout JSONTree, depth: Int, key: StringToken?) {
        skipSpace(text)
        guard at < text.count else { return truncated(text, max(at - 1, 0)) }
        if depth > TextLimits.depth { return fail(.tooDeep, at: at, String(TextLimits.depth)) }
        let position = tree.nodes.count
        var node = JSONTree.Node(kind: .null, start: UInt32(truncatingIfNeeded: at), end: UInt32(truncatingIfNeeded: at))
        if let key {
            node.keyStart = UInt32(truncatingIfNeeded: key.range.lowerBound)
            node.keyEnd = UInt32(truncatingIfNeeded: key.range.upperBound)
            node.isKeyEscaped = key.isEscaped
        }
        tree.nodes.append(node)
        let opening = at
        switch text[at] {
        case UInt8(ascii: "{"):
            tree.nodes[position].kind = .object
            at += 1
            if !closes(text, UInt8(ascii: "}")) {
                repeat {
                    guard let key = readKey(text, opening), expectColon(text) else { break }
                    readValue(text, into: &tree, depth: depth + 1, key: key)
                } while separates(text, UInt8(ascii: "}"), opening)
            }
        case UInt8(ascii: "["):
            tree.nodes[position].kind = .array
            at += 1
            if !closes(text, UInt8(ascii: "]")) {
                repeat { readValue(text, into: &tree, depth: depth + 1, key: nil) } while separates(text, UInt8(ascii: "]"), opening)
            }
        case UInt8(ascii: "\""):
            guard let token = readString(text) else { return }
            tree.nodes[position].kind = .text
            tree.nodes[position].isEscaped = token.isEscaped
            tree.nodes[position].start = UInt32(truncatingIfNeeded: token.range.lowerBound)
            tree.nodes[position].end = UInt32(truncatingIfNeeded: token.range.upperBound)
        default: readPlain(text, into: &tree.nodes[position])
        }
        if tree.nodes[position].kind != .text { tree.nodes[position].end = UInt32(truncatingIfNeeded: at) }
        tree.nodes[position].next = UInt32(truncatingIfNeeded: tree.nodes.count)
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
    private mutating func readPlain(_ text: Span<UInt8>, into node: inout JSONTree.Node) {
        if isLiteral(text, "null") {
            at += 4
        } else if isLiteral(text, "true") {
            (node.kind, at) = (.flag, at + 4)
        } else if isLiteral(text, "false") {
            (node.kind, at) = (.flag, at + 5)
        } else if isLiteral(text, "NaN") {
            // Python writes undefined numbers so; they are empty.
            at += 3
        } else {
            let number = DecimalNumber.scan(text, from: at, to: text.count)
            guard number.form == .strict, number.end == text.count || endsToken(text[number.end]) else { return readNoNumber(text) }
            if !number.value.isFinite { syntaxProblem(.numberOverflow, at: at, state.quote(at..<number.end)) }
            (node.kind, at) = (.number, number.end)
        }
    }
}
