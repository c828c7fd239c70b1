import NetworkModel

/// The tables of a pandapipes file: data frames, each a JSON text inside the JSON text (`to_json`, orient "split").
struct PandapipesFrames {
    /// A data frame.
    struct Frame {
        /// Its name in the file.
        var name: String
        /// The position of each column.
        var columns: [String: Int] = [:]
        var rows: [Row] = []
        /// Where it starts in the file.
        var offset: Int
    }

    /// A row of a frame.
    struct Row {
        /// Its index, by which other frames name it.
        var index: Int
        var cells: [Cell]
        /// Where it starts in the file.
        var offset: Int
    }

    /// A cell with its place in the file.
    struct Cell {
        var value: Value
        var range: Range<Int>
    }

    /// What a cell holds; `null` and NaN are empty.
    enum Value {
        case empty
        case number(Double)
        case text(String)
        case flag(Bool)
    }

    private let tree: JSONTree
    /// The node of the object that holds the tables, and its tree: older versions put it into a text as well.
    private let root: Int

    /// Finds the tables of a file; nil, with a problem, where it holds none.
    init?(_ tree: JSONTree, state: inout ReadingState) {
        self.tree = tree
        guard let object = tree.member("_object", of: 0), tree.nodes[object].kind == .object else {
            state.report(.pandapipesShape, at: 0)
            return nil
        }
        root = object
    }

    /// The names of all members.
    var names: [String] { tree.children(of: root).map { tree.key($0) } }

    /// The text of a member; nil where it is none.
    func text(_ name: String) -> String? { tree.member(name, of: root).flatMap { tree.string($0) } }

    /// The first byte of a member.
    func offset(_ name: String) -> Int { tree.member(name, of: root).map { tree.range($0).lowerBound } ?? 0 }

    /// An object inside a text, under names: `std_types`, `pump`, `P1`.
    func object(_ path: String...) -> JSONTree? {
        var node = root
        for name in path {
            guard let next = tree.member(name, of: node) else { return nil }
            node = next
        }
        guard let inner = tree.member("_object", of: node), tree.nodes[inner].kind == .text else { return nil }
        var scratch = ReadingState()
        let bytes = tree.utf8(inner)
        scratch.sources = [SourceText(path: "", bytes: bytes)]
        return JSONTree.read(bytes, state: &scratch)
    }

    /// A frame by name; nil where the file has none, or one that is no frame, which is reported.
    func frame(_ name: String, _ state: inout ReadingState) -> Frame? {
        guard let member = tree.member(name, of: root), tree.nodes[member].kind == .object else { return nil }
        guard let inner = tree.member("_object", of: member), tree.nodes[inner].kind == .text else {
            state.report(.pandapipesFrame, at: tree.range(member).lowerBound, name)
            return nil
        }
        let bytes = tree.utf8(inner)
        var scratch = ReadingState()
        scratch.sources = [SourceText(path: "", bytes: bytes)]
        guard let split = JSONTree.read(bytes, state: &scratch), let columns = split.member("columns", of: 0),
            let index = split.member("index", of: 0), let data = split.member("data", of: 0)
        else {
            state.report(.pandapipesFrame, at: tree.range(inner).lowerBound, name)
            return nil
        }
        var frame = Frame(name: name, offset: tree.range(inner).lowerBound)
        for (position, column) in split.children(of: columns).enumerated() { frame.columns[split.plainText(column) ?? ""] = position }
        var cursor = EscapeCursor(bytes: tree.bytes, at: tree.range(inner).lowerBound)
        for (label, row) in zip(split.children(of: index), split.children(of: data)) {
            let start = cursor.place(of: split.range(row).lowerBound)
            let cells = split.children(of: row).map { cell in
                let first = cursor.place(of: split.range(cell).lowerBound)
                return Cell(value: Self.value(cell, split), range: first..<cursor.place(of: split.range(cell).upperBound))
            }
            frame.rows.append(Row(index: split.number(label).flatMap { Int(exactly: $0) } ?? -1, cells: cells, offset: start))
        }
        return frame
    }

    private static func value(_ node: Int, _ tree: JSONTree) -> Value {
        switch tree.nodes[node].kind {
        case .number: tree.number(node).map { .number($0) } ?? .empty
        case .text: tree.string(node).map { .text($0) } ?? .empty
        case .flag: .flag(tree.flag(node) ?? false)
        case .null, .object, .array: .empty
        }
    }
}

/// Finds bytes of a text with its escapes undone in the text as written, going forward.
private struct EscapeCursor {
    let bytes: [UInt8]
    /// The byte in the file.
    var at: Int
    /// The byte in the undone text.
    private var undone = 0

    init(bytes: [UInt8], at: Int) {
        self.bytes = bytes
        self.at = at
    }

    /// The byte in the file that stands for a byte of the undone text, which is not before the last asked for.
    mutating func place(of offset: Int) -> Int {
        while undone < offset, at < bytes.count {
            if bytes[at] != UInt8(ascii: "\\") {
                at += 1
                undone += 1
            } else if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") {
                let code = bytes[min(at + 2, bytes.count)..<min(at + 6, bytes.count)].reduce(0) { $0 << 4 | (Character(Unicode.Scalar($1)).hexDigitValue ?? 0) }
                at += 6
                // A pair of surrogates gives four bytes, half of them each.
                undone += code < 0x80 ? 1 : code < 0x800 || (0xD800..<0xE000).contains(code) ? 2 : 3
            } else {
                at += 2
                undone += 1
            }
        }
        return min(at, bytes.count)
    }
}
