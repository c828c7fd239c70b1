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
        /// A valve cannot hold the pressure it reads, because its flow is decided elsewhere: what lies behind it has no other supply, or
        /// what it reads does not depend on it [pressure missing, Pa].
        case settingNotHeld
        /// Open and close decisions repeated themselves; the method of multipliers found the answer [iterations].
        case switchingCycleResolved
        /// A controller stands fully open, or its pump runs at full speed, and the set value is still missed [pressure missing, Pa].
        case controlFullyOpen
        /// A controller is shut, or its pump runs at its least speed, and the reading is still above the set value [pressure over, Pa].
        case controlAtLimit
        /// A controller whose sensors are cut off or in another circuit; it stands fully open or at full speed [number of sensors].
        case sensorCutOff
        /// A controller holds its reading, but more flow through it moves the reading the wrong way: it would run to its end [set value, Pa].
        case controlBackwards
        /// A pressure-independent valve has less than its least difference and acts as its Kv [pressure lacking, Pa].
        case belowLeastDifference
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
        case .pumpCannotDeliver, .prescribedFlowNeedsHead, .belowVacuum, .settingNotHeld, .controlFullyOpen, .controlAtLimit,
            .controlBackwards, .belowLeastDifference:
            "\((amount / 1000).rounded(toThousandths: ())) kPa"
        case .switchingCycleResolved, .sensorCutOff: "\(Int(amount))"
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
        case .controlFullyOpen: .controlFullyOpen
        case .controlAtLimit: .controlAtLimit
        case .sensorCutOff: .sensorCutOff
        case .controlBackwards: .controlBackwards
        case .belowLeastDifference: .belowLeastDifference
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
        en: ("the valve stands open and its set pressure is missed by {0}: its flow is decided elsewhere", "change the setting, or give the part behind the valve a supply of its own"),
        zh: ("阀门全开，设定压力仍差 {0}：其流量由别处决定", "请修改设定值，或为阀后部分另设水源"))
    static let switchingCycleResolved = ProblemCode(
        "switching-cycle-resolved",
        en: ("check valves, pumps or limits switched in a cycle; solved by multipliers after {0} iterations", ""),
        zh: ("止回阀、水泵或限流装置循环切换；经 {0} 次迭代由乘子法求解", ""))
    static let controlFullyOpen = ProblemCode(
        "control-fully-open",
        en: ("fully open or at full speed, and the set value is still missed by {0}", "raise the pressure before it, choose a larger device, or change the set value"),
        zh: ("已全开或全速，仍差设定值 {0}", "请提高前端压力、加大规格或修改设定值"))
    static let controlAtLimit = ProblemCode(
        "control-at-limit",
        en: ("shut or at its least speed, and the set value is still exceeded by {0}", "look for another supply of this part, or change the set value"),
        zh: ("已全关或处于最低转速，仍超出设定值 {0}", "请检查该部分的其他供水，或修改设定值"))
    static let sensorCutOff = ProblemCode(
        "sensor-cut-off",
        en: ("no open path joins its sensors to a known pressure in its circuit: it is taken as fully open or at full speed", "open a path to them, or choose nodes of its own circuit"),
        zh: ("取压点与定压点不连通，或不在同一环路：按全开或全速计算", "请打开通路，或改用本环路的节点"))
    static let controlBackwards = ProblemCode(
        "control-backwards",
        en: ("it holds its set value of {0}, but more flow through it moves the reading the wrong way: a real controller would run to its end", "exchange the sensor nodes, or use the other kind of controller"),
        zh: ("设定值 {0} 虽可平衡，但流量增大时读数反向变化，实际控制器会走到极限位置", "请调换取压点或改用另一类控制器"))
    static let belowLeastDifference = ProblemCode(
        "below-least-difference",
        en: ("it lacks {0} of the pressure difference that its set flow needs, and acts as an open valve", "raise the pressure difference, or lower the set flow"),
        zh: ("压差比设定流量所需的小 {0}，按全开阀门工作", "请提高压差或减小设定流量"))
}
