import NetworkModel

/// What is known about a run's settings beside their forward simulation: how good any settings could be, what valves'
/// tolerances do to them, how they hold when things change, and how far fewer visits get.
///
/// None of it changes the settings; it is made when results are written, not in every run.
public struct SettingsProof: Sendable {
    /// Bounds on presets, by rising band.
    public var bounds: [PresetBound]
    /// Valve tolerances carried to rooms; nil where their equations failed or it was not asked for.
    public var tolerance: SettingTolerance?
    /// Simulated events; nil where it was not asked for.
    public var robustness: Robustness?
    /// The curve of visits; nil where it failed or was not asked for.
    public var visits: VisitPlan?

    /// Bands of flow that a result is judged by: what a fitter's instrument tells apart, and what is promised.
    public static let bands = [0.03, 0.05]
    /// Dwellings above which the parts that take many simulations are made only when asked for.
    public static let usualLimit = 20_000

    /// Proves the settings of a run.
    ///
    /// - Parameters:
    ///   - plan: a plan of visits made before, for the same network and target.
    ///   - isThorough: whether to make the parts that take many solves; nil = up to ``usualLimit`` dwellings.
    public init(of run: BalanceRun, visits plan: VisitPlan? = nil, options: BalanceOptions = BalanceOptions(), isThorough: Bool? = nil) {
        bounds = Self.bands.map { PresetBound(of: run, band: $0, options: options) }
        let isThorough = isThorough ?? (run.network.dwellings.count <= Self.usualLimit)
        guard isThorough, !run.network.dwellings.isEmpty else {
            (tolerance, robustness, visits) = (nil, nil, plan)
            return
        }
        robustness = Robustness(of: run, options: options)
        do throws(BalanceFailure) { tolerance = try SettingTolerance(of: run, options: options) } catch { tolerance = nil }
        visits = plan
        guard plan == nil else { return }
        do throws(BalanceFailure) { visits = try VisitPlan(for: run, options: options) } catch { visits = nil }
    }
}
