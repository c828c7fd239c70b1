import NetworkModel
import SparseAlgebra

/// What a strand carries while a state is being solved.
struct StrandFlow: Sendable {
    /// Flow along the strand, kg/s.
    var flow = 0.0
    /// Difference of the potentials less gravity and loss, Pa.
    var error = 0.0
    /// Inverse slope of the law, kg/(s Pa); zero where a device holds the flow.
    var conductance = 0.0
    /// The Newton step of the flow, kg/s.
    var step = 0.0
    /// What a device does with it.
    var hold = Hold.free

    enum Hold: Int8, Sendable { case lower, free, upper }
}

/// Newton's method on the strands of a circuit: the same steps, line search and active set as of ``HydraulicSolver`` on what
/// ``StrandNetwork`` leaves of it.
///
/// Unknown are the flows of strands and the potentials of groups of nodes, some half and a quarter of links and nodes in a two-pipe
/// network. What these steps do not settle is left to the solver on all links.
struct StrandNewton: Sendable {
    let network: StrandNetwork
    /// The links that may pass, by which the strands were found.
    let mayPass: [Bool]
    var table = StrandTable()
    var values: [StrandFlow]
    var potential: [Double]
    /// Newton iterations of the last solve.
    private(set) var iterations = 0
    private(set) var history: [HydraulicResidual] = []
    /// Pressure error of a strand that counts as none, Pa.
    private(set) var tolerance = 0.0

    private var diagonal: [Double]
    private var offDiagonal: [Double]
    /// What each group lacks for balance, then the change of the potentials that makes up for it.
    private var change: [Double]
    private var factor: LDLFactor
    /// Least slope that enters the matrix, Pa s/kg.
    private var floor = 1.0
    /// Conductance in the matrix of strands that a device holds.
    private var leak = 0.0
    private var isBalanced = false

    /// Iterations after which a circuit is left to the solver on all links.
    private static var iterationLimit: Int { 40 }

    /// - Parameter table: laws of other strands of the circuit, whose friction is near.
    init(_ compiled: CompiledNetwork, _ mayPass: [Bool], from fixed: Int, table: StrandTable = StrandTable()) {
        self.table = table
        network = StrandNetwork(compiled, mayPass, from: fixed)
        self.mayPass = mayPass
        values = [StrandFlow](repeating: StrandFlow(), count: network.count)
        potential = [Double](repeating: 0, count: network.groupCount)
        diagonal = potential
        change = potential
        offDiagonal = [Double](repeating: 0, count: network.symbolic.pattern.slotCount)
        factor = LDLFactor(network.symbolic)
    }

    /// Solves a state; whether every strand's law holds and every device is content.
    ///
    /// - Parameters:
    ///   - laws: the laws of all links, prepared for the state.
    ///   - start: flows by local link to start from; nil = none.
    mutating func solve(
        _ compiled: CompiledNetwork, _ laws: LinkLaws, _ state: CircuitState, from start: HydraulicSolution?, _ options: HydraulicOptions
    ) -> Bool {
        table.prepare(compiled, network, laws, state, tolerance: 0.1 * options.pressureTolerance)
        (floor, leak) = (laws.slopeFloor, 1e-10 * laws.flowScale / LinkLaws.expectedLoss)
        (iterations, history, isBalanced) = (0, [], true)
        tolerance = 0.1 * options.pressureTolerance
        potential.clear()
        var reading = begin(laws, start)
        guard reading.worst.isFinite else { return false }
        if start == nil && reading.worst <= tolerance && !table.bounds.contains(where: { $0.lower > 0 || $0.upper < 0 }) {
            history.append(HydraulicResidual(mass: 0, pressure: reading.worst, switches: 0, step: 1))
            return true
        }
        var refinements = 0
        while iterations < Self.iterationLimit {
            guard let descent = step() else { return false }
            iterations += 1
            reading = evaluate(laws)
            var share = 1.0
            if isBalanced { search(laws, descent, &reading, &share) }
            guard reading.worst.isFinite else { return false }
            if share == 1 { isBalanced = true }
            tolerance = 0.1 * options.pressureTolerance + 16 * max(reading.level, 0).ulp
            let slack = 0.1 * max(options.absoluteMassTolerance, 0.01 * options.relativeMassTolerance * reading.largest)
            let switches = switchDevices(laws, slack: slack)
            history.append(HydraulicResidual(mass: 0, pressure: reading.worst, switches: switches, step: share))
            if switches > 0 {
                isBalanced = false
                _ = assemble(laws, isChord: true)
                continue
            }
            guard reading.worst <= tolerance else { continue }
            if isSettled(laws, reading) || refinements >= 4 { return balances(options) }
            refinements += 1
            floor /= 1000
            _ = assemble(laws, isChord: true)
        }
        return false
    }

