import NetworkModel

/// A water network as an EPANET input file (`.inp`, versions 2.0 to 2.3) describes it for time 0.
///
/// Figures stay in the file's own units, because `[OPTIONS] UNITS` may stand anywhere in the file and because
/// EPANET's own conversion factors are rounded: ``EpanetUnits`` turns them into SI, exactly or as EPANET does.
/// References are positions in the arrays here; every reference holds in a network that ``EpanetReader`` gives out.
public struct EpanetNetwork: Sendable {
    /// The lines of `[TITLE]`.
    public var title: [String] = []
    /// `[OPTIONS]`, as far as steady hydraulics need them.
    public var options = EpanetOptions()
    /// `[TIMES]`, as far as time 0 needs them.
    public var times = EpanetTimes()
    /// Junctions, then reservoirs, then tanks, each in the order of the file.
    public var nodes: [EpanetNode] = []
    /// Pipes, then pumps, then valves, each in the order of the file.
    public var links: [EpanetLink] = []
    /// Time patterns in the order of the file.
    public var patterns: [EpanetPattern] = []
    /// Curves in the order of the file.
    public var curves: [EpanetCurve] = []
    /// Simple controls in the order of the file, which is the order in which they act.
    public var controls: [EpanetControl] = []
    /// Rule-based controls in the order of the file.
    public var rules: [EpanetRule] = []
}

/// A junction, reservoir or tank.
public struct EpanetNode: Sendable {
    /// The file's id, at most 31 bytes where EPANET is to read it.
    public var id: ElementID
    /// What the node is.
    public var kind: Kind
    /// Elevation; for a reservoir its total head. m, or ft in a file of US units.
    public var elevation: Double
    /// Place on the map in the file's own coordinates, where given.
    public var position: MapPoint?
    /// Line of the file that defines the node.
    public var line: Int

    /// What a node is.
    public enum Kind: Sendable {
        /// Water is taken out or fed in; the head is computed.
        case junction(EpanetJunction)
        /// A boundless body of water whose head is the elevation times the pattern (a position in ``EpanetNetwork/patterns``).
        case reservoir(pattern: Int?)
        /// A body of water whose head at time 0 is elevation plus initial level.
        case tank(EpanetTank)
    }

    /// Whether the head is given: a reservoir or tank.
    public var isSource: Bool {
        if case .junction = kind { false } else { true }
    }
}

/// What a junction takes out.
public struct EpanetJunction: Sendable {
    /// Demand categories; those of `[DEMANDS]` replace the one of `[JUNCTIONS]`.
    public var demands: [EpanetDemand] = []
    /// Emitter coefficient C of q = C p^γ: flow unit at one metre (psi in US units); nil without emitter.
    public var emitter: Double?
}

/// One demand category of a junction.
public struct EpanetDemand: Sendable {
    /// Base demand in the flow unit.
    public var base: Double
    /// Its time pattern; nil = the default pattern of `[OPTIONS]`.
    public var pattern: Int?
}

/// Levels of a tank above its elevation, in the elevation's unit.
public struct EpanetTank: Sendable {
    /// Level at time 0.
    public var initialLevel: Double
    /// An outflow stops at this level.
    public var minimumLevel: Double
    /// An inflow stops at this level unless the tank may overflow.
    public var maximumLevel: Double
    /// Diameter, for the volume; not used at time 0.
    public var diameter: Double
    /// Whether inflow goes on when the tank is full (2.2 and later).
    public var canOverflow: Bool
}

/// A pipe, pump or valve from one node to another; flow is positive from `from` to `to`.
public struct EpanetLink: Sendable {
    /// The file's id.
    public var id: ElementID
    /// Position of the first node.
    public var from: Int
    /// Position of the second node.
    public var to: Int
    /// What the link is.
    public var element: Element
    /// Status before controls act: a valve is normally ``EpanetStatus/active``, that is, it follows its setting.
    public var status: EpanetStatus
    /// Bends of the drawn line, in the file's coordinates.
    public var vertices: [MapPoint] = []
    /// Line of the file that defines the link.
    public var line: Int

    /// What a link is.
    public enum Element: Sendable {
        case pipe(EpanetPipe)
        case pump(EpanetPump)
        case valve(EpanetValve)
    }

    /// The name of the section that defines it, in lower case.
    public var table: String {
        switch element {
        case .pipe: "pipes"
        case .pump: "pumps"
        case .valve: "valves"
        }
    }
}

/// Whether a link is open, closed, or follows its setting.
public enum EpanetStatus: Hashable, Sendable { case open, closed, active }

/// A pipe.
public struct EpanetPipe: Sendable {
    /// m or ft.
    public var length: Double
    /// mm or in.
    public var diameter: Double
    /// C of Hazen–Williams, n of Manning, or the sand roughness of Darcy–Weisbach in mm or thousandths of a foot.
    public var roughness: Double
    /// Sum of local loss coefficients ζ.
    public var minorLoss: Double
    /// Whether a check valve stops flow from `to` to `from`.
    public var hasCheckValve: Bool
    /// Area of its leaks without pressure, mm² a hundred units of length.
    public var leakArea = 0.0
    /// What that area grows by with the pressure, mm² a metre of head and a hundred units of length.
    public var leakExpansion = 0.0
}

/// A pump, pushing from `from` to `to`.
public struct EpanetPump: Sendable {
    /// Constant power given to the water, kW or hp; used where there is no curve.
    public var power: Double?
    /// Head curve.
    public var curve: Int?
    /// Speed relative to that of the curve; 0 = off.
    public var speed: Double
    /// Pattern whose multiplier *is* the speed.
    public var pattern: Int?
}

/// A control valve.
public struct EpanetValve: Sendable {
    /// What it does.
    public var kind: EpanetValveKind
    /// mm or in.
    public var diameter: Double
    /// Pressure (PRV, PSV, PBV), flow (FCV), ζ (TCV) or opening in % (PCV); unused for a GPV.
    public var setting: Double
    /// ζ fully open.
    public var minorLoss: Double
    /// Head loss over flow (GPV) or share of the full Kv in % over opening in % (PCV).
    public var curve: Int?
}

/// The kinds of control valve.
public enum EpanetValveKind: String, CaseIterable, Sendable {
    /// Holds the pressure behind it at most at the setting.
    case pressureReducing = "PRV"
    /// Holds the pressure before it at least at the setting.
    case pressureSustaining = "PSV"
    /// Takes away a fixed pressure.
    case pressureBreaking = "PBV"
    /// Holds the flow at most at the setting.
    case flowControl = "FCV"
    /// A set loss coefficient.
    case throttleControl = "TCV"
    /// A head loss curve.
    case generalPurpose = "GPV"
    /// A loss by opening (2.3 and later).
    case positionControl = "PCV"
}

/// A time pattern: multipliers of consecutive periods, repeated.
public struct EpanetPattern: Sendable {
    /// The file's id.
    public var id: ElementID
    /// One multiplier a period; never empty in a network that was read without error.
    public var multipliers: [Double]

    /// The multiplier of a period counted from the start of the simulation.
    public func multiplier(period: Int) -> Double { multipliers.isEmpty ? 1 : multipliers[period % multipliers.count] }
}

/// A curve by points of rising x.
public struct EpanetCurve: Sendable {
    /// The file's id.
    public var id: ElementID
    /// First column.
    public var x: [Double]
    /// Second column, as many values.
    public var y: [Double]
    /// Line of the first point.
    public var line: Int
}
