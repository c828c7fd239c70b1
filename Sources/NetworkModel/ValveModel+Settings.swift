import Quantities

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Settings of a valve as numbers on its scale: from Kv to what a fitter turns to, and back.
///
/// Between two points of the maker's table ln Kv is linear in the setting, which is exact for an equal-percentage
/// characteristic, strictly monotone for any table and within the makers' own tolerance otherwise. Outside the table
/// both directions are held at its ends.
///
/// The settings a fitter can make (the *grid*) start at every point of the table and go on in ``step``s up to the
/// next point, so that every point is on the grid; with ``step`` nil the points are the grid.
extension ValveModel {
    /// Kv at the smallest setting of the table.
    public var leastOpen: FlowCoefficient { points[0].kv }

    /// Kv at a setting.
    ///
    /// - Complexity: O(points).
    public func kv(at setting: Double) -> FlowCoefficient {
        if let setPoints {
            // A pressure-independent valve is as wide as its least difference at the set flow asks for.
            guard kind == .pressureIndependent, let leastLoss, leastLoss.value > 0 else { return fullyOpen }
            let flow = min(max(setting, setPoints.range.lowerBound), setPoints.range.upperBound)
            return FlowCoefficient(cubicMetresPerHour: flow / 1000 / (leastLoss.kilopascals / 100).squareRoot())
        }
        guard let (low, high) = interval(where: { $0.setting >= setting }) else {
            return setting.isNaN || setting <= points[0].setting ? points[0].kv : fullyOpen
        }
        let share = (setting - low.setting) / (high.setting - low.setting)
        // The ends are returned unchanged, so that a table's own figures survive the logarithm.
        if share >= 1 { return high.kv }
        guard low.kv.value > 0 else { return low.kv + (high.kv - low.kv) * share }
        return FlowCoefficient(low.kv.value * exp(share * log(high.kv / low.kv)))
    }

    /// The unrounded setting that has a Kv, held at the ends of the table.
    ///
    /// - Complexity: O(points).
    public func setting(passing kv: FlowCoefficient) -> Double {
        guard let (low, high) = interval(where: { $0.kv >= kv }) else {
            return kv.value.isNaN || kv <= points[0].kv ? points[0].setting : points[points.count - 1].setting
        }
        if kv >= high.kv { return high.setting }
        let share = low.kv.value > 0 ? log(kv / low.kv) / log(high.kv / low.kv) : (kv - low.kv) / (high.kv - low.kv)
        return low.setting + share * (high.setting - low.setting)
    }

    /// The settings of the grid next below and next above a Kv; equal where the Kv is on the grid or beyond its ends.
    public func settings(around kv: FlowCoefficient) -> (below: Double, above: Double) {
        gridSettings(around: setting(passing: kv))
    }

    /// The setting of the grid whose Kv is nearest, by ratio: half as much and twice as much are equally far.
    public func nearestSetting(passing kv: FlowCoefficient) -> Double {
        let (below, above) = settings(around: kv)
        if below == above { return below }
        let (low, high) = (self.kv(at: below).value, self.kv(at: above).value)
        return kv.value * kv.value <= low * high ? below : above
    }

    /// The setting of the grid a number of steps further open (positive) or closed, held at the ends.
    public func setting(_ start: Double, movedBy steps: Int) -> Double {
        var setting = start
        for _ in 0..<min(steps.magnitude, 100_000) {
            let next = steps > 0 ? settingAbove(setting) : settingBelow(setting)
            if next == setting { break }
            setting = next
        }
        return setting
    }

    /// How a setting is written for a fitter: the maker's label at a point of the table, a decimal between two.
    public func label(for setting: Double) -> String {
        if setPoints != nil { return Self.decimal(setting) + (kind == .pressureIndependent ? " l/h" : " kPa") }
        for point in points where abs(point.setting - setting) < Self.resolution { return point.label }
        return Self.decimal(setting)
    }

    private static func decimal(_ setting: Double) -> String {
        let rounded = rounded(setting)
        return rounded == rounded.rounded() && abs(rounded) < 1e9 ? String(Int(rounded)) : String(rounded)
    }

