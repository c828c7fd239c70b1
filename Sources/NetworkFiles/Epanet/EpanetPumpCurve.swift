#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The head of a pump over its flow as EPANET understands a curve, in the curve's own units.
public enum EpanetPumpCurve: Sendable {
    /// h₀ − r qⁿ, through one point (shut-off head 4/3 of its head, no head at twice its flow) or three that start at zero flow.
    case powerFunction(shutoff: Double, coefficient: Double, exponent: Double)
    /// Straight lines between points of rising flow and falling head, going on beyond both ends.
    case points(flow: [Double], head: [Double])

    /// Whether EPANET fits a power function to this curve.
    static func isPowerFunction(_ curve: EpanetCurve) -> Bool {
        curve.x.count == 1 || (curve.x.count == 3 && curve.x[0] == 0)
    }

    /// The curve of a pump; nil where its points are none (rising head, or no power function goes through them).
    public init?(_ curve: EpanetCurve) {
        guard curve.x.count == curve.y.count, !curve.x.isEmpty else { return nil }
        if Self.isPowerFunction(curve) {
            // 1.33334 and not 4/3: the constant is EPANET's.
            let heads = curve.x.count == 1 ? [1.33334 * curve.y[0], curve.y[0], 0] : curve.y
            let flows = curve.x.count == 1 ? [0, curve.x[0], 2 * curve.x[0]] : curve.x
            self.init(shutoff: heads[0], heads: (heads[1], heads[2]), flows: (flows[1], flows[2]))
            return
        }
        guard zip(curve.y, curve.y.dropFirst()).allSatisfy({ $0 > $1 }) else { return nil }
        self = .points(flow: curve.x, head: curve.y)
    }

    private init?(shutoff: Double, heads: (Double, Double), flows: (Double, Double)) {
        let least = 1e-6
        guard shutoff >= least, shutoff - heads.0 >= least, heads.0 - heads.1 >= least, flows.0 >= least,
            flows.1 - flows.0 >= least
        else { return nil }
        let exponent = log((shutoff - heads.1) / (shutoff - heads.0)) / log(flows.1 / flows.0)
        guard exponent > 0, exponent <= 20 else { return nil }
        let coefficient = (shutoff - heads.0) / pow(flows.0, exponent)
        guard coefficient > 0, coefficient.isFinite else { return nil }
        self = .powerFunction(shutoff: shutoff, coefficient: coefficient, exponent: exponent)
    }
}
