import Foundation
import Heating
import NetworkModel
import Quantities
import Testing

@testable import NetworkFiles

/// Buildings of real shapes: floor plans, setbacks, shops, stairwells, cellars, attics, facing, neighbours.
@Suite("Expansion: real shapes") struct ShapeTests {
    /// A source with buildings at it, each given by its fields.
    static func network(_ buildings: [String], plans: String = "", defaults: String = "") throws -> Network {
        try #require(Expander.expand(document(buildings, plans: plans, defaults: defaults)).network)
    }

    static func document(_ buildings: [String], plans: String = "", defaults: String = "") -> Document {
        let trenches = buildings.indices.map { #"{ "id": "T\#($0)", "from": "P", "to": "B\#($0)", "length_m": 50 }"# }
        let rows = buildings.enumerated().map { #"{ "id": "B\#($0)", \#($1) }"# }
        return ExpansionExamples.document("""
            { "format": "equitherm/1", "design": { "outdoor_c": -10, "room_c": 18, "ground_c": 4 }, "defaults": { "gains_w_m2": 3 \(defaults) },
              "sources": [ { "id": "s", "at": "P", "supply_c": 75, "pump": { "head_kpa": 100 } } ],
              "trenches": [ \(trenches.joined(separator: ",")) ], "buildings": [ \(rows.joined(separator: ",")) ],
              "floor_plans": [ \(plans) ] }
            """)
    }

    static let plain = #""floors": 4, "units": 2, "dwellings_per_floor": 3, "envelope": "65-percent""#
    static let noFactors = #", "orientation_factor": { "north": 0, "east_west": 0, "south_east_west": 0, "south": 0 }"#

    private func dwelling(_ network: Network, _ id: String) throws -> Dwelling {
        try #require(network.dwellings.first { $0.id.text == id })
    }

    private func exterior(_ network: Network, _ id: String) throws -> Double { try dwelling(network, id).exteriorConductance.value }

    @Test("A row of equal dwellings is the same by rectangles as by its closed form")
    func agreesWithTheClosedForm() throws {
        let closed = try Self.network([Self.plain])
        let drawn = try Self.network([Self.plain + #", "facing": "E""#], defaults: Self.noFactors)
        #expect(drawn.dwellings.map(\.id) == closed.dwellings.map(\.id))
        for (a, b) in zip(closed.dwellings, drawn.dwellings) {
            // Sums of the same areas in another order.
            #expect(abs(a.exteriorConductance.value - b.exteriorConductance.value) < 1e-9)
            #expect(abs(a.emitter.nominalPower.value - b.emitter.nominalPower.value) < 1e-6)
        }
        func table(_ network: Network) -> [String: Double] {
            Dictionary(uniqueKeysWithValues: network.couplings.map { ("\($0.first.position)-\($0.second.position)", $0.conductance.value) })
        }
        let (one, other) = (table(closed), table(drawn))
        #expect(one.keys.sorted() == other.keys.sorted())
        for (key, value) in one { #expect(abs(value - (other[key] ?? .nan)) < 1e-9) }
    }

    @Test("Facades are weighed by the way they face (GB 50736 §5.2.6)")
    func orientation() throws {
        let plain = try Self.network([Self.plain])
        let south = try Self.network([Self.plain + #", "facing": "S""#])
        // Front S −20 %, back N +5 %, ends E and W −5 %; 10 m of each face, 30 % windows.
        let face = 10 * 2.8 * (0.7 * 0.6 + 0.3 * 2.7)
        let middle = try exterior(plain, "B0/u1/f02/d2") + face * (-0.2 + 0.05)
        #expect(abs(try exterior(south, "B0/u1/f02/d2") - middle) < 1e-9)
        let end = try exterior(plain, "B0/u1/f02/d1") + face * (-0.2 + 0.05) - 0.05 * 9 * 2.8 * 0.6
        #expect(abs(try exterior(south, "B0/u1/f02/d1") - end) < 1e-9)
    }

    @Test("A setback gives a roof to the dwelling below and a gable to the one beside")
    func setback() throws {
        let plain = try Self.network([Self.plain])
        let stepped = try Self.network([Self.plain], plans: #"{ "building": "B0", "from_floor": 4, "unit": 2, "dwellings": 0 }"#)
        #expect(stepped.dwellings.count == plain.dwellings.count - 3)
        let below = try exterior(plain, "B0/u2/f03/d2") + 90 * 0.45
        #expect(abs(try exterior(stepped, "B0/u2/f03/d2") - below) < 1e-9)
        let beside = try exterior(plain, "B0/u1/f04/d3") + 9 * 2.8 * 0.6
        #expect(abs(try exterior(stepped, "B0/u1/f04/d3") - beside) < 1e-9)
        // The riser of the second unit ends a floor lower.
        #expect(stepped.links.contains { $0.id.text == "B0/u1/f04/supply" } && !stepped.links.contains { $0.id.text == "B0/u2/f04/supply" })
        #expect(Expander.expand(Self.document([Self.plain], plans: #"{ "building": "B0", "from_floor": 9, "dwellings": 0 }"#))
            .problems.contains { $0.code.name == "no-such-place" })
    }

    @Test("Shops keep the slab above them warm; unheated ones float")
    func shops() throws {
        let heated = try Self.network([Self.plain + #", "shop_floors": 1, "shop_room_c": 15"#])
        #expect(heated.dwellings.count == 18)
        let first = try dwelling(heated, "B0/u1/f02/d1")
        #expect(abs(first.contact.held.value - 90 * 3) < 1e-9 && abs(first.contact.heldTemperature.celsius - 15) < 1e-9)
        let cold = try Self.network([Self.plain + #", "shop_floors": 1, "shops": "unheated""#])
        let shops = cold.dwellings.filter { $0.use == .shop }
        #expect(shops.map(\.id.text) == ["B0/u1/f01/shop1", "B0/u2/f01/shop1"])
        #expect(shops.allSatisfy { $0.state == .closed && $0.area == .zero && $0.terminal == nil })
        let demand = HeatDemand(of: cold, in: cold.designWeather)
        #expect(cold.dwellings.indices.allSatisfy { cold.dwellings[$0].use == .dwelling || (demand.room[$0] > -10 && demand.room[$0] < 18) })
    }

    @Test("Stairwells, a cellar and an attic are spaces between the dwellings and outdoors")
    func spaces() throws {
        let plain = try Self.network([Self.plain])
        let network = try Self.network([Self.plain + #", "stairwells": "unheated", "below": "cellar", "above": "attic""#])
        #expect(network.dwellings.filter { $0.use == .stairwell }.count == 8)
        #expect(network.dwellings.first?.id == "B0/cellar" && network.dwellings.last?.id == "B0/attic")
        // Neither roof nor ground is a dwelling's own any more.
        #expect(abs(try exterior(network, "B0/u1/f04/d2") - exterior(plain, "B0/u1/f03/d2")) < 1e-9)
        #expect(abs(try exterior(network, "B0/u1/f01/d2") - exterior(plain, "B0/u1/f03/d2")) < 1e-9)
        let outcome = HeatDemand(of: network, in: network.designWeather)
        func room(_ id: String) throws -> Double { outcome.room[try #require(network.dwellings.firstIndex { $0.id.text == id })] }
        let (cellar, attic, stairs) = (try room("B0/cellar"), try room("B0/attic"), try room("B0/u1/f02/stairwell"))
        #expect(attic > -10 && attic < 0)
        #expect(cellar > 0 && cellar < 12)
        #expect(stairs > 2 && stairs < 15)
        // A dwelling at the stairs needs more than the plain one for its wall to them.
        #expect(try dwelling(network, "B0/u1/f02/d2").emitter.nominalPower > dwelling(plain, "B0/u1/f02/d2").emitter.nominalPower)
    }

    @Test("Houses wall to wall share their end walls as far as both are high")
    func neighbours() throws {
        let low = #""floors": 2, "dwellings_per_floor": 2, "envelope": "65-percent""#
        let network = try Self.network([Self.plain + #", "adjoins": { "right": "B1" }"#, low])
        let alone = try Self.network([Self.plain, low])
        let gable = 9 * 2.8 * 0.6
        #expect(abs(try exterior(network, "B0/u2/f02/d3") - (exterior(alone, "B0/u2/f02/d3") - gable)) < 1e-9)
        #expect(try exterior(network, "B0/u2/f03/d3") == exterior(alone, "B0/u2/f03/d3"))
        #expect(abs(try exterior(network, "B1/u1/f01/d1") - (exterior(alone, "B1/u1/f01/d1") - gable)) < 1e-9)
        #expect(network.partyWalls.count == 4)
        #expect(network.partyWalls.allSatisfy { abs($0.conductance.value - 0.8 * 9 * 2.8) < 1e-9 })
        #expect(network.buildings.map(\.partyWalls) == [0..<2, 2..<4])
        // Said from both sides it is the same wall; said twice differently it is a mistake.
        let both = try Self.network([Self.plain + #", "adjoins": { "right": "B1" }"#, low + #", "adjoins": { "left": "B0" }"#])
        #expect(both.partyWalls == network.partyWalls)
        let wrong = Self.document([Self.plain + #", "adjoins": { "right": "B1" }"#, low, low + #", "adjoins": { "right": "B1" }"#])
        #expect(ExpansionExamples.codes(wrong).contains("adjoins-twice"))
        let outside = try Self.network([Self.plain + #", "adjoins": { "left_c": 10 }"#])
        let contact = try dwelling(outside, "B0/u1/f02/d1").contact
        #expect(abs(contact.held.value - 0.8 * 9 * 2.8) < 1e-9 && contact.heldTemperature == Temperature(celsius: 10))
    }

    @Test("On a corridor dwellings face one side and share the wall between them")
    func corridor() throws {
        let house = #""floors": 3, "units": 1, "dwellings_per_floor": 4, "dwelling_area_m2": 45, "dwelling_depth_m": 15, "envelope": "old""#
        let plans = (1...4).map { #"{ "building": "B0", "door": \#($0), "faces": "\#($0 % 2 == 1 ? "front" : "back")" }"# }
        let network = try Self.network([house], plans: plans.joined(separator: ","))
        // 45 m² on 7.5 m of depth are 6 m wide: one face of 6 m and one end of 7.5 m.
        let air = 0.335 * 0.7 * 2.6 * 45
        let expected = 6 * 2.8 * (0.7 * 1.5 + 0.3 * 4.7) + 7.5 * 2.8 * 1.5 + air
        #expect(abs(try exterior(network, "B0/u1/f02/d1") - expected) < 1e-9)
        let ofFloor = network.couplings.filter {
            network.dwellings[$0.first].floor == 2 && network.dwellings[$0.second].floor == 2
        }
        #expect(ofFloor.map { ($0.conductance.value / 2.8 / 2.4 * 2).rounded() / 2 }.sorted() == [6, 6, 7.5, 7.5])
    }

    /// Whatever the floors look like, every square metre of a floor is under another one or under a roof.
    @Test("Floors of random plans cover each other without gap or overlap", arguments: 1...30)
    func randomPlans(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let envelope = try #require(BuildingCatalogue.standard.envelope("old"))
        let geometry = BuildingGeometry(
            floors: 2 + Int(5 * random.unit()), units: 1 + Int(3 * random.unit()), dwellingsPerFloor: 1 + Int(4 * random.unit()), area: 80,
            storeyHeight: 3, depth: 12, windowShare: 0.3, envelope: envelope, jointTransmittance: 0.8)
        var builder = LayoutBuilder(geometry)
        for floor in builder.floors.indices {
            for unit in builder.floors[floor].indices where random.unit() < 0.5 {
                let count = Int(4 * random.unit())
                builder.floors[floor][unit].doors = (0..<count).map { _ in
                    UnitSpecification.Door(area: 30 + 100 * random.unit(), faces: random.unit() < 0.3 ? .front : .both)
                }
            }
        }
        builder.hasCellar = random.unit() < 0.5
        builder.hasAttic = random.unit() < 0.5
        let layout = builder.layout(widths: builder.unitWidths)
        for level in layout.levels {
            let cells = layout.layout(level).cells
            for (cell, data) in cells.enumerated() {
                let above = layout.overlaps(above: level).filter { $0.below == cell }.reduce(0) { $0 + $1.area }
                // Slivers of less than a centimetre are no overlap.
                #expect(abs(above + layout.uncoveredAbove(level, cell) - data.footprint) < 0.02 * data.footprint + 0.1)
            }
            let outside = layout.layout(level).outside
            #expect(outside.allSatisfy { $0.front >= 0 && $0.back >= 0 && $0.left >= 0 && $0.right >= 0 })
            // Walls and outside walls together are the rooms' perimeters.
            let walls = layout.layout(level).walls.reduce(0) { $0 + 2 * $1.length }
            let faces = outside.reduce(0) { $0 + $1.front + $1.back + $1.left + $1.right }
            let perimeter = cells.reduce(0) { $0 + 2 * ($1.right - $1.left + $1.back - $1.front) }
            #expect(abs(walls + faces - perimeter) < 0.1)
        }
        for node in 0..<layout.nodeCount {
            let place = layout.place(of: node)
            #expect(layout.node(place.level, place.cell) == node)
        }
    }

    @Test("The example of real shapes is sound, and written out in full it is the same network")
    func example() throws {
        let path = networksFolder() + "/shapes/network.json"
        let document = DocumentReader.parse(Array(try Data(contentsOf: URL(fileURLWithPath: path)))).document
        let expansion = Expander.expand(document)
        #expect(expansion.problems.filter { $0.severity == .error } == [])
        let network = try #require(expansion.network)
        let again = try #require(Expander.expand(ExplicitDocument.document(of: network)).network)
        #expect(again.dwellings.map(\.id) == network.dwellings.map(\.id))
        #expect(again.dwellings.map(\.use) == network.dwellings.map(\.use))
        #expect(again.dwellings.map(\.contact) == network.dwellings.map(\.contact))
        #expect(again.dwellings.map(\.state) == network.dwellings.map(\.state))
        #expect(again.dwellings.map(\.exteriorConductance) == network.dwellings.map(\.exteriorConductance))
        #expect(again.buildings.map(\.dwellings) == network.buildings.map(\.dwellings))
        #expect(again.buildings.map(\.floors) == network.buildings.map(\.floors))
        #expect(again.partyWalls == network.partyWalls && !network.partyWalls.isEmpty)
        #expect(again.links.map(\.id) == network.links.map(\.id))
        #expect(ExplicitDocument.document(of: again) == ExplicitDocument.document(of: network))
    }
}
