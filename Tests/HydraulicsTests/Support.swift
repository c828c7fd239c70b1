import NetworkModel
import Quantities

@testable import Hydraulics

/// SplitMix64 (Steele, Lea & Flood 2014): the seeded random numbers of the property tests.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform in a range.
    mutating func number(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(next() >> 11) * 0x1p-53
    }

    /// Uniform in 0..<count.
    mutating func place(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    /// True with a probability.
    mutating func chance(_ probability: Double) -> Bool { number(0...1) < probability }

    /// Uniform in the logarithm.
    mutating func logarithmic(_ range: ClosedRange<Double>) -> Double {
        exponential(number(naturalLogarithm(range.lowerBound)...naturalLogarithm(range.upperBound)))
    }
}

/// A small circuit written down by hand: nodes and links by name.
struct Sketch {
    var builder: NetworkBuilder
    var names: [String: NodeIndex] = [:]
    var links: [String: LinkIndex] = [:]
    var temperature = 10.0

    init(fluid: Fluid = .water) {
        builder = NetworkBuilder(conditions: DesignConditions(fluid: fluid))
    }

    /// The node of a name, made when it is first mentioned.
    mutating func node(_ name: String) -> NodeIndex {
        if let known = names[name] { return known }
        let node = builder.add(Node(id: ElementID(name)))
        names[name] = node
        return node
    }

    /// Sets what is special about a node.
    mutating func node(_ name: String, pressure: Double? = nil, demand: Double = 0, elevation: Double = 0) {
        let index = node(name)
        builder.update(index) { node in
            node.fixedPressure = pressure.map { Pressure(pascals: $0) }
            node.demand = MassFlow(kilogramsPerSecond: demand)
            node.elevation = Length(metres: elevation)
        }
    }

    mutating func pipe(
        _ name: String, _ from: String, _ to: String, length: Double = 100, diameter: Double = 0.1,
        roughness: Double = 1e-4, minorLoss: Double = 0, check: Bool = false, isOpen: Bool = true
    ) {
        let (from, to) = (node(from), node(to))
        let pipe = builder.add(
            Pipe(
                length: Length(metres: length), innerDiameter: Length(metres: diameter),
                roughness: Length(metres: roughness), minorLoss: minorLoss, hasCheckValve: check),
            id: ElementID(name), from: from, to: to, isOpen: isOpen)
        links[name] = builder.current.pipes[pipe].link
    }

    mutating func valve(
        _ name: String, _ from: String, _ to: String, kv: Double, function: ValveFunction = .throttling,
        isOpen: Bool = true
    ) {
        let (from, to) = (node(from), node(to))
        let valve = builder.add(
            Valve(kv: FlowCoefficient(kv), function: function), id: ElementID(name), from: from, to: to, isOpen: isOpen)
        links[name] = builder.current.valves[valve].link
    }

    mutating func pump(_ name: String, _ from: String, _ to: String, head: Double) {
        pump(name, from, to, .constantHead(PressureDifference(pascals: head)))
    }

    /// A pump through points of m³/s and Pa.
    mutating func pump(_ name: String, _ from: String, _ to: String, curve: [(Double, Double)]) {
        let points = curve.map { PumpPoint(flow: VolumeFlow($0.0), head: PressureDifference(pascals: $0.1)) }
        pump(name, from, to, .curve(points))
    }

    mutating func pump(_ name: String, _ from: String, _ to: String, _ characteristic: PumpCharacteristic) {
        let (from, to) = (node(from), node(to))
        let pump = builder.add(Pump(characteristic: characteristic), id: ElementID(name), from: from, to: to)
        links[name] = builder.current.pumps[pump].link
    }

    /// Gives a pump a drive that follows a sensor.
    mutating func control(_ name: String, _ control: PumpControl, least: Double = 0.2) {
        guard let link = links[name], case .pump(let pump) = builder.current.links[link].element else { return }
        builder.update(pump) { ($0.control, $0.leastSpeed) = (control, least) }
    }

    /// The pressure difference between two nodes, for controllers.
    mutating func pair(_ high: String, _ low: String) -> NodePair { NodePair(high: node(high), low: node(low)) }

    mutating func terminal(_ name: String, _ from: String, _ to: String, _ load: TerminalLoad, kv: Double?) {
        let (from, to) = (node(from), node(to))
        let terminal = builder.add(
            Terminal(load: load, kv: kv.map { FlowCoefficient($0) }), id: ElementID(name), from: from, to: to)
        links[name] = builder.current.terminals[terminal].link
    }

    mutating func source(_ name: String, _ from: String, _ to: String, kv: Double? = nil) {
        let (from, to) = (node(from), node(to))
        let source = builder.add(
            Source(id: ElementID(name), supplyTemperature: Temperature(celsius: 70), kv: kv.map { FlowCoefficient($0) }),
            from: from, to: to)
        links[name] = builder.current.sources[source].link
    }

    /// The only circuit, ready to solve.
    func compile() -> Ready {
        let network = builder.build()
        let circuit = network.circuits()[0]
        let compiled = CompiledNetwork(network, circuit: circuit)
        let state = CircuitState(compiled, of: network, temperature: Temperature(celsius: temperature))
        return Ready(sketch: self, network: network, compiled: compiled, state: state)
    }

    /// Solves the only circuit.
    func solve() throws -> Answer { try compile().solve() }
}

/// A compiled sketch with a state that a test may change.
struct Ready {
    let sketch: Sketch
    let network: Network
    let compiled: CompiledNetwork
    var state: CircuitState

    func link(_ name: String) -> Int { sketch.links[name].flatMap { compiled.local($0) } ?? -1 }
    func node(_ name: String) -> Int { sketch.names[name].flatMap { compiled.local($0) } ?? -1 }

    func solve(from start: HydraulicSolution? = nil) throws -> Answer {
        var solver = HydraulicSolver(compiled)
        return Answer(ready: self, solution: try solver.solve(state, from: start))
    }
}

/// A solution with names.
struct Answer {
    let ready: Ready
    let solution: HydraulicSolution

    func flow(_ link: String) -> Double { solution.massFlow[ready.link(link)] }
    func pressure(_ node: String) -> Double { solution.pressure[ready.node(node)] }
    func status(_ link: String) -> LinkStatus { solution.linkStatus[ready.link(link)] }
    func loss(_ link: String) -> Double {
        ready.compiled.pressureLoss(link: ready.link(link), massFlow: flow(link), ready.state).loss
    }
    func difference(_ high: String, _ low: String) -> Double { pressure(high) - pressure(low) }
    func speed(_ pump: String) -> Double { solution.pumpSpeed[ready.link(pump) - ready.compiled.pumps.lowerBound] }
    var findings: Set<HydraulicFinding.Kind> { Set(solution.findings.map(\.kind)) }
}
