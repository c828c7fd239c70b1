import Foundation
import Testing

@testable import NetworkFiles

/// A document survives either encoding: nothing is lost, nothing is added.
@Suite struct DocumentRoundTripTests {
    @Test(arguments: 0..<200) func jsonReadsBackEqual(seed: UInt64) {
        var generator = DocumentGenerator(seed: seed)
        let document = generator.document()
        let bytes = DocumentWriter.json(document)
        let reading = DocumentReader.parse(bytes)
        #expect(reading.errors == [])
        #expect(reading.document == document)
        #expect(DocumentWriter.json(reading.document) == bytes)
    }

    @Test(arguments: 0..<60) func folderReadsBackEqual(seed: UInt64) throws {
        var generator = DocumentGenerator(seed: seed &+ 1000)
        let document = generator.document()
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try DocumentWriter.write(document, to: folder)
        let reading = try DocumentReader.read(folder)
        #expect(reading.errors == [])
        #expect(reading.document == document)
        // Over the other encoding and back: byte for byte.
        #expect(DocumentWriter.json(reading.document) == DocumentWriter.json(document))
    }

    @Test func emptyDocumentsDifferFromOthers() {
        var generator = DocumentGenerator(seed: 5)
        let document = generator.document()
        #expect(document == document)
        #expect(document != Document())
        var changed = document
        changed.set(.manifest, 0, "title", "another")
        #expect(changed != document)
    }

    @Test func orderOfColumnsDoesNotMatter() {
        let a = DocumentReader.parseTable(.roster, Array("building,unit,state\nB7,1,open\n".utf8), name: "a.csv")
        let b = DocumentReader.parseTable(.roster, Array("state,building,unit\nopen,B7,1\n".utf8), name: "b.csv")
        #expect(a.document == b.document)
        #expect(a.document[.roster].rowCount == 1)
    }

    @Test func rowsAppendedInCodeReadBack() {
        var document = Document()
        document.append(to: .manifest, ["format": "equitherm/1", "title": "T"])
        document.append(to: .pipes, ["id": "P1", "from": "a", "to": "b", "length_m": 12.5, "dn": 50, "check_valve": true])
        document.append(to: .pumps, ["id": "U1", "from": "b", "to": "a", "curve": .points([TablePoint(0, 400), TablePoint(30, 320)])])
        let text = String(decoding: DocumentWriter.json(document), as: UTF8.self)
        #expect(text == """
            {
              "format": "equitherm/1",
              "title": "T",
              "pipes": [
                { "id": "P1", "from": "a", "to": "b", "length_m": 12.5, "dn": 50, "check_valve": true }
              ],
              "pumps": [
                { "id": "U1", "from": "b", "to": "a", "curve": [[0, 400], [30, 320]] }
              ]
            }

            """)
        #expect(String(decoding: DocumentWriter.csv(document, .pumps), as: UTF8.self) == "id,from,to,curve\nU1,b,a,0:400;30:320\n")
    }
}

extension DocumentReader.Reading {
    /// The messages of all errors.
    var errors: [String] { sortedProblems.filter { $0.severity == .error }.map { $0.message() } }
    /// The codes of all problems, by place.
    var codes: [String] { sortedProblems.map(\.code.name) }
}

/// A path that nothing uses yet.
func temporaryFolder() -> String {
    FileManager.default.temporaryDirectory.path + "/equitherm-test-" + UUID().uuidString
}
