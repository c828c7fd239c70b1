import Balancing
import Heating
import NetworkModel
import Testing

@testable import NetworkFiles

/// Buildings wall to wall in an allocation: behind the wall is the room that the neighbour gets, not the one it was promised.
@Suite("Allocation of buildings wall to wall") struct WallToWallTests {
    private func network(limit: String) throws -> Network {
        try #require(Expander.expand(ExpansionExamples.document("""
            { "format": "equitherm/1", "design": { "outdoor_c": -10, "room_c": 18 },
              "sources": [ { "id": "s", "at": "P", "supply_c": 75, \(limit) "pump": { "head_kpa": 120 } } ],
              "trenches": [ { "id": "T0", "from": "P", "to": "A", "length_m": 50 }, { "id": "T1", "from": "A", "to": "B", "length_m": 50 } ],
              "buildings": [
                { "id": "A", "floors": 3, "units": 1, "dwellings_per_floor": 2, "envelope": "old", "adjoins": { "right": "B" } },
                { "id": "B", "floors": 3, "units": 1, "dwellings_per_floor": 2, "envelope": "old" } ],
              "roster": [ { "building": "B", "unit": 1, "floor": 2, "door": 1, "state": "closed" } ] }
            """)).network)
    }

    @Test("Heats and rooms that are shared fit each other, walls included", arguments: ["", #""heat_limit_kw": 24,"#, #""heat_limit_kw": 16,"#])
    func consistent(limit: String) throws {
        let run = try BalanceRun(network(limit: limit))
        let shares = run.allocation.dwellings
        #expect(run.network.partyWalls.count == 6)
        if !limit.isEmpty { #expect((shares.room.filter { $0 < 17 }).count >= 11) }
        for building in run.network.buildings.indices {
            var lattice = BuildingLattice(BuildingIndex(building), of: run.network)
            lattice.setGround(run.weather.ground.celsius)
            lattice.setNeighbours(shares.room)
            lattice.hold(Array(repeating: true, count: lattice.count))
            var rooms = Array(shares.room[lattice.dwellings])
            var heats = [Double](repeating: 0, count: lattice.count)
            lattice.solve(outdoor: run.weather.outdoor.celsius, rooms: &rooms, heats: &heats)
            for (local, position) in lattice.dwellings.enumerated() {
                // Rounds end when nothing moves by more than 0.02 K: through some 20 W/K of wall.
                #expect(abs(heats[local] - shares.heat[position]) < 1, "\(run.network.dwellings[position].id.text)")
            }
        }
    }
}
