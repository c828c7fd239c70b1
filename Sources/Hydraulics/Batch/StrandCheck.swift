import NetworkModel
import Quantities

/// The independent judgement of four states side by side: what ``SolutionCheck`` asks, in the reduced circuit.
///
/// From the flows alone, whoever found them, by the circuit's own links:
/// - *mass*: every link carries its strand's flow from one of its nodes to the other, and what flows to each node of the circuit flows away again;
/// - *state*: what is shut carries nothing, and no device with a bound is beyond it;
/// - *energy*: every link's drop is evaluated anew, by velocity as a textbook does and as ``PipeCheck`` and its siblings do, with constants of its
///   own that come from the network and not from ``StrandLaws``; drops are summed along a spanning tree of strands that no switch can shut,
///   and every other open strand must close its loop.
///
/// Pressures follow from the drops along the tree, so that with the loops closed the equation of every link holds: these are the criteria of
/// ``SolutionCheck``, for four states at once. A link that no strand has carries nothing and closes no loop.
struct StrandCheck: Sendable {
    /// What a strand loses beside its pipes.
    private struct Strand: Sendable {
        /// Of its Kv together, Pa s²/kg².
        var resistance = 0.0
        /// Gravity along it, Pa.
        var gravity = 0.0
        var firstPipe: Int32 = 0
        var pipeEnd: Int32 = 0
        /// A flow near which it is judged, kg/s.
        var center = 1.0
    }

    /// A pipe full of water of one temperature.
    fileprivate struct Pipe: Sendable {
        /// 1/(ρ A), m/kg.
        var velocityPerFlow: Double
        /// ρ d/μ, s/m.
        var reynoldsPerVelocity: Double
        /// ε/3.71 d.
        var roughness: Double
        /// ½ ρ ζ and ½ ρ L/d, Pa s²/m².
        var local: Double
        var scale: Double
        /// 32 μ L/d², Pa s/m.
        var laminar: Double
        /// 1/√λ at the flow near which it is judged, and its derivative by the logarithm of the flow.
        var x = 6.0
        var rise = 0.0
        /// For states between laminar and turbulent flow.
        var check: PipeCheck
    }

    /// A pump, or a link with a formula.
    fileprivate struct Machine: Sendable {
        var strand: Int
        /// −1 where the strand's flow is against the link's.
        var sign: Double
        var law: Law

        enum Law: Sendable {
            case pump(PumpCheck)
            case formula(FormulaCheck)
        }
    }

    /// A strand of the tree: from a group already reached to the next.
    private struct Branch: Sendable {
        var strand: Int32
        var near: Int32
        var far: Int32
        /// Whether its flow goes from near to far.
        var leaves: Bool
    }

    private var strands: [Strand] = []
    private var pipes: [Pipe] = []
    private var machines: [Machine] = []
    private var tree: [Branch] = []
    /// Strands that are not of the tree.
    private var chords: [Int32] = []
    private let from: [Int32]
    private let to: [Int32]
    private let tolerance: Double
    // The four states.
    private var drop: [Quad]
    private var potential: [Quad]
    private var balance: StrandBalance

    /// - Parameter switched: strands that a switch can shut.
    init(_ compiled: CompiledNetwork, _ network: StrandNetwork, _ state: CircuitState, switched: [Int32], options: HydraulicOptions) {
        (from, to, tolerance) = (network.from, network.to, options.loopTolerance)
        balance = StrandBalance(compiled, network, state, options: options)
        drop = Array(repeating: .zero, count: network.count)
        potential = Array(repeating: .zero, count: network.groupCount)
        for strand in 0..<network.count {
            var law = Strand(firstPipe: Int32(pipes.count))
            for entry in network.start[strand]..<network.start[strand + 1] {
                let link = Int(network.links[Int(entry)])
                add(link, strand, network.isAgainst[link] ? -1 : 1, &law, compiled, state)
            }
            law.pipeEnd = Int32(pipes.count)
            strands.append(law)
        }
        span(network, switched)
    }

