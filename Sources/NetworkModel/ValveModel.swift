import Quantities

/// A balancing or presetting valve of one size as its maker's table gives it: Kv by setting.
public struct ValveModel: Sendable {
    /// Product family, for example `STAD PN20`.
    public var family: String
    /// Nominal size DN, mm.
    public var nominalSize: Int
    /// Settings with their Kv, both strictly rising.
    public var points: [ValveSettingPoint]
    /// Smallest turn of the setting a fitter can make between two points; nil = only the points themselves.
    public var step: Double?
    /// What the setting counts.
    public var notation: SettingNotation
    /// Deviation of the flow from the table, as a ratio, at mid travel.
    public var tolerance: Double
    /// The same at the smallest setting; nil = twice the one at mid travel, which is usual.
    public var smallestTolerance: Double?
    /// Least pressure loss at which the valve works as its table says (a controller: regulates); nil = not stated.
    public var leastLoss: PressureDifference?
    /// Largest pressure loss it may be set against; nil = not stated.
    public var greatestLoss: PressureDifference?
    /// What the product is.
    public var kind = ValveKind.balancing
    /// Set points of a controller, which stand in the place of settings; nil for a valve that only throttles.
    public var setPoints: SetPointScale?
    /// Largest pressure loss without noise.
    public var noiseLimit: PressureDifference?
    /// Where the figures come from, and how far they are to be trusted.
    public var source: String

    /// Describes a valve of one size. Points must be strictly rising in setting and Kv.
    public init(
        family: String, nominalSize: Int, points: [ValveSettingPoint], step: Double?, notation: SettingNotation,
        tolerance: Double = 0.1, noiseLimit: PressureDifference? = nil, source: String = ""
    ) {
        self.family = family
        self.nominalSize = nominalSize
        self.points = points
        self.step = step
        self.notation = notation
        self.tolerance = tolerance
        self.noiseLimit = noiseLimit
        self.source = source
    }

    /// Deviation of the flow from the table at a setting, as a ratio: that of mid travel from there on, rising linearly below it.
    public func tolerance(at setting: Double) -> Double {
        guard let first = points.first?.setting, let last = points.last?.setting, last > first else { return tolerance }
        let share = min(max((setting - first) / (0.5 * (last - first)), 0), 1)
        let low = smallestTolerance ?? 2 * tolerance
        return low + share * (tolerance - low)
    }

    /// Kv fully open.
    public var fullyOpen: FlowCoefficient { points[points.count - 1].kv }
}

/// One row of a valve's table.
public struct ValveSettingPoint: Hashable, Sendable {
    /// The setting as a number on the valve's scale.
    public var setting: Double
    /// How the maker prints it (`3`, `2.5`, `N`).
    public var label: String
    /// Kv there.
    public var kv: FlowCoefficient
    /// A row of the table.
    public init(setting: Double, label: String, kv: FlowCoefficient) {
        (self.setting, self.label, self.kv) = (setting, label, kv)
    }
}

/// What a valve's setting counts.
public enum SettingNotation: String, Sendable { case turns, preset, percent }

/// What a product of a valve catalogue is.
public enum ValveKind: String, Hashable, Sendable, CaseIterable {
    /// A static balancing valve.
    case balancing
    /// A dwelling's or radiator's valve with a preset.
    case presetting
    /// A valve that an actuator moves.
    case control
    /// A pressure-independent valve: its setting is a flow.
    case pressureIndependent = "pressure-independent"
    /// A differential-pressure controller: its setting is a pressure difference.
    case differentialPressure = "differential-pressure"
}
