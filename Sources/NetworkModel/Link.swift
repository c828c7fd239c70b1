import Quantities

/// A connection from one node to another. Flow is positive from `from` to `to`, here and everywhere.
public struct Link: Sendable {
    /// The file's id.
    public var id: ElementID
    /// The node that positive flow leaves.
    public var from: NodeIndex
    /// The node that positive flow enters.
    public var to: NodeIndex
    /// What the link is, and where its data stand.
    public var element: LinkElement
    /// Closed links carry no water.
    public var isOpen: Bool
    /// Directions in which it may pass water, beside what its element does.
    public var passes = FlowDirections.both

    /// Describes a link.
    public init(id: ElementID, from: NodeIndex, to: NodeIndex, element: LinkElement, isOpen: Bool = true) {
        self.id = id
        self.from = from
        self.to = to
        self.element = element
        self.isOpen = isOpen
    }
}

/// The closed set of hydraulic elements; data of each stand in the array of the ``Network`` named after it.
public enum LinkElement: Hashable, Sendable {
    case pipe(PipeIndex)
    case valve(ValveIndex)
    case pump(PumpIndex)
    /// The boiler or heat exchanger of a heat source, from the return to the supply.
    case source(SourceIndex)
    /// The primary side of a substation's exchanger, from the primary supply to the primary return.
    case exchangerPrimary(SubstationIndex)
    /// The secondary side of a substation's exchanger, from the secondary return to the secondary supply.
    case exchangerSecondary(SubstationIndex)
    /// What takes heat: a dwelling's emitter, a given load or a given flow.
    case terminal(TerminalIndex)
}

/// A length of pipe.
public struct Pipe: Sendable {
    /// The link this pipe is.
    public var link: LinkIndex
    /// Length along the pipe.
    public var length: Length
    /// Inner diameter.
    public var innerDiameter: Length
    /// Equivalent sand roughness of the wall.
    public var roughness: Length
    /// Sum of local loss coefficients ζ, on the velocity in the pipe.
    public var minorLoss: Double
    /// Heat lost by a metre a kelvin above the surroundings.
    public var heatLoss: LinearTransmittance
    /// What the pipe loses its heat to.
    public var surroundings: Surroundings
    /// Whether a check valve stops flow from `to` to `from`.
    public var hasCheckValve: Bool
    /// How friction follows from the flow; the roughness counts for Darcy–Weisbach alone.
    public var friction = FrictionLaw.darcyWeisbach
    /// Velocity and friction that an allocation keeps to.
    public var limits = PipeLimits()

    /// Describes a pipe; its link is set when it is added to a network.
    public init(
        length: Length, innerDiameter: Length, roughness: Length, minorLoss: Double = 0,
        heatLoss: LinearTransmittance = .zero, surroundings: Surroundings = .ground, hasCheckValve: Bool = false
    ) {
        link = LinkIndex(-1)
        self.length = length
        self.innerDiameter = innerDiameter
        self.roughness = roughness
        self.minorLoss = minorLoss
        self.heatLoss = heatLoss
        self.surroundings = surroundings
        self.hasCheckValve = hasCheckValve
    }
}

/// What a pipe loses its heat to.
public enum Surroundings: Hashable, Sendable {
    /// Undisturbed ground at ``Weather/ground``.
    case ground
    /// Outdoor air at ``Weather/outdoor``.
    case air
    /// A heated or cellar space at a given temperature.
    case indoors(Temperature)
}

/// A valve: something whose resistance a person or a device sets.
public struct Valve: Sendable {
    /// The link this valve is.
    public var link: LinkIndex
    /// The product, where a catalogue describes it.
    public var model: ValveModelIndex?
    /// Kv as it stands now: of the present setting, or fully open where no setting is known.
    public var kv: FlowCoefficient
    /// Present setting in the model's own notation (turns, preset number, opening %); nil where unknown or without a model.
    public var setting: Double?
    /// What it does beside throttling.
    public var function: ValveFunction
    /// Where it stands in the hierarchy of balancing valves; nil for a valve that is not for balancing.
    public var level: ValveLevel?
    /// What lies behind it.
    public var serves: ServedPart

