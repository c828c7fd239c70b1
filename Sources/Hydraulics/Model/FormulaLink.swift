import NetworkModel
import Quantities

/// Tells which links of a network follow a ``FormulaLaw``.
struct FormulaRule {
    private let network: Network
    private let isExact: Bool

    init(_ network: Network) {
        self.network = network
        isExact = network.conditions.convention == .exact
    }

    func applies(to element: LinkElement) -> Bool {
        switch element {
        case .pipe(let pipe): !isExact || network.pipes[pipe].friction != .darcyWeisbach
        case .valve(let valve):
            switch network.valves[valve].function {
            case .headLossCurve, .pressureBreaking, .outlet: true
            case .throttling, .check, .flowLimiting, .pressureIndependent, .pressureReducing, .pressureSustaining, .differentialPressure,
                .overflow:
                false
            }
        case .pump, .source, .exchangerPrimary, .exchangerSecondary, .terminal: false
        }
    }
}

/// A link whose law is a ``FormulaLaw``, without the water.
struct FormulaLink: Sendable {
    /// What the law is made of; lengths in m.
    private enum Kind: Sendable {
        /// Δp = ρ g (head coefficient) V̇^n.
        case head(coefficient: Double, exponent: Double, local: Double)
        case darcy(PipeCoefficients, HydraulicConvention)
        case curve(flow: [Double], loss: [Double])
        case breaker(setting: Double, kv: Double)
        /// ṁ = C p^γ.
        case outlet(Outlet)
    }

    private let kind: Kind
    /// The same for the independent check.
    let description: FormulaCheck.Description
    /// Volume flow the link is first expected to have, m³/s.
    private let expectedFlow: Double

    /// The formula of a link; nil for one of the other groups.
    init?(_ link: Link, _ network: Network) {
        switch link.element {
        case .pipe(let pipe): self.init(network.pipes[pipe], network.conditions.convention)
        case .valve(let valve): self.init(network.valves[valve])
        case .pump, .source, .exchangerPrimary, .exchangerSecondary, .terminal: return nil
        }
    }

    private init(_ pipe: Pipe, _ convention: HydraulicConvention) {
        let coefficients = PipeCoefficients(PipeGeometry(pipe))
        let (length, d) = (pipe.length.metres, pipe.innerDiameter.metres)
        let local = coefficients.local * convention.localScale
        description = .pipe(PipeGeometry(pipe), pipe.friction, convention)
        switch pipe.friction {
        case .darcyWeisbach:
            kind = .darcy(coefficients, convention)
        case .hazenWilliams(let c):
            let coefficient = convention.hazenWilliams * length / (power(c, 1.852) * power(d, 4.871))
            kind = .head(coefficient: coefficient, exponent: 1.852, local: local)
        case .chezyManning(let n):
            let coefficient = convention.chezyManning * n * n * length / power(d, convention.manningExponent)
            kind = .head(coefficient: coefficient, exponent: 2, local: local)
        }
        expectedFlow = LinkLaws.expectedVelocity * Double.pi / 4 * d * d
    }

    private init?(_ valve: Valve) {
        switch valve.function {
        case .headLossCurve(let points):
            let flow = points.map { $0.flow.value }
            kind = .curve(flow: flow, loss: points.map { $0.loss.pascals })
            description = .curve(points)
            expectedFlow = (flow.last ?? 0) / 2
        case .pressureBreaking(let setting):
            kind = .breaker(setting: setting.pascals, kv: valve.kv.cubicMetresPerHour)
            description = .breaker(setting: setting.pascals, kv: valve.kv.cubicMetresPerHour)
            expectedFlow = 0
        case .outlet(let outlet):
            kind = .outlet(outlet)
            description = .outlet(outlet)
            expectedFlow = 0
        case .throttling, .check, .flowLimiting, .pressureIndependent, .pressureReducing, .pressureSustaining, .differentialPressure,
            .overflow:
            return nil
        }
    }

    /// The law for water of a density and viscosity.
    func law(_ water: WaterProperties) -> FormulaLaw {
        let density = water.density.value
        switch kind {
        case .head(let coefficient, let exponent, let local):
            let resistance = standardGravity * coefficient * power(density, 1 - exponent)
            return .power(PowerLossLaw(resistance: resistance, exponent: exponent, local: local / density))
        case .darcy(let pipe, let convention):
            let (friction, local) = (pipe.friction * convention.darcyScale, pipe.local * convention.localScale)
            switch convention.frictionFactor {
            case .swameeJain:
                return .swameeJain(
                    SwameeJainLaw(
                        friction: friction / density, local: local / density,
                        reynoldsPerFlow: pipe.reynolds / water.viscosity.value, relativeRoughness: pipe.relativeRoughness))
            case .colebrookWhite:
                var scaled = pipe
                (scaled.friction, scaled.local) = (friction, local)
                return .pipe(PipeLaw(scaled, inverseDensity: 1 / density, inverseViscosity: 1 / water.viscosity.value))
            }
        case .curve(let flow, let loss): return .curve(CurveLossLaw(flow: flow, loss: loss, density: density))
        case .breaker(let setting, let kv):
            let resistance = kv.isFinite ? FlowCoefficient(cubicMetresPerHour: kv).resistance(density: water.density) : 0
            return .breaker(BreakerLaw(setting: setting, resistance: resistance))
        case .outlet(let outlet):
            let exponent = 1 / outlet.exponent
            return .power(PowerLossLaw(resistance: power(outlet.coefficient, -exponent), exponent: exponent))
        }
    }

    /// Conductance where the flow is not known yet, kg/(s Pa), and the flow it belongs to, kg/s.
    func start(_ law: FormulaLaw, density: Double) -> (conductance: Double, flow: Double) {
        if case .outlet(let outlet) = kind {
            let flow = outlet.coefficient * power(10 * LinkLaws.expectedLoss, outlet.exponent)
            return (flow / (10 * LinkLaws.expectedLoss), flow)
        }
        let flow = expectedFlow * density
        guard flow > 0 else { return (.infinity, 0) }
        return (flow / law.loss(flow).loss, flow)
    }
}
