import NetworkModel

/// The one description of a format: it drives both readers, both writers, validation, suggestions of names, the
/// JSON Schema file and the format reference.
public struct Schema: Sendable {
    /// What the `format` field of a document says.
    public let format: String
    /// Its tables in the order writers use, one for each ``TableName``.
    public let tables: [TableSchema]

    /// Declares a format; `tables` must hold one table for each name, in the order of ``TableName``.
    init(format: String, tables: [TableSchema]) {
        precondition(tables.map(\.name) == TableName.allCases, "one table for each name, in order")
        self.format = format
        self.tables = tables
    }

    /// The description of a table.
    public subscript(name: TableName) -> TableSchema { tables[name.position] }
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
