import NetworkModel

/// The independent judgement of a solution: from its flows and pressures alone, with evaluations of its own.
public struct SolutionCheck: Sendable {
    /// The worst error of one kind, with the element it was found at.
    public struct Worst: Hashable, Sendable {
        /// Its size, in the unit of its criterion.
        public var error: Double
        /// The size allowed.
        public var tolerance: Double
        /// Where.
        public var element: HydraulicFinding.Element
        /// Whether it is allowed. An error that is not a number is not.
        public var passes: Bool { error <= tolerance }
    }

    /// What is judged.
    public enum Criterion: String, Hashable, Sendable, CaseIterable {
        /// Mass balance at every reachable node.
        case mass
        /// The pressure equation along every open link.
        case energy
        /// The sum of losses, heads and gravity round every independent loop.
        case loop
        /// One-way devices, limits, prescribed flows, fixed pressures, closed links.
        case setPoint = "set point"

        /// Unit of its errors; a set point is missed by a pressure.
        public var unit: String { self == .mass ? "kg/s" : "Pa" }
    }

    /// Worst mass imbalance of a node, kg/s.
    public var mass: Worst
    /// Worst error of the pressure equation of a link, Pa.
    public var energy: Worst
    /// Worst sum round an independent loop, Pa.
    public var loop: Worst
    /// Worst miss of a set point: Pa for pressures; flows count by the relative mass tolerance.
    public var setPoint: Worst
}