    private mutating func add(
        _ link: Int, _ strand: Int, _ sign: Double, _ law: inout Strand, _ compiled: CompiledNetwork, _ state: CircuitState
    ) {
        let water = Temperature(celsius: state.linkTemperature[link])
        let density = compiled.fluid.density(at: water).value
        let viscosity = compiled.fluid.viscosity(at: water).value
        law.gravity += sign * standardGravity * density * compiled.rise[link]
        if compiled.pipes.contains(link) {
            pipes.append(Pipe(compiled.geometry[link], density, viscosity))
        } else if compiled.resistances.contains(link) {
            // Kv by its definition: bar of water of 1000 kg/m³ passing m³/h.
            let passing = 3600 / density / state.kv[link]
            law.resistance += 1e5 * (density / 1000) * passing * passing
        } else if compiled.formulas.contains(link) {
            let description = compiled.formulaLinks[link - compiled.formulas.lowerBound].description
            machines.append(Machine(strand: strand, sign: sign, law: .formula(FormulaCheck(description, density: density, viscosity: viscosity))))
        } else {
            let law = compiled.pumpLaw(link - compiled.pumps.lowerBound, Density(density), state)
            machines.append(Machine(strand: strand, sign: sign, law: .pump(PumpCheck(law))))
        }
    }

    /// Finds the tree, breadth first from the first group.
    private mutating func span(_ network: StrandNetwork, _ switched: [Int32]) {
        let shut = Set(switched)
        var entries = [[Int32]](repeating: [], count: network.groupCount)
        for strand in 0..<network.count where !shut.contains(Int32(strand)) {
            entries[Int(from[strand])].append(Int32(strand))
            entries[Int(to[strand])].append(Int32(strand))
        }
        var isReached = [Bool](repeating: false, count: network.groupCount)
        var isBranch = [Bool](repeating: false, count: network.count)
        var queue: [Int32] = network.groupCount > 0 ? [0] : []
        if !isReached.isEmpty { isReached[0] = true }
        var head = 0
        while head < queue.count {
            let near = queue[head]
            head += 1
            for strand in entries[Int(near)] {
                let leaves = from[Int(strand)] == near
                let far = leaves ? to[Int(strand)] : from[Int(strand)]
                guard !isReached[Int(far)] else { continue }
                isReached[Int(far)] = true
                isBranch[Int(strand)] = true
                tree.append(Branch(strand: strand, near: near, far: far, leaves: leaves))
                queue.append(far)
            }
        }
        chords = (0..<Int32(network.count)).filter { !isBranch[Int($0)] }
    }

    /// Finds friction at the flows of a state near those that will be judged: guesses, from which each is found anew.
    mutating func expect(_ values: [StrandValue]) {
        for strand in strands.indices {
            let flow = values[strand].flow[0].magnitude
            guard flow > 0, flow.isFinite else { continue }
            strands[strand].center = flow
            for pipe in Int(strands[strand].firstPipe)..<Int(strands[strand].pipeEnd) { pipes[pipe].expect(flow) }
        }
    }

    /// The states that are no solution.
    ///
    /// - Parameter share: 1 where a strand is open, 0 where it is shut.
    /// - Complexity: O(nodes + links).
    mutating func judge(_ values: [StrandValue], _ share: [Quad]) -> SIMDMask<SIMD4<Int64>> {
        balance.judge(values, share) .| judgeLoops(values, share)
    }

    /// The states in which an open strand does not close its loop.
    private mutating func judgeLoops(_ values: [StrandValue], _ share: [Quad]) -> SIMDMask<SIMD4<Int64>> {
        findDrops(values)
        for machine in machines {
            let flow = values[machine.strand].flow
            for lane in 0..<4 { drop[machine.strand][lane] += machine.sign * machine.law.loss(machine.sign * flow[lane]) }
        }
        var largest = Quad.zero
        for branch in tree {
            let fall = drop[Int(branch.strand)]
            let there = branch.leaves ? potential[Int(branch.near)] - fall : potential[Int(branch.near)] + fall
            potential[Int(branch.far)] = there
            largest = largest.orGreater(there.magnitudes)
        }
        let allowed = largest * (1024 * 0x1p-52) + tolerance
        return Self.misses(chords, from, to, drop, potential, share, allowed)
    }

    private static func misses(
        _ chords: [Int32], _ from: [Int32], _ to: [Int32], _ drop: [Quad], _ potential: [Quad], _ share: [Quad], _ allowed: Quad
    ) -> SIMDMask<SIMD4<Int64>> {
        let (from, to, drop, potential, share) = (from.span, to.span, drop.span, potential.span, share.span)
        var isWrong = SIMDMask<SIMD4<Int64>>(repeating: false)
        for chord in chords {
            let strand = Int(chord)
            let miss = potential[Int(from[strand])] - potential[Int(to[strand])] - drop[strand]
            isWrong = isWrong .| (.!(miss.magnitudes .<= allowed) .& (share[strand] .> 0))
        }
        return isWrong
    }

