import Quantities

/// The shape of a building as a row of equal dwellings on each floor, and the conductances of its surfaces.
///
/// Dwellings stand side by side along the front, unit after unit, each going through from the front to the back: both
/// long faces are outside walls with windows, the two ends of the row have a gable, the top floor a roof, and the
/// bottom floor loses half of what its floor construction would lose to outdoors. Columns count from 0 along the row.
public struct BuildingGeometry: Sendable {
    /// Number of floors.
    public var floors: Int
    /// Number of units (risers).
    public var units: Int
    /// Dwellings on a floor of one unit.
    public var dwellingsPerFloor: Int
    /// Floor area of a dwelling, m².
    public var area: Double
    /// Storey height, m.
    public var storeyHeight: Double
    /// Depth of the building from front to back, m.
    public var depth: Double
    /// Windows as a share of the two long faces.
    public var windowShare: Double
    /// Transmittances and air changes.
    public var envelope: EnvelopeClass
    /// Transmittance of the wall between two units, W/(m² K).
    public var jointTransmittance: Double

    /// Describes a building; counts at least 1, sizes above zero.
    public init(
        floors: Int, units: Int, dwellingsPerFloor: Int, area: Double, storeyHeight: Double, depth: Double, windowShare: Double,
        envelope: EnvelopeClass, jointTransmittance: Double
    ) {
        self.floors = floors
        self.units = units
        self.dwellingsPerFloor = dwellingsPerFloor
        self.area = area
        self.storeyHeight = storeyHeight
        self.depth = depth
        self.windowShare = windowShare
        self.envelope = envelope
        self.jointTransmittance = jointTransmittance
    }

    /// Heat capacity of a cubic metre of air, Wh/(m³ K) (EN 12831: 0.34; 0.335 at 20 °C).
    public static let airHeat = 0.335
    /// Thickness of a slab, m: the air of a dwelling is so much lower than its storey.
    public static let slabThickness = 0.2

    /// Dwellings on a whole floor.
    public var columns: Int { units * dwellingsPerFloor }
    /// Dwellings in the building.
    public var dwellingCount: Int { floors * columns }
    /// Width of a dwelling along the front, m.
    public var frontage: Double { area / depth }

    /// Conductance from a dwelling to outdoors through walls, windows, roof, ground floor and ventilation, W/K.
    ///
    /// - Parameters:
    ///   - floor: from 1 at the bottom.
    ///   - column: from 0 along the whole row.
    ///   - area: floor area where the dwelling's own differs.
    ///   - airChanges: where the dwelling's own differ.
    public func exteriorConductance(floor: Int, column: Int, area ownArea: Double? = nil) -> Double {
        let area = ownArea ?? self.area
        let facade = 2 * (area / depth) * storeyHeight
        var conductance = facade * ((1 - windowShare) * envelope.wall + windowShare * envelope.window)
        let gables = (column == 0 ? 1 : 0) + (column == columns - 1 ? 1 : 0)
        conductance += Double(gables) * depth * storeyHeight * envelope.wall
        if floor == floors { conductance += area * envelope.roof }
        if floor == 1 { conductance += 0.5 * area * envelope.ground }
        return conductance + Self.airHeat * envelope.airChanges * max(storeyHeight - Self.slabThickness, 0) * area
    }

    /// Conductance of the wall between a column and the next one on the same floor, W/K.
    public func wallConductance(after column: Int) -> Double {
        let isJoint = (column + 1) % dwellingsPerFloor == 0
        return depth * storeyHeight * (isJoint ? jointTransmittance : envelope.partition)
    }

    /// Conductance of the slab between two dwellings one above the other, W/K.
    public func slabConductance(area: Double) -> Double { area * envelope.slab }
}
