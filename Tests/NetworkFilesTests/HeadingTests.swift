import NetworkModel
import Testing

@testable import NetworkFiles

/// Headings, units and words of utilities' own tables.
@Suite struct HeadingTests {
    private func parse(_ text: String, _ table: TableName = .roster) -> DocumentReader.Reading {
        DocumentReader.parseTable(table, Array(text.utf8), name: "t.csv")
    }

    private func used(_ reading: DocumentReader.Reading) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (reading.imported.mappings.first?.used ?? []).map { ($0.heading, $0.field) })
    }

    @Test func chineseRosterIsMapped() throws {
        let reading = parse(
            """
            2025-2026供暖季用户名册,,,,,,
            小区,楼栋,单元号,房号,户号,建筑面积(㎡),供热状态
            东苑,B7,1单元,501,0001234,89.5,开
            东苑,B7,2单元,1203室,0001235,89.5,报停
            东苑,B8,1,302,0001236,75,欠费

            """)
        #expect(reading.codes == [])
        let roster = reading.document[.roster]
        #expect(roster.rowCount == 3)
        #expect(roster.numbers("unit").values == [1, 2, 1])
        #expect(roster.numbers("floor").values == [5, 12, 3])
        #expect(roster.numbers("door").values == [1, 3, 2])
        #expect((0..<3).map { reading.document.text(roster.texts("state")[$0]) } == ["open", "closed", "restricted"])
        #expect(roster.texts("dwelling").isEmpty, "customer numbers are no ids where the place is given")
        #expect(used(reading) == ["楼栋": "building", "单元号": "unit", "房号": "floor + door", "供热状态": "state"])
        let mapping = try #require(reading.imported.mappings.first)
        #expect(Set(mapping.unused.map(\.heading)) == ["小区", "建筑面积(㎡)", "户号"])
        #expect(mapping.words == ["开 → open", "报停 → closed", "欠费 → restricted"])
        #expect(reading.document.location(.roster, row: 1, field: "state") == SourceLocation(file: "t.csv", line: 4, column: 30))
    }

    @Test func unitsInHeadingsConvert() {
        let reading = parse("管段编号,起点,终点,长度（km）,管径,粗糙度\nT1,P0,P1,1.1,DN150,0.5\nT2,P1,P2,0.35,80,\n", .trenches)
        #expect(reading.codes == [])
        let trenches = reading.document[.trenches]
        #expect(trenches.numbers("length_m").values == [1100, 350])
        #expect(trenches.numbers("dn").values == [150, 80])
        #expect(reading.imported.mappings.first?.used.first { $0.heading == "长度（km）" }?.unit == "km → m")
        #expect(reading.imported.mappings.first?.used.first { $0.heading == "粗糙度" }?.unit == "= mm")
    }

    @Test(arguments: [
        ("Pipe ID,Start node,End node,Length [m],Nominal diameter", ["id", "from", "to", "length_m", "dn"]),
        ("no,from node,to node,len,size", ["id", "from", "to", "length_m", "dn"]),
        ("ID,From,To,length_mm,Inner diameter (mm)", ["id", "from", "to", "length_m", "inner_diameter_mm"]),
        ("管线编号,上游节点,下游节点,管长/m,内径/mm", ["id", "from", "to", "length_m", "inner_diameter_mm"]),
    ])
    func usualHeadings(header: String, fields: [String]) {
        let reading = parse(header + "\nT1,a,b,100000,100\n", .trenches)
        #expect(!reading.problems.hasErrors, "\(reading.codes)")
        #expect(reading.imported.mappings.first?.used.map(\.field) == fields)
    }

    /// ASKS: an importer that takes roughness for a diameter. What can mean two things is refused.
    @Test(arguments: ["直径", "Diameter", "Dia (mm)", "D"])
    func aDiameterOfUnknownKindIsRefused(heading: String) {
        let reading = parse("管段编号,起点,终点,长度,\(heading)\nT1,a,b,100,150\n", .trenches)
        #expect(reading.codes == ["ambiguous-heading"])
    }

    @Test func twoColumnsOfOneMeaningAreRefused() {
        #expect(parse("楼栋,楼号,状态\nB7,7,开\n").codes == ["heading-twice"])
    }

    @Test func unitsThatDoNotFitAreRefused() {
        #expect(parse("管段编号,起点,终点,长度(kW)\nT1,a,b,100\n", .trenches).codes.contains("heading-unit"))
        #expect(parse("管段编号,起点,终点,长度(水平)\nT1,a,b,100\n", .trenches).codes == ["heading-unit-unknown"])
    }

    @Test func unknownWordsAreRefused() {
        #expect(parse("楼栋,状态\nB7,也许\n").codes == ["unknown-choice"])
    }

    @Test func roomsMustBeFloorAndDoor() {
        #expect(parse("楼栋,房号,状态\nB7,A-12,开\nB7,500,开\nB7,51,开\n").codes == ["bad-room-number", "bad-room-number", "bad-room-number"])
    }

    /// A table in the format's own words is judged as strictly as before.
    @Test func ownNamesStayStrict() {
        let reading = parse("building,unit,flor,state\nB1,1,2,open\n")
        #expect(reading.codes == ["unknown-column"])
        #expect(reading.imported.isEmpty)
    }

    @Test func misspeltColumnsOfForeignTablesAreNamed() {
        let reading = parse("楼栋,供热状态,flor\nB7,开,3\n")
        #expect(reading.codes == ["unused-heading"])
        #expect(reading.imported.mappings.first?.unused.first?.nearest == "floor")
    }

    /// Every alias means exactly what the catalogue says, in some table, and every line of it is understood.
    @Test func theCatalogueIsWhole() {
        for line in HeadingText.lines.split(separator: "\n") {
            #expect(line.contains(": "), "\(line)")
            let key = String(line.prefix { $0 != ":" })
            guard !key.hasPrefix("@"), let dot = key.firstIndex(of: ".") else { continue }
            let isWord = key.hasPrefix("=")
            let parts = isWord ? key.dropFirst().split(separator: ".").map(String.init) : [String(key[..<dot])]
            let fields = isWord ? [parts[1]] : key[key.index(after: dot)...].split(separator: "|").map(String.init)
            let tables = parts[0] == "*" ? TableName.allCases : [TableName(rawValue: parts[0])].compactMap { $0 }
            #expect(tables.contains { table in fields.allSatisfy { Schema.equitherm1[table].position(of: $0) != nil } }, "\(key)")
        }
    }

    @Test(arguments: [
        ("管长(m)", "管长", "m"), ("Length [km]", "Length", "km"), ("面积/㎡", "面积", "㎡"), ("length_mm", "length", "mm"),
        ("heat load", "heat load", nil), ("供热面积（平方米）", "供热面积", "平方米"), ("node", "node", nil),
    ] as [(String, String, String?)])
    func headingsAreCut(heading: String, name: String, unit: String?) {
        let cut = HeadingUnit.cut(heading)
        #expect(cut.name == name)
        #expect(cut.unit == unit)
    }

    @Test func convertedNumbersKeepTheirDigits() {
        for (value, factor, result) in [(1.1, 1000.0, 1100.0), (0.29, 1000, 290), (159.7, 0.001, 0.1597), (3, 1 / 3.6, 0.833333333333333), (0, 5, 0)] {
            #expect(ForeignCell.converted(value, factor) == result)
        }
    }
}
