import Quantities

/// What a pump's drive follows.
///
/// Every rule but a fixed speed acts between ``Pump/leastSpeed`` and ``Pump/speed``; where neither end reaches the set value, the pump
/// stays at that end and the solution says by how much it is missed.
public enum PumpControl: Hashable, Sendable {
    /// The speed is given.
    case fixedSpeed
    /// The pump's own head is held.
    case constantDifference(PressureDifference)
    /// The pump's own head falls in a straight line from the set value at a flow to a share of it at no flow.
    ///
    /// Without a flow it is the one at which the pump gives the set head at its full speed.
    case proportionalDifference(PressureDifference, share: Double, flow: VolumeFlow?)
    /// The least of the pressure differences over pairs of nodes is held (worst point).
    case worstPoint(PressureDifference, [NodePair])
}

/// Two nodes whose pressure difference is measured.
public struct NodePair: Hashable, Sendable {
    /// The node of higher pressure.
    public var high: NodeIndex
    /// The node of lower pressure.
    public var low: NodeIndex
    /// A pair of nodes.
    public init(high: NodeIndex, low: NodeIndex) { (self.high, self.low) = (high, low) }
}
