import Foundation
import Testing

@testable import NetworkFiles

/// Every sample of `networks/malformed` gives exactly the problems that `expected.csv` lists, in the order of their places.
@Suite struct DocumentMalformedTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var file: String
        var table: TableName?
        var codes: [String]
        var words: String
        var testDescription: String { file }
    }

    static let folder = networksFolder() + "/malformed"

    static let samples: [Sample] = {
        guard let text = try? String(contentsOfFile: folder + "/expected.csv", encoding: .utf8) else { return [] }
        return cells(of: text).dropFirst().map { row in
            Sample(file: row[0], table: TableName(rawValue: row[1]), codes: row[2].split(separator: " ").map(String.init), words: row[3])
        }
    }()

    /// Rows of a CSV text, read by another way than the reader under test: a quote toggles, two in a row are one.
    private static func cells(of text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            var cells = [""]
            var isQuoted = false
            var last: Character = ","
            for character in line {
                if character == "\"" {
                    isQuoted.toggle()
                    if last == "\"" && isQuoted { cells[cells.count - 1].append(character) }
                } else if character == "," && !isQuoted {
                    cells.append("")
                } else {
                    cells[cells.count - 1].append(character)
                }
                last = character == "\"" && last == "\"" && isQuoted ? " " : character
            }
            return cells
        }
    }

    @Test func everySampleIsListed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.contains(".") && !$0.hasPrefix("expected") && !$0.hasSuffix(".md") }
        #expect(Set(files) == Set(Self.samples.map(\.file)))
        #expect(Self.samples.count >= 70)
    }

    @Test(arguments: samples) func problemsAreThoseExpected(sample: Sample) throws {
        let path = Self.folder + "/" + sample.file
        let reading = if let table = sample.table {
            DocumentReader.parseTable(table, [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), name: sample.file)
        } else {
            try DocumentReader.read(path)
        }
        #expect(reading.codes == sample.codes)
        for language in [ProblemRenderer(sources: reading.document.sources), ProblemRenderer(sources: reading.document.sources, language: .chinese)] {
            let rendered = language.text(reading.sortedProblems)
            #expect(language.language == .chinese || rendered.contains(sample.words), "\(rendered.prefix(600))")
            #expect(!rendered.contains("{0}") && !rendered.contains("{1}") && !rendered.contains("{2}") && !rendered.contains("{3}"))
        }
        // Every problem has a place, and the place exists.
        for problem in reading.sortedProblems {
            let location = try #require(problem.location)
            let source = try #require(reading.document.sources.first { $0.path == location.file })
            #expect(source.offset(line: location.line) != nil || source.bytes.isEmpty)
        }
    }
}
