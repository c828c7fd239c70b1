import NetworkModel
import Spreadsheets

/// Writes a document as a workbook: a sheet a table, with the format's own names, so that it reads back equal.
public enum WorkbookDocument {
    /// The bytes of the workbook.
    ///
    /// - Throws: ``WriteFailure`` with `path` where the file cannot be made.
    public static func write(_ document: Document, path: String) throws(WriteFailure) -> [UInt8] {
        var sheets: [SheetContent] = []
        for table in Schema.equitherm1.names where document[table].rowCount > 0 {
            let cells = TableCells(table: document[table], pool: document.pool)
            let fields = cells.fields
            sheets.append(
                SheetContent(
                    name: table.rawValue, columns: fields.map { SheetContent.Column(name: cells.table.schema.fields[$0].name) },
                    rowCount: cells.table.rowCount
                ) { row in
                    fields.map { cell(cells, $0, row) }
                })
        }
        let manifest = document[.manifest]
        do throws(WorkbookWriteFailure) {
            return try WorkbookWriter.bytes(sheets, title: manifest.rowCount > 0 ? document.text(manifest.texts("title")[0]) : "")
        } catch {
            throw WriteFailure(path: path, reason: .system(error.reason))
        }
    }

    private static func cell(_ cells: TableCells, _ field: Int, _ row: Int) -> SheetContent.Cell {
        guard cells.has(field, row) else { return .empty }
        switch cells.table.columns[field] {
        case .texts(let values): return .text(String(decoding: cells.pool.utf8(values[row]), as: UTF8.self))
        case .numbers(let values): return .number(values[row])
        case .flags(let values): return .flag(values[row] ?? false)
        case .points(let values):
            return .text(values[row].map { "\(NumberText.shortest($0.first)):\(NumberText.shortest($0.second))" }.joined(separator: ";"))
        }
    }
}
