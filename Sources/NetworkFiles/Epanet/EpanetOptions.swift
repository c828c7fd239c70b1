import NetworkModel

/// `[OPTIONS]` with EPANET's defaults.
public struct EpanetOptions: Sendable {
    /// Unit of flows; decides whether lengths are metric.
    public var flowUnit = EpanetFlowUnit.gallonsPerMinute
    /// Unit of pressures; nil = psi in US units, metres otherwise.
    public var pressureUnit: EpanetPressureUnit?
    /// Law of friction.
    public var headLoss = EpanetHeadLoss.hazenWilliams
    /// Kinematic viscosity: a multiple of EPANET's figure where above 1e-3, else m²/s or ft²/s; nil = that figure.
    public var viscosity: Double?
    /// Density relative to water.
    public var specificGravity = 1.0
    /// Multiplies all demands.
    public var demandMultiplier = 1.0
    /// Pattern of demands that name none; the one called `1` unless the file says otherwise; nil where there is none.
    public var defaultPattern: Int?
    /// γ of q = C p^γ.
    public var emitterExponent = 0.5
    /// Whether an emitter lets water in at negative pressure (2.3: may be forbidden).
    public var emitterBackflow = true
    /// Whether the file asks for demands that fall with pressure (`DEMAND MODEL PDA`).
    public var isPressureDriven = false
    /// Pressure up to which such a demand gets nothing, in the file's unit.
    public var minimumPressure = 0.0
    /// Pressure from which on it gets all, in the file's unit.
    public var requiredPressure = 0.1
    /// Exponent of the share between the two.
    public var pressureExponent = 0.5
}

/// What `[TIMES]` says about time 0, in seconds.
public struct EpanetTimes: Sendable {
    /// Length of a pattern period.
    public var patternStep = 3600
    /// Time in the patterns at which the simulation starts.
    public var patternStart = 0
    /// Clock time at which the simulation starts, 0 ..< 86400.
    public var startClock = 0

    /// The pattern period in force at time 0.
    public var patternPeriod: Int { patternStep > 0 ? patternStart / patternStep : 0 }
}

/// Units of flow that EPANET knows.
public enum EpanetFlowUnit: String, CaseIterable, Sendable {
    case cubicFeetPerSecond = "CFS"
    case gallonsPerMinute = "GPM"
    case millionGallonsPerDay = "MGD"
    case imperialMillionGallonsPerDay = "IMGD"
    case acreFeetPerDay = "AFD"
    case litresPerSecond = "LPS"
    case litresPerMinute = "LPM"
    case megalitresPerDay = "MLD"
    case cubicMetresPerHour = "CMH"
    case cubicMetresPerDay = "CMD"
    case cubicMetresPerSecond = "CMS"

    /// Whether lengths are in metres, diameters in millimetres and powers in kilowatts.
    public var isMetric: Bool {
        switch self {
        case .cubicFeetPerSecond, .gallonsPerMinute, .millionGallonsPerDay, .imperialMillionGallonsPerDay, .acreFeetPerDay: false
        case .litresPerSecond, .litresPerMinute, .megalitresPerDay, .cubicMetresPerHour, .cubicMetresPerDay,
            .cubicMetresPerSecond: true
        }
    }
}

/// Units of pressure that EPANET knows.
public enum EpanetPressureUnit: String, CaseIterable, Sendable {
    case poundsPerSquareInch = "PSI"
    case kilopascals = "KPA"
    case metres = "METERS"
    case bar = "BAR"
    case feet = "FEET"
}

/// Laws of friction that EPANET knows.
public enum EpanetHeadLoss: String, CaseIterable, Sendable {
    case hazenWilliams = "H-W"
    case darcyWeisbach = "D-W"
    case chezyManning = "C-M"
}
