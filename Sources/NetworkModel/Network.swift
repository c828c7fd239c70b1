import Quantities

/// A validated description of a whole district in SI units: topology, elements, buildings and today's settings.
///
/// Immutable once built (``NetworkBuilder`` makes one); `applying` style methods return changed copies.
/// Every element is addressed by a typed dense index; ids are for files and people.
public struct Network: Sendable {
    /// A title for reports.
    public internal(set) var title: String
    /// Design weather, room temperature, fluid.
    public internal(set) var conditions: DesignConditions
    /// All nodes of all circuits.
    public internal(set) var nodes: [Node]
    /// All links of all circuits.
    public internal(set) var links: [Link]
    /// Data of the links that are pipes.
    public internal(set) var pipes: [Pipe]
    /// Data of the links that are valves.
    public internal(set) var valves: [Valve]
    /// Data of the links that are pumps.
    public internal(set) var pumps: [Pump]
    /// Heat sources.
    public internal(set) var sources: [Source]
    /// Substations.
    public internal(set) var substations: [Substation]
    /// Data of the links that are terminals.
    public internal(set) var terminals: [Terminal]
    /// Zones.
    public internal(set) var zones: [Zone]
    /// Buildings.
    public internal(set) var buildings: [Building]
    /// Dwellings, grouped by building.
    public internal(set) var dwellings: [Dwelling]
    /// Shared walls and slabs, grouped by building.
    public internal(set) var couplings: [Coupling]
    /// Walls between dwellings of different buildings, both sides of each, grouped by building.
    public internal(set) var partyWalls: [PartyWall]
    /// Valve models in use.
    public internal(set) var valveModels: [ValveModel]

    /// An empty network; use ``NetworkBuilder`` to fill one.
    init(title: String, conditions: DesignConditions) {
        self.title = title
        self.conditions = conditions
        nodes = []
        links = []
        pipes = []
        valves = []
        pumps = []
        sources = []
        substations = []
        terminals = []
        zones = []
        buildings = []
        dwellings = []
        couplings = []
        partyWalls = []
        valveModels = []
    }

    /// The zone a dwelling belongs to.
    @inlinable public func zone(of dwelling: DwellingIndex) -> ZoneIndex { buildings[dwellings[dwelling].building].zone }

    /// The room temperature promised to a dwelling.
    public func target(of dwelling: DwellingIndex) -> Temperature { dwellings[dwelling].target ?? conditions.room }

    /// The design weather.
    public var designWeather: Weather { Weather(outdoor: conditions.outdoor, ground: conditions.ground) }
}

/// Changes that give a new network of the same topology.
extension Network {
    /// This network with valves and pumps set as given; everything else as it was.
    public func applying(_ settings: Settings) -> Network {
        var copy = self
        for change in settings.valves {
            copy.valves[change.valve].setting = change.setting
            copy.valves[change.valve].kv = change.kv
        }
        for change in settings.pumps {
            copy.pumps[change.pump].characteristic = change.characteristic
            copy.pumps[change.pump].speed = change.speed
        }
        return copy
    }
}

/// Settings of valves and pumps, as a person turns them.
public struct Settings: Sendable {
    /// A valve set to a position with its Kv there.
    public struct ValveChange: Sendable {
        /// Which valve.
        public var valve: ValveIndex
        /// Its position in the model's notation; nil for a valve without a model.
        public var setting: Double?
        /// Its Kv there.
        public var kv: FlowCoefficient
        /// What a controller holds from now on; nil for a valve that only throttles.
        public var function: ValveFunction?
        /// A new position and its Kv.
        public init(valve: ValveIndex, setting: Double?, kv: FlowCoefficient, function: ValveFunction? = nil) {
            (self.valve, self.setting, self.kv, self.function) = (valve, setting, kv, function)
        }
    }
    /// A pump set to a speed or head.
    public struct PumpChange: Sendable {
        /// Which pump.
        public var pump: PumpIndex
        /// Its head by flow at nominal speed, or the head it holds.
        public var characteristic: PumpCharacteristic
        /// Its speed over the nominal one.
        public var speed: Double
        /// A new head or speed.
        public init(pump: PumpIndex, characteristic: PumpCharacteristic, speed: Double) {
            (self.pump, self.characteristic, self.speed) = (pump, characteristic, speed)
        }
    }
    /// Valves that are set.
    public var valves: [ValveChange]
    /// Pumps that are set.
    public var pumps: [PumpChange]
    /// A set of changes.
    public init(valves: [ValveChange] = [], pumps: [PumpChange] = []) { (self.valves, self.pumps) = (valves, pumps) }
}
