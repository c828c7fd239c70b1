import NetworkModel

/// Newton's method on the strands of a circuit, four states side by side.
struct StrandSolver: Sendable {
    let compiled: CompiledNetwork
    let network: StrandNetwork
    let laws: StrandLaws
    let options: HydraulicOptions
    /// Iterations of each state.
    private(set) var iterations = [0, 0, 0, 0]

    /// The base state, where every solve starts.
    private var base = Base()
    /// Pressure error of a strand that counts as none, Pa: a tenth of the option, since errors add up round a ring, or rounding.
    private var tolerance = 0.0
    /// How far a root of Colebrook's equation may have moved and still be known well enough: what it then lacks moves a loss of one bar by
    /// no more than ``tolerance``.
    var rootLimit = 1e-5
    /// Relative change of a flow up to which roots go along their tangents. Half the second derivative by the logarithm of the flow is below
    /// a fortieth of the root, so that a loss of one bar lacks less than a tenth of ``tolerance``; 0 while the base is being solved.
    var near = 0.0

    // The four states.
    var values: [StrandValue]
    var potential: [Quad]
    var root: [Quad]
    /// Relative change of each root with the flow, and by strand the flow they were found at; 0 where that is no guide.
    var ratio: [Quad]
    var known: [Quad]
    /// 1 where a strand is open, 0 where it is shut.
    var share: [Quad]
    var system: StrandSystem
    private var imbalance: [Quad]
    /// Laws for the first steps; empty while the base is being solved.
    var foresight: StrandForesight { base.foresight }
    /// The strand of each switch and of each observed link, −1 = none.
    private let switchStrand: [Int32]
    private let observedStrand: [Int32]
    /// Whether an observed link points against its strand.
    private let isAgainst: [Bool]

    /// Numbers of the base by strand, pipe and group.
    private struct Base: Sendable {
        var values: [StrandValue] = []
        /// Flow that a strand would have if no potential changed, kg/s.
        var term: [Double] = []
        /// Laws for the first steps.
        var foresight = StrandForesight()
        var potential: [Quad] = []
    }

    /// Most iterations before a state is left to a solver of its own.
    private static var iterationLimit: Int { 20 }

    /// Passes by the foreseen laws before the exact ones: the linear first step leaves a tenth of the flows, and these squares of that.
    private static var foreseenPasses: Int { 2 }

    /// A solver whose base is solved; nil where its steps do not solve the base.
    init?(
        _ compiled: CompiledNetwork, _ network: StrandNetwork, _ state: CircuitState, _ solution: HydraulicSolution, switches: [Int],
        observed: [Int], options: HydraulicOptions
    ) {
        (self.compiled, self.network, self.options) = (compiled, network, options)
        laws = StrandLaws(compiled, network, state)
        values = Array(repeating: StrandValue(), count: network.count)
        potential = Array(repeating: .zero, count: network.groupCount)
        imbalance = potential
        root = laws.pipes.map { Quad(repeating: $0.firstRoot) }
        ratio = Array(repeating: .zero, count: laws.pipes.count)
        known = Array(repeating: .zero, count: network.count)
        share = Array(repeating: .one, count: network.count)
        system = StrandSystem(network)
        switchStrand = switches.map { network.strandOfLink[$0] }
        observedStrand = observed.map { network.strandOfLink[$0] }
        isAgainst = observed.map { network.isAgainst[$0] }
        guard solveBase(state, solution, switches) else { return nil }
    }