    /// One more step; whether all is still as it was found.
    mutating func refine(_ laws: LinkLaws, _ options: HydraulicOptions) -> Bool {
        guard step() != nil else { return false }
        iterations += 1
        let reading = evaluate(laws)
        let slack = 0.001 * options.relativeMassTolerance * reading.largest
        guard reading.worst <= tolerance, switchDevices(laws, slack: slack) == 0 else { return false }
        history.append(HydraulicResidual(mass: 0, pressure: reading.worst, switches: 0, step: 1))
        return balances(options)
    }

    // MARK: Start

    /// Sets the first system: from rest with the conductance that each strand is expected to have, or from flows.
    private mutating func begin(_ laws: LinkLaws, _ start: HydraulicSolution?) -> StrandReading {
        for strand in values.indices {
            var value = StrandFlow()
            if let start {
                let link = Int(network.links[Int(network.start[strand])])
                let flow = start.massFlow[link]
                if flow.isFinite { value.flow = network.isAgainst[link] ? -flow : flow }
            }
            values[strand] = value
        }
        for bound in table.bounds {
            let flow = values[bound.strand].flow
            let inside = min(max(flow, bound.lower), bound.upper)
            if flow != inside { isBalanced = false }
            values[bound.strand].flow = inside
            guard let start else { continue }
            if bound.lowerLink >= 0 && start.linkStatus[bound.lowerLink].isHeld {
                values[bound.strand].hold = .lower
                values[bound.strand].flow = bound.lower
            } else if bound.upperLink >= 0 && start.linkStatus[bound.upperLink].isHeld {
                values[bound.strand].hold = .upper
                values[bound.strand].flow = bound.upper
            }
        }
        if start != nil {
            // Whether what is open now balanced before is not known.
            isBalanced = false
            table.evaluateFriction(values)
        }
        return assemble(laws, isChord: false)
    }

    // MARK: One step

    /// Factorises, solves and takes the full step; gives the derivative of the content along it at its start, nil where the matrix is singular.
    private mutating func step() -> Double? {
        diagonal[network.ground] = 1
        change[network.ground] = 0
        do throws(FactorizationFailure) {
            try factor.factor(diagonal: diagonal, offDiagonal: offDiagonal)
        } catch {
            return nil
        }
        factor.solve(&change)
        potential.add(change)
        return values.move(network, change)
    }

    /// Evaluates all laws at the flows as they are.
    private mutating func evaluate(_ laws: LinkLaws) -> StrandReading {
        table.evaluateFriction(values)
        return assemble(laws, isChord: true)
    }

    /// As in ``HydraulicSolver``: looks for a point of the step where the content no longer rises steeply.
    private mutating func search(_ laws: LinkLaws, _ slopeAtStart: Double, _ reading: inout StrandReading, _ share: inout Double) {
        guard slopeAtStart < 0 else { return }
        let goal = -0.5 * slopeAtStart
        var (low, slopeLow) = (0.0, slopeAtStart)
        var (high, slopeHigh) = (1.0, reading.descent)
        guard slopeHigh > goal else { return }
        for _ in 0..<12 {
            let next = min(max(low + (high - low) * slopeLow / (slopeLow - slopeHigh), low + 0.02 * (high - low)), high)
            for strand in values.indices { values[strand].flow += (next - share) * values[strand].step }
            reading = evaluate(laws)
            share = next
            if reading.descent.magnitude <= goal { break }
            if reading.descent < 0 {
                (low, slopeLow) = (next, reading.descent)
                slopeHigh /= 2
            } else {
                (high, slopeHigh) = (next, reading.descent)
                slopeLow /= 2
            }
        }
    }

