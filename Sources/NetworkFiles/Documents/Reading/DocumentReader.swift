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

        /// The problems by place.
        public var sortedProblems: [Problem] { problems.sorted(files: document.sources.map(\.path)) }
    }

    /// Reads `path` (a `.json` document, a folder with `network.json`, or that `network.json`); `roster`, a CSV file, stands
    /// in for the roster of the document.
    ///
    /// - Throws: ``ReadFailure/unreadable(path:reason:)`` when the document itself or `roster` cannot be read; everything
    ///   wrong inside is in ``Reading/problems``.
    public static func read(_ path: String, roster: String? = nil) throws(ReadFailure) -> Reading {
        let isFolder = FileBytes.isFolder(path)
        let main = isFolder ? join(path, "network.json") : path
        var session = ReadingSession()
        let file = try FileBytes.read(main)
        let rosterFile: FileBytes? = if let roster { try FileBytes.read(roster) } else { nil }
        session.readMain(file)
        let hasTablesBeside = isFolder || fileName(main) == "network.json"
        session.readTables(beside: folder(of: main), findsTables: hasTablesBeside, skipping: roster == nil ? [] : [.roster])
        if let rosterFile { session.readTable(.roster, rosterFile) }
        return session.finish()
    }

    /// Reads a document from bytes in memory; tables in files of their own are not looked for. `name` stands for the
    /// file in messages.
    public static func parse(_ bytes: [UInt8], name: String = "network.json") -> Reading {
        var session = ReadingSession()
        session.readMain(fileBytes(bytes, name))
        session.refuseLinks()
        return session.finish()
    }

    /// Reads one CSV table from bytes in memory; `name` stands for the file in messages.
    public static func parseTable(_ table: TableName, _ bytes: [UInt8], name: String) -> Reading {
        var session = ReadingSession()
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
