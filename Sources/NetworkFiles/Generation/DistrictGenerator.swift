import NetworkModel

/// What a generated district is to be like.
public struct GeneratorOptions: Hashable, Sendable {
    /// About how many dwellings; met within one building.
    public var dwellings: Int
    /// Equal options and seeds give equal documents on every machine.
    public var seed: UInt64
    /// Number of substations; nil = one for about 400 dwellings, at least 2.
    public var substations: Int?
    /// Number of loops in the primary; nil = one for about four substations.
    public var loops: Int?
    /// Number of zones; nil = between 2 and 12, about one for two substations.
    public var zones: Int?
    /// Lowest and highest valve-open rate of a zone.
    public var openRate: ClosedRange<Double>
    /// Heat that the source can give over what the open dwellings need on the design day.
    public var sourceShare: Double

    /// Options of a district; everything but the size has a usual value.
    public init(
        dwellings: Int, seed: UInt64 = 1, substations: Int? = nil, loops: Int? = nil, zones: Int? = nil,
        openRate: ClosedRange<Double> = 0.35...0.95, sourceShare: Double = 0.9
    ) {
        self.dwellings = dwellings
        self.seed = seed
        self.substations = substations
        self.loops = loops
        self.zones = zones
        self.openRate = openRate
        self.sourceShare = sourceShare
    }
}

/// Makes realistic districts of any size for examples, benchmarks and tests.
public enum DistrictGenerator {
    /// A district as a compact document: source, looped primary, substations, branching secondaries, buildings, roster and
    /// today's settings.
    ///
    /// - Complexity: O(dwellings).
    public static func document(_ options: GeneratorOptions) -> Document {
        preconditionFailure("being written")
    }
}
