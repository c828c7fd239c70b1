import NetworkFiles
import NetworkModel
import Quantities
import Testing

@Suite("Expansion: settings")
struct ExpansionSettingsTests {
    @Test("Without settings every valve is fully open")
    func open() throws {
        let network = try #require(Expander.expand(ExpansionExamples.example()).network)
        for valve in network.valves {
            let model = network.valveModels[try #require(valve.model)]
            #expect(valve.kv == model.fullyOpen)
            #expect(valve.setting == model.points[model.points.count - 1].setting)
        }
    }

    @Test("Settings by number, by Kv, of pumps and open or closed")
    func read() throws {
        let settings = """
            , "settings": [ { "id": "B7/inlet", "setting": 2.5 }, { "id": "B7/u1/f01/d1/valve", "kv_m3_h": 0.123 },
              { "id": "S1/pump", "head_kpa": 55 }, { "id": "plant/pump", "speed": 0.8 }, { "id": "B7/u2/valve", "status": "closed" } ] }
            """
        let json = ExpansionExamples.twoBuildings.replacing("ROSTER }", with: settings)
        let network = try #require(Expander.expand(ExpansionExamples.document(json)).network)
        func valve(_ id: String) -> Valve? { network.valves.first { network.links[$0.link].id.text == id } }
        let inlet = try #require(valve("B7/inlet"))
        #expect(inlet.setting == 2.5)
        #expect(inlet.kv == network.valveModels[try #require(inlet.model)].kv(at: 2.5))
        #expect(valve("B7/u1/f01/d1/valve")?.kv == FlowCoefficient(0.123))
        #expect(network.pumps.map(\.characteristic).contains(.constantHead(PressureDifference(kilopascals: 55))))
        #expect(network.pumps.map(\.speed).sorted() == [0.8, 1])
        #expect(network.links.first { $0.id == "B7/u2/valve" }?.isOpen == false)
    }

    @Test("Settings that name nothing, lie outside the table or mean another kind are errors", arguments: [
        (#"{ "id": "B7/inlt", "setting": 2 }"#, "dangling-reference"), (#"{ "id": "B7/inlet", "setting": 5 }"#, "setting-outside-table"),
        (#"{ "id": "B7/inlet", "head_kpa": 5 }"#, "conflicting-fields"), (#"{ "id": "S1/pump", "setting": 5 }"#, "conflicting-fields"),
    ])
    func wrong(row: String, code: String) {
        let json = ExpansionExamples.twoBuildings.replacing("ROSTER }", with: ", \"settings\": [ \(row) ] }")
        let expansion = Expander.expand(ExpansionExamples.document(json))
        #expect(expansion.problems.map(\.code.name) == [code])
        #expect(expansion.network == nil)
    }

    @Test("A document with settings applied expands to the network with settings applied, and stays compact")
    func apply() throws {
        let document = ExpansionExamples.example(roster: ExpansionExplicitTests.roster)
        let network = try #require(Expander.expand(document).network)
        var settings = Settings()
        for position in network.valves.indices where position % 3 == 0 {
            let index = ValveIndex(position)
            guard let model = network.valves[index].model.map({ network.valveModels[$0] }) else { continue }
            settings.valves.append(.init(valve: index, setting: 2.1, kv: model.kv(at: 2.1)))
        }
        settings.valves.append(.init(valve: ValveIndex(1), setting: nil, kv: FlowCoefficient(7.25)))
        settings.pumps.append(
            .init(pump: PumpIndex(1), characteristic: .constantHead(PressureDifference(kilopascals: 61.3)), speed: 1))
        settings.pumps.append(.init(pump: PumpIndex(0), characteristic: network.pumps[0].characteristic, speed: 0.7))
        let changed = document.applying(settings, of: network)
        #expect(changed[.nodes].rowCount == 0 && changed[.buildings].rowCount == 1)
        // Applying twice changes nothing more.
        #expect(changed.applying(settings, of: network) == changed)
        let read = DocumentReader.parse(DocumentWriter.json(changed)).document
        let again = try #require(Expander.expand(read).network)
        let expected = network.applying(settings)
        #expect(again.valves.map(\.kv) == expected.valves.map(\.kv))
        #expect(again.valves.map(\.setting) == expected.valves.map(\.setting))
        #expect(again.pumps.map(\.characteristic) == expected.pumps.map(\.characteristic))
        #expect(again.pumps.map(\.speed) == expected.pumps.map(\.speed))
    }
}
