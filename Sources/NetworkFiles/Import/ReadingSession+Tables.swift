import NetworkModel
import Spreadsheets

/// Networks and tables in workbooks and in folders without a document.
extension ReadingSession {
    /// A table as text with its name, from a sheet or a file.
    private struct Part {
        /// The name that says which table it is.
        var name: String
        /// What messages call it.
        var path: String
        var bytes: [UInt8]
    }

    /// Reads a network from the sheets of a workbook.
    mutating func readWorkbook(_ file: FileBytes, skipping: Set<TableName>) {
        note(file)
        record.format = "XLSX"
        readParts(sheets(of: file), of: file.file.path, skipping)
    }

    /// Reads a network from tables in files; a workbook among them gives all its sheets.
    mutating func readTableFiles(_ paths: [String], skipping: Set<TableName>) throws(ReadFailure) {
        var files: [FileBytes] = []
        for path in paths { files.append(try FileBytes.read(path)) }
        readTableFiles(files, skipping: skipping)
    }

    /// Reads a network from the bytes of such files.
    mutating func readTableFiles(_ files: [FileBytes], skipping: Set<TableName>) {
        record.format = "CSV"
        var parts: [Part] = []
        for file in files {
            if WorkbookReader.recognises(file.bytes) {
                note(file)
                parts += sheets(of: file)
            } else if let bytes = take(file) {
                // Taken in to judge its encoding; the part stands for it from here on.
                state.sources.removeLast()
                parts.append(Part(name: Self.stem(file.file.path), path: file.file.path, bytes: bytes))
            }
        }
        readParts(parts, of: files.first?.file.path ?? "", skipping)
    }

    /// Reads one table from a workbook: the sheet of that name, or the only one whose headings fit.
    mutating func readTable(_ table: TableName, workbook file: FileBytes) {
        note(file)
        record.format = record.format.isEmpty ? "XLSX" : record.format
        let parts = sheets(of: file)
        let named = parts.filter { HeadingCatalogue.equitherm1.table(named: $0.name) == table }
        let fitting = named.isEmpty ? parts.filter { recognition($0, table).isComplete } : named
        let chosen = fitting.isEmpty && parts.count == 1 ? parts : fitting
        guard chosen.count == 1 else {
            let location = SourceLocation(file: file.file.path, line: 1)
            if let first = chosen.first {
                let arguments = [first.path, chosen[1].path, table.rawValue]
                state.log.report(Problem(.sheetTwice, arguments: arguments, location: location))
            } else if !state.log.hasErrors || !parts.isEmpty {
                state.log.report(Problem(.noTable, arguments: [parts.map(\.name).joined(separator: ", ")], location: location))
            }
            return
        }
        record.unused += parts.filter { $0.path != chosen[0].path }.map(\.path)
        read(chosen[0], table)
    }

    // MARK: Steps

    private mutating func readParts(_ parts: [Part], of path: String, _ skipping: Set<TableName>) {
        var places: [TableName: String] = [:]
        for part in parts {
            guard let table = table(of: part) else {
                record.unused.append(part.path)
                continue
            }
            if skipping.contains(table) { continue }
            if let other = places[table] {
                state.log.report(
                    Problem(.sheetTwice, arguments: [other, part.path, table.rawValue], location: SourceLocation(file: part.path, line: 1)))
                continue
            }
            places[table] = part.path
            read(part, table)
        }
        if places.isEmpty && !state.log.hasErrors {
            let names = parts.map(\.name).joined(separator: ", ")
            state.log.report(Problem(.noTable, arguments: [names], location: SourceLocation(file: path, line: 1)))
        }
        if document[.manifest].rowCount == 0 { addManifest() }
    }

    private mutating func read(_ part: Part, _ table: TableName) {
        state.sources.append(SourceText(path: part.path, bytes: part.bytes))
        CSVReader.read(part.bytes, table: table, into: &document, state: &state)
        if document.schema[table].shape != .rows && document[table].rowCount > 1 {
            state.log.report(Problem(.oneRow, arguments: [table.rawValue], location: SourceLocation(file: part.path, line: 1)))
        }
    }

    /// The table that a part is: by its name, else by its headings where they fit one table better than all others.
    private mutating func table(of part: Part) -> TableName? {
        if let named = HeadingCatalogue.equitherm1.table(named: part.name) { return named }
        var best: (table: TableName, columns: Int)?
        var isTied = false
        for table in Schema.equitherm1.names where document.schema[table].shape == .rows && document.schema[table].hasRequiredFields {
            let found = recognition(part, table)
            guard found.isComplete, found.columns >= 2 else { continue }
            isTied = found.columns == best?.columns
            if found.columns > best?.columns ?? 0 { best = (table, found.columns) }
        }
        return isTied ? nil : best?.table
    }

    private mutating func recognition(_ part: Part, _ table: TableName) -> (columns: Int, isComplete: Bool) {
        state.sources.append(SourceText(path: part.path, bytes: part.bytes))
        defer { state.sources.removeLast() }
        return CSVReader.recognition(part.bytes, table: table, schema: document.schema, state: &state)
    }

    /// The sheets that hold anything; those that are hidden are named as not used.
    private mutating func sheets(of file: FileBytes) -> [Part] {
        let path = file.file.path
        let location = SourceLocation(file: path, line: 1)
        do throws(WorkbookReadFailure) {
            var parts: [Part] = []
            for sheet in try WorkbookReader.sheets(file.bytes) {
                let name = "\(path)[\(sheet.name)]"
                if sheet.isHidden {
                    record.unused.append(name)
                } else if sheet.csv.contains(where: { $0 != 10 }) {
                    parts.append(Part(name: sheet.name, path: name, bytes: sheet.csv))
                    for cell in sheet.uncomputed {
                        state.log.report(
                            Problem(.uncomputedFormula, severity: .warning, arguments: [cell, sheet.name], location: SourceLocation(file: name, line: 1)))
                    }
                }
            }
            return parts
        } catch {
            switch error {
            case .damaged(let part): state.log.report(Problem(.badWorkbook, arguments: [part], location: location))
            case .tooLarge(let part): state.log.report(Problem(.largeWorkbook, arguments: [part], location: location))
            }
            return []
        }
    }

    /// Says which format the document follows, for inputs that cannot say it themselves.
    mutating func addManifest(title: String? = nil) {
        var filler = TableFiller(document.schema[.manifest], in: &state)
        filler.beginRow(at: 0, &state)
        for (name, text) in [("format", document.schema.format), ("title", title ?? "")] where !text.isEmpty {
            guard let field = document.schema[.manifest].position(of: name), filler.claim(field, at: 0, &state) else { continue }
            let bytes = Array(text.utf8)
            filler.add(bytes.span, to: field, at: 0..<0, &state)
        }
        filler.endRow(isWhole: true, &state)
        var table = filler.finish(source: max(state.sources.count - 1, 0), &state)
        if state.sources.isEmpty { (table.source, table.rowOffsets) = (nil, []) }
        document[.manifest] = table
    }

    private static func stem(_ path: String) -> String {
        let name = DocumentReader.fileName(path)
        return name.lowercased().hasSuffix(".csv") ? String(name.dropLast(4)) : name
    }
}
