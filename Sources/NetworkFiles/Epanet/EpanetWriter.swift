import Hydraulics
import NetworkModel
import Quantities

/// Writes a heating network as an EPANET input file (2.2 and later), so that another engine can judge its hydraulics.
///
/// The file says in cubic metres an hour and metres of water what the network says in kg/s and Pa. Every circuit has water of one
/// temperature; its flows and heads are those of its own water, for which EPANET's laws hold whatever the density, so that only the
/// viscosity has to be one for all. Loss coefficients are exact: ``EpanetSolver`` with exact physics gives the flows of the isothermal
/// native solution. EPANET itself adds the rounding of its constants (friction 0.08 % low by its g, local losses 0.01 % low) and
/// Swamee–Jain friction.
public enum EpanetWriter {
    /// What the network leaves open.
    public struct Options: Sendable {
        /// Temperature of all water; nil = every circuit has the mean of its supply and return at design, and the viscosity is that
        /// of the mean over circuits by their terminals.
        public var temperature: Temperature?
        /// Flow by link, kg/s, of a simulation: it becomes the setting of what heat decides (primary sides of exchangers, loads and
        /// sources of given heat). nil = these stand fully open, or carry nothing where they have no resistance, with a note.
        public var massFlow: [Double]?
        /// Speed by pump that the control of each came to in a simulation; nil = its greatest.
        public var pumpSpeed: [Double]?
        /// Describes what to take.
        public init(temperature: Temperature? = nil, massFlow: [Double]? = nil, pumpSpeed: [Double]? = nil) {
            (self.temperature, self.massFlow, self.pumpSpeed) = (temperature, massFlow, pumpSpeed)
        }
    }

    /// A written file.
    public struct Output: Sendable {
        /// The text in UTF-8.
        public var bytes: [UInt8]
        /// What the file does not say, or says otherwise than the network; all of them warnings.
        public var notes: [Problem]
        /// Id in the file by link of the network; nil for one that became a pair of demands or was left out.
        public var links: [ElementID?]
        /// Id in the file by node of the network; nil for one without any link.
        public var nodes: [ElementID?]
        /// Density of the water whose volume the file gives, by link, kg/m³.
        public var density: [Double]
        /// Temperature of the viscosity; that of all water where the options give one.
        public var temperature: Temperature
    }

    /// Writes a network.
    ///
    /// - Precondition: `options.massFlow` has an entry for every link of the network.
    /// - Complexity: O(nodes + links).
    public static func write(_ network: Network, options: Options = Options()) -> Output {
        precondition(options.massFlow.map { $0.count == network.links.count } ?? true, "a flow for every link")
        var work = EpanetWriting(network, options)
        work.addLinks()
        work.addNodes()
        return work.output()
    }

    /// Whether flows of the network are up to controllers of heat or of differences, so that ``Options/massFlow`` matters.
    public static func hasControlledFlow(_ network: Network) -> Bool {
        !network.substations.isEmpty
            || network.pumps.contains { $0.control != .fixedSpeed } || network.valves.contains { $0.function.holdsDifference }
            || network.sources.contains { $0.givenHeat != nil }
            || network.terminals.contains { if case .heat = $0.load { true } else { false } }
    }
}

extension ValveFunction {
    /// Whether it follows a pressure difference, for which EPANET has no device.
    var holdsDifference: Bool {
        switch self {
        case .differentialPressure, .overflow: true
        default: false
        }
    }
}

/// The state of writing one file: lines by section.
struct EpanetWriting {
    let network: Network
    let options: EpanetWriter.Options
    let water: EpanetWater
    /// Flow up to which the curves of pumps of constant head reach, m³/h.
    let pumpRange: Double
    var notes: [Problem] = []
    var linkNames: EpanetNames
    var nodeNames: EpanetNames
    /// Names by node; those without links get none.
    var nodes: [ElementID?]
    var links: [ElementID?]
    /// m³/h taken out by node.
    var demand: [Double]
    var isLinked: [Bool]
    /// Whether a valve that EPANET allows at no reservoir touches a node.
    var isRegulated: [Bool]
    var section = EpanetSections()
    var levelPumps = 0
    var givenFlows = 0

    init(_ network: Network, _ options: EpanetWriter.Options) {
        self.network = network
        self.options = options
        let water = EpanetWater(network, temperature: options.temperature)
        self.water = water
        let widest = network.pipes.map(\.innerDiameter.metres).max() ?? 0.1
        // 5 m/s in the widest pipe.
        pumpRange = 3600 * 5 * Double.pi / 4 * widest * widest
        linkNames = EpanetNames(taken: network.links.map(\.id))
        nodeNames = EpanetNames(taken: network.nodes.map(\.id))
        nodes = [ElementID?](repeating: nil, count: network.nodes.count)
        links = [ElementID?](repeating: nil, count: network.links.count)
        demand = zip(network.nodes, water.density).map { $0.demand.kilogramsPerSecond / $1 * 3600 }
        isLinked = [Bool](repeating: false, count: network.nodes.count)
        isRegulated = isLinked
    }

    /// m of the water at a node.
    func head(_ pressure: Pressure, at node: NodeIndex) -> Double { pressure.pascals / (water.density[node.position] * standardGravity) }
    /// m³/h of the water at a node.
    func flow(_ flow: MassFlow, at node: NodeIndex) -> Double { flow.kilogramsPerSecond / water.density[node.position] * 3600 }

    mutating func note(_ code: ProblemCode, _ element: ElementReference? = nil, _ arguments: [String] = []) {
        notes.append(Problem(code, severity: .warning, element: element, arguments: arguments))
    }

    /// A node's id in the file, given out when first asked for.
    mutating func name(of node: NodeIndex) -> String {
        if let name = nodes[node.position] { return name.text }
        let id = network.nodes[node].id
        let name = nodeNames.name(for: id)
        if name != id { note(.inpOutShortened, ElementReference(kind: "nodes", id: id), [name.text]) }
        nodes[node.position] = name
        return name.text
    }

    /// Nodes of fixed pressure as reservoirs, all others as junctions.
    mutating func addNodes() {
        for (position, node) in network.nodes.enumerated() {
            let index = NodeIndex(position)
            guard isLinked[position] else {
                note(.inpOutUnlinkedNode, ElementReference(kind: "nodes", id: node.id))
                continue
            }
            let name = name(of: index)
            let elevation = node.elevation.metres
            if let place = node.position { section.coordinates.append("\(name) \(text(place.x)) \(text(place.y))") }
            guard let pressure = node.fixedPressure else {
                section.junctions.append("\(name) \(text(elevation)) \(text(demand[position]))")
                continue
            }
            let level = text(elevation + head(pressure, at: index))
            // What is taken out where the pressure is held moves nothing else.
            guard isRegulated[position] else {
                section.reservoirs.append("\(name) \(level)")
                continue
            }
            // EPANET wants no regulating valve at a reservoir: a metre of pipe stands between, too wide to lose anything.
            let reservoir = nodeNames.addition(node.id.part("hold")).text
            let pipe = linkNames.addition(node.id.part("hold")).text
            section.junctions.append("\(name) \(text(elevation)) \(text(demand[position]))")
            section.reservoirs.append("\(reservoir) \(level)")
            section.pipes.append("\(pipe) \(reservoir) \(name) 1 1000 0.01 0 Open")
        }
    }

    /// A number as EPANET reads it.
    func text(_ value: Double) -> String { NumberText.shortest(value) }
}
