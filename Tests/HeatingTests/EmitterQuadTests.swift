import NetworkModel
import Quantities
import Testing

@testable import Heating

/// Four emitters side by side are four emitters one by one.
@Suite struct EmitterQuadTests {
    /// An emitter of any kind: radiators and floors, tables in the arithmetic mean, none at all.
    private func emitter(_ generator: inout SplitMix64) -> Emitter {
        var emitter = Emitter.radiator(
            watts: generator.uniform(100...8000), supply: 75, return: 55, exponent: [1.0, 1.1, 1.3, 1.4].randomElement(using: &generator) ?? 1.3)
        let kind = generator.uniform(0...1)
        if kind < 0.1 { emitter.mean = .arithmetic }
        if kind > 0.95 { emitter.nominalPower = .zero }
        return emitter
    }

    @Test(arguments: 0..<Seeds.count(40)) func heatsAreThoseOfTheLaw(seed: Int) {
        var generator = SplitMix64(seed: 900 + UInt64(seed))
        for _ in 0..<50 {
            let laws = (0..<3).map { _ in EmitterLaw(emitter(&generator)) }
            let quad = EmitterQuad(laws[...])
            var start = SIMD4<Double>(repeating: .nan)
            for round in 0..<3 {
                var (flow, excess) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
                for lane in 0..<3 {
                    flow[lane] = generator.uniform(0...1) < 0.2 ? [0, Double.infinity, 1e-9, 1e9][lane] : generator.uniform(1...2000)
                    excess[lane] = generator.uniform(-10...70)
                }
                // From anywhere, from the states before, and from far off.
                if round == 2 { start = SIMD4(repeating: generator.uniform(-60...60)) }
                let found = quad.response(flow: flow, excess: excess, start: &start)
                for lane in 0..<3 where !found.left[lane] {
                    let exact = laws[lane].response(capacityFlow: flow[lane], supply: 20 + excess[lane], room: 20)
                    // The square of the last step, 1e-10, and rounding of the excess.
                    #expect(abs(found.heat[lane] - exact.heat) <= 1e-9 * exact.heat)
                    #expect(abs(found.slope[lane] - exact.heatPerKelvin) <= 1e-4 * exact.heatPerKelvin)
                }
                #expect(found.heat[3] == 0 && !found.left[3])
            }
        }
    }

    @Test(arguments: 0..<Seeds.count(40)) func flowsAreThoseOfTheLaw(seed: Int) {
        var generator = SplitMix64(seed: 950 + UInt64(seed))
        var asked = 0
        for _ in 0..<100 {
            let laws = (0..<4).map { _ in EmitterLaw(emitter(&generator)) }
            let quad = EmitterQuad(laws[...])
            let excess = SIMD4<Double>((0..<4).map { _ in generator.uniform(1...60) })
            let heat = SIMD4<Double>((0..<4).map { laws[$0].greatestHeat(supply: 20 + excess[$0], room: 20) * generator.uniform(-0.1...1.2) })
            let found = quad.capacityFlow(delivering: heat, share: 0.9, excess: excess)
            for lane in 0..<4 where !found.left[lane] {
                let exact = laws[lane].requiredCapacityFlow(heat[lane], share: 0.9, supply: 20 + excess[lane], room: 20)
                // Rounding of the logarithms of heat and excess over the emitter's exponent, and of the flow near saturation, which is ten
                // times as steep.
                #expect(abs(found.flow[lane] - exact) <= 1e-12 * exact)
                if exact > 0 { asked += 1 }
            }
        }
        // Most are answered side by side.
        #expect(asked > 200)
    }

    @Test func flowsOfOneRosterAfterTheOtherAreThoseOfTheNeeds() {
        var building = TestBuilding.sixBySix
        let weather = Weather(outdoor: Temperature(celsius: -7.6), ground: Temperature(celsius: 5))
        var generator = SplitMix64(seed: 77)
        var flows = RequiredFlows(of: building.network())
        for _ in 0..<6 {
            building.states = String((0..<36).map { _ in generator.uniform(0...1) < 0.6 ? Character("o") : "c" })
            let network = building.network()
            let options = HeatDemandOptions(supply: (0..<36).map { _ in generator.uniform(55...80) })
            let exact = HeatDemand(of: network, in: weather, options: options).requiredFlow
            let found = flows.flows(of: network, in: weather, options: options)
            // The lattice's right-hand side is the same; rounding of logarithms.
            for place in exact.indices { #expect(abs(found[place] - exact[place]) <= 1e-11 * exact[place]) }
        }
    }
}
