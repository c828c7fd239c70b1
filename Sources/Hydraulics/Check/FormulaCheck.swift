import NetworkModel
import Quantities

/// The loss of a link by formula once more, from the description of the link: by head and velocity, as a textbook has it.
///
/// It shares data with ``FormulaLink``, but none of its arithmetic. Below a drive of ``ResistanceLaw/linearZone`` the
/// laws of powers are led straight to zero; there the two may differ by that much, far below every tolerance.
struct FormulaCheck {
    private let description: Description
    private let density: Double
    private let viscosity: Double

    /// What is known of a link, in SI units.
    enum Description: Sendable {
        case pipe(PipeGeometry, FrictionLaw, HydraulicConvention)
        case curve([LossCurvePoint])
        case breaker(setting: Double, kv: Double)
        case outlet(Outlet)
    }

    init(_ description: Description, density: Double, viscosity: Double) {
        (self.description, self.density, self.viscosity) = (description, density, viscosity)
    }

    /// Loss in Pa at a mass flow in kg/s.
    func loss(_ massFlow: Double) -> Double {
        if massFlow == 0, case .breaker(let setting, _) = description { return setting }
        if massFlow == 0 { return 0 }
        let sign: Double = massFlow < 0 ? -1 : 1
        let volumeFlow = massFlow.magnitude / density
        switch description {
        case .pipe(let pipe, let friction, let convention): return sign * pipeLoss(pipe, friction, convention, volumeFlow)
        case .curve(let points): return sign * curveLoss(points, volumeFlow)
        case .breaker(let setting, let kv):
            let ratio = 3600 * volumeFlow / kv
            return max(setting, sign * 1e5 * (density / 1000) * ratio * ratio)
        case .outlet(let outlet):
            return sign * exponential(naturalLogarithm(massFlow.magnitude / outlet.coefficient) / outlet.exponent)
        }
    }

    private func pipeLoss(_ pipe: PipeGeometry, _ friction: FrictionLaw, _ convention: HydraulicConvention, _ flow: Double) -> Double {
        let area = Double.pi / 4 * pipe.diameter * pipe.diameter
        let velocity = flow / area
        let weight = density * standardGravity
        let local = convention.localScale * pipe.minorLoss * 0.5 * density * velocity * velocity
        let (logFlow, logDiameter) = (naturalLogarithm(flow), naturalLogarithm(pipe.diameter))
        switch friction {
        case .hazenWilliams(let c):
            // h = k L / (C^1.852 d^4.871) V̇^1.852, in logarithms.
            let head = convention.hazenWilliams * pipe.length
                * exponential(1.852 * (logFlow - naturalLogarithm(c)) - 4.871 * logDiameter)
            return weight * head + local
        case .chezyManning(let n):
            let head = convention.chezyManning * pipe.length * n * n * flow * flow
                * exponential(-convention.manningExponent * logDiameter)
            return weight * head + local
        case .darcyWeisbach:
            if case .colebrookWhite = convention.frictionFactor {
                var straight = pipe
                straight.minorLoss = 0
                let check = PipeCheck(straight, density, viscosity)
                return convention.darcyScale * check.loss(flow * density, near: 0) + local
            }
            let reynolds = density * velocity * pipe.diameter / viscosity
            let dynamic = 0.5 * density * velocity * velocity
            return convention.darcyScale * swameeJain(reynolds, pipe.roughness / pipe.diameter) * pipe.length / pipe.diameter * dynamic + local
        }
    }

    /// λ by Swamee & Jain (1976) from Re 4000 on, 64/Re up to 2000, between them the cubic of Dunlop (1991).
    private func swameeJain(_ reynolds: Double, _ roughness: Double) -> Double {
        if reynolds <= 2000 { return 64 / reynolds }
        if reynolds >= 4000 {
            let logarithm = naturalLogarithm(roughness / 3.7 + 5.74 / power(reynolds, 0.9)) / Self.lnTen
            return 0.25 / (logarithm * logarithm)
        }
        // Dunlop's cubic is that of Hermite but for its right slope, which leaves out that λ itself stands in it.
        let viscous = 5.74 / power(4000, 0.9)
        let argument = roughness / 3.7 + viscous
        let root = -2 * naturalLogarithm(argument) / Self.lnTen
        let first = 1 / (root * root)
        let second = first * (2 - 3.6 / Self.lnTen * viscous / (argument * root))
        let r = reynolds / 2000
        let coefficients = [
            7 * first - second, 0.128 - 17 * first + 2.5 * second, -0.128 + 13 * first - 2 * second, 0.032 - 3 * first + 0.5 * second,
        ]
        return coefficients.reversed().reduce(0) { $0 * r + $1 }
    }

    private static let lnTen = 2.302585092994046

    /// Straight between the points and beyond them, zero at rest, never falling.
    private func curveLoss(_ points: [LossCurvePoint], _ flow: Double) -> Double {
        guard points.count > 1, let last = points.last else { return points.first?.loss.pascals ?? 0 }
        func line(_ high: Int, _ at: Double) -> Double {
            let (a, b) = (points[high - 1], points[high])
            let share = (at - a.flow.value) / (b.flow.value - a.flow.value)
            return a.loss.pascals + share * (b.loss.pascals - a.loss.pascals)
        }
        let next = points.indices.dropFirst().first { points[$0].flow.value >= flow } ?? points.count - 1
        let atRest = line(points.indices.dropFirst().first { points[$0].flow.value >= 0 } ?? 1, 0)
        let led = last.flow.value * 1e-6
        if atRest > 0 && flow < led { return atRest * flow / led }
        if atRest <= 0, let first = points.first(where: { $0.flow.value > 0 && $0.loss.pascals >= 0 }), flow < first.flow.value {
            return first.loss.pascals * flow / first.flow.value
        }
        let before = points.filter { $0.flow.value <= flow }.map(\.loss.pascals).max() ?? 0
        return max(line(next, flow), before)
    }
}
