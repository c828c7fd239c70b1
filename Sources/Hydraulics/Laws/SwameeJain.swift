/// Darcy friction factor as EPANET computes it: Swamee & Jain (1976), λ = 0.25 / log₁₀²(ε/3.7 + 5.74/Re^0.9), from Re 4000
/// on, and the cubic of Dunlop (1991) between 2000 and 4000. Within 1.6 % of ``DarcyFriction``.
public enum SwameeJain {
    /// 2 / ln 10.
    private static let scale = 0.868588963806503655
    /// 5.74 / 4000^0.9.
    private static let turbulentTerm = 3.28895476345399058690e-03
    /// −0.9 · 2 · (2 / ln 10) · 5.74 / 4000^0.9: slope of the turbulent law at Re 4000, as Dunlop's cubic uses it.
    private static let turbulentSlope = -5.14214965799093883760e-03

    /// λ and dλ/dRe for Re > 2000.
    public static func factor(reynolds: Double, relativeRoughness: Double) -> DarcyFriction.Factor {
        if reynolds >= DarcyFriction.turbulentLimit {
            let viscous = 5.74 / power(reynolds, 0.9)
            let argument = relativeRoughness / 3.7 + viscous
            let root = -scale * naturalLogarithm(argument)
            let value = 1 / (root * root)
            return DarcyFriction.Factor(value: value, slope: -1.8 * value * viscous * scale / (argument * root * reynolds))
        }
        let argument = relativeRoughness / 3.7 + turbulentTerm
        let root = -scale * naturalLogarithm(argument)
        let first = 1 / (root * root)
        let second = (2 + turbulentSlope / (argument * root)) * first
        let r = reynolds / DarcyFriction.laminarLimit
        let a = 7 * first - second
        let b = 0.128 - 17 * first + 2.5 * second
        let c = -0.128 + 13 * first - 2 * second
        let d = 0.032 - 3 * first + 0.5 * second
        return DarcyFriction.Factor(
            value: a + r * (b + r * (c + r * d)), slope: (b + r * (2 * c + r * 3 * d)) / DarcyFriction.laminarLimit)
    }
}

/// Pressure loss of a pipe by Darcy–Weisbach with the factor of ``SwameeJain``.
public struct SwameeJainLaw: Hashable, Sendable {
    /// Friction over λ ṁ², Pa s²/kg².
    public var friction: Double
    /// Local losses over ṁ², Pa s²/kg².
    public var local: Double
    /// Reynolds number a mass flow, s/kg.
    public var reynoldsPerFlow: Double
    /// Roughness over diameter.
    public var relativeRoughness: Double

    /// Slope of the chord to about the flow that a drive would make, Pa s/kg.
    func chord(_ massFlow: Double, _ point: LossPoint, _ drive: Double) -> Double {
        if massFlow.magnitude * reynoldsPerFlow > DarcyFriction.laminarLimit { return point.squareChord(drive) }
        let end = 64 * friction * DarcyFriction.laminarLimit / (reynoldsPerFlow * reynoldsPerFlow)
        if drive.magnitude <= end { return point.slope }
        return max(point.slope, (drive.magnitude * (0.03 * friction + local)).squareRoot())
    }

    /// Pressure loss in Pa at a mass flow in kg/s, with its derivative.
    public func loss(_ massFlow: Double) -> LossPoint {
        let flow = massFlow.magnitude
        let reynolds = flow * reynoldsPerFlow
        if reynolds <= DarcyFriction.laminarLimit {
            let linear = 64 * friction / reynoldsPerFlow
            return LossPoint(loss: massFlow * (linear + local * flow), slope: linear + 2 * local * flow)
        }
        let factor = SwameeJain.factor(reynolds: reynolds, relativeRoughness: relativeRoughness)
        let quadratic = friction * factor.value + local
        return LossPoint(
            loss: massFlow * flow * quadratic, slope: flow * (2 * quadratic + friction * factor.slope * reynolds))
    }
}
