import NetworkModel

/// The part of ``StrandCheck`` that asks for no pressures: mass at every node of the circuit by its own links, and what devices let pass.
struct StrandBalance: Sendable {
    /// Links that carry something, in the direction of their strand.
    private var carriers: [Carrier] = []
    private var bounds: [Bound] = []
    private let options: HydraulicOptions
    /// By node of the circuit, what flows away less what flows to it, in four states.
    private var net: [Quad]

    /// A link with the nodes that its strand's flow goes from and to.
    fileprivate struct Carrier: Sendable {
        var strand: Int32
        var near: Int32
        var far: Int32
    }

    /// What a device lets its strand carry, kg/s along the strand.
    private struct Bound: Sendable {
        var strand: Int
        var lower: Double
        var upper: Double
    }

    init(_ compiled: CompiledNetwork, _ network: StrandNetwork, _ state: CircuitState, options: HydraulicOptions) {
        self.options = options
        net = Array(repeating: .zero, count: compiled.nodes.count)
        for link in compiled.links.indices where network.strandOfLink[link] >= 0 {
            let (strand, isAgainst) = (network.strandOfLink[link], network.isAgainst[link])
            let (near, far) = isAgainst ? (compiled.to[link], compiled.from[link]) : (compiled.from[link], compiled.to[link])
            carriers.append(Carrier(strand: strand, near: near, far: far))
            let (least, most) = (compiled.isOneWay[link] ? 0 : -Double.infinity, state.flowLimit[link])
            guard least > -.infinity || most < .infinity else { continue }
            let upper = max(most, least)
            bounds.append(Bound(strand: Int(strand), lower: isAgainst ? -upper : least, upper: isAgainst ? -least : upper))
        }
    }

    /// The states in which water is lost or made somewhere, passes what is shut, or passes a device beyond its bound.
    ///
    /// - Parameter share: 1 where a strand is open, 0 where it is shut.
    /// - Complexity: O(nodes + links).
    mutating func judge(_ values: [StrandValue], _ share: [Quad]) -> SIMDMask<SIMD4<Int64>> {
        var isWrong = SIMDMask<SIMD4<Int64>>(repeating: false)
        var largest = Quad.zero
        Self.look(values, share, &largest, &isWrong)
        let slack = (options.relativeMassTolerance * largest).orGreater(Quad(repeating: options.absoluteMassTolerance))
        net.gather(carriers, values)
        isWrong = isWrong .| net.beyond(slack)
        for bound in bounds {
            let flow = values[bound.strand].flow
            isWrong = isWrong .| (flow .< bound.lower - slack) .| (flow .> bound.upper + slack)
        }
        return isWrong
    }

    private static func look(_ values: [StrandValue], _ share: [Quad], _ largest: inout Quad, _ isWrong: inout SIMDMask<SIMD4<Int64>>) {
        let (values, share) = (values.span, share.span)
        for strand in 0..<values.count {
            let size = values[strand].flow.magnitudes
            largest = largest.orGreater(size)
            // No number is no flow.
            isWrong = isWrong .| .!(size .< .infinity) .| ((share[strand] .== 0) .& (size .> 0))
        }
    }
}

extension [Quad] {
    /// Becomes what flows away from each node less what flows to it, kg/s.
    fileprivate mutating func gather(_ carriers: [StrandBalance.Carrier], _ values: [StrandValue]) {
        let (carriers, values) = (carriers.span, values.span)
        var own = mutableSpan
        for node in 0..<own.count { own[node] = .zero }
        for place in 0..<carriers.count {
            let flow = values[Int(carriers[place].strand)].flow
            own[Int(carriers[place].near)] += flow
            own[Int(carriers[place].far)] -= flow
        }
    }

    /// The lanes in which a number is larger than a limit.
    fileprivate func beyond(_ limit: Quad) -> SIMDMask<SIMD4<Int64>> {
        let own = span
        var isBeyond = SIMDMask<SIMD4<Int64>>(repeating: false)
        for node in 0..<own.count { isBeyond = isBeyond .| .!(own[node].magnitudes .<= limit) }
        return isBeyond
    }
}
