import NetworkModel
import Quantities

/// A district by a few numbers: one plant, substations on a primary chain (or ring), buildings on each secondary chain.
///
/// Radiators 60/45/18 °C sized for the full house plus 15 %, outdoors −10 °C, valves that lose 10 kPa at design flow.
struct TestDistrict {
    var substations = 2
    var buildings = 2
    var floors = 4
    var units = 1
    var perFloor = 2
    var openRate = 0.7
    var seed: UInt64 = 1
    /// Heat limit over the heat of all dwellings at full occupancy.
    var sourceShare: Double?
    /// Exchanger size over what the design needs.
    var exchangerShare = 1.3
    /// Kv of primary valves over what passes the design flow at 50 kPa.
    var primaryValveShare = 2.0
    var hasRing = false
    var substationHeatLimitShare: Double?

    static let outdoor = -10.0
    static let room = 18.0
    private static let cp = 4187.0

    /// The district, with walls between dwellings of different buildings if any.
    func network(walls: ((Network) -> [Coupling])? = nil) -> Network {
        var builder = TwoPipeBuilder(conditions: DesignConditions(
            outdoor: Temperature(celsius: Self.outdoor), room: Temperature(celsius: Self.room)))
        builder.network.reserve(nodes: 4 * count, links: 4 * count, dwellings: count)
        let zone = builder.network.add(Zone(id: "z"))
        let total = Double(count) * 4500
        let perSubstation = total / Double(max(1, substations))
        builder.source(
            Source(
                id: "plant", supplyTemperature: Temperature(celsius: 110),
                heatLimit: sourceShare.map { Power(watts: $0 * total) }, kv: kv(total / (Self.cp * 60), loss: 10_000)),
            at: "P0", head: 400_000)
        builder.holdPressure(at: "P0")
        var generator = SplitMix64(seed: seed)
        for s in 0..<substations {
            let length = generator.uniform(50...300)
            let flow = total / (Self.cp * 60)
            builder.trench("T\(s)", "P\(s)", "P\(s + 1)", pipe(length, flow: flow, loss: 0.4))
            addSubstation(s, perSubstation, zone, &builder, &generator)
        }
        if hasRing && substations > 1 {
            builder.trench("ring", "P\(substations)", "P0", pipe(400, flow: total / (Self.cp * 120), loss: 0.4))
        }
        if let walls { builder.network.setPartyWalls(walls(builder.network.current)) }
        return builder.network.build()
    }

    var count: Int { substations * buildings * floors * units * perFloor }

    /// A steel pipe of about 0.8 m/s at a flow.
    private func pipe(_ length: Double, flow: Double, loss: Double, roughness: Double = 0.5) -> Pipe {
        let area = max(flow, 0.02) / 970 / 0.8
        return .of(length, (area * 4 / Double.pi).squareRoot() * 1000, roughness: roughness, loss: loss)
    }

    private func kv(_ flow: Double, loss: Double) -> FlowCoefficient {
        FlowCoefficient(
            passing: MassFlow(kilogramsPerSecond: flow), atLoss: PressureDifference(pascals: loss),
            density: Density(kilogramsPerCubicMetre: 980))
    }

    private func addSubstation(
        _ s: Int, _ heat: Double, _ zone: ZoneIndex, _ builder: inout TwoPipeBuilder, _ generator: inout SplitMix64
    ) {
        let id = ElementID("S\(s)")
        let (primary, secondary) = (builder.pair("P\(s + 1)"), builder.pair("S\(s)"))
        let outlet = builder.network.add(Node(id: id.part("primary-outlet"), line: .return))
        let inlet = builder.network.add(Node(id: id.part("inlet"), line: .return))
        let (primaryFlow, secondaryFlow) = (heat / (Self.cp * 60), heat / (Self.cp * 15))
        // LMTD of 110/50 against 45/60.
        let index = builder.network.add(
            Substation(
                id: id, exchangerConductance: ThermalConductance(wattsPerKelvin: exchangerShare * heat / 19.54),
                secondarySupply: Temperature(celsius: 60), secondaryReturn: Temperature(celsius: 45),
                heatLimit: substationHeatLimitShare.map { Power(watts: $0 * heat) },
                primaryKv: kv(primaryFlow, loss: 20_000), secondaryKv: kv(secondaryFlow, loss: 20_000)),
            primary: (primary.supply, outlet), secondary: (inlet, secondary.supply))
        builder.network.add(
            Valve(kv: kv(primaryFlow * primaryValveShare, loss: 50_000), level: .substation), id: id.part("valve"),
            from: outlet, to: primary.back)
        builder.network.add(
            Pump(characteristic: .constantHead(PressureDifference(pascals: 90_000))), id: id.part("pump"),
            from: secondary.back, to: inlet)
        builder.holdPressure(at: "S\(s)")
        for b in 0..<buildings {
            let from = b == 0 ? "S\(s)" : "S\(s)B\(b - 1)"
            builder.trench(
                "S\(s)T\(b)", from, "S\(s)B\(b)",
                pipe(generator.uniform(20...60), flow: secondaryFlow * Double(buildings - b) / Double(buildings), loss: 0.25))
            addBuilding("S\(s)B\(b)", index, zone, &builder, &generator)
        }
    }

