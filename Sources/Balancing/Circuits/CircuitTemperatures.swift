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
        for pipe in circuit.compiled.pipes where transport.isMoving(pipe) {
            factor[pipe] = PipeCooling.remainder(conductance: pipeConductance[pipe], capacityFlow: flow[pipe] * heatCapacity)
            offset[pipe] = ambient[pipe] * (1 - factor[pipe])
        }
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
        loss = 0
        for pipe in circuit.compiled.pipes where transport.isMoving(pipe) && pipeConductance[pipe] > 0 {
            let inlet = node[transport.inlet(of: pipe)]
            if inlet.isFinite { loss += flow[pipe].magnitude * heatCapacity * (1 - factor[pipe]) * (inlet - ambient[pipe]) }
        }
    }

    private func inflow(_ flow: [Double], _ still: Double) -> [Double] {
        var net = [Double](repeating: 0, count: circuit.compiled.nodes.count)
        guard !openNodes.isEmpty else { return net }
        var isOpen = net
        for node in openNodes { isOpen[node] = 1 }
        for link in flow.indices {
            net[Int(circuit.compiled.from[link])] += flow[link]
            net[Int(circuit.compiled.to[link])] -= flow[link]
        }
        // What a closed circuit leaves at its held pressure is rounding.
        for node in net.indices { net[node] = isOpen[node] > 0 && net[node] > 100 * still ? net[node] : 0 }
        return net
    }

    /// Temperature of the water that enters a link, °C; NaN where nothing flows.
    func inlet(_ link: Int) -> Double { transport.isMoving(link) ? node[transport.inlet(of: link)] : .nan }

    /// Temperature of the water that leaves a link, °C; NaN where nothing flows.
    func outlet(_ link: Int) -> Double { transport.outlet(of: link, factor: factor, offset: offset, temperature: node) }

    /// Moves mean water temperatures, °C, a part of the way to those found, where water moves; still water keeps what it had.
    func mean(into temperature: inout [Double], part: Double, flow: [Double], heatCapacity: Double) {
        for link in flow.indices where transport.isMoving(link) {
            let inlet = inlet(link)
            guard inlet.isFinite else { continue }
            let mean = circuit.compiled.pipes.contains(link)
                ? PipeCooling.mean(
                    inlet: inlet, surroundings: ambient[link], conductance: pipeConductance[link],
                    capacityFlow: flow[link] * heatCapacity)
                : 0.5 * (inlet + outlet(link))
            temperature[link] += part * ((mean.isFinite ? mean : inlet) - temperature[link])
        }
    }
}
