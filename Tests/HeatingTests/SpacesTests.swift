import Heating
import NetworkModel
import Quantities
import Testing

/// Unheated spaces, the ground, heated shops and party walls in the lattice.
@Suite struct SpacesTests {
    static let weather = Weather(outdoor: Temperature(celsius: -12), ground: Temperature(celsius: 6))

    /// Random buildings side by side: some nodes are unheated spaces, some touch the ground or a warm shop, walls join neighbours.
    private func district(_ generator: inout SplitMix64) -> Network {
        var builder = NetworkBuilder(conditions: DesignConditions(outdoor: Self.weather.outdoor, room: Temperature(celsius: 18)))
        let zone = builder.add(Zone(id: "z"))
        var walls: [Coupling] = []
        for building in 0..<3 {
            let (floors, columns) = (Int.random(in: 1...5, using: &generator), Int.random(in: 1...4, using: &generator))
            let first = builder.current.dwellings.count
            let firstCoupling = builder.current.couplings.count
            for node in 0..<floors * columns {
                let isSpace = generator.uniform(0...1) < 0.2
                var dwelling = Dwelling(
                    id: ElementID("b\(building)d\(node)"), building: BuildingIndex(building), unit: 1, floor: Int32(node / columns + 1),
                    door: Int32(node % columns + 1), area: Area(squareMetres: 90),
                    exteriorConductance: ThermalConductance(wattsPerKelvin: generator.uniform(isSpace ? 0...80 : 60...160)),
                    gains: Power(watts: isSpace ? 0 : 300), state: isSpace || generator.uniform(0...1) < 0.3 ? .closed : .open,
                    emitter: .radiator(watts: 9000))
                if isSpace { dwelling.use = .stairwell }
                if generator.uniform(0...1) < 0.3 {
                    dwelling.contact = ThermalContact(
                        ground: ThermalConductance(wattsPerKelvin: generator.uniform(0...40)),
                        held: ThermalConductance(wattsPerKelvin: generator.uniform(0...100)),
                        heldTemperature: Temperature(celsius: generator.uniform(5...22)))
                }
                builder.add(dwelling)
                func couple(_ other: Int, _ k: Double) {
                    builder.add(Coupling(
                        first: DwellingIndex(other), second: DwellingIndex(first + node), conductance: ThermalConductance(wattsPerKelvin: k),
                        kind: .partition))
                }
                if node % columns > 0 { couple(first + node - 1, 37.8) }
                if node >= columns { couple(first + node - columns, 270) }
                if building > 0, generator.uniform(0...1) < 0.5 {
                    walls.append(Coupling(
                        first: DwellingIndex(Int.random(in: 0..<first, using: &generator)), second: DwellingIndex(first + node),
                        conductance: ThermalConductance(wattsPerKelvin: generator.uniform(5...60)), kind: .partition))
                }
            }
            builder.add(Building(
                id: ElementID("b\(building)"), zone: zone, dwellings: first..<builder.current.dwellings.count,
                couplings: firstCoupling..<builder.current.couplings.count, floors: floors, units: 1, dwellingsPerFloor: columns))
        }
        builder.setPartyWalls(walls)
        return builder.build()
    }

    /// The whole district as one dense system: temperatures and heats with open dwellings at their targets.
    private func dense(_ network: Network) -> (rooms: [Double], heats: [Double]) {
        let count = network.dwellings.count
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        var constant = [Double](repeating: 0, count: count)
        for (i, dwelling) in network.dwellings.enumerated() {
            matrix[i][i] += dwelling.exteriorConductance.value + dwelling.contact.ground.value + dwelling.contact.held.value
            constant[i] = dwelling.exteriorConductance.value * -12 + dwelling.contact.ground.value * 6
                + dwelling.contact.held.value * dwelling.contact.heldTemperature.celsius + (dwelling.state.isHeated ? dwelling.gains.value : 0)
        }
        func couple(_ a: Int, _ b: Int, _ k: Double) {
            matrix[a][a] += k
            matrix[a][b] -= k
        }
        for coupling in network.couplings {
            couple(coupling.first.position, coupling.second.position, coupling.conductance.value)
            couple(coupling.second.position, coupling.first.position, coupling.conductance.value)
        }
        for wall in network.partyWalls { couple(wall.dwelling.position, wall.neighbour.position, wall.conductance.value) }
        let full = matrix
        var right = constant
        for (i, dwelling) in network.dwellings.enumerated() where dwelling.state.isHeated {
            matrix[i] = (0..<count).map { $0 == i ? 1 : 0 }
            right[i] = 18
        }
        let rooms = denseSolve(matrix, right)
        let heats = (0..<count).map { i in
            network.dwellings[i].state.isHeated ? zip(full[i], rooms).map(*).reduce(0, +) - constant[i] : 0
        }
        return (rooms, heats)
    }

