import Heating
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// `most-at-target` and `priority`.
@Suite struct PromiseTests {
    private func count(_ shared: Shared) -> Int { shared.allocation.atTarget(in: shared.network).count { $0 } }

    private func short(_ seed: Int, _ share: Double) throws -> District {
        var district = District.random(UInt64(seed))
        district.heatLimit = share * (try Shared(district)).allocation.sources[0].heat.watts
        return district
    }

    @Test(arguments: 1...5)
    func neverFewerAtTargetThanAnyOtherPolicy(_ seed: Int) throws {
        let district = try short(seed, 0.92)
        let most = try Shared(district, .mostAtTarget(floor: 15))
        for policy in [AllocationPolicy.equalTemperature, .openArea, .area, .tilt(1), .tilt(1.5)] {
            #expect(count(try Shared(district, policy)) <= count(most), "\(policy)")
        }
        #expect(most.allocation.sources[0].heat.watts <= (district.heatLimit ?? 0) * (1 + 1e-9))
        // Nobody below the floor but those whose emitter forbids it.
        let floor = try #require(most.allocation.floor)
        #expect(floor <= 15)
        #expect(most.allocation.keepsFloor(floor, in: most.network))
    }

    @Test(arguments: 1...6)
    func matchesBruteForce(_ seed: Int) throws {
        // One house of eight dwellings; pipes lose nothing, so that heat alone decides.
        var random = SplitMix64(seed: UInt64(seed))
        var house = District.House(floors: 4, units: 1, doors: 2, exterior: random.uniform(40, 90), partition: random.uniform(20, 90),
            slab: random.uniform(50, 200), oversize: 3)
        house.closed = [random.integer(0...7)]
        var district = District([.init(houses: [house])])
        district.pipeLoss = 0
        let limit = random.uniform(0.9, 0.97) * (try Shared(district)).allocation.sources[0].heat.watts
        district.heatLimit = limit
        let most = try Shared(district, .mostAtTarget(floor: 15))
        let model = RoomModel(of: most.network, in: most.network.designWeather)
        var shares = PolicyShares(.equalTemperature, most.demand, model, in: most.network, options: AllocationOptions())
        var best = 0
        for mask in 0..<256 {
            for position in 0..<8 { shares.demand.floor[position] = mask >> position & 1 == 1 ? 1e9 : -.infinity }
            var solver = RoomSolver(model, shares.demand)
            let state = solver.solve(0, level: 15, from: nil)
            if state.sum <= limit * (1 + 1e-9) { best = max(best, most.heated.count { state.room[$0] >= 18 - AreaSummary.targetTolerance }) }
        }
        #expect(count(most) == best)
    }

    @Test func lowerFloorNeverLosesDwellings() throws {
        let district = try short(3, 0.9)
        var last = 0
        for floor in [16.5, 15.5, 14, 12] {
            let now = count(try Shared(district, .mostAtTarget(floor: floor)))
            #expect(now >= last)
            last = now
        }
    }

    @Test func classesAreServedInOrder() throws {
        var district = try short(2, 0.6)
        district.priority = { $0 % 3 == 0 ? 1 : 5 }
        let shared = try Shared(district, .priority)
        for position in shared.heated {
            let room = shared.allocation.dwellings.room[position]
            // Nothing but its own emitter, or a valve that would be heard, keeps the first class from the target.
            let limit = shared.allocation.dwellings.limit[position].limit
            if position % 3 == 0 { #expect(room > 18 - 1e-6 || limit == .emitter || limit == .noise) }
        }
        #expect(shared.heated.contains { $0 % 3 != 0 && shared.allocation.dwellings.room[$0] < 15 })
        #expect(abs(shared.allocation.sources[0].heat.watts / (district.heatLimit ?? 0) - 1) < 1e-9)
        // With one class it is equal temperature by filling.
        district.priority = { _ in 5 }
        var options = AllocationOptions()
        options.exchangeRounds = 0
        let one = try Shared(district, .priority).allocation.dwellings.room
        for (a, b) in zip(one, try Shared(district, options: options).allocation.dwellings.room) { #expect(abs(a - b) < 1e-3) }
    }
}
