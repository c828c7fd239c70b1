import Heating
import NetworkModel
import Quantities
import Testing

@Suite struct HeatDemandTests {
    private let weather = Weather(outdoor: Temperature(celsius: -7.6), ground: Temperature(celsius: 5))

    private func demand(_ network: Network, supply: Double = 75) -> HeatDemand {
        HeatDemand(
            of: network, in: weather,
            options: HeatDemandOptions(supply: Array(repeating: supply, count: network.dwellings.count)))
    }

    @Test func needsOfThePublishedBuilding() {
        let demand = demand(TestBuilding.sixBySix.network())
        // Sums of printed figures: 36 × 5e-5 W.
        #expect(abs(demand.requiredHeat.reduce(0, +) - 104_908) < 1)
        #expect(abs(demand.fullOccupancyHeat.reduce(0, +) - 110_884) < 1)
        #expect(abs(demand.room[1] - 12.337420) < 1e-6)
        #expect(demand.requiredHeat[1] == 0 && demand.requiredFlow[1] == 0)
        // Neighbours cannot give each other more than they lose.
        #expect(abs(demand.neighbourLoss.reduce(0, +)) < 1e-6)
        #expect(abs(demand.neighbourLoss[7] - (6683.9840 - 2640.8700)) < 1e-3)
    }

    @Test func gableFlatsUnderTheRoofStandWorst() {
        let demand = demand(TestBuilding.sixBySix.network())
        let worst = demand.positionFactor.max() ?? 0
        // Published range for a top gable flat against a middle one at full occupancy.
        #expect(worst >= 1.45 && worst <= 1.8)
        #expect(demand.positionFactor.min() == 1)
    }

    @Test func meanFieldIsWithinFivePercentAboveHalfOccupancy() {
        // f_open = 1 + (1 − p) κ / (1 + p κ) and κ = 4.1374 for this building; gains make it f = (q0 f − g)/(q0 − g).
        var building = TestBuilding.sixBySix
        var generator = SplitMix64(seed: 7)
        var sum = 0.0
        let samples = 200
        for _ in 0..<samples {
            var states = Array(repeating: Character("o"), count: 36)
            for closed in Array(0..<36).shuffled(using: &generator).prefix(11) { states[closed] = "c" }
            building.states = String(states)
            let demand = demand(building.network())
            let open = building.isOpen
            let full = open.indices.filter { open[$0] }.map { demand.fullOccupancyHeat[$0] }.reduce(0, +)
            sum += demand.requiredHeat.reduce(0, +) / full
        }
        // Monte Carlo of the same shape gives 1.33 at p = 0.7; here p = 25/36 and 200 samples (standard error 0.005).
        #expect(abs(sum / Double(samples) - 1.33) < 0.04)
    }

    @Test func saturationIsRecognisedAndItsFlowIsBounded() {
        let demand = demand(TestBuilding.sixBySix.network(emitter: .radiator(watts: 4000)))
        // 6684 W is 1.67 times nominal; no flow gives more than 1.45.
        #expect(demand.isSaturated[7])
        #expect(abs(demand.greatestHeat[7] / 4000 - 1.45) < 0.005)
        // 90 % of the greatest heat is 1.308 times nominal; 1.3 times needs 3.69 times the design flow at 75/50.
        let design = 4000.0 / 25 / 4187
        #expect(demand.requiredFlow[7] / design > 3.69 && demand.requiredFlow[7] / design < 4)
        #expect(!demand.isSaturated[0])
    }

    @Test func restrictedDwellingsGetTheirShareOfAnOpenOnesNeed() {
        let open = demand(TestBuilding.sixBySix.network())
        var network = TestBuilding.sixBySix.network()
        network.setState(.restricted(share: 0.4), of: DwellingIndex(7))
        let restricted = demand(network)
        // The same solve, scaled once.
        #expect(abs(restricted.requiredHeat[7] - 0.4 * open.requiredHeat[7]) < 1e-9)
        #expect(restricted.room[7] < 20)
        #expect(restricted.requiredHeat[8] > open.requiredHeat[8])
    }

    @Test func gainsAloneMayWarmADwellingBeyondItsTarget() {
        let network = TestBuilding.twoUnits.network()
        let mild = HeatDemand(
            of: network, in: Weather(outdoor: Temperature(celsius: 18.5), ground: Temperature(celsius: 8)),
            options: HeatDemandOptions(supply: Array(repeating: 40, count: network.dwellings.count)))
        let overheated = mild.room.indices.filter { mild.room[$0] > 20.01 }
        #expect(!overheated.isEmpty)
        for dwelling in mild.room.indices { #expect(mild.requiredHeat[dwelling] >= 0) }
        for dwelling in overheated { #expect(mild.requiredHeat[dwelling] == 0) }
    }

    @Test func threadsDoNotChangeTheResult() {
        let network = TestBuilding.eighteenByFour.network()
        let one = HeatDemand(of: network, in: weather, options: HeatDemandOptions(threads: 1))
        let four = HeatDemand(of: network, in: weather, options: HeatDemandOptions(threads: 4))
        #expect(one.requiredFlow == four.requiredFlow && one.room == four.room)
    }
}
