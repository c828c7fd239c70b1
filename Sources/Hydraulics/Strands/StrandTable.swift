import NetworkModel

/// The laws of all strands of a circuit for the water and the settings of one state.
///
/// Pipes of a strand that differ in length alone have one Reynolds number and one friction factor, so that their friction adds up and is
/// evaluated once: supply and return of a trench, stretches of one main.
struct StrandTable: Sendable {
    /// What a strand loses beside its pumps.
    struct Law: Sendable {
        /// Kv and local losses of its links together, Pa s²/kg².
        var resistance = 0.0
        /// Flow below which one of its resistances is linear, kg/s; see ``ResistanceLaw``.
        var linearFlow = 0.0
        /// Gravity terms of its links together, along the strand, Pa.
        var gravity = 0.0
        /// 8 L / (π² ρ d⁵) of its pipes together, Pa s²/kg².
        var friction = 0.0
        /// Slope while its flow is not known yet, Pa s/kg.
        var startSlope = 0.0
        /// Its places in the frictions.
        var firstFriction: Int32 = 0
        var frictionEnd: Int32 = 0
    }

    /// A strand of which some link has bounds.
    struct Bound: Sendable {
        var strand: Int
        /// Bounds of the strand's flow, kg/s.
        var lower: Double
        var upper: Double
        /// The links that make them.
        var lowerLink: Int
        var upperLink: Int
    }

    /// Friction of one width and roughness in four places.
    struct FrictionBlock: Sendable {
        var coefficient = Quad.zero
        /// 4 / (π d μ), s/kg.
        var reynoldsPerFlow = Quad.zero
        /// Roughness over diameter.
        var roughness = Quad.zero
        /// Last root of Colebrook's equation; 0 = none.
        var root = Quad.zero
        var strand = SIMD4<Int32>.zero
    }

    /// Friction at a flow.
    struct FrictionPoint: Sendable {
        /// Loss over flow, and slope, Pa s/kg.
        var chord = 0.0
        var slope = 0.0
        /// Turbulent friction factor; 0 in other flow.
        var factor = 0.0
    }

    /// By strand.
    private(set) var laws: [Law] = []
    private(set) var bounds: [Bound] = []
    private(set) var blocks: [FrictionBlock] = []
    private(set) var points: [FrictionPoint] = []
    /// The friction of each local link of the pipes; −1 = in no strand.
    private(set) var frictionOfPipe: [Int32] = []
    /// Root of Colebrook's equation that was last found for each of them; 0 = none.
    private var rootOfPipe: [Double] = []
    /// How far a root may still have moved and count as found: what it then lacks is of the third power.
    private var rootLimit = 1e-5

    /// Works out the laws of all strands.
    ///
    /// - Complexity: O(links).
    ///
    /// Roots found before, whatever the strands were then, are where the next ones start from.
    /// - Parameter tolerance: pressure error of a strand that counts as none, Pa; in a bar no root lacks more.
    mutating func prepare(
        _ compiled: CompiledNetwork, _ network: StrandNetwork, _ single: LinkLaws, _ state: CircuitState, tolerance: Double
    ) {
        rootLimit = min(max(exponential(naturalLogarithm(tolerance / 40) / 3), 1e-5), 0.01)
        if rootOfPipe.count != compiled.pipes.count { rootOfPipe = [Double](repeating: 0, count: compiled.pipes.count) }
        rootOfPipe.take(blocks, frictionOfPipe)
        laws = [Law](repeating: Law(), count: network.count)
        frictionOfPipe = [Int32](repeating: -1, count: compiled.pipes.count)
        blocks.removeAll(keepingCapacity: true)
        blocks.reserveCapacity(compiled.pipes.count / 4 + 1)
        Self.fill(compiled, network, single, &laws, &blocks, &frictionOfPipe, rootOfPipe)
        points = [FrictionPoint](repeating: FrictionPoint(), count: 4 * blocks.count)
        findBounds(compiled, network, state)
    }

