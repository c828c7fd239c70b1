import Heating
import Hydraulics
import NetworkModel

/// What a watt and a kg/s to each consumer of a circuit use of the limit that stops it: the adjoint of that limit.
struct LimitPrice: Sendable {
    /// Use by a watt.
    var heat: Double
    /// Use by a kg/s of each consumer.
    var flow: [Double]

    /// Whether water matters at all.
    var hasFlow: Bool { flow.contains { $0 != 0 } }
}

extension Filling {
    /// Prices in every circuit behind a limit of a circuit, by circuit.
    ///
    /// - Parameters:
    ///   - loads: of the circuit and all that it feeds.
    ///   - cut: the pipe, where one is the limit.
    func prices(of limit: Limit, in bound: Int, _ loads: [Int: Load], cut: Int? = nil) -> [Int: LimitPrice] {
        guard let load = loads[bound] else { return [:] }
        let count = distribution.circuits[bound].consumers.count
        let none = [Double](repeating: 0, count: count)
        var prices = [Int: LimitPrice]()
        switch limit {
        case .sourceHeat:
            let whole = sourceLimit(bound, { $0.heatLimit?.watts }, share: \.heat) ?? 0
            prices[bound] = LimitPrice(heat: whole > 0 ? 1 / whole : 1, flow: none)
        case .substationHeat:
            let whole = distribution.feeds[bound].substation.flatMap { distribution.network.substations[$0].heatLimit?.watts } ?? 0
            prices[bound] = LimitPrice(heat: whole > 0 ? 1 / whole : 1, flow: none)
        case .sourceFlow:
            let whole = sourceLimit(bound, { $0.flowLimit?.value }, share: \.flow) ?? 0
            prices[bound] = LimitPrice(heat: 0, flow: [Double](repeating: whole > 0 ? 1 / whole : 1, count: count))
        case .exchanger, .primaryFlow:
            guard let substation = distribution.feeds[bound].substation else { return [:] }
            let rate = substationRates(load) { load in
                substationMargins(substation, load).first { $0.limit == limit }?.excess ?? 0
            }
            prices[bound] = LimitPrice(heat: rate.heat, flow: [Double](repeating: rate.flow, count: count))
        case .pumpHead:
            var loops: LoopFlows?
            guard let flow = try? distribution.circuits[bound].flows(load.consumption, designState[bound], &loops) else { return [:] }
            prices[bound] = LimitPrice(heat: 0, flow: headPrices(bound, flow))
        case .pipe:
            guard let cut else { return [:] }
            let pipe = cuts[bound].cuts[cut]
            let greatest = greatestFlow(bound, pipe)
            guard greatest > 0 else { return [:] }
            // In a loop all are taken to share in it alike.
            var flow = [Double](repeating: pipe.consumers.isEmpty ? 1 / greatest : 0, count: count)
            for consumer in pipe.consumers { flow[consumer] = 1 / greatest }
            prices[bound] = LimitPrice(heat: 0, flow: flow)
        default: return [:]
        }
        for circuit in distribution.subtree(of: bound) {
            guard let price = prices[circuit] else { continue }
            for child in distribution.feeds[circuit].children {
                guard let substation = distribution.feeds[child].substation,
                    let consumer = distribution.primaryConsumer[substation.position]
                else { continue }
                var below = LimitPrice(
                    heat: price.heat, flow: [Double](repeating: 0, count: distribution.circuits[child].consumers.count))
                if price.flow[consumer] != 0, let load = loads[child], load.capacityFlow > 0 {
                    let rate = substationRates(load) { primaryCapacityFlow(substation, $0) / heatCapacity }
                    below.heat += price.flow[consumer] * rate.heat
                    for position in below.flow.indices { below.flow[position] = price.flow[consumer] * rate.flow }
                }
                prices[child] = below
            }
        }
        return prices
    }

    /// Derivatives of a function of a substation's load by heat (W) and by secondary mass flow (kg/s).
    private func substationRates(_ load: Load, _ value: (Load) -> Double) -> (heat: Double, flow: Double) {
        guard load.heat > 0, load.capacityFlow > 0 else { return (0, 0) }
        // Central differences: the functions are smooth, a ten-thousandth is far from rounding and from curvature.
        func rate(_ change: (inout Load, Double) -> Void, _ size: Double) -> Double {
            var (more, less) = (load, load)
            change(&more, size)
            change(&less, -size)
            let slope = (value(more) - value(less)) / (2 * size)
            return slope.isFinite ? slope : 0
        }
        return (
            rate({ $0.heat += $1 }, 1e-4 * load.heat),
            rate({ $0.capacityFlow += $1 }, 1e-4 * load.capacityFlow) * heatCapacity
        )
    }

    /// Change of the spare head on the paths that have least of it over the pump's head, by the flow of every consumer, s/kg.
    ///
    /// Paths within a few thousandths of the head count by e^(−spare/width), so that paths that come to bind one after
    /// another are seen together. Where loops share the flow, the spanning tree stands for them.
    private func headPrices(_ circuit: Int, _ flow: [Double]) -> [Double] {
        let part = distribution.circuits[circuit]
        let state = designState[circuit]
        let spares = part.spares(flow, state, loss: part.losses(flow, state))
        let least = spares.reduce(Double.infinity) { $1 < $0 ? $1 : $0 }
        guard least.isFinite else { return spares.map { _ in 0 } }
        let width = 0.002 * max(part.pumpHead(flow, state) ?? 0, 1000)
        var weights = spares.map { $0.isFinite ? power(2.718281828459045, -min(($0 - least) / width, 60)) : 0 }
        let sum = weights.reduce(0, +)
        for position in weights.indices { weights[position] /= sum }
        let head = max(part.pumpHead(flow, state) ?? 0, 1000)
        return part.pathGradient(flow, state, weights: weights).map { $0 / head }
    }
}

extension DesignCircuit {
    /// Derivative of Σ weight · (loss of the path of a consumer) by the flow of each consumer, Pa s/kg.
    ///
    /// - Complexity: O(nodes + links), by the tree that carries the flows.
    func pathGradient(_ flow: [Double], _ state: CircuitState, weights: [Double]) -> [Double] {
        let share = summedFlows(weights, demand: [Double](repeating: 0, count: compiled.nodes.count))
        let slopes = flow.indices.map { link -> Double in
            if share[link] == 0 || compiled.resistances.contains(link) && state.kv[link] == .infinity { return 0 }
            return compiled.pressureLoss(link: link, massFlow: flow[link], state).slope
        }
        var fall = [Double](repeating: 0, count: compiled.nodes.count)
        for node in order {
            let link = Int(treeLink[Int(node)])
            guard link >= 0 else { continue }
            let drop = slopes[link] * share[link]
            let inward = compiled.to[link] == node
            fall[Int(node)] = inward ? fall[Int(compiled.from[link])] + drop : fall[Int(compiled.to[link])] - drop
        }
        return consumers.enumerated().map { position, consumer in
            guard consumer.isReachable else { return 0 }
            let way = fall[Int(compiled.from[consumer.link])] - fall[Int(compiled.to[consumer.link])]
            return way + slopes[consumer.link] * share[consumer.link]
        }
    }
}
