import Hydraulics
import NetworkModel
import Quantities

/// A device with the setting at which it helps most, and how much.
struct VisitCandidate: Sendable {
    /// Local link.
    var link: Int
    /// Setting of a valve with a model.
    var setting: Double?
    /// Kv of a valve, m³/h; speed of a pump.
    var value: Double
    /// Fall of the cost, in dwellings, as the linearised equations predict it.
    var gain: Double
    /// Positions of the consumers it serves.
    var served: [Int]
    /// Pumps that go with it, each set to its own speed, by local link: they share one work.
    var beside: [(link: Int, value: Double)] = []

    /// Its devices, by local link.
    var links: [Int] { [link] + beside.map(\.link) }
}

extension VisitSearch {
    /// Upper valves looked at closely in a round: those whose cost falls steepest.
    private static var screened: Int { 10 }
    /// Settings tried of each.
    private static var tried: Int { 32 }

    /// Every device that would help, at its best setting.
    mutating func candidates() -> [VisitCandidate] {
        var found: [VisitCandidate] = []
        var isOwn = [Bool](repeating: false, count: design.count)
        for (position, consumer) in circuit.consumers.enumerated() {
            guard case .dwelling = consumer.kind, weight[position] > 0, let last = chains.valves(of: position).last else { continue }
            let link = Int(last)
            guard let valve = circuit.setValve[link], network.valves[valve].level == .dwelling,
                !network.valves[valve].isController
            else { continue }
            isOwn[link] = true
            if !isBarred[link], miss[position] != 0, let candidate = dwelling(position, consumer, link, valve) { found.append(candidate) }
        }
        for (place, link) in steepest(isOwn) {
            if let candidate = upper(place, link) { found.append(candidate) }
        }
        found += pumps()
        return found.filter { $0.gain > Self.leastGain * (isVisited[$0.link] ? 2 : Double($0.links.count)) }
    }

    /// A dwelling's own valve: nearly all of its effect stays in its branch, where losses are quadratic.
    private func dwelling(_ position: Int, _ consumer: DesignCircuit.Consumer, _ link: Int, _ valve: ValveIndex) -> VisitCandidate? {
        let compiled = circuit.compiled
        let (actual, wanted) = (solution.massFlow[consumer.link], design[consumer.link])
        guard actual.magnitude > 0 else { return nil }
        let terminal = compiled.pressureLoss(link: consumer.link, massFlow: actual, state).loss.magnitude
        let unit = FlowCoefficient(1).resistance(density: Density(compiled.density(link: link, state))) * actual * actual
        let both = terminal + unit / (state.kv[link] * state.kv[link])
        // Kv at which the flow becomes the design flow.
        let left = both * (actual / wanted) * (actual / wanted) - terminal
        let exact = left > 0 ? (unit / left).squareRoot() : .infinity
        var best: VisitCandidate?
        for (setting, kv) in settings(of: valve, around: exact) {
            let there = miss[position] + 0.5 * logarithm(both / (terminal + unit / (kv * kv)))
            let gain = weight[position] * (costs.cost(miss[position]) - costs.cost(there))
            if gain > best?.gain ?? 0, kv != state.kv[link] {
                best = VisitCandidate(link: link, setting: setting, value: kv, gain: gain, served: [position])
            }
        }
        return best
    }

    /// The settings next to a Kv, with theirs.
    private func settings(of valve: ValveIndex, around kv: Double) -> [(Double?, Double)] {
        let full = network.fullyOpenKv(of: valve)
        guard let index = network.valves[valve].model else { return [(nil, min(kv, full))] }
        if let grid = grids.byModel[index.position] {
            let (below, above) = grid.places(around: kv)
            return [(grid.setting[below], grid.kv[below]), (grid.setting[above], grid.kv[above])]
        }
        let model = network.valveModels[index]
        let setting = model.nearestSetting(passing: FlowCoefficient(min(kv, full)))
        return [(setting, model.kv(at: setting).value)]
    }

