import Quantities

/// An area of the town that operators tilt flow toward or away from.
public struct Zone: Sendable {
    /// The file's id.
    public var id: ElementID
    /// A name for people; the id where none is given.
    public var name: String
    /// Describes a zone.
    public init(id: ElementID, name: String? = nil) {
        self.id = id
        self.name = name ?? id.text
    }
}

/// A building: dwellings that exchange heat with each other, fed by one inlet.
public struct Building: Sendable {
    /// The file's id.
    public var id: ElementID
    /// The zone it belongs to.
    public var zone: ZoneIndex
    /// The substation whose secondary circuit feeds it; nil where it hangs on a source directly.
    public var substation: SubstationIndex?
    /// Its dwellings, consecutive in ``Network/dwellings``, floor by floor so that the lattice is banded.
    public var dwellings: Range<Int>
    /// Its couplings, consecutive in ``Network/couplings``.
    public var couplings: Range<Int>
    /// Its walls to other buildings, consecutive in ``Network/partyWalls``.
    public var partyWalls = 0..<0
    /// Number of floors.
    public var floors: Int
    /// Number of units (risers).
    public var units: Int
    /// Dwellings on a floor of one unit.
    public var dwellingsPerFloor: Int
    /// Place on the map.
    public var position: MapPoint?
    /// Envelope class, for reports.
    public var envelope: String
    /// Emitter class, for reports.
    public var emitter: String

    /// Describes a building.
    public init(
        id: ElementID, zone: ZoneIndex, substation: SubstationIndex? = nil, dwellings: Range<Int>,
        couplings: Range<Int>, floors: Int, units: Int, dwellingsPerFloor: Int, position: MapPoint? = nil,
        envelope: String = "", emitter: String = ""
    ) {
        self.id = id
        self.zone = zone
        self.substation = substation
        self.dwellings = dwellings
        self.couplings = couplings
        self.floors = floors
        self.units = units
        self.dwellingsPerFloor = dwellingsPerFloor
        self.position = position
        self.envelope = envelope
        self.emitter = emitter
    }
}

/// A flat: one thermal node of its building's lattice, one emitter, one valve.
public struct Dwelling: Sendable {
    /// The id, `B7/u1/f03/d2` where the file does not give its own.
    public var id: ElementID
    /// Its building.
    public var building: BuildingIndex
    /// Unit (riser) of the building, from 1.
    public var unit: Int32
    /// Floor, from 1 at the bottom.
    public var floor: Int32
    /// Door on the floor of the unit, from 1.
    public var door: Int32
    /// Heated floor area.
    public var area: Area
    /// Conductance to outdoors through envelope and ventilation.
    public var exteriorConductance: ThermalConductance
    /// Internal gains while it is lived in and paid for; a closed dwelling has none.
    public var gains: Power
    /// Whether its valve is open.
    public var state: DwellingState
    /// Temperature promised; nil = the network's ``DesignConditions/room``.
    public var target: Temperature?
    /// What gives off its heat.
    public var emitter: Emitter
    /// Its terminal; nil when it is a thermal neighbour only.
    public var terminal: TerminalIndex?
    /// Its own valve; nil where there is none.
    public var valve: ValveIndex?
    /// Class of the policy that serves classes in order: 1 first (hospitals), 9 last.
    public var priority: Int32

    /// The class of dwellings that say nothing.
    public static let ordinaryPriority: Int32 = 5
    /// What it is: a dwelling, or another space of the building that belongs to its lattice.
    public var use = SpaceUse.dwelling
    /// What it borders on besides outdoors and its neighbours.
    public var contact = ThermalContact.none
    /// The pipe that brings all the water of the one-pipe riser its emitter stands in (``OnePipeRiser``); nil for an emitter between
    /// supply and return.
    public var riser: PipeIndex?

    /// Describes a dwelling.
    public init(
        id: ElementID, building: BuildingIndex, unit: Int32, floor: Int32, door: Int32, area: Area,
        exteriorConductance: ThermalConductance, gains: Power, state: DwellingState = .open,
        target: Temperature? = nil, emitter: Emitter, terminal: TerminalIndex? = nil, valve: ValveIndex? = nil,
        priority: Int32 = Dwelling.ordinaryPriority
    ) {
        self.id = id
        self.building = building
        self.unit = unit
        self.floor = floor
        self.door = door
        self.area = area
        self.exteriorConductance = exteriorConductance
        self.gains = gains
        self.state = state
        self.target = target
        self.emitter = emitter
        self.terminal = terminal
        self.valve = valve
        self.priority = priority
    }
}

