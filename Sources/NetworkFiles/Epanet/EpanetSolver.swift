import Hydraulics
import NetworkModel
import Quantities

/// Flows and heads of an EPANET network at time 0, by the elements of the file.
public struct EpanetSolution: Sendable {
    /// Volume flow by link of the file, m³/s, positive from its first to its second node.
    public var flow: [Double]
    /// Status by link of the file.
    public var status: [Status]
    /// Head by node of the file, m; NaN where no open path leads to a reservoir or tank.
    public var head: [Double]
    /// Water taken out by node of the file, m³/s: demand and emitter, and for a reservoir or tank what flows into it.
    public var demand: [Double]
    /// Whether an open path leads to a reservoir or tank, by node of the file.
    public var isReachable: [Bool]
    /// Newton iterations of all circuits and all rounds of pressure controls.
    public var iterations: Int
    /// Corrections with matrices that those iterations had factorised.
    public var corrections = 0
    /// Time that went into describing the file's network to the solver, as far as topology and controls decide it.
    public var modelling = Duration.zero
    /// Worst errors found by the independent checks, one a circuit.
    public var checks: [SolutionCheck]
    /// The file's units under the physics used.
    public var units: EpanetUnits
    /// Statuses and settings that were solved.
    public var state: EpanetTimeZero
    /// What a person must not miss: cut-off demands, pumps beyond their curve, settings that are not held, …
    public var findings: [Problem]

    /// What a link does.
    public enum Status: String, Sendable {
        case open, closed
        /// A PRV, PSV or FCV that is holding its setting.
        case active
    }
}

/// Solves EPANET networks.
public enum EpanetSolver {
    /// Rounds in which controls on junction pressures may change the network before they are taken for a cycle.
    static let controlRounds = 20
    /// EPANET's tolerance on heads in controls, 0.0005 ft in m.
    static let headTolerance = 0.0005 * 0.3048

    /// The steady state at time 0.
    ///
    /// Controls on the pressure of junctions act on the solution as in EPANET: all that hold are applied, and the network is
    /// solved again, until none changes anything.
    /// - Throws: no trustworthy solution of a circuit was found.
    public static func solve(
        _ epanet: EpanetNetwork, physics: EpanetPhysics = .epanet, options: HydraulicOptions = HydraulicOptions()
    ) throws(HydraulicFailure) -> EpanetSolution {
        let clock = ContinuousClock()
        var (start, modelling) = (clock.now, Duration.zero)
        var timeZero = EpanetTimeZero(epanet)
        let reach = EpanetReach(epanet)
        var (iterations, corrections) = (0, 0)
        var round = 0
        while true {
            // What topology decides is decided anew in every round; controls act on the state without it.
            var state = timeZero
            let resting = state.restPumps(of: epanet, reach, physics: physics)
            state.cutOffUnserved(epanet, reach)
            let powerless = state.openPowerlessLimiters(epanet, reach)
            let model = EpanetModel(epanet, physics: physics, timeZero: state)
            modelling += clock.now - start
            var solution = try solve(epanet, model, options)
            start = clock.now
            solution.modelling = modelling
            iterations += solution.iterations
            solution.iterations = iterations
            corrections += solution.corrections
            solution.corrections = corrections
            solution.findings += resting.map { warning(.inpRestingPump, epanet.links[$0]) }
            solution.findings += powerless.map { warning(.inpPowerlessLimiter, epanet.links[$0]) }
            let changed = applyPressureControls(epanet, model, solution, &timeZero)
            if changed.isEmpty { return solution }
            if round >= controlRounds {
                solution.findings += changed.map { warning(.inpControlCycle, epanet.links[$0]) }
                return solution
            }
            round += 1
        }
    }

    private static func warning(_ code: ProblemCode, _ link: EpanetLink) -> Problem {
        Problem(code, severity: .warning, element: ElementReference(kind: link.table, id: link.id))
    }

    /// The steady state of a network whose statuses and settings are given.
    static func solve(
        _ epanet: EpanetNetwork, _ model: EpanetModel, _ options: HydraulicOptions
    ) throws(HydraulicFailure) -> EpanetSolution {
        var work = SolutionWork(epanet, model)
        for circuit in model.network.circuits() {
            let compiled = CompiledNetwork(model.network, circuit: circuit)
            let state = CircuitState(compiled, of: model.network, temperature: Temperature(celsius: 20))
            // A part without any reservoir or tank carries nothing; whoever wanted water there is told so.
            guard state.fixedPressure.contains(where: { !$0.isNaN }) else {
                work.note(cutOff: compiled, state)
                continue
            }
            var solver = HydraulicSolver(compiled, options: options)
            work.note(try solver.solve(state), compiled)
        }
        return work.solution()
    }

    /// Applies the controls whose junction pressure holds in a solution; gives the links that changed.
    private static func applyPressureControls(
        _ epanet: EpanetNetwork, _ model: EpanetModel, _ solution: EpanetSolution, _ timeZero: inout EpanetTimeZero
    ) -> [Int] {
        var changed: [Int] = []
        for position in timeZero.pressureControls {
            let control = epanet.controls[position]
            let holds: Bool
            switch control.condition {
            case .below(let node, let level): holds = solution.head[node] <= head(level, node, epanet, model) + headTolerance
            case .above(let node, let level): holds = solution.head[node] >= head(level, node, epanet, model) - headTolerance
            case .time, .clock: holds = false
            }
            guard holds else { continue }
            let before = (timeZero.status[control.link], timeZero.setting[control.link])
            timeZero.apply(control.action, to: control.link)
            if before != (timeZero.status[control.link], timeZero.setting[control.link]) { changed.append(control.link) }
        }
        return changed
    }

