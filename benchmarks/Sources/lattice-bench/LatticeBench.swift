import BenchmarkSupport
import Heating
import NetworkModel
import Quantities

/// Times one building of the lattice: needs after factorisation, a change of who is heated, rooms under given water.
@main struct LatticeBench {
    static func main() {
        print("| dwellings | factor and solve µs | solve µs | rooms for given water µs |")
        print("| ---: | ---: | ---: | ---: |")
        for (floors, columns) in [(6, 6), (18, 4), (25, 8), (30, 20)] {
            let network = building(floors: floors, columns: columns)
            let count = floors * columns
            var lattice = BuildingLattice(BuildingIndex(0), of: network)
            var rooms = [Double](repeating: 18, count: count)
            var heats = [Double](repeating: 0, count: count)
            var held = lattice.isHeld
            var outdoor = -10.0
            let factor = Timing.measure {
                // Opening and closing one dwelling is what makes a new factor necessary.
                held[count / 2].toggle()
                lattice.hold(held)
                for i in 0..<count where !held[i] { heats[i] = 0 }
                lattice.solve(outdoor: outdoor, rooms: &rooms, heats: &heats)
            }
            let solve = Timing.measure {
                outdoor -= 1e-6
                for i in 0..<count where !held[i] { heats[i] = 0 }
                lattice.solve(outdoor: outdoor, rooms: &rooms, heats: &heats)
            }
            let feed = EmitterFeed(
                laws: network.dwellings.map { EmitterLaw($0.emitter) },
                capacityFlow: network.dwellings.map { $0.state.isHeated ? 120 : 0 }, supply: Array(repeating: 70, count: count))
            lattice.respond(to: feed, outdoor: outdoor, rooms: &rooms, heats: &heats)
            let respond = Timing.measure {
                outdoor -= 1e-3
                lattice.respond(to: feed, outdoor: outdoor, rooms: &rooms, heats: &heats)
            }
            func micro(_ timing: Timing) -> String { "\((timing.best * 1e7).rounded() / 10)" }
            print("| \(count) | \(micro(factor)) | \(micro(solve)) | \(micro(respond)) |")
        }
    }

    /// Dwellings of 90 m² in rows, every fourth one closed.
    private static func building(floors: Int, columns: Int) -> Network {
        var builder = NetworkBuilder(conditions: DesignConditions())
        let zone = builder.add(Zone(id: "z"))
        let emitter = Emitter(
            nominalPower: Power(watts: 5000), nominalSupply: Temperature(celsius: 75), nominalReturn: Temperature(celsius: 50),
            nominalRoom: Temperature(celsius: 20), exponent: 1.3)
        var couplings = 0
        for position in 0..<floors * columns {
            let column = position % columns
            builder.add(Dwelling(
                id: ElementID("d\(position)"), building: BuildingIndex(0), unit: 1, floor: Int32(position / columns + 1),
                door: Int32(column + 1), area: Area(squareMetres: 90),
                exteriorConductance: ThermalConductance(wattsPerKelvin: column == 0 || column == columns - 1 ? 125 : 110),
                gains: Power(watts: 342), state: position % 4 == 3 ? .closed : .open, emitter: emitter))
            for (other, conductance) in [(column > 0 ? position - 1 : -1, 37.8), (position - columns, 270)] where other >= 0 {
                builder.add(Coupling(
                    first: DwellingIndex(other), second: DwellingIndex(position), conductance: ThermalConductance(wattsPerKelvin: conductance),
                    kind: .partition))
                couplings += 1
            }
        }
        builder.add(Building(
            id: "b", zone: zone, dwellings: 0..<floors * columns, couplings: 0..<couplings, floors: floors, units: 1,
            dwellingsPerFloor: columns))
        return builder.build()
    }
}
