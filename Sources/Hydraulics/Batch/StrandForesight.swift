/// What the pipes of strands lose about the flows of the base, as polynomials: for the first steps of a solve, which ask for two or three
/// digits only.
///
/// All pipes of a strand carry one flow, so their friction together is a function of it alone: loss = q|q| g(q), and g hardly changes. It is
/// a cubic in t = (|q| − q₀)/(|q| + q₀), which is half the logarithm of |q|/q₀ but for the third order, through four Chebyshev nodes;
/// for turbulent flow right to a few thousandths from a quarter of q₀ to four times that. The exact law takes over after the first steps, from roots of
/// Colebrook's equation that are foreseen in the same way.
struct StrandForesight: Sendable {
    /// Friction of a strand's pipes together.
    struct Friction: Sendable {
        /// q₀, kg/s.
        var center = 1.0
        /// g = c₀ + c₁ t + c₂ t² + c₃ t³, Pa s²/kg².
        var c0 = 0.0
        var c1 = 0.0
        var c2 = 0.0
        var c3 = 0.0
    }

    /// Root of Colebrook's equation of a pipe, x₀ + x₁ t + x₂ t².
    struct Root: Sendable {
        var x0: Double
        var x1 = 0.0
        var x2 = 0.0
    }

    /// Strands with pipes or machines, from ``first`` on.
    private(set) var friction: [Friction] = []
    /// By pipe.
    private(set) var roots: [Root]
    /// The first strand that has more than resistances.
    let first: Int

    /// Beyond this |t| a polynomial is not asked; there is a flow of a quarter of the center or four times as much.
    static let reach = 0.6

    /// Knows nothing; for passes by the exact law.
    init() { (roots, first) = ([], 0) }

    /// - Parameter flow: of each strand in the base, kg/s.
    init(_ laws: StrandLaws, flow: [Double]) {
        first = laws.plain.upperBound
        roots = laws.pipes.map { Root(x0: $0.firstRoot) }
        for strand in first..<max(first, laws.strands.count) {
            let law = laws.strands[strand]
            let pipes = Int(law.firstPipe)..<Int(law.pipeEnd)
            // So much that flow is turbulent within reach: no cubic follows the friction factor through the transition.
            let least = pipes.reduce(0) { max($0, 4.1 * DarcyFriction.turbulentLimit / laws.pipes[$1].reynoldsPerFlow) }
            let center = max(flow[strand].magnitude, least)
            guard !pipes.isEmpty, center.isFinite else {
                friction.append(Friction())
                continue
            }
            let values = Self.nodes.map { t in Self.friction(laws, pipes, Self.flow(center, t)) }
            let cubic = Self.cubic(through: values)
            friction.append(Friction(center: center, c0: cubic[0], c1: cubic[1], c2: cubic[2], c3: cubic[3]))
            for pipe in pipes { roots[pipe] = Self.root(laws.pipes[pipe], center) }
        }
    }

    /// Loss over flow and slope of a strand's pipes, Pa s/kg.
    @inline(__always)
    static func friction(_ law: Friction, size: Quad) -> (chord: Quad, slope: Quad) {
        let t = place(law, size: size)
        let g = law.c0 + t * (law.c1 + t * (law.c2 + t * law.c3))
        let rise = law.c1 + t * (2 * law.c2 + 3 * law.c3 * t)
        let chord = size * g
        // dt/dq = (1 − t²)/(2 q). Near rest, where the square law is flat, the slope of a twentieth of the center.
        let slope = 2 * chord + 0.5 * size * rise * (1 - t * t)
        return (chord, slope.orGreater(0.1 * law.center * g))
    }

    /// t of a flow.
    @inline(__always)
    static func place(_ law: Friction, size: Quad) -> Quad {
        let t = (size - law.center) / (size + law.center)
        return t.clamped(lowerBound: Quad(repeating: -reach), upperBound: Quad(repeating: reach))
    }

    /// The root foreseen.
    @inline(__always)
    static func root(_ root: Root, at t: Quad) -> Quad { root.x0 + t * (root.x1 + t * root.x2) }

    // MARK: Finding the polynomials

    /// Chebyshev nodes of degree four.
    private static let nodes = [0.923879532511286756, 0.382683432365089772, -0.382683432365089772, -0.923879532511286756].map { $0 * reach }

    private static func flow(_ center: Double, _ t: Double) -> Double { center * (1 + t) / (1 - t) }

    private static func friction(_ laws: StrandLaws, _ pipes: Range<Int>, _ flow: Double) -> Double {
        pipes.reduce(0) { sum, pipe in
            var law = laws.single.pipes[Int(laws.pipes[pipe].link)]
            law.local = 0
            return sum + law.loss(flow).loss / (flow * flow)
        }
    }

    /// Coefficients of the cubic with given values at the nodes: Newton's divided differences, multiplied out.
    private static func cubic(through values: [Double]) -> [Double] {
        var differences = values
        for order in 1..<4 {
            for place in (order..<4).reversed() {
                differences[place] = (differences[place] - differences[place - 1]) / (nodes[place] - nodes[place - order])
            }
        }
        var cubic = [differences[3], 0, 0, 0]
        for place in (0..<3).reversed() {
            // (polynomial so far) · (t − node) + difference.
            for power in (1..<4).reversed() { cubic[power] = cubic[power - 1] - nodes[place] * cubic[power] }
            cubic[0] = differences[place] - nodes[place] * cubic[0]
        }
        return cubic
    }

    private static func root(_ pipe: StrandLaws.Pipe, _ center: Double) -> Root {
        func x(_ t: Double) -> Double { pipe.root(reynolds: max(flow(center, t) * pipe.reynoldsPerFlow, DarcyFriction.turbulentLimit)) }
        let end = 0.5 * reach
        let (low, middle, high) = (x(-end), x(0), x(end))
        return Root(x0: middle, x1: (high - low) / (2 * end), x2: (high + low - 2 * middle) / (2 * end * end))
    }
}
