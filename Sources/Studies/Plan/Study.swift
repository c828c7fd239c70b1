import Balancing
import NetworkModel

/// A study against its network: what varies, what is asked. Elements are resolved, values checked.
public struct Study: Sendable {
    /// A title for reports.
    public var title: String
    /// What each scenario of the design runs.
    public var run = RunKind.balance
    /// How factors are combined.
    public var design = DesignKind.grid
    /// Points of a random or latin-hypercube design.
    public var samples = 100
    /// Seed of all draws.
    public var seed: UInt64 = 1
    /// Outdoor temperature of the base case, °C; nil = the network's.
    public var outdoor: Double?
    /// Draws for each point of the design; nil = today's roster, and nothing uncertain.
    public var draws: Draws?
    /// What is varied.
    public var factors: [Factor] = []
    /// Policies to compare, the first being the base case; never empty.
    public var policies: [AllocationPolicy] = [.equalTemperature]
    /// Measures to compare.
    public var remedies: [Remedy] = []
    /// What is taken out, one at a time.
    public var outages: [Outage] = []
    /// Hours to solve.
    public var weather: WeatherSeries?
    /// Questions for the value of a factor.
    public var breakEvens: [BreakEven] = []

    /// A study that asks nothing but the base case.
    public init(title: String) { self.title = title }

    /// What a scenario runs.
    public enum RunKind: String, Sendable, Codable {
        /// A balance of its own.
        case balance
        /// The settings of the file, solved forward.
        case solve
        /// The settings of one balance of the base case, solved forward.
        case balanceOnce = "balance-once"
        /// Flows alone, with the settings of the file and water as warm as in the base case: rosters by the ten thousand.
        case hydraulics
    }

    /// How factors are combined.
    public enum DesignKind: String, Sendable, Codable {
        /// Every combination of all levels.
        case grid
        /// One factor off its base at a time.
        case oneAtATime = "one-at-a-time"
        /// Points that meet every stratum of every factor once (McKay, Beckman & Conover 1979).
        case latinHypercube = "latin-hypercube"
        /// Points drawn independently.
        case random
    }

    /// Random draws for each point of the design.
    public struct Draws: Sendable {
        /// How many.
        public var count: Int
        /// Whether each has a roster of its own.
        public var rosters = true
        /// Share of the variance of a dwelling's score that it has in common with its unit, floor and building, 0…1.
        public var clustering = 0.4
        /// Relative standard deviation of each building's loss to outdoors.
        public var envelopeDeviation = 0.0
        /// Relative standard deviation of each pipe's roughness.
        public var roughnessDeviation = 0.0
        /// So many draws.
        public init(count: Int) { self.count = count }
    }
}

/// Something that is varied.
public struct Factor: Sendable {
    /// Its id, a column of `scenarios.csv`.
    public var id: String
    /// What it varies.
    public var parameter: Parameter
    /// The element it is about; nil = the whole network.
    public var part: NetworkPart?
    /// Values of a grid, in the order given.
    public var levels: [Double]
    /// Weight of each level in random designs; empty for a range.
    public var weights: [Double]
    /// Lowest and highest value.
    public var range: ClosedRange<Double>
    /// How random designs draw from the range.
    public var distribution: Distribution
    /// Value of the base case; nil = what the network has.
    public var base: Double?

