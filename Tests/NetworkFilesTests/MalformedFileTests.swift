import Foundation
import NetworkModel
import Testing

@testable import NetworkFiles

/// Every file of the folders beside `expected-files.csv`, read by the reader it is for, gives exactly the problems listed there.
@Suite struct MalformedFileTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var file: String
        /// The table that a lone CSV file is read as; empty where the file says what it is.
        var table: String
        var isRefused: Bool
        var codes: [String]
        var words: String
        var testDescription: String { file }
    }

    static let root = networksFolder() + "/malformed"
    /// One folder a reader; what lies in `folders` are folders themselves.
    static let readers = ["inp", "tables", "rosters", "folders", "workbooks", "maps", "pandapipes"]

    /// Rows `file;table;refused or accepted;codes;words`: no cell holds a semicolon, so that nothing of the readers under test is needed.
    static let samples: [Sample] = {
        guard let text = try? String(contentsOfFile: root + "/expected-files.csv", encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 5 else { return nil }
            return Sample(
                file: cells[0], table: cells[1], isRefused: cells[2] == "refused", codes: cells[3].split(separator: " ").map(String.init),
                words: cells[4])
        }
    }()

    /// What came of reading a sample.
    struct Outcome {
        var problems: [Problem] = []
        var sources: [SourceText] = []
        var isUsable = false

        init(_ file: String, as table: String) throws {
            let path = MalformedFileTests.root + "/" + file
            if file.hasPrefix("inp/") {
                do throws(ReadFailure) {
                    let read = try EpanetReader.read(path: path)
                    (problems, sources, isUsable) = (read.warnings, [read.source], true)
                } catch {
                    guard case .invalid(let all, let texts) = error else { throw error }
                    (problems, sources) = (all, texts)
                }
                return
            }
            let reading: DocumentReader.Reading
            if let name = TableName(rawValue: table) {
                reading = DocumentReader.parseTable(name, try FileBytes.read(path).bytes, name: path)
                (problems, sources, isUsable) = (reading.sortedProblems, reading.document.sources, !reading.problems.hasErrors)
                return
            }
            let isRoster = file.hasPrefix("rosters/")
            reading = try DocumentReader.read(isRoster ? networksFolder() + "/two-buildings.json" : path, roster: isRoster ? path : nil)
            let expansion = Expander.expand(reading.document)
            (problems, sources) = (reading.sortedProblems + expansion.problems, reading.document.sources)
            isUsable = !reading.problems.hasErrors && expansion.network != nil
        }

        /// Kinds in the order they are told; several of one kind in a row once.
        var kinds: [String] { problems.reduce(into: []) { if $0.last != $1.code.name { $0.append($1.code.name) } } }
    }

    @Test func everySampleIsListed() throws {
        let files = try Self.readers.flatMap { reader in
            try FileManager.default.contentsOfDirectory(atPath: Self.root + "/" + reader).map { reader + "/" + $0 }
        }
        #expect(Set(files) == Set(Self.samples.map(\.file)))
    }

    @Test(arguments: samples) func problemsAreThoseExpected(sample: Sample) throws {
        let outcome = try Outcome(sample.file, as: sample.table)
        #expect(outcome.kinds == sample.codes)
        #expect(outcome.isUsable != sample.isRefused)
        #expect(outcome.isUsable != outcome.problems.contains { $0.severity == .error })
        let english = ProblemRenderer(sources: outcome.sources).text(outcome.problems)
        #expect(sample.words.isEmpty == outcome.problems.isEmpty && (outcome.problems.isEmpty || english.contains(sample.words)), "\(english.prefix(800))")
        for problem in outcome.problems {
            for language in [Language.english, .chinese] {
                let words = problem.message(in: language) + problem.remedy(in: language)
                #expect(!problem.message(in: language).isEmpty && !problem.remedy(in: language).isEmpty, "\(problem.code.name)")
                // A place for an argument that was not given.
                #expect(!words.contains(/\{[0-9]\}/), "\(words)")
            }
            // Only what is missing from the whole has no place of its own.
            #expect(problem.location != nil || ["no-source", "no-open-dwelling"].contains(problem.code.name), "\(problem.code.name)")
        }
    }

    /// A file that grows while it is read is no file yet: its size and time are taken before and after.
    @Test func aFileThatChangesWhileItIsReadIsRefused() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("equitherm-changing-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        // Large enough that reading lasts longer than the pauses of the writer.
        try Data(repeating: UInt8(ascii: " "), count: 16_000_000).write(to: URL(fileURLWithPath: path))
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        // It ends when its second file is gone, for a child of Foundation has its signals blocked.
        writer.arguments = ["-c", "while [ -f \"$1\" ]; do printf ' ' >> \"$0\"; done", path, path + ".run"]
        try Data().write(to: URL(fileURLWithPath: path + ".run"))
        try writer.run()
        defer {
            try? FileManager.default.removeItem(atPath: path + ".run")
            writer.waitUntilExit()
        }
        var isTold = false
        for _ in 0..<50 where !isTold { isTold = try FileBytes.read(path).changedWhileRead }
        #expect(isTold)
        let file = FileBytes(
            bytes: Array("{ \"format\": \"equitherm/1\" }".utf8), file: InputFile(path: "t.json", sha256: "", byteCount: 26), changedWhileRead: true)
        var session = ReadingSession()
        session.readMain(file)
        let reading = session.finish()
        #expect(reading.problems.hasErrors && reading.sortedProblems.map(\.code.name).contains("changed-while-read"))
        #expect(throws: ReadFailure.self) { try EpanetReader.read(FileBytes(bytes: Array(smallInp().utf8), file: file.file, changedWhileRead: true)) }
    }
}