    /// Finds potentials and slopes of the base from its flows.
    private mutating func solveBase(_ state: CircuitState, _ solution: HydraulicSolution, _ switches: [Int]) -> Bool {
        for (place, link) in switches.enumerated() where switchStrand[place] >= 0 && !state.isOpen[link] {
            share[Int(switchStrand[place])] = .zero
        }
        for strand in 0..<network.count {
            let link = Int(network.links[Int(network.start[strand])])
            let flow = solution.massFlow[link]
            guard flow.isFinite else { return false }
            values[strand].flow = share[strand] * (network.isAgainst[link] ? -flow : flow)
        }
        var error = settleRoots()
        tolerance = 0.1 * options.pressureTolerance
        // A step beyond the tolerance: it is paid once.
        var isPassed = false
        for _ in 0..<Self.iterationLimit where !isPassed {
            isPassed = error[0] <= tolerance
            guard system.solve() == nil else { return false }
            potential.add(system.change, where: .one)
            tolerance = 0.1 * options.pressureTolerance + 16 * largestPressure.ulp
            error = sweep(active: .one, moving: .one)
        }
        rootLimit = min(exponential(naturalLogarithm(tolerance / 40) / 3), 0.01)
        guard isPassed && error[0] <= tolerance else { return false }
        for strand in 0..<network.count where share[strand][0] == 0 {
            let drive = potential[Int(network.from[strand])] - potential[Int(network.to[strand])] - laws.strands[strand].gravity
            values[strand].flow = Quad(repeating: laws.expectedFlow(strand, drive: drive[0]))
            share[strand] = .one
        }
        _ = settleRoots()
        near = 5e-3 * (0.1 * options.pressureTolerance).squareRoot()
        base = Base(values: values, potential: potential)
        base.term = values.map { ($0.flow + $0.conductance * $0.error)[0] }
        base.foresight = StrandForesight(laws, flow: values.map(\.flow[0]))
        return base.term.allSatisfy(\.isFinite)
    }

    /// The largest number that errors are a difference of, Pa.
    private var largestPressure: Double {
        let potential = potential.reduce(0) { max($0, $1[0].magnitude) }
        return laws.strands.reduce(potential.isFinite ? potential : 0) { max($0, $1.gravity.magnitude) }
    }

    /// Evaluates all laws at the flows as they are until the roots of Colebrook's equation have their last digits.
    private mutating func settleRoots() -> Quad {
        var error = Quad.zero
        for _ in 0..<4 { error = sweep(active: .one, moving: .zero) }
        return error
    }

    /// Solves up to four states; gives a bit for each that is solved, and its flows through the observed links.
    mutating func solve(_ isOpen: [UInt8], count: Int, _ flow: inout [Quad]) -> UInt8 {
        var active = Quad.zero
        for lane in 0..<count { active[lane] = 1 }
        open(isOpen)
        start(active)
        var solved: UInt8 = 0
        for round in 1...Self.iterationLimit {
            if let lane = system.solve() {
                drop(lane, &active)
                continue
            }
            potential.add(system.change, where: active)
            if round <= Self.foreseenPasses {
                sweep(.foreseen, active: active, moving: active)
                continue
            }
            let error = sweep(round == Self.foreseenPasses + 1 ? .first : .exact, active: active, moving: active)
            for lane in 0..<count where active[lane] == 1 {
                iterations[lane] = round
                guard error[lane] <= tolerance else { continue }
                solved |= 1 << UInt8(lane)
                active[lane] = 0
            }
            if active == .zero { break }
        }
        let isWrong = imbalance.balance(network, laws, values, share, options)
        for lane in 0..<count where isWrong[lane] { solved &= ~(1 << UInt8(lane)) }
        // What is beyond a bound now is rounding.
        for bound in laws.bounds {
            let flow = values[bound.strand].flow
            values[bound.strand].flow = flow.replacing(with: bound.lower, where: flow .< bound.lower)
                .replacing(with: bound.upper, where: flow .> bound.upper)
        }
        flow.take(observedStrand, isAgainst, values)
        return solved
    }

    /// Gives a state up; the others go on from where they are.
    private mutating func drop(_ lane: Int, _ active: inout Quad) {
        active[lane] = 0
        system.drop(lane)
        for strand in values.indices {
            (values[strand].flow[lane], values[strand].error[lane], values[strand].conductance[lane]) = (0, 0, 0)
        }
        for group in potential.indices { potential[group][lane] = 0 }
        sweep(.first, active: active, moving: .zero)
    }