    /// Describes a valve; its link is set when it is added to a network.
    public init(
        kv: FlowCoefficient, model: ValveModelIndex? = nil, setting: Double? = nil,
        function: ValveFunction = .throttling, level: ValveLevel? = nil, serves: ServedPart = ServedPart()
    ) {
        link = LinkIndex(-1)
        self.model = model
        self.kv = kv
        self.setting = setting
        self.function = function
        self.level = level
        self.serves = serves
    }
}

/// What a valve does beside throttling.
public enum ValveFunction: Hashable, Sendable {
    /// A plain resistance.
    case throttling
    /// Lets water pass from `from` to `to` only.
    case check
    /// Holds the flow at most at the set value (flow controller).
    case flowLimiting(MassFlow)
    /// The same of a pressure-independent valve, which wants at least the difference that its Kv loses at the set flow: with less
    /// it acts as that Kv, and the solution says so.
    case pressureIndependent(MassFlow)
    /// Holds the pressure behind it at most at the set value.
    case pressureReducing(Pressure)
    /// Holds the pressure before it at least at the set value.
    case pressureSustaining(Pressure)
    /// Takes away a fixed pressure.
    case pressureBreaking(PressureDifference)
    /// Throttles as long as the pressure difference between two nodes exceeds the set value (Δp controller).
    case differentialPressure(PressureDifference, high: NodeIndex, low: NodeIndex)
    /// Shut as long as the pressure difference between two nodes is below the set value, which it holds by letting water pass
    /// (overflow, relief or bypass valve).
    case overflow(PressureDifference, high: NodeIndex, low: NodeIndex)
    /// Loses what a curve of two points or more says, flow rising, loss not falling; straight between and beyond the points.
    case headLossCurve([LossCurvePoint])
    /// Lets water out of the network into a node of fixed pressure.
    case outlet(Outlet)
}

/// Levels of balancing valves, from the top of a network down.
public enum ValveLevel: UInt8, CaseIterable, Comparable, Sendable {
    case substation, building, unit, dwelling
    /// From the top of the network down.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The part of the network behind a valve, as far as it is known.
public struct ServedPart: Hashable, Sendable {
    /// The substation behind a primary valve, or the one that feeds a secondary valve.
    public var substation: SubstationIndex?
    /// The building behind the valve.
    public var building: BuildingIndex?
    /// The unit (riser) of the building, counted from 1.
    public var unit: Int32?
    /// The dwelling behind the valve.
    public var dwelling: DwellingIndex?

    /// Names the part behind a valve.
    public init(
        substation: SubstationIndex? = nil, building: BuildingIndex? = nil, unit: Int32? = nil,
        dwelling: DwellingIndex? = nil
    ) {
        self.substation = substation
        self.building = building
        self.unit = unit
        self.dwelling = dwelling
    }
}

/// A pump, adding head from `from` to `to`; it never passes water backwards.
public struct Pump: Sendable {
    /// The link this pump is.
    public var link: LinkIndex
    /// Head by flow at nominal speed.
    public var characteristic: PumpCharacteristic
    /// Speed as a ratio of the nominal one; head scales by its square, flow with it (affinity laws). Of a controlled pump the
    /// greatest speed it may run at.
    public var speed: Double
    /// What its drive follows.
    public var control = PumpControl.fixedSpeed
    /// Least speed of a controlled pump.
    public var leastSpeed = Pump.usualLeastSpeed
    /// Hydraulic power over electric power where ``efficiencyCurve`` says nothing else.
    public var efficiency: Double
    /// Hydraulic power over electric power by flow at nominal speed, flow rising; empty where it is not known.
    public var efficiencyCurve: [EfficiencyPoint] = []

    /// Where frequency converters usually end.
    public static let usualLeastSpeed = 0.2