    private static func fill(
        _ compiled: CompiledNetwork, _ network: StrandNetwork, _ single: LinkLaws, _ laws: inout [Law], _ blocks: inout [FrictionBlock],
        _ frictionOfPipe: inout [Int32], _ rootOfPipe: [Double]
    ) {
        let rootOfPipe = rootOfPipe.span
        let (start, links, isAgainst) = (network.start.span, network.links.span, network.isAgainst.span)
        let (gravity, conductance) = (single.gravity.span, single.startConductance.span)
        let (pipes, resistances) = (single.pipes.span, single.resistances.span)
        let (pipeEnd, resistanceEnd) = (compiled.pipes.upperBound, compiled.resistances.upperBound)
        var laws = laws.mutableSpan
        var frictionOfPipe = frictionOfPipe.mutableSpan
        var frictions = 0
        for strand in 0..<laws.count {
            var law = Law(firstFriction: Int32(truncatingIfNeeded: frictions))
            for entry in Int(start[strand])..<Int(start[strand + 1]) {
                let link = Int(links[entry])
                law.gravity += isAgainst[link] ? -gravity[link] : gravity[link]
                law.startSlope += 1 / conductance[link]
                if link < pipeEnd {
                    law.resistance += pipes[link].local
                    law.friction += pipes[link].friction
                    let place = blocks.place(of: pipes[link], strand, Int(law.firstFriction)..<frictions, root: rootOfPipe[link])
                    frictionOfPipe[link] = Int32(truncatingIfNeeded: place)
                    frictions = max(frictions, place + 1)
                } else if link < resistanceEnd {
                    let one = resistances[link - pipeEnd]
                    law.resistance += one.resistance
                    if one.resistance > 0 { law.linearFlow = max(law.linearFlow, one.chord / one.resistance) }
                }
            }
            law.frictionEnd = Int32(truncatingIfNeeded: frictions)
            laws[strand] = law
        }
    }

    private mutating func findBounds(_ compiled: CompiledNetwork, _ network: StrandNetwork, _ state: CircuitState) {
        bounds.removeAll(keepingCapacity: true)
        var last: [Int32: Int] = [:]
        for link in 0..<state.flowLimit.count where compiled.isOneWay[link] || state.flowLimit[link] < .infinity {
            let strand = network.strandOfLink[link]
            guard strand >= 0 else { continue }
            let place = last[strand] ?? bounds.count
            if place == bounds.count {
                last[strand] = place
                bounds.append(Bound(strand: Int(strand), lower: -.infinity, upper: .infinity, lowerLink: -1, upperLink: -1))
            }
            let lower = compiled.isOneWay[link] ? 0 : -Double.infinity
            let upper = max(state.flowLimit[link], lower)
            bounds[place].narrow(network.isAgainst[link] ? (-upper, -lower) : (lower, upper), link)
        }
    }

    /// Loss over flow and slope of a strand's resistances and local losses where one of them is linear.
    @inline(never)
    func small(_ strand: Int, _ size: Double, _ network: StrandNetwork, _ single: LinkLaws) -> (chord: Double, slope: Double) {
        var (chord, slope) = (0.0, 0.0)
        for entry in Int(network.start[strand])..<Int(network.start[strand + 1]) {
            let link = Int(network.links[entry])
            if link < single.pipes.count {
                chord += single.pipes[link].local * size
                slope += 2 * single.pipes[link].local * size
            } else if link - single.pipes.count < single.resistances.count {
                let law = single.resistances[link - single.pipes.count]
                let square = law.resistance * size
                chord += max(square, law.chord)
                slope += square > law.chord ? 2 * square : law.chord
            }
        }
        return (chord, slope)
    }

    /// Loss of a pipe of a strand at the flow that friction was last evaluated at, Pa.
    @inline(__always)
    func loss(_ law: PipeLaw, _ pipe: Int, _ flow: Double) -> Double {
        let friction = Int(frictionOfPipe[pipe])
        let factor = friction >= 0 ? points[friction].factor : 0
        return factor > 0 ? flow * flow.magnitude * (law.friction * factor + law.local) : law.loss(flow).loss
    }

    /// Evaluates all friction at the flows of the strands.
    mutating func evaluateFriction(_ values: [StrandFlow]) { points.evaluate(&blocks, values, within: rootLimit) }
}

extension StrandTable.Bound {
    fileprivate mutating func narrow(_ range: (lower: Double, upper: Double), _ link: Int) {
        if range.lower > lower { (lower, lowerLink) = (range.lower, link) }
        if range.upper < upper { (upper, upperLink) = (range.upper, link) }
    }
}

