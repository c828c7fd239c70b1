import NetworkModel

/// What a generated district is to be like.
public struct GeneratorOptions: Hashable, Sendable {
    /// About how many dwellings; met within one building.
    public var dwellings: Int
    /// Equal options and seeds give equal documents.
    public var seed: UInt64
    /// Number of substations; nil = one for about 400 dwellings, at least 2.
    public var substations: Int?
    /// Number of loops in the primary, as far as there are neighbouring branches to join; nil = one for four substations.
    public var loops: Int?
    /// Number of zones; nil = one for two substations, from 2 to 12.
    public var zones: Int?
    /// Lowest and highest valve-open rate of a zone.
    public var openRate: ClosedRange<Double>
    /// Heat that the source can give over what the open dwellings need on the design day.
    public var sourceShare: Double

    /// A twentieth in hand on the design day; short of heat from about 4 K colder.
    public static var usualSourceShare: Double { 1.05 }

    /// Options of a district; everything but the size has a usual value.
    public init(
        dwellings: Int, seed: UInt64 = 1, substations: Int? = nil, loops: Int? = nil, zones: Int? = nil,
        openRate: ClosedRange<Double> = 0.35...0.95, sourceShare: Double = Self.usualSourceShare
    ) {
        self.dwellings = dwellings
        self.seed = seed
        self.substations = substations
        self.loops = loops
        self.zones = zones
        self.openRate = openRate
        self.sourceShare = sourceShare
    }

    /// The options with everything filled in and within reason.
    var resolved: ResolvedOptions {
        let count = min(max(dwellings, 1), 20_000_000)
        let wanted = max(min(substations ?? max(2, (count + 200) / 400), count), 1)
        return ResolvedOptions(
            dwellings: count, substations: wanted, loops: max(loops ?? wanted / 4, 0),
            zones: min(max(zones ?? min(max(wanted / 2, 2), 12), 1), wanted),
            openRate: max(min(openRate.lowerBound, 1), 0.02)...max(min(openRate.upperBound, 1), 0.02), sourceShare: max(sourceShare, 0.05))
    }
}

/// Options without anything left open.
struct ResolvedOptions {
    var dwellings: Int
    var substations: Int
    var loops: Int
    var zones: Int
    var openRate: ClosedRange<Double>
    var sourceShare: Double
}

/// Makes realistic districts of any size for examples, benchmarks and tests.
public enum DistrictGenerator {
    /// A district as a compact document: source and looped primary (one for every 120,000 dwellings), substations,
    /// branching secondaries, buildings, roster and today's settings.
    ///
    /// Blocks of buildings stand on a jittered grid, one substation each. The primary runs along the first column and out
    /// along every row; loops join the ends of neighbouring rows. Zones are neighbouring blocks with a valve-open rate of
    /// their own; closed dwellings lie in clusters by floor and unit. Pipes, exchangers, valves and pumps are sized for full
    /// occupancy by the expander's own rules; the source gives ``GeneratorOptions/sourceShare`` of what the dwellings that
    /// are open need on the design day.
    ///
    /// - Complexity: O(dwellings).
    public static func document(_ options: GeneratorOptions) -> Document {
        var plan = DistrictPlan(options.resolved, seed: options.seed)
        plan.layOutBlocks()
        plan.layOutPrimary()
        plan.describe(options)
        for block in plan.blocks.indices { plan.layOutSecondary(of: block) }
        plan.fillRoster()
        return DistrictSizing(plan).document()
    }
}