    @Test(arguments: 0..<Seeds.count(40)) func needsOfJoinedBuildingsMatchOneDenseSolve(seed: Int) throws {
        var generator = SplitMix64(seed: 900 + UInt64(seed))
        let network = district(&generator)
        let demand = HeatDemand(of: network, in: Self.weather)
        let (rooms, heats) = dense(network)
        // A dwelling that its surroundings keep above the target is released: the dense system does not know that.
        if heats.contains(where: { $0 < 0 }) { return }
        for i in rooms.indices {
            // Turns stop at 1e-9 K and contract by a half or better.
            #expect(abs(demand.room[i] - rooms[i]) < 1e-7)
            #expect(abs(demand.requiredHeat[i] - heats[i]) < 1e-4)
        }
        #expect(network.dwellings.indices.allSatisfy { network.dwellings[$0].use == .dwelling || demand.fullOccupancyHeat[$0] == 0 })
    }

    @Test(arguments: 0..<Seeds.count(8)) func aSimulationWithSpacesConservesEnergyAndMeetsItsNeighbours(seed: Int) throws {
        var generator = SplitMix64(seed: 40 + UInt64(seed))
        var plan = TestDistrict()
        (plan.seed, plan.floors) = (UInt64(seed), 3)
        let network = plan.network(walls: { network in
            // The end flats of the first building lean on the first flats of the others, each of another circuit or cell.
            (1..<network.buildings.count).map { other in
                Coupling(
                    first: DwellingIndex(network.buildings[0].dwellings.upperBound - 1),
                    second: DwellingIndex(network.buildings[other].dwellings.lowerBound),
                    conductance: ThermalConductance(wattsPerKelvin: generator.uniform(20...80)), kind: .partition)
            }
        })
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        #expect(outcome.energy.relativeResidual < 1e-6)
        for building in network.buildings {
            // Heat given and gained is lost to outdoors and through party walls, building by building.
            var rest = 0.0
            for dwelling in building.dwellings {
                let data = network.dwellings[dwelling]
                rest += outcome.delivered[dwelling] + (data.state.isHeated ? data.gains.watts : 0)
                rest -= data.exteriorConductance.value * (outcome.room[dwelling] - TestDistrict.outdoor)
            }
            for wall in network.partyWalls[building.partyWalls] {
                rest -= wall.conductance.value * (outcome.room[wall.dwelling.position] - outcome.room[wall.neighbour.position])
            }
            // Rooms agree to 1e-6 K, times some 1e3 W/K of walls and envelope.
            #expect(abs(rest) < 5e-3)
        }
    }

    @Test func frostIsCountedForClosedDwellingsAndSpacesApart() throws {
        var generator = SplitMix64(seed: 7)
        let network = district(&generator)
        let rooms = network.dwellings.indices.map { Double($0 % 9) }
        let summary = FrostSummary(of: rooms, in: network)
        let closed = network.dwellings.indices.filter { network.dwellings[$0].state == .closed && network.dwellings[$0].use == .dwelling }
        let spaces = network.dwellings.indices.filter { network.dwellings[$0].use != .dwelling }
        #expect(summary.dwellings == closed.count && summary.spaces == spaces.count && !closed.isEmpty && !spaces.isEmpty)
        #expect(summary.dwellingsBelow == closed.count { rooms[$0] < 5 })
        #expect(summary.spacesBelow == spaces.count { rooms[$0] < 5 })
        #expect(summary.lowest == closed.map { rooms[$0] }.min())
    }
}
