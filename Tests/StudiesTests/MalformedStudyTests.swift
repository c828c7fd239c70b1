import Foundation
import NetworkFiles
import NetworkModel
import Testing

@testable import Studies

/// Every study of `networks/malformed/studies`, asked of `networks/two-buildings.json`, gives exactly the problems that
/// `expected-studies.csv` lists.
@Suite struct MalformedStudyTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var file: String
        var codes: [String]
        var words: String
        var testDescription: String { file }
    }

    static let networks = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("networks").path
    static let folder = networks + "/malformed/studies"

    /// Rows `file;codes;words`; no cell holds a semicolon.
    static let samples: [Sample] = {
        guard let text = try? String(contentsOfFile: networks + "/malformed/expected-studies.csv", encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            return cells.count == 3 ? Sample(file: cells[0], codes: cells[1].split(separator: " ").map(String.init), words: cells[2]) : nil
        }
    }()

    @Test func everySampleIsListed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".json") }
        #expect(Set(files) == Set(Self.samples.map(\.file)))
    }

    @Test(arguments: samples) func problemsAreThoseExpected(sample: Sample) throws {
        let document = try DocumentReader.read(Self.networks + "/two-buildings.json").document
        let network = try #require(Expander.expand(document).network)
        let reading = try StudyReader.read(Self.folder + "/" + sample.file, for: network, document: document)
        #expect(reading.study == nil)
        var kinds: [String] = []
        for problem in reading.problems where kinds.last != problem.code.name { kinds.append(problem.code.name) }
        #expect(kinds == sample.codes)
        let english = ProblemRenderer(sources: reading.sources).text(reading.problems)
        #expect(!sample.words.isEmpty && english.contains(sample.words), "\(english.prefix(800))")
        for problem in reading.problems {
            #expect(problem.location != nil && !problem.remedy().isEmpty && !problem.message(in: .chinese).isEmpty, "\(problem.code.name)")
        }
    }
}
