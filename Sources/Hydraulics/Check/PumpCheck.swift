/// The head of a pump once more: the cubic between two points of its curve by de Casteljau's construction.
struct PumpCheck {
    private let law: PumpLaw

    init(_ law: PumpLaw) { self.law = law }

    /// −head in Pa at a mass flow in kg/s.
    func loss(_ massFlow: Double) -> Double {
        switch law.characteristic {
        case .constantHead(let head): return -(law.speed * law.speed * head)
        case .curve(let curve):
            // Affinity laws: the flow at nominal speed, and its head back at this one.
            return -law.speed * law.speed * head(curve, massFlow / law.density / law.speed)
        case .segments, .powerFunction, .constantPower: return law.loss(massFlow).loss
        }
    }

    private func head(_ curve: PumpCurve, _ flow: Double) -> Double {
        let last = curve.flow.count - 1
        guard last > 0, let next = curve.flow.firstIndex(where: { $0 > flow }), next > 0 else {
            let end = flow <= curve.flow[0] ? 0 : last
            return curve.head[end] + (flow - curve.flow[end]) * curve.slope[end]
        }
        let third = (curve.flow[next] - curve.flow[next - 1]) / 3
        var points = [
            curve.head[next - 1], curve.head[next - 1] + third * curve.slope[next - 1],
            curve.head[next] - third * curve.slope[next], curve.head[next],
        ]
        let share = (flow - curve.flow[next - 1]) / (3 * third)
        while points.count > 1 { points = zip(points, points.dropFirst()).map { $0 + ($1 - $0) * share } }
        return points[0]
    }
}
