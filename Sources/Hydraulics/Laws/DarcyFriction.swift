/// Darcy friction factor λ of a round pipe and its slope, for every Reynolds number above zero.
///
/// - laminar, Re ≤ 2000: λ = 64/Re (Hagen 1839, Poiseuille 1840);
/// - turbulent, Re ≥ 4000: 1/√λ = −2 log₁₀(ε/3.71 + 2.51/(Re √λ)) (Colebrook 1939), ε = roughness over diameter, solved
///   to the last digits of a Double; published for ε ≤ 0.05;
/// - between: the cubic in Re with value and slope of both neighbours (after Dunlop 1991, whose own cubic meets them
///   only for the Swamee–Jain formula).
///
/// Loss ∝ λ Re², so a law built on it is continuously differentiable and rises strictly with the flow.
public enum DarcyFriction {
    /// Reynolds number at which laminar flow ends.
    public static let laminarLimit = 2000.0
    /// Reynolds number at which turbulent flow begins.
    public static let turbulentLimit = 4000.0

    /// A friction factor with its derivative by the Reynolds number.
    public struct Factor: Hashable, Sendable {
        /// λ.
        public var value: Double
        /// dλ/dRe.
        public var slope: Double
    }

    /// λ and dλ/dRe; λ is infinite at Re = 0, where the loss law does not need it.
    public static func factor(reynolds: Double, relativeRoughness: Double) -> Factor {
        if reynolds <= laminarLimit { return Factor(value: 64 / reynolds, slope: -64 / (reynolds * reynolds)) }
        if reynolds < turbulentLimit { return transition(reynolds: reynolds, relativeRoughness: relativeRoughness) }
        let x = colebrook(reynolds: reynolds, relativeRoughness: relativeRoughness, near: 0)
        let ratio = colebrookSlope(x, reynolds: reynolds, relativeRoughness: relativeRoughness)
        let value = 1 / (x * x)
        return Factor(value: value, slope: -2 * value * ratio / reynolds)
    }

    /// The cubic of Hermite between the laminar and the turbulent limit.
    static func transition(reynolds: Double, relativeRoughness: Double) -> Factor {
        let right = factor(reynolds: turbulentLimit, relativeRoughness: relativeRoughness)
        let width = turbulentLimit - laminarLimit
        let leftSlope = -64 / (laminarLimit * laminarLimit) * width
        let rightSlope = right.slope * width
        let leftValue = 64 / laminarLimit
        let t = (reynolds - laminarLimit) / width
        // Coefficients of λ(t) = v + s t + a t² + b t³, t in 0…1.
        let rise = right.value - leftValue
        let a = 3 * rise - 2 * leftSlope - rightSlope
        let b = leftSlope + rightSlope - 2 * rise
        return Factor(
            value: leftValue + t * (leftSlope + t * (a + t * b)),
            slope: (leftSlope + t * (2 * a + t * 3 * b)) / width)
    }

    /// x = 1/√λ of Colebrook–White.
    ///
    /// Halley's iteration on F(x) = x + (2/ln 10) ln(ε/3.71 + 2.51 x/Re), convex and rising with F′ between 1 and 1.5, from
    /// one fixed-point step or from a value known to be near; it triples the digits a step, so it stops once a step is
    /// below 1e-5 and the error below 1e-15.
    /// - Parameter guess: a value near the root, for example that of the last flow; 0 = none.
    @inline(__always)
    static func colebrook(reynolds: Double, relativeRoughness: Double, near guess: Double) -> Double {
        let k = 0.868588963806503655  // 2 / ln 10
        let a = relativeRoughness / 3.71
        let b = 2.51 / reynolds
        var x = guess > 0 ? guess : max(-k * naturalLogarithm(a + 8 * b), 0.5)
        for _ in 0..<6 {
            let argument = a + b * x
            let f = x + k * naturalLogarithm(argument)
            let part = b / argument
            let slope = 1 + k * part
            let step = 2 * f * slope / (2 * slope * slope + f * k * part * part)
            x -= step
            if !(step.magnitude > 1e-5) { break }
        }
        return x
    }

    /// Re · (dx/dRe) / x for x = 1/√λ of Colebrook–White, by implicit differentiation.
    @inline(__always)
    static func colebrookSlope(_ x: Double, reynolds: Double, relativeRoughness: Double) -> Double {
        let k = 0.868588963806503655
        let b = 2.51 / reynolds
        let part = k * b / (relativeRoughness / 3.71 + b * x)
        return part / (1 + part)
    }
}
