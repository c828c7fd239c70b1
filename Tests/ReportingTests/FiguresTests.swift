import NetworkModel
import Testing

@testable import Reporting

@Suite struct FiguresTests {
    @Test func roomStatisticsCountOpenDwellingsOnly() {
        let run = SmallRun()
        let rooms = RoomStatistics(room: [18, 15, 12, 14], in: run.network)
        #expect(rooms.count == 2)
        #expect(rooms.minimum == 15)
        #expect(rooms.maximum == 18)
        #expect(rooms.mean == 16.5)
        #expect(rooms.shareAtTarget == 0.5)
        #expect(rooms.secondPercentile == 15)
    }

    @Test func justBelowTheTargetCountsAsAtTarget() {
        let run = SmallRun()
        #expect(RoomStatistics(room: [17.96, 17.9, 0, 0], in: run.network).shareAtTarget == 0.5)
    }

    @Test func withoutDwellingsThereIsNoFigure() {
        let rooms = RoomStatistics(room: [.nan, .nan, 1, 1], in: SmallRun().network)
        #expect(rooms.count == 0)
        #expect(rooms.mean.isNaN && rooms.shareAtTarget.isNaN)
    }

    @Test func imbalanceOfEvenShortageIsNone() {
        let run = SmallRun()
        let required = [0.02, 0.04, 0, 0.01]
        let half = Imbalance(flow: required.map { $0 / 2 }, required: required, in: run.network)
        // Division leaves rounding of a few ulp.
        #expect(half.horizontal.mean < 1e-12 && half.vertical.mean < 1e-12)
        #expect(half.vertical.isWithinLimits)
    }

    @Test func imbalanceBetweenFloors() {
        let run = SmallRun()
        // Floor 1 requires 0.06 and gets 0.03 (x 0.5), floor 2 requires 0.01 and gets 0.015 (x 1.5); the building x = 0.045/0.07.
        let imbalance = Imbalance(flow: [0.01, 0.02, 0, 0.015], required: [0.02, 0.04, 0, 0.01], in: run.network)
        let whole = 0.045 / 0.07
        #expect(abs(imbalance.vertical.least - 0.5 / whole) < 1e-12)
        #expect(abs(imbalance.vertical.greatest - 1.5 / whole) < 1e-12)
        #expect(abs(imbalance.vertical.mean - (0.06 * (1 - 0.5 / whole) + 0.01 * (1.5 / whole - 1)) / 0.07) < 1e-12)
        #expect(!imbalance.vertical.isWithinLimits)
        #expect(imbalance.horizontal.mean < 1e-12)
    }

    @Test func histogramLosesNothing() {
        let histogram = Histogram(of: [-100, 0, 0.5, 1, 2.99, 100, .nan], from: 0, width: 1, bins: 3)
        #expect(histogram.counts == [3, 1, 2])
        #expect(histogram.line(scaledTo: 3) == "▇▃▅")
    }

    @Test func roomColoursChangeAtThePromise() {
        #expect(Palette.room(17.9, promised: 18) != Palette.room(18, promised: 18))
        #expect(Palette.room(17.97, promised: 18) == Palette.room(18, promised: 18))
        #expect(Palette.room(.nan, promised: 18) == Palette.noWater)
        #expect(Set(Palette.roomBands.map(\.colour)).count == Palette.roomBands.count)
    }
}
