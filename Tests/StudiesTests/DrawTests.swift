import NetworkModel
import Quantities
import Testing

@testable import Studies

@Suite struct DrawTests {
    /// Known answers that Salmon et al. ship with Random123 (kat_vectors, philox2x64 10).
    @Test func philoxGivesItsKnownAnswers() {
        #expect(CounterRandom.block(0, 0, key: 0) == (0xCA00_A045_9843_D731, 0x66C2_4222_C9A8_45B5))
        #expect(CounterRandom.block(.max, .max, key: .max) == (0x65B0_21D6_0CD8_310F, 0x4D02_F322_2F86_DF20))
    }

    @Test func quantilesOfTheNormalDistribution() {
        #expect(NormalDistribution.quantile(0.5) == 0)
        // Seven figures by Wichura's own statement.
        #expect(abs(NormalDistribution.quantile(0.975) - 1.959963984540054) < 1e-6)
        #expect(abs(NormalDistribution.quantile(0.001) + 3.090232306167813) < 1e-6)
        #expect(abs(NormalDistribution.quantile(1e-12) + 7.034483825301131) < 1e-5)
    }

    @Test(arguments: [1, 2, 7, 64, 1000]) func permutationHitsEveryPlaceOnce(count: Int) {
        for number in 0..<3 {
            let permutation = Permutation(count: count, number: number, random: CounterRandom(seed: 5))
            #expect(Set((0..<count).map { permutation($0) }) == Set(0..<count))
        }
    }

    @Test func lognormalFactorsHaveTheirMeanAndDeviation() {
        let random = CounterRandom(seed: 3)
        var moments = Moments()
        for element in 0..<20_000 {
            moments.add(NormalDistribution.factor(deviation: 0.3, normal: random.normal(.envelope, draw: 1, element: element)))
        }
        // Five standard errors of a mean and of a deviation over 20,000 draws.
        #expect(abs(moments.mean - 1) < 5 * 0.3 / 141.4)
        #expect(abs(moments.deviation - 0.3) < 0.02)
    }

    @Test func rostersMeetTheirRateAndAreNested() {
        let network = StudyDistrict.network()
        let rosters = RosterDraw(network, random: CounterRandom(seed: 11))
        for draw in 1...20 {
            let low = rosters.states(draw: draw, rates: [0.5, 0.25], clustering: 0.4)
            let high = rosters.states(draw: draw, rates: [0.75, 0.25], clustering: 0.4)
            #expect(open(low, in: 0, network) == 8)
            #expect(open(high, in: 0, network) == 12)
            #expect(open(high, in: 1, network) == 4)
            for (lower, higher) in zip(low, high) where lower == DwellingState.open { #expect(higher == DwellingState.open) }
        }
    }

    private func open(_ states: [DwellingState], in zone: Int, _ network: Network) -> Int {
        var count = 0
        for (position, state) in states.enumerated() where state == DwellingState.open {
            if network.zone(of: DwellingIndex(position)).position == zone { count += 1 }
        }
        return count
    }

    @Test func clusteringMakesNeighboursAlike() {
        let network = StudyDistrict.network()
        let rosters = RosterDraw(network, random: CounterRandom(seed: 11))
        func alike(_ clustering: Double) -> Int {
            (1...200).reduce(0) { sum, draw in
                let states = rosters.states(draw: draw, rates: [0.5, 0.5], clustering: clustering)
                // Doors 1 and 2 of a floor of a unit stand side by side.
                return sum + stride(from: 0, to: states.count, by: 2).count { states[$0] == states[$0 + 1] }
            }
        }
        // 3,200 pairs: without clustering 7 of 15 are alike on average; five standard deviations are 141.
        #expect(abs(alike(0) - 3200 * 7 / 15) < 141)
        #expect(alike(0.9) > 2400)
    }

    @Test func drawsDoNotDependOnEachOther() {
        let network = StudyDistrict.network()
        let rosters = RosterDraw(network, random: CounterRandom(seed: 2))
        let late = rosters.states(draw: 900, rates: [0.5, 0.5], clustering: 0.4)
        _ = rosters.states(draw: 1, rates: [0.9, 0.1], clustering: 0)
        #expect(RosterDraw(network, random: CounterRandom(seed: 2)).states(draw: 900, rates: [0.5, 0.5], clustering: 0.4) == late)
        #expect(RosterDraw(network, random: CounterRandom(seed: 3)).states(draw: 900, rates: [0.5, 0.5], clustering: 0.4) != late)
    }
}
