import NetworkModel

/// Writes a document as GeoJSON: what has a place as features, with every field of its row as an attribute, and the other tables as
/// a document in the member `equitherm`. Reading it back gives an equal document.
public enum GeoJSONWriter {
    /// Tables whose rows are points.
    private static let points: [TableName] = [.nodes, .sources, .substations, .buildings]
    /// Tables whose rows are lines.
    private static let lines: [TableName] = [.trenches, .pipes]

    /// The text of the file, and how many rows of the drawn tables have no place.
    ///
    /// - Complexity: O(cells).
    public static func write(_ document: Document) -> (bytes: [UInt8], unplaced: Int) {
        let manifest = document[.manifest]
        var text = GeoJSONText(title: manifest.rowCount > 0 ? document.text(manifest.texts("title")[0]) : "")
        let places = Places(document)
        var unplaced = 0
        for table in points + lines {
            let cells = TableCells(table: document[table], pool: document.pool)
            for row in 0..<cells.table.rowCount {
                let geometry = lines.contains(table) ? places.line(document, table, row) : places.point(document, table, row)
                if geometry.isEmpty { unplaced += 1 }
                text.add(geometry, properties(cells, row, isPlaced: !geometry.isEmpty && points.contains(table)))
            }
        }
        var own = JSONWriter(document)
        own.write(tables: Schema.equitherm1.names.filter { !points.contains($0) && !lines.contains($0) })
        return (text.finished(own: own.bytes), unplaced)
    }

    /// The cells of a row; its place stands in the geometry.
    private static func properties(_ cells: TableCells, _ row: Int, isPlaced: Bool) -> [(name: String, value: GeoJSONText.Value)] {
        var list: [(name: String, value: GeoJSONText.Value)] = [("table", .text(cells.table.schema.name.rawValue))]
        for field in cells.fields where cells.has(field, row) {
            let name = cells.table.schema.fields[field].name
            if isPlaced && (name == "x_m" || name == "y_m") { continue }
            switch cells.table.columns[field] {
            case .texts(let values): list.append((name, .text(String(decoding: cells.pool.utf8(values[row]), as: UTF8.self))))
            case .numbers(let values): list.append((name, .number(values[row])))
            case .flags(let values): list.append((name, .flag(values[row] ?? false)))
            case .points(let values): list.append((name, .points(values[row])))
            }
        }
        return list
    }

    /// Where the names of a document stand.
    private struct Places {
        private var known: [String: MapPoint] = [:]

        init(_ document: Document) {
            for table in points {
                let rows = document[table]
                let (ids, x, y) = (rows.texts("id"), rows.numbers("x_m"), rows.numbers("y_m"))
                let at = rows.schema.position(of: "at") == nil ? nil : rows.texts("at")
                for row in 0..<rows.rowCount {
                    guard let east = x[row], let north = y[row] else { continue }
                    for symbol in [ids[row], at?[row] ?? .absent] where !symbol.isAbsent {
                        let name = document.text(symbol)
                        if known[name] == nil { known[name] = MapPoint(x: east, y: north) }
                    }
                }
            }
        }

        func point(_ document: Document, _ table: TableName, _ row: Int) -> [MapPoint] {
            guard let x = document[table].numbers("x_m")[row], let y = document[table].numbers("y_m")[row] else { return [] }
            return [MapPoint(x: x, y: y)]
        }

        func line(_ document: Document, _ table: TableName, _ row: Int) -> [MapPoint] {
            let ends = ["from", "to"].compactMap { place(document.text(document[table].texts($0)[row])) }
            return ends.count == 2 ? ends : []
        }

        private func place(_ name: String) -> MapPoint? {
            if let place = known[name] { return place }
            for tail in ["/supply", "/return"] where name.hasSuffix(tail) { return known[String(name.dropLast(tail.count))] }
            return nil
        }
    }
}
