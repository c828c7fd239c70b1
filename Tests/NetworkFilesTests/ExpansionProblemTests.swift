import NetworkFiles
import NetworkModel
import Testing

@Suite("Expansion: problems")
struct ExpansionProblemTests {
    /// What a change of the example is to be answered with: code, severity, line, remedy contains.
    struct Case: Sendable, CustomTestStringConvertible {
        var old: String
        var new: String
        var code: String
        var severity = Severity.error
        var line: Int?
        var says = ""
        var testDescription: String { "\(code): \(new)" }
    }

    static let cases = [
        Case(old: #""to": "B7""#, new: #""to": "B77""#, code: "unconnected", line: 7, says: "B77"),
        Case(old: #""to": "B7""#, new: #""to": "B77""#, code: "dead-end", severity: .warning, line: 5, says: "B7"),
        Case(old: "static-DN50", new: "static-DN51", code: "unknown-size", line: 9, says: "40, 50, 65"),
        Case(old: "preset-DN15", new: "preste-DN15", code: "dangling-reference", line: 9, says: "preset-DN15"),
        Case(old: "65-percent", new: "65-procent", code: "dangling-reference", line: 8, says: "65-percent"),
        Case(old: "radiator-60-45", new: "radiator-60-44", code: "dangling-reference", line: 8, says: "radiator-60-45"),
        Case(old: #""dn": 150"#, new: #""dn": 151"#, code: "unknown-size", line: 4, says: "150"),
        Case(old: #""from": "P0""#, new: #""from": "P1""#, code: "self-loop", line: 4),
        Case(old: #""radiator-60-45""#, new: #""floor-45-35", "room_c": 38"#, code: "emitter-too-cold", line: 8),
        Case(old: #""return_c": 45"#, new: #""return_c": 70"#, code: "temperatures-reversed", line: 6),
        Case(old: #""at": "P1","#, new: "", code: "missing-value", line: 6, says: "at"),
        Case(old: #""head_kpa": 90"#, new: #""head_kpa": 90, "curve": [[0, 90], [9, 80]]"#, code: "conflicting-fields", line: 6),
        Case(old: "[30, 320]", new: "[30, 420]", code: "pump-curve-rising", line: 3),
        Case(old: #""zone": "east","#, new: #""zone": "east", "substation": "S2","#, code: "dangling-reference", line: 7, says: "S1"),
    ]

    @Test("Each mistake is named with its line and what to do", arguments: cases)
    func mistake(_ given: Case) throws {
        let document = ExpansionExamples.example(replacing: [(given.old, given.new)])
        let expansion = Expander.expand(document)
        let problem = try #require(
            expansion.problems.first { $0.code.name == given.code && $0.severity == given.severity },
            "found \(expansion.problems.map { "\($0.code.name) \($0.location?.line ?? 0)" })")
        if let line = given.line { #expect(problem.location?.line == line) }
        #expect(given.says.isEmpty || (problem.message() + problem.remedy()).contains(given.says))
        if given.severity == .error { #expect(expansion.network == nil) }
    }

    @Test("Rosters: unknown names, places outside the building and contradictions", arguments: [
        (#"{ "building": "B8", "state": "closed" }"#, "dangling-reference"),
        (#"{ "dwelling": "B7/u1/f09/d1", "state": "closed" }"#, "dangling-reference"),
        (#"{ "building": "B7", "unit": 4, "state": "closed" }"#, "no-such-place"),
        (#"{ "building": "B7", "unit": 1, "floor": 7, "door": 1, "state": "closed" }"#, "no-such-place"),
        (#"{ "building": "B7", "unit": 1, "floor": 1, "door": 1, "state": "closed" }, { "dwelling": "B7/u1/f01/d1", "state": "open" }"#, "contradictory-roster"),
        (#"{ "building": "B7", "floor": 1, "state": "closed" }, { "building": "B7", "unit": 2, "state": "open" }"#, "contradictory-roster"),
        (#"{ "building": "B7", "state": "open", "share": 0.4 }"#, "share-without-restriction"),
        (#"{ "unit": 1, "state": "closed" }"#, "missing-value"),
    ])
    func roster(rows: String, code: String) throws {
        let expansion = Expander.expand(ExpansionExamples.example(roster: rows))
        let problem = try #require(expansion.problems.first)
        #expect(problem.code.name == code)
        #expect(problem.location?.line == 9)
        #expect(expansion.network == nil)
    }

    @Test("A closer row of a roster goes before a wider one, whatever their order; repeats are harmless", arguments: [false, true])
    func closeness(reversed: Bool) throws {
        let rows = [
            #"{ "building": "B7", "state": "closed" }"#, #"{ "building": "B7", "unit": 2, "state": "open" }"#,
            #"{ "building": "B7", "unit": 2, "floor": 1, "door": 2, "state": "closed" }"#,
            #"{ "dwelling": "B7/u2/f01/d2", "state": "closed" }"#,
        ]
        let text = (reversed ? rows.reversed() : rows).joined(separator: ", ")
        let network = try #require(Expander.expand(ExpansionExamples.example(roster: text)).network)
        #expect(network.dwellings.count { $0.state == .open } == 11)
        #expect(network.dwellings.allSatisfy { $0.unit == 2 || $0.state == .closed })
    }

    @Test("All problems are found at once")
    func together() {
        let document = ExpansionExamples.example(
            roster: #"{ "building": "B9", "state": "closed" }"#,
            replacing: [("static-DN50", "static-DN51"), (#""dn": 150"#, #""dn": 151"#), ("65-percent", "65")])
        #expect(Set(ExpansionExamples.codes(document)) == ["dangling-reference", "unknown-size"])
        #expect(ExpansionExamples.codes(document).count == 4)
    }

    @Test("An empty document, and documents of rows without their partners, are refused without a crash", arguments: [
        "{}", #"{ "format": "equitherm/1" }"#, #"{ "trenches": [ { "id": "T", "from": "A", "to": "B", "length_m": 3 } ] }"#,
        #"{ "buildings": [ { "id": "B", "floors": 3 } ] }"#, #"{ "buildings": [ { "id": "B" } ] }"#,
        #"{ "dwellings": [ { "id": "x" } ] }"#, #"{ "couplings": [ { "first": "a", "second": "b", "conductance_w_k": 1 } ] }"#,
        #"{ "settings": [ { "id": "B7/inlet", "setting": 2 } ] }"#, #"{ "substations": [ { "id": "S" }, { "id": "S" } ] }"#,
        #"{ "valves": [ { "id": "v", "from": "a", "to": "a", "catalogue": "static-DN25" } ] }"#,
        #"{ "nodes": [ { "id": "a" } ], "pumps": [ { "id": "p", "from": "a", "to": "a" } ] }"#,
        #"{ "terminals": [ { "id": "t", "at": "A", "kind": "emitter" }, { "id": "u", "at": "A" } ] }"#,
        #"{ "catalogue_valves": [ { "family": "f", "dn": 10, "setting": 1, "kv_m3_h": 0 } ] }"#,
        #"{ "sources": [ { "id": "s", "at": "A", "from": "x", "supply_c": 90, "loss_kpa": 5 } ] }"#,
    ])
    func fragments(json: String) {
        let expansion = Expander.expand(ExpansionExamples.document(json))
        #expect(expansion.network == nil || expansion.network?.dwellings.isEmpty == true)
    }
}
