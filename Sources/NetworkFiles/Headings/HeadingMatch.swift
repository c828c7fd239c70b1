import NetworkModel

/// What the columns of a table, or the attributes of its features, were taken for; everything an importer decided.
public struct ImportMapping: Hashable, Sendable {
    /// A heading and what it was taken for.
    public struct Entry: Hashable, Sendable {
        /// The heading as written.
        public var heading: String
        /// The field, or fields, of the format.
        public var field: String
        /// How numbers were converted (`km → m`), or which unit was taken for granted; empty where there is nothing to say.
        public var unit: String
    }

    /// A heading that was not used.
    public struct Unused: Hashable, Sendable {
        /// The heading as written.
        public var heading: String
        /// The nearest heading that would have been; empty where none is near.
        public var nearest: String
    }

    /// The file, with the sheet of a workbook.
    public var file: String
    /// The table of the format that it became.
    public var table: TableName
    /// Rows read.
    public var rows = 0
    /// What was used.
    public var used: [Entry] = []
    /// What was not.
    public var unused: [Unused] = []
    /// Words of choices that were taken for the format's, such as `报停 → closed`, in the order they were met.
    public var words: [String] = []
}

/// A column of a utility's own table, matched with a field.
struct ForeignColumn: Sendable {
    /// The position of the field.
    var field: Int
    /// What numbers are multiplied with.
    var factor = 1.0
    /// The format's words for those of the table.
    var words: [String: String] = [:]
    /// Letters that may stand around a whole number (`DN150`, `3单元`).
    var affixes: [String] = []
    /// For floor and door in one number: the field of the door.
    var door: Int?
}

/// Matches headings with the fields of a table: the format's own names first, then those of the catalogue.
struct HeadingMatcher {
    let schema: TableSchema
    private let catalogue = HeadingCatalogue.equitherm1
    /// The mapping so far.
    var mapping: ImportMapping
    /// The columns that need more than their field.
    private(set) var columns: [Int: ForeignColumn] = [:]
    /// The first heading that was taken for each field.
    private var taken: [String: String] = [:]
    /// Whether any heading is not the format's own.
    private(set) var isForeign = false
    /// Whether rows may differ in their headings, as features do; then a row that gives a field twice is judged by itself.
    private let isByRow: Bool

    init(_ schema: TableSchema, file: String, isByRow: Bool = false) {
        self.schema = schema
        self.isByRow = isByRow
        mapping = ImportMapping(file: file, table: schema.name)
    }

    /// What a heading may mean here.
    private func meanings(_ heading: String) -> (cut: HeadingUnit.Cut, list: [HeadingCatalogue.Meaning]) {
        let cut = HeadingUnit.cut(heading)
        // A whole heading may be known with what looks like a unit in it (`node 1`).
        let whole = catalogue.meanings(of: HeadingCatalogue.plain(heading), in: schema.name)
        if !whole.isEmpty { return (HeadingUnit.Cut(name: heading, unit: nil), whole) }
        let plain = HeadingCatalogue.plain(cut.name)
        var list = catalogue.meanings(of: plain, in: schema.name)
        // `Length_M` whole, `Length (mm)` without its unit.
        if list.isEmpty, let own = catalogue.ownName(HeadingCatalogue.plain(heading), in: schema.name) ?? catalogue.ownName(plain, in: schema.name) {
            list = [.field(own)]
        }
        return (cut, list)
    }

    /// Whether a heading means anything in this table.
    func recognises(_ heading: String) -> Bool {
        schema.position(of: heading) != nil || !heading.isEmpty && !meanings(heading).list.isEmpty
    }

    /// Matches one heading; gives the position of its field, −1 where it is not used.
    mutating func match(_ heading: String, column: Int, at offset: Int, _ state: inout ReadingState) -> Int {
        if let own = schema.position(of: heading) { return claim(heading, own, unit: "", at: offset, &state) ? own : -1 }
        let (cut, list) = meanings(heading)
        guard let meaning = list.first else { return -1 }
        isForeign = true
        if list.count > 1 {
            state.report(.ambiguousHeading, at: offset, field: heading, quoted(heading), list.map(name).joined(separator: ", "))
            return -1
        }
        switch meaning {
        case .room: return matchRoom(heading, column, at: offset, &state)
        case .field(let name):
            guard let position = schema.position(of: name), let unit = unitFactor(cut, schema.fields[position], heading, at: offset, &state)
            else { return -1 }
            guard claim(heading, position, unit: unit.text, at: offset, &state) else { return -1 }
            let words = catalogue.words(of: name, in: schema.name)
            let affixes = Self.affixes(name)
            if unit.factor != 1 || !words.isEmpty || !affixes.isEmpty {
                columns[column] = ForeignColumn(field: position, factor: unit.factor, words: words, affixes: affixes)
            }
            return position
        }
    }

