import NetworkModel

/// The one description of a format: it drives both readers, both writers, validation, suggestions of names, the
/// JSON Schema file and the format reference.
public struct Schema: Sendable {
    /// What the `format` field of a document says.
    public let format: String
    /// What a document of the format is, for its JSON Schema.
    public let summary: String
    /// Its tables in the order writers use: some of ``TableName``, in that order, the manifest first.
    public let tables: [TableSchema]
    /// The same by ``TableName/position``; a table that the format does not have is without fields.
    private let byPosition: [TableSchema]

    /// Declares a format; `tables` must be in the order of ``TableName`` and begin with the manifest.
    init(format: String, summary: String, tables: [TableSchema]) {
        let positions = tables.map(\.name.position)
        precondition(positions.first == 0 && zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "tables in order")
        self.format = format
        self.summary = summary
        self.tables = tables
        var all = TableName.allCases.map { TableSchema($0, Documentation(en: "", zh: ""), []) }
        for table in tables { all[table.name.position] = table }
        byPosition = all
    }

    /// The description of a table; one without fields where the format does not have it.
    public subscript(name: TableName) -> TableSchema { byPosition[name.position] }

    /// The names of its tables, the manifest first.
    public var names: [TableName] { tables.map(\.name) }

    /// The table of a name in a file; nil for a name that is none of this format.
    func table(named name: String) -> TableName? {
        guard let table = TableName(rawValue: name), !self[table].fields.isEmpty else { return nil }
        return table
    }
}

/// The tables of a document; the raw value is the key in JSON and the file name without `.csv` in a folder.
public enum TableName: String, CaseIterable, Hashable, Sendable {
    case manifest, design, defaults, zones, nodes, pipes, trenches, valves, pumps, sources, substations, terminals
    case buildings
    case floorPlans = "floor_plans"
    case dwellings, couplings, roster, settings
    case catalogueValves = "catalogue_valves"
    case cataloguePipes = "catalogue_pipes"
    case catalogueEmitters = "catalogue_emitters"
    case catalogueEnvelopes = "catalogue_envelopes"
    // Tables of studies.
    case draws, factors, policies, remedies, outages, weather
    case breakEvens = "break_evens"

    /// Its place among all tables.
    public var position: Int { Self.positions[self] ?? 0 }
    private static let positions = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))
}

/// The description of one table.
public struct TableSchema: Sendable {
    /// Its name.
    public let name: TableName
    /// How many rows it has and where they stand.
    public let shape: Shape
    /// Its fields in the order writers use.
    public let fields: [Field]
    /// One line for people.
    public let documentation: Documentation
    /// The position of each field by name.
    private let positions: [String: Int]

    /// How many rows a table has and where they stand in a JSON document.
    public enum Shape: Hashable, Sendable {
        /// One row, spread over the document itself (`format`, `title`, …).
        case document
        /// One row, an object under the table's name.
        case object
        /// Any number of rows, an array of objects or a CSV file.
        case rows
    }

    /// Declares a table of groups of fields, a type-checker's bite each; field names must be distinct.
    init(_ name: TableName, _ documentation: Documentation, shape: Shape = .rows, _ groups: [Field]...) {
        let fields = groups.flatMap { $0 }
        self.name = name
        self.shape = shape
        self.fields = fields
        self.documentation = documentation
        positions = Dictionary(uniqueKeysWithValues: zip(fields.map(\.name), 0...))
    }

    /// Whether every row must give something.
    var hasRequiredFields: Bool { fields.contains(where: \.isRequired) }

    /// The position of a field in ``fields``; nil for a name that is none.
    public func position(of field: String) -> Int? { positions[field] }

    /// A field by name; nil for a name that is none.
    public func field(_ name: String) -> Field? { positions[name].map { fields[$0] } }
}
