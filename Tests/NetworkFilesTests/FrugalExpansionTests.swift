import Foundation
import NetworkModel
import Testing

@testable import NetworkFiles

/// Large documents are judged by their names before anything is made of them; that must refuse what would be refused anyway, and
/// nothing else.
@Suite struct FrugalExpansionTests {
    @Test(arguments: ["two-buildings.json", "gaowan", "controllers.json", "devices.json", "shapes/network.json", "pandapipes/heat.json"])
    func soundNetworksPass(name: String) throws {
        let reading = try DocumentReader.read(networksFolder() + "/" + name)
        let usual = Expander.expand(reading.document)
        let frugal = Expander.expand(reading.document, frugalRows: 0)
        let (one, two) = (try #require(usual.network), try #require(frugal.network))
        #expect(one.nodes.map(\.id) == two.nodes.map(\.id) && one.links.map(\.id) == two.links.map(\.id))
        #expect(usual.problems == frugal.problems)
    }

    @Test(arguments: MalformedNetworkTests.samples) func samplesAreRefusedByNamesOnlyWhereTheyAreRefused(sample: MalformedNetworkTests.Sample) throws {
        let reading = try DocumentReader.read(MalformedNetworkTests.folder + "/" + sample.file)
        let frugal = Expander.expand(reading.document, isRefused: reading.problems.hasErrors, frugalRows: 0)
        #expect((reading.problems.hasErrors || frugal.network == nil) == sample.isRefused)
        // What is told of a document in part is told of it as a whole.
        let all = Set(sample.codes + ["judged-in-part"])
        let told = (reading.problems.problems + frugal.problems).map(\.code.name).filter { !all.contains($0) }
        #expect(told.isEmpty)
    }

    /// Buildings without dwellings take no heat, so that no source is missing; those with dwellings do, however early that is judged.
    @Test(arguments: [true, false]) func aSourceIsMissedOnlyWhereSomethingTakesHeat(hasDwellings: Bool) {
        let floors = hasDwellings ? "\"floors\": 3, " : ""
        let building = "{\"id\": \"B\", \"at\": \"P\", \(floors)\"dwellings_per_floor\": 2, \"dwelling_area_m2\": 80}"
        let trench = hasDwellings ? "{\"id\": \"T\", \"from\": \"O\", \"to\": \"P\", \"length_m\": 10, \"dn\": 50}" : ""
        let reading = DocumentReader.parse(Array("{\"format\": \"equitherm/1\", \"trenches\": [\(trench)], \"buildings\": [\(building)]}".utf8))
        for rows in [0, Int.max] {
            let expansion = Expander.expand(reading.document, frugalRows: rows)
            #expect((expansion.network == nil) == hasDwellings)
            #expect(expansion.problems.contains { $0.code == .noSource } == hasDwellings)
        }
    }

    private static func text(_ nodes: Int, _ pipes: String) -> String {
        let rows = (0..<nodes).map { "{\"id\": \"n\($0)\", \"line\": \"single\"\($0 == 0 ? ", \"fixed_pressure_kpa\": 300" : "")}" }
        return "{\"format\": \"equitherm/1\", \"nodes\": [\(rows.joined(separator: ","))], \"pipes\": [\(pipes)]}"
    }

    private static func pipe(_ number: Int, _ from: String, _ to: String) -> String {
        "{\"id\": \"p\(number)\", \"from\": \"\(from)\", \"to\": \"\(to)\", \"length_m\": 10, \"dn\": 50}"
    }

    @Test func tenThousandNamesOfNothingAreCountedAndTheFirstAreTold() throws {
        let pipes = (0..<6000).map { Self.pipe($0, "n\($0)", "m\($0)") }.joined(separator: ",")
        let reading = DocumentReader.parse(Array(Self.text(6000, pipes).utf8))
        let expansion = Expander.expand(reading.document)
        #expect(expansion.network == nil)
        let dangling = expansion.problems.filter { $0.code.name == "dangling-reference" }
        #expect(dangling.first?.arguments.first == "m0" && dangling.first?.location != nil)
        // Those told and those counted are all of them.
        let counted = expansion.problems.filter { $0.code == .moreProblems }.compactMap { Int($0.arguments[0]) }
        #expect(dangling.count + counted.reduce(0, +) == 6000)
        #expect(expansion.problems.contains { $0.code == .judgedInPart })
    }

