import Heating
import NetworkModel
import Quantities

/// Temperatures of one circuit whose flows, supply temperatures and consumed heats are given.
///
/// The design counterpart of what a simulation iterates for: sources and exchangers supply at their set points.
struct CircuitTemperatures: Sendable {
    private let circuit: DesignCircuit
    private let pipeConductance: [Double]
    private let ambient: [Double]
    private let outside: [Double]
    private let openNodes: [Int]
    private let isCut: [Bool]
    private var transport: TemperatureTransport
    private var factor: [Double]
    private var offset: [Double]
    /// Mean excess of the water over the surroundings of a pipe, over that at its inlet: (1 − e⁻ᴺ)/N.
    private var meanShare: [Double]
    /// Mixed temperature by local node, °C; NaN where nothing flows.
    private(set) var node: [Double]
    /// Heat lost by pipes, W.
    private(set) var loss = 0.0

    init(_ circuit: DesignCircuit, of network: Network, in weather: Weather, setPoints: SetPoints) {
        let compiled = circuit.compiled
        self.circuit = circuit
        var conductance: [Double] = []
        var ambient: [Double] = []
        var isCut = [Bool](repeating: false, count: compiled.links.count)
        factor = [Double](repeating: 1, count: compiled.links.count)
        offset = [Double](repeating: 0, count: compiled.links.count)
        meanShare = [Double](repeating: 1, count: compiled.pipes.count)
        for (local, link) in compiled.links.enumerated() {
            switch network.links[link].element {
            case .pipe(let index):
                let pipe = network.pipes[index]
                conductance.append(max(0, pipe.heatLoss.value * pipe.length.metres))
                switch pipe.surroundings {
                case .ground: ambient.append(weather.ground.celsius)
                case .air: ambient.append(weather.outdoor.celsius)
                case .indoors(let temperature): ambient.append(temperature.celsius)
                }
            case .source(let source):
                isCut[local] = true
                offset[local] = setPoints.sourceSupply[source.position]
            case .exchangerSecondary(let substation):
                isCut[local] = true
                offset[local] = setPoints.secondarySupply[substation.position]
            default: break
            }
        }
        pipeConductance = conductance
        self.ambient = ambient
        self.isCut = isCut
        // As the simulation takes water whose temperature is not given.
        let ground = weather.ground.celsius
        outside = compiled.nodes.map { network.nodes[$0].injectionTemperature?.celsius ?? ground }
        openNodes = compiled.nodes.indices.filter {
            let node = network.nodes[compiled.nodes[$0]]
            return node.fixedPressure != nil || node.demand.value != 0
        }
        transport = TemperatureTransport(nodeCount: compiled.nodes.count, from: compiled.from, to: compiled.to)
        node = [Double](repeating: .nan, count: compiled.nodes.count)
    }

    /// Finds all temperatures for flows and consumed heats.
    ///
    /// - Parameters:
    ///   - flow: mass flow by local link, kg/s.
    ///   - heat: by consumer, W.
    ///   - riserHeat: heat of the emitters of one-pipe risers by dwelling of the network, W; empty without risers.
    ///   - seed: temperature where nothing is known, °C.
    /// - Complexity: O(nodes + links).
    mutating func update(flow: [Double], heat: [Double], riserHeat: [Double] = [], heatCapacity: Double, seed: Double) {
        var largest = 0.0
        for value in flow { largest = max(largest, value.magnitude) }
        let still = max(1e-9 * largest, 1e-12)
        transport.orient(massFlow: flow, isCut: isCut, inflow: inflow(flow, still), stillBelow: still)
        Self.cool((flow, still, heatCapacity), pipeConductance, ambient, factor: &factor, offset: &offset, share: &meanShare)
        for (position, consumer) in circuit.consumers.enumerated() where !isCut[consumer.link] {
            if case .riser = consumer.kind { continue }
            let capacityFlow = flow[consumer.link].magnitude * heatCapacity
            offset[consumer.link] = capacityFlow > 0 ? -heat[position] / capacityFlow : 0
        }
        for emitter in circuit.risers.lazy.flatMap({ $0.stages.joined() }) where !riserHeat.isEmpty {
            let capacityFlow = flow[emitter.link].magnitude * heatCapacity
            offset[emitter.link] = capacityFlow > 0 ? -riserHeat[emitter.dwelling] / capacityFlow : 0
        }
        transport.propagate(factor: factor, offset: offset, outside: outside, seed: seed, into: &node)
        loss = lost(flow, heatCapacity)
    }

