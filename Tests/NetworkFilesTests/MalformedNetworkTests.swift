import Foundation
import NetworkModel
import Testing

@testable import NetworkFiles

/// Every network of `networks/malformed/networks` is sound JSON whose meaning is wrong or doubtful; reading and expanding it gives
/// exactly the problems that `expected.csv` lists.
@Suite struct MalformedNetworkTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var file: String
        var isRefused: Bool
        var codes: [String]
        var words: String
        var testDescription: String { file }
    }

    static let folder = networksFolder() + "/malformed/networks"

    /// Rows `file;refused or accepted;codes;words`: no cell holds a semicolon, so that nothing of the readers under test is needed.
    static let samples: [Sample] = {
        guard let text = try? String(contentsOfFile: folder + "/expected.csv", encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 4 else { return nil }
            return Sample(
                file: cells[0], isRefused: cells[1] == "refused", codes: cells[2].split(separator: " ").map(String.init), words: cells[3])
        }
    }()

    @Test func everySampleIsListed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { !$0.hasPrefix("expected") }
        #expect(Set(files) == Set(Self.samples.map(\.file)))
        #expect(Self.samples.count >= 47)
    }

    @Test(arguments: samples) func problemsAreThoseExpected(sample: Sample) throws {
        let reading = try DocumentReader.read(Self.folder + "/" + sample.file)
        let expansion = Expander.expand(reading.document)
        let problems = reading.problems.problems + expansion.problems
        var kinds: [String] = []
        for problem in problems where kinds.last != problem.code.name { kinds.append(problem.code.name) }
        #expect(kinds == sample.codes)
        #expect((reading.problems.hasErrors || expansion.network == nil) == sample.isRefused)
        let english = ProblemRenderer(sources: reading.document.sources).text(problems)
        #expect(sample.words.isEmpty == problems.isEmpty && (problems.isEmpty || english.contains(sample.words)), "\(english.prefix(800))")
        let chinese = ProblemRenderer(sources: reading.document.sources, language: .chinese).text(problems)
        #expect(chinese.isEmpty == problems.isEmpty && !(english + chinese).contains("{"  + "0}"))
        // What one row does wrong is told once, however many dwellings it makes.
        #expect(english.split(separator: "\n").count <= 5 * (sample.codes.count + 2))
    }
}
