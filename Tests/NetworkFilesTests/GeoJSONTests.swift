import NetworkModel
import Testing

@testable import NetworkFiles

/// Networks drawn in a geographic information system.
@Suite struct GeoJSONTests {
    private func parse(_ text: String, snap: Double = 0.5) -> DocumentReader.Reading {
        DocumentReader.parse(Array(text.utf8), name: "net.geojson", snap: snap)
    }

    private func collection(_ features: [String], _ more: String = "\"coordinates_in\": \"m\", ") -> String {
        "{ \"type\": \"FeatureCollection\", \(more)\"features\": [\n" + features.joined(separator: ",\n") + "\n] }"
    }

    private func line(_ points: [(Double, Double)], _ properties: String = "{}") -> String {
        let coordinates = points.map { "[\($0.0), \($0.1)]" }.joined(separator: ", ")
        return "{ \"type\": \"Feature\", \"properties\": \(properties), \"geometry\": { \"type\": \"LineString\", \"coordinates\": [\(coordinates)] } }"
    }

    private func point(_ x: Double, _ y: Double, _ properties: String) -> String {
        "{ \"type\": \"Feature\", \"properties\": \(properties), \"geometry\": { \"type\": \"Point\", \"coordinates\": [\(x), \(y)] } }"
    }

    private func rows(_ document: Document, _ table: TableName, _ fields: String...) -> [[String]] {
        (0..<document[table].rowCount).map { row in fields.map { document.text(document[table].texts($0)[row]) } }
    }

    /// A plant, a substation, two buildings; ends a little beside each other, one line ending in the middle of another.
    private var town: [String] {
        [
            point(0, 0, "{ \"类型\": \"热源\", \"编号\": \"plant\", \"供水温度\": 110, \"pump.head_kpa\": 400 }"),
            point(500, 0, "{ \"类型\": \"换热站\", \"编号\": \"S1\" }"),
            point(500, 300, "{ \"楼号\": \"B7\", \"层数\": 6, \"单元数\": 3, \"每层户数\": 2, \"户均面积\": 90 }"),
            point(700, 100, "{ \"楼号\": \"B8\", \"层数\": 11, \"单元数\": 1, \"每层户数\": 4, \"户均面积\": 75 }"),
            line([(0.2, 0.1), (250, 0), (499.8, 0.2)], "{ \"管段编号\": \"T1\", \"管径\": 150 }"),
            line([(500, 0.3), (500.1, 299.9)], "{ \"管段编号\": \"T2\", \"管径\": \"DN80\", \"埋深\": 1.2 }"),
            line([(700, 100), (500.3, 100)], "{ \"管段编号\": \"T3\", \"长度\": 210 }"),
        ]
    }

    @Test func aFeatureOfTooManyAttributesIsRefused() {
        let properties = "{" + (0..<1001).map { "\"k\($0)\": 1" }.joined(separator: ",") + "}"
        #expect(parse(collection([point(0, 0, properties)])).sortedProblems.map(\.code.name).contains("csv-columns"))
    }