    // MARK: Devices

    /// Holds strands that left their bounds and frees held ones that are pushed back inside; gives how many changed.
    private mutating func switchDevices(_ laws: LinkLaws, slack: Double) -> Int {
        var switches = 0
        for bound in table.bounds {
            let value = values[bound.strand]
            switch value.hold {
            case .free where value.flow < bound.lower - slack:
                (values[bound.strand].hold, values[bound.strand].flow) = (.lower, bound.lower)
            case .free where value.flow > bound.upper + slack:
                (values[bound.strand].hold, values[bound.strand].flow) = (.upper, bound.upper)
            case .lower where value.error > tolerance, .upper where value.error < -tolerance:
                values[bound.strand].hold = .free
            default: continue
            }
            switches += 1
        }
        if switches > 0 { table.evaluateFriction(values) }
        return switches
    }

    /// Whether errors that pass also fix the flows of strands so wide that pressures say little about them; see ``HydraulicSolver``.
    private func isSettled(_ laws: LinkLaws, _ reading: StrandReading) -> Bool {
        let (close, noise) = (1e-6 * reading.largest, 8 * max(reading.level, 0).ulp)
        let cap = 0.999 / floor
        for value in values where value.hold == .free {
            let error = value.error.magnitude
            guard error > noise else { continue }
            if value.conductance >= cap || error * value.conductance > close { return false }
        }
        return true
    }

    /// Whether the flows balance at every group, from the flows alone; brings what is within rounding of a bound onto it.
    private mutating func balances(_ options: HydraulicOptions) -> Bool {
        for bound in table.bounds { values[bound.strand].flow = min(max(values[bound.strand].flow, bound.lower), bound.upper) }
        var net = [Double](repeating: 0, count: network.groupCount)
        var largest = 0.0
        for strand in values.indices {
            net[Int(network.from[strand])] += values[strand].flow
            net[Int(network.to[strand])] -= values[strand].flow
            largest = max(largest, values[strand].flow.magnitude)
        }
        let allowed = max(options.absoluteMassTolerance, 0.1 * options.relativeMassTolerance * largest)
        let worst = net.reduce(0) { max($0, $1.magnitude) }
        if let last = history.indices.last { history[last].mass = worst }
        return worst <= allowed
    }

    // MARK: The system

    /// Sets errors and conductances from flows and potentials, and the system of the next step from those.
    ///
    /// - Parameter isChord: whether the potentials tell the drives; otherwise slopes are those at the flows, and at rest the expected ones.
    private mutating func assemble(_ laws: LinkLaws, isChord: Bool) -> StrandReading {
        diagonal.clear()
        offDiagonal.clear()
        change.clear()
        let pass = StrandAssembly(network: network, laws: laws, table: table, floor: floor, leak: leak, isChord: isChord)
        var reading = StrandReading()
        pass.run(0..<network.firstMixed, potential, &values, &diagonal, &offDiagonal, &change, &reading)
        pass.runMixed(network.firstMixed..<network.count, potential, &values, &diagonal, &offDiagonal, &change, &reading)
        for level in potential where level.magnitude > reading.level { reading.level = level.magnitude }
        return reading
    }
}

extension LinkStatus {
    /// Whether a device holds the flow at one of its bounds.
    fileprivate var isHeld: Bool { self == .blocked || self == .limiting }
}

extension [StrandFlow] {
    /// Takes the full Newton step; gives the derivative of the content along it at its start.
    fileprivate mutating func move(_ network: StrandNetwork, _ change: [Double]) -> Double {
        let (from, to, change) = (network.from.span, network.to.span, change.span)
        var own = mutableSpan
        var slope = 0.0
        for strand in 0..<own.count {
            let drive = own[strand].error + change[Int(from[strand])] - change[Int(to[strand])]
            let step = own[strand].conductance * drive
            own[strand].step = step
            own[strand].flow += step
            slope -= step * drive
        }
        return slope
    }
}

extension [Double] {
    fileprivate mutating func clear() {
        var own = mutableSpan
        for index in 0..<own.count { own[index] = 0 }
    }
}
