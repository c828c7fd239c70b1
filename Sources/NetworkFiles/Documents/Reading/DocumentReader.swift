import Foundation
import NetworkModel

/// Reads a document of the format from a JSON file or a folder of CSV tables.
public enum DocumentReader {
    /// What came of reading.
    public struct Reading: Sendable {
        /// What could be read; to be trusted only where ``problems`` holds no error, but complete enough to judge the rest:
        /// a required cell that is empty, or a value that is missing, has been reported already.
        public var document: Document
        /// All errors and warnings of the text itself: syntax, names, types, ranges, ids.
        public var problems: ProblemLog
        /// The files read, with their digests.
        public var inputs: [InputFile]
        /// What an importer took for what; empty for the format's own files.
        public var imported = ImportRecord()

        /// The problems by place.
        public var sortedProblems: [Problem] { problems.sorted(files: document.sources.map(\.path)) }
    }

    /// Reads a network: a JSON document of the format or a folder of tables with `network.json`; or, told by content, a workbook
    /// of tables, a folder of tables without `network.json`, GeoJSON, or pandapipes JSON. `roster`, a CSV file or a workbook, stands in
    /// for the roster of the network. `snap` is how far apart ends of GeoJSON lines may lie to be one place, m.
    ///
    /// - Throws: ``ReadFailure/unreadable(path:reason:)`` when the document itself or `roster` cannot be read; everything
    ///   wrong inside is in ``Reading/problems``.
    public static func read(_ path: String, roster: String? = nil, snap: Double = GeoJSONReader.defaultSnap) throws(ReadFailure) -> Reading {
        let isFolder = FileBytes.isFolder(path)
        let main = isFolder ? join(path, "network.json") : path
        var session = ReadingSession()
        if isFolder, !FileManager.default.fileExists(atPath: main), let tables = tableFiles(in: path) {
            let rosterFile: FileBytes? = if let roster { try FileBytes.read(roster) } else { nil }
            try session.readTableFiles(tables, skipping: roster == nil ? [] : [.roster])
            if let rosterFile { session.readTable(.roster, rosterFile) }
            return session.finish()
        }
        let file = try FileBytes.read(main)
        let rosterFile: FileBytes? = if let roster { try FileBytes.read(roster) } else { nil }
        let skipping: Set<TableName> = roster == nil ? [] : [.roster]
        switch InputKind(file.bytes, name: main) {
        case .workbook: session.readWorkbook(file, skipping: skipping)
        case .table: try session.readTableFiles([main], skipping: skipping)
        case .geoJSON: session.readGeoJSON(file, snap: snap)
        case .pandapipes: session.readPandapipes(file)
        case .document:
            session.readMain(file)
            let hasTablesBeside = isFolder || fileName(main) == "network.json"
            session.readTables(beside: folder(of: main), findsTables: hasTablesBeside, skipping: skipping)
        }
        if let rosterFile { session.readTable(.roster, rosterFile) }
        return session.finish()
    }

    /// The tables of a folder that has no `network.json`; nil where there are none.
    private static func tableFiles(in folder: String) -> [String]? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let tables = names.sorted().filter { name in
            let lower = name.lowercased()
            return !name.hasPrefix(".") && !name.hasPrefix("~$") && (lower.hasSuffix(".csv") || lower.hasSuffix(".xlsx"))
        }
        return tables.isEmpty ? nil : tables.map { join(folder, $0) }
    }

    /// Reads a document from bytes in memory; tables in files of their own are not looked for. `name` stands for the
    /// file in messages.
    public static func parse(_ bytes: [UInt8], name: String = "network.json", snap: Double = GeoJSONReader.defaultSnap) -> Reading {
        var session = ReadingSession()
        let file = fileBytes(bytes, name)
        switch InputKind(bytes, name: name) {
        case .workbook: session.readWorkbook(file, skipping: [])
        case .geoJSON: session.readGeoJSON(file, snap: snap)
        case .pandapipes: session.readPandapipes(file)
        case .table: session.readTableFiles([file], skipping: [])
        case .document:
            session.readMain(file)
            session.refuseLinks()
        }
        return session.finish()
    }

    /// Reads a document of another format that is no network, JSON or a folder with `network.json`.
    ///
    /// - Throws: ``ReadFailure/unreadable(path:reason:)`` when the document itself cannot be read.
    public static func read(_ path: String, schema: Schema) throws(ReadFailure) -> Reading {
        let isFolder = FileBytes.isFolder(path)
        let main = isFolder ? join(path, "network.json") : path
        var session = ReadingSession(schema)
        session.readMain(try FileBytes.read(main))
        session.readTables(beside: folder(of: main), findsTables: isFolder, skipping: [])
        return session.finish()
    }

    /// Reads a document of another format from bytes in memory; tables in files of their own are not looked for.
    public static func parse(_ bytes: [UInt8], name: String, schema: Schema) -> Reading {
        var session = ReadingSession(schema)
        session.readMain(fileBytes(bytes, name))
        session.refuseLinks()
        return session.finish()
    }

    /// Reads one CSV table from bytes in memory; `name` stands for the file in messages.
    public static func parseTable(_ table: TableName, _ bytes: [UInt8], name: String) -> Reading {
        var session = ReadingSession(.equitherm1)
        session.readTable(table, fileBytes(bytes, name))
        return session.finish()
    }

    private static func fileBytes(_ bytes: [UInt8], _ name: String) -> FileBytes {
        FileBytes(
            bytes: bytes, file: InputFile(path: name, sha256: SHA256.digest(bytes), byteCount: bytes.count),
            changedWhileRead: false)
    }

    // Paths are shown as the user typed them, so they are joined and cut as texts.

    static func join(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    static func fileName(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? path
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