extension [StrandTable.FrictionBlock] {
    /// The place of a pipe's friction among those of its strand, new where none of them is like it.
    @inline(__always)
    fileprivate mutating func place(of law: PipeLaw, _ strand: Int, _ known: Range<Int>, root: Double) -> Int {
        for place in known.suffix(4) {
            let (block, lane) = (place >> 2, place & 3)
            guard self[block].reynoldsPerFlow[lane] == law.reynoldsPerFlow, self[block].roughness[lane] == law.relativeRoughness else {
                continue
            }
            self[block].coefficient[lane] += law.friction
            return place
        }
        let (block, lane) = (known.upperBound >> 2, known.upperBound & 3)
        if lane == 0 { append(StrandTable.FrictionBlock()) }
        self[block].coefficient[lane] = law.friction
        self[block].reynoldsPerFlow[lane] = law.reynoldsPerFlow
        self[block].roughness[lane] = law.relativeRoughness
        self[block].root[lane] = root
        self[block].strand[lane] = Int32(truncatingIfNeeded: strand)
        return known.upperBound
    }
}

extension [Double] {
    /// Takes over the roots of pipes that stand in blocks.
    fileprivate mutating func take(_ blocks: [StrandTable.FrictionBlock], _ frictionOfPipe: [Int32]) {
        let (blocks, frictionOfPipe) = (blocks.span, frictionOfPipe.span)
        var own = mutableSpan
        for pipe in 0..<frictionOfPipe.count where frictionOfPipe[pipe] >= 0 {
            let place = Int(frictionOfPipe[pipe])
            own[pipe] = blocks[place >> 2].root[place & 3]
        }
    }
}

extension [StrandTable.FrictionPoint] {
    /// Sets loss and slope of all friction at the flows of the strands, four places at a time.
    fileprivate mutating func evaluate(_ blocks: inout [StrandTable.FrictionBlock], _ values: [StrandFlow], within limit: Double) {
        let values = values.span
        var blocks = blocks.mutableSpan
        var points = mutableSpan
        for index in 0..<blocks.count {
            var block = blocks[index]
            let size = Quad(
                values[Int(block.strand.x)].flow, values[Int(block.strand.y)].flow, values[Int(block.strand.z)].flow,
                values[Int(block.strand.w)].flow
            ).magnitudes
            let reynolds = size * block.reynoldsPerFlow
            if any(reynolds .< DarcyFriction.turbulentLimit) {
                for lane in 0..<4 { points[4 * index + lane] = block.point(lane, size[lane]) }
            } else {
                let (root, ratio) = block.turbulent(reynolds, within: limit)
                block.root = root
                let factor = 1 / (root * root)
                let chord = size * block.coefficient * factor
                let slope = 2 * chord * (1 - ratio)
                points[4 * index] = StrandTable.FrictionPoint(chord: chord.x, slope: slope.x, factor: factor.x)
                points[4 * index + 1] = StrandTable.FrictionPoint(chord: chord.y, slope: slope.y, factor: factor.y)
                points[4 * index + 2] = StrandTable.FrictionPoint(chord: chord.z, slope: slope.z, factor: factor.z)
                points[4 * index + 3] = StrandTable.FrictionPoint(chord: chord.w, slope: slope.w, factor: factor.w)
            }
            blocks[index] = block
        }
    }
}

extension StrandTable.FrictionBlock {
    /// Roots of turbulent flow, near those found last.
    @inline(__always)
    fileprivate func turbulent(_ reynolds: Quad, within limit: Double) -> (root: Quad, ratio: Quad) {
        DarcyFriction.colebrook(near: root, rough: roughness * (1 / 3.71) * reynolds, reynolds: reynolds, within: limit)
    }

    /// One place by itself, in whatever flow.
    @inline(never)
    fileprivate mutating func point(_ lane: Int, _ size: Double) -> StrandTable.FrictionPoint {
        let reynolds = size * reynoldsPerFlow[lane]
        if reynolds <= DarcyFriction.laminarLimit {
            guard reynoldsPerFlow[lane] > 0 else { return StrandTable.FrictionPoint() }
            let linear = 64 * coefficient[lane] / reynoldsPerFlow[lane]
            return StrandTable.FrictionPoint(chord: linear, slope: linear)
        }
        if reynolds < DarcyFriction.turbulentLimit {
            let factor = DarcyFriction.transition(reynolds: reynolds, relativeRoughness: roughness[lane])
            let chord = coefficient[lane] * factor.value * size
            return StrandTable.FrictionPoint(chord: chord, slope: 2 * chord + coefficient[lane] * factor.slope * reynolds * size)
        }
        let (x, ratio) = DarcyFriction.colebrook(reynolds: reynolds, relativeRoughness: roughness[lane], near: root[lane])
        root[lane] = x
        let chord = size * coefficient[lane] / (x * x)
        return StrandTable.FrictionPoint(chord: chord, slope: 2 * chord * (1 - ratio), factor: 1 / (x * x))
    }
}
