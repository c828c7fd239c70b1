/// What utilities' own headings mean, from ``HeadingText``.
struct HeadingCatalogue: Sendable {
    /// What a heading may stand for.
    enum Meaning: Hashable, Sendable {
        /// A field.
        case field(String)
        /// Floor and door in one number: 501 is door 1 on floor 5.
        case room
    }

    /// Meanings by table and plain heading.
    private var meanings: [TableName: [String: [Meaning]]] = [:]
    /// Words of choices: by table and field, the format's word of each plain word.
    private var words: [TableName: [String: [String: String]]] = [:]
    /// Tables by the plain names of sheets and files.
    private var tables: [String: TableName] = [:]

    /// The format's own names by table and plain form, whole and without their units, in the order of the fields.
    private var own: [TableName: [String: String]] = [:]

    /// The catalogue for the format.
    static let equitherm1 = HeadingCatalogue(HeadingText.lines, schema: .equitherm1)

    /// Reads the catalogue's text; a line of one table stands before one for all tables.
    init(_ text: String, schema: Schema) {
        for table in Schema.equitherm1.names { tables[Self.plain(table.rawValue)] = table }
        for table in schema.names {
            var names: [String: String] = [:]
            for field in schema[table].fields {
                for form in [field.name, HeadingUnit.cut(field.name).name].map(Self.plain) where names[form] == nil { names[form] = field.name }
            }
            own[table] = names
        }
        let lines = text.split(separator: "\n").compactMap { line -> (String, [String])? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let entries = line[line.index(after: colon)...].split(separator: ",").map { Self.plain(String($0)) }
            return (line[..<colon].withoutBlanks, entries.filter { !$0.isEmpty })
        }
        // Headings of one table are taken before those of all tables, so that they may differ.
        for (key, entries) in lines where !key.hasPrefix("*") { add(key, entries, schema) }
        for (key, entries) in lines where key.hasPrefix("*") { add(key, entries, schema) }
    }

    private mutating func add(_ key: String, _ entries: [String], _ schema: Schema) {
        if key == "@room" { return addRoom(entries, schema) }
        if key.hasPrefix("=") { return addWords(key.dropFirst(), entries, schema) }
        guard let dot = key.firstIndex(of: ".") else {
            if let table = TableName(rawValue: key) { for entry in entries where tables[entry] == nil { tables[entry] = table } }
            return
        }
        let fields = key[key.index(after: dot)...].split(separator: "|").map(String.init)
        let isGeneral = key.hasPrefix("*")
        for table in isGeneral ? Schema.equitherm1.names : [TableName(rawValue: String(key[..<dot]))].compactMap({ $0 }) {
            let known = fields.filter { schema[table].position(of: $0) != nil }
            guard known.count == fields.count else { continue }
            for entry in entries where !isGeneral || meanings[table]?[entry] == nil {
                meanings[table, default: [:]][entry] = known.map { .field($0) }
            }
        }
    }

    private mutating func addRoom(_ entries: [String], _ schema: Schema) {
        for table in Schema.equitherm1.names where schema[table].position(of: "floor") != nil && schema[table].position(of: "door") != nil {
            for entry in entries { meanings[table, default: [:]][entry] = [.room] }
        }
    }

    private mutating func addWords(_ key: Substring, _ entries: [String], _ schema: Schema) {
        let parts = key.split(separator: ".").map(String.init)
        guard parts.count == 3 else { return }
        for table in Schema.equitherm1.names where parts[0] == "*" || parts[0] == table.rawValue {
            guard case .choice(let choices)? = schema[table].field(parts[1])?.type, choices.contains(parts[2]) else { continue }
            for entry in entries { words[table, default: [:]][parts[1], default: [:]][entry] = parts[2] }
        }
    }

    /// The field whose own name a heading is in another spelling.
    func ownName(_ heading: String, in table: TableName) -> String? { own[table]?[heading] }

    /// What a plain heading means in a table: nothing, one thing, or several.
    func meanings(of heading: String, in table: TableName) -> [Meaning] { meanings[table]?[heading] ?? [] }

    /// The format's words for the words of a choice.
    func words(of field: String, in table: TableName) -> [String: String] { words[table]?[field] ?? [:] }

    /// The table that a sheet or a file means by its name.
    func table(named name: String) -> TableName? { tables[Self.plain(name)] }

    /// What of ASCII does not count, beside blanks and control characters.
    private static let ignored = Set("_-:.,;*#'\"".utf8)

    /// A heading or word without what does not count: case, width, blanks, underscores, punctuation.
    static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.value < 128 {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                if byte > 32, byte < 127, !Self.ignored.contains(byte) {
                    plain.append(byte &- 65 < 26 ? Unicode.Scalar(byte | 32) : scalar)
                }
                continue
            }
            // Full-width forms of ASCII (U+FF01…U+FF5E) stand 0xFEE0 above it.
            let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            guard let narrow = Unicode.Scalar(value) else { continue }
            switch narrow.properties.generalCategory {
            case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .connectorPunctuation, .dashPunctuation: continue
            default: break
            }
            if ":：.,、;；*#'\"。".unicodeScalars.contains(narrow) { continue }
            plain.append(contentsOf: narrow.properties.lowercaseMapping.unicodeScalars)
        }
        return String(plain)
    }
}

extension Substring {
    /// The text without blanks around it.
    var withoutBlanks: String {
        var text = self
        while let first = text.unicodeScalars.first, first.properties.isWhitespace { text.unicodeScalars.removeFirst() }
        while let last = text.unicodeScalars.last, last.properties.isWhitespace { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
