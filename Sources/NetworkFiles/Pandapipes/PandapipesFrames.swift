import NetworkModel

/// The tables of a pandapipes file: data frames, each a JSON text inside the JSON text (`to_json`, orient "split").
struct PandapipesFrames {
    /// A data frame. Its cells are read from its text when they are asked for: two hundred thousand rows of fourteen cells each would
    /// take ten times their text.
    struct Frame {
        /// Its name in the file.
        var name: String
        /// The position of each column.
        var columns: [String: Int] = [:]
        /// Its rows.
        var rows: Rows
        /// Where it starts in the file.
        var offset: Int
    }

    /// The rows of a frame.
    struct Rows: RandomAccessCollection {
        /// The frame's text, unpacked from that of the file.
        fileprivate let split: JSONTree
        /// The text of the file.
        fileprivate let file: [UInt8]
        fileprivate var places: [RowPlace] = []

        var startIndex: Int { 0 }
        var endIndex: Int { places.count }
        subscript(position: Int) -> Row {
            let place = places[position]
            return Row(index: Int(place.index), offset: Int(place.offset), start: split.start(place.row), cells: Array(split.children(of: place.row)))
        }
    }

    /// Where a row stands, and its index.
    fileprivate struct RowPlace {
        var row: JSONTree.Node
        /// Its first byte in the file.
        var offset: UInt32
        var index: Int32
    }

    /// A row of a frame.
    struct Row {
        /// Its index, by which other frames name it.
        var index: Int
        /// Where it starts in the file.
        var offset: Int
        /// Where it starts in the frame's text.
        fileprivate var start: Int
        /// Its cells, in the order of the columns.
        fileprivate var cells: [JSONTree.Node]
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
    private let root: JSONTree.Node

    /// Finds the tables of a file; nil, with a problem, where it holds none.
    init?(_ tree: JSONTree, state: inout ReadingState) {
        self.tree = tree
        guard let object = tree.member("_object", of: tree.root), tree.kind(object) == .object else {
            state.report(.pandapipesShape, at: 0)
            return nil
        }
        root = object
    }

    /// All members, one after the other: a file may have a million.
    var members: JSONChildren { tree.children(of: root) }

    /// The name of a member.
    func name(of member: JSONTree.Node) -> String { tree.key(member) }

    /// The objects inside texts under names, such as all pumps under `std_types`, `pump`, by their own names.
    func objects(_ path: String...) -> [String: JSONTree.Node] {
        var node = root
        for name in path {
            guard let next = tree.member(name, of: node) else { return [:] }
            node = next
        }
        guard tree.kind(node) == .object else { return [:] }
        var found: [String: JSONTree.Node] = [:]
        for child in tree.children(of: node) { found[tree.key(child)] = child }
        return found
    }

    /// The text of a member; nil where it is none.
    func text(_ name: String) -> String? { tree.member(name, of: root).flatMap { tree.string($0) } }

    /// The first byte of a member.
    func offset(_ name: String) -> Int { tree.member(name, of: root).map { tree.start($0) } ?? 0 }

    /// The object inside the text of a member.
    func object(_ name: String) -> JSONTree? { tree.member(name, of: root).flatMap { object(at: $0) } }

    /// The object inside the text of a value.
    func object(at node: JSONTree.Node) -> JSONTree? {
        guard let inner = tree.member("_object", of: node), tree.kind(inner) == .text else { return nil }
        var scratch = ReadingState()
        let bytes = tree.utf8(inner)
        scratch.sources = [SourceText(path: "", bytes: bytes)]
        return JSONTree.read(bytes, state: &scratch)
    }

    /// A frame by name; nil where the file has none, or one that is no frame, which is reported.
    func frame(_ name: String, _ state: inout ReadingState) -> Frame? {
        tree.member(name, of: root).flatMap { frame(name, at: $0, &state) }
    }

    /// The frame that a member is; nil where it is none, which is reported for an object.
    func frame(_ name: String, at member: JSONTree.Node, _ state: inout ReadingState) -> Frame? {
        guard tree.kind(member) == .object else { return nil }
        guard let inner = tree.member("_object", of: member), tree.kind(inner) == .text else {
            state.report(.pandapipesFrame, at: tree.start(member), name)
            return nil
        }
        let bytes = tree.utf8(inner)
        var scratch = ReadingState()
        scratch.sources = [SourceText(path: "", bytes: bytes)]
        guard let split = JSONTree.read(bytes, state: &scratch), let columns = split.member("columns", of: split.root),
            let index = split.member("index", of: split.root), let data = split.member("data", of: split.root)
        else {
            state.report(.pandapipesFrame, at: tree.start(inner), name)
            return nil
        }
        var frame = Frame(name: name, rows: Rows(split: split, file: tree.bytes), offset: tree.start(inner))
        for (position, column) in split.children(of: columns).prefix(TextLimits.columns).enumerated() { frame.columns[split.plainText(column) ?? ""] = position }
        var cursor = EscapeCursor(bytes: tree.bytes, at: tree.range(inner).lowerBound)
        for (label, row) in zip(split.children(of: index), split.children(of: data)) {
            let offset = UInt32(truncatingIfNeeded: cursor.place(of: split.start(row)))
            let own = split.number(label).flatMap { Int32(exactly: $0) } ?? -1
            frame.rows.places.append(RowPlace(row: row, offset: offset, index: own))
        }
        return frame
    }
}

extension PandapipesFrames.Frame {
    /// The cell of a row by the name of its column; nil where the frame has no such column.
    private func cell(_ column: String, _ row: PandapipesFrames.Row) -> JSONTree.Node? {
        columns[column].flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil }
    }

    /// What a cell holds; nil where the frame has no such column.
    subscript(column: String, row: PandapipesFrames.Row) -> PandapipesFrames.Value? {
        guard let cell = cell(column, row) else { return nil }
        let split = rows.split
        return switch split.kind(cell) {
        case .number: split.number(cell).map { .number($0) } ?? .empty
        case .text: split.string(cell).map { .text($0) } ?? .empty
        case .flag: .flag(split.flag(cell) ?? false)
        case .null, .object, .array: .empty
        }
    }

    /// A number; nil where the cell is empty or holds something else.
    func number(_ column: String, _ row: PandapipesFrames.Row) -> Double? {
        guard case .number(let number) = self[column, row] else { return nil }
        return number
    }

    /// A text; nil where the cell is empty. A number stands for its digits.
    func text(_ column: String, _ row: PandapipesFrames.Row) -> String? {
        switch self[column, row] {
        case .text(let text): text.isEmpty ? nil : text
        case .number(let number): NumberText.shortest(number)
        default: nil
        }
    }

    /// Where a cell stands in the file.
    func range(_ column: String, _ row: PandapipesFrames.Row) -> Range<Int>? {
        guard let cell = cell(column, row) else { return nil }
        let range = rows.split.range(cell)
        var cursor = EscapeCursor(bytes: rows.file, at: row.offset, undone: row.start)
        let start = cursor.place(of: range.lowerBound)
        return start..<cursor.place(of: range.upperBound)
    }
}

/// Finds bytes of a text with its escapes undone in the text as written, going forward.
private struct EscapeCursor {
    let bytes: [UInt8]
    /// The byte in the file.
    var at: Int
    /// The byte in the undone text.
    private var undone: Int

    init(bytes: [UInt8], at: Int, undone: Int = 0) {
        self.bytes = bytes
        self.at = at
        self.undone = undone
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
