import Heating
import NetworkModel
import Quantities

/// A building of the shape that the lattice figures were computed for: flats of 10 × 9 m, 2.8 m high, 30 % window on
/// the two long faces, a gable at both ends, half the ground U through the lowest floor, ventilation of 2.6 m of height.
struct TestBuilding {
    var floors: Int
    var columns: Int
    var wall: Double
    var window: Double
    var roof: Double
    var ground: Double
    var airChanges: Double
    var partition = 1.5
    var slab = 3.0
    /// U of the wall in the middle where two units meet; nil for one unit.
    var joint: Double?
    /// `o` open, `c` closed, floor by floor from the ground.
    var states: String

    static let area = 90.0
    static let gains = 342.0

    static let sixBySix = TestBuilding(
        floors: 6, columns: 6, wall: 0.6, window: 2.7, roof: 0.45, ground: 0.55, airChanges: 0.5,
        states: "ocooocooooooocccoocccoooooooocococoo")
    static let eighteenByFour = TestBuilding(
        floors: 18, columns: 4, wall: 1.5, window: 4.7, roof: 1.2, ground: 1.2, airChanges: 0.7, partition: 2.4,
        states: "ooccocooccocoocooocccoccoococccooooooocococococoooccccoocooocoooooooococ")
    static let twoUnits = TestBuilding(
        floors: 6, columns: 4, wall: 0.4, window: 1.8, roof: 0.25, ground: 0.4, airChanges: 0.5, slab: 1.2, joint: 0.8,
        states: "oooococcooccooccococoocc")

    var isOpen: [Bool] { states.map { $0 == "o" } }

    /// Exterior and ventilation conductance of a flat, W/K.
    func exterior(floor: Int, column: Int) -> Double {
        let faces = 2 * 10 * 2.8
        var sum = faces * (0.7 * wall + 0.3 * window) + airChanges * 2.6 * Self.area * 0.335
        if floor == 0 { sum += 0.5 * Self.area * ground }
        if floor == floors - 1 { sum += Self.area * roof }
        if column == 0 || column == columns - 1 { sum += 9 * 2.8 * wall }
        return sum
    }

    /// The building alone, without any water.
    func network(emitter: Emitter = .radiator(watts: 4000)) -> Network {
        var builder = NetworkBuilder(conditions: DesignConditions(
            outdoor: Temperature(celsius: -7.6), room: Temperature(celsius: 20)))
        let zone = builder.add(Zone(id: "z"))
        let open = isOpen
        for floor in 0..<floors {
            for column in 0..<columns {
                let position = floor * columns + column
                builder.add(Dwelling(
                    id: ElementID("d\(position)"), building: BuildingIndex(0), unit: 1, floor: Int32(floor + 1),
                    door: Int32(column + 1), area: Area(squareMetres: Self.area),
                    exteriorConductance: ThermalConductance(wattsPerKelvin: exterior(floor: floor, column: column)),
                    gains: Power(watts: Self.gains), state: open[position] ? .open : .closed, emitter: emitter))
            }
        }
        var couplings = 0
        for floor in 0..<floors {
            for column in 0..<columns {
                let here = floor * columns + column
                if column + 1 < columns {
                    let isJoint = joint != nil && column + 1 == columns / 2
                    let u = isJoint ? joint ?? 0 : partition
                    builder.add(Coupling(
                        first: DwellingIndex(here), second: DwellingIndex(here + 1),
                        conductance: ThermalConductance(wattsPerKelvin: 9 * 2.8 * u), kind: .partition))
                    couplings += 1
                }
                if floor + 1 < floors {
                    builder.add(Coupling(
                        first: DwellingIndex(here), second: DwellingIndex(here + columns),
                        conductance: ThermalConductance(wattsPerKelvin: Self.area * slab), kind: .slab))
                    couplings += 1
                }
            }
        }
        builder.add(Building(
            id: "b", zone: zone, dwellings: 0..<floors * columns, couplings: 0..<couplings, floors: floors, units: 1,
            dwellingsPerFloor: columns))
        return builder.build()
    }
}

extension Emitter {
    /// A radiator by its power at 75/50/20 °C, n = 1.3.
    static func radiator(watts: Double, supply: Double = 75, return: Double = 50, exponent: Double = 1.3) -> Emitter {
        Emitter(
            nominalPower: Power(watts: watts), nominalSupply: Temperature(celsius: supply),
            nominalReturn: Temperature(celsius: `return`), nominalRoom: Temperature(celsius: 20), exponent: exponent)
    }
}
