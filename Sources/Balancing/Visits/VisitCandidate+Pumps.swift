import Hydraulics
import NetworkModel
import Quantities

extension VisitSearch {
    /// Changes of a pump's speed that are tried, as logarithms.
    private static let speedSteps = (-50...50).filter { $0 != 0 }.map { 0.02 * Double($0) }
    /// Speeds of a single pump that are tried, up to its full one: a booster may have to give many times its head.
    private static var speedParts: Int { 50 }
    /// Pumps looked at one by one in a round: those that carry most.
    private static var pumpsLookedAt: Int { 12 }

    /// Pumps whose speed or head a person sets: all of them together, and where there are several each by itself.
    ///
    /// Together they change all flows by one factor (affinity laws; losses nearly quadratic), which no single one of several beside or
    /// in line with each other does.
    mutating func pumps() -> [VisitCandidate] {
        let lower = circuit.compiled.pumps.lowerBound
        let driving = circuit.compiled.pumps.filter { link in
            guard case .pump(let pump) = network.links[circuit.compiled.links[link]].element else { return false }
            return network.pumps[pump].control == .fixedSpeed && state.isOpen[link] && state.pumpSpeed[link - lower] > 0
                && solution.massFlow[link] > 0
        }
        var found: [VisitCandidate] = []
        if let all = together(driving) { found.append(all) }
        guard driving.count > 1 else { return found }
        let first = driving.sorted { (solution.massFlow[$1], $0) < (solution.massFlow[$0], $1) }.prefix(Self.pumpsLookedAt)
        for link in first { if let candidate = alone(link) { found.append(candidate) } }
        return found
    }

    /// All pumps of the circuit by one factor.
    private func together(_ driving: [Int]) -> VisitCandidate? {
        guard let first = driving.first, !isBarred[first] else { return nil }
        let followers = circuit.consumers.indices.filter { weight[$0] > 0 }.map { (consumer: $0, ratio: 1.0) }
        let most = driving.reduce(Double.infinity) { min($0, room(of: $1)) }
        var best: VisitCandidate?
        for step in Self.speedSteps {
            let bounded = min(step, most)
            let gain = self.gain(followers, bounded)
            if gain > best?.gain ?? 0 {
                best = VisitCandidate(
                    link: first, setting: nil, value: speed(of: first, after: bounded), gain: gain, served: followers.map(\.consumer),
                    beside: driving.dropFirst().map { ($0, speed(of: $0, after: bounded)) })
            }
        }
        return best
    }

    /// One of several pumps: what it gives more or less at the flow it carries acts like a drive in its link.
    ///
    /// Flows follow a drive as if each stood behind one pressure and one quadratic resistance: ln ṁ'/ṁ = ½ ln(1 + 2 Δ ∂ln ṁ/∂drive).
    private mutating func alone(_ link: Int) -> VisitCandidate? {
        guard !isBarred[link] else { return nil }
        var drive = [Double](repeating: 0, count: design.count)
        drive[link] = 1
        let response = solver.response(toDrive: drive).massFlow
        var rates: [(consumer: Int, rate: Double)] = []
        for (position, consumer) in circuit.consumers.enumerated() where weight[position] > 0 {
            let own = solution.massFlow[consumer.link]
            let rate = own != 0 ? response[consumer.link] / own : 0
            if rate != 0 { rates.append((position, rate)) }
        }
        let pump = link - circuit.compiled.pumps.lowerBound
        let flow = solution.massFlow[link]
        let now = circuit.compiled.pressureLoss(link: link, massFlow: flow, state).loss
        let full = max(1, state.pumpSpeed[pump])
        var other = state
        var best: VisitCandidate?
        for part in 1...Self.speedParts {
            other.pumpSpeed[pump] = full * Double(part) / Double(Self.speedParts)
            let more = now - circuit.compiled.pressureLoss(link: link, massFlow: flow, other).loss
            let followers = rates.map { entry in
                // Far steps leave what a linearisation knows.
                (consumer: entry.consumer, ratio: 0.5 * logarithm(min(max(1 + 2 * more * entry.rate, 0.1), 10)))
            }
            let gain = self.gain(followers, 1)
            if gain > best?.gain ?? 0 {
                best = VisitCandidate(
                    link: link, setting: nil, value: other.pumpSpeed[pump], gain: gain, served: followers.map(\.consumer))
            }
        }
        return best
    }

    private func speed(of link: Int, after step: Double) -> Double {
        state.pumpSpeed[link - circuit.compiled.pumps.lowerBound] * power(2.718281828459045, step)
    }

    /// How much faster a pump may run, as a logarithm: up to its nominal speed.
    private func room(of link: Int) -> Double {
        let speed = state.pumpSpeed[link - circuit.compiled.pumps.lowerBound]
        return logarithm(max(1, speed) / speed)
    }
}
