import Quantities

/// A pipe of one nominal size.
public struct PipeSize: Hashable, Sendable {
    /// Nominal size DN, mm.
    public var nominal: Int
    /// Inner diameter.
    public var innerDiameter: Length
    /// Outer diameter of the steel pipe.
    public var outerDiameter: Length
    /// Outer diameter of the casing over the insulation; the outer diameter itself for a bare pipe.
    public var casingDiameter: Length
    /// Heat lost by a metre a kelvin above the surroundings, where it is known; otherwise it follows from the insulation.
    public var heatLoss: LinearTransmittance?
    /// Roughness of its wall, where it is known.
    public var roughness: Length?
    /// Velocity and friction that pipes of this size keep to; nil where the network's hold, zero for none at all.
    public var velocityLimit: Velocity?
    /// The same for friction, Pa/m.
    public var frictionLimit: Double?

    /// Describes a pipe size.
    public init(nominal: Int, innerDiameter: Length, outerDiameter: Length, casingDiameter: Length) {
        self.nominal = nominal
        self.innerDiameter = innerDiameter
        self.outerDiameter = outerDiameter
        self.casingDiameter = casingDiameter
    }

    /// Heat lost by a metre of it: as known, otherwise 2πλ/ln(D/d) through its insulation (EN 13941).
    public func heatLoss(insulationConductivity: Double) -> LinearTransmittance {
        heatLoss
            ?? LinearTransmittance(
                insulationTransmittance(
                    outerDiameter: outerDiameter.metres, casingDiameter: casingDiameter.metres,
                    conductivity: insulationConductivity))
    }
}

/// Pipes by nominal size, rising.
public struct PipeCatalogue: Sendable {
    /// All sizes, rising.
    public private(set) var sizes: [PipeSize]

    /// A catalogue of given sizes; a later one of the same DN replaces an earlier one.
    public init(_ sizes: [PipeSize]) {
        self.sizes = []
        for size in sizes { insert(size) }
    }

    /// Steel pipes DN 10 to DN 1400 that ship with the engine.
    public static let standard = PipeCatalogue(
        CatalogueRows(PipeCatalogueText.csv).map { row in
            guard let dn = row.number("dn"), let outer = row.number("outer_mm"), let wall = row.number("wall_mm"),
                let casing = row.number("casing_mm")
            else { return nil }
            return PipeSize(
                nominal: Int(dn), innerDiameter: Length(millimetres: outer - 2 * wall),
                outerDiameter: Length(millimetres: outer), casingDiameter: Length(millimetres: casing))
        })

    /// Adds a size or replaces the one of the same DN.
    public mutating func insert(_ size: PipeSize) {
        let position = sizes.firstIndex { $0.nominal >= size.nominal } ?? sizes.count
        if position < sizes.count && sizes[position].nominal == size.nominal {
            sizes[position] = size
        } else {
            sizes.insert(size, at: position)
        }
    }

    /// The pipe of a nominal size.
    public subscript(nominal: Int) -> PipeSize? { sizes.first { $0.nominal == nominal } }
}
