import Foundation
import NetworkModel
import Spreadsheets

/// One document being read from its several files.
struct ReadingSession {
    var document: Document
    var state = ReadingState()
    private var inputs: [InputFile] = []
    /// What an importer has to say.
    var record = ImportRecord()
    /// Tables that the main file says stand elsewhere.
    private var links: [JSONReader.Link] = []

    /// Begins a document of a format.
    init(_ schema: Schema = .equitherm1) { document = Document(schema: schema) }

    /// Reads the JSON document.
    mutating func readMain(_ file: FileBytes) {
        guard let bytes = take(file) else { return }
        links = JSONReader.read(bytes, into: &document, state: &state)
    }

    /// Reads a table from a CSV file or a workbook, in place of one that the document has.
    mutating func readTable(_ table: TableName, _ file: FileBytes) {
        if WorkbookReader.recognises(file.bytes) { return readTable(table, workbook: file) }
        guard let bytes = take(file) else { return }
        CSVReader.read(bytes, table: table, into: &document, state: &state)
    }

    /// Reads the tables that the document names, and those found beside it.
    mutating func readTables(beside folder: String, findsTables: Bool, skipping: Set<TableName>) {
        var paths: [TableName: String] = [:]
        for link in links where !skipping.contains(link.table) {
            if link.path.hasPrefix("/") || link.path.split(separator: "/").contains("..") {
                reportLink(.tableFileOutside, link, [link.table.rawValue, link.path])
            } else if DocumentReader.join(folder, link.path) == inputs.first?.path {
                reportLink(.tableFileItself, link, [link.table.rawValue, link.path])
            } else {
                paths[link.table] = DocumentReader.join(folder, link.path)
            }
        }
        if findsTables { findTables(in: folder, &paths, skipping) }
        for table in document.schema.names {
            guard let path = paths[table] else { continue }
            do throws(ReadFailure) {
                readTable(table, try FileBytes.read(path))
            } catch {
                reportMissing(table, path, error)
            }
        }
    }

    /// Tables named elsewhere, in a document that has no elsewhere.
    mutating func refuseLinks() {
        for link in links { reportLink(.tableFileOutside, link, [link.table.rawValue, link.path]) }
    }

    /// Judges the document as a whole and gives it.
    mutating func finish() -> DocumentReader.Reading {
        document.sources = state.sources
        document.pool = state.pool
        IdentifierCheck.run(on: document, log: &state.log)
        record.mappings = state.mappings
        return DocumentReader.Reading(document: document, problems: state.log, inputs: inputs, imported: record)
    }

    // MARK: Steps

    /// Notes a file that was read.
    mutating func note(_ file: FileBytes) {
        inputs.append(file.file)
        if file.changedWhileRead { state.log.report(Problem(.changedWhileRead, location: SourceLocation(file: file.file.path, line: 1))) }
    }

    /// Takes a file in: digest, encoding, sources. Nil where it is no text.
    mutating func take(_ file: FileBytes) -> [UInt8]? {
        note(file)
        let decoded = TextDecoding.decode(file.bytes)
        let source = SourceText(path: file.file.path, bytes: decoded.bytes)
        state.sources.append(source)
        for problem in decoded.problems {
            state.log.report(
                Problem(
                    problem.code, severity: problem.severity, arguments: problem.arguments,
                    location: source.location(at: problem.offset)))
        }
        return decoded.isUnreadable ? nil : decoded.bytes
    }

    /// Finds the tables of a folder network. A `network.json` that holds tables itself is a whole document, and the CSV files
    /// around it are something else (`balance` writes one among its results).
    private mutating func findTables(in folder: String, _ paths: inout [TableName: String], _ skipping: Set<TableName>) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        let isWhole = document.schema.names.contains { document.schema[$0].shape == .rows && document[$0].source != nil }
        for name in names.sorted() where name.hasSuffix(".csv") && !name.hasPrefix(".") {
            let path = DocumentReader.join(folder, name)
            let location = SourceLocation(file: path, line: 1)
            let table = document.schema.table(named: String(name.dropLast(4))).flatMap { document.schema[$0].shape == .rows ? $0 : nil }
            if let table, skipping.contains(table) || paths[table] == path { continue }
            if isWhole {
                if table == .roster && document[.roster].source == nil && paths[.roster] == nil {
                    state.log.report(Problem(.tableNotNamed, severity: .warning, arguments: [name, "roster"], location: location))
                }
            } else if let table {
                if paths[table] != nil {
                    state.log.report(Problem(.tableTwice, arguments: [table.rawValue, name], location: location))
                }
                paths[table] = path
            } else if !paths.values.contains(path) {
                let hint = Suggestion.text(for: name, in: document.schema.names.lazy.map { $0.rawValue + ".csv" })
                state.log.report(Problem(.unknownTableFile, severity: .warning, arguments: [name, hint], location: location))
            }
        }
    }

    private mutating func reportLink(_ code: ProblemCode, _ link: JSONReader.Link, _ arguments: [String]) {
        let location = state.sources.first?.location(at: link.offset)
        state.log.report(Problem(code, field: link.table.rawValue, arguments: arguments, location: location))
    }

    private mutating func reportMissing(_ table: TableName, _ path: String, _ failure: ReadFailure) {
        guard case .unreadable(_, let reason) = failure else { return }
        if let link = links.first(where: { $0.table == table }) {
            reportLink(.tableFileMissing, link, [table.rawValue, link.path, reason])
        } else {
            let location = SourceLocation(file: path, line: 1)
            state.log.report(Problem(.tableFileMissing, arguments: [table.rawValue, path, reason], location: location))
        }
    }
}
