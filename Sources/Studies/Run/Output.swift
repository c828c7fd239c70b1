/// The figures of a scenario, in the order of their columns in `scenarios.csv`.
public enum Output: Int, CaseIterable, Sendable {
    case outdoor, openRate, openDwellings
    case coldest, secondPercentile, mean, warmest, share, below, degreeDwellings
    case heat, dwellingHeat, losses, returnTemperature, heatLimited, pump
    case horizontal, vertical, valvesChanged
    case dwellingFlow, flowLowest, flowMean, flowShort

    /// The column's name; published.
    public var name: String {
        switch self {
        case .outdoor: "outdoor_c"
        case .openRate: "open_rate"
        case .openDwellings: "open_dwellings"
        case .coldest: "room_min_c"
        case .secondPercentile: "room_p02_c"
        case .mean: "room_mean_c"
        case .warmest: "room_max_c"
        case .share: "share_at_target"
        case .below: "dwellings_below"
        case .degreeDwellings: "degree_dwellings"
        case .heat: "source_heat_kw"
        case .dwellingHeat: "dwelling_heat_kw"
        case .losses: "loss_kw"
        case .returnTemperature: "source_return_c"
        case .heatLimited: "source_at_limit"
        case .pump: "pump_kw"
        case .horizontal: "horizontal_imbalance"
        case .vertical: "vertical_imbalance"
        case .valvesChanged: "valves_changed"
        case .dwellingFlow: "dwelling_flow_kg_s"
        case .flowLowest: "flow_ratio_min"
        case .flowMean: "flow_ratio_mean"
        case .flowShort: "dwellings_short_of_flow"
        }
    }

    /// Decimals that the solver's tolerance carries.
    var decimals: Int {
        switch self {
        case .openDwellings, .below, .heatLimited, .valvesChanged, .flowShort: 0
        case .openRate, .share, .horizontal, .vertical: 5
        case .flowLowest, .flowMean: 4
        case .outdoor, .coldest, .secondPercentile, .mean, .warmest, .returnTemperature: 3
        case .pump, .dwellingFlow: 3
        case .degreeDwellings, .heat, .dwellingHeat, .losses: 2
        }
    }

    /// Outputs that came after the columns by zone; theirs stand behind those.
    static let last: [Output] = [.dwellingFlow, .flowLowest, .flowMean, .flowShort]

    /// Outputs whose difference from the base case is a column too.
    static let compared: [Output] = [.coldest, .secondPercentile, .share, .degreeDwellings, .heat, .pump]

    /// Outputs whose sensitivity to the factors is asked.
    static func ranked(_ run: Study.RunKind) -> [Output] {
        run == .hydraulics
            ? [.flowShort, .flowLowest, .horizontal, .vertical, .pump]
            : [.secondPercentile, .share, .degreeDwellings, .heat, .pump, .returnTemperature]
    }

    /// Outputs that the page draws by each factor.
    static func drawn(_ run: Study.RunKind) -> [Output] {
        run == .hydraulics ? [.flowShort, .flowLowest, .pump] : [.share, .secondPercentile, .heat]
    }

    /// Outputs whose ranking of factors the page shows; the first stands on the console.
    static func told(_ run: Study.RunKind) -> [Output] {
        run == .hydraulics ? [.flowShort, .flowLowest, .pump] : [.share, .degreeDwellings, .heat]
    }

    /// Outputs by zone, columns of their own.
    static let zonal: [Output] = [.openRate, .coldest, .secondPercentile, .mean, .share, .degreeDwellings]

    /// A value to the decimals of its column.
    func rounded(_ value: Double) -> Double {
        guard value.isFinite else { return .nan }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        return (value * scale).rounded() / scale
    }
}

extension WatchedOutput {
    /// The column it watches.
    var output: Output {
        switch self {
        case .coldest: .coldest
        case .secondPercentile: .secondPercentile
        case .mean: .mean
        case .share: .share
        case .degreeDwellings: .degreeDwellings
        case .heat: .heat
        case .pump: .pump
        case .returnTemperature: .returnTemperature
        }
    }
}

/// What came of a scenario.
struct ScenarioResult: Sendable {
    /// By ``Output``; NaN where undefined.
    var values: [Double]
    /// By zone, then by ``Output/zonal``.
    var zones: [[Double]]
    /// The limit that costs most degrees, as `element: limit`; empty without a balance or a limit.
    var bottleneck: String
    /// Why there is no answer; nil where there is one.
    var failure: FailureReason?

    /// A scenario without an answer.
    init(failure: FailureReason, zones: Int) {
        values = Array(repeating: .nan, count: Output.allCases.count)
        self.zones = Array(repeating: Array(repeating: .nan, count: Output.zonal.count), count: zones)
        bottleneck = ""
        self.failure = failure
    }

    /// A scenario's figures.
    init(values: [Double], zones: [[Double]], bottleneck: String) {
        (self.values, self.zones, self.bottleneck) = (values, zones, bottleneck)
    }

    subscript(output: Output) -> Double { values[output.rawValue] }
}
