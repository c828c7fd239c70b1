import Foundation
import NetworkModel
import Testing

@testable import NetworkFiles

/// The CSV reader and the folder of tables beyond the samples of `networks/malformed`.
@Suite struct CsvReaderTests {
    private func parse(_ text: String, _ table: TableName = .roster) -> DocumentReader.Reading {
        DocumentReader.parseTable(table, Array(text.utf8), name: "t.csv")
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func lineEndsOfAllSystems(end: String) {
        let reading = parse(["building,unit,state", "B1,1,open", "", ",,", "\"B,2\",2,closed"].joined(separator: end))
        #expect(reading.codes == [])
        #expect(reading.document[.roster].rowCount == 2)
        #expect(reading.document.text(reading.document[.roster].texts("building")[1]) == "B,2")
        #expect(reading.document.location(.roster, row: 1, field: "unit") == SourceLocation(file: "t.csv", line: 5, column: 7))
    }

    @Test func quotedCells() {
        let reading = parse("id,name,note\n\"Z1\",\" a \"\"b\"\" \",\"two\nlines\"\n  Z2 , plain ,\n", .zones)
        #expect(reading.codes == [])
        let zones = reading.document[.zones]
        #expect(reading.document.text(zones.texts("name")[0]) == " a \"b\" ")
        #expect(reading.document.text(zones.texts("note")[0]) == "two\nlines")
        #expect(reading.document.id(.zones, 1) == "Z2")
        #expect(reading.document.text(zones.texts("name")[1]) == "plain")
        #expect(reading.document.location(.zones, row: 1)?.line == 4)
    }

    @Test func numbersAsPeopleWriteThem() {
        let reading = parse("id,from,to,length_m,dn,minor_loss,check_valve\nP1,a,b,+12.50,080,.5,TRUE\nP2,a,b,1e2,80.0,5.,false\n", .pipes)
        #expect(reading.codes == [])
        let pipes = reading.document[.pipes]
        #expect(pipes.numbers("length_m").values == [12.5, 100])
        #expect(pipes.numbers("dn").integer(0) == 80)
        #expect(pipes.numbers("minor_loss").values == [0.5, 5])
        #expect(pipes.flags("check_valve").values == [true, false])
    }

    @Test func emptyCellsAreAbsent() {
        let reading = parse("building,unit,floor,state,share\nB1,,3,open,\nB2,1,,restricted,0.5\n")
        #expect(reading.codes == [])
        let roster = reading.document[.roster]
        #expect(roster.numbers("unit")[0] == nil)
        #expect(roster.numbers("floor")[1] == nil)
        #expect(roster.numbers("share")[0] == nil)
        #expect(roster.numbers("share")[1] == 0.5)
        #expect(roster.numbers("door").isEmpty)
    }

    @Test func endlessHeadersAreGivenUp() {
        let reading = parse("building,state" + String(repeating: ",", count: 100_000) + "\nB1,open\n")
        #expect(reading.codes == ["csv-columns"])
    }

    @Test func gb18030IsRead() throws {
        // 楼号 in GB18030.
        let bytes = Array("building,unit,state,note\n".utf8) + [0xC2, 0xA5, 0xBA, 0xC5] + Array(",1,open,x\n".utf8)
        let reading = DocumentReader.parseTable(.roster, bytes, name: "t.csv")
        #expect(reading.codes == ["assumed-encoding"])
        #expect(!reading.problems.hasErrors)
        #expect(reading.document.text(reading.document[.roster].texts("building")[0]) == "楼号")
    }

    @Test func folderFindsItsTables() throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/daily", withIntermediateDirectories: true)
        try write("{ \"format\": \"equitherm/1\", \"roster\": \"daily/today.csv\" }", folder + "/network.json")
        try write("id\nN1\n", folder + "/nodes.csv")
        try write("id\nN1\n", folder + "/nods.csv")
        try write("building,state\nB1,open\n", folder + "/daily/today.csv")
        let reading = try DocumentReader.read(folder)
        #expect(reading.codes == ["unknown-table-file"])
        #expect(reading.sortedProblems.first?.message() == "nods.csv is no table of the format and is not read (nodes.csv?)")
        #expect(reading.document[.nodes].rowCount == 1)
        #expect(reading.document[.roster].rowCount == 1)
        #expect(reading.inputs.map(\.path) == [folder + "/network.json", folder + "/nodes.csv", folder + "/daily/today.csv"])
        // sha256sum of the file's bytes.
        #expect(reading.inputs[1].sha256 == SHA256.digest(Array("id\nN1\n".utf8)))
    }

    @Test func wholeDocumentsLeaveResultTablesAlone() throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write("{ \"format\": \"equitherm/1\", \"nodes\": [ { \"id\": \"N1\" } ] }", folder + "/network.json")
        try write("id,substation,zone\nV1,S1,Z1\n", folder + "/valves.csv")
        #expect(try DocumentReader.read(folder + "/network.json").codes == [])
        try write("building,state\nB1,open\n", folder + "/roster.csv")
        #expect(try DocumentReader.read(folder + "/network.json").codes == ["table-not-named"])
    }

    @Test func rosterOptionStandsIn() throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write("{ \"format\": \"equitherm/1\", \"roster\": \"gone.csv\" }", folder + "/n.json")
        try write("building,state\nB1,open\n", folder + "/today.csv")
        #expect(try DocumentReader.read(folder + "/n.json").codes == ["table-file-missing"])
        let reading = try DocumentReader.read(folder + "/n.json", roster: folder + "/today.csv")
        #expect(reading.codes == [])
        #expect(reading.document[.roster].rowCount == 1)
    }

    @Test func whatCannotBeReadIsThrown() {
        #expect(throws: ReadFailure.self) { try DocumentReader.read("/nowhere/at/all.json") }
        #expect(throws: ReadFailure.self) { try DocumentReader.read(networksFolder() + "/malformed/bom.json", roster: "/nowhere.csv") }
    }

    @Test func digestIsSHA256() {
        // FIPS 180-4, appendix of the examples: "abc".
        #expect(SHA256.digest(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    /// Cells changed at random give problems or a table, never a crash.
    @Test(arguments: 0..<40) func mutatedTablesAreSurvived(seed: UInt64) {
        var generator = DocumentGenerator(seed: seed &+ 300)
        let document = generator.document()
        var random = SplitMix64(seed: seed)
        let alphabet = Array(",,\"\"\n\r 0a;:.-\u{0}".utf8) + [0xFF, 0xC2]
        for table in document.schema.names where document.schema[table].shape == .rows && document[table].rowCount > 0 {
            var bytes = DocumentWriter.csv(document, table)
            for _ in 0..<10 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                let reading = DocumentReader.parseTable(table, bytes, name: "t.csv")
                #expect(reading.document[table].rowCount <= document[table].rowCount + 20)
            }
        }
    }

    private func write(_ text: String, _ path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }
}
