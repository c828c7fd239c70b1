import NetworkModel
import Quantities
import Testing

@testable import Heating

@Suite struct BuildingLatticeTests {
    /// A lattice with random couplings and states, and the dense equations of the same building.
    private func random(_ generator: inout SplitMix64) -> (network: Network, open: [Bool], matrix: [[Double]], exterior: [Double]) {
        let floors = Int.random(in: 1...9, using: &generator)
        let columns = Int.random(in: 1...5, using: &generator)
        let count = floors * columns
        let states = String((0..<count).map { _ in generator.uniform(0...1) < 0.6 ? "o" : "c" })
        let building = TestBuilding(
            floors: floors, columns: columns, wall: generator.uniform(0.2...2), window: generator.uniform(1...5), roof: 0.5,
            ground: 0.6, airChanges: generator.uniform(0.2...1), partition: generator.uniform(0.3...3),
            slab: generator.uniform(0.3...4), states: states)
        let network = building.network()
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        let exterior = network.dwellings.map(\.exteriorConductance.value)
        for i in 0..<count { matrix[i][i] = exterior[i] }
        for coupling in network.couplings {
            let (a, b, k) = (coupling.first.position, coupling.second.position, coupling.conductance.value)
            matrix[a][a] += k
            matrix[b][b] += k
            matrix[a][b] -= k
            matrix[b][a] -= k
        }
        return (network, building.isOpen, matrix, exterior)
    }

    @Test(arguments: 0..<Seeds.count(40)) func heldAndFloatingDwellingsMatchADenseSolve(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let (network, open, matrix, exterior) = random(&generator)
        let count = open.count
        let outdoor = generator.uniform(-25...10)
        var rooms = (0..<count).map { _ in generator.uniform(16...24) }
        var heats = (0..<count).map { i in open[i] ? 0 : generator.uniform(0...500) }
        let (held, given) = (rooms, heats)
        var lattice = BuildingLattice(BuildingIndex(0), of: network)
        lattice.solve(outdoor: outdoor, rooms: &rooms, heats: &heats)

        var a = matrix
        var b = (0..<count).map { exterior[$0] * outdoor + given[$0] + (open[$0] ? TestBuilding.gains : 0) }
        for i in 0..<count where open[i] {
            a[i] = (0..<count).map { $0 == i ? 1 : 0 }
            b[i] = held[i]
        }
        let expected = denseSolve(a, b)
        for i in 0..<count {
            // Condition numbers stay below 1e4, temperatures near 20: 1e-10 leaves two digits of room.
            #expect(abs(rooms[i] - expected[i]) < 1e-10)
            guard open[i] else { continue }
            let heat = zip(matrix[i], expected).map(*).reduce(0, +) - exterior[i] * outdoor - TestBuilding.gains
            // Sums of some 1e4 W.
            #expect(abs(heats[i] - heat) < 1e-7)
        }
    }

    @Test(arguments: 0..<Seeds.count(20)) func affineLoadsGiveTheLoadsOfAnyCommonTemperature(seed: Int) {
        var generator = SplitMix64(seed: 100 + UInt64(seed))
        let (network, open, _, _) = random(&generator)
        var lattice = BuildingLattice(BuildingIndex(0), of: network)
        var constant = [Double](repeating: 0, count: open.count)
        var slope = constant
        lattice.affineLoads(outdoor: -10, constant: &constant, slope: &slope)
        for temperature in [-10.0, 5, 18, 30] {
            var rooms = open.map { $0 ? temperature : 0 }
            var heats = [Double](repeating: 0, count: open.count)
            lattice.solve(outdoor: -10, rooms: &rooms, heats: &heats)
            for i in open.indices {
                // Two ways to sum the same terms of up to 1e5 W.
                #expect(abs(heats[i] - (constant[i] + slope[i] * temperature)) < 1e-7)
            }
        }
    }

