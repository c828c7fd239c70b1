import Hydraulics
import NetworkModel
import Quantities

/// Writes a heating network as an EPANET input file (2.2 and later), so that another engine can judge its hydraulics.
///
/// The file says in cubic metres an hour and metres of water what the network says in kg/s and Pa, for water of one temperature.
/// Loss coefficients are exact: ``EpanetSolver`` with exact physics gives the flows of the isothermal native solution. EPANET itself
/// adds the rounding of its constants (friction 0.08 % low by its g, local losses 0.01 % low) and Swamee–Jain friction.
public enum EpanetWriter {
    /// What the network leaves open.
    public struct Options: Sendable {
        /// Temperature of all water; nil = ``EpanetWriter/meanTemperature(of:)``.
        public var temperature: Temperature?
        /// Flow by link, kg/s, of a simulation: it becomes the setting of what a heat controller throttles (primary sides of
        /// exchangers, loads given as heat). nil = these stand fully open, with a note.
        public var massFlow: [Double]?
        /// Describes what to take.
        public init(temperature: Temperature? = nil, massFlow: [Double]? = nil) {
            (self.temperature, self.massFlow) = (temperature, massFlow)
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
        /// Temperature of the water.
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

    /// Whether flows of the network are up to controllers of heat, so that ``Options/massFlow`` matters.
    public static func hasControlledFlow(_ network: Network) -> Bool {
        !network.substations.isEmpty
            || network.terminals.contains { if case .heat = $0.load { true } else { false } }
    }

    /// Mean of supply and return at design: of the substations' secondary sides, or, without substations, of sources and loads.
    public static func meanTemperature(of network: Network) -> Temperature {
        if !network.substations.isEmpty {
            return mean(network.substations.map { 0.5 * ($0.secondarySupply.celsius + $0.secondaryReturn.celsius) }) ?? Temperature(celsius: 50)
        }
        let supply = mean(network.sources.map(\.supplyTemperature.celsius))
        let back = mean(
            network.terminals.compactMap { terminal in
                switch terminal.load {
                case .emitter(let dwelling): network.dwellings[dwelling].emitter.nominalReturn.celsius
                case .heat(_, let returnTemperature): returnTemperature.celsius
                case .flow(_, let drop): supply.map { $0.celsius - drop.celsius }
                case .flowAndHeat, .none: nil
                }
            })
        guard let supply else { return back ?? Temperature(celsius: 50) }
        // An emitter sized for hotter water than the source gives tells nothing of the return.
        guard let back, back < supply else { return supply }
        return 0.5 * (supply + back)
    }

    private static func mean(_ celsius: [Double]) -> Temperature? {
        celsius.isEmpty ? nil : Temperature(celsius: celsius.reduce(0, +) / Double(celsius.count))
    }
}

/// The state of writing one file: lines by section.
struct EpanetWriting {
    let network: Network
    let options: EpanetWriter.Options
    let temperature: Temperature
    let density: Double
    let viscosity: Double
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
    var section = EpanetSections()
    var levelPumps = 0
    var givenFlows = 0

    init(_ network: Network, _ options: EpanetWriter.Options) {
        self.network = network
        self.options = options
        temperature = options.temperature ?? EpanetWriter.meanTemperature(of: network)
        let fluid = network.conditions.fluid
        let density = fluid.density(at: temperature).value
        self.density = density
        viscosity = fluid.viscosity(at: temperature).value
        let widest = network.pipes.map(\.innerDiameter.metres).max() ?? 0.1
        // 5 m/s in the widest pipe.
        pumpRange = 3600 * 5 * Double.pi / 4 * widest * widest
        linkNames = EpanetNames(taken: network.links.map(\.id))
        nodeNames = EpanetNames(taken: network.nodes.map(\.id))
        nodes = [ElementID?](repeating: nil, count: network.nodes.count)
        links = [ElementID?](repeating: nil, count: network.links.count)
        demand = network.nodes.map { $0.demand.kilogramsPerSecond / density * 3600 }
        isLinked = [Bool](repeating: false, count: network.nodes.count)
    }

    /// m of the file's water.
    func head(_ pascals: Double) -> Double { pascals / (density * standardGravity) }
    /// m³/h of the file's water.
    func flow(_ kilogramsPerSecond: Double) -> Double { kilogramsPerSecond / density * 3600 }

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

    /// Junctions, and beside each node of fixed pressure a reservoir at the end of a metre of pipe too wide to lose anything.
    mutating func addNodes() {
        for (position, node) in network.nodes.enumerated() {
            let index = NodeIndex(position)
            guard isLinked[position] else {
                note(.inpOutUnlinkedNode, ElementReference(kind: "nodes", id: node.id))
                continue
            }
            let name = name(of: index)
            let elevation = node.elevation.metres
            section.junctions.append("\(name) \(text(elevation)) \(text(demand[position]))")
            if let place = node.position { section.coordinates.append("\(name) \(text(place.x)) \(text(place.y))") }
            guard let pressure = node.fixedPressure else { continue }
            let reservoir = nodeNames.addition(node.id.part("hold")).text
            let pipe = linkNames.addition(node.id.part("hold")).text
            section.reservoirs.append("\(reservoir) \(text(elevation + head(pressure.pascals)))")
            section.pipes.append("\(pipe) \(reservoir) \(name) 1 1000 0.01 0 Open")
            if let place = node.position { section.coordinates.append("\(reservoir) \(text(place.x)) \(text(place.y))") }
        }
    }

    /// A number as EPANET reads it.
    func text(_ value: Double) -> String { NumberText.shortest(value) }
}