    private static let ends = "\"from\": \"n5\", \"to\": \"n6\""
    private static let valve = "\"valves\": [{\"id\": \"v\", \(ends), \"kv_m3_h\": 5}]"

    /// Faults of one row, told without making any: a valve without Kv, a pipe of no size, a pump without head or with a curve that
    /// rises, a load without its return, a link from a node to itself, settings of nothing or of another kind.
    @Test(arguments: [
        ("\"valves\": [{\"id\": \"v\", \(ends)}]", "kv_m3_h"), ("\"pumps\": [{\"id\": \"v\", \(ends)}]", "head_kpa"), ("\"pumps\": []", "dn"),
        ("\"pumps\": [{\"id\": \"v\", \(ends), \"curve\": [[0, 100], [10, 120]]}]", "curve"),
        ("\"terminals\": [{\"id\": \"v\", \(ends), \"heat_kw\": 5}]", "return_c"), ("\"terminals\": [{\"id\": \"v\", \"heat_kw\": 5}]", "at"),
        ("\"terminals\": [{\"id\": \"v\", \(ends), \"kind\": \"emitter\", \"kv_m3_h\": 1}]", "dwelling"),
        ("\"terminals\": [{\"id\": \"v\", \(ends), \"dwelling\": \"nobody\", \"kv_m3_h\": 1}]", "dwelling"),
        ("\"valves\": [{\"id\": \"v\", \"from\": \"n5\", \"to\": \"n5\", \"kv_m3_h\": 5}]", "to"),
        ("\(valve), \"settings\": [{\"id\": \"w\", \"kv_m3_h\": 3}]", "id"), ("\(valve), \"settings\": [{\"id\": \"v\", \"setting\": 3}]", "setting"),
        ("\(valve), \"settings\": [{\"id\": \"v\", \"kv_m3_h\": 3, \"speed\": 0.9}]", "head_kpa"),
        ("\"pumps\": [{\"id\": \"v\", \(ends), \"head_kpa\": 40}], \"settings\": [{\"id\": \"v\", \"kv_m3_h\": 3}]", "setting"),
    ]) func faultsOfListedElementsAreFoundRowByRow(tables: String, field: String) {
        var pipes = (1..<6000).map { Self.pipe($0, "n\($0 - 1)", "n\($0)") }
        if field == "dn" { pipes[4000] = pipes[4000].replacingOccurrences(of: "50", with: "51") }
        let text = Self.text(6000, pipes.joined(separator: ",")).dropLast() + ", \(tables)}"
        let reading = DocumentReader.parse(Array(text.utf8))
        let (frugal, whole) = (Expander.expand(reading.document), Expander.expand(reading.document, frugalRows: .max))
        #expect(frugal.network == nil && whole.network == nil)
        let fault = frugal.problems.first { $0.severity == .error }
        #expect(fault?.field == field && fault == whole.problems.first { $0.severity == .error })
        #expect(frugal.problems.contains { $0.code == .judgedInPart })
    }

    @Test func anIslandInALargeNetworkIsNamedBeforeTheNetworkIsMade() throws {
        let pipes = (1..<6000).map { Self.pipe($0, "n\($0 - 1)", "n\($0)") }.filter { !$0.contains("\"p5000\"") }.joined(separator: ",")
        let reading = DocumentReader.parse(Array(Self.text(6000, pipes).utf8))
        let expansion = Expander.expand(reading.document)
        #expect(expansion.network == nil)
        let island = try #require(expansion.problems.first { $0.code == .noPressureReference })
        // The part behind the missing pipe: n5000 to n5999.
        #expect(island.element?.id == "n5000" && island.arguments == ["1000"] && island.location != nil)
        #expect(expansion.problems.contains { $0.code == .judgedInPart })
        // The same words as for a small network, which is made first.
        let whole = Expander.expand(reading.document, frugalRows: .max)
        #expect(whole.problems.first { $0.code == .noPressureReference } == island)
    }
}
