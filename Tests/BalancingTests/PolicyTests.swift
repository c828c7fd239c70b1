import Heating
import NetworkModel
import Quantities
import Testing

@testable import Balancing

@Suite struct PolicyTests {
    private static let policies: [AllocationPolicy] = [.equalTemperature, .openArea, .area, .tilt(0), .tilt(1), .tilt(1.5)]

    private func short(_ seed: UInt64, _ share: Double, weakEmitters: Bool = true) throws -> (District, Double) {
        var district = District.random(seed, weakEmitters: weakEmitters)
        let limit = share * (try Shared(district)).allocation.sources[0].heat.watts
        district.heatLimit = limit
        return (district, limit)
    }

    @Test(arguments: 1...12)
    func allPoliciesUseUpTheSameHeat(_ seed: Int) throws {
        let (district, limit) = try short(UInt64(seed), 0.85)
        for policy in Self.policies {
            let shared = try Shared(district, policy)
            #expect(abs(shared.allocation.sources[0].heat.watts / limit - 1) < 1e-9, "\(policy)")
            let parts = shared.allocation.dwellings.heat.reduce(0, +) + shared.allocation.distributionLoss.watts
            // Losses are those of the last transport, heats those of the last filling: they differ by its tolerance, 1e-3 K.
            #expect(abs(parts / limit - 1) < 1e-4, "\(policy)")
            // Rooms are solved until the last step moves them by less than 1e-9 K; conductances stay below 1e3 W/K.
            #expect(shared.latticeError < 1e-5, "\(policy)")
        }
    }

    @Test(arguments: 1...12)
    func nobodyAboveTargetAndEveryMissHasItsLimit(_ seed: Int) throws {
        for share in [0.7, 0.9, 2.0] {
            let (district, _) = try short(UInt64(seed), share)
            let shared = try Shared(district)
            for position in shared.heated {
                let room = shared.allocation.dwellings.room[position]
                let isIdle = shared.allocation.dwellings.heat[position] == 0
                #expect(room <= 18 + 1e-9 || isIdle)
                if room < 18 - 1e-6 { #expect(shared.allocation.dwellings.limit[position].limit != .none) }
            }
        }
    }

    @Test(arguments: 1...12)
    func equalTemperatureKeepsTheColdestWarmest(_ seed: Int) throws {
        let (district, _) = try short(UInt64(seed), 0.85, weakEmitters: false)
        let fair = try Shared(district).coldest
        for policy in Self.policies.dropFirst() {
            // Temperatures of the water differ a little between policies and with them the losses, 1e-3 of the heat.
            #expect(try Shared(district, policy).coldest <= fair + 0.05, "\(policy)")
        }
    }

    @Test(arguments: 1...6)
    func levelIsFoundWhateverTheOrderOfTheFile(_ seed: Int) throws {
        var (district, _) = try short(UInt64(seed), 0.8)
        let one = try Shared(district)
        district.reversesHouses = true
        let other = try Shared(district)
        let rooms = Dictionary(uniqueKeysWithValues: other.network.dwellings.enumerated().map { ($1.id, other.allocation.dwellings.room[$0]) })
        for (position, dwelling) in one.network.dwellings.enumerated() {
            // The same equations summed in another order.
            #expect(abs(one.allocation.dwellings.room[position] - (rooms[dwelling.id] ?? .nan)) < 1e-7)
        }
    }

    @Test func workersDoNotMatter() throws {
        let (district, _) = try short(3, 0.8)
        var options = AllocationOptions()
        options.workers = 1
        let one = try Shared(district, options: options).allocation
        options.workers = 4
        let four = try Shared(district, options: options).allocation
        #expect(one.dwellings.room == four.dwellings.room)
        #expect(one.massFlow == four.massFlow)
    }

    @Test func openAreaGivesEveryOpenSquareMetreTheSameFlow() throws {
        let shared = try Shared(District.random(5), .openArea)
        let flows = shared.heated.map { shared.allocation.dwellings.massFlow[$0] / shared.network.dwellings[$0].area.value }
        #expect(flows.allSatisfy { abs($0 / flows[0] - 1) < 1e-12 })
        #expect(shared.allocation.zoneSummaries.compactMap(\.tilt).allSatisfy { abs($0 - 1) < 1e-12 })
        // All dwellings together take what they need; single ones more or less.
        let heat = shared.allocation.dwellings.heat.reduce(0, +)
        #expect(abs(heat / shared.demand.requiredHeat.reduce(0, +) - 1) < 1e-9)
    }

    @Test func areaGivesEveryHeatedSquareMetreOfABuildingTheSameFlow() throws {
        let shared = try Shared(District.random(5), .area)
        let network = shared.network
        let flows = network.buildings.compactMap { building -> Double? in
            let flow = building.dwellings.reduce(0) { $0 + shared.allocation.dwellings.massFlow[$1] }
            return flow > 0 ? flow / network.dwellings[building.dwellings].reduce(0) { $0 + $1.area.value } : nil
        }
        #expect(flows.count > 1)
        #expect(flows.allSatisfy { abs($0 / flows[0] - 1) < 1e-12 })
    }

    @Test func tiltSharesHeatBetweenZonesAsDefined() throws {
        for k in [0.0, 0.5, 1, 1.4] {
            let zones = try Shared(District.random(7, weakEmitters: false), .tilt(k)).allocation.zoneSummaries.filter { $0.openArea.value > 0 }
            let mean = zones.reduce(0) { $0 + $1.requiredHeat.watts } / zones.reduce(0) { $0 + $1.openArea.value }
            for zone in zones {
                let ratio = zone.requiredHeat.watts / zone.openArea.value / mean
                let share = zone.openArea.value * mean * (1 + k * (ratio - 1))
                #expect(abs(zone.allocatedHeat.watts / share - 1) < 1e-9)
            }
        }
    }
}
