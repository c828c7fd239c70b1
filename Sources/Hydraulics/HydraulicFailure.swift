import NetworkModel

/// Why there is no trustworthy solution of a circuit, with the element to look at.
public struct HydraulicFailure: Error, Sendable {
    /// What went wrong.
    public var reason: Reason
    /// The worst element by its place in the ``Network``.
    public var element: HydraulicFinding.Element
    /// Residuals of every iteration.
    public var residualHistory: [HydraulicResidual]

    /// Reasons for which no solution is returned.
    public enum Reason: Hashable, Sendable {
        /// The iteration limit was reached.
        case notConverged
        /// Demands or prescribed flows cannot be met through one-way and limiting devices; the lacking flow in kg/s.
        case infeasible(Double)
        /// No pressure is held anywhere in the circuit.
        case noFixedPressure
        /// An input is not a finite number where one is needed (NaN or infinite pressure, demand, temperature, …).
        case notFinite
        /// Devices switched in a circle even one at a time, so that no state of theirs satisfies all of them.
        case switchingCycle
        /// The matrix of a Newton step could not be factorised.
        case singular
        /// The independent check contradicts the solver; the number is the error it found (Pa or kg/s).
        case checkFailed(SolutionCheck.Criterion, Double)
    }
}

extension HydraulicFailure: CustomStringConvertible {
    /// Reason, element and last residual in one line; for people, ``problem(in:)`` says it better.
    public var description: String {
        let last = residualHistory.last.map { ", mass error \($0.mass) kg/s, pressure error \($0.pressure) Pa" } ?? ""
        return "\(reason) at \(element) after \(residualHistory.count) iterations\(last)"
    }
}

extension HydraulicFailure {
    /// The failure as a message about an element of the network.
    public func problem(in network: Network) -> Problem {
        let reference: ElementReference? =
            switch element {
            case .node(let node): ElementReference(kind: "nodes", id: network.nodes[node].id)
            case .link(let link):
                ElementReference(kind: network.links[link].element.tableName, id: network.links[link].id)
            case .circuit: nil
            }
        let last = residualHistory.last
        let arguments = [
            "\(residualHistory.count)", "\(last?.mass ?? .nan)", "\(last?.pressure ?? .nan)", reason.detail,
        ]
        return Problem(reason.code, element: reference, arguments: arguments)
    }
}

extension HydraulicFailure.Reason {
    fileprivate var detail: String {
        switch self {
        case .infeasible(let flow): "\(flow)"
        case .checkFailed(let criterion, let error): "\(criterion.rawValue): \(error) \(criterion.unit)"
        default: ""
        }
    }

    fileprivate var code: ProblemCode {
        switch self {
        case .notConverged: .hydraulicsNotConverged
        case .infeasible: .hydraulicsInfeasible
        case .noFixedPressure: .hydraulicsNoPressure
        case .notFinite: .hydraulicsNotFinite
        case .switchingCycle: .hydraulicsCycle
        case .singular: .hydraulicsSingular
        case .checkFailed: .hydraulicsCheckFailed
        }
    }
}

extension ProblemCode {
    static let hydraulicsNotConverged = ProblemCode(
        "solve-not-converged",
        en: ("flows and pressures did not settle after {0} iterations: mass error {1} kg/s, pressure error {2} Pa, worst here", "check the data of this element and its neighbours"),
        zh: ("迭代 {0} 次后仍未收敛：质量误差 {1} kg/s，压力误差 {2} Pa，此处最大", "请检查该元件及相邻元件的数据"))
    static let hydraulicsInfeasible = ProblemCode(
        "solve-infeasible",
        en: ("the flow asked for cannot be met: {3} kg/s is lacking here because check valves, pumps or limits stand in the way", "lower the demand, turn the device round or raise its limit"),
        zh: ("所需流量无法满足：因止回阀、水泵或限流装置，此处缺 {3} kg/s", "请减小流量、调换方向或提高限值"))
    static let hydraulicsNoPressure = ProblemCode(
        "solve-no-pressure",
        en: ("no pressure is held anywhere in this circuit", "give one node a pressure"), zh: ("该环路没有定压点", "请为一个节点给定压力"))
    static let hydraulicsNotFinite = ProblemCode(
        "solve-not-finite",
        en: ("a number that the hydraulics need is missing, infinite or not a number", "correct it"),
        zh: ("水力计算所需的数值缺失、无穷或无效", "请更正"))
    static let hydraulicsCycle = ProblemCode(
        "solve-switching-cycle",
        en: ("check valves, limits and controllers drive each other round in a circle, this one among them", "move a sensor, or let one device alone control this part"),
        zh: ("止回阀、限流装置与控制装置相互循环动作，本装置在其中", "请移动取压点，或只由一个装置控制该部分"))
    static let hydraulicsSingular = ProblemCode(
        "solve-singular",
        en: ("the equations have no single solution here", "check links without resistance and devices in series"),
        zh: ("此处方程没有唯一解", "请检查无阻力管段和串联装置"))
    static let hydraulicsCheckFailed = ProblemCode(
        "solve-check-failed",
        en: ("the independent check contradicts the solution ({3})", "please report this network"),
        zh: ("独立校核与解不符（{3}）", "请报告该管网"))
}
