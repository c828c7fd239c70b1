import Quantities

/// A point where links meet: water enters and leaves it at one pressure and one mixed temperature.
public struct Node: Sendable {
    /// The file's id; for a compact pair, `P1/supply` or `P1/return`.
    public var id: ElementID
    /// Which line of a two-pipe circuit the node is on.
    public var line: Line
    /// Height above the network's datum.
    public var elevation: Length
    /// Place on the map, m, where the file gives one.
    public var position: MapPoint?
    /// Gauge pressure held here (expansion vessel, pressure-holding pump, reservoir); nil where it is computed.
    public var fixedPressure: Pressure?
    /// Water taken out (positive) or fed in (negative) whatever the pressure.
    public var demand: MassFlow
    /// Temperature of water that enters the network here by a negative demand or a fixed pressure, where known.
    public var injectionTemperature: Temperature?

    /// Describes a node.
    public init(
        id: ElementID, line: Line = .single, elevation: Length = .zero, position: MapPoint? = nil,
        fixedPressure: Pressure? = nil, demand: MassFlow = .zero, injectionTemperature: Temperature? = nil
    ) {
        self.id = id
        self.line = line
        self.elevation = elevation
        self.position = position
        self.fixedPressure = fixedPressure
        self.demand = demand
        self.injectionTemperature = injectionTemperature
    }
}

/// The line of a two-pipe circuit.
public enum Line: UInt8, Sendable { case supply, `return`, single }

/// A place on the map in metres of a plane coordinate system.
public struct MapPoint: Hashable, Sendable {
    /// East, m.
    public var x: Double
    /// North, m.
    public var y: Double
    /// A place in metres.
    public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
}
