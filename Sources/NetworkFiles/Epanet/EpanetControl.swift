import NetworkModel

/// A simple control: one condition, one link.
public struct EpanetControl: Sendable {
    /// Position of the link.
    public var link: Int
    /// What happens to it.
    public var action: EpanetAction
    /// When.
    public var condition: Condition
    /// False for a control marked `DISABLED` (2.3).
    public var isEnabled: Bool
    /// Line of the file.
    public var line: Int

    /// When a control acts.
    public enum Condition: Sendable {
        /// At this time of the simulation, s.
        case time(Int)
        /// At this time of day, s.
        case clock(Int)
        /// When the level of a tank or the pressure of a junction is at or below a value in the file's unit.
        case below(node: Int, level: Double)
        /// When it is at or above.
        case above(node: Int, level: Double)
    }
}

/// What a control or rule does to a link.
public enum EpanetAction: Hashable, Sendable {
    /// Opens it; a pump runs at speed 1, a valve stops regulating.
    case open
    /// Closes it.
    case closed
    /// Sets a pump's speed or a valve's setting, in the file's unit.
    case setting(Double)
}

/// A rule: premises, and what follows.
public struct EpanetRule: Sendable {
    /// The word after `RULE`.
    public var label: String
    /// Premises in the order of the file; an `OR` counts only where all before it fail.
    public var premises: [EpanetPremise]
    /// Actions where the premises hold.
    public var then: [(link: Int, action: EpanetAction)]
    /// Actions where they do not.
    public var otherwise: [(link: Int, action: EpanetAction)]
    /// Wins over rules of lower priority for the same link.
    public var priority: Double
    /// False for a rule marked `DISABLED`.
    public var isEnabled: Bool
    /// Line of the file.
    public var line: Int
}

/// One clause of a rule.
public struct EpanetPremise: Sendable {
    /// Whether the clause starts with `OR`.
    public var isAlternative: Bool
    /// What is looked at.
    public var subject: Subject
    /// How it is compared.
    public var relation: Relation
    /// With what.
    public var value: Value

    /// What a premise looks at.
    public enum Subject: Hashable, Sendable {
        case systemDemand, time, clockTime
        case node(Int, NodeQuantity)
        case link(Int, LinkQuantity)
    }
    /// Quantities of a node.
    public enum NodeQuantity: String, CaseIterable, Sendable {
        case demand = "DEMAND", head = "HEAD", grade = "GRADE", level = "LEVEL", pressure = "PRESSURE"
        case fillTime = "FILLTIME", drainTime = "DRAINTIME"
    }
    /// Quantities of a link.
    public enum LinkQuantity: String, CaseIterable, Sendable { case flow = "FLOW", status = "STATUS", setting = "SETTING" }
    /// Comparisons.
    public enum Relation: Sendable { case equal, unequal, less, lessOrEqual, greater, greaterOrEqual }
    /// What a premise compares with.
    public enum Value: Hashable, Sendable {
        /// A number in the file's unit, or seconds.
        case number(Double)
        case status(EpanetStatus)
    }
}
