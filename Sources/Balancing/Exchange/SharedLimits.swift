import Heating
import Hydraulics
import NetworkModel
import Quantities

/// The limits that several buildings share, with what is left of them and what heat and water of each consumer use.
///
/// Made from a finished allocation alone.
struct SharedLimits {
    /// One limit.
    struct Row: Sendable {
        var limit: Limit
        /// What is left, in the limit's own unit.
        var left: Double
        /// Use by a watt and by a kg/s of each consumer, for every circuit behind the limit.
        var price: [Int: LimitPrice]
        /// Number of buildings behind it.
        var buildings: Int
        /// About what a kelvin of a dwelling uses of it: the scale on which little is nothing.
        var weight: Double
    }

    private let allocation: Allocation
    private let distribution: Distribution
    private let setPoints: SetPoints
    private let options: AllocationOptions
    private let heatCapacity: Double
    private(set) var rows: [Row] = []
    /// Rows that a circuit's buildings share in, the narrowest first.
    private(set) var rowsOfCircuit: [[Int]]

    init(_ allocation: Allocation, _ distribution: Distribution, _ setPoints: SetPoints, _ options: AllocationOptions) {
        self.allocation = allocation
        self.distribution = distribution
        self.setPoints = setPoints
        self.options = options
        heatCapacity = distribution.network.conditions.fluid.heatCapacity.value
        rowsOfCircuit = distribution.circuits.map { _ in [] }
        for circuit in distribution.circuits.indices { addRows(circuit) }
        for (position, row) in rows.enumerated() { for circuit in row.price.keys.sorted() { rowsOfCircuit[circuit].append(position) } }
        let rows = rows
        for circuit in rowsOfCircuit.indices {
            rowsOfCircuit[circuit].sort { (rows[$0].buildings, $0) < (rows[$1].buildings, $1) }
        }
    }

    /// A limit with this share left to spare stops nobody.
    private static var slackShare: Double { 0.02 }

    private mutating func add(_ limit: Limit, _ circuit: Int, _ price: LimitPrice, left: Double, of whole: Double, buildings known: Int? = nil) {
        guard left < Self.slackShare * whole else { return }
        // The filling meets limits to a millionth; beyond it what is left is real.
        let prices = spread(price, from: circuit)
        let buildings = known ?? prices.keys.reduce(0) { $0 + distribution.feeds[$1].buildings.count }
        rows.append(Row(limit: limit, left: left > 1e-5 * whole ? left : 0, price: prices, buildings: buildings, weight: weight(prices)))
    }

    /// A hundred watts, or a watt an hour a kelvin and what water brings that: 100 W/K and 0.005 kg/(s K).
    private func weight(_ prices: [Int: LimitPrice]) -> Double {
        prices.values.reduce(0) { largest, price in
            max(largest, 100 * price.heat.magnitude + 0.005 * price.flow.reduce(0) { max($0, $1.magnitude) })
        }
    }

    private func uniform(_ circuit: Int, heat: Double, flow: Double) -> LimitPrice {
        LimitPrice(heat: heat, flow: [Double](repeating: flow, count: distribution.circuits[circuit].consumers.count))
    }

    private mutating func addRows(_ circuit: Int) {
        let feed = distribution.feeds[circuit]
        for source in feed.sources {
            let share = allocation.sources[source.position]
            if let limit = share.heatLimit {
                add(.sourceHeat, circuit, uniform(circuit, heat: 1, flow: 0), left: limit.watts - share.heat.watts, of: limit.watts)
            }
            if let limit = distribution.network.sources[source].flowLimit {
                add(.sourceFlow, circuit, uniform(circuit, heat: 0, flow: 1), left: limit.value - share.massFlow.value, of: limit.value)
            }
        }
        if let substation = feed.substation { addSubstation(circuit, substation) }
        addPipes(circuit)
        if options.limitsPressure { addHead(circuit) }
    }

    private mutating func addSubstation(_ circuit: Int, _ index: SubstationIndex) {
        let (substation, share) = (distribution.network.substations[index], allocation.substations[index.position])
        let (heat, flow) = (share.heat.watts, share.secondaryFlow.value * heatCapacity)
        guard heat > 0, flow > 0 else { return }
        if let limit = substation.heatLimit {
            add(.substationHeat, circuit, uniform(circuit, heat: 1, flow: 0), left: limit.watts - heat, of: limit.watts)
        }
        let exchanger = HeatExchanger(conductance: substation.exchangerConductance)
        let supply = setPoints.secondarySupply[index.position]
        func lack(primary: Double, share part: Double) -> (Double, Double) -> Double {
            { heat, flow in
                heat - part * exchanger.heat(
                    hotFlow: primary, coldFlow: flow, hotInlet: share.primarySupply.celsius, coldInlet: supply - heat / flow)
            }
        }
        var rules = [(Limit.exchanger, lack(primary: .infinity, share: options.exchangerShare))]
        if let limit = substation.primaryFlowLimit { rules.append((.primaryFlow, lack(primary: limit.value * heatCapacity, share: 1))) }
        for (limit, lack) in rules {
            let (perWatt, perFlow) = slopes(lack, heat, flow)
            add(limit, circuit, uniform(circuit, heat: perWatt, flow: perFlow * heatCapacity), left: -lack(heat, flow), of: heat)
        }
    }

