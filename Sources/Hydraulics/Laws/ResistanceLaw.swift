import Quantities

/// Pressure loss of a valve, exchanger, source or terminal known by its Kv: Δp = r ṁ|ṁ| (IEC 60534-1).
///
/// The slope of the square law vanishes at zero flow and would make Newton's matrix singular there. Below the flow
/// that loses ``linearZone`` the law is its chord: linear, and at most a quarter of the zone, 2.5e-7 Pa, from the
/// square law. So a part without any drive comes to rest in one step, at exactly zero.
public struct ResistanceLaw: Hashable, Sendable {
    /// Loss below which the law is linear, Pa.
    public static let linearZone = 1e-6

    /// r, Pa s²/kg².
    public var resistance: Double
    /// Slope of the linear part, Pa s/kg: √(r · linearZone).
    public var chord: Double

    /// The law of a resistance r ≥ 0; infinite ones belong to closed links.
    public init(resistance: Double) {
        self.resistance = resistance
        chord = (resistance * Self.linearZone).squareRoot()
    }

    /// The law of a resistance r = root²: without a root of its own, since a million are made at a time.
    @inline(__always)
    init(root: Double) {
        resistance = root * root
        // √linearZone.
        chord = 1e-3 * root
    }

    /// The law of a Kv for water of a density.
    public init(kv: FlowCoefficient, density: Density) { self.init(resistance: kv.resistance(density: density)) }

    /// Pressure loss in Pa at a mass flow in kg/s, with its derivative.
    @inline(__always)
    public func loss(_ massFlow: Double) -> LossPoint {
        let square = resistance * massFlow.magnitude
        return square > chord
            ? LossPoint(loss: massFlow * square, slope: 2 * square)
            : LossPoint(loss: massFlow * chord, slope: chord)
    }

    /// Slope of the chord from a flow to the flow that a drive would make, Pa s/kg.
    @inline(__always)
    func chord(_ massFlow: Double, _ drive: Double) -> Double {
        let present = resistance * massFlow.magnitude
        let target = (resistance * drive.magnitude).squareRoot()
        let sum = present + target
        // Below the chord either way, and the quotient is not wanted where both vanish.
        if sum <= chord { return chord }
        let isSameWay = massFlow * drive >= 0
        return max(isSameWay ? sum : (present * present + target * target) / sum, chord)
    }
}
