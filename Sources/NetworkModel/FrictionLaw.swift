import Quantities

/// How the friction of a pipe follows from its flow.
public enum FrictionLaw: Hashable, Sendable {
    /// Darcy–Weisbach by the pipe's roughness: the law of every native network.
    case darcyWeisbach
    /// Hazen–Williams with its coefficient C (Williams & Hazen 1905): h = k L q^1.852 / (C^1.852 d^4.871).
    case hazenWilliams(Double)
    /// Chézy–Manning with its n, for a pipe that runs full (Manning 1891): h = k n² L q² / d^e.
    case chezyManning(Double)
}

/// Formulas and constants of head loss: physics as exact as it is known, or the conventions of another engine.
///
/// Heads are in metres of the water that flows, volume flows in m³/s, lengths in metres.
public struct HydraulicConvention: Hashable, Sendable {
    /// The friction factor of Darcy–Weisbach.
    public var frictionFactor = FrictionFactor.colebrookWhite
    /// Multiplies friction by Darcy–Weisbach.
    public var darcyScale = 1.0
    /// Multiplies the local losses of pipes.
    public var localScale = 1.0
    /// k of Hazen–Williams: 4.727 ft-s units, the customary form, so its exponents are part of the definition.
    public var hazenWilliams = 10.666829488930048
    /// k of Chézy–Manning: 4^(10/3)/π².
    public var chezyManning = 10.29359062403265
    /// e of Chézy–Manning.
    public var manningExponent = 16.0 / 3

    /// Formulas for the friction factor of turbulent flow.
    public enum FrictionFactor: Hashable, Sendable {
        /// Colebrook (1939), to machine accuracy, with a cubic that meets both neighbours between Re 2000 and 4000.
        case colebrookWhite
        /// Swamee & Jain (1976) with the cubic of Dunlop (1991), as EPANET has it.
        case swameeJain
    }

    /// The exact convention.
    public init() {}
    /// The exact convention.
    public static let exact = HydraulicConvention()
}

/// Directions in which a link may pass water, beside what its element does.
public enum FlowDirections: UInt8, Hashable, Sendable {
    /// Both.
    case both
    /// From `from` to `to` only: for example out of a full tank.
    case forward
    /// From `to` to `from` only.
    case backward
}

/// A point of a head loss curve.
public struct LossCurvePoint: Hashable, Sendable {
    /// Volume flow, ≥ 0; the curve is the same in both directions.
    public var flow: VolumeFlow
    /// Pressure loss.
    public var loss: PressureDifference
    /// A point of a curve.
    public init(flow: VolumeFlow, loss: PressureDifference) { (self.flow, self.loss) = (flow, loss) }
}

/// An opening to a place of fixed pressure: sprinkler, leak, fire hose. Mass flow = coefficient · pressure^exponent.
public struct Outlet: Hashable, Sendable {
    /// kg/s at a pressure difference of 1 Pa.
    public var coefficient: Double
    /// Exponent of the pressure; 0.5 for an orifice.
    public var exponent: Double
    /// Whether water comes back in where the pressure turns round.
    public var allowsBackflow: Bool
    /// Most water it lets out; nil = as much as the pressure gives. With a limit it is a demand that falls with the pressure.
    public var limit: MassFlow?
    /// Describes an opening.
    public init(coefficient: Double, exponent: Double, allowsBackflow: Bool = true, limit: MassFlow? = nil) {
        (self.coefficient, self.exponent, self.allowsBackflow) = (coefficient, exponent, allowsBackflow)
        self.limit = limit
    }
}
