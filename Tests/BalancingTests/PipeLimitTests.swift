import Heating
import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// Velocity and specific friction of pipes and risers as limits of the shares.
@Suite struct PipeLimitTests {
    /// Two houses of two dwellings each in a row behind one substation, emitters large enough.
    private var row: District {
        var district = District([
            .init(houses: [.init(floors: 1, units: 1, doors: 2, oversize: 3), .init(floors: 1, units: 1, doors: 2, oversize: 3)])
        ])
        district.pipeLoss = 0
        return district
    }

    private func link(_ id: String, _ network: Network) throws -> LinkIndex {
        LinkIndex(try #require(network.links.firstIndex { $0.id.text == id }))
    }

    /// Velocity m/s and friction Pa/m of a pipe, written out from its flow.
    func state(of id: String, _ shared: Shared) throws -> (velocity: Double, friction: Double) {
        let index = try link(id, shared.network)
        guard case .pipe(let pipe) = shared.network.links[index].element else { return (.nan, .nan) }
        let data = shared.network.pipes[pipe]
        let temperature = Temperature(celsius: shared.allocation.linkTemperature[index.position])
        let water = WaterProperties(of: shared.network.conditions.fluid, at: temperature)
        let flow = abs(shared.allocation.massFlow[index.position])
        let area = 0.25 * Double.pi * data.innerDiameter.metres * data.innerDiameter.metres
        let law = PipeLaw(length: data.length, diameter: data.innerDiameter, roughness: data.roughness, minorLoss: 0, water: water)
        return (flow / (water.density.value * area), law.loss(flow).loss / data.length.metres)
    }

    @Test func aPipeStopsThoseBehindItAndNobodyElse() throws {
        let free = try Shared(row)
        #expect(free.allocation.dwellings.room.allSatisfy { $0 == 18 })
        let full = try state(of: "S1B2/main/supply", free).velocity
        var district = row
        district.pipeLimits = { $0.hasPrefix("S1B2/main") ? PipeLimits(velocity: Velocity(0.5 * full)) : PipeLimits() }
        let shared = try Shared(district)
        let shares = shared.allocation.dwellings
        #expect(shares.room[0] == 18 && shares.room[1] == 18)
        #expect(shares.limit[0] == LimitSite(.none))
        let pipe = LimitSite(.pipe, at: .link(try link("S1B2/main/supply", shared.network)))
        #expect(shares.limit[2] == pipe && shares.limit[3] == pipe)
        // By hand: each of the two has half the pipe's water; its emitter gives what the room loses.
        let flow = 0.5 * abs(shared.allocation.massFlow[try link("S1B2/main/supply", shared.network).position])
        let law = EmitterLaw(shared.network.dwellings[2].emitter)
        var (low, high) = (-10.0, 18.0)
        for _ in 0..<200 {
            let room = 0.5 * (low + high)
            let heat = law.heat(capacityFlow: flow * Fluid.waterHeatCapacity.value, supply: 60, room: room)
            if heat + 180 > 105 * (room + 10) { low = room } else { high = room }
        }
        // Levels are found to 1e-12 of the flow; supply temperatures of pipes without losses are exact.
        #expect(abs(shares.room[2] - low) < 1e-7 && abs(shares.room[3] - low) < 1e-7)
        #expect(low < 16)
        #expect(abs(try state(of: "S1B2/main/supply", shared).velocity / (0.5 * full) - 1) < 1e-9)
        #expect(shared.latticeError < 1e-7 && shared.emitterError < 1e-7)
    }

    @Test func frictionStopsAsVelocityDoes() throws {
        let free = try Shared(row)
        let full = try state(of: "S1B1/u1/f1/supply", free).friction
        var district = row
        district.pipeLimits = { $0.hasPrefix("S1B1/u1") ? PipeLimits(friction: 0.3 * full) : PipeLimits() }
        let shared = try Shared(district)
        #expect(shared.allocation.dwellings.limit[0].limit == .pipe)
        #expect(shared.allocation.dwellings.room[2] == 18)
        // The narrower of the two pipes is at its limit: the colder return is more viscous.
        let friction = try ["supply", "return"].map { try state(of: "S1B1/u1/f1/" + $0, shared).friction / (0.3 * full) }
        #expect(abs((friction.max() ?? 0) - 1) < 1e-9)
    }

    @Test func limitsThatNobodyReachesChangeNothing() throws {
        var district = District.random(3)
        let free = try Shared(district)
        district.pipeLimits = { _ in PipeLimits(velocity: Velocity(20), friction: 1e5) }
        #expect(try Shared(district).allocation.dwellings.room == free.allocation.dwellings.room)
    }

    @Test func theNextSizeLiftsItAndItsEffectIsComputed() throws {
        var district = row
        let full = try state(of: "S1B2/main/supply", try Shared(row)).velocity
        district.pipeLimits = { $0.hasPrefix("S1B2/main") ? PipeLimits(velocity: Velocity(0.5 * full)) : PipeLimits() }
        var options = BalanceOptions()
        options.judgedRemedies = 3
        let allocation = try BalanceRun(district.network(), options: options).allocation
        let first = try #require(allocation.bottlenecks.first)
        #expect(first.limit == .pipe && first.dwellings == 2)
        // Twice the flow at one velocity wants √2 × the 80 mm that are there: DN 125.
        #expect(first.remedy == .largerPipes(["S1B2/main/supply", "S1B2/main/return"], nominalSize: 125))
        #expect(first.effect?.dwellings == 2)
        #expect(abs((first.effect?.degreeDwellings ?? 0) / first.degreeDwellings - 1) < 1e-3)
    }

    /// Random limits on mains, risers and the primary, under every policy.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 17, 19])
    func noPipeCarriesMoreThanItMay(_ seed: Int) throws {
        var district = District.random(UInt64(seed))
        let free = try Shared(district)
        var limits: [String: PipeLimits] = [:]
        var random = SplitMix64(seed: UInt64(1000 + seed))
        for pipe in free.network.pipes {
            let id = free.network.links[pipe.link].id.text
            guard random.uniform(0, 1) < 0.3 else { continue }
            let now = try state(of: id, free)
            let share = random.uniform(0.3, 1.1)
            limits[id] = random.uniform(0, 1) < 0.5 ? PipeLimits(velocity: Velocity(share * now.velocity)) : PipeLimits(friction: share * now.friction)
        }
        let known = limits
        district.pipeLimits = { known[$0] ?? PipeLimits() }
        for policy in [AllocationPolicy.equalTemperature, .mostAtTarget(floor: 12), .openArea, .area, .tilt(1.2), .priority] {
            let shared = try Shared(district, policy)
            for (id, limit) in known {
                let found = try state(of: id, shared)
                if let most = limit.velocity { #expect(found.velocity <= most.value * (1 + 1e-9), "\(policy) \(id)") }
                if let most = limit.friction { #expect(found.friction <= most * (1 + 1e-8), "\(policy) \(id)") }
            }
            // Somebody is told of a pipe wherever one is full.
            #expect(shared.latticeError < 1e-5)
            for position in shared.heated where shared.allocation.dwellings.limit[position].limit == .none {
                #expect(shared.allocation.dwellings.room[position] > 18 - 1e-6 || policy != .equalTemperature)
            }
        }
    }

    @Test(arguments: [2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 17, 19, 20])
    func nobodyCanGainWherePipesAreNarrow(_ seed: Int) throws {
        var district = District.random(UInt64(seed))
        let free = try Shared(district)
        var random = SplitMix64(seed: UInt64(2000 + seed))
        var limits: [String: PipeLimits] = [:]
        for house in free.network.buildings where random.uniform(0, 1) < 0.7 {
            for line in ["/main/supply", "/main/return"] {
                let id = house.id.text + line
                limits[id] = PipeLimits(velocity: Velocity(random.uniform(0.5, 0.95) * (try state(of: id, free).velocity)))
            }
        }
        let known = limits
        district.pipeLimits = { known[$0] ?? PipeLimits() }
        let shared = try Shared(district)
        let judged = FairnessCertificate(shared.allocation, in: shared.network)
        #expect(judged.isFair, "\(judged)")
        #expect(shared.allocation.dwellings.limit.contains { $0.limit == .pipe })
    }
}
