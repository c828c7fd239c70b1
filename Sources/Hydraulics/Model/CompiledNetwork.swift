import NetworkModel
import Quantities
import SparseAlgebra

/// One circuit in the form that solves fast: dense local numbers, arrays of numbers, links grouped by kind of law.
///
/// The only renumbering of the engine. Everything that stays the same between solves stands here, the analysis of the
/// matrix included; what changes stands in ``CircuitState``. Immutable, so many workers share one.
///
/// Local links come in four contiguous groups, each in the order of the circuit: pipes (``pipes``), resistances by Kv
/// (``resistances``: valves, sources, exchangers, terminals), pumps (``pumps``), and what follows a formula of its own
/// (``formulas``: pipes of other friction laws or conventions, loss curves, pressure breakers, outlets).
public struct CompiledNetwork: Sendable {
    /// Network node of each local node, rising.
    public let nodes: [NodeIndex]
    /// Network link of each local link.
    public let links: [LinkIndex]
    /// Local node that positive flow leaves, by local link.
    public let from: [Int32]
    /// Local node that positive flow enters, by local link.
    public let to: [Int32]
    /// Local links that are pipes.
    public let pipes: Range<Int>
    /// Local links whose law is a Kv.
    public let resistances: Range<Int>
    /// Local links that are pumps.
    public let pumps: Range<Int>
    /// Local links whose law is a ``FormulaLaw``.
    public let formulas: Range<Int>
    /// What flows.
    public let fluid: Fluid

    /// Height that positive flow climbs, m, by local link.
    let rise: [Double]
    /// Whether the link never passes water from `to` to `from`, by local link.
    let isOneWay: [Bool]
    /// Pipe geometry by local link of ``pipes``, m.
    let geometry: [PipeGeometry]
    /// The part of each pipe's law that geometry alone decides, by local link of ``pipes``.
    let pipeCoefficients: [PipeCoefficients]
    /// Pump characteristics by place in ``pumps``.
    let characteristics: [PumpLaw.Characteristic]
    /// Laws without the water, by place in ``formulas``.
    let formulaLinks: [FormulaLink]
    /// Devices that follow a sensor: valves and pumps that hold a pressure or a pressure difference.
    let regulators: [Regulator]
    /// Local links of valves that want a least pressure difference.
    let independentValves: [Int]
    /// The matrix of all nodes, for states that do not come down to strands.
    private let matrix = NodeMatrix()
    /// Links at each node.
    let adjacency: Adjacency
    /// The circuit's links, rising, and the local link of each: the way back from network to local numbers.
    private let circuitLinks: [LinkIndex]
    private let localOfCircuitLink: [Int32]

    /// Slot of each link in the matrix; −1 for a link from a node to itself.
    var slot: [Int32] { matrix.analysis(of: self).slot }
    /// The analysed matrix: one row a node, fixed ones included, since which are fixed may change.
    var symbolic: SymbolicFactor { matrix.analysis(of: self).symbolic }

    /// Whether corrections with a factorised matrix pay. Without a kernel a factorisation costs less than the evaluation of the laws that
    /// comes with each correction, and a new matrix gains more; in a handful of nodes neither costs anything.
    var correctionsPay: Bool { symbolic.branchOrder < symbolic.order || symbolic.order < 100 }

    /// The local link of a network link; nil for one of another circuit.
    /// - Complexity: O(log links).
    public func local(_ link: LinkIndex) -> Int? {
        circuitLinks.position(of: link).map { Int(localOfCircuitLink[$0]) }
    }

    /// The local node of a network node; nil for one of another circuit.
    /// - Complexity: O(log nodes).
    public func local(_ node: NodeIndex) -> Int? { nodes.position(of: node) }

    /// Compiles a circuit of a network: laws and numbering.
    ///
    /// The matrix of all nodes is analysed when a solver first wants it, and then shared; states that come down to strands never do.
    /// - Complexity: O(nodes + links).
    public init(_ network: Network, circuit: Circuit) {
        let order = LinkOrder(network, circuit)
        nodes = circuit.nodes
        fluid = network.conditions.fluid
        circuitLinks = circuit.links
        localOfCircuitLink = order.local
        links = order.links
        pipes = 0..<order.pipeCount
        resistances = order.pipeCount..<order.pipeCount + order.resistanceCount
        pumps = resistances.upperBound..<resistances.upperBound + order.pumpCount
        formulas = pumps.upperBound..<order.links.count

        let table = LinkTable(network, circuit.nodes, order.links, formulas: formulas.lowerBound)
        from = table.from
        to = table.to
        rise = table.rise
        isOneWay = table.isOneWay
        geometry = table.geometry
        pipeCoefficients = table.geometry.map(PipeCoefficients.init)
        characteristics = table.characteristics
        formulaLinks = table.formulaLinks
        regulators = Regulator.all(network, circuit.nodes, order.links, from: table.from, to: table.to)
        independentValves = order.links.indices.filter { local in
            guard case .valve(let valve) = network.links[order.links[local]].element else { return false }
            if case .pressureIndependent = network.valves[valve].function { return true } else { return false }
        }

        adjacency = Adjacency(nodeCount: circuit.nodes.count, from: table.from, to: table.to)
    }
}

/// The links of a circuit grouped by kind of law.
private struct LinkOrder {
    var links: [LinkIndex]
    /// Local link by place in the circuit.
    var local: [Int32]
    var pipeCount = 0
    var resistanceCount = 0
    var pumpCount = 0