    /// Describes a pump; its link is set when it is added to a network.
    public init(characteristic: PumpCharacteristic, speed: Double = 1, efficiency: Double = 0.6) {
        link = LinkIndex(-1)
        self.characteristic = characteristic
        self.speed = speed
        self.efficiency = efficiency
    }
}

/// A point of a pump's efficiency curve.
public struct EfficiencyPoint: Hashable, Sendable {
    /// Volume flow at nominal speed.
    public var flow: VolumeFlow
    /// Hydraulic power over electric power.
    public var efficiency: Double
    /// A point of a curve.
    public init(flow: VolumeFlow, efficiency: Double) { (self.flow, self.efficiency) = (flow, efficiency) }
}

extension Pump {
    /// Hydraulic power over electric power at a flow and a speed.
    ///
    /// Straight between the points of the curve, from nothing at rest to the first, and held beyond the last. At another speed
    /// a pump has the efficiency of its nominal speed at flow / speed, because like points of operation have like flow patterns
    /// (affinity laws); what bearings and drive lose more at low speed is not in the curve.
    /// - Complexity: O(points).
    public func efficiency(at flow: VolumeFlow, speed: Double) -> Double {
        guard let first = efficiencyCurve.first, let last = efficiencyCurve.last, speed > 0, flow.value > 0 else { return efficiency }
        let like = flow.value / speed
        if like <= first.flow.value { return first.flow.value > 0 ? first.efficiency * like / first.flow.value : first.efficiency }
        for (low, high) in zip(efficiencyCurve, efficiencyCurve.dropFirst()) where like <= high.flow.value {
            let part = (like - low.flow.value) / (high.flow.value - low.flow.value)
            return low.efficiency + part * (high.efficiency - low.efficiency)
        }
        return last.efficiency
    }

    /// Electric power for a flow and a head at a speed; zero where nothing flows or the pump adds no head.
    public func electricPower(flow: VolumeFlow, head: PressureDifference, speed: Double) -> Power {
        let efficiency = efficiency(at: flow, speed: speed)
        return efficiency > 0 ? Power(watts: max(0, flow.value * head.value) / efficiency) : Power(watts: 0)
    }
}

/// Head of a pump by flow.
public enum PumpCharacteristic: Hashable, Sendable {
    /// A controlled pump that holds this head at any flow it can deliver.
    case constantHead(PressureDifference)
    /// Points of the curve at nominal speed, flow rising, head falling.
    case curve([PumpPoint])
    /// The same with straight lines between the points and beyond them.
    case segments([PumpPoint])
    /// Head = shutoff − coefficient · V̇^exponent; the coefficient in Pa/(m³/s)^exponent.
    case powerFunction(shutoff: PressureDifference, coefficient: Double, exponent: Double)
    /// Gives the water this power at any flow: head = power / V̇.
    case constantPower(Power)
}

/// A point of a pump curve.
public struct PumpPoint: Hashable, Sendable {
    /// Volume flow.
    public var flow: VolumeFlow
    /// Head as a pressure difference.
    public var head: PressureDifference
    /// A point of a curve.
    public init(flow: VolumeFlow, head: PressureDifference) { (self.flow, self.head) = (flow, head) }
}

/// A heat source: boiler house, heat-and-power plant, or exchanger to a transmission line.
public struct Source: Sendable {
    /// The file's id.
    public var id: ElementID
    /// Its link, from the return to the supply.
    public var link: LinkIndex
    /// The source's own circulation pump, where it has one.
    public var pump: PumpIndex?
    /// Supply temperature set point.
    public var supplyTemperature: Temperature
    /// Most heat it can give; nil = unlimited.
    public var heatLimit: Power?
    /// Most water it can pass; nil = unlimited.
    public var flowLimit: MassFlow?
    /// Heat it gives whatever the network asks (the others make up the rest); nil for one that makes up the rest.
    public var givenHeat: Power?
    /// Resistance of boiler and fittings; nil = none worth counting.
    public var kv: FlowCoefficient?

