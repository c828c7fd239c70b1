import Foundation
import NetworkModel

/// Ids must differ, and should differ by more than case or Unicode form.
struct IdentifierCheck {
    private let document: Document
    private let table: TableName
    private let ids: SymbolColumn

    /// Judges the ids of all tables that have any.
    ///
    /// - Complexity: O(ids) on average.
    static func run(on document: Document, log: inout ProblemLog) {
        for table in document.schema.tables where document[table.name].rowCount > 1 && table.position(of: "id") != nil {
            let check = IdentifierCheck(document: document, table: table.name, ids: document[table.name].texts("id"))
            check.reportDuplicates(&log)
            check.reportSimilar(&log)
        }
    }

    private func reportDuplicates(_ log: inout ProblemLog) {
        var rows = SymbolMap(symbolCount: document.pool.count)
        for row in ids.values.indices where !ids[row].isAbsent {
            if rows.insert(ids[row], row) { continue }
            if log.isFull(.duplicateID) {
                log.report(Problem(.duplicateID))
            } else if let first = rows[ids[row]] {
                report(.duplicateID, .error, row, first, [document.text(ids[row]), table.rawValue], &log)
            }
        }
    }

    private func reportSimilar(_ log: inout ProblemLog) {
        // ASCII case: the pool knows. Other scripts: by their folded text, which may look like an ASCII id too.
        guard document.pool.hasLookAlikes || document.pool.hasOtherScripts else { return }
        var firstRow: [Symbol: Int] = [:]
        var firstRowOfFolded: [String: Int] = [:]
        for row in ids.values.indices where !ids[row].isAbsent && !log.isFull(.similarID) {
            var elder = ids[row]
            if let folded = folded(ids[row]) {
                let bytes = Array(folded.utf8)
                guard let twin = document.pool.lookAlike(of: bytes.span) else {
                    compare(row, &firstRowOfFolded[folded], &log)
                    continue
                }
                elder = twin
            }
            compare(row, &firstRow[document.pool.elder(of: elder)], &log)
        }
    }

    private func compare(_ row: Int, _ first: inout Int?, _ log: inout ProblemLog) {
        guard let earlier = first else {
            first = row
            return
        }
        if ids[earlier] == ids[row] { return }
        report(.similarID, .warning, row, earlier, [document.text(ids[row]), document.text(ids[earlier])], &log)
    }

    /// A text that is not ASCII in compatibility form and small letters; nil for ASCII.
    private func folded(_ symbol: Symbol) -> String? {
        guard document.pool.utf8(symbol).contains(where: { $0 >= 128 }) else { return nil }
        return document.pool.text(symbol).precomposedStringWithCompatibilityMapping.lowercased()
    }

    private func report(
        _ code: ProblemCode, _ severity: Severity, _ row: Int, _ first: Int, _ arguments: [String], _ log: inout ProblemLog
    ) {
        let line = document.location(table, row: first).map { String($0.line) } ?? "#\(first + 1)"
        log.report(
            document.problem(code, severity: severity, table: table, row: row, field: "id", arguments: arguments + [line]))
    }
}
