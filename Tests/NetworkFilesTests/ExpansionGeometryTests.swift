import NetworkFiles
import NetworkModel
import Quantities
import Testing

@Suite("Expansion: geometry and sizing")
struct ExpansionGeometryTests {
    static func building(_ floors: Int, _ units: Int, _ doors: Int, _ envelope: String) throws -> BuildingGeometry {
        BuildingGeometry(
            floors: floors, units: units, dwellingsPerFloor: doors, area: 90, storeyHeight: 2.8, depth: 9, windowShare: 0.3,
            envelope: try #require(BuildingCatalogue.standard.envelope(envelope)), jointTransmittance: 0.8)
    }

    /// Figures of three reference buildings of 90 m² dwellings, 9 m deep, computed independently of this code:
    /// conductance to outdoors of an end column and a middle one on the ground, a middle and the top floor.
    @Test("Conductances to outdoors of the reference buildings", arguments: [
        ("65-percent", 6, 1, 6, [147.945, 132.825, 123.195, 108.075, 163.695, 148.575]),
        ("old", 18, 1, 4, [284.433, 246.633, 230.433, 192.633, 338.433, 300.633]),
        ("75-percent", 6, 2, 2, [113.195, 103.115, 95.195, 85.115, 117.695, 107.615]),
    ])
    func exterior(envelope: String, floors: Int, units: Int, doors: Int, expected: [Double]) throws {
        let building = try Self.building(floors, units, doors, envelope)
        let places = [(1, 0), (1, 1), (2, 0), (2, 1), (floors, 0), (floors, 1)]
        for ((floor, column), conductance) in zip(places, expected) {
            // Half a dozen products and sums: rounding of 1e-13 in 300 W/K.
            #expect(abs(building.exteriorConductance(floor: floor, column: column) - conductance) < 1e-10)
        }
    }

    @Test("Conductances between dwellings of the reference buildings")
    func couplings() throws {
        #expect(abs(try Self.building(6, 1, 6, "65-percent").wallConductance(after: 0) - 37.8) < 1e-12)
        #expect(abs(try Self.building(18, 1, 4, "old").wallConductance(after: 2) - 60.48) < 1e-12)
        #expect(try Self.building(18, 1, 4, "old").slabConductance(area: 90) == 270)
        let units = try Self.building(6, 2, 2, "75-percent")
        #expect(abs(units.wallConductance(after: 1) - 0.8 * 9 * 2.8) < 1e-12)
        #expect(abs(units.wallConductance(after: 0) - 37.8) < 1e-12)
        #expect(units.slabConductance(area: 90) == 108)
    }

    @Test("A single column has a gable at both ends; floor heating insulates the slab it lies on")
    func special() throws {
        let tower = try Self.building(3, 1, 1, "old")
        let row = try Self.building(3, 1, 3, "old")
        let gable = 9 * 2.8 * 1.5
        let difference = tower.exteriorConductance(floor: 2, column: 0) - row.exteriorConductance(floor: 2, column: 1)
        #expect(abs(difference - 2 * gable) < 1e-10)
        let floor = ExpansionExamples.example(replacing: [("radiator-60-45", "floor-45-35")])
        let network = try #require(Expander.expand(floor).network)
        #expect(network.couplings.first { $0.kind == .slab }?.conductance == ThermalConductance(wattsPerKelvin: 1.2 * 90))
    }

    @Test("An emitter of nominal size gives its oversize times the load at its own program")
    func emitter() throws {
        let network = try #require(Expander.expand(ExpansionExamples.example()).network)
        for dwelling in network.dwellings {
            let load = dwelling.exteriorConductance.value * (18 + 19) - dwelling.gains.value
            // Emitter law at 60/45 and 18 °C by hand: (ΔT_ln / ΔT_ln,N)^1.3.
            func mean(_ room: Double) -> Double { 15 / logarithm((60 - room) / (45 - room)) }
            let heat = dwelling.emitter.nominalPower.value * power(mean(18) / mean(20), 1.3)
            #expect(abs(heat - 1.15 * load) < 1e-9 * heat)
        }
    }

    @Test("A terminal loses its 10 kPa at design flow")
    func terminal() throws {
        let network = try #require(Expander.expand(ExpansionExamples.example()).network)
        for dwelling in network.dwellings {
            let load = dwelling.exteriorConductance.value * (18 + 19) - dwelling.gains.value
            let flow = load / (4187 * 15)
            let terminal = network.terminals[try #require(dwelling.terminal)]
            let density = Fluid.water.density(at: Temperature(celsius: 52.5))
            let loss = try #require(terminal.kv).resistance(density: density) * flow * flow
            #expect(abs(loss - 10_000) < 1e-6)
        }
    }

    @Test("Pipe sizes keep their limits and never shrink with the flow", arguments: 1...100)
    func pipeSizes(seed: Int) {
        var random = SplitMix(seed: UInt64(seed))
        let limits = PipeSizing.Limits(friction: 20 + 200 * random.unit(), velocity: 1.5, roughness: 5e-4, temperature: 60)
        let sizing = PipeSizing(.standard, limits: limits)
        let flow = 0.01 * power(10, 4 * random.unit())
        let size = sizing.pipe(carrying: flow)
        #expect(size.nominal <= sizing.pipe(carrying: flow * 1.1).nominal)
        let diameter = size.innerDiameter.metres
        let area = Double.pi / 4 * diameter * diameter
        // Density 983 kg/m³ at 60 °C, taken within a percent by the sizing.
        #expect(flow / (983 * area) <= 1.5 * 1.01)
        let reynolds = flow * diameter / (area * 4.66e-4)
        let factor = 0.11 * power(5e-4 / diameter + 68 / reynolds, 0.25)
        let friction = factor / diameter * flow * flow / (2 * 983 * area * area)
        #expect(friction <= limits.friction * 1.02)
    }

    @Test("A trench without a size gets one by the flow behind it; risers grow thinner upwards")
    func sizedByFlow() throws {
        let document = ExpansionExamples.example(replacing: [(#""length_m": 80, "dn": 80"#, #""length_m": 80"#)])
        let network = try #require(Expander.expand(document).network)
        func diameter(_ id: String) throws -> Double {
            let link = try #require(network.links.first { $0.id.text == id })
            guard case .pipe(let pipe) = link.element else { return 0 }
            return network.pipes[pipe].innerDiameter.metres
        }
        #expect(try diameter("T2/supply") == diameter("T2/return"))
        #expect(try diameter("T2/supply") > 0.03)
        #expect(try diameter("B7/u1/f01/supply") > diameter("B7/u1/f06/supply"))
        #expect(try diameter("B7/u1/main-supply") >= diameter("B7/u3/main-supply"))
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

func logarithm(_ value: Double) -> Double { log(value) }
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// Numbers for property tests, equal on every machine (Steele, Lea & Flood 2014).
struct SplitMix {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