    private mutating func findDrops(_ values: [StrandValue]) {
        // What a step leaves of 1/√λ is of the order of a hundredth of its square, and that of a bar at most a tenth of the tolerance.
        Self.findDrops(strands, pipes, values, within: (tolerance / 3300).squareRoot(), &drop)
    }

    private static func findDrops(
        _ strands: [Strand], _ pipes: [Pipe], _ values: [StrandValue], within limit: Double, _ drop: inout [Quad]
    ) {
        let (strands, pipes, values) = (strands.span, pipes.span, values.span)
        var drop = drop.mutableSpan
        for place in 0..<strands.count {
            let strand = strands[place]
            let flow = values[place].flow
            let size = flow.magnitudes
            var loss = strand.resistance * size * size
            if strand.firstPipe < strand.pipeEnd {
                // ln(q/q₀) = 2 artanh t.
                let t = (size - strand.center) / (size + strand.center)
                let change = 2 * t * (1 + t * t * (1 / 3.0))
                for pipe in Int(strand.firstPipe)..<Int(strand.pipeEnd) { loss += pipes[pipe].loss(size, change, within: limit) }
            }
            drop[place] = loss.replacing(with: -loss, where: flow .< 0) + strand.gravity
        }
    }
}

extension StrandCheck.Pipe {
    init(_ pipe: PipeGeometry, _ density: Double, _ viscosity: Double) {
        let area = Double.pi / 4 * pipe.diameter * pipe.diameter
        velocityPerFlow = 1 / (density * area)
        reynoldsPerVelocity = density * pipe.diameter / viscosity
        roughness = pipe.roughness / (3.71 * pipe.diameter)
        local = 0.5 * density * pipe.minorLoss
        scale = 0.5 * density * pipe.length / pipe.diameter
        laminar = 32 * viscosity * pipe.length / (pipe.diameter * pipe.diameter)
        check = PipeCheck(pipe, density, viscosity)
    }

    /// Loss at flows of a size, kg/s, in Pa.
    ///
    /// - Parameters:
    ///   - change: about the logarithm of the flow over that of the guess of 1/√λ.
    ///   - limit: change of x after which it is known well enough.
    @inline(__always)
    fileprivate func loss(_ size: Quad, _ change: Quad, within limit: Double) -> Quad {
        let velocity = size * velocityPerFlow
        let reynolds = velocity * reynoldsPerVelocity
        let isTurbulent = reynolds .>= 4000
        let square = velocity * velocity
        var loss = laminar * velocity
        if any(isTurbulent) {
            var x = (x + rise * change).orGreater(.one)
            let safe = 1 / reynolds.replacing(with: 4000, where: .!isTurbulent)
            // The fixed point of Colebrook and White with its first-order remainder, as in PipeCheck.
            for _ in 0..<Self.mostSteps {
                let argument = roughness + 2.51 * safe * x
                let next = Self.factor * argument.logarithms()
                let change = (next - x) / (1 - Self.factor * 2.51 * safe / argument)
                x += change
                if !any(change.magnitudes .> limit) { break }
            }
            loss.replace(with: scale * square / (x * x), where: isTurbulent)
        }
        loss += local * square
        let isBetween = (reynolds .> 2000) .& (reynolds .< 4000)
        if any(isBetween) { setBetween(&loss, isBetween, size) }
        return loss
    }

    /// Guesses friction from that at a flow, kg/s.
    fileprivate mutating func expect(_ flow: Double) {
        let inverse = 1 / max(flow * velocityPerFlow * reynoldsPerVelocity, 4000)
        for _ in 0..<Self.mostSteps { x = Self.factor * naturalLogarithm(roughness + 2.51 * inverse * x) }
        // By implicit differentiation.
        let part = -Self.factor * 2.51 * inverse / (roughness + 2.51 * inverse * x)
        rise = part * x / (1 + part)
    }

    /// Losses between laminar and turbulent flow, state by state.
    @inline(never)
    private func setBetween(_ loss: inout Quad, _ isBetween: SIMDMask<SIMD4<Int64>>, _ size: Quad) {
        for lane in 0..<4 where isBetween[lane] { loss[lane] = check.loss(size[lane], near: .nan) }
    }

    private static var mostSteps: Int { 20 }
    /// −2 / ln 10.
    @inline(__always)
    private static var factor: Double { -0.868588963806503655 }
}

extension StrandCheck.Machine.Law {
    fileprivate func loss(_ flow: Double) -> Double {
        switch self {
        case .pump(let check): check.loss(flow)
        case .formula(let check): check.loss(flow)
        }
    }
}