    @Test func drawingBecomesANetwork() throws {
        let reading = parse(collection(town))
        #expect(reading.problems.problems == [])
        #expect(
            rows(reading.document, .trenches, "id", "from", "to") == [
                ["T1", "plant", "S1.primary"], ["T2.1", "S1", "N1"], ["T2.2", "N1", "B7"], ["T3", "B8", "N1"],
            ])
        #expect(rows(reading.document, .substations, "id", "at") == [["S1", "S1.primary"]])
        #expect(rows(reading.document, .sources, "id", "at") == [["plant", "plant"]])
        let lengths = reading.document[.trenches].numbers("length_m").values
        #expect(lengths == [499.6, 99.7, 199.9, 210])
        #expect(reading.document[.trenches].numbers("dn").values.prefix(3) == [150, 80, 80])
        #expect(reading.imported.mappings.first { $0.table == .trenches }?.unused.map(\.heading) == ["埋深"])
        #expect(reading.imported.remarks.map(\.code.name) == ["geojson-plane", "geojson-joined", "geojson-cut", "geojson-drawn-lengths"])
        let expansion = Expander.expand(reading.document)
        #expect(expansion.problems.filter { $0.severity == .error } == [])
        #expect(expansion.network?.dwellings.count == 36 + 44)
    }

    @Test func looseEndsAreNamedWithTheirPlace() throws {
        let reading = parse(
            collection([
                point(0, 0, "{ \"table\": \"sources\", \"id\": \"plant\", \"supply_c\": 90 }"), line([(0, 0), (100, 0)]), line([(103, 0), (200, 0)]),
            ]))
        #expect(reading.codes == ["geojson-loose-end", "geojson-loose-end", "geojson-loose-end"])
        #expect(reading.problems.problems[0].arguments == ["L2", "100, 0", "L3", "3"])
        #expect(reading.problems.problems[0].location?.line == 3)
        let joined = parse(collection([line([(0, 0), (100, 0)]), line([(103, 0), (200, 0)])]), snap: 5)
        #expect(rows(joined.document, .trenches, "from", "to") == [["N1", "N2"], ["N2", "N3"]])
    }

    @Test func degreesBecomeMetres() throws {
        let reading = parse(collection([line([(116.0, 40.0), (116.0, 40.01)]), line([(116.0, 40.01), (116.01, 40.01)])], ""))
        let lengths = reading.document[.trenches].numbers("length_m").values
        // One hundredth of a degree of the mean sphere: 1111.95 m of latitude; times cos 40.005° of longitude.
        #expect(abs(lengths[0] - 1111.95) < 0.01)
        #expect(abs(lengths[1] - 851.74) < 0.1)
        #expect(reading.imported.remarks.first?.code.name == "geojson-degrees")
    }

    @Test func lengthsThatContradictTheDrawingAreDoubted() {
        let reading = parse(collection([line([(0, 0), (1000, 0)], "{ \"id\": \"A\", \"length_m\": 1 }"), line([(1000, 0), (2000, 0)], "{ \"id\": \"B\", \"长度(km)\": 1.05 }")]))
        #expect(reading.codes.filter { $0 != "geojson-loose-end" } == ["geojson-length"])
    }

    @Test func endsThatAreNamedNeedNoSnapping() {
        let reading = parse(collection([line([(0, 0), (10, 0)], "{ \"id\": \"A\", \"起点\": \"x\", \"终点\": \"y\", \"length_m\": 10 }")]))
        #expect(rows(reading.document, .trenches, "from", "to") == [["x", "y"]])
        #expect(reading.codes == [])
    }

    @Test(arguments: [
        "{ \"type\": \"FeatureCollection\" }", "{ \"type\": \"FeatureCollection\", \"features\": [] }",
        "{ \"type\": \"FeatureCollection\", \"features\": [ 1, null, {} ] }",
        "{ \"type\": \"FeatureCollection\", \"features\": [ { \"type\": \"Feature\", \"geometry\": { \"type\": \"LineString\", \"coordinates\": [[0,0]] } } ] }",
        "{ \"type\": \"FeatureCollection\", \"features\": [ { \"geometry\": { \"type\": \"Point\", \"coordinates\": [\"a\", 1e999] } } ] }",
        "{ \"type\": \"FeatureCollection\", \"features\": [ { \"geometry\": { \"type\": \"LineString\", \"coordinates\": [[0,0],[0,0]] } } ] }",
        "{ \"type\": \"FeatureCollection\", \"features\": [ { \"geometry\": { \"type\": \"Polygon\", \"coordinates\": [] } } ]",
    ])
    func whatCannotBeUsedIsAnError(text: String) {
        #expect(parse(text).problems.hasErrors)
    }

    /// Random documents of the format survive the way over the map.
    @Test(arguments: 0..<8 as Range<UInt64>) func documentsReadBackEqual(seed: UInt64) {
        var generator = DocumentGenerator(seed: seed)
        let document = generator.document()
        let reading = DocumentReader.parse(GeoJSONWriter.write(document).bytes, name: "x.geojson")
        #expect(reading.problems.problems.filter { $0.severity == .error } == [])
        #expect(reading.document == document)
    }

    /// Any cut of a file gives problems, never a crash.
    @Test func aFileCutAnywhereIsRefused() {
        let bytes = Array(collection(town).utf8)
        for end in stride(from: 0, to: bytes.count - 1, by: 37) {
            #expect(DocumentReader.parse(Array(bytes[..<end]), name: "x.geojson").problems.hasErrors, "\(end) bytes")
        }
    }
}