    /// Describes a source; its link is set when it is added to a network.
    public init(
        id: ElementID, supplyTemperature: Temperature, heatLimit: Power? = nil, flowLimit: MassFlow? = nil,
        givenHeat: Power? = nil, kv: FlowCoefficient? = nil, pump: PumpIndex? = nil
    ) {
        self.id = id
        link = LinkIndex(-1)
        self.pump = pump
        self.supplyTemperature = supplyTemperature
        self.heatLimit = heatLimit
        self.flowLimit = flowLimit
        self.givenHeat = givenHeat
        self.kv = kv
    }
}

/// A substation: counter-flow exchanger between the primary and a secondary circuit of its own.
///
/// A controller throttles the primary flow so that the secondary supply keeps its set point, up to what the
/// primary valve and the available pressure let through.
public struct Substation: Sendable {
    /// The file's id.
    public var id: ElementID
    /// Exchanger link on the primary side, supply to return.
    public var primaryLink: LinkIndex
    /// Exchanger link on the secondary side, return to supply.
    public var secondaryLink: LinkIndex
    /// Balancing valve on the primary side, where there is one.
    public var primaryValve: ValveIndex?
    /// Circulation pump of the secondary circuit, where it stands at the substation.
    public var secondaryPump: PumpIndex?
    /// Exchanger size UA at design flows.
    public var exchangerConductance: ThermalConductance
    /// Secondary supply set point at design weather.
    public var secondarySupply: Temperature
    /// Secondary return expected at design weather (for sizing and first guesses).
    public var secondaryReturn: Temperature
    /// Most primary water it may take; nil = whatever pressure allows.
    public var primaryFlowLimit: MassFlow?
    /// Most heat it may take; nil = what the exchanger gives.
    public var heatLimit: Power?
    /// Resistance of the exchanger's primary side with its fittings.
    public var primaryKv: FlowCoefficient
    /// Resistance of the exchanger's secondary side with its fittings.
    public var secondaryKv: FlowCoefficient

    /// Describes a substation; its links are set when it is added to a network.
    public init(
        id: ElementID, exchangerConductance: ThermalConductance, secondarySupply: Temperature,
        secondaryReturn: Temperature, primaryFlowLimit: MassFlow? = nil, heatLimit: Power? = nil,
        primaryKv: FlowCoefficient, secondaryKv: FlowCoefficient, primaryValve: ValveIndex? = nil,
        secondaryPump: PumpIndex? = nil
    ) {
        self.id = id
        primaryLink = LinkIndex(-1)
        secondaryLink = LinkIndex(-1)
        self.primaryValve = primaryValve
        self.secondaryPump = secondaryPump
        self.exchangerConductance = exchangerConductance
        self.secondarySupply = secondarySupply
        self.secondaryReturn = secondaryReturn
        self.primaryFlowLimit = primaryFlowLimit
        self.heatLimit = heatLimit
        self.primaryKv = primaryKv
        self.secondaryKv = secondaryKv
    }
}

/// What takes heat out of a circuit.
public struct Terminal: Sendable {
    /// The link this terminal is, supply to return.
    public var link: LinkIndex
    /// How its flow and heat follow.
    public var load: TerminalLoad
    /// Resistance of the terminal fully open, without its valve; nil where the flow is given.
    public var kv: FlowCoefficient?

    /// Describes a terminal; its link is set when it is added to a network.
    public init(load: TerminalLoad, kv: FlowCoefficient? = nil) {
        link = LinkIndex(-1)
        self.load = load
        self.kv = kv
    }
}

/// How the flow and heat of a terminal follow.
public enum TerminalLoad: Hashable, Sendable {
    /// The emitter of a dwelling: flow by pressure, heat by the emitter law and the room.
    case emitter(DwellingIndex)
    /// Heat and return temperature given: flow = Q / (cp (T_supply − T_return)).
    case heat(Power, returnTemperature: Temperature)
    /// Flow and temperature drop given.
    case flow(MassFlow, drop: TemperatureDifference)
    /// Flow and heat given.
    case flowAndHeat(MassFlow, Power)
    /// A plain resistance that takes no heat (bypass).
    case none
}
