/// The names of a table's fields as JSON nests them: `secondary.pump.head_kpa` is a key in an object in an object.
struct KeyTree {
    /// A key of one object.
    struct Entry {
        var name: [UInt8]
        /// The field it is; −1 where it is only an object.
        var field: Int
        /// The object it opens; −1 where it opens none.
        var group: Int
        /// The key that followed it last time: rows of a file name their fields in one order.
        var successor: Int
    }

    /// Keys by object; 0 is the row itself.
    private(set) var groups: [[Entry]] = [[]]
    /// Dotted path of each object, for messages.
    private(set) var paths: [String] = [""]

    init(_ schema: TableSchema) {
        for (position, field) in schema.fields.enumerated() {
            var group = 0
            var names = field.name.split(separator: ".").map(String.init)
            let last = names.removeLast()
            for name in names { group = openGroup(name, in: group) }
            groups[group].append(Entry(name: Array(last.utf8), field: position, group: -1, successor: groups[group].count + 1))
        }
    }

    private mutating func openGroup(_ name: String, in parent: Int) -> Int {
        let bytes = Array(name.utf8)
        if let entry = groups[parent].first(where: { $0.name == bytes && $0.group >= 0 }) { return entry.group }
        groups.append([])
        paths.append(paths[parent] + name + ".")
        let group = groups.count - 1
        if let existing = groups[parent].firstIndex(where: { $0.name == bytes }) {
            groups[parent][existing].group = group
        } else {
            groups[parent].append(Entry(name: bytes, field: -1, group: group, successor: groups[parent].count + 1))
        }
        return group
    }

    /// The entry of a key, looked for first where it followed `previous` before; −1 where there is none.
    @inline(__always)
    mutating func find(_ key: Span<UInt8>, in group: Int, after previous: inout Int) -> Int {
        let count = groups[group].count
        let guess = previous < 0 ? 0 : groups[group][previous].successor
        if guess < count && matches(key, group, guess) {
            previous = guess
            return guess
        }
        for entry in 0..<count where matches(key, group, entry) {
            if previous >= 0 { groups[group][previous].successor = entry }
            previous = entry
            return entry
        }
        return -1
    }

    @inline(__always)
    private func matches(_ key: Span<UInt8>, _ group: Int, _ entry: Int) -> Bool {
        guard groups[group][entry].name.count == key.count else { return false }
        for position in key.indices where groups[group][entry].name[position] != key[position] { return false }
        return true
    }
}