    /// Figures computed by a dense solve, printed to 1e-6 K and 1e-4 W; conductances exact by the geometry.
    @Test func publishedLatticeFigures() {
        let cases: [(TestBuilding, [(Int, Double, Double)])] = [
            (.sixBySix, [
                (0, 20, 4030.9275), (1, 12.337420, 0), (5, 11.040424, 0), (7, 20, 6683.9840), (8, 20, 4655.6857),
                (13, 12.688084, 0), (15, 15.488383, 0), (18, 14.744766, 0),
            ]),
            (.eighteenByFour, [
                (1, 20, 9706.7901), (2, 8.000853, 0), (3, 6.053215, 0), (7, 20, 11850.2090), (64, 20, 9508.0438),
                (69, 8.002379, 0), (71, 6.035926, 0),
            ]),
            (.twoUnits, [
                (0, 20, 3595.2517), (3, 20, 4453.4479), (4, 12.471577, 0), (7, 4.525316, 0), (10, 3.046863, 0),
                (18, 20, 5983.6459), (23, -3.192557, 0),
            ]),
        ]
        for (building, figures) in cases {
            var lattice = BuildingLattice(BuildingIndex(0), of: building.network())
            var rooms = building.isOpen.map { $0 ? 20.0 : 0 }
            var heats = [Double](repeating: 0, count: rooms.count)
            lattice.solve(outdoor: -7.6, rooms: &rooms, heats: &heats)
            for (dwelling, room, heat) in figures {
                #expect(abs(rooms[dwelling] - room) < 1e-6)
                #expect(abs(heats[dwelling] - heat) < 1e-4)
            }
        }
    }

    @Test func fullOccupancyLoadsOfTheFigures() {
        let lattice = BuildingLattice(BuildingIndex(0), of: TestBuilding.sixBySix.network())
        let loads = lattice.fullOccupancyLoads(outdoor: -7.6, temperature: 20)
        // Printed to 1e-4 W.
        #expect(abs(loads[0] - 3741.2820) < 1e-4)
        #expect(abs(loads[8] - 2640.8700) < 1e-4)
    }

    @Test func heatOfABuildingIsWhatItLosesOutdoors() {
        let building = TestBuilding.eighteenByFour
        let network = building.network()
        var lattice = BuildingLattice(BuildingIndex(0), of: network)
        var rooms = building.isOpen.map { $0 ? 18.0 : 0 }
        var heats = [Double](repeating: 0, count: rooms.count)
        lattice.solve(outdoor: -12, rooms: &rooms, heats: &heats)
        var lost = 0.0
        for (i, dwelling) in network.dwellings.enumerated() { lost += dwelling.exteriorConductance.value * (rooms[i] + 12) }
        let gains = TestBuilding.gains * Double(building.isOpen.filter { $0 }.count)
        // 400 kW in sums of 72 terms.
        #expect(abs(heats.reduce(0, +) + gains - lost) < 1e-6)
        #expect(abs(lattice.neighbourLosses(rooms: rooms).reduce(0, +)) < 1e-6)
    }

