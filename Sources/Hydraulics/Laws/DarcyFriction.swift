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
        let x = colebrook(reynolds: reynolds, relativeRoughness: relativeRoughness, near: 0).root
        let part = 2.51 * 0.868588963806503655 / (relativeRoughness / 3.71 * reynolds + 2.51 * x)
        let ratio = part / (1 + part)
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

    /// x = 1/√λ of Colebrook–White, and Re · (dx/dRe) / x by implicit differentiation.
    ///
    /// Chebyshev's iteration on F(x) = x + (2/ln 10) ln(ε/3.71 + 2.51 x/Re), whose slope lies between 1 and 1.5, from one
    /// fixed-point step or from a value known to be near; it triples the digits a step, so it stops once a step is below 1e-5 and
    /// the error below 1e-15. A step costs one logarithm and two divisions. The derivative is led on over the last step to first
    /// order, so right to nine digits and more: it shapes Newton's matrix, not the answer.
    /// - Parameter guess: a value near the root, for example that of the last flow; 0 = none.
    @inline(__always)
    static func colebrook(reynolds: Double, relativeRoughness: Double, near guess: Double) -> (root: Double, ratio: Double) {
        let k = 0.868588963806503655  // 2 / ln 10
        // The argument of the logarithm is w / Re with w = ε Re/3.71 + 2.51 x: one division serves it and its derivative.
        let rough = relativeRoughness / 3.71 * reynolds
        var x = guess > 0 ? guess : max(-k * naturalLogarithm((rough + 8 * 2.51) / reynolds), 0.5)
        var ratio = 0.0
        for _ in 0..<8 {
            let w = rough + 2.51 * x
            let inverse = 1 / (w * reynolds)
            let part = k * 2.51 * reynolds * inverse
            let value = x + k * naturalLogarithm(w * w * inverse)
            let inverseSlope = 1 / (1 + part)
            let bend = part * part * (1 / k)
            let newton = value * inverseSlope
            let step = newton * (1 - 0.5 * newton * bend * inverseSlope)
            x -= step
            let rise = bend * step
            ratio = (part + rise) * inverseSlope * (1 - rise * inverseSlope)
            if !(step.magnitude > 1e-5) { break }
        }
        return (x, ratio)
    }

    /// One step of that iteration for four at once: what it takes from the root at hand, and the ratio of the root it leads to.
    ///
    /// - Parameter rough: ε Re/3.71.
    @inline(__always)
    static func colebrookStep(from root: Quad, rough: Quad, reynolds: Quad) -> (step: Quad, ratio: Quad) {
        let k = 0.868588963806503655  // 2 / ln 10
        let w = rough + 2.51 * root
        let inverse = 1 / (w * reynolds)
        let part = (2.51 * k) * reynolds * inverse
        let value = root + k * (w * w * inverse).logarithms()
        let inverseSlope = 1 / (1 + part)
        let bend = part * part * (1 / k)
        let newton = value * inverseSlope
        let step = newton * (1 - 0.5 * newton * bend * inverseSlope)
        let rise = bend * step
        return (step, (part + rise) * inverseSlope * (1 - rise * inverseSlope))
    }

    /// The root of Colebrook's equation for four at once, and its ratio: that iteration from roots at hand, or where one is 0 from one
    /// fixed-point step, until no root moves by more than a limit; what it then lacks is of the third power.
    @inline(__always)
    static func colebrook(near known: Quad, rough: Quad, reynolds: Quad, within limit: Double) -> (root: Quad, ratio: Quad) {
        var root = known
        if any(root .<= 0) { root = (-0.868588963806503655 * ((rough + 8 * 2.51) / reynolds).logarithms()).orGreater(Quad(repeating: 0.5)) }
        var ratio = Quad.zero
        for _ in 0..<8 {
            let next = colebrookStep(from: root, rough: rough, reynolds: reynolds)
            root -= next.step
            ratio = next.ratio
            if !any(next.step.magnitudes .> limit) { break }
        }
        return (root, ratio)
    }
}