    /// Upper valves by how steeply the cost falls with them, by one adjoint solve, each with its place in the chains' order.
    private mutating func steepest(_ isOwn: [Bool]) -> [(place: Int, link: Int)] {
        var weights = [Double](repeating: 0, count: design.count)
        for (position, consumer) in circuit.consumers.enumerated() where weight[position] > 0 {
            let flow = solution.massFlow[consumer.link]
            if flow != 0 { weights[consumer.link] = weight[position] * costs.slope(miss[position]) / flow }
        }
        let slope = solver.kvSensitivities(flowWeights: weights)
        return chains.order.enumerated()
            .map { (place: $0.offset, link: Int($0.element)) }
            .filter { !isOwn[$0.link] && !isControlled($0.link) && !isBarred[$0.link] && slope[$0.link] != 0 }
            .sorted { (slope[$1.link].magnitude, $0.link) < (slope[$0.link].magnitude, $1.link) }
            .prefix(Self.screened).map { $0 }
    }

    private func isControlled(_ link: Int) -> Bool { circuit.setValve[link].map { network.valves[$0].isController } ?? false }

    /// An upper valve: its own flow follows its Kv as if the rest were one quadratic resistance behind one pressure
    /// (which the response to a drive in it gives), all other flows in proportion to it.
    private mutating func upper(_ place: Int, _ link: Int) -> VisitCandidate? {
        guard let valve = circuit.setValve[link] else { return nil }
        let flow = solution.massFlow[link].magnitude
        var drive = [Double](repeating: 0, count: design.count)
        drive[link] = 1
        let response = solver.response(toDrive: drive).massFlow
        guard flow > 0, response[link] > 0, state.kv[link] > 0, state.kv[link].isFinite else { return nil }
        let loss = circuit.compiled.pressureLoss(link: link, massFlow: flow, state).loss.magnitude
        let whole = max(0.5 * flow / response[link], loss * (1 + 1e-9))
        let unit = loss * state.kv[link] * state.kv[link]
        // How ln of each consumer's flow follows ln of the valve's.
        let share = flow / response[link]
        var followers: [(consumer: Int, ratio: Double)] = []
        for (position, consumer) in circuit.consumers.enumerated() where weight[position] > 0 {
            let own = solution.massFlow[consumer.link]
            let ratio = own != 0 ? response[consumer.link] / own * share : 0
            if ratio.magnitude > 1e-4 { followers.append((position, ratio)) }
        }
        var best: VisitCandidate?
        for (setting, kv) in settings(of: valve) where kv != state.kv[link] {
            let step = 0.5 * logarithm(whole / (whole - loss + unit / (kv * kv)))
            // Far steps leave what a linearisation knows.
            guard step.magnitude < 1.2 else { continue }
            let gain = self.gain(followers, step)
            if gain > best?.gain ?? 0 { best = VisitCandidate(link: link, setting: setting, value: kv, gain: gain, served: []) }
        }
        best?.served = chains.consumers(behind: place).map { Int($0) }
        return best
    }

    func gain(_ followers: [(consumer: Int, ratio: Double)], _ step: Double) -> Double {
        var gain = 0.0
        for (position, ratio) in followers {
            var there = miss[position] + ratio * step
            // A controller takes its design flow and no more.
            if case .dwelling = circuit.consumers[position].kind {} else { there = min(there, 0) }
            gain += weight[position] * (costs.cost(miss[position]) - costs.cost(there))
        }
        return gain
    }

    /// Settings of a valve to try, thinned where there are many.
    private func settings(of valve: ValveIndex) -> [(Double?, Double)] {
        let full = network.fullyOpenKv(of: valve)
        guard let index = network.valves[valve].model, let grid = grids.byModel[index.position] else {
            guard network.valves[valve].model == nil else { return [] }
            return (0..<Self.tried).map { (nil, full * power(0.88, Double($0))) }
        }
        let stride = max(1, grid.kv.count / Self.tried)
        return Swift.stride(from: grid.kv.count - 1, through: 0, by: -stride).map { (grid.setting[$0], grid.kv[$0]) }
    }
}
