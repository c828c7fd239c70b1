import Quantities

/// Pressure loss of a pipe: friction (Darcy 1857, Weisbach 1845) and local losses,
/// Δp = (λ L/d + ζ) ρ v²/2 with λ by ``DarcyFriction``.
///
/// With ṁ = ρ v π d²/4 this is Δp = (λ(Re) friction + local) ṁ|ṁ| and Re = |ṁ| · reynoldsPerFlow.
public struct PipeLaw: Hashable, Sendable {
    /// 8 L / (π² ρ d⁵), Pa s²/kg².
    public var friction: Double
    /// 8 ζ / (π² ρ d⁴), Pa s²/kg².
    public var local: Double
    /// 4 / (π d μ), s/kg.
    public var reynoldsPerFlow: Double
    /// Roughness over diameter.
    public var relativeRoughness: Double

    /// The law of a pipe that is full of water of one density and viscosity.
    public init(
        length: Length, diameter: Length, roughness: Length, minorLoss: Double, water: WaterProperties
    ) {
        let d = diameter.metres
        let area = 8 / (Double.pi * Double.pi * water.density.value * d * d * d * d)
        friction = area * length.metres / d
        local = area * minorLoss
        reynoldsPerFlow = 4 / (Double.pi * d * water.viscosity.value)
        relativeRoughness = roughness.metres / d
    }

    /// The law of a pipe whose geometry is worked out.
    @inline(__always)
    init(_ pipe: PipeCoefficients, inverseDensity: Double, inverseViscosity: Double) {
        friction = pipe.friction * inverseDensity
        local = pipe.local * inverseDensity
        reynoldsPerFlow = pipe.reynolds * inverseViscosity
        relativeRoughness = pipe.relativeRoughness
    }

    /// Pressure loss in Pa at a mass flow in kg/s, with its derivative.
    public func loss(_ massFlow: Double) -> LossPoint {
        var root = 0.0
        return evaluate(massFlow, &root)
    }

    /// The same, starting Colebrook's equation from the last root of this pipe, which it replaces.
    @inline(__always)
    func evaluate(_ massFlow: Double, _ root: inout Double) -> LossPoint {
        let flow = massFlow.magnitude
        let reynolds = flow * reynoldsPerFlow
        if reynolds <= DarcyFriction.laminarLimit {
            // λ friction ṁ² = (64/reynoldsPerFlow) friction ṁ: linear, so regular at zero.
            let linear = 64 * friction / reynoldsPerFlow
            return LossPoint(loss: massFlow * (linear + local * flow), slope: linear + 2 * local * flow)
        }
        if reynolds < DarcyFriction.turbulentLimit { return transitional(massFlow, reynolds) }
        let (x, ratio) = DarcyFriction.colebrook(reynolds: reynolds, relativeRoughness: relativeRoughness, near: root)
        root = x
        let turbulent = friction / (x * x)
        return LossPoint(
            loss: massFlow * flow * (turbulent + local), slope: 2 * flow * (turbulent * (1 - ratio) + local))
    }

    /// Slope of the chord from a flow to the flow that a drive would make, Pa s/kg.
    @inline(__always)
    func chord(_ massFlow: Double, _ point: LossPoint, _ drive: Double) -> Double {
        if massFlow.magnitude * reynoldsPerFlow <= DarcyFriction.laminarLimit {
            let end = 64 * friction * DarcyFriction.laminarLimit / (reynoldsPerFlow * reynoldsPerFlow)
            if drive.magnitude <= end { return point.slope }
            return max(point.slope, (drive.magnitude * (0.03 * friction + local)).squareRoot())
        }
        return point.squareChord(drive)
    }

    @inline(never)
    private func transitional(_ massFlow: Double, _ reynolds: Double) -> LossPoint {
        let factor = DarcyFriction.transition(reynolds: reynolds, relativeRoughness: relativeRoughness)
        let flow = massFlow.magnitude
        let quadratic = friction * factor.value + local
        return LossPoint(
            loss: massFlow * flow * quadratic, slope: flow * (2 * quadratic + friction * factor.slope * reynolds))
    }
}

/// A value of a loss law with its derivative.
public struct LossPoint: Hashable, Sendable {
    /// Pressure loss, Pa; negative for a pump's head.
    public var loss: Double
    /// Derivative by the mass flow, Pa s/kg; never negative.
    public var slope: Double
    /// A value with its derivative.
    public init(loss: Double, slope: Double) { (self.loss, self.slope) = (loss, slope) }
}
