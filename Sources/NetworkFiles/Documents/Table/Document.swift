import NetworkModel

/// A network as its file writes it: columnar tables with values in the units of the file, and the place of every row.
///
/// Nothing is expanded or converted here; equal documents give equal files in either encoding.
public struct Document: Sendable {
    /// The format it follows.
    public let schema: Schema
    /// The files it was read from, the first being the document itself; empty for one made in code.
    public internal(set) var sources: [SourceText] = []
    /// The distinct texts of all tables.
    public internal(set) var pool = TextPool()
    private var tables: [Table]

    /// An empty document of the format.
    public init(schema: Schema = .equitherm1) {
        self.schema = schema
        tables = TableName.allCases.map { Table(schema[$0]) }
    }

    /// A table; one that the file does not have is empty.
    public internal(set) subscript(name: TableName) -> Table {
        _read { yield tables[name.position] }
        _modify { yield &tables[name.position] }
    }

    /// The text of a symbol; empty for ``Symbol/absent``.
    public func text(_ symbol: Symbol) -> String { pool.text(symbol) }

    /// The symbol of a text; nil where the document does not have it.
    public func symbol(for text: String) -> Symbol? { pool.symbol(for: text) }

    /// The id of a row of a table that has ids.
    public func id(_ table: TableName, _ row: Int) -> ElementID? {
        guard self[table].schema.position(of: "id") != nil else { return nil }
        let symbol = self[table].texts("id")[row]
        return symbol.isAbsent ? nil : ElementID(text(symbol))
    }

    /// Adds a row; cells not given stay empty. Fields must be fields of the table and cells of the type of the field.
    ///
    /// - Returns: the position of the row.
    @discardableResult
    public mutating func append(to table: TableName, _ cells: KeyValuePairs<String, Cell>) -> Int {
        let row = self[table].rowCount
        self[table].rowCount += 1
        for (field, cell) in cells { set(table, row, field, cell) }
        return row
    }

    /// Writes a cell. The field must be a field of the table and the cell of the type of the field.
    public mutating func set(_ table: TableName, _ row: Int, _ field: String, _ cell: Cell) {
        guard let position = schema[table].position(of: field) else {
            preconditionFailure("table \(table.rawValue) has no field \(field)")
        }
        let symbol: Symbol
        if case .text(let text) = cell { symbol = pool.intern(text) } else { symbol = .absent }
        self[table].set(position, row, cell, symbol)
    }

    /// Where a cell, or a row, stands; nil for a document made in code.
    ///
    /// - Complexity: O(length of the row + lines since the last index mark); meant for messages, not for loops.
    public func location(_ table: TableName, row: Int, field: String? = nil) -> SourceLocation? {
        let table = self[table]
        guard let source = table.source, row < table.rowOffsets.count else { return nil }
        return sources[source].location(of: table, row: row, field: field)
    }

    /// A problem with a row of a table, with its element and place filled in.
    public func problem(
        _ code: ProblemCode, severity: Severity = .error, table: TableName, row: Int, field: String? = nil,
        arguments: [String] = []
    ) -> Problem {
        Problem(
            code, severity: severity, element: id(table, row).map { ElementReference(kind: table.rawValue, id: $0) },
            field: field, arguments: arguments, location: location(table, row: row, field: field))
    }
}

extension Table {
    /// Writes a cell; `symbol` is the interned text of a text cell.
    mutating func set(_ position: Int, _ row: Int, _ cell: Cell, _ symbol: Symbol) {
        if case .absent = cell { return }
        // Taken out and put back, so that the array is held once and grows in place.
        var column = Cells.flags([])
        swap(&column, &columns[position])
        defer { swap(&column, &columns[position]) }
        if column.set(row, cell, symbol) { return }
        preconditionFailure("field \(schema.fields[position].name) does not hold \(cell)")
    }
}

extension Table.Cells {
    /// Writes a cell of the column's own kind; false for one of another kind.
    fileprivate mutating func set(_ row: Int, _ cell: Cell, _ symbol: Symbol) -> Bool {
        switch cell {
        case .absent: return true
        case .text:
            guard case .texts(var values) = consume self else {
                self = .flags([])
                return false
            }
            while values.count <= row { values.append(.absent) }
            values[row] = symbol
            self = .texts(values)
        case .number(let number):
            guard case .numbers(var values) = consume self else {
                self = .flags([])
                return false
            }
            while values.count <= row { values.append(.nan) }
            values[row] = number
            self = .numbers(values)
        case .flag(let flag):
            guard case .flags(var values) = consume self else {
                self = .flags([])
                return false
            }
            while values.count <= row { values.append(nil) }
            values[row] = flag
            self = .flags(values)
        case .points(let points):
            guard case .points(var values) = consume self else {
                self = .flags([])
                return false
            }
            while values.count <= row { values.append([]) }
            values[row] = points
            self = .points(values)
        }
        return true
    }
}