    private func slopes(_ value: (Double, Double) -> Double, _ heat: Double, _ flow: Double) -> (Double, Double) {
        // One-sided on both sides: a hundred-thousandth is far from rounding and from curvature.
        let (h, c) = (1e-5 * heat, 1e-5 * flow)
        return ((value(heat + h, flow) - value(heat - h, flow)) / (2 * h), (value(heat, flow + c) - value(heat, flow - c)) / (2 * c))
    }

    /// State of a circuit for the allocation's temperatures, with valves fully open.
    private func state(of circuit: Int) -> CircuitState {
        var state = distribution.designState(of: circuit, supply: 60, return: 40, isothermal: true)
        for (local, link) in distribution.circuits[circuit].compiled.links.enumerated() {
            state.linkTemperature[local] = allocation.linkTemperature[link.position]
        }
        return state
    }

    /// Pipes whose velocity or friction is at its limit: the water of those behind them. Pipes in loops are left out, which only
    /// makes the bound wider.
    private mutating func addPipes(_ circuit: Int) {
        let cuts = PipeCuts(distribution.circuits[circuit], distribution.network).cuts
        guard !cuts.isEmpty else { return }
        let part = distribution.circuits[circuit]
        let state = state(of: circuit)
        for cut in cuts where !cut.consumers.isEmpty {
            let pipe = distribution.network.pipes[cut.pipe]
            let greatest = pipe.limits.greatestFlow(cut.link, pipe, part.compiled, state)
            let left = greatest - abs(allocation.massFlow[part.compiled.links[cut.link].position])
            guard left < Self.slackShare * greatest else { continue }
            var price = uniform(circuit, heat: 0, flow: 0)
            for consumer in cut.consumers { price.flow[consumer] = 1 }
            let behind = Set(cut.consumers.compactMap { distribution.feeds[circuit].rooms[$0]?.building })
            add(.pipe, circuit, price, left: left, of: greatest, buildings: distribution.feeds[circuit].children.isEmpty ? behind.count : nil)
        }
    }

    private mutating func addHead(_ circuit: Int) {
        let part = distribution.circuits[circuit]
        let flow = part.compiled.links.map { allocation.massFlow[$0.position] }
        let state = state(of: circuit)
        guard let head = part.pumpHead(flow, state), head > 0 else { return }
        let spares = part.spares(flow, state, loss: part.losses(flow, state))
        let order = spares.indices.filter { spares[$0].isFinite }.sorted { (spares[$0], $0) < (spares[$1], $1) }
        guard let first = order.first else { return }
        // The tightest path alone, and the tight ones together: either bounds what is possible.
        for width in [1e-6, 2e-3, 8e-3] {
            var weights = spares.map { $0.isFinite ? power(2.718281828459045, -min(($0 - spares[first]) / (width * head), 60)) : 0 }
            let sum = weights.reduce(0, +)
            for position in weights.indices { weights[position] /= sum }
            let left = zip(weights, spares).reduce(0) { $1.0 > 0 ? $0 + $1.0 * max($1.1, 0) : $0 }
            add(.pumpHead, circuit, LimitPrice(heat: 0, flow: part.pathGradient(flow, state, weights: weights)), left: left, of: head)
        }
    }

    /// Prices of a circuit's limit in all circuits behind it.
    private func spread(_ price: LimitPrice, from circuit: Int) -> [Int: LimitPrice] {
        var prices = [circuit: price]
        for here in distribution.subtree(of: circuit) {
            guard let price = prices[here] else { continue }
            for child in distribution.feeds[here].children {
                guard let index = distribution.feeds[child].substation, let consumer = distribution.primaryConsumer[index.position]
                else { continue }
                var below = uniform(child, heat: price.heat, flow: 0)
                let share = allocation.substations[index.position]
                let (heat, flow) = (share.heat.watts, share.secondaryFlow.value * heatCapacity)
                if price.flow[consumer] != 0 && heat > 0 && flow > 0 {
                    let supply = setPoints.secondarySupply[index.position]
                    let exchanger = HeatExchanger(conductance: distribution.network.substations[index].exchangerConductance)
                    let (perWatt, perFlow) = slopes({ heat, flow in
                        exchanger.hotFlow(
                            holding: supply, coldFlow: flow, hotInlet: share.primarySupply.celsius, coldInlet: supply - heat / flow)
                    }, heat, flow)
                    if perWatt.isFinite && perFlow.isFinite {
                        below.heat += price.flow[consumer] * perWatt / heatCapacity
                        below.flow = below.flow.map { _ in price.flow[consumer] * perFlow }
                    }
                }
                prices[child] = below
            }
        }
        return prices
    }
}
