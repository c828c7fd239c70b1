import NetworkModel
import Testing

@testable import NetworkFiles

/// Messages: where, what, what to do, what was meant.
@Suite struct ProblemTests {
    @Test func nearestNamesAreFound() {
        let names = ["length_m", "dn", "inner_diameter_mm", "roughness_mm", "from", "to"]
        #expect(NearestName.nearest(to: "lenght_m", in: names) == "length_m")
        #expect(NearestName.nearest(to: "length_mm", in: names) == "length_m")
        #expect(NearestName.nearest(to: "DN", in: names) == "dn")
        #expect(NearestName.nearest(to: "form", in: names) == "from")
        #expect(NearestName.nearest(to: "colour", in: names) == nil)
        #expect(NearestName.nearest(to: "", in: names) == nil)
    }

    @Test func nearestNameIsBoundedInCost() {
        let long = String(repeating: "x", count: 1_000_000)
        let many = (0..<300_000).lazy.map { "candidate-\($0)" }
        let time = ContinuousClock().measure {
            _ = NearestName.nearest(to: long, in: many)
            _ = NearestName.nearest(to: "candidate-", in: many)
        }
        // Unbounded it would take minutes; seconds leave room for a loaded machine and a debug build.
        #expect(time < .seconds(30))
    }

    @Test func logKeepsAThousandOfAKindAndCountsTheRest() {
        var log = ProblemLog()
        for line in 1...2500 { log.report(Problem(.notWhole, location: SourceLocation(file: "f", line: line))) }
        log.report(Problem(.emptyFile, location: SourceLocation(file: "f", line: 1)))
        let sorted = log.sorted(files: ["f"])
        #expect(sorted.count == ProblemLog.limit + 2)
        #expect(sorted.last?.code == .moreProblems)
        #expect(sorted.last?.arguments == ["1500", "not-whole"])
        #expect(log.hasErrors)
    }

    @Test func mergingKeepsCounts() {
        var first = ProblemLog()
        var second = ProblemLog()
        for _ in 0..<800 { first.report(Problem(.notWhole)) }
        for _ in 0..<1200 { second.report(Problem(.notWhole)) }
        first.merge(second)
        #expect(first.sorted().last?.arguments == ["1000", "not-whole"])
    }

    @Test func problemsAreSortedByPlace() {
        let reading = DocumentReader.parse(Array("""
            { "format": "equitherm/1",
              "pipes": [ { "id": "A", "from": "x", "to": "y", "length_m": -1 },
                         { "id": "A", "from": "x", "to": "y", "length_m": "2" } ],
              "nods": [] }
            """.utf8))
        #expect(reading.codes == ["out-of-range", "duplicate-id", "needs-number", "unknown-table"])
        #expect(reading.sortedProblems.map { $0.location?.line } == [2, 3, 3, 4])
        #expect(reading.sortedProblems[2].element == ElementReference(kind: "pipes", id: "A"))
    }

    @Test func rendererQuotesTheLine() {
        let text = "{ \"format\": \"equitherm/1\",\n  \"pipes\": [ { \"id\": \"管1\", \"from\": \"x\", \"to\": \"y\", \"length_m\": nan } ] }\n"
        let reading = DocumentReader.parse(Array(text.utf8), name: "net.json")
        let rendered = ProblemRenderer(sources: reading.document.sources).text(reading.sortedProblems)
        #expect(rendered == """
            net.json:2:64: error: nan is no decimal number (pipes 管1) [not-a-number]
                2 |   "pipes": [ { "id": "管1", "from": "x", "to": "y", "length_m": nan } ] }
                  |                                                                 ^
              fix: Write digits with a point, such as 12.5 or 3e-4; leave the cell empty (null) where nothing is known.

            """)
        let chinese = ProblemRenderer(sources: reading.document.sources, language: .chinese).text(reading.sortedProblems)
        #expect(chinese.hasPrefix("net.json:2:64: 错误: nan 不是十进制数 (pipes 管1) [not-a-number]\n"))
    }

    @Test func rendererShowsOnlyAPartOfALongLine() {
        let text = "{ \"format\": \"equitherm/1\", \"title\": \"" + String(repeating: "é", count: 200_000) + "\", \"pips\": [] }"
        let reading = DocumentReader.parse(Array(text.utf8), name: "n.json")
        let rendered = ProblemRenderer(sources: reading.document.sources).text(reading.sortedProblems)
        #expect(rendered.utf8.count < 2500)
        #expect(rendered.contains("\"pips\""))
    }

    /// Thousands of problems on one line of megabytes: each message costs a block, not the line.
    @Test func messagesOnALongLineStayCheap() {
        let nodes = (0..<100_000).map { "{\"id\":\"N\($0)\",\"x_m\":\($0 < 60_000 ? "1" : "nan")}" }.joined(separator: ",")
        let reading = DocumentReader.parse(Array("{\"format\":\"equitherm/1\",\"nodes\":[\(nodes)]}".utf8), name: "n.json")
        #expect(reading.sortedProblems.count == ProblemLog.limit + 1)
        #expect(reading.sortedProblems.first?.element?.id == "N60000")
        let renderer = ProblemRenderer(sources: reading.document.sources)
        let time = ContinuousClock().measure { #expect(renderer.text(reading.sortedProblems).contains("\"x_m\":nan")) }
        // A thousand walks over megabytes would take minutes in a debug build; the limit leaves room for a loaded machine.
        #expect(time < .seconds(60))
    }

    @Test func rendererNeverDrivesTheTerminal() {
        let text = "{ \"format\": \"equitherm/1\", \"\\u001b[31mx\u{202E}\": 1 }"
        let reading = DocumentReader.parse(Array(text.utf8), name: "n.json")
        let rendered = ProblemRenderer(sources: reading.document.sources).text(reading.sortedProblems)
        #expect(!rendered.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }

    @Test(arguments: ["a\nbb\nccc", "a\r\nbb\r\nccc", "a\rbb\rccc"]) func linesEndInThreeWays(text: String) throws {
        let source = SourceText(path: "f", bytes: Array(text.utf8))
        let offset = source.bytes.count - 1
        #expect(source.location(at: offset) == SourceLocation(file: "f", line: 3, column: 3))
        #expect(source.offset(line: 3) == source.bytes.count - 3)
        #expect(source.offset(line: 1) == 0)
        #expect(source.offset(line: 4) == nil)
        let second = try #require(source.bytes.firstIndex(of: UInt8(ascii: "b")))
        #expect(source.offset(line: 2, column: 2) == second + 1)
        // Beyond its end a line is at its end.
        #expect(source.offset(line: 1, column: 9) == second - 1)
    }

    /// Offsets and lines agree with a plain count, also across the blocks of the line index.
    @Test func linesAgreeWithAPlainCount() {
        var random = SplitMix64(seed: 3)
        var bytes: [UInt8] = []
        for _ in 0..<60_000 { bytes.append([10, 13, 65, 65, 65, 65, 65, 65][Int.random(in: 0..<8, using: &random)]) }
        let source = SourceText(path: "f", bytes: bytes)
        var line = 1
        for (offset, byte) in bytes.enumerated() {
            if offset % 97 == 0 {
                let location = source.location(at: offset)
                #expect(location.line == line)
                #expect(source.offset(line: line, column: location.column ?? 0) == offset)
            }
            if byte == 10 || byte == 13 && !(offset + 1 < bytes.count && bytes[offset + 1] == 10) {
                line += 1
                if line % 97 == 0 { #expect(source.offset(line: line) == offset + 1) }
            }
        }
    }
}
