/// Losses that follow a formula of their own: pipes of imported networks, curves, breakers, outlets.
///
/// Like every law of the solver they never fall with the flow.
public enum FormulaLaw: Hashable, Sendable {
    /// r ṁ^n with local losses.
    case power(PowerLossLaw)
    /// Darcy–Weisbach with EPANET's friction factor.
    case swameeJain(SwameeJainLaw)
    /// Darcy–Weisbach, Colebrook–White, where a link of this group has it.
    case pipe(PipeLaw)
    /// A curve.
    case curve(CurveLossLaw)
    /// A constant loss, or the square law where that is more.
    case breaker(BreakerLaw)

    /// Pressure loss in Pa at a mass flow in kg/s, with its derivative.
    public func loss(_ massFlow: Double) -> LossPoint {
        switch self {
        case .power(let law): law.loss(massFlow)
        case .swameeJain(let law): law.loss(massFlow)
        case .pipe(let law): law.loss(massFlow)
        case .curve(let law): law.loss(massFlow)
        case .breaker(let law): law.loss(massFlow)
        }
    }

    /// Slope of the chord from a flow to about the flow that a drive would make, Pa s/kg; the tangent where the drive is what is lost.
    func chord(_ massFlow: Double, _ point: LossPoint, _ drive: Double) -> Double {
        switch self {
        // Where most flows follow from demands, tangents need a step less; where drives decide, chords do once those are far off.
        case .power(let law): point.isNear(drive) ? point.slope : law.chord(massFlow, point, drive)
        case .swameeJain(let law): point.isNear(drive) ? point.slope : law.chord(massFlow, point, drive)
        case .pipe(let law): law.chord(massFlow, point, drive)
        case .curve, .breaker: point.slope
        }
    }
}

extension LossPoint {
    /// Whether a drive is within twice what is lost, either way.
    fileprivate func isNear(_ drive: Double) -> Bool {
        drive * loss > 0 && drive.magnitude < 2 * loss.magnitude && loss.magnitude < 2 * drive.magnitude
    }

    /// The chord to the flow that a drive would make, for losses that rise about as the square of the flow: with the exponents of
    /// friction, 1.75 to 2, within a twentieth of the chord for drives up to four times the loss.
    @inline(__always)
    func squareChord(_ drive: Double) -> Double {
        let ratio = drive / loss
        let root = ratio.magnitude.squareRoot()
        return 0.5 * slope * (ratio >= 0 ? 1 + root : (1 - ratio) / (1 + root))
    }
}

/// Δp = r |ṁ|^n + k ṁ² with the sign of the flow: Hazen–Williams, Chézy–Manning, outlets.
///
/// Where the first term falls below ``ResistanceLaw/linearZone`` it is its chord, as there and for the same reason.
public struct PowerLossLaw: Hashable, Sendable {
    /// r, Pa/(kg/s)^n.
    public let resistance: Double
    /// n > 1.
    public let exponent: Double
    /// k, Pa s²/kg².
    public let local: Double
    /// Flow below which friction is linear, kg/s.
    private let linearFlow: Double
    /// Its slope there, Pa s/kg.
    private let chord: Double

    /// A law of r > 0 and n > 1.
    public init(resistance: Double, exponent: Double, local: Double = 0) {
        (self.resistance, self.exponent, self.local) = (resistance, exponent, local)
        linearFlow = resistance > 0 ? power(ResistanceLaw.linearZone / resistance, 1 / exponent) : 0
        chord = linearFlow > 0 ? ResistanceLaw.linearZone / linearFlow : 0
    }

    /// Pressure loss in Pa at a mass flow in kg/s, with its derivative.
    public func loss(_ massFlow: Double) -> LossPoint {
        let flow = massFlow.magnitude
        if flow <= linearFlow {
            return LossPoint(loss: massFlow * (chord + local * flow), slope: chord + 2 * local * flow)
        }
        let ratio = resistance * power(flow, exponent - 1)
        return LossPoint(loss: massFlow * (ratio + local * flow), slope: exponent * ratio + 2 * local * flow)
    }

    /// Slope of the chord to about the flow that a drive would make, Pa s/kg.
    func chord(_ massFlow: Double, _ point: LossPoint, _ drive: Double) -> Double {
        // Leaks that grow with the pressure have an exponent below one, for which squares say nothing.
        guard exponent > 1.5 && exponent < 2.5 else { return point.slope }
        if massFlow.magnitude > linearFlow { return point.squareChord(drive) }
        if drive.magnitude <= ResistanceLaw.linearZone { return point.slope }
        return max(point.slope, drive.magnitude / power(drive.magnitude / resistance, 1 / exponent))
    }
}

/// A loss by a curve of straight lines over the volume flow, the same in both directions and zero at rest.
///
/// A curve that starts above zero is led to zero within a millionth of its last flow; one that would be negative at rest is
/// led straight from its first positive point to zero.
public struct CurveLossLaw: Hashable, Sendable {
    private let curve: SegmentCurve
    private let density: Double

    /// A curve of rising flows (m³/s) and losses (Pa) for water of a density in kg/m³.
    public init(flow: [Double], loss: [Double], density: Double) {
        var points = zip(flow, loss).filter { $0.0 > 0 && $0.1 >= 0 }.map { (flow: $0.0, loss: $0.1) }
        let atRest = SegmentCurve(flow: flow, value: loss).point(at: 0).value
        if atRest > 0, let last = flow.last { points.insert((last * 1e-6, atRest), at: 0) }
        // A fall would leave two flows for one loss.
        for place in points.indices.dropFirst() { points[place].loss = max(points[place].loss, points[place - 1].loss) }
        curve = SegmentCurve(flow: [0] + points.map(\.flow), value: [0] + points.map(\.loss))
        self.density = density
    }

    /// Pressure loss in Pa at a mass flow in kg/s, with its derivative.
    public func loss(_ massFlow: Double) -> LossPoint {
        let point = curve.point(at: massFlow.magnitude / density)
        return LossPoint(loss: massFlow < 0 ? -point.value : point.value, slope: max(0, point.slope / density))
    }
}

/// A valve that takes a given pressure away at any flow, as long as it does not lose more when fully open.
public struct BreakerLaw: Hashable, Sendable {
    /// What it takes away, Pa.
    public var setting: Double
    /// Loss over ṁ² fully open, Pa s²/kg².
    public var resistance: Double

    /// Describes a breaker.
    public init(setting: Double, resistance: Double) { (self.setting, self.resistance) = (setting, resistance) }

    /// Pressure loss in Pa at a mass flow in kg/s, with its derivative.
    public func loss(_ massFlow: Double) -> LossPoint {
        let open = resistance * massFlow * massFlow.magnitude
        return open > setting ? LossPoint(loss: open, slope: 2 * resistance * massFlow) : LossPoint(loss: setting, slope: 0)
    }
}
