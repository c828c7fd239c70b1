import Heating
import Quantities
import Testing

@Suite struct HeatExchangerTests {
    private func exchanger(_ conductance: Double) -> HeatExchanger {
        HeatExchanger(conductance: ThermalConductance(wattsPerKelvin: conductance))
    }

    @Test(arguments: 0..<Seeds.count(100)) func heatIsConductanceTimesLogarithmicMean(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let (hot, cold) = (generator.uniform(100...5000), generator.uniform(100...5000))
        let conductance = generator.uniform(50...8000)
        let heat = exchanger(conductance).heat(hotFlow: hot, coldFlow: cold, hotInlet: 110, coldInlet: 45)
        let ends = (110 - (45 + heat / cold), (110 - heat / hot) - 45)
        // Temperatures near 100 are known to 1e-14 of them; the mean is as uncertain as the smaller end.
        let tolerance = 1e-12 * 110 / min(ends.0, ends.1) + 1e-11
        #expect(abs(conductance * logarithmicMean(ends.0, ends.1) / heat - 1) < tolerance)
    }

    @Test func equalFlowsAreTheLimitOfUnequalOnes() {
        let exchanger = exchanger(3000)
        let equal = exchanger.effectiveness(hotFlow: 1000, coldFlow: 1000)
        #expect(abs(equal - 0.75) < 1e-15)
        for gap in [1e-3, 1e-6, 1e-9, 1e-12] {
            // ε changes by less than the relative gap.
            #expect(abs(exchanger.effectiveness(hotFlow: 1000 * (1 + gap), coldFlow: 1000) - equal) < gap + 1e-14)
        }
    }

    @Test(arguments: 0..<Seeds.count(100)) func inverseHoldsTheSetPoint(seed: Int) {
        var generator = SplitMix64(seed: 300 + UInt64(seed))
        let exchanger = exchanger(generator.uniform(100...20_000))
        let cold = generator.uniform(100...3000)
        let (inlet, back) = (generator.uniform(70...120), generator.uniform(30...50))
        let setPoint = generator.uniform(back...70)
        let flow = exchanger.hotFlow(holding: setPoint, coldFlow: cold, hotInlet: inlet, coldInlet: back)
        let greatest = exchanger.heat(hotFlow: 1e12, coldFlow: cold, hotInlet: inlet, coldInlet: back)
        let needed = cold * (setPoint - back)
        guard flow.isFinite else {
            #expect(greatest <= needed * (1 + 1e-9))
            return
        }
        let heat = exchanger.heat(hotFlow: flow, coldFlow: cold, hotInlet: inlet, coldInlet: back)
        // Near the pinch the heat says the flow poorly, but the flow says the heat well.
        #expect(abs(heat / needed - 1) < 1e-9)
    }

    @Test(arguments: 0..<Seeds.count(100)) func neededInletHoldsTheSetPoint(seed: Int) {
        var generator = SplitMix64(seed: 700 + UInt64(seed))
        let exchanger = exchanger(generator.uniform(100...20_000))
        let (hot, cold, back) = (generator.uniform(50...3000), generator.uniform(100...3000), generator.uniform(30...50))
        let setPoint = generator.uniform(back...70)
        let inlet = exchanger.hotInlet(holding: setPoint, hotFlow: hot, coldFlow: cold, coldInlet: back)
        let heat = exchanger.heat(hotFlow: hot, coldFlow: cold, hotInlet: inlet, coldInlet: back)
        // Rounding of a product of four.
        #expect(abs(heat - cold * (setPoint - back)) <= 1e-12 * cold * setPoint)
        #expect(exchanger.hotInlet(holding: back - 1, hotFlow: hot, coldFlow: cold, coldInlet: back) == back)
        #expect(exchanger.hotInlet(holding: setPoint, hotFlow: 0, coldFlow: cold, coldInlet: back) == .infinity)
    }

    @Test func limits() {
        let exchanger = exchanger(1000)
        #expect(exchanger.heat(hotFlow: 0, coldFlow: 100, hotInlet: 100, coldInlet: 40) == 0)
        #expect(exchanger.heat(hotFlow: 100, coldFlow: 0, hotInlet: 100, coldInlet: 40) == 0)
        #expect(exchanger.hotFlow(holding: 60, coldFlow: 0, hotInlet: 100, coldInlet: 40) == 0)
        #expect(exchanger.hotFlow(holding: 30, coldFlow: 100, hotInlet: 100, coldInlet: 40) == 0)
        #expect(exchanger.hotFlow(holding: 60, coldFlow: 100, hotInlet: 60, coldInlet: 40) == .infinity)
        #expect(exchanger.hotFlow(holding: 60, coldFlow: 100, hotInlet: 50, coldInlet: 40) == .infinity)
        #expect(self.exchanger(0).heat(hotFlow: 10, coldFlow: 10, hotInlet: 100, coldInlet: 40) == 0)
        #expect(self.exchanger(0).hotFlow(holding: 60, coldFlow: 10, hotInlet: 100, coldInlet: 40) == .infinity)
        // An endless exchanger heats the smaller flow to the other's inlet.
        #expect(abs(self.exchanger(1e9).heat(hotFlow: 50, coldFlow: 100, hotInlet: 100, coldInlet: 40) - 3000) < 1e-6)
    }
}
