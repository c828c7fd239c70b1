#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import NetworkModel
import Quantities

/// By whose constants an EPANET file is solved.
public enum EpanetPhysics: String, CaseIterable, Sendable {
    /// Exact conversions, Colebrook–White friction, standard gravity.
    case exact
    /// EPANET's rounded conversions, its gravity and viscosity, Swamee–Jain friction: for agreement with EPANET.
    case epanet
}

/// Turns figures in a file's units into SI, exactly or with EPANET's factors.
///
/// EPANET computes in feet and cubic feet a second and converts with rounded factors (types.h of EPANET 2.3). Volume flows
/// here are always those of the file, exactly; where EPANET's rounding matters it is put into the laws: a head loss in EPANET is
/// that of ``flowScale`` times the flow.
public struct EpanetUnits: Sendable {
    /// By whose constants.
    public let physics: EpanetPhysics
    /// m³/s of one flow unit, exact.
    public let flow: Double
    /// The flow EPANET computes with over the flow in the file; 1 for exact physics.
    public let flowScale: Double
    /// m of one unit of elevation and length.
    public let length: Double
    /// m of one unit of diameter.
    public let diameter: Double
    /// m of one unit of the roughness of Darcy–Weisbach.
    public let roughness: Double
    /// m of water column of one unit of pressure, for the water of the file.
    public let pressure: Double
    /// W of one unit of power.
    public let power: Double
    /// Density of the water, kg/m³.
    public let density: Double
    /// m of water column of one unit of the pressure that emitter coefficients refer to.
    let emitterPressure: Double

    /// The units of a file.
    public init(_ options: EpanetOptions, physics: EpanetPhysics) {
        self.physics = physics
        let unit = options.flowUnit
        flow = unit.cubicMetresPerSecond
        flowScale = physics == .exact ? 1 : Self.cubicFoot / unit.perCubicFootPerSecond / unit.cubicMetresPerSecond
        length = unit.isMetric ? 1 : Self.foot
        diameter = unit.isMetric ? 0.001 : 0.0254
        roughness = length / 1000
        let gravity = options.specificGravity
        density = 1000 * gravity
        let psi = physics == .exact ? 6894.757293168361 / (1000 * gravity * 9.80665) : Self.foot / (0.4333 * gravity)
        switch options.pressureUnit ?? (unit.isMetric ? .metres : .poundsPerSquareInch) {
        case .poundsPerSquareInch: pressure = psi
        case .kilopascals: pressure = physics == .exact ? 1 / (gravity * 9.80665) : psi / 6.895
        case .bar: pressure = physics == .exact ? 100 / (gravity * 9.80665) : psi / 0.068948
        case .metres: pressure = 1
        case .feet: pressure = Self.foot
        }
        emitterPressure = unit.isMetric ? 1 : psi
        let horsepower = 745.6998715822702
        switch physics {
        case .exact: power = unit.isMetric ? 1000 : horsepower
        case .epanet:
            // h[ft] = 8.814 P[hp] / Q[ft³/s], so the power is that which gives this head at the file's flow.
            let perHorsepower = density * 9.80665 * 8.814 * Self.foot * Self.cubicFoot / flowScale
            power = unit.isMetric ? perHorsepower / 0.7457 : perHorsepower
        }
    }

    static let foot = 0.3048
    static let cubicFoot = 0.028316846592

    /// Gauge pressure in Pa of a column of the file's water, m.
    func pascals(head: Double) -> Double { head * density * 9.80665 }

    /// Formulas and constants of head loss that go with the physics.
    public var convention: HydraulicConvention {
        var convention = HydraulicConvention.exact
        guard physics == .epanet else { return convention }
        let square = flowScale * flowScale
        convention.frictionFactor = .swameeJain
        convention.darcyScale = square * 9.80665 / (32.2 * Self.foot)
        convention.localScale = square * 0.02517 / Self.foot * Double.pi * Double.pi * 9.80665 / 8
        convention.hazenWilliams *= pow(flowScale, 1.852)
        // (4 n / (1.49 π d²))² (d/4)^−1.333 L q² in feet.
        convention.chezyManning =
            square * pow(4 / (1.49 * Double.pi), 2) * pow(4, 1.333) * pow(Self.foot, -0.667)
        convention.manningExponent = 5.333
        return convention
    }

    /// Dynamic viscosity that a file asks for, Pa s; with EPANET's physics the one that gives its Reynolds numbers.
    public func viscosity(_ options: EpanetOptions) -> Double {
        // 1.0034e-6 m²/s is water of 20 °C (IAPWS); EPANET has 1.1e-5 ft²/s for it.
        let reference = physics == .exact ? 1.0034e-6 : 1.1e-5 * Self.foot * Self.foot
        let given = options.viscosity ?? 1
        let kinematic = given > 1e-3 ? given * reference : given * length * length
        return kinematic * density / flowScale
    }
}

extension EpanetFlowUnit {
    /// m³/s, exact by definition.
    public var cubicMetresPerSecond: Double {
        switch self {
        case .cubicFeetPerSecond: 0.028316846592
        case .gallonsPerMinute: 0.003785411784 / 60
        case .millionGallonsPerDay: 3785.411784 / 86400
        case .imperialMillionGallonsPerDay: 4546.09 / 86400
        case .acreFeetPerDay: 1233.48183754752 / 86400
        case .litresPerSecond: 0.001
        case .litresPerMinute: 0.001 / 60
        case .megalitresPerDay: 1000.0 / 86400
        case .cubicMetresPerHour: 1.0 / 3600
        case .cubicMetresPerDay: 1.0 / 86400
        case .cubicMetresPerSecond: 1
        }
    }

    /// EPANET's rounded factor: units a cubic foot a second.
    var perCubicFootPerSecond: Double {
        switch self {
        case .cubicFeetPerSecond: 1
        case .gallonsPerMinute: 448.831
        case .millionGallonsPerDay: 0.64632
        case .imperialMillionGallonsPerDay: 0.5382
        case .acreFeetPerDay: 1.9837
        case .litresPerSecond: 28.317
        case .litresPerMinute: 1699.0
        case .megalitresPerDay: 2.4466
        case .cubicMetresPerHour: 101.94
        case .cubicMetresPerDay: 2446.6
        case .cubicMetresPerSecond: 0.028317
        }
    }
}
