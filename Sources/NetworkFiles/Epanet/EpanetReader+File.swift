import NetworkModel

extension EpanetReader {
    /// What came of reading a file whose network can be used.
    public struct File: Sendable {
        /// The network.
        public var network: EpanetNetwork
        /// What is doubtful but does not forbid using it, encoding included.
        public var warnings: [Problem]
        /// What was left out on purpose, said without alarm.
        public var notes: [Problem]
        /// The file read, with its digest.
        public var input: InputFile
        /// Its text, for messages that quote it.
        public var source: SourceText
    }

    /// Reads an EPANET input file in UTF-8, UTF-16 or GB18030.
    ///
    /// - Throws: the file cannot be read (``ReadFailure/unreadable(path:reason:)``), or what it says is wrong, with every problem.
    public static func read(path: String) throws(ReadFailure) -> File {
        try read(FileBytes.read(path))
    }

    /// Reads an EPANET input file from bytes in memory; `name` stands for the file in messages.
    public static func parse(_ bytes: [UInt8], name: String = "network.inp") throws(ReadFailure) -> File {
        try read(
            FileBytes(
                bytes: bytes, file: InputFile(path: name, sha256: SHA256.digest(bytes), byteCount: bytes.count),
                changedWhileRead: false))
    }

    /// Reads an EPANET input file whose bytes are at hand.
    public static func read(_ file: FileBytes) throws(ReadFailure) -> File {
        let decoded = TextDecoding.decode(file.bytes)
        let source = SourceText(path: file.file.path, bytes: decoded.bytes)
        var problems = decoded.problems.map { problem in
            Problem(
                problem.code, severity: problem.severity, arguments: problem.arguments,
                location: source.location(at: problem.offset))
        }
        if file.changedWhileRead {
            problems.append(Problem(.changedWhileRead, location: SourceLocation(file: source.path, line: 1)))
        }
        let reading = decoded.isUnreadable ? Reading(network: nil, problems: [], notes: []) : read(source)
        problems += reading.problems
        guard let network = reading.network, problems.allSatisfy({ $0.severity != .error }) else {
            throw .invalid(problems, sources: [source])
        }
        return File(network: network, warnings: problems, notes: reading.notes, input: file.file, source: source)
    }
}
