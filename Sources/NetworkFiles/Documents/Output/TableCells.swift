/// The cells of a table for a writer.
struct TableCells {
    let table: Table
    let pool: TextPool

    /// Fields that any row gives, in the order of the schema.
    var fields: [Int] { table.schema.fields.indices.filter { field in (0..<table.rowCount).contains { has(field, $0) } } }

    /// Whether a cell holds anything.
    func has(_ field: Int, _ row: Int) -> Bool {
        switch table.columns[field] {
        case .texts(let values): row < values.count && !values[row].isAbsent
        case .numbers(let values): row < values.count && !values[row].isNaN
        case .flags(let values): row < values.count && values[row] != nil
        case .points(let values): row < values.count && !values[row].isEmpty
        }
    }
}
