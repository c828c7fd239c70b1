import NetworkModel
import Quantities

/// Who gets how much: heat, flow and room temperature of every dwelling, and what stops those below target.
///
/// Arrays run over ``Network/dwellings``, ``Network/substations`` and ``Network/sources`` in that order.
public struct Allocation: Sendable {
    /// How it was shared.
    public var policy: AllocationPolicy
    /// The weather it holds for.
    public var weather: Weather
    /// Shares by dwelling.
    public var dwellings: DwellingShares
    /// Shares by substation.
    public var substations: [SubstationShare]
    /// Shares by source.
    public var sources: [SourceShare]
    /// Sums and temperatures by zone, in the order of ``Network/zones``.
    public var zoneSummaries: [AreaSummary]
    /// Sums and temperatures by substation, in the order of ``Network/substations``.
    public var substationSummaries: [AreaSummary]
    /// What stops more dwellings from reaching the target, worst first.
    public var bottlenecks: [Bottleneck]
    /// Heat that pipes lose on the way, W.
    public var distributionLoss: Power
    /// Design mass flow by link, kg/s, positive from→to: what ``Balancer`` finds settings for.
    public var massFlow: [Double]
    /// Mean temperature of the water in each link, °C: density, viscosity and gravity head follow it.
    public var linkTemperature: [Double]
    /// Rounds of allocation and temperature transport that were needed.
    public var rounds: Int
    /// Largest change of a dwelling's supply temperature in the last round, K.
    public var temperatureResidual: Double
    /// Floor that ``AllocationPolicy/mostAtTarget(floor:)`` keeps, °C: lower than the one asked for where that cannot be kept,
    /// or costs more dwellings than another policy would bring to the target. Nil for other policies.
    public var floor: Double?
    /// Whether least flows together are more than there is, so that nobody is held to them.
    public var dropsLeastFlow = false
}

/// Shares of all dwellings, an array a figure, in the order of ``Network/dwellings``.
public struct DwellingShares: Sendable {
    /// Room temperature, °C; closed dwellings too.
    public var room: [Double]
    /// Heat from the emitter, W; 0 where closed.
    public var heat: [Double]
    /// Mass flow, kg/s; 0 where closed.
    public var massFlow: [Double]
    /// Supply temperature at the emitter, °C; NaN where nothing flows.
    public var supply: [Double]
    /// Heat needed at the target with all open neighbours at theirs, W; 0 where closed.
    public var requiredHeat: [Double]
    /// Flow needed for it at ``supply``, kg/s; the flow at the emitter's limit where no flow would do.
    public var requiredFlow: [Double]
    /// What keeps it below target.
    public var limit: [LimitSite]
    /// Greatest mass flow that its branch is granted, kg/s; +∞ where the branch does not limit it. Empty = no branch does.
    public var flowLimit: [Double] = []
    /// Mass flow that it gets at least, kg/s. Empty = none.
    public var leastFlow: [Double] = []
    /// Part of ``massFlow`` and ``requiredFlow`` that counts in sums: on a one-pipe riser the same water passes one dwelling after the
    /// other and counts in equal parts for those it heats. Empty = all of it.
    public var waterShare: [Double] = []
}

/// What a substation passes on.
public struct SubstationShare: Sendable, Hashable {
    /// Heat through the exchanger, W.
    public var heat: Power
    /// Primary mass flow, kg/s.
    public var primaryFlow: MassFlow
    /// Primary temperature before the exchanger.
    public var primarySupply: Temperature
    /// Primary temperature after the exchanger.
    public var primaryReturn: Temperature
    /// Secondary mass flow, kg/s.
    public var secondaryFlow: MassFlow
    /// Secondary temperature after the exchanger.
    public var secondarySupply: Temperature
    /// Secondary temperature before the exchanger.
    public var secondaryReturn: Temperature
    /// The limit at the substation itself that binds.
    public var limit: Limit
}

/// What a source gives.
public struct SourceShare: Sendable, Hashable {
    /// Heat given, W.
    public var heat: Power
    /// Most it can give; nil = unlimited.
    public var heatLimit: Power?
    /// Mass flow, kg/s.
    public var massFlow: MassFlow
    /// Supply temperature.
    public var supply: Temperature
    /// Return temperature.
    public var `return`: Temperature
    /// The limit at the source that binds.
    public var limit: Limit
}

/// One row of `zones.csv` or `substations.csv`.
public struct AreaSummary: Sendable, Hashable {
    /// The zone's or substation's id.
    public var id: ElementID
    /// Heated floor area, open or not.
    public var heatedArea: Area
    /// Heated floor area of dwellings that are not closed.
    public var openArea: Area
    /// Heat required at the target.
    public var requiredHeat: Power
    /// Heat allocated.
    public var allocatedHeat: Power
    /// Flow required at the target.
    public var requiredFlow: MassFlow
    /// Flow allocated.
    public var allocatedFlow: MassFlow
    /// Allocated flow per open m² over that of the whole network; nil where nothing is open.
    public var tilt: Double?
    /// Coldest open dwelling; nil where nothing is open.
    public var coldestRoom: Temperature?
    /// Mean over open dwellings, by number; nil where nothing is open.
    public var meanRoom: Temperature?
    /// Share of open dwellings at their target; nil where nothing is open.
    public var shareAtTarget: Double?
    /// The limit that keeps most dwellings below target, by degrees.
    public var bottleneck: Limit

    /// Open over heated area, p; nil where there is no heated area.
    public var openRate: Double? { heatedArea.value > 0 ? openArea / heatedArea : nil }

    /// A room this little below its target counts as at target, K: no thermometer with one decimal tells them apart.
    public static let targetTolerance = 0.05
}