/// Whether a dwelling is heated.
public enum DwellingState: Hashable, Sendable {
    /// Paid: heated to the target.
    case open
    /// Not paid: valve closed, temperature floats with its neighbours.
    case closed
    /// In arrears: gets this share (0…1) of the heat that an open one would need.
    case restricted(share: Double)

    /// Whether any water is meant to pass.
    @inlinable public var isHeated: Bool { self != .closed }
}

/// What a node of the building lattice is.
///
/// Everything but a dwelling has no heat of the network: it is always closed, has no terminal and no area that counts.
public enum SpaceUse: String, CaseIterable, Hashable, Sendable {
    /// A flat with an owner who pays for heat or does not.
    case dwelling
    /// The stairs and landings of one unit on one floor.
    case stairwell
    /// A shop that is not heated.
    case shop
    /// Everything under the ground floor.
    case cellar
    /// Everything between the top floor and a pitched roof.
    case attic
    /// Any other room without heat.
    case unheated
}

/// What a space borders on whose temperature is given: the ground, and what others keep warm.
public struct ThermalContact: Hashable, Sendable {
    /// Conductance to the ground.
    public var ground: ThermalConductance
    /// Conductance to what is kept at ``heldTemperature``: shops with their own heating, a neighbouring building.
    public var held: ThermalConductance
    /// Temperature of that.
    public var heldTemperature: Temperature

    /// Describes contacts.
    public init(
        ground: ThermalConductance = .zero, held: ThermalConductance = .zero, heldTemperature: Temperature = Temperature(celsius: 18)
    ) {
        (self.ground, self.held, self.heldTemperature) = (ground, held, heldTemperature)
    }

    /// No contact.
    public static let none = ThermalContact()

    /// Conductance to all of it.
    public var conductance: ThermalConductance { ThermalConductance(wattsPerKelvin: ground.wattsPerKelvin + held.wattsPerKelvin) }

    /// Σ K T of all of it, W above 0 °C, with the ground at a temperature in °C.
    public func heatAtZero(ground temperature: Double) -> Double {
        ground.wattsPerKelvin * temperature + held.wattsPerKelvin * heldTemperature.celsius
    }
}

/// A radiator or floor circuit by its nominal point and exponent.
public struct Emitter: Hashable, Sendable {
    /// Heat at the nominal temperatures.
    public var nominalPower: Power
    /// Nominal supply temperature.
    public var nominalSupply: Temperature
    /// Nominal return temperature.
    public var nominalReturn: Temperature
    /// Nominal room temperature.
    public var nominalRoom: Temperature
    /// Exponent n of Q/Q_N = (LMTD/LMTD_N)^n: 1.3 radiators (EN 442-2), 1.1 floor heating.
    public var exponent: Double
    /// Which mean of supply and return above the room the law is written in.
    public var mean = EmitterMean.logarithmic

    /// Describes an emitter.
    public init(
        nominalPower: Power, nominalSupply: Temperature, nominalReturn: Temperature, nominalRoom: Temperature,
        exponent: Double
    ) {
        self.nominalPower = nominalPower
        self.nominalSupply = nominalSupply
        self.nominalReturn = nominalReturn
        self.nominalRoom = nominalRoom
        self.exponent = exponent
    }
}

/// The mean temperature difference of an emitter's law.
public enum EmitterMean: String, CaseIterable, Hashable, Sendable {
    /// The logarithmic mean, exact for a constant coefficient along the emitter.
    case logarithmic
    /// ½ (supply + return) − room, as many published tables use it; never below what cools the water to the room.
    case arithmetic
}

/// A wall or slab that two dwellings of one building share.
public struct Coupling: Sendable {
    /// One dwelling.
    public var first: DwellingIndex
    /// The other.
    public var second: DwellingIndex
    /// Conductance between them.
    public var conductance: ThermalConductance
    /// Wall or slab, configured separately.
    public var kind: CouplingKind

    /// Describes a shared surface.
    public init(first: DwellingIndex, second: DwellingIndex, conductance: ThermalConductance, kind: CouplingKind) {
        self.first = first
        self.second = second
        self.conductance = conductance
        self.kind = kind
    }
}

/// One side of a wall between dwellings of different buildings; the other building has the other side.
public struct PartyWall: Hashable, Sendable {
    /// The dwelling of this building.
    public var dwelling: DwellingIndex
    /// The one behind the wall.
    public var neighbour: DwellingIndex
    /// Conductance between them.
    public var conductance: ThermalConductance

    /// Describes one side of a wall.
    public init(dwelling: DwellingIndex, neighbour: DwellingIndex, conductance: ThermalConductance) {
        (self.dwelling, self.neighbour, self.conductance) = (dwelling, neighbour, conductance)
    }
}

/// What two dwellings share.
public enum CouplingKind: UInt8, Sendable { case partition, slab }
