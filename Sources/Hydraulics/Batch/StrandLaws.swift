import NetworkModel

/// The laws of all strands of a circuit in one water and setting: what four states side by side have in common.
struct StrandLaws: Sendable {
    /// What a strand loses beside its pipes' friction.
    struct Strand: Sendable {
        /// Kv and local losses of its links together, Pa s²/kg².
        var resistance = 0.0
        /// Flow below which one of its resistances is linear, kg/s; see ``ResistanceLaw``.
        var linearFlow = 0.0
        /// Gravity terms of its links together, along the strand, Pa.
        var gravity = 0.0
        /// Its places in ``pipes`` and ``resistances``.
        var firstPipe: Int32 = 0
        var pipeEnd: Int32 = 0
        var firstResistance: Int32 = 0
        var resistanceEnd: Int32 = 0
    }

    /// The friction of a pipe; its local losses stand with its strand.
    struct Pipe: Sendable {
        /// 8 L / (π² ρ d⁵), Pa s²/kg².
        var friction: Double
        /// 4 / (π d μ), s/kg.
        var reynoldsPerFlow: Double
        /// Slope of laminar flow, Pa s/kg.
        var laminar: Double
        /// ε/3.71 of Colebrook's equation.
        var roughness: Double
        /// Local link, for the law between laminar and turbulent flow.
        var link: Int32
    }

    /// A pump, or a link with a formula, in a strand.
    struct Machine: Sendable {
        var link: Int
        var strand: Int
        /// −1 where the strand's flow is against the link's.
        var sign: Double
    }

    /// A link of a strand whose flow has bounds.
    struct Bound: Sendable {
        var strand: Int
        /// Bounds of the strand's flow, kg/s.
        var lower: Double
        var upper: Double
    }

    /// By strand.
    private(set) var strands: [Strand]
    private(set) var pipes: [Pipe] = []
    /// The resistances of strands one by one, for the flows below which they are linear.
    private(set) var resistances: [ResistanceLaw] = []
    private(set) var machines: [Machine] = []
    private(set) var bounds: [Bound] = []
    /// Strands of resistances alone, strands with pipes as well, and those with machines.
    private(set) var plain = 0..<0
    private(set) var piped = 0..<0
    private(set) var mixed = 0..<0
    /// The laws link by link.
    let single: LinkLaws

    init(_ compiled: CompiledNetwork, _ network: StrandNetwork, _ state: CircuitState) {
        var single = LinkLaws(compiled)
        single.prepare(compiled, state)
        self.single = single
        strands = Array(repeating: Strand(), count: network.count)
        var (plainEnd, pipedEnd) = (0, 0)
        for strand in 0..<network.count {
            var law = Strand(firstPipe: Int32(pipes.count), firstResistance: Int32(resistances.count))
            var isMixed = false
            for entry in network.start[strand]..<network.start[strand + 1] {
                let link = Int(network.links[Int(entry)])
                let sign = network.isAgainst[link] ? -1.0 : 1.0
                law.gravity += sign * single.gravity[link]
                addBound(link, strand, sign, compiled, state)
                if compiled.pipes.contains(link) {
                    law.resistance += single.pipes[link].local
                    pipes.append(Pipe(single.pipes[link], link: Int32(link)))
                } else if compiled.resistances.contains(link) {
                    let one = single.resistances[link - compiled.resistances.lowerBound]
                    resistances.append(one)
                    law.resistance += one.resistance
                    if one.resistance > 0 { law.linearFlow = max(law.linearFlow, one.chord / one.resistance) }
                } else {
                    machines.append(Machine(link: link, strand: strand, sign: sign))
                    isMixed = true
                }
            }
            law.pipeEnd = Int32(pipes.count)
            law.resistanceEnd = Int32(resistances.count)
            strands[strand] = law
            // Strands come in this order.
            if !isMixed { pipedEnd = strand + 1 }
            if !isMixed && law.firstPipe == law.pipeEnd { plainEnd = strand + 1 }
        }
        plain = 0..<plainEnd
        piped = plainEnd..<max(plainEnd, pipedEnd)
        mixed = piped.upperBound..<network.count
    }

    private mutating func addBound(_ link: Int, _ strand: Int, _ sign: Double, _ compiled: CompiledNetwork, _ state: CircuitState) {
        let lower = compiled.isOneWay[link] ? 0 : -Double.infinity
        let upper = state.flowLimit[link]
        guard lower == 0 || upper < .infinity else { return }
        bounds.append(sign > 0 ? Bound(strand: strand, lower: lower, upper: upper) : Bound(strand: strand, lower: -upper, upper: -lower))
    }

