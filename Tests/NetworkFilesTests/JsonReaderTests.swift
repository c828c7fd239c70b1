import NetworkModel
import Testing

@testable import NetworkFiles

/// The JSON reader beyond the samples of `networks/malformed`.
@Suite struct JsonReaderTests {
    private func parse(_ text: String) -> DocumentReader.Reading { DocumentReader.parse(Array(text.utf8)) }

    @Test func nestedObjectsBecomeDottedFields() throws {
        let reading = parse("""
            { "format": "equitherm/1",
              "design": { "outdoor_c": -19, "fluid": { "density_kg_m3": 983 } },
              "substations": [ { "secondary": { "pump": { "head_kpa": 90, "curve": [[0,4],[ 1.5 , 3e0 ]] }, "supply_c": 60 }, "id": "S1", "at": null } ] }
            """)
        #expect(reading.errors == [])
        let table = reading.document[.substations]
        #expect(table.numbers("secondary.pump.head_kpa")[0] == 90)
        #expect(table.numbers("secondary.supply_c")[0] == 60)
        #expect(table.points("secondary.pump.curve")[0] == [TablePoint(0, 4), TablePoint(1.5, 3)])
        #expect(table.texts("at")[0].isAbsent)
        #expect(reading.document[.design].numbers("fluid.density_kg_m3")[0] == 983)
        #expect(reading.document.id(.substations, 0) == "S1")
    }

    @Test func escapesAreUndone() {
        let reading = parse(#"{ "format": "equitherm\/1", "title": "\"\\\b\f\n\r\t\u9ad8\ud83c\udfe0\u00e9" }"#)
        // Backspace and form feed are control characters, which a title has no use for.
        #expect(reading.codes == ["bad-character"])
        #expect(reading.document.text(reading.document[.manifest].texts("title")[0]) == "\"\\\u{8}\u{C}\n\r\t高🏠é")
    }

    @Test func escapedKeysAreKeys() {
        let reading = parse(#"{ "\u0066ormat": "equitherm/1", "nodes": [ { "i\u0064": "N1", "elevation_m": 3 } ] }"#)
        #expect(reading.codes == [])
        #expect(reading.document.id(.nodes, 0) == "N1")
    }

    @Test func halfOfASurrogatePairIsNoCharacter() {
        #expect(parse(#"{ "format": "equitherm/1", "title": "\ud83c x" }"#).codes == ["json-escape"])
    }

    @Test func oneRunShowsEveryProblem() {
        let reading = parse("""
            { "format": "equitherm/1",
              "pipes": [ { "id": "P1", "from": "a", "to": "b", "length_m": nan, "dn": 0x10, }
                         { 'id': "P2", "from": "a", "to": "b", "length_m": 1,5 },
                         { "id": "P3", "from": "a", "to": "b", "lenght_m": 3 } ],
              "valves": [ { "id": "V1", "from": "a" "to": "b", "status": opne } ] }
            """)
        #expect(reading.codes == [
            "not-a-number", "not-a-number", "json-trailing-comma", "json-missing-comma", "json-unquoted", "decimal-comma", "missing-field",
            "unknown-field", "json-missing-comma", "needs-text",
        ])
        #expect(reading.document[.pipes].rowCount == 3)
        #expect(reading.document[.valves].rowCount == 1)
    }

    @Test func cellsAreFoundAgain() {
        let text = """
            { "format": "equitherm/1",
              "substations": [
                { "id": "S{1}", "note": "a \\" } b", "secondary": { "supply_c": 60, "pump": { "head_kpa": 90 } }, "zone": "Z" } ] }
            """
        let reading = parse(text)
        #expect(reading.codes == [])
        func column(_ field: String?) -> Int? { reading.document.location(.substations, row: 0, field: field)?.column }
        #expect(reading.document.location(.substations, row: 0)?.line == 3)
        #expect(column(nil) == 5)
        #expect(column("id") == 13)
        #expect(column("secondary.supply_c") == 68)
        #expect(column("secondary.pump.head_kpa") == 94)
        #expect(column("zone") == 110)
        // A field that is not there is reported at its row.
        #expect(column("at") == 5)
    }

    /// A document cut anywhere is never taken for a whole one.
    @Test(arguments: 0..<20) func everyPrefixIsRefused(seed: UInt64) {
        var generator = DocumentGenerator(seed: seed &+ 500)
        let bytes = DocumentWriter.json(generator.document())
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let end = Int.random(in: 0..<bytes.count - 2, using: &random)
            let reading = DocumentReader.parse(Array(bytes[..<end]))
            #expect(reading.problems.hasErrors, "cut at \(end)")
        }
    }

    /// Bytes changed at random give problems or a document, never a crash, and places that exist.
    @Test(arguments: 0..<40) func mutatedDocumentsAreSurvived(seed: UInt64) {
        var generator = DocumentGenerator(seed: seed &+ 900)
        let bytes = DocumentWriter.json(generator.document())
        var random = SplitMix64(seed: seed)
        let alphabet = Array("{}[]\",:0123456789.eE+-\\'/ \n\rntfx\u{0}".utf8) + [0xFF, 0xE9, 0xB8]
        for _ in 0..<100 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                let position = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: mutated[position] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                case 1: mutated.remove(at: position)
                default: mutated.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: position)
                }
            }
            let reading = DocumentReader.parse(mutated)
            for problem in reading.sortedProblems where problem.location != nil {
                #expect((problem.location?.line ?? 0) >= 1)
            }
            if !reading.problems.hasErrors { #expect(DocumentReader.parse(DocumentWriter.json(reading.document)).document == reading.document) }
        }
    }

    @Test func deepNestingIsNoRecursion() {
        let deep = String(repeating: "[", count: 200_000)
        for text in ["{ \"format\": \"equitherm/1\", \"x\": \(deep)", deep, "{ \"format\": \"equitherm/1\", \"pipes\": \(deep)", "{\"pumps\":[{\"curve\":\(deep)"] {
            #expect(parse(text).problems.hasErrors)
        }
        let objects = String(repeating: "{\"a\":", count: 100_000)
        #expect(parse("{ \"format\": \"equitherm/1\", \"design\": \(objects)").problems.hasErrors)
    }

    @Test func hopelessDocumentsAreGivenUp() {
        let reading = parse("{ \"format\": \"equitherm/1\", \"nodes\": [" + String(repeating: "0,", count: 300_000) + "0] }")
        #expect(reading.problems.problems.count == ProblemLog.limit + 1)
        #expect(reading.codes.contains("given-up"))
    }

    @Test func manyUnknownNamesStayCheap() {
        let rows = (0..<20_000).map { "{ \"id\": \"N\($0)\", \"colour\($0)\": 1 }" }.joined(separator: ",")
        let reading = parse("{ \"format\": \"equitherm/1\", \"nodes\": [\(rows)] }")
        #expect(reading.problems.hasErrors)
        #expect(reading.document[.nodes].rowCount == 20_000)
    }
}
