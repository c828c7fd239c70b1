import Heating
import NetworkModel
import Quantities
import Testing

@Suite struct SummaryTests {
    private func network() -> Network {
        var district = TestDistrict()
        (district.substations, district.buildings, district.floors, district.openRate) = (1, 2, 5, 1)
        return district.network()
    }

    @Test func imbalanceOfKnownFlows() {
        let network = network()
        let required = [Double](repeating: 0.1, count: 20)
        // The first building gets 1.5 times its need on every floor, the second 0.5 times at the bottom … 1.3 at the top.
        let flow = (0..<20).map { dwelling -> Double in
            let floor = Double((dwelling - 10) / 2)
            return dwelling < 10 ? 0.15 : 0.05 + 0.02 * floor
        }
        let imbalance = Imbalance(flow: flow, required: required, in: network, limits: 0.85...1.2)
        // Sums and quotients of a few numbers.
        #expect(abs(imbalance.building[0] - 1.5) < 1e-12 && abs(imbalance.building[1] - 0.9) < 1e-12)
        #expect(abs(imbalance.horizontal.mean - 1.2) < 1e-12)
        #expect(abs(imbalance.horizontal.variation - 0.25) < 1e-12)
        #expect(imbalance.floor[0].allSatisfy { abs($0 - 1) < 1e-12 })
        #expect(abs(imbalance.vertical.lowest - 0.5 / 0.9) < 1e-12)
        #expect(abs(imbalance.vertical.highest - 1.3 / 0.9) < 1e-12)
        #expect(abs(imbalance.dwellings.shareWithin - 0.2) < 1e-12)
    }

    @Test func whatNeedsNoWaterHasNoDegree() {
        let network = network()
        var required = [Double](repeating: 0, count: 20)
        required[3] = 0.1
        let imbalance = Imbalance(flow: required, required: required, in: network)
        #expect(imbalance.building[0] == 1 && imbalance.building[1].isNaN && imbalance.dwelling[0].isNaN)
        #expect(imbalance.horizontal.variation == 0)
        let none = Imbalance(flow: required, required: [Double](repeating: 0, count: 20), in: network)
        #expect(none.horizontal.mean.isNaN && none.vertical.shareWithin == 1)
    }

    @Test func roomsOfKnownTemperatures() {
        var network = network()
        network.setState(.closed, of: DwellingIndex(0))
        network.setState(.restricted(share: 0.5), of: DwellingIndex(1))
        var rooms = [Double](repeating: 18, count: 20)
        (rooms[0], rooms[1], rooms[2], rooms[3], rooms[4]) = (-5, 3, 15, 17.96, 17.94)
        let summary = RoomSummary(of: rooms, in: network)
        #expect(summary.count == 18)
        #expect(summary.lowest == 15 && summary.secondPercentile == 15)
        #expect(summary.shareAtTarget == 16.0 / 18)
        #expect(abs(summary.mean - (15 * 18.0 + 15 + 17.96 + 17.94) / 18) < 1e-12)
        #expect(abs(summary.meanShortfall - (3 + 0.04 + 0.06) / 18) < 1e-12)
    }

    @Test func ninetyEightPercentReachTheSecondPercentile() {
        var district = TestDistrict()
        (district.substations, district.buildings, district.floors, district.openRate) = (1, 2, 75, 1)
        let network = district.network()
        let rooms = (0..<300).map { 10 + 0.01 * Double(($0 * 7) % 300) }
        let summary = RoomSummary(of: rooms, in: network)
        let reaching = rooms.filter { $0 >= summary.secondPercentile }.count
        #expect(reaching == 294)
    }

    @Test func nothingToCount() {
        let summary = RoomSummary(of: [], in: NetworkBuilder().build())
        #expect(summary.count == 0 && summary.lowest.isNaN && summary.shareAtTarget == 1)
    }

    @Test func simulatedDistrictIsImbalancedByItsNearBuilding() throws {
        var district = TestDistrict()
        (district.buildings, district.openRate) = (3, 1)
        let network = district.network()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let demand = HeatDemand(of: network, in: network.designWeather)
        let imbalance = Imbalance(of: outcome, against: demand, in: network)
        // Equal valves: the building next to the substation gets most.
        #expect(imbalance.building[0] > imbalance.building[1] && imbalance.building[1] > imbalance.building[2])
    }
}
