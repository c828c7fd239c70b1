import NetworkModel
import Quantities

/// A self-acting controller of one size: what its set point may be and what it needs to keep it.
public struct ControllerModel: Hashable, Sendable {
    /// Product family.
    public var family: String
    /// Nominal size DN, mm.
    public var nominalSize: Int
    /// ``ValveKind/differentialPressure`` or ``ValveKind/pressureIndependent``.
    public var kind: ValveKind
    /// Kv fully open; nil where the maker states none.
    public var fullyOpen: FlowCoefficient?
    /// Least and greatest set point: Pa for a Δp controller, m³/s for a pressure-independent valve.
    public var range: ClosedRange<Double>
    /// Least pressure loss across it at which it regulates; nil = not stated.
    public var leastLoss: PressureDifference?
    /// Largest pressure loss it may close against; nil = not stated.
    public var greatestLoss: PressureDifference?
    /// Where the figures come from, and how far they are to be trusted.
    public var source: String

    /// The set point nearest to a wish, and whether the wish lies in the range.
    public func setPoint(nearest wish: Double) -> (value: Double, isInRange: Bool) {
        (min(max(wish, range.lowerBound), range.upperBound), range.contains(wish))
    }
}

/// Self-acting controllers by family and size.
public enum ControllerCatalogue {
    /// What ships with the engine.
    ///
    /// AVP and AVPQ by their sheets (Kvs and ranges); AB-QM by figures remembered from its sheet and so marked: good
    /// for studies, to be checked before anything is ordered.
    public static let standard: [ControllerModel] = differentialPressure("AVP", [(5, 50), (20, 100), (80, 160)], "Danfoss data sheet AVP, PN 16 (data sheet)")
        + differentialPressure("AVPQ", [(10, 50), (20, 100)], "Danfoss data sheet AVPQ, PN 16, VD.DB.H5.03 (data sheet)")
        + pressureIndependent()

    /// The models of a family and size, by rising range.
    public static func models(of family: String, nominalSize: Int) -> [ControllerModel] {
        standard.filter { $0.family == family && $0.nominalSize == nominalSize }
    }

    /// - Parameter ranges: springs, kPa.
    private static func differentialPressure(_ family: String, _ ranges: [(Double, Double)], _ source: String) -> [ControllerModel] {
        let kvs: [(Int, Double)] = [(15, 1.6), (15, 2.5), (15, 4), (20, 6.3), (25, 8), (32, 10)]
        return kvs.flatMap { size, kvs in
            ranges.map { low, high in
                ControllerModel(
                    family: family, nominalSize: size, kind: .differentialPressure, fullyOpen: FlowCoefficient(cubicMetresPerHour: kvs),
                    range: 1000 * low...1000 * high, leastLoss: nil, greatestLoss: nil, source: source)
            }
        }
    }

    private static func pressureIndependent() -> [ControllerModel] {
        // DN, least and greatest flow in l/h, least loss in kPa.
        let sizes: [(Int, Double, Double, Double)] = [
            (10, 55, 275, 16), (15, 90, 450, 16), (20, 180, 900, 16), (25, 340, 1700, 20), (32, 640, 3200, 20),
        ]
        return sizes.map { size, low, high, loss in
            ControllerModel(
                family: "AB-QM", nominalSize: size, kind: .pressureIndependent, fullyOpen: nil,
                range: low / 3_600_000...high / 3_600_000, leastLoss: PressureDifference(kilopascals: loss),
                greatestLoss: PressureDifference(kilopascals: 400), source: "Danfoss AB-QM (remembered, not seen on the sheet)")
        }
    }
}