    init(_ network: Network, _ circuit: Circuit) {
        let formulas = FormulaRule(network)
        let groups = circuit.links.map { link -> Group in
            let element = network.links[link].element
            if formulas.applies(to: element) { return .formula }
            return switch element {
            case .pipe: .pipe
            case .pump: .pump
            case .valve, .source, .exchangerPrimary, .exchangerSecondary, .terminal: .resistance
            }
        }
        var counts = [0, 0, 0, 0]
        for group in groups { counts[group.rawValue] += 1 }
        (pipeCount, resistanceCount, pumpCount) = (counts[0], counts[1], counts[2])
        var next = [0, counts[0], counts[0] + counts[1], counts[0] + counts[1] + counts[2]]
        links = circuit.links
        local = [Int32](repeating: 0, count: circuit.links.count)
        for (place, group) in groups.enumerated() {
            let position = next[group.rawValue]
            next[group.rawValue] += 1
            links[position] = circuit.links[place]
            local[place] = Int32(truncatingIfNeeded: position)
        }
    }

    /// Groups in the order of local links.
    private enum Group: Int { case pipe, resistance, pump, formula }
}

/// Columns of the link arrays while they are gathered.
private struct LinkTable {
    var from: [Int32] = []
    var to: [Int32] = []
    var rise: [Double] = []
    var isOneWay: [Bool] = []
    var geometry: [PipeGeometry] = []
    var characteristics: [PumpLaw.Characteristic] = []
    var formulaLinks: [FormulaLink] = []

    /// - Parameter formulas: where the links that follow formulas begin.
    init(_ network: Network, _ nodes: [NodeIndex], _ links: [LinkIndex], formulas: Int) {
        var numbering = LocalNumbering(nodes)
        // Once a node rather than twice a link: links jump between nodes, whose records are ten times as wide.
        let elevation = nodes.map { network.nodes[$0].elevation.metres }
        from.reserveCapacity(links.count)
        to.reserveCapacity(links.count)
        rise.reserveCapacity(links.count)
        isOneWay.reserveCapacity(links.count)
        geometry.reserveCapacity(links.count)
        for (local, index) in links.enumerated() {
            // Fields one by one: a copy of a link would count references to its id.
            let (first, second) = (network.links[index].from, network.links[index].to)
            let (element, isForward) = (network.links[index].element, network.links[index].passes == .forward)
            let (start, end) = (numbering.number(of: first), numbering.number(of: second))
            from.append(start)
            to.append(end)
            rise.append(elevation[Int(end)] - elevation[Int(start)])
            let isFormula = local >= formulas
            switch element {
            case .pipe(let pipe):
                if !isFormula { geometry.append(PipeGeometry(network.pipes[pipe])) }
                isOneWay.append(network.pipes[pipe].hasCheckValve || isForward)
            case .valve(let valve):
                isOneWay.append(isForward || network.valves[valve].function.isOneWay)
            case .pump(let pump):
                let characteristic = PumpLaw.Characteristic(network.pumps[pump].characteristic)
                characteristics.append(characteristic)
                isOneWay.append(!characteristic.isNeverReversed)
            case .source, .exchangerPrimary, .exchangerSecondary, .terminal: isOneWay.append(false)
            }
            if isFormula, let law = FormulaLink(network.links[index], network) { formulaLinks.append(law) }
        }
    }
}

extension ValveFunction {
    /// Whether it lets nothing back: a check valve, or an opening that takes nothing in.
    fileprivate var isOneWay: Bool {
        switch self {
        case .check: true
        case .outlet(let outlet): !outlet.allowsBackflow
        default: false
        }
    }
}

extension PumpLaw.Characteristic {
    /// The law's own form of a pump's data.
    init(_ characteristic: PumpCharacteristic) {
        switch characteristic {
        case .constantHead(let head): self = .constantHead(head.pascals)
        case .curve(let points): self = .curve(PumpCurve(points))
        case .segments(let points):
            self = .segments(SegmentCurve(flow: points.map { $0.flow.value }, value: points.map { $0.head.pascals }))
        case .powerFunction(let shutoff, let coefficient, let exponent):
            self = .powerFunction(
                PowerFunctionCurve(shutoff: shutoff.pascals, coefficient: coefficient, exponent: exponent))
        case .constantPower(let power): self = .constantPower(ConstantPowerCurve(power: power.watts))
        }
    }
}

/// A ``PipeLaw`` without the water.
struct PipeCoefficients: Sendable {
    /// 8 L / (π² d⁵); over density: the friction coefficient.
    var friction: Double
    /// 8 ζ / (π² d⁴); over density: the local coefficient.
    var local: Double
    /// 4 / (π d); over viscosity: Reynolds number a mass flow.
    var reynolds: Double
    /// Roughness over diameter.
    var relativeRoughness: Double

    init(_ pipe: PipeGeometry) {
        let d = pipe.diameter
        let area = 8 / (Double.pi * Double.pi * d * d * d * d)
        friction = area * pipe.length / d
        local = area * pipe.minorLoss
        reynolds = 4 / (Double.pi * d)
        relativeRoughness = pipe.roughness / d
    }
}

/// Measures of a pipe, m.
struct PipeGeometry: Sendable {
    var length: Double
    var diameter: Double
    var roughness: Double
    var minorLoss: Double

    init(_ pipe: Pipe) {
        length = pipe.length.metres
        diameter = pipe.innerDiameter.metres
        roughness = pipe.roughness.metres
        minorLoss = pipe.minorLoss
    }
}

extension Array where Element: Comparable {
    /// The place of a value in rising order; nil where it is missing.
    fileprivate func position(of value: Element) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == value ? low : nil
    }
}
