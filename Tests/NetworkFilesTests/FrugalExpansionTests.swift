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

    @Test(arguments: MalformedNetworkTests.samples) func whatIsRefusedIsRefusedBeforeAnythingIsMade(sample: MalformedNetworkTests.Sample) throws {
        let reading = try DocumentReader.read(MalformedNetworkTests.folder + "/" + sample.file)
        if reading.problems.hasErrors { return }
        let frugal = Expander.expand(reading.document, frugalRows: 0)
        let errors = frugal.problems.filter { $0.severity == .error }
        if errors.isEmpty { return }
        // Circles of substations and what is too large are told even earlier.
        let isEarly = errors.contains { ["cyclic-substations", "too-large"].contains($0.code.name) }
        #expect(isEarly || frugal.problems.contains { $0.code == .judgedInPart }, "\(errors.map(\.code.name))")
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

    private static func controller(_ fields: String) -> String { "\"valves\": [{\"id\": \"v\", \(ends), \"kv_m3_h\": 5, \(fields)}]" }
    private static func drive(_ fields: String) -> String { "\"pumps\": [{\"id\": \"v\", \(ends), \"head_kpa\": 50, \(fields)}]" }
    private static func source(_ fields: String, ends: String = ends + ", ") -> String { "\"sources\": [{\"id\": \"S\", \(ends)\(fields)}]" }
    private static let fourEnds = "\"primary_from\": \"n20\", \"primary_to\": \"n21\", \"secondary_from\": \"n22\", \"secondary_to\": \"n23\""
    private static func substation(_ fields: String) -> String { "\(source("\"supply_c\": 90")), \"substations\": [{\"id\": \"U\", \(fields)}]" }
    private static func dwelling(_ fields: String, exterior: String = "\"exterior_w_k\": 60, ", more: String = "") -> String {
        "\(source("\"supply_c\": 90")), \"buildings\": [{\"id\": \"B\"}], \"dwellings\": [{\"id\": \"d\", \"building\": \"B\", \"area_m2\": 60, \(exterior)\(fields)}], "
            + "\"terminals\": [{\"id\": \"t\", \"from\": \"n30\", \"to\": \"n31\", \"dwelling\": \"d\", \"kv_m3_h\": 1}]\(more)"
    }

    /// Faults of one row, told without making any: a valve without Kv, a pipe of no size, a pump without head or with a curve that
    /// rises, a load without its return, a link from a node to itself, settings of nothing or of another kind, sensors and third ports
    /// that are missing, sources, substations and dwellings that say too little or contradict themselves.
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
        (controller("\"function\": \"differential_pressure\", \"pressure_kpa\": 20, \"low\": \"n5\""), "high"),
        (controller("\"function\": \"differential_pressure\", \"pressure_kpa\": 20, \"low\": \"n5\", \"high\": \"zz\""), "high"),
        (controller("\"function\": \"differential_pressure\", \"low\": \"n5\", \"high\": \"n7\""), "pressure_kpa"),
        (controller("\"function\": \"differential_pressure\", \"pressure_kpa\": 20, \"low\": \"n5\", \"high\": \"n5\""), ""),
        (controller("\"function\": \"overflow\", \"pressure_kpa\": 20, \"low\": \"n5\", \"high\": \"n5\""), ""),
        (controller("\"function\": \"flow_limiting\""), "flow_limit_kg_s"), (controller("\"function\": \"pressure_independent\""), "flow_limit_kg_s"),
        (controller("\"function\": \"pressure_reducing\""), "pressure_kpa"),
        (controller("\"function\": \"three_way_mixing\", \"position\": 0.5"), "bypass"), (controller("\"function\": \"three_way_mixing\", \"bypass\": \"n9\""), "position"),
        (controller("\"function\": \"three_way_mixing\", \"position\": 0.5, \"bypass\": \"zz\""), "bypass"),
        (controller("\"function\": \"three_way_mixing\", \"position\": 0.5, \"bypass\": \"n6\""), "bypass"),
        (drive("\"control\": \"worst_point\", \"worst_points\": \";\""), "worst_points"), (drive("\"control\": \"worst_point\", \"worst_points\": \"n5|zz\""), "worst_points"),
        (drive("\"control\": \"worst_point\""), "worst_points"), (drive("\"control\": \"worst_point\", \"worst_points\": \"n5|n5\""), ""),
        ("\"valves\": [{\"id\": \"p7\", \(ends), \"kv_m3_h\": 5}]", "id"),
        (source("\"supply_c\": 90", ends: ""), "at"), (source("\"loss_kpa\": 9"), "flow_limit_kg_s"), (source("\"kv_m3_h\": 9, \"loss_kpa\": 9, \"flow_limit_kg_s\": 2"), "loss_kpa"),
        (source("\"pump_id\": \"nobody\""), "pump_id"),
        (source("\"pump\": {\"curve\": [[0, 100], [10, 120]]}"), "curve"), (source("\"pump\": {\"curve\": [[0, 100], [10, 20]], \"control\": \"constant_difference\"}"), "pump.set_kpa"),
        (substation("\"primary_from\": \"n20\", \"primary_to\": \"n21\", \"secondary_from\": \"n22\""), "secondary_to"),
        (substation("\(fourEnds), \"secondary\": {\"supply_c\": 40, \"return_c\": 60}"), "supply_c"),
        (substation("\(fourEnds), \"secondary_pump_id\": \"nobody\""), "secondary_pump_id"),
        (dwelling("\"riser\": \"nothing\""), "riser"), (dwelling("\"emitter_nominal\": {\"supply_c\": 50, \"return_c\": 60}"), "emitter"),
        (dwelling("\"floor\": 1", exterior: ""), "exterior_w_k"),
        (dwelling("\"floor\": 1", more: ", \"couplings\": [{\"first\": \"d\", \"second\": \"d\", \"conductance_w_k\": 3}]"), ""),
    ]) func faultsOfListedElementsAreFoundRowByRow(tables: String, field: String) {
        var pipes = (1..<6000).map { Self.pipe($0, "n\($0 - 1)", "n\($0)") }
        if field == "dn" { pipes[4000] = pipes[4000].replacingOccurrences(of: "50", with: "51") }
        let text = Self.text(6000, pipes.joined(separator: ",")).dropLast() + ", \(tables)}"
        let reading = DocumentReader.parse(Array(text.utf8))
        let (frugal, whole) = (Expander.expand(reading.document), Expander.expand(reading.document, frugalRows: .max))
        #expect(frugal.network == nil && whole.network == nil)
        let fault = frugal.problems.first { $0.severity == .error }
        #expect((fault?.field ?? "") == field && fault == whole.problems.first { $0.severity == .error })
        #expect(frugal.problems.contains { $0.code == .judgedInPart })
    }

    /// Settings of the valves and pumps that compact forms make: each is judged before any is made, and none is refused that will be made.
    @Test(arguments: [
        nil, "{\"id\": \"B7/u1/f01/d9/valve\", \"setting\": 1}", "{\"id\": \"B7/u1/f1/d1/valve\", \"setting\": 1}", "{\"id\": \"B7/u9/valve\", \"setting\": 1}",
        "{\"id\": \"S1/valv\", \"setting\": 1}", "{\"id\": \"S1/valve\", \"head_kpa\": 10}", "{\"id\": \"plant/pump\", \"kv_m3_h\": 1}", "{\"id\": \"B7/u1/f01/d1/valve\", \"setting\": 99}",
    ]) func settingsOfCompactFormsAreJudgedBeforeThoseAreMade(wrong: String?) throws {
        let plain = try #require(Expander.expand(ExpansionExamples.example()).network)
        let valves = plain.valves.map { "{\"id\": \"\(plain.links[$0.link].id.text)\", \"kv_m3_h\": 0.5}" }
        let pumps = plain.pumps.map { "{\"id\": \"\(plain.links[$0.link].id.text)\", \"head_kpa\": 50}" }
        let kept = (valves + pumps).filter { row in wrong.map { !$0.hasPrefix(row.prefix { $0 != "," }) } ?? true }
        let rows = (kept + (wrong.map { [$0] } ?? [])).joined(separator: ", ")
        let document = ExpansionExamples.document(ExpansionExamples.twoBuildings.replacing("ROSTER }", with: ", \"settings\": [ \(rows) ] }"))
        let (frugal, whole) = (Expander.expand(document, frugalRows: 0), Expander.expand(document, frugalRows: .max))
        #expect((frugal.network == nil) == (wrong != nil) && (whole.network == nil) == (wrong != nil))
        #expect(frugal.problems.filter { $0.severity == .error }.map(\.code) == whole.problems.filter { $0.severity == .error }.map(\.code))
        #expect(wrong == nil || frugal.problems.contains { $0.code == .judgedInPart })
    }

    /// Names inside compact forms: those that will be made may be referred to and not be used again; all others the other way round.
    @Test func namesInsideCompactFormsAreKnownBeforeTheyAreMade() throws {
        let riser = ExpansionExamples.twoBuildings.replacing("\"floors\": 6", with: "\"riser\": {\"kind\": \"one-pipe\"}, \"valves\": {\"dwelling\": \"none\"}, \"floors\": 6")
        #expect(riser != ExpansionExamples.twoBuildings)
        for text in [ExpansionExamples.twoBuildings, riser] {
            let plain = try #require(Expander.expand(ExpansionExamples.document(text.replacing("ROSTER }", with: "}"))).network)
            let nodes = plain.nodes.map(\.id.text), links = plain.links.map(\.id.text).filter { $0.contains("/") }
            func frugal(_ tables: String) -> Expansion {
                Expander.expand(ExpansionExamples.document(text.replacing("ROSTER }", with: ", \(tables) }")), frugalRows: 0)
            }
            // A pipe between each node and the next.
            let pipes = zip(nodes, nodes.dropFirst()).enumerated().map { "{\"id\": \"x\($0.0)\", \"from\": \"\($0.1.0)\", \"to\": \"\($0.1.1)\", \"length_m\": 5, \"dn\": 20}" }
            let dangling = frugal("\"pipes\": [\(pipes.joined(separator: ", "))]").problems.filter { $0.code.name == "dangling-reference" }
            #expect(dangling.isEmpty, "\(dangling.map(\.arguments))")
            for name in ["B7/u9/supply", "B7/u1/f99/return", "B7/u1/f1/supply", "B7/collectr", "S1/outlet", "B7/u1/f01/d1/outlet"] {
                let wrong = frugal("\"pipes\": [{\"id\": \"x\", \"from\": \"B7/supply\", \"to\": \"\(name)\", \"length_m\": 5, \"dn\": 20}]")
                #expect(wrong.problems.contains { $0.code.name == "dangling-reference" } && wrong.problems.contains { $0.code == .judgedInPart }, "\(name)")
            }
            // A pipe with the id of each link, and with others like them.
            let (from, to) = (nodes[0], nodes[1])
            let taken = links.map { "{\"id\": \"\($0)\", \"from\": \"\(from)\", \"to\": \"\(to)\", \"length_m\": 5, \"dn\": 20}" }
            let duplicates = frugal("\"pipes\": [\(taken.joined(separator: ", "))]").problems.filter { $0.code.name == "duplicate-id" }.compactMap(\.element?.id.text)
            #expect(Set(links).subtracting(duplicates).isEmpty, "\(Set(links).subtracting(duplicates).sorted())")
            let free = links.map { "{\"id\": \"\($0)x\", \"from\": \"\(from)\", \"to\": \"\(to)\", \"length_m\": 5, \"dn\": 20}" }
            #expect(frugal("\"pipes\": [\(free.joined(separator: ", "))]").network != nil)
        }
    }

    /// Risers of listed dwellings are followed through the rows as they are through the network.
    @Test(arguments: [
        ("", ""), ("\"to\": \"k1\", \"dwelling\": \"d1\"", "\"to\": \"k2\", \"dwelling\": \"d1\""), ("\"from\": \"k1\", \"to\": \"k2\", \"dwelling\"", "\"from\": \"k2\", \"to\": \"k1\", \"dwelling\""),
        ("\"kv_m3_h\": 1.1}", "\"kv_m3_h\": 1.1, \"status\": \"closed\"}"), ("\"level\": \"unit\"", "\"level\": \"dwelling\", \"dwelling\": \"d2\""), ("\"kv_m3_h\": 2.2", "\"kv_m3_h\": 2.2, \"function\": \"check\""),
    ]) func risersOfListedDwellingsAreFollowedThroughTheRows(old: String, new: String) throws {
        let dwellings = (1...2).map { "{\"id\": \"d\($0)\", \"building\": \"B\", \"floor\": \($0), \"area_m2\": 60, \"exterior_w_k\": 60, \"riser\": \"up\"}" }
        let text = """
            {"format": "equitherm/1", "sources": [{"id": "S", "from": "b", "to": "a", "supply_c": 90}],
            "nodes": [{"id": "a", "line": "single"}, {"id": "k0", "line": "single"}, {"id": "k1", "line": "single"}, {"id": "k2", "line": "single"},
              {"id": "b", "line": "single", "fixed_pressure_kpa": 300}],
            "pipes": [{"id": "up", "from": "a", "to": "k0", "length_m": 5, "dn": 20}, {"id": "down", "from": "k2", "to": "b", "length_m": 5, "dn": 20}],
            "valves": [{"id": "past", "from": "k1", "to": "k2", "kv_m3_h": 2.2, "level": "unit"}],
            "buildings": [{"id": "B"}], "dwellings": [\(dwellings.joined(separator: ", "))],
            "terminals": [{"id": "t1", "from": "k0", "to": "k1", "dwelling": "d1", "kv_m3_h": 1.1}, {"id": "t2", "from": "k1", "to": "k2", "dwelling": "d2", "kv_m3_h": 1}]}
            """
        let changed = text.replacing(old, with: new)
        #expect((changed == text) == old.isEmpty)
        let reading = DocumentReader.parse(Array(changed.utf8))
        #expect(!reading.problems.hasErrors)
        let (frugal, whole) = (Expander.expand(reading.document, frugalRows: 0), Expander.expand(reading.document, frugalRows: .max))
        #expect((whole.network == nil) == !old.isEmpty && (frugal.network == nil) == !old.isEmpty)
        #expect(frugal.problems.filter { $0.severity == .error } == whole.problems.filter { $0.severity == .error })
        #expect(old.isEmpty || frugal.problems.contains { $0.code == .judgedInPart })
    }

    /// A few rows can ask for many dwellings: those are not made either where the document is refused.
    @Test(arguments: [
        ("\"floors\"", "\"valves\": {\"unit\": \"nobodys\"}, \"floors\"", ""), ("\"floors\"", "\"riser_dn\": 51, \"floors\"", ""), ("", "", ", \"settings\": [{\"id\": \"B7/u9999/valve\", \"kv_m3_h\": 1}]"),
    ]) func dwellingsThatAFewRowsAskForAreNotMadeInVain(old: String, new: String, tables: String) {
        let many = ExpansionExamples.twoBuildings.replacing("\"floors\": 6, \"units\": 3", with: "\"floors\": 40, \"units\": 100")
        #expect(many != ExpansionExamples.twoBuildings)
        let document = ExpansionExamples.document(many.replacing(old, with: new).replacing("ROSTER }", with: "\(tables) }"))
        let expansion = Expander.expand(document)
        #expect(expansion.network == nil && expansion.problems.contains { $0.code == .judgedInPart })
        #expect(expansion.problems.contains { $0.severity == .error })
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
