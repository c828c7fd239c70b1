import Heating
import NetworkModel
import Quantities
import Testing

/// What plants and substations are set to in every weather.
@Suite struct HeatingScheduleTests {
    private func schedule() throws -> (network: Network, outcome: Outcome, points: [HeatingSchedule.Point]) {
        let network = TestDistrict().network()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let demand = HeatDemand(of: network, in: network.designWeather)
        return (network, outcome, HeatingSchedule(of: network, from: outcome, demand: demand).points)
    }

    @Test func secondariesFollowTheCurveOfTheirEmitters() throws {
        let (network, outcome, points) = try schedule()
        let curve = HeatingCurve(
            room: network.conditions.room, designOutdoor: network.conditions.outdoor, designSupply: Temperature(celsius: 60),
            designReturn: Temperature(celsius: 45), exponent: 1.3)
        let mine = points.filter { $0.element.id == "S0" && $0.regulation == .quality }
        // −10 to 10 °C, each whole degree once.
        #expect(mine.map(\.outdoor) == (-10...10).map(Double.init))
        for point in mine {
            let expected = curve.point(at: Temperature(celsius: point.outdoor))
            #expect(abs(point.supply - expected.supply) < 1e-9 && abs(point.return - expected.return) < 1e-9)
            #expect(point.relativeFlow == 1 && abs(point.massFlow - outcome.substations[0].secondaryFlow) < 1e-12)
            // Closed neighbours draw heat, so the corrected curve is the warmer one.
            #expect(point.occupancy > 1 && point.correctedSupply > point.supply)
        }
    }

    @Test func theSourceMakesExactlyWhatItsExchangersNeed() throws {
        let (network, _, points) = try schedule()
        let capacity = network.conditions.fluid.heatCapacity.value
        let plant = points.filter { $0.element.kind == "sources" }
        #expect(plant.count == 3 * 21)
        for point in plant {
            let secondaries = points.filter { $0.element.kind == "substations" && $0.regulation == .quality && $0.outdoor == point.outdoor }
            let heat = secondaries.reduce(0) { $0 + $1.heat }
            // Sums of the same heats.
            #expect(abs(point.heat - heat) < 1e-6 * heat)
            #expect(abs(point.massFlow * capacity * (point.supply - point.return) - heat) < 1e-6 * heat)
            #expect(point.return > secondaries.map(\.return).min() ?? 0)
            switch point.regulation {
            case .quality: #expect(abs(point.relativeFlow - 1) < 1e-6)
            case .quantity: #expect(point.supply == 110 && point.relativeFlow <= 1 + 1e-9)
            case .combined(let exponent):
                // G = q^p by definition; q = (18 − To)/28.
                let q = (18 - point.outdoor) / 28
                #expect(abs(point.relativeFlow - power(q, exponent)) < 1e-6)
            }
            // The district names no pump as its source's own.
            #expect(point.pumpHead.isNaN)
        }
        // Milder weather never asks for warmer water.
        for regulation in [Regulation.quality, .combined(power: 1.0 / 3)] {
            let supplies = plant.filter { $0.regulation == regulation }.map(\.supply)
            #expect(zip(supplies, supplies.dropFirst()).allSatisfy { $0 > $1 })
        }
    }
}
