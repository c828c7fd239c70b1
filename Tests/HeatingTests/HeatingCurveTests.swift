import Heating
import NetworkModel
import Quantities
import Testing

@Suite struct HeatingCurveTests {
    private func curve(_ supply: Double, _ back: Double, room: Double, outdoor: Double, n: Double = 1.3) -> HeatingCurve {
        HeatingCurve(
            room: Temperature(celsius: room), designOutdoor: Temperature(celsius: outdoor),
            designSupply: Temperature(celsius: supply), designReturn: Temperature(celsius: back), exponent: n)
    }

    /// Published regulation tables to their last digit.
    @Test func publishedPoints() {
        let cases = [
            (curve(75, 50, room: 20, outdoor: -7.6), 0.0, 62.23, 44.12),
            (curve(75, 50, room: 20, outdoor: -7.6), -5.0, 70.71, 48.06),
            (curve(45, 35, room: 20, outdoor: -7.6, n: 1.1), 0.0, 38.55, 31.30),
            (curve(95, 70, room: 18, outdoor: -9), 0.0, 73.55, 56.88),
        ]
        for (curve, outdoor, supply, back) in cases {
            let point = curve.point(at: Temperature(celsius: outdoor))
            #expect(abs(point.supply - supply) <= 0.005)
            #expect(abs(point.return - back) <= 0.005)
        }
    }

    @Test func designPointIsExactForEveryRegulation() {
        let curve = curve(75, 50, room: 20, outdoor: -7.6)
        for regulation in [Regulation.quality, .quantity, .combined(power: 0.33)] {
            let point = curve.point(at: Temperature(celsius: -7.6), by: regulation)
            #expect(point.supply == 75 && point.return == 50)
            #expect(point.relativeFlow == 1 && point.relativeLoad == 1)
            #expect(curve.point(at: Temperature(celsius: -30), by: regulation).supply == 75)
            #expect(curve.point(at: Temperature(celsius: 25), by: regulation).relativeLoad == 0)
        }
    }

    @Test(arguments: [-5.0, 0, 7, 15]) func everyRegulationCarriesTheLoad(outdoor: Double) {
        let curve = curve(75, 50, room: 20, outdoor: -7.6)
        for regulation in [Regulation.quality, .quantity, .combined(power: 0.5)] {
            let point = curve.point(at: Temperature(celsius: outdoor), by: regulation)
            let carried = point.relativeFlow * (point.supply - point.return) / 25
            let mean = 0.5 * (point.supply + point.return)
            // Both are the formula solved for the load.
            #expect(abs(carried - point.relativeLoad) < 1e-12)
            #expect(abs(power((mean - 20) / 42.5, 1.3) - point.relativeLoad) < 1e-12)
            if regulation == .quantity { #expect(abs(point.supply - 75) < 1e-12) }
        }
    }

    @Test func occupancyRaisesTheCurve() {
        let curve = curve(75, 50, room: 20, outdoor: -7.6)
        let usual = curve.point(at: Temperature(celsius: 0))
        let thin = curve.point(at: Temperature(celsius: 0), occupancy: 1.2)
        #expect(thin.supply > usual.supply && abs(thin.relativeLoad / usual.relativeLoad - 1.2) < 1e-12)
    }
}
