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