    @Test(arguments: 0..<Seeds.count(30)) func closingANeighbourNeverWarmsARoom(seed: Int) {
        var generator = SplitMix64(seed: 200 + UInt64(seed))
        let (network, open, _, _) = random(&generator)
        guard let closed = open.indices.filter({ open[$0] }).randomElement(using: &generator) else { return }
        var lattice = BuildingLattice(BuildingIndex(0), of: network)
        var feed = EmitterFeed(
            laws: Array(repeating: EmitterLaw(.radiator(watts: 5000)), count: open.count),
            capacityFlow: open.map { $0 ? generator.uniform(20...400) : 0 }, supply: Array(repeating: 70, count: open.count))
        var (before, heats) = ([Double](repeating: 15, count: open.count), [Double](repeating: 0, count: open.count))
        lattice.respond(to: feed, outdoor: -15, rooms: &before, heats: &heats)
        feed.capacityFlow[closed] = 0
        lattice.setHeated(open.indices.map { open[$0] && $0 != closed })
        var after = before
        lattice.respond(to: feed, outdoor: -15, rooms: &after, heats: &heats)
        // What Newton leaves.
        for i in open.indices { #expect(after[i] <= before[i] + 1e-8) }
        #expect(after[closed] < before[closed])
    }

    @Test(arguments: 0..<Seeds.count(30)) func moreFlowNeverCoolsARoom(seed: Int) {
        var generator = SplitMix64(seed: 300 + UInt64(seed))
        let (network, open, _, _) = random(&generator)
        guard let chosen = open.indices.filter({ open[$0] }).randomElement(using: &generator) else { return }
        var lattice = BuildingLattice(BuildingIndex(0), of: network)
        var feed = EmitterFeed(
            laws: Array(repeating: EmitterLaw(.radiator(watts: 5000)), count: open.count),
            capacityFlow: open.map { $0 ? generator.uniform(20...400) : 0 }, supply: Array(repeating: 70, count: open.count))
        var (rooms, heats) = ([Double](repeating: 15, count: open.count), [Double](repeating: 0, count: open.count))
        lattice.respond(to: feed, outdoor: -15, rooms: &rooms, heats: &heats)
        for factor in [1.2, 2, 10, 1e4] {
            let before = rooms
            feed.capacityFlow[chosen] *= factor
            lattice.respond(to: feed, outdoor: -15, rooms: &rooms, heats: &heats)
            for i in open.indices { #expect(rooms[i] >= before[i] - 1e-8) }
        }
    }

    @Test(arguments: 0..<Seeds.count(20)) func respondingRoomsBalanceAndFollowTheirTangent(seed: Int) {
        var generator = SplitMix64(seed: 400 + UInt64(seed))
        let (network, open, matrix, exterior) = random(&generator)
        let count = open.count
        var lattice = BuildingLattice(BuildingIndex(0), of: network)
        var feed = EmitterFeed(
            laws: (0..<count).map { _ in EmitterLaw(.radiator(watts: generator.uniform(1000...8000))) },
            capacityFlow: open.map { $0 ? generator.uniform(5...800) : 0 },
            supply: (0..<count).map { _ in generator.uniform(35...80) })
        var (rooms, heats) = ([Double](repeating: 15, count: count), [Double](repeating: 0, count: count))
        let end = lattice.respond(to: feed, outdoor: -15, rooms: &rooms, heats: &heats)
        #expect(end.change <= 1e-4)
        for i in 0..<count {
            let lost = zip(matrix[i], rooms).map(*).reduce(0, +) - exterior[i] * -15 - (open[i] ? TestBuilding.gains : 0)
            // What Newton leaves, 1e-9 K, times some 1e3 W/K.
            #expect(abs(lost - heats[i]) < 1e-5)
        }
        var tangent = (0..<count).map { Double($0 % 3) - 1 }
        let direction = tangent
        lattice.propagate(&tangent)
        let step = 1e-4
        for i in 0..<count { feed.supply[i] += step * direction[i] }
        var moved = rooms
        lattice.respond(to: feed, outdoor: -15, rooms: &moved, heats: &heats)
        // Second derivatives of some 1e-2 1/K times the step, and Newton's rest over it.
        for i in 0..<count { #expect(abs((moved[i] - rooms[i]) / step - tangent[i]) < 1e-4) }
    }

    @Test(arguments: 0..<Seeds.count(20)) func nearStatesFollowByTangents(seed: Int) throws {
        var generator = SplitMix64(seed: 460 + UInt64(seed))
        let (network, open, _, _) = random(&generator)
        let count = open.count
        var lattice = BuildingLattice(BuildingIndex(0), of: network)
        var feed = EmitterFeed(
            laws: (0..<count).map { _ in EmitterLaw(.radiator(watts: generator.uniform(1000...8000))) },
            capacityFlow: open.map { $0 ? generator.uniform(5...800) : 0 },
            supply: (0..<count).map { _ in generator.uniform(35...80) })
        var (rooms, heats) = ([Double](repeating: 15, count: count), [Double](repeating: 0, count: count))
        lattice.respond(to: feed, outdoor: -15, rooms: &rooms, heats: &heats)
        for i in 0..<count {
            feed.supply[i] += generator.uniform(-5e-4...5e-4)
            feed.capacityFlow[i] *= 1 + generator.uniform(-5e-5...5e-5)
        }
        var (exact, exactHeats) = (rooms, heats)
        var fresh = lattice
        _ = try #require(lattice.follow(feed, outdoor: -15, rooms: &rooms, heats: &heats))
        fresh.respond(to: feed, outdoor: -15, rooms: &exact, heats: &exactHeats)
        for i in 0..<count {
            // Second derivatives of some 1e-2 1/K times the square of the step, and what Newton left before, 1e-9 K.
            #expect(abs(rooms[i] - exact[i]) < 2e-8)
        }
        // Water that comes elsewhere, or much of it, is beyond tangents.
        feed.supply[0] += 1
        feed.capacityFlow[0] += 1
        #expect(lattice.follow(feed, outdoor: -15, rooms: &rooms, heats: &heats) == nil)
    }

    @Test func absurdConductancesGiveNoNumberAndNoCrash() {
        var building = TestBuilding.sixBySix
        building.partition = -3
        building.slab = .infinity
        building.wall = .nan
        var lattice = BuildingLattice(BuildingIndex(0), of: building.network())
        var (rooms, heats) = ([Double](repeating: 20, count: 36), [Double](repeating: 0, count: 36))
        lattice.solve(outdoor: -5, rooms: &rooms, heats: &heats)
        #expect(lattice.count == 36)
        // Couplings that are no positive numbers exchange no heat; without any conductance a closed flat is as cold as outdoors.
        #expect(abs(rooms[1] - -5) < 1e-6)
    }
}
