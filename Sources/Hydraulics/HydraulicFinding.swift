import NetworkModel
import Quantities

/// Something in a right solution that a person must not miss.
public struct HydraulicFinding: Hashable, Sendable {
    /// What was found.
    public var kind: Kind
    /// The element, by its place in the ``Network``.
    public var element: Element
    /// The number that goes with it (see ``Kind``).
    public var amount: Double

    /// Describes a finding.
    public init(kind: Kind, element: Element, amount: Double) { (self.kind, self.element, self.amount) = (kind, element, amount) }

    /// Where it was found.
    public enum Element: Hashable, Sendable {
        case node(NodeIndex)
        case link(LinkIndex)
        case circuit
    }

    /// Kinds of findings; the amount of each in brackets.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// Water is asked for where no open path leads to a fixed pressure [demand, kg/s].
        case unreachableDemand
        /// A flow is prescribed through a closed link or into a part that is cut off [flow, kg/s].
        case unreachablePrescribedFlow
        /// A pump works beyond the last point of its curve, where its head is extrapolated [flow over last flow].
        case pumpBeyondCurve
        /// A pump works below the first point of its curve, where its head is extrapolated [flow over first flow].
        case pumpBelowCurve
        /// A pump that is on cannot overcome the pressure against it and passes nothing [pressure lacking, Pa].
        case pumpCannotDeliver
        /// A prescribed flow that only a pump in its place could drive [head that pump would need, Pa].
        case prescribedFlowNeedsHead
        /// Gauge pressure below −1.013 bar: no water can be at such a pressure [pressure, Pa].
        case belowVacuum
        /// A valve cannot hold the pressure before it, because what lies behind it has no other supply [pressure lacking, Pa].
        case settingNotHeld
        /// Open and close decisions repeated themselves; the method of multipliers found the answer [iterations].
        case switchingCycleResolved
    }
}

extension HydraulicFinding {
    /// The finding as a message about an element of the network.
    public func problem(in network: Network) -> Problem {
        let reference: ElementReference? =
            switch element {
            case .node(let node): ElementReference(kind: "nodes", id: network.nodes[node].id)
            case .link(let link):
                ElementReference(kind: network.links[link].element.tableName, id: network.links[link].id)
            case .circuit: nil
            }
        return Problem(kind.code, severity: .warning, element: reference, arguments: [kind.format(amount)])
    }
}

extension HydraulicFinding.Kind {
    /// The number with the unit a person reads.
    fileprivate func format(_ amount: Double) -> String {
        switch self {
        case .unreachableDemand, .unreachablePrescribedFlow: "\(amount.rounded(toThousandths: ())) kg/s"
        case .pumpBeyondCurve, .pumpBelowCurve: "\((amount * 100).rounded()) %"
        case .pumpCannotDeliver, .prescribedFlowNeedsHead, .belowVacuum, .settingNotHeld: "\((amount / 1000).rounded(toThousandths: ())) kPa"
        case .switchingCycleResolved: "\(Int(amount))"
        }
    }

    /// The wording.
    var code: ProblemCode {
        switch self {
        case .unreachableDemand: .unreachableDemand
        case .unreachablePrescribedFlow: .unreachablePrescribedFlow
        case .pumpBeyondCurve: .pumpBeyondCurve
        case .pumpBelowCurve: .pumpBelowCurve
        case .pumpCannotDeliver: .pumpCannotDeliver
        case .prescribedFlowNeedsHead: .prescribedFlowNeedsHead
        case .belowVacuum: .belowVacuum
        case .settingNotHeld: .settingNotHeld
        case .switchingCycleResolved: .switchingCycleResolved
        }
    }
}

extension Double {
    fileprivate func rounded(toThousandths: Void) -> Double {
        magnitude < 1e12 ? (self * 1000).rounded() / 1000 : self
    }
}

extension ProblemCode {
    static let unreachableDemand = ProblemCode(
        "unreachable-demand",
        en: ("{0} is asked for where no open path leads to a node of known pressure", "open a path to it, or remove the demand"),
        zh: ("要求流量 {0}，但没有开启的通路通向定压点", "请打开通路，或取消该流量"))
    static let unreachablePrescribedFlow = ProblemCode(
        "unreachable-prescribed-flow",
        en: ("a flow of {0} is prescribed where no water can pass", "open the link and a path to it"),
        zh: ("给定流量 {0}，但此处无法通水", "请打开该管段及其通路"))
    static let pumpBeyondCurve = ProblemCode(
        "pump-beyond-curve",
        en: ("the pump works at {0} of the last flow of its curve; its head there is extrapolated", "give more points, a larger pump, or throttle"),
        zh: ("水泵流量为曲线末点的 {0}，扬程为外推值", "请补充曲线数据、换大泵或关小阀门"))
    static let pumpBelowCurve = ProblemCode(
        "pump-below-curve",
        en: ("the pump works at {0} of the first flow of its curve; its head there is extrapolated", "give the head at zero flow"),
        zh: ("水泵流量为曲线首点的 {0}，扬程为外推值", "请给出零流量扬程"))
    static let pumpCannotDeliver = ProblemCode(
        "pump-cannot-deliver",
        en: ("the pump is on but passes nothing: it lacks {0}", "raise its head or speed, or switch it off"),
        zh: ("水泵运行但无流量：扬程不足 {0}", "请提高扬程或转速，或停泵"))
    static let prescribedFlowNeedsHead = ProblemCode(
        "prescribed-flow-needs-head",
        en: ("the given flow would need a pump of {0} at this place", "raise the pump head, or lower the flow"),
        zh: ("给定流量在此处还需 {0} 的扬程", "请提高水泵扬程，或减小流量"))
    static let belowVacuum = ProblemCode(
        "below-vacuum",
        en: ("the gauge pressure is {0}, below an absolute vacuum", "raise the held pressure or lower the losses before it"),
        zh: ("表压为 {0}，低于绝对真空", "请提高定压或减小阻力"))
    static let settingNotHeld = ProblemCode(
        "setting-not-held",
        en: ("the valve stands open and its set pressure is missed by {0}: what lies behind it has no other supply", "lower the setting, or give the part behind the valve a supply of its own"),
        zh: ("阀门全开，设定压力仍差 {0}：阀后没有其他水源", "请降低设定值，或为阀后部分另设水源"))
    static let switchingCycleResolved = ProblemCode(
        "switching-cycle-resolved",
        en: ("check valves, pumps or limits switched in a cycle; solved by multipliers after {0} iterations", ""),
        zh: ("止回阀、水泵或限流装置循环切换；经 {0} 次迭代由乘子法求解", ""))
}