    /// The head at a junction that a pressure in the file's unit stands for.
    private static func head(_ pressure: Double, _ node: Int, _ epanet: EpanetNetwork, _ model: EpanetModel) -> Double {
        epanet.nodes[node].elevation * model.units.length + pressure * model.units.pressure
    }
}

/// Gathers the solutions of circuits into one by the file's elements.
private struct SolutionWork {
    let epanet: EpanetNetwork
    let model: EpanetModel
    var massFlow: [Double]
    var status: [LinkStatus]
    var pressure: [Double]
    var isReachable: [Bool]
    var (iterations, corrections) = (0, 0)
    var checks: [SolutionCheck] = []
    var findings: [Problem] = []

    init(_ epanet: EpanetNetwork, _ model: EpanetModel) {
        (self.epanet, self.model) = (epanet, model)
        massFlow = [Double](repeating: 0, count: model.network.links.count)
        status = [LinkStatus](repeating: .closed, count: model.network.links.count)
        pressure = [Double](repeating: .nan, count: model.network.nodes.count)
        isReachable = [Bool](repeating: false, count: model.network.nodes.count)
    }

    mutating func note(_ solution: HydraulicSolution, _ compiled: CompiledNetwork) {
        for (local, link) in compiled.links.enumerated() {
            massFlow[link.position] = solution.massFlow[local]
            status[link.position] = solution.linkStatus[local]
        }
        for (local, node) in compiled.nodes.enumerated() {
            pressure[node.position] = solution.pressure[local]
            isReachable[node.position] = solution.isReachable[local]
        }
        iterations += solution.iterations
        corrections += solution.corrections
        findings += solution.findings.map { $0.problem(in: model.network) }
        if let check = solution.check { checks.append(check) }
    }

    mutating func note(cutOff compiled: CompiledNetwork, _ state: CircuitState) {
        for (local, node) in compiled.nodes.enumerated() where state.demand[local] != 0 {
            let finding = HydraulicFinding(kind: .unreachableDemand, element: .node(node), amount: state.demand[local])
            findings.append(finding.problem(in: model.network))
        }
    }

    func solution() -> EpanetSolution {
        let density = model.units.density
        let head = epanet.nodes.indices.map { node in
            epanet.nodes[node].elevation * model.units.length + pressure[node] / model.units.pascals(head: 1)
        }
        return EpanetSolution(
            flow: epanet.links.indices.map { massFlow[$0] / density }, status: epanet.links.indices.map(fileStatus),
            head: head, demand: demands(density), isReachable: Array(isReachable[..<epanet.nodes.count]),
            iterations: iterations, corrections: corrections, checks: checks, units: model.units, state: model.timeZero, findings: findings + shortage())
    }

    /// Demands that fall with pressure and get less than they ask for, in one message.
    private func shortage() -> [Problem] {
        var (count, worst) = (0, (share: 1.0, node: -1))
        for outlet in model.outlets {
            guard let demand = outlet.demand else { continue }
            let share = massFlow[outlet.link.position] / demand
            guard share < 1 - 1e-9 else { continue }
            count += 1
            if share < worst.share { worst = (share, outlet.node) }
        }
        guard worst.node >= 0 else { return [] }
        let element = ElementReference(kind: "nodes", id: epanet.nodes[worst.node].id)
        let arguments = ["\(count)", "\((worst.share * 1000).rounded() / 10)"]
        return [Problem(.inpDemandShort, severity: .warning, element: element, arguments: arguments)]
    }

    /// Demand and emitter of junctions; of reservoirs and tanks what flows in.
    private func demands(_ density: Double) -> [Double] {
        var demand = epanet.nodes.indices.map { model.network.nodes[$0].demand.kilogramsPerSecond }
        for outlet in model.outlets { demand[outlet.node] += massFlow[outlet.link.position] }
        let isSource = epanet.nodes.indices.map { epanet.nodes[$0].isSource }
        for link in epanet.links.indices {
            // Fields one by one: a copy of a link would count references.
            let (from, to) = (epanet.links[link].from, epanet.links[link].to)
            if isSource[to] { demand[to] += massFlow[link] }
            if isSource[from] { demand[from] -= massFlow[link] }
        }
        return demand.indices.map { isReachable[$0] ? demand[$0] / density : 0 }
    }

    private func isCutOff(_ link: Int) -> Bool {
        !isReachable[epanet.links[link].from] || !isReachable[epanet.links[link].to]
    }

    private func fileStatus(_ link: Int) -> EpanetSolution.Status {
        switch status[link] {
        case .open, .prescribed: .open
        // What is open in a part that is cut off stays open; it carries nothing.
        case .closed: model.network.links[link].isOpen && isCutOff(link) ? .open : .closed
        case .blocked: .closed
        case .regulating: .active
        case .limiting: if case .valve = epanet.links[link].element { .active } else { .closed }
        }
    }
}
