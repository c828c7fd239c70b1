import Foundation

/// The tables of a study as one SQLite file, for those who query.
enum StudyDatabase {
    /// Columns of texts; everything else is a number.
    private static let textColumns: Set<String> = [
        "block", "policy", "remedies", "outage", "time", "status", "reason", "reason_zh", "bottleneck", "id", "zone", "building", "output", "factor",
        "kind", "month",
    ]

    /// Writes the tables, each read row by row from its CSV file; false where that fails, with no file left.
    static func write(_ tables: [(name: String, path: String)], to path: String) -> Bool {
        try? FileManager.default.removeItem(atPath: path)
        guard fill(tables, path) else {
            try? FileManager.default.removeItem(atPath: path)
            return false
        }
        return true
    }

    /// SQLite's names differ in more than case; ids of zones and factors need not.
    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.map { name in
            var unique = name
            while !seen.insert(unique.lowercased()).inserted { unique += "_" }
            return unique
        }
    }

    private static func fill(_ tables: [(name: String, path: String)], _ path: String) -> Bool {
        guard var database = Database(path) else { return false }
        for table in tables {
            guard var rows = RowReader(table.path) else { return false }
            defer { rows.close() }
            let columns = distinct(rows.header)
            let isNumber = rows.header.map { !textColumns.contains($0) }
            guard database.begin(table.name, columns, isNumber: isNumber) else { return false }
            while let cells = rows.next() {
                guard cells.count == columns.count, database.add(cells, isNumber: isNumber) else { return false }
            }
        }
        return database.finish()
    }
}
