import NetworkModel

/// Reads a document of the format from a JSON file or a folder of CSV tables.
public enum DocumentReader {
    /// What came of reading.
    public struct Reading: Sendable {
        /// What could be read; to be trusted only where ``problems`` holds no error, but complete enough to judge the rest.
        public var document: Document
        /// All errors and warnings of the text itself: syntax, names, types, ranges.
        public var problems: ProblemLog
        /// The files read, with their digests.
        public var inputs: [InputFile]
    }

    /// Reads `path` (a `.json` document, a folder with `network.json`, or that `network.json`); `roster` replaces the roster
    /// of the document.
    ///
    /// - Throws: ``ReadFailure`` when a file cannot be read at all; everything wrong inside is in ``Reading/problems``.
    public static func read(_ path: String, roster: String? = nil) throws(ReadFailure) -> Reading {
        preconditionFailure("being written")
    }
}

/// Why nothing came of reading.
public enum ReadFailure: Error, Sendable {
    /// A file cannot be read (missing, no permission, a folder where a file is expected): exit code 66.
    case unreadable(path: String, reason: String)
    /// The input is wrong: exit code 65. Holds every problem and the texts to quote.
    case invalid([Problem], sources: [SourceText])
}

/// A file that was read.
public struct InputFile: Hashable, Sendable {
    /// The path as the user gave it, or relative to what he gave.
    public var path: String
    /// SHA-256 of its bytes, in hexadecimal.
    public var sha256: String
    /// Its size.
    public var byteCount: Int
}
