/// What a link does in one Newton iteration.
enum LinkMode: UInt8, Sendable {
    /// Its law holds.
    case free
    /// A one-way link held at zero flow.
    case lower
    /// A limiting link held at its limit.
    case upper
    /// Held at the flow prescribed.
    case prescribed
    /// A valve or pump that holds its reading; its flow is an unknown of its own.
    case regulating
    /// Carries nothing.
    case closed
}

/// A link whose flow has bounds.
struct BoundedLink: Sendable {
    var link: Int32
    /// 0 for a one-way link, −∞ otherwise.
    var lower: Double
    /// The flow limit, +∞ where there is none.
    var upper: Double
    /// Multipliers of the bounds, Pa (used by the method of multipliers alone).
    var lowerMultiplier = 0.0
    var upperMultiplier = 0.0
    /// Penalty slope, Pa s/kg; zero outside the method of multipliers.
    var penalty = 0.0
}
