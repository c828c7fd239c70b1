import Heating
import NetworkModel
import Quantities
import Testing

/// One-pipe risers in the inverse direction: what each emitter gets from those before it, the flow all need, the size each needs.
@Suite struct OnePipeLawTests {
    private static let room = 20.0

    /// An emitter that gives `heat` W between two water temperatures.
    private func emitter(_ heat: Double, supply: Double, back: Double, share: Double, oversize: Double = 1) -> OnePipeLaw.Emitter {
        let law = EmitterLaw(.radiator(watts: oversize * heat, supply: supply, return: back))
        return OnePipeLaw.Emitter(law: law, share: share, heat: heat, room: Self.room)
    }

    /// Figure 6.6 of a chapter "Water systems: piping arrangements" (page 153; by heading and number that of Faber & Kell, Heating and
    /// Air-Conditioning of Buildings, but its title page was not seen): a single-pipe circuit whose water falls by 1 K after each of ten
    /// equal radiators has mean temperatures of 72.5 °C in the first and 63.5 °C in the last. By hand: each cools its fifth of the water
    /// by 5 K, so the first has 75 − 2.5 and the last, nine radiators on, 66 − 2.5.
    @Test func publishedCircuitOfTenRadiators() {
        let law = OnePipeLaw(stages: (0..<10).map { [emitter(1000, supply: 75 - Double($0), back: 70 - Double($0), share: 0.2)] })
        let flow = law.requiredCapacityFlow(supply: 75)
        // 10 kW over 10 K.
        #expect(abs(flow - 1000) < 1e-6)
        let state = law.state(capacityFlow: flow, supply: 75)
        for place in 0..<10 { #expect(abs(state.supply[place] - (75 - Double(place))) < 1e-8) }
        func mean(_ place: Int) -> Double { state.supply[place] - 0.5 * 1000 / (0.2 * flow) }
        // Printed with one decimal.
        #expect(abs(mean(0) - 72.5) < 0.05)
        #expect(abs(mean(9) - 63.5) < 0.05)
        #expect(abs(state.supply[10] - 65) < 1e-8)
    }

    /// T_k = T_s − (T_s − T_r) Σ Q before k / Σ Q, the textbook ladder, for any loads, shares and numbers of floors.
    @Test(arguments: 1...20) func gradedEmittersNeedTheDesignFlowAndFollowTheLadder(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let floors = Int.random(in: 2...12, using: &generator)
        let heats = (0..<floors).map { _ in generator.uniform(500...4000) }
        let (supply, back) = (generator.uniform(70...95), generator.uniform(45...60))
        let flow = heats.reduce(0, +) / (supply - back)
        // Enough water past the emitters that none returns below 30 °C.
        let least = (heats.max() ?? 0) / flow / (back - 30)
        let share = generator.uniform(min(0.9, max(least, 0.2))...1)
        var before = 0.0
        var stages: [[OnePipeLaw.Emitter]] = []
        var ladder: [Double] = []
        for heat in heats {
            ladder.append(supply - (supply - back) * before / heats.reduce(0, +))
            stages.append([emitter(heat, supply: ladder[ladder.count - 1], back: ladder[ladder.count - 1] - heat / (share * flow), share: share)])
            before += heat
        }
        var law = OnePipeLaw(stages: stages)
        law.leastCooling = 1
        // The bisection ends at 1e-12 of the logarithm.
        #expect(abs(law.requiredCapacityFlow(supply: supply) / flow - 1) < 1e-9)
        let state = law.state(capacityFlow: flow * (1 + 1e-9), supply: supply)
        for (place, expected) in ladder.enumerated() { #expect(abs(state.supply[place] - expected) < 1e-6) }
        #expect(state.isEnough)
        #expect(!law.state(capacityFlow: flow * 0.999, supply: supply).isEnough)
        for sizes in law.requiredSizes(capacityFlow: flow, supply: supply) { for size in sizes { #expect(abs(size - 1) < 1e-9) } }
    }

    @Test func equalEmittersAreTooSmallMoreAndMoreAlongTheWater() {
        let law = OnePipeLaw(stages: (0..<6).map { _ in [emitter(1500, supply: 75, back: 50, share: 1)] })
        let sizes = law.requiredSizes(capacityFlow: 6 * 1500 / 25, supply: 75).map { $0[0] }
        for (one, next) in zip(sizes, sizes.dropFirst()) { #expect(next > one) }
        // The first gets the whole flow for its own heat alone, the last leaves at 50 °C like a two-pipe one, but enters colder.
        #expect(sizes[0] < 1)
        #expect(sizes[5] > 1)
        // Twelve times the two-pipe flow of one floor: K grows by (LMTD of 75/50 over that of the last stage)ⁿ.
        let last = 75 - 25 * 5 / 6.0
        #expect(abs(sizes[5] - power(logarithmicMean(55, 30) / logarithmicMean(last - 20, 30), 1.3)) < 1e-9)
    }

    @Test func noFlowIsAskedForBeyondTheLeastCooling() {
        // The last emitter is half as large as it would have to be.
        let law = OnePipeLaw(stages: [
            [emitter(1500, supply: 75, back: 50, share: 0.5)], [emitter(1500, supply: 75, back: 50, share: 0.5, oversize: 0.4)],
        ])
        let flow = law.requiredCapacityFlow(supply: 75)
        // It has too little at any flow: the water cools by 10 K, which is more than the other needs.
        #expect(abs(3000 / flow - law.hopelessCooling) < 1e-9)
        #expect(law.state(capacityFlow: flow, supply: 75).suffices == [[true], [false]])
        #expect(law.requiredCapacityFlow(supply: 20) == 0)
    }

    @Test(arguments: 1...20) func moreFlowIsHotterForEveryone(seed: Int) {
        var generator = SplitMix64(seed: UInt64(1000 + seed))
        let stages = (0..<Int.random(in: 1...10, using: &generator)).map { _ in
            (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                emitter(generator.uniform(300...3000), supply: 75, back: 50, share: generator.uniform(0.05...0.3), oversize: generator.uniform(0.8...2))
            }
        }
        let law = OnePipeLaw(stages: stages)
        let few = generator.uniform(100...2000)
        let (one, more) = (law.state(capacityFlow: few, supply: 75), law.state(capacityFlow: 1.3 * few, supply: 75))
        // Emitters that were starved take more of the hotter water, but never so much that the next is colder.
        for (a, b) in zip(one.supply, more.supply) { #expect(b >= a - 1e-9) }
        for (a, b) in zip(one.suffices, more.suffices) { for (had, has) in zip(a, b) { #expect(has || !had) } }
    }
}
