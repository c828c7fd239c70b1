import NetworkModel
import Testing

@testable import Heating
@testable import Reporting

@Suite struct FiguresTests {
    @Test func headlineFiguresOfAState() {
        let run = SmallRun()
        let figures = Summary(run.result).after
        // Dwellings 1 and 2 are open; 3 is closed, 4 restricted.
        #expect(figures.rooms.count == 2)
        #expect(figures.rooms.lowest == 15 && figures.rooms.highest == 18 && figures.rooms.mean == 16.5)
        #expect(figures.rooms.shareAtTarget == 0.5)
        #expect(figures.sourceHeat == 5400)
        #expect(figures.sourceReturn == 48)
        // 0.06 kg/s at 980 kg/m³ against 60 kPa at half efficiency.
        #expect(abs(figures.pumpPower - 0.06 / 980 * 60_000 / 0.5) < 1e-12)
    }

    @Test func pumpsThatPassNothingTakeNothing() {
        let run = SmallRun()
        var outcome = run.result.outcome
        outcome.massFlow = outcome.massFlow.map { _ in 0 }
        outcome.density = outcome.density.map { _ in .nan }
        let figures = StateFigures(outcome, of: run.network, requiredFlow: [0, 0, 0, 0])
        #expect(figures.pumpPower == 0)
    }

    @Test func returnOfAnIdleSourceIsUnknown() {
        let run = SmallRun()
        var outcome = run.result.outcome
        outcome.sources[0].massFlow = 0
        outcome.sources[0].return = .nan
        #expect(StateFigures(outcome, of: run.network, requiredFlow: [0, 0, 0, 0]).sourceReturn.isNaN)
    }

    @Test func histogramLosesNothing() {
        let histogram = Histogram(of: [-100, 0, 0.5, 1, 2.99, 100, .nan], from: 0, width: 1, bins: 3)
        #expect(histogram.counts == [3, 1, 2])
        #expect(histogram.line == "█▃▆")
        #expect(Histogram(of: [1.5], from: 0, width: 1, bins: 2).line == " █")
        #expect(Histogram(of: [], from: 0, width: 1, bins: 2).line == "  ")
    }

    @Test func roomColoursChangeAtThePromise() {
        #expect(Palette.room(17.9, promised: 18) != Palette.room(18, promised: 18))
        #expect(Palette.room(17.97, promised: 18) == Palette.room(18, promised: 18))
        #expect(Palette.room(.nan, promised: 18) == Palette.noWater)
        let scale = Palette.rooms(promised: 18)
        #expect(Set(scale.colours).count == scale.colours.count)
    }
}