    /// What pipes lose by their flows.
    private static func cool(
        _ water: (flow: [Double], still: Double, heatCapacity: Double), _ conductance: [Double], _ ambient: [Double],
        factor: inout [Double], offset: inout [Double], share: inout [Double]
    ) {
        let (conductance, ambient, flow) = (conductance.span, ambient.span, water.flow.span)
        var factor = factor.mutableSpan
        var offset = offset.mutableSpan
        var share = share.mutableSpan
        for pipe in 0..<conductance.count where flow[pipe].magnitude > water.still && conductance[pipe] > 0 {
            let n = conductance[pipe] / (flow[pipe].magnitude * water.heatCapacity)
            share[pipe] = PipeCooling.meanShare(n)
            factor[pipe] = 1 - share[pipe] * n
            offset[pipe] = ambient[pipe] * share[pipe] * n
        }
    }

    /// Heat lost by pipes at the temperatures found, W.
    private func lost(_ flow: [Double], _ heatCapacity: Double) -> Double {
        let (inletNode, node, ambient) = (transport.inletNode.span, node.span, ambient.span)
        let (conductance, share) = (pipeConductance.span, meanShare.span)
        var sum = 0.0
        for pipe in 0..<conductance.count where inletNode[pipe] >= 0 && conductance[pipe] > 0 {
            let inlet = node[Int(inletNode[pipe])]
            // ṁ cp (1 − e⁻ᴺ) = U L (1 − e⁻ᴺ)/N.
            if inlet.isFinite { sum += conductance[pipe] * share[pipe] * (inlet - ambient[pipe]) }
        }
        return sum
    }

    private func inflow(_ flow: [Double], _ still: Double) -> [Double] {
        var net = [Double](repeating: 0, count: circuit.compiled.nodes.count)
        for node in openNodes {
            let leaving = circuit.compiled.netOutflow(of: node, flow)
            // What a closed circuit leaves at its held pressure is rounding.
            if leaving > 100 * still { net[node] = leaving }
        }
        return net
    }

    /// Temperature of the water that enters a link, °C; NaN where nothing flows.
    func inlet(_ link: Int) -> Double { transport.isMoving(link) ? node[transport.inlet(of: link)] : .nan }

    /// Temperature of the water that leaves a link, °C; NaN where nothing flows.
    func outlet(_ link: Int) -> Double { transport.outlet(of: link, factor: factor, offset: offset, temperature: node) }

    /// Moves mean water temperatures, °C, a part of the way to those found, where water moves; still water keeps what it had.
    func mean(into temperature: inout [Double], part: Double) {
        let (inletNode, node, isCut) = (transport.inletNode.span, node.span, isCut.span)
        let (factor, offset, share, ambient) = (factor.span, offset.span, meanShare.span, ambient.span)
        var own = temperature.mutableSpan
        for link in 0..<own.count where inletNode[link] >= 0 {
            let inlet = node[Int(inletNode[link])]
            guard inlet.isFinite else { continue }
            let mean = link < share.count
                ? ambient[link] + (inlet - ambient[link]) * share[link]
                : 0.5 * (inlet + offset[link] + (isCut[link] ? 0 : factor[link] * inlet))
            own[link] += part * ((mean.isFinite ? mean : inlet) - own[link])
        }
    }
}