    /// Opens and shuts strands.
    private mutating func open(_ isOpen: [UInt8]) {
        for strand in switchStrand where strand >= 0 { share[Int(strand)] = .one }
        for (place, strand) in switchStrand.enumerated() where strand >= 0 { share[Int(strand)] *= Quad(bits: isOpen[place]) }
    }

    /// The first system: every open strand at its flow in the base.
    private mutating func start(_ active: Quad) {
        potential = base.potential
        system.clear(active: active)
        Self.start(network, base.values, base.term, share, active, &values, &system.diagonal, &system.offDiagonal, &system.lacking)
    }

    private static func start(
        _ network: StrandNetwork, _ base: [StrandValue], _ term: [Double], _ share: [Quad], _ active: Quad, _ values: inout [StrandValue],
        _ diagonal: inout [Quad], _ offDiagonal: inout [Quad], _ lacking: inout [Quad]
    ) {
        let (base, term, share) = (base.span, term.span, share.span)
        let (from, to, slot) = (network.from.span, network.to.span, network.slot.span)
        var values = values.mutableSpan
        var diagonal = diagonal.mutableSpan
        var offDiagonal = offDiagonal.mutableSpan
        var lacking = lacking.mutableSpan
        for strand in 0..<values.count {
            let weight = share[strand] * active
            var value = base[strand]
            value.flow *= share[strand]
            value.conductance *= weight
            values[strand] = value
            let flow = weight * term[strand]
            diagonal[Int(from[strand])] += value.conductance
            diagonal[Int(to[strand])] += value.conductance
            lacking[Int(from[strand])] -= flow
            lacking[Int(to[strand])] += flow
            if slot[strand] >= 0 { offDiagonal[Int(slot[strand])] -= value.conductance }
        }
    }
}

extension Quad {
    /// The lowest four bits, a lane each.
    @inline(__always)
    init(bits: UInt8) {
        self.init(Double(bits & 1), Double(bits >> 1 & 1), Double(bits >> 2 & 1), Double(bits >> 3 & 1))
    }
}

extension [Quad] {
    /// Adds another array of the same length in some lanes.
    fileprivate mutating func add(_ other: [Quad], where active: Quad) {
        let other = other.span
        var own = mutableSpan
        for index in 0..<own.count { own[index] += active * other[index] }
    }

    /// Sets what flows away from each group less what flows to it, from the flows alone and apart from the steps.
    ///
    /// - Returns: the states in which that is more than rounding or no number, or a device with a bound is beyond it.
    fileprivate mutating func balance(
        _ network: StrandNetwork, _ laws: StrandLaws, _ values: [StrandValue], _ share: [Quad], _ options: HydraulicOptions
    ) -> SIMDMask<SIMD4<Int64>> {
        let (from, to, values, share) = (network.from.span, network.to.span, values.span, share.span)
        var own = mutableSpan
        for group in 0..<own.count { own[group] = .zero }
        var largest = Quad.zero
        for strand in 0..<values.count {
            let flow = values[strand].flow
            own[Int(from[strand])] += flow
            own[Int(to[strand])] -= flow
            largest = largest.orGreater(flow.magnitudes)
        }
        let tolerance = (options.relativeMassTolerance * largest).orGreater(Quad(repeating: options.absoluteMassTolerance))
        var isWrong = SIMDMask<SIMD4<Int64>>(repeating: false)
        for group in 0..<own.count { isWrong = isWrong .| .!(own[group].magnitudes .<= tolerance) }
        for bound in laws.bounds {
            let flow = values[bound.strand].flow
            let isBeyond = (flow .< bound.lower - tolerance) .| (flow .> bound.upper + tolerance)
            isWrong = isWrong .| (isBeyond .& (share[bound.strand] .> 0))
        }
        return isWrong
    }
}
