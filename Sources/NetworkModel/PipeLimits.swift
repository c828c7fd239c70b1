import Quantities

/// What the water in a pipe is not to exceed, by the rules of whoever runs it; nothing unless it is given.
public struct PipeLimits: Hashable, Sendable {
    /// Greatest mean velocity; nil = any.
    public var velocity: Velocity?
    /// Greatest friction a metre, Pa/m, local losses apart; nil = any.
    public var friction: Double?

    /// Limits of a pipe; none without arguments.
    public init(velocity: Velocity? = nil, friction: Double? = nil) { (self.velocity, self.friction) = (velocity, friction) }

    /// Whether nothing is limited.
    public var isNone: Bool { velocity == nil && friction == nil }
}
