import NetworkModel
import Quantities
import Testing

@Suite("Valve settings")
struct ValveSettingTests {
    /// STAD PN20 DN 25 by its data sheet.
    static let stad = model([(0.5, 0.6), (1, 1.03), (1.5, 2.1), (2, 3.62), (2.5, 5.3), (3, 6.9), (3.5, 8), (4, 8.7)], step: 0.1)
    /// RA-N DN 15: numbers 1 to 7 and N, half numbers between.
    static let radiator = model(
        [(1, 0.04), (2, 0.08), (3, 0.12), (4, 0.2), (5, 0.3), (6, 0.4), (7, 0.51), (8, 0.73)], step: 0.5, last: "N")
    /// Only the printed numbers.
    static let stepless = model([(1, 0.05), (2, 0.09), (3, 0.14)], step: nil)

    static func model(_ points: [(Double, Double)], step: Double?, last: String? = nil) -> ValveModel {
        var points = points.map {
            ValveSettingPoint(
                setting: $0.0, label: $0.0 == $0.0.rounded() ? String(Int($0.0)) : String($0.0),
                kv: FlowCoefficient(cubicMetresPerHour: $0.1))
        }
        if let last { points[points.count - 1].label = last }
        return ValveModel(family: "test", nominalSize: 25, points: points, step: step, notation: .turns)
    }

    @Test("The points of a table are met exactly, in both directions")
    func points() {
        for model in [Self.stad, Self.radiator, Self.stepless] {
            for point in model.points {
                #expect(model.kv(at: point.setting) == point.kv)
                #expect(model.setting(passing: point.kv) == point.setting)
                #expect(model.label(for: point.setting) == point.label)
                #expect(model.setting(labelled: point.label) == point.setting)
            }
        }
    }

    @Test("Between two points ln Kv is linear: half way is the geometric mean")
    func geometricMean() {
        let kv = Self.stad.kv(at: 1.75).cubicMetresPerHour
        // Two exponentials and logarithms: a few units in the last place.
        #expect(abs(kv - (2.1 * 3.62).squareRoot()) < 1e-14 * kv + 1e-14)
    }

    @Test("Kv rises strictly with the setting and the inverse returns it", arguments: 1...200)
    func inverse(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for model in [Self.stad, Self.radiator, Self.stepless] {
            let (first, last) = (model.points[0].setting, model.points[model.points.count - 1].setting)
            let a = first + (last - first) * random.unit()
            let b = first + (last - first) * random.unit()
            if a < b { #expect(model.kv(at: a) < model.kv(at: b)) }
            // The steepest table has d(setting)/d(ln Kv) = 3.3, so rounding of 1e-16 in ln Kv stays far below 1e-12.
            #expect(abs(model.setting(passing: model.kv(at: a)) - a) < 1e-12)
        }
    }

    @Test("Outside the table both directions stay at its ends, whatever is asked")
    func ends() {
        let model = Self.stad
        #expect(model.kv(at: -3) == model.points[0].kv)
        #expect(model.kv(at: 99) == model.fullyOpen)
        #expect(model.kv(at: .nan) == model.points[0].kv)
        #expect(model.setting(passing: FlowCoefficient(0)) == 0.5)
        #expect(model.setting(passing: FlowCoefficient(.infinity)) == 4)
        #expect(model.setting(passing: FlowCoefficient(.nan)) == 0.5)
        #expect(model.settings(around: FlowCoefficient(1000)) == (4, 4))
    }

    @Test("The grid: tenths of a turn, half numbers, or the numbers alone")
    func grid() {
        let around = Self.stad.settings(around: Self.stad.kv(at: 1.234))
        #expect(around == (1.2, 1.3))
        #expect(Self.radiator.settings(around: Self.radiator.kv(at: 4.6)) == (4.5, 5))
        #expect(Self.radiator.label(for: 4.5) == "4.5")
        #expect(Self.radiator.settings(around: Self.radiator.kv(at: 7.7)) == (7.5, 8))
        #expect(Self.stepless.settings(around: Self.stepless.kv(at: 1.2)) == (1, 2))
        #expect(Self.stad.isOnGrid(2.3))
        #expect(!Self.stad.isOnGrid(2.35))
        #expect(!Self.stepless.isOnGrid(1.5))
    }

    @Test("The nearest setting is one of the neighbours and the better of the two by ratio", arguments: 1...200)
    func nearest(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for model in [Self.stad, Self.radiator, Self.stepless] {
            let wanted = model.kv(at: 0.5 + 8 * random.unit())
            let (below, above) = model.settings(around: wanted)
            let chosen = model.nearestSetting(passing: wanted)
            #expect(chosen == below || chosen == above)
            #expect(model.isOnGrid(chosen))
            #expect(below <= above)
            #expect(model.kv(at: below) <= wanted || below == above)
            #expect(model.kv(at: above) >= wanted || below == above)
            let off = { (setting: Double) in max(model.kv(at: setting) / wanted, wanted / model.kv(at: setting)) }
            // A tie may fall to either side within rounding.
            #expect(off(chosen) <= min(off(below), off(above)) * (1 + 1e-12))
        }
    }

    @Test("Steps along the grid visit every setting and stop at the ends")
    func steps() {
        var setting = 0.5
        var visited = [setting]
        while true {
            let next = Self.stad.setting(setting, movedBy: 1)
            if next == setting { break }
            setting = next
            visited.append(setting)
        }
        #expect(visited.count == 36)  // 0.5, 0.6 … 4.0
        #expect(visited.map(Self.stad.label).contains("0.7"))
        #expect(Self.stad.setting(4, movedBy: -35) == 0.5)
        #expect(Self.stad.setting(4, movedBy: -1000) == 0.5)
        #expect(Self.stepless.setting(1, movedBy: 1) == 2)
    }

    @Test("Labels that are not of the table are refused")
    func labels() {
        #expect(Self.radiator.setting(labelled: "N") == 8)
        #expect(Self.radiator.setting(labelled: "4.5") == 4.5)
        #expect(Self.radiator.setting(labelled: "n") == nil)
        #expect(Self.radiator.setting(labelled: "0.2") == nil)
        #expect(Self.radiator.setting(labelled: "nan") == nil)
        #expect(Self.radiator.setting(labelled: "") == nil)
    }

    @Test("Unusable tables say what is wrong")
    func faults() {
        #expect(Self.stad.fault == nil)
        #expect(Self.model([(1, 0.5), (2, 0.5)], step: 0.1).fault == .notRising(after: "1"))
        #expect(Self.model([(1, 0.5), (1, 0.6)], step: 0.1).fault == .notRising(after: "1"))
        #expect(Self.model([(1, -0.5), (2, 0.6)], step: 0.1).fault == .notFinite)
        #expect(Self.model([(1, 0.5), (2, 0.6)], step: 0).fault == .badStep)
        #expect(Self.model([(1, 0)], step: nil).fault == .notFinite)
        var empty = Self.stad
        empty.points = []
        #expect(empty.fault == .noPoints)
    }
}

/// Numbers for property tests, equal on every machine (Steele, Lea & Flood 2014).
struct SplitMix64 {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
