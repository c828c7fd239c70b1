import NetworkModel

/// Finds the row of a document that an element of the expanded network comes from.
final class ProblemOwners {
    private let document: Document
    /// First row of each symbol in a column that was asked for: a hundred thousand problems look there.
    private var firstRows: [TableName: [String: SymbolMap]] = [:]

    init(_ document: Document) { self.document = document }

    /// The problem with the file and line of the row that its element comes from.
    func placed(_ problem: Problem) -> Problem {
        guard problem.location == nil, let element = problem.element, let (table, row) = row(of: element) else { return problem }
        var placed = problem
        let field = problem.field.flatMap { document[table].schema.field($0)?.name }
        placed.location = document.location(table, row: row, field: field)
        return placed
    }

    /// Whether the reader has said the same already: ids that look alike, a number of the file outside its usual range.
    func wasJudged(_ problem: Problem) -> Bool {
        if problem.code == .lookalikeID, let element = problem.element, let name = TableName(rawValue: element.kind) {
            return exactRow(name, element.id.text) != nil
        }
        guard problem.code == .implausible, let element = problem.element, let field = problem.field,
            let name = TableName(rawValue: element.kind), let schema = document[name].schema.field(field),
            case .number = schema.type
        else { return false }
        if name == .design { return document[name].numbers(field)[0] != nil }
        guard let row = exactRow(name, element.id.text) else { return false }
        return document[name].numbers(field)[row] != nil
    }

    /// The row of an element's own table, or of the compact form whose id its own begins with.
    private func row(of element: ElementReference) -> (TableName, Int)? {
        if let name = TableName(rawValue: element.kind) {
            if name == .design || name == .defaults { return document[name].rowCount > 0 ? (name, 0) : nil }
            if let row = exactRow(name, element.id.text) { return (name, row) }
        }
        var text = Substring(element.id.text)
        while true {
            for name in Self.compact { if let row = exactRow(name, String(text)) { return (name, row) } }
            for (name, field) in Self.standing {
                if let symbol = document.symbol(for: String(text)), let row = firstRow(name, field, symbol) { return (name, row) }
            }
            guard let slash = text.lastIndex(of: "/") else { return nil }
            text = text[..<slash]
        }
    }

    private static let compact: [TableName] = [.nodes, .trenches, .sources, .substations, .buildings, .terminals]
    private static let standing: [(TableName, String)] = [
        (.sources, "at"), (.substations, "at"), (.buildings, "at"), (.terminals, "at"), (.trenches, "to"), (.trenches, "from"),
    ]

    private func exactRow(_ name: TableName, _ text: String) -> Int? {
        guard document[name].rowCount > 0, document[name].schema.position(of: "id") != nil,
            let symbol = document.symbol(for: text)
        else { return nil }
        return firstRow(name, "id", symbol)
    }

    private func firstRow(_ name: TableName, _ field: String, _ symbol: Symbol) -> Int? {
        if firstRows[name]?[field] == nil {
            let column = document[name].texts(field)
            var rows = SymbolMap(symbolCount: document.pool.count)
            for row in 0..<document[name].rowCount { _ = rows.insert(column[row], row) }
            firstRows[name, default: [:]][field] = rows
        }
        return firstRows[name]?[field]?[symbol]
    }
}
