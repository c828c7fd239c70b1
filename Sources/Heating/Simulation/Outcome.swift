import Hydraulics
import NetworkModel
import Quantities

/// Everything a forward simulation finds, judged and with its energy balance.
///
/// Arrays are by dense index of the network: links, nodes, dwellings, sources, substations. SI units, °C.
public struct Outcome: Sendable {
    /// The weather it is for.
    public var weather: Weather
    /// Set points that held.
    public var setPoints: SetPoints
    /// Mass flow by link, kg/s, positive from→to; 0 where no water moves.
    public var massFlow: [Double]
    /// Loss of each link, Pa: p_from − p_to − ρ g (z_to − z_from); minus the head for a pump; NaN where unreachable.
    public var pressureLoss: [Double]
    /// What each link does.
    public var status: [LinkStatus]
    /// Speed over nominal speed by pump: as set, or what its control came to.
    public var pumpSpeed: [Double]
    /// Density in each link, kg/m³.
    public var density: [Double]
    /// Water temperature at the downstream end of each link, °C; NaN where no water moves.
    public var linkOutletTemperature: [Double]
    /// Gauge pressure by node, Pa; NaN where unreachable.
    public var pressure: [Double]
    /// Mixed water temperature by node, °C; NaN where no water moves.
    public var temperature: [Double]
    /// Whether a node has a way to a held pressure.
    public var isReachable: [Bool]
    /// Heat given to each dwelling, W.
    public var delivered: [Double]
    /// Room temperature of each dwelling, closed ones included, °C.
    public var room: [Double]
    /// Supply temperature at each dwelling's emitter, °C; NaN where no water comes.
    public var dwellingSupply: [Double]
    /// Return temperature of each dwelling's emitter, °C; NaN where no water comes.
    public var dwellingReturn: [Double]
    /// Flow through each dwelling's emitter, kg/s.
    public var dwellingFlow: [Double]
    /// The same with the water of each circuit at one temperature, so without gravity head, kg/s; nil where not asked for
    /// (``SimulationOptions/comparesGravity``).
    public var flowWithoutGravity: [Double]?
    /// Sources.
    public var sources: [SourceOutcome]
    /// Substations.
    public var substations: [SubstationOutcome]
    /// The whole network's energy balance.
    public var energy: EnergyBalance
    /// The independent judgement of every circuit's hydraulics.
    public var checks: [SolutionCheck]
    /// Rounds of the coupled iteration.
    public var iterations: Int
    /// Newton iterations of all hydraulic solves.
    public var hydraulicIterations: Int
    /// After each round, the largest change of a temperature that another one would make, K.
    public var history: [Double]
    /// What is doubtful or unmet, in a fixed order.
    public var findings: [Problem]
}

/// A source in an ``Outcome``.
public struct SourceOutcome: Hashable, Sendable {
    /// Heat given, W.
    public var heat: Double
    /// Supply temperature reached, °C; NaN without flow.
    public var supply: Double
    /// Return temperature, °C; NaN without flow.
    public var `return`: Double
    /// Mass flow, kg/s.
    public var massFlow: Double
    /// Whether the heat limit binds.
    public var isHeatLimited: Bool
    /// Whether the flow limit binds.
    public var isFlowLimited: Bool
}

/// A substation in an ``Outcome``.
public struct SubstationOutcome: Hashable, Sendable {
    /// Heat from primary to secondary, W.
    public var heat: Double
    /// Temperature of the primary water that arrives, °C; NaN without flow.
    public var primarySupply: Double
    /// Temperature of the primary water that leaves, °C; NaN without flow.
    public var primaryReturn: Double
    /// Temperature of the secondary water that leaves, °C; NaN without flow.
    public var secondarySupply: Double
    /// Temperature of the secondary water that comes back, °C; NaN without flow.
    public var secondaryReturn: Double
    /// Primary mass flow, kg/s.
    public var primaryFlow: Double
    /// Secondary mass flow, kg/s.
    public var secondaryFlow: Double
    /// What keeps the secondary supply below its set point, if anything.
    public var state: SubstationState
}

/// What decides a substation's secondary supply temperature.
public enum SubstationState: String, Hashable, Sendable {
    /// The controller holds the set point.
    case held
    /// Even endless primary flow would not do: the exchanger or the primary supply temperature is too small.
    case exchanger
    /// Pressure and valves let too little primary water through.
    case primaryFlow
    /// Its own primary flow limit binds.
    case flowLimit
    /// Its own heat limit binds.
    case heatLimit
    /// No water on one of its sides.
    case idle
}

/// Where the heat of the sources goes, W.
public struct EnergyBalance: Hashable, Sendable {
    /// Given by sources.
    public var sources: Double
    /// Brought in less carried out by water at fixed pressures and demands of single-line networks.
    public var boundaries: Double
    /// Given to dwellings.
    public var dwellings: Double
    /// Taken by given loads.
    public var loads: Double
    /// Lost by pipes.
    public var losses: Double
    /// sources + boundaries − dwellings − loads − losses.
    public var residual: Double
    /// Residual over the larger of heat given and heat taken.
    public var relativeResidual: Double
}