    /// Gives up a column that was matched: something else says the same better.
    mutating func drop(_ field: String) -> String? {
        guard let heading = taken.removeValue(forKey: field) else { return nil }
        mapping.used.removeAll { $0.heading == heading }
        mapping.unused.append(ImportMapping.Unused(heading: heading, nearest: ""))
        return heading
    }

    /// The heading taken for a field.
    func heading(of field: String) -> String? { taken[field] }

    /// Notes a heading that means nothing here.
    mutating func noteUnused(_ heading: String) {
        let candidates = schema.fields.lazy.map(\.name).filter { [taken] in taken[$0] == nil }
        mapping.unused.append(
            ImportMapping.Unused(
                heading: Quoting.quote(Array(heading.utf8)[...]), nearest: NearestName.nearest(to: heading, in: candidates) ?? ""))
    }

    // MARK: Steps

    private func name(_ meaning: HeadingCatalogue.Meaning) -> String {
        switch meaning {
        case .field(let name): name
        case .room: "floor + door"
        }
    }

    private func quoted(_ heading: String) -> String { Quoting.quote(Array(heading.utf8)[...]) }

    private mutating func claim(_ heading: String, _ position: Int, unit: String, at offset: Int, _ state: inout ReadingState) -> Bool {
        let field = schema.fields[position].name
        if let earlier = taken[field], !isByRow {
            state.report(.headingTwice, at: offset, field: field, quoted(earlier), quoted(heading), field)
            return false
        }
        taken[field] = heading
        mapping.used.append(ImportMapping.Entry(heading: quoted(heading), field: field, unit: unit))
        return true
    }

    private mutating func matchRoom(_ heading: String, _ column: Int, at offset: Int, _ state: inout ReadingState) -> Int {
        guard let floor = schema.position(of: "floor"), let door = schema.position(of: "door") else { return -1 }
        if let earlier = taken["floor"] ?? taken["door"], !isByRow {
            state.report(.headingTwice, at: offset, field: "floor", quoted(earlier), quoted(heading), "floor + door")
            return -1
        }
        taken["floor"] = heading
        taken["door"] = heading
        mapping.used.append(ImportMapping.Entry(heading: quoted(heading), field: "floor + door", unit: "501 = 5, 1"))
        columns[column] = ForeignColumn(field: floor, affixes: ["室", "号", "房", "#"], door: door)
        return floor
    }

    /// How numbers under a heading become those of the field; nil, with a problem, where they cannot.
    private func unitFactor(
        _ cut: HeadingUnit.Cut, _ field: Field, _ heading: String, at offset: Int, _ state: inout ReadingState
    ) -> (factor: Double, text: String)? {
        let wanted: String
        switch field.type {
        case .number(let unit, _): wanted = unit
        case .integer: wanted = field.name == "dn" ? "mm" : "1"
        default: return (1, "")
        }
        // A setting counts what its valve counts: turns, presets or per cent as they stand.
        if field.name == "setting" { return (1, cut.unit ?? "") }
        guard let unit = cut.unit else { return (1, wanted == "1" || field.name == "dn" ? "" : "= \(wanted)") }
        if let factor = HeadingUnit.factor(from: unit, to: wanted, field: field.name) {
            return (factor, factor == 1 ? wanted == "1" ? "" : wanted : "\(unit) → \(wanted)")
        }
        if HeadingUnit.size(of: unit) != nil {
            state.report(.headingUnit, at: offset, field: field.name, quoted(heading), unit, field.name, wanted)
            return nil
        }
        if wanted != "1" {
            state.report(.headingUnitUnknown, severity: .warning, at: offset, field: field.name, quoted(heading), quoted(unit), wanted)
        }
        return (1, wanted == "1" ? "" : "= \(wanted)")
    }

    /// What may stand around whole numbers.
    private static func affixes(_ field: String) -> [String] {
        switch field {
        case "dn": ["DN", "Dn", "dn", "mm"]
        case "unit", "units": ["单元", "#", "号"]
        case "floor", "floors": ["楼", "层", "F", "f"]
        case "door", "dwellings_per_floor": ["室", "号", "户", "门", "#"]
        default: []
        }
    }
}
