import Foundation
import NetworkModel

/// Ids must differ, and should differ by more than case or Unicode form.
enum IdentifierCheck {
    /// Judges the ids of all tables that have any.
    ///
    /// - Complexity: O(ids) on average.
    static func run(on document: Document, log: inout ProblemLog) {
        for table in document.schema.tables where document[table.name].rowCount > 1 {
            guard table.position(of: "id") != nil else { continue }
            let ids = document[table.name].texts("id")
            reportDuplicates(ids, table.name, document, &log)
            reportSimilar(ids, table.name, document, &log)
        }
    }

    private static func reportDuplicates(
        _ ids: SymbolColumn, _ table: TableName, _ document: Document, _ log: inout ProblemLog
    ) {
        var firstRow = [Int32](repeating: -1, count: document.pool.count)
        for row in ids.values.indices where !ids[row].isAbsent {
            let symbol = ids[row].position
            if firstRow[symbol] < 0 {
                firstRow[symbol] = Int32(row)
            } else if log.isFull(.duplicateID) {
                log.report(Problem(.duplicateID))
            } else {
                report(.duplicateID, .error, table, row, Int(firstRow[symbol]), [document.text(ids[row]), table.rawValue], document, &log)
            }
        }
    }

    private static func reportSimilar(
        _ ids: SymbolColumn, _ table: TableName, _ document: Document, _ log: inout ProblemLog
    ) {
        // Folded spelling → first row that has it. ASCII folds byte by byte; the rest by canonical lower case.
        var folded = TextPool()
        var firstRow: [Int32] = []
        var buffer: [UInt8] = []
        for row in ids.values.indices where !ids[row].isAbsent && !log.isFull(.similarID) {
            fold(document.pool, ids[row], into: &buffer)
            let symbol = folded.intern(buffer.span)
            if symbol.position == firstRow.count {
                firstRow.append(Int32(row))
            } else if case let first = Int(firstRow[symbol.position]), ids[first] != ids[row] {
                let names = [document.text(ids[row]), document.text(ids[first])]
                report(.similarID, .warning, table, row, first, names, document, &log)
            }
        }
    }

    private static func fold(_ pool: TextPool, _ symbol: Symbol, into buffer: inout [UInt8]) {
        buffer.removeAll(keepingCapacity: true)
        var isASCII = true
        for byte in pool.utf8(symbol) {
            isASCII = isASCII && byte < 128
            buffer.append(byte >= 65 && byte <= 90 ? byte | 32 : byte)
        }
        if !isASCII {
            buffer = Array(pool.text(symbol).precomposedStringWithCompatibilityMapping.lowercased().utf8)
        }
    }

    private static func report(
        _ code: ProblemCode, _ severity: Severity, _ table: TableName, _ row: Int, _ first: Int, _ arguments: [String],
        _ document: Document, _ log: inout ProblemLog
    ) {
        let line = document.location(table, row: first).map { String($0.line) } ?? "#\(first + 1)"
        log.report(
            document.problem(code, severity: severity, table: table, row: row, field: "id", arguments: arguments + [line]))
    }
}
