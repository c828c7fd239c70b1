import Hydraulics

/// The laws of four emitters side by side: those of ``EmitterLaw``, whose equations they solve, in vectors.
///
/// Emitters that the vectors do not know (tables in the arithmetic mean) and states far out are solved one by one.
package struct EmitterQuad: Sendable {
    /// ln K; nought for emitters that give nothing.
    private var logarithm = Quad.zero
    private var exponent = Quad.one
    /// 1 where the emitter has a law that vectors know.
    private var isKnown = SIMDMask<SIMD4<Int64>>(repeating: false)

    /// Up to four laws; lanes without one give nothing.
    init(_ laws: ArraySlice<EmitterLaw>) {
        for (lane, law) in laws.prefix(4).enumerated() {
            exponent[lane] = law.exponent
            guard law.coefficient > 0, !law.isArithmetic else { continue }
            logarithm[lane] = naturalLogarithm(law.coefficient)
            isKnown[lane] = true
        }
    }

    /// The laws of neighbours, four to a vector.
    static func blocks(_ laws: ArraySlice<EmitterLaw>) -> [EmitterQuad] {
        stride(from: laws.startIndex, to: laws.endIndex, by: 4).map { EmitterQuad(laws[$0..<min($0 + 4, laws.endIndex)]) }
    }

    /// Four laws by ln K, which is no number for those that vectors do not know, and exponent.
    package init(logarithm: Quad, exponent: Quad) {
        isKnown = logarithm .== logarithm
        self.logarithm = logarithm.replacing(with: Quad.zero, where: .!isKnown)
        self.exponent = exponent
    }

    /// What four emitters give.
    package struct Response {
        /// W.
        package var heat = Quad.zero
        /// −∂heat/∂room, W/K.
        package var slope = Quad.zero
        /// ∂heat/∂(ṁ cp), K.
        package var slopeOverFlow = Quad.zero
        /// Lanes that have to be asked one by one.
        package var left = SIMDMask<SIMD4<Int64>>(repeating: false)
    }

    /// Heats at capacity flows.
    ///
    /// - Parameters:
    ///   - flow: ṁ cp, W/K; nought or less where no water comes.
    ///   - excess: supply less room, K; any number where no water comes.
    ///   - start: ln u of neighbouring states on entry, NaN where none is known; those of these states on return.
    package func response(flow: Quad, excess: Quad, start: inout Quad) -> Response {
        var response = Response()
        let gives = (flow .> 0) .& (excess .> 0)
        var isActive = gives .& isKnown .& (flow .< .infinity)
        response.left = gives .& .!isActive
        guard any(isActive) else { return response }
        let a = excess.replacing(with: 1, where: .!isActive)
        let c = flow.replacing(with: 1, where: .!isActive)
        let bend = exponent - 1
        var known = logarithm - c.logarithms() + bend * a.logarithms()
        // Far out the scalar law has formulas of its own.
        let isNear = (known .< 6) .& (known .> -30)
        response.left = response.left .| (isActive .& .!isNear)
        isActive = isActive .& isNear
        known.replace(with: Quad.zero, where: .!isActive)
        let isStarted = (start .< 6) .& (start .> -40)
        var w = (known / exponent).replacing(with: known, where: known .< 0).replacing(with: start, where: isStarted .& isActive)
        var (u, cooled, bent) = (Quad.one, Quad.one, Quad.one)
        for _ in 0..<Self.mostSteps {
            u = w.exponentials().value
            u.replace(with: 600, where: u .> 600)
            cooled = Quad.zero - (Quad.zero - u).exponentials().less
            bent = 1 + bend * (1 - u * (1 - cooled) / cooled)
            let step = (w - known - bend * (cooled / u).logarithms()) / bent
            w -= step
            // Quadratic: what is left after a step of 1e-5, whose own part is added to first order, is below 1e-10.
            if !any((step.magnitudes .> 1e-5) .& isActive) {
                // d cooled/dw = left · u.
                cooled -= (1 - cooled) * u * step
                u -= u * step
                break
            }
        }
        start.replace(with: w, where: isActive)
        let heat = c * a * cooled
        let slope = c * (cooled + (1 - cooled) * bend * u / bent)
        response.heat.replace(with: heat, where: isActive)
        response.slope.replace(with: slope, where: isActive)
        response.slopeOverFlow.replace(with: a * (cooled - (1 - cooled) * u / bent), where: isActive)
        return response
    }

    private static var mostSteps: Int { 40 }

    /// Capacity flows, W/K, that give heats in W, or a share of the greatest heat where that is less, as
    /// ``EmitterLaw/requiredCapacityFlow(_:share:supply:room:)``; nought where none is asked. Lanes `left` have to be asked one by one.
    package func capacityFlow(
        delivering heat: Quad, share: Double, excess: Quad
    ) -> (flow: Quad, left: SIMDMask<SIMD4<Int64>>) {
        let isAsked = heat .> 0
        var isActive = isAsked .& (excess .> 0) .& isKnown
        var left = isAsked .& .!isActive
        guard any(isActive) else { return (.zero, left) }
        let a = excess.replacing(with: 1, where: .!isActive).logarithms()
        let greatest = logarithm + exponent * a + naturalLogarithm(share)
        let wanted = heat.replacing(with: 1, where: .!isActive).logarithms()
        let isCut = wanted .> greatest
        let given = wanted.replacing(with: greatest, where: isCut)
        // ln of the mean difference over the greatest, and y of (eʸ − 1)/y; see LogarithmicMean, whose start and steps these are.
        var known = (given - logarithm) / exponent - a
        let isNear = (known .< -1e-3) .& (known .> -5.5)
        left = left .| (isActive .& .!isNear)
        isActive = isActive .& isNear
        known.replace(with: -1, where: .!isActive)
        let ratio = known.exponentials().value
        let root = (1 + known * (2 / 3.0)).replacing(with: Quad.zero, where: known .< -1.2)
        var y = (known * 2).replacing(with: 6 * (root.squareRoot() - 1), where: known .> -1.2)
        for _ in 0..<Self.mostSteps {
            let rise = y.exponentials().less
            let slope = rise + 1 - ratio
            let newton = (rise - ratio * y) / slope
            let isClose = newton.magnitudes .< 0.02 * y.magnitudes
            let step = newton.replacing(with: newton / (1 - 0.5 * newton * (rise + 1) / slope), where: isClose)
            y -= step
            if !any((step.magnitudes .> 1e-5 * y.magnitudes) .& isActive) { break }
        }
        let cooled = Quad.zero - y.exponentials().less
        let delivered = heat.replacing(with: given.exponentials().value, where: isCut)
        let flow = delivered / (excess * cooled)
        return (Quad.zero.replacing(with: flow, where: isActive), left)
    }
}
