import NetworkFiles
import NetworkModel
import Quantities
import Testing

@Suite("Expansion: structure")
struct ExpansionStructureTests {
    let expansion = Expander.expand(ExpansionExamples.example())

    @Test("The example of the format's description expands without a problem")
    func example() throws {
        #expect(expansion.problems == [])
        let network = try #require(expansion.network)
        #expect(network.dwellings.count == 36)
        #expect(network.valves.count == 1 + 1 + 3 + 36)
        // Two trenches, three cellar mains and three risers of six floors, each supply and return.
        #expect(network.pipes.count == 2 * (2 + 3 + 18))
        // Partitions and joints 5 a floor, slabs 6 between two floors.
        #expect(network.couplings.count == 6 * 5 + 5 * 6)
        #expect(network.circuits().count == 2)
        #expect(network.zones.map(\.id) == ["east"])
        #expect(network.buildings[0].substation == SubstationIndex(0))
    }

    @Test("Every element has the ends that the description of the format gives it", arguments: [
        ("T1/supply", "P0/supply", "P1/supply"), ("T1/return", "P1/return", "P0/return"),
        ("plant/pump", "P0/return", "plant/inlet"), ("plant", "plant/inlet", "P0/supply"),
        ("S1/primary", "P1/supply", "S1/primary-outlet"), ("S1/valve", "S1/primary-outlet", "P1/return"),
        ("S1/pump", "S1/return", "S1/inlet"), ("S1/secondary", "S1/inlet", "S1/supply"),
        ("B7/inlet", "B7/collector", "B7/return"), ("B7/u2/valve", "B7/u2/foot", "B7/u2/return"),
        ("B7/u1/f03/supply", "B7/u1/f02/supply", "B7/u1/f03/supply"),
        ("B7/u1/f03/d2/valve", "B7/u1/f03/supply", "B7/u1/f03/d2/inlet"),
        ("B7/u1/f03/d2", "B7/u1/f03/d2/inlet", "B7/u1/f03/return"),
    ])
    func ends(id: String, from: String, to: String) throws {
        let network = try #require(expansion.network)
        let link = try #require(network.links.first { $0.id.text == id })
        #expect(network.nodes[link.from].id.text == from)
        #expect(network.nodes[link.to].id.text == to)
    }

    @Test("Pressure is held once in each circuit, above the highest point")
    func pressureHolding() throws {
        let network = try #require(expansion.network)
        for circuit in network.circuits() {
            let held = circuit.nodes.filter { network.nodes[$0].fixedPressure != nil }
            #expect(held.count == 1)
            let top = circuit.nodes.map { network.nodes[$0].elevation.metres }.max() ?? 0
            let pressure = network.nodes[held[0]].fixedPressure?.pascals ?? 0
            #expect(pressure > 1000 * 9.80665 * (top - network.nodes[held[0]].elevation.metres))
        }
    }

    @Test("Floors stand one storey above another")
    func elevations() throws {
        let network = try #require(expansion.network)
        let node = try #require(network.nodes.first { $0.id == "B7/u3/f06/supply" })
        #expect(abs(node.elevation.metres - 5 * 2.8) < 1e-12)
    }

    @Test("Dwellings stand floor by floor, with their valve, terminal and what they serve")
    func dwellings() throws {
        let network = try #require(expansion.network)
        for (position, dwelling) in network.dwellings.enumerated() {
            #expect(dwelling.id.text == "B7/u\(dwelling.unit)/f0\(dwelling.floor)/d\(dwelling.door)")
            #expect(position == Int(dwelling.floor - 1) * 6 + Int(dwelling.unit - 1) * 2 + Int(dwelling.door) - 1)
            let valve = try #require(dwelling.valve)
            #expect(network.valves[valve].serves.dwelling == DwellingIndex(position))
            #expect(network.valves[valve].level == .dwelling)
            let terminal = try #require(dwelling.terminal)
            #expect(network.terminals[terminal].load == .emitter(DwellingIndex(position)))
            #expect(network.links[network.terminals[terminal].link].id == dwelling.id)
        }
        #expect(network.valves.count { $0.level == .unit } == 3)
        #expect(network.substations[0].primaryValve != nil && network.substations[0].secondaryPump != nil)
    }

    @Test("Closed dwellings have a closed valve; everything else stays open")
    func closed() throws {
        let document = ExpansionExamples.example(
            roster: #"{ "building": "B7", "unit": 2, "floor": 3, "door": 1, "state": "closed" }, { "dwelling": "B7/u1/f01/d2", "state": "restricted", "share": 0.3 }"#)
        let network = try #require(Expander.expand(document).network)
        let closed = network.links.filter { !$0.isOpen }.map(\.id.text)
        #expect(closed == ["B7/u2/f03/d1/valve"])
        let restricted = network.dwellings.filter { $0.state == .restricted(share: 0.3) }.map(\.id.text)
        #expect(restricted == ["B7/u1/f01/d2"])
    }

    @Test("What was assumed is listed with its number and reason")
    func assumptions() throws {
        let names = expansion.assumptions.map(\.value.name)
        #expect(names.contains("storey_height_m") && names.contains("setting") && names.contains("state"))
        #expect(!names.contains("envelope") && !names.contains("dwelling_area_m2"))
        let open = try #require(expansion.assumptions.first { $0.value.name == "setting" })
        #expect(open.count == 41)
        for value in Defaults.all {
            #expect(!value.documentation.english.isEmpty && !value.documentation.chinese.isEmpty)
        }
        #expect(Set(Defaults.all.map(\.name)).count == Defaults.all.count)
    }

    @Test("Defaults: the narrowest place wins")
    func defaults() throws {
        let document = ExpansionExamples.example(replacing: [
            (#""design": {"#, #""defaults": { "gains_w_m2": 1, "room_c": 19, "storey_height_m": 3 }, "zones": [ { "id": "east", "gains_w_m2": 2, "room_c": 20 } ], "dwellings": [ { "building": "B7", "unit": 1, "floor": 1, "door": 1, "room_c": 22, "area_m2": 45 } ], "design": {"#),
            (#""floors": 6,"#, #""floors": 6, "gains_w_m2": 3,"#),
        ])
        let network = try #require(Expander.expand(document).network)
        #expect(network.dwellings[0].target == Temperature(celsius: 22))
        #expect(network.dwellings[0].gains == Power(watts: 135))
        #expect(network.dwellings[1].target == Temperature(celsius: 20))
        #expect(network.dwellings[1].gains == Power(watts: 270))
        let first = network.nodes.first { $0.id == "B7/u1/f02/supply" }
        #expect(first?.elevation.metres == 3)
    }

    @Test("Two sources in one circuit hold the pressure once; a given pressure is held where it is given")
    func twoSources() throws {
        let two = ExpansionExamples.example(replacing: [
            (#""sources": ["#, #""sources": [ { "id": "peak", "at": "P9", "supply_c": 110, "pump": { "head_kpa": 200 } },"#),
            (#""trenches": ["#, #""trenches": [ { "id": "T9", "from": "P9", "to": "P1", "length_m": 100 },"#),
        ])
        let network = try #require(Expander.expand(two).network)
        let held = network.nodes.filter { $0.fixedPressure != nil }.map(\.id.text)
        #expect(held == ["P9/return", "S1/return"])
        let given = ExpansionExamples.example(replacing: [(#""supply_c": 110,"#, #""supply_c": 110, "static_pressure_kpa": 420,"#)])
        let other = try #require(Expander.expand(given).network)
        #expect(other.nodes.first { $0.id == "P0/return" }?.fixedPressure == Pressure(kilopascals: 420))
    }
}
