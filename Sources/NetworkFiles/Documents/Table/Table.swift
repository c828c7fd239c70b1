import NetworkModel

/// One table of a ``Document``: columns of cells in the units of the file, and where each row stands.
public struct Table: Sendable {
    /// What its fields mean.
    public let schema: TableSchema
    /// Number of rows.
    public internal(set) var rowCount = 0
    /// The cells, by the position of the field in the schema; columns that no row gives are empty.
    var columns: [Cells]
    /// Which of the document's sources it was read from; nil for a table made in code.
    var source: Int?
    /// Byte at which each row starts in that source; empty for a table made in code.
    var rowOffsets: [UInt32] = []
    /// For CSV: the file's column of each field, −1 where it has none.
    var csvColumns: [Int] = []

    /// The cells of one column.
    enum Cells: Sendable {
        case texts([Symbol])
        case numbers([Double])
        case flags([Bool?])
        case points([[TablePoint]])
    }

    /// An empty table.
    init(_ schema: TableSchema) {
        self.schema = schema
        columns = schema.fields.map { field in
            switch field.type.storage {
            case .texts: .texts([])
            case .numbers: .numbers([])
            case .flags: .flags([])
            case .points: .points([])
            }
        }
    }

    /// The numbers (also whole numbers) of a field. The field must be one of the schema's numeric fields.
    public func numbers(_ field: String) -> NumberColumn {
        guard case .numbers(let values) = columns[position(of: field)] else { preconditionFailure("\(field) holds no numbers") }
        return NumberColumn(values: values)
    }

    /// The texts (also ids, references and choices) of a field. The field must be one of the schema's text fields.
    public func texts(_ field: String) -> SymbolColumn {
        guard case .texts(let values) = columns[position(of: field)] else { preconditionFailure("\(field) holds no texts") }
        return SymbolColumn(values: values)
    }

    /// The flags of a field. The field must be one of the schema's flags.
    public func flags(_ field: String) -> FlagColumn {
        guard case .flags(let values) = columns[position(of: field)] else { preconditionFailure("\(field) holds no flags") }
        return FlagColumn(values: values)
    }

    /// The lists of pairs of a field. The field must be one of the schema's points fields.
    public func points(_ field: String) -> PointsColumn {
        guard case .points(let values) = columns[position(of: field)] else { preconditionFailure("\(field) holds no points") }
        return PointsColumn(values: values)
    }

    private func position(of field: String) -> Int {
        guard let position = schema.position(of: field) else {
            preconditionFailure("table \(schema.name.rawValue) has no field \(field)")
        }
        return position
    }
}

/// One cell, for code that writes documents row by row.
public enum Cell: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    case absent
    case text(String)
    case number(Double)
    case flag(Bool)
    case points([TablePoint])

    /// A text written in source code.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A number written in source code.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A whole number written in source code.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// A flag written in source code.
    public init(booleanLiteral value: Bool) { self = .flag(value) }
    /// A number where there is one.
    public init(_ value: Double?) { self = value.map(Cell.number) ?? .absent }
    /// A whole number where there is one.
    public init(_ value: Int?) { self = value.map { .number(Double($0)) } ?? .absent }
    /// A text where there is one.
    public init(_ value: String?) { self = value.map(Cell.text) ?? .absent }
}