    /// Loss over flow and slope of a strand's resistances where one of them is linear.
    ///
    /// - Parameter size: flows, kg/s, whatever their direction.
    @inline(never)
    func small(_ strand: Int, _ size: Quad) -> (chord: Quad, slope: Quad) {
        let law = strands[strand]
        // What is left is local losses of pipes.
        var local = law.resistance
        var (chord, slope) = (Quad.zero, Quad.zero)
        for place in Int(law.firstResistance)..<Int(law.resistanceEnd) {
            let one = resistances[place]
            local -= one.resistance
            for lane in 0..<4 {
                let square = one.resistance * size[lane]
                chord[lane] += max(square, one.chord)
                slope[lane] += square > one.chord ? 2 * square : one.chord
            }
        }
        local = law.firstPipe < law.pipeEnd ? max(local, 0) : 0
        return (chord + local * size, slope + 2 * local * size)
    }

    /// Friction of a pipe between laminar and turbulent flow, state by state.
    @inline(never)
    func setBetween(_ friction: inout FrictionQuad, _ pipe: Int, _ size: Quad) {
        var law = single.pipes[Int(pipes[pipe].link)]
        law.local = 0
        for lane in 0..<4 where friction.isBetween[lane] {
            let point = law.loss(size[lane])
            (friction.chord[lane], friction.slope[lane]) = (point.loss / size[lane], point.slope)
        }
    }

    /// About the flow that a drive would make in a strand without machines, kg/s.
    func expectedFlow(_ strand: Int, drive: Double) -> Double {
        let law = strands[strand]
        var resistance = law.resistance
        for pipe in law.firstPipe..<law.pipeEnd { resistance += 0.03 * pipes[Int(pipe)].friction }
        guard resistance > 0 else { return 0 }
        let flow = (drive.magnitude / resistance).squareRoot()
        return drive < 0 ? -flow : flow
    }
}

extension StrandLaws.Pipe {
    init(_ law: PipeLaw, link: Int32) {
        friction = law.friction
        reynoldsPerFlow = law.reynoldsPerFlow
        laminar = 64 * law.friction / law.reynoldsPerFlow
        roughness = law.relativeRoughness / 3.71
        self.link = link
    }

    /// The root of Colebrook's equation where turbulence begins: a start for every flow.
    var firstRoot: Double { root(reynolds: DarcyFriction.turbulentLimit) }

    /// The root of Colebrook's equation.
    func root(reynolds: Double) -> Double {
        DarcyFriction.colebrook(reynolds: reynolds, relativeRoughness: roughness * 3.71, near: 0).root
    }
}

/// Friction of a pipe in four states: loss over flow, and slope, Pa s/kg.
struct FrictionQuad {
    var chord: Quad
    var slope: Quad
    /// How far the root of Colebrook's equation moved; what it then lacks is less than a thousandth of the third power of that.
    var moved: Quad
    /// States between laminar and turbulent flow, for which this law says nothing.
    let isBetween: SIMDMask<SIMD4<Int64>>
    let isTurbulent: SIMDMask<SIMD4<Int64>>
    /// Re · (dx/dRe) / x of the root x.
    var ratio = Quad.zero

    /// Evaluates Darcy–Weisbach by ``DarcyFriction`` with one step of its Chebyshev iteration from the last root, which triples its digits.
    @inline(__always)
    init(_ pipe: StrandLaws.Pipe, size: Quad, root: inout Quad) {
        let reynolds = size * pipe.reynoldsPerFlow
        let isLaminar = reynolds .<= DarcyFriction.laminarLimit
        isTurbulent = reynolds .>= DarcyFriction.turbulentLimit
        chord = Quad(repeating: pipe.laminar)
        slope = chord
        moved = .zero
        if any(isTurbulent) {
            // Lanes that are not turbulent take part with a flow that does no harm.
            let safe = reynolds.replacing(with: DarcyFriction.turbulentLimit, where: .!isTurbulent)
            let (step, ratio) = DarcyFriction.colebrookStep(from: root, rough: pipe.roughness * safe, reynolds: safe)
            let x = root - step
            self.ratio = ratio
            let turbulent = size * (pipe.friction / (x * x))
            chord.replace(with: turbulent, where: isTurbulent)
            slope.replace(with: 2 * turbulent * (1 - ratio), where: isTurbulent)
            moved.replace(with: step.magnitudes, where: isTurbulent)
            root.replace(with: x, where: isTurbulent)
        }
        isBetween = .!(isLaminar .| isTurbulent)
    }
}
