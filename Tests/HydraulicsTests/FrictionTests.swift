import Quantities
import Testing

@testable import Hydraulics

@Suite("Darcy friction")
struct FrictionTests {
    /// Colebrook's root by the fixed point x ↦ −2 log₁₀(ε/3.71 + 2.51 x/Re) alone, which contracts ten times a step.
    private func reference(_ reynolds: Double, _ roughness: Double) -> Double {
        var x = 7.0
        for _ in 0..<200 { x = -2 * naturalLogarithm(roughness / 3.71 + 2.51 * x / reynolds) / naturalLogarithm(10) }
        return x
    }

    @Test("Colebrook–White is solved to the last digits, from scratch and from a bad guess")
    func colebrook() {
        var random = SplitMix64(1)
        for _ in 0..<20_000 {
            let reynolds = random.logarithmic(4000...1e9)
            let roughness = random.chance(0.1) ? 0 : random.logarithmic(1e-8...0.09)
            let exact = reference(reynolds, roughness)
            for guess in [0, exact * random.number(0.3...3)] {
                let x = DarcyFriction.colebrook(reynolds: reynolds, relativeRoughness: roughness, near: guess).root
                // A few roundings of values near ten.
                #expect((x - exact).magnitude <= 2e-14)
            }
        }
    }

    @Test("published friction factors")
    func published() {
        // Read from Moody's chart (1944) at Re 1e5 to three digits.
        for (roughness, factor) in [(0.0, 0.0180), (0.001, 0.0222), (0.01, 0.0385)] {
            let found = DarcyFriction.factor(reynolds: 1e5, relativeRoughness: roughness).value
            #expect((found - factor).magnitude < 1e-4)
        }
        #expect(DarcyFriction.factor(reynolds: 1000, relativeRoughness: 0.01).value == 0.064)
    }

    @Test("value and slope are continuous at 2000 and 4000", arguments: [0, 1e-6, 1e-4, 0.01, 0.05])
    func joints(roughness: Double) {
        for limit in [DarcyFriction.laminarLimit, DarcyFriction.turbulentLimit] {
            let below = DarcyFriction.factor(reynolds: limit.nextDown, relativeRoughness: roughness)
            let above = DarcyFriction.factor(reynolds: limit.nextUp, relativeRoughness: roughness)
            #expect((below.value - above.value).magnitude < 1e-13)
            #expect((below.slope - above.slope).magnitude < 1e-15)
        }
    }

    @Test("slopes agree with central differences", arguments: [0, 1e-6, 1e-4, 0.01, 0.05])
    func slopes(roughness: Double) {
        var random = SplitMix64(2)
        for _ in 0..<2000 {
            let reynolds = random.logarithmic(10...1e8)
            let step = 1e-5 * reynolds
            // A difference across a joint sees two curvatures.
            if [2000.0, 4000].contains(where: { ($0 - reynolds).magnitude < 2 * step }) { continue }
            let factor = DarcyFriction.factor(reynolds: reynolds, relativeRoughness: roughness)
            let high = DarcyFriction.factor(reynolds: reynolds + step, relativeRoughness: roughness).value
            let low = DarcyFriction.factor(reynolds: reynolds - step, relativeRoughness: roughness).value
            let difference = (high - low) / (2 * step)
            // Truncation 1e-10 of λ‴Re³ ~ 10 λ and rounding 1e-16/1e-5, both against λ/Re.
            #expect((difference - factor.slope).magnitude < 1e-8 * factor.value / reynolds)
        }
    }
}