    /// Describes a factor over a range.
    public init(_ id: String, _ parameter: Parameter, part: NetworkPart? = nil, over range: ClosedRange<Double>, steps: Int = 5, base: Double? = nil) {
        self.id = id
        self.parameter = parameter
        self.part = part
        self.range = range
        let count = max(2, steps)
        levels = (0..<count).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count - 1) }
        weights = []
        distribution = .uniform
        self.base = base
    }

    /// What may vary.
    public enum Parameter: String, CaseIterable, Sendable {
        /// Outdoor temperature, °C.
        case outdoor = "outdoor_c"
        /// Ground temperature, °C.
        case ground = "ground_c"
        /// Room temperature promised, °C.
        case target = "target_c"
        /// Supply temperature of a source or of all, °C.
        case supply = "supply_c"
        /// Factor on heat limits of sources.
        case heatLimit = "heat_limit_factor"
        /// Factor on speeds of pumps.
        case pumpSpeed = "pump_speed_factor"
        /// Open over heated area of a zone or of all, 0…1.
        case openRate = "open_rate"
        /// Share of a dwelling's score that its neighbours have in common, 0…1.
        case clustering
        /// Factor on losses of dwellings to outdoors.
        case envelope = "envelope_factor"
        /// Factor on conductances between dwellings.
        case neighbour = "neighbour_factor"
        /// Factor on internal gains.
        case gains = "gains_factor"
        /// Factor on roughness of pipes.
        case roughness = "roughness_factor"
        /// Factor on the power of emitters.
        case emitter = "emitter_factor"
        /// A measure not taken (0) or taken (1).
        case remedy
    }

    /// How a random value is drawn from the range.
    public enum Distribution: Sendable, Hashable {
        /// All values alike.
        case uniform
        /// Cut at the ends of the range.
        case normal(mean: Double, deviation: Double)
        /// Rising straight to the peak and falling straight from it.
        case triangular(peak: Double)
    }
}

/// A part of a network that a factor or remedy is about.
public enum NetworkPart: Sendable, Hashable {
    /// A zone.
    case zone(ZoneIndex)
    /// A building.
    case building(BuildingIndex)
    /// A dwelling.
    case dwelling(DwellingIndex)
    /// A source.
    case source(SourceIndex)
    /// A pump.
    case pump(PumpIndex)
    /// A substation.
    case substation(SubstationIndex)
    /// A valve.
    case valve(ValveIndex)
    /// A pipe, or supply and return of a trench.
    case pipes([PipeIndex])
    /// A remedy, by its place in ``Study/remedies``.
    case remedy(Int)
}

/// A measure that may be taken.
public struct Remedy: Sendable {
    /// Its id.
    public var id: String
    /// What it changes.
    public var change: Change
    /// What it costs, in any one unit; nil where not given.
    public var cost: Double?

    /// Describes a measure.
    public init(id: String, change: Change, cost: Double?) { (self.id, self.change, self.cost) = (id, change, cost) }

    /// What a measure changes.
    public enum Change: Sendable {
        /// Inner diameter of pipes, m.
        case pipeSize([PipeIndex], diameters: [Double])
        /// Nominal power of emitters.
        case emitters([Range<Int>], factor: Double)
        /// Loss to outdoors.
        case insulation([Range<Int>], factor: Double)
        /// Kv of valves, every setting.
        case valves([ValveIndex], factor: Double)
        /// Speed of a pump.
        case pump(PumpIndex, factor: Double)
        /// Exchanger of a substation.
        case exchanger(SubstationIndex, factor: Double)
        /// More heat at a source, W.
        case moreHeat(SourceIndex, watts: Double)
        /// A source that is built; the network with it stands in ``StudyNetwork/extended``.
        case newSource(Int)
    }
}

/// Something that is taken out.
public struct Outage: Sendable {
    /// The kind of element, as the table of the file is called.
    public var kind: String
    /// Its id.
    public var id: String
    /// Links that are closed.
    public var links: [LinkIndex]
    /// Describes an outage.
    public init(kind: String, id: String, links: [LinkIndex]) { (self.kind, self.id, self.links) = (kind, id, links) }
}

/// A question for the value of a factor at which an output crosses a limit.
public struct BreakEven: Sendable {
    /// Its id.
    public var id: String
    /// The factor that moves.
    public var factor: Int
    /// What is watched.
    public var output: WatchedOutput
    /// Where it is watched; nil = the whole network.
    public var zone: ZoneIndex?
    /// The limit.
    public var limit: Double
    /// Width at which the search ends.
    public var tolerance: Double
    /// Draws whose mean is watched.
    public var draws: Int
}

/// Outputs that a break-even may watch.
public enum WatchedOutput: String, CaseIterable, Sendable {
    case coldest = "room_min_c"
    case secondPercentile = "room_p02_c"
    case mean = "room_mean_c"
    case share = "share_at_target"
    case degreeDwellings = "degree_dwellings"
    case heat = "source_heat_kw"
    case pump = "pump_kw"
    case returnTemperature = "source_return_c"
}