    /// The setting that a label or a decimal number means; nil where it is neither or lies outside the table.
    public func setting(labelled text: String) -> Double? {
        for point in points where point.label == text { return point.setting }
        guard let number = Double(text), number.isFinite else { return nil }
        guard number >= points[0].setting - Self.resolution, number <= points[points.count - 1].setting + Self.resolution else {
            return nil
        }
        return number
    }

    /// Whether a fitter can make this setting.
    public func isOnGrid(_ setting: Double) -> Bool {
        let (below, above) = gridSettings(around: setting)
        return abs(below - setting) < Self.resolution || abs(above - setting) < Self.resolution
    }

    /// Two settings closer than this are one; far below any scale that a person can turn to.
    private static var resolution: Double { 1e-6 }

    /// A setting without the dust of its arithmetic (0.1 + 0.2).
    private static func rounded(_ setting: Double) -> Double { (setting * 1e6).rounded() / 1e6 }

    /// The first two neighbouring points of which the upper one fulfils a rising condition and the lower does not.
    private func interval(where isAbove: (ValveSettingPoint) -> Bool) -> (ValveSettingPoint, ValveSettingPoint)? {
        guard let upper = points.firstIndex(where: isAbove), upper > 0 else { return nil }
        return (points[upper - 1], points[upper])
    }

    /// The settings of the grid at or next to an unrounded setting inside the table.
    private func gridSettings(around exact: Double) -> (below: Double, above: Double) {
        guard let upper = points.firstIndex(where: { $0.setting >= exact - Self.resolution }) else {
            let last = points[points.count - 1].setting
            return (last, last)
        }
        if upper == 0 || abs(points[upper].setting - exact) < Self.resolution {
            return (points[upper].setting, points[upper].setting)
        }
        let (low, high) = (points[upper - 1].setting, points[upper].setting)
        guard let step, step > 0 else { return (low, high) }
        let steps = (exact - low) / step
        let whole = (steps + Self.resolution / step).rounded(.down)
        let below = whole <= 0 ? low : min(Self.rounded(low + whole * step), high)
        if abs(below - exact) < Self.resolution { return (below, below) }
        let above = Self.rounded(low + (whole + 1) * step)
        return (below, above > high - Self.resolution ? high : above)
    }

    private func settingAbove(_ setting: Double) -> Double {
        let last = points[points.count - 1].setting
        guard setting < last - Self.resolution else { return last }
        return gridSettings(around: max(setting, points[0].setting - 1) + 2 * Self.resolution).above
    }

    private func settingBelow(_ setting: Double) -> Double {
        let first = points[0].setting
        guard setting > first + Self.resolution else { return first }
        return gridSettings(around: min(setting, points[points.count - 1].setting) - 2 * Self.resolution).below
    }
}

extension ValveModel {
    /// Why a table is not usable, or nil: it needs two or more points, strictly rising in setting and Kv, all finite,
    /// no Kv below zero and the last above it, and a positive step where one is given.
    public var fault: ValveTableFault? {
        guard points.count >= 1 else { return .noPoints }
        for point in points where !point.setting.isFinite || !point.kv.isFinite || point.kv.value < 0 { return .notFinite }
        for (low, high) in zip(points, points.dropFirst()) where high.setting <= low.setting || high.kv <= low.kv {
            return .notRising(after: low.label)
        }
        guard fullyOpen.value > 0 else { return .notFinite }
        if let setPoints, !(setPoints.step.isFinite && setPoints.step > 0 && setPoints.range.lowerBound >= 0) { return .badStep }
        if let step, !(step.isFinite && step > 0) { return .badStep }
        return nil
    }
}

/// What is wrong with a valve's table.
public enum ValveTableFault: Hashable, Sendable {
    /// The table is empty.
    case noPoints
    /// A setting or Kv is not a finite number, or a Kv is not positive.
    case notFinite
    /// Setting or Kv does not rise after the point with this label.
    case notRising(after: String)
    /// The step is not positive.
    case badStep
}
