/// The loss of a pipe without solving Colebrook's equation: the friction factor that the pressures imply is put into it.
///
/// In turbulent flow x = 1/√λ follows from the observed friction loss; a root reproduces itself under
/// x ↦ −2 log₁₀(k/(3.71 d) + 2.51 x/Re). Where it does not, the error is carried to first order. The arithmetic goes by
/// velocity, as a textbook does, and shares nothing with ``PipeLaw``.
struct PipeCheck {
    private static let lnTen = 2.302585092994046
    private let pipe: PipeGeometry
    private let density: Double
    private let viscosity: Double

    init(_ pipe: PipeGeometry, _ density: Double, _ viscosity: Double) {
        (self.pipe, self.density, self.viscosity) = (pipe, density, viscosity)
    }

    /// Loss in Pa at a mass flow in kg/s.
    /// - Parameter observed: the loss that the pressures show, Pa, used as a first guess alone.
    func loss(_ massFlow: Double, near observed: Double) -> Double {
        let area = Double.pi / 4 * pipe.diameter * pipe.diameter
        let velocity = massFlow.magnitude / (density * area)
        let dynamic = 0.5 * density * velocity * velocity
        let reynolds = density * velocity * pipe.diameter / viscosity
        let local = pipe.minorLoss * dynamic
        let sign: Double = massFlow < 0 ? -1 : 1
        if reynolds <= 2000 {
            // Hagen–Poiseuille: 32 μ L v / d².
            let laminar = 32 * viscosity * pipe.length * velocity / (pipe.diameter * pipe.diameter)
            return sign * (laminar + local)
        }
        let scale = pipe.length / pipe.diameter * dynamic
        if reynolds < 4000 { return sign * (transitional(reynolds) * scale + local) }
        if scale == 0 { return sign * local }
        let implied = (scale / (sign * observed - local)).squareRoot()
        let x = root(reynolds, near: implied)
        return sign * (scale / (x * x) + local)
    }

    /// x of Colebrook–White from a guess, by the fixed point with its first-order remainder (Aitken's Δ² in the limit).
    private func root(_ reynolds: Double, near guess: Double) -> Double {
        var x = guess.isFinite && guess > 0.5 && guess < 20 ? guess : 8
        for _ in 0..<60 {
            let argument = pipe.roughness / (3.71 * pipe.diameter) + 2.51 * x / reynolds
            let next = -2 * naturalLogarithm(argument) / Self.lnTen
            let contraction = 2.51 / reynolds / argument * 2 / Self.lnTen
            let change = (next - x) / (1 + contraction)
            x += change
            if change.magnitude <= 1e-8 { break }
        }
        return x
    }

    /// The cubic between 2000 and 4000 as a blend of Hermite's four base polynomials.
    private func transitional(_ reynolds: Double) -> Double {
        let t = (reynolds - 2000) / 2000
        let x = root(4000, near: 5)
        let turbulent = 1 / (x * x)
        let argument = pipe.roughness / (3.71 * pipe.diameter) + 2.51 * x / 4000
        let share = 2.51 / 4000 / argument * 2 / Self.lnTen
        // dλ/dRe = −2 λ/Re · share/(1 + share); times the width 2000.
        let slope = -turbulent * share / (1 + share)
        let (u, w) = (t * t * (3 - 2 * t), t * (1 - t))
        return 0.032 * (1 - u) + turbulent * u + w * ((1 - t) * -0.032 - t * slope)
    }
}
