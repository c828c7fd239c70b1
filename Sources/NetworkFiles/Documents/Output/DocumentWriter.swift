import NetworkModel

/// Writes documents in either encoding; reading them back gives an equal document.
public enum DocumentWriter {
    /// Writes a document: one JSON file where `path` ends in `.json`, else a folder of CSV tables, which a byte order mark tells
    /// spreadsheet programs to be UTF-8.
    ///
    /// - Throws: ``WriteFailure``; then nothing has changed.
    public static func write(_ document: Document, to path: String, marksByteOrder: Bool = false) throws(WriteFailure) {
        if path.lowercased().hasSuffix(".json") {
            try AtomicFile.write(json(document), to: path)
        } else {
            var files = folder(document)
            for position in files.indices where marksByteOrder && files[position].name.hasSuffix(".csv") {
                files[position].prepend([0xEF, 0xBB, 0xBF])
            }
            try ResultDirectory.write(files, to: path)
        }
    }

    /// The document as one JSON text: keys in the order of the schema, one row a line, shortest round-trip numbers.
    public static func json(_ document: Document) -> [UInt8] {
        var writer = JSONWriter(document)
        writer.write(tables: document.schema.names)
        return writer.bytes
    }

    /// The document as a folder: `network.json` with what has one row, and `TABLE.csv` for each table that has any.
    public static func folder(_ document: Document) -> [OutputFile] {
        var writer = JSONWriter(document)
        writer.write(tables: document.schema.names.filter { document.schema[$0].shape != .rows })
        var files = [OutputFile(name: "network.json", bytes: writer.bytes)]
        for table in document.schema.names where document.schema[table].shape == .rows && document[table].rowCount > 0 {
            files.append(OutputFile(name: table.rawValue + ".csv", bytes: csv(document, table)))
        }
        return files
    }

    /// A table as CSV (RFC 4180 with LF line ends): a column for every field that any row gives.
    ///
    /// Nothing is neutralised here: a network file must read back as it was; only result files guard against formulas.
    public static func csv(_ document: Document, _ table: TableName) -> [UInt8] {
        CSVWriter(document, table).bytes()
    }
}