    private func addBuilding(
        _ name: String, _ substation: SubstationIndex, _ zone: ZoneIndex, _ builder: inout TwoPipeBuilder,
        _ generator: inout SplitMix64
    ) {
        let first = builder.network.current.dwellings.count
        let firstCoupling = builder.network.current.couplings.count
        let building = BuildingIndex(builder.network.current.buildings.count)
        let columns = units * perFloor
        let shape = TestBuilding(
            floors: floors, columns: columns, wall: 0.6, window: 2.7, roof: 0.45, ground: 0.55, airChanges: 0.5,
            states: String(repeating: "o", count: floors * columns))
        addCouplings(first: first, columns: columns, &builder)
        let entry = builder.pair(name)
        let designFlow = 1.15 * 3500 / (Self.cp * 15)
        let flow = designFlow * Double(floors * columns)
        let inlet = builder.network.add(Node(id: ElementID(name + "/inlet-node"), line: .return))
        builder.network.add(
            Valve(kv: kv(flow, loss: 8000), level: .building), id: ElementID(name + "/inlet"), from: inlet, to: entry.back)
        for floor in 0..<floors {
            for unit in 0..<units {
                let below = floor == 0 ? (supply: entry.supply, back: inlet) : builder.pair("\(name)/u\(unit)/f\(floor - 1)")
                let riser = "\(name)/u\(unit)/f\(floor)"
                let here = builder.pair(riser, elevation: 1.4 + 2.8 * Double(floor))
                let riserPipe = pipe(2.8, flow: designFlow * Double((floors - floor) * perFloor), loss: 0.2, roughness: 0.2)
                builder.network.add(riserPipe, id: ElementID(riser + "/supply-pipe"), from: below.supply, to: here.supply)
                builder.network.add(riserPipe, id: ElementID(riser + "/return-pipe"), from: here.back, to: below.back)
                for door in 0..<perFloor {
                    let exterior = shape.exterior(floor: floor, column: unit * perFloor + door)
                    let load = exterior * (Self.room - Self.outdoor) - TestBuilding.gains
                    addDwelling(
                        "\(riser)/d\(door)", building, floor, unit, door, exterior, 1.15 * load,
                        isOpen: generator.uniform(0...1) < openRate, at: here, &builder)
                }
            }
        }
        builder.network.add(Building(
            id: ElementID(name), zone: zone, substation: substation,
            dwellings: first..<builder.network.current.dwellings.count,
            couplings: firstCoupling..<builder.network.current.couplings.count, floors: floors, units: units,
            dwellingsPerFloor: perFloor))
    }

    private func addCouplings(first: Int, columns: Int, _ builder: inout TwoPipeBuilder) {
        for floor in 0..<floors {
            for column in 0..<columns {
                let here = DwellingIndex(first + floor * columns + column)
                if column + 1 < columns {
                    builder.network.add(Coupling(
                        first: here, second: DwellingIndex(here.position + 1),
                        conductance: ThermalConductance(wattsPerKelvin: 37.8), kind: .partition))
                }
                if floor + 1 < floors {
                    builder.network.add(Coupling(
                        first: here, second: DwellingIndex(here.position + columns),
                        conductance: ThermalConductance(wattsPerKelvin: 270), kind: .slab))
                }
            }
        }
    }

    private func addDwelling(
        _ name: String, _ building: BuildingIndex, _ floor: Int, _ unit: Int, _ door: Int, _ exterior: Double, _ power: Double,
        isOpen: Bool, at riser: (supply: NodeIndex, back: NodeIndex), _ builder: inout TwoPipeBuilder
    ) {
        let flow = power / (Self.cp * 15)
        let dwelling = DwellingIndex(builder.network.current.dwellings.count)
        let height = builder.network.current.nodes[riser.supply].elevation
        let inlet = builder.network.add(Node(id: ElementID(name + "/inlet"), line: .supply, elevation: height))
        let valve = builder.network.add(
            Valve(kv: kv(flow, loss: 10_000), level: .dwelling), id: ElementID(name + "/valve"), from: riser.supply, to: inlet,
            isOpen: isOpen)
        let terminal = builder.network.add(
            Terminal(load: .emitter(dwelling), kv: kv(flow, loss: 3000)), id: ElementID(name), from: inlet, to: riser.back)
        let emitter = Emitter(
            nominalPower: Power(watts: power), nominalSupply: Temperature(celsius: 60), nominalReturn: Temperature(celsius: 45),
            nominalRoom: Temperature(celsius: 18), exponent: 1.3)
        builder.network.add(Dwelling(
            id: ElementID(name), building: building, unit: Int32(unit + 1), floor: Int32(floor + 1), door: Int32(door + 1),
            area: Area(squareMetres: 90), exteriorConductance: ThermalConductance(wattsPerKelvin: exterior),
            gains: Power(watts: TestBuilding.gains), state: isOpen ? .open : .closed, emitter: emitter, terminal: terminal,
            valve: valve))
    }
}
