import Hydraulics
import NetworkModel
import Quantities

/// One circuit whose terminals have design flows: the ways of the water, and which valves and pump can be set.
///
/// Terminals (dwellings, substations' primary sides, given loads) are cut out; what is left is usually a tree, a supply
/// line and a return line joined by pump and heat source. A spanning tree from the nodes of held pressure carries flows
/// and pressures in one pass each; only where chords are left does the hydraulic solver find the flows.
struct DesignCircuit: Sendable {
    /// The circuit's place in ``Network/circuits()``.
    let index: Int
    /// The circuit compiled.
    let compiled: CompiledNetwork
    /// What takes water, in the order of the circuit's links.
    let consumers: [Consumer]
    /// Local nodes from the roots outward.
    let order: [Int32]
    /// Tree link that leads toward the root, by local node; −1 at roots and where nothing leads.
    let treeLink: [Int32]
    /// Open links beside the tree, not prescribed: each closes a loop.
    let chords: [Int32]
    /// Whether a link belongs to no loop once terminals are cut out, by local link.
    let isBridge: [Bool]
    /// Valves that can be set, by local link of bridges and terminal branches; nil elsewhere.
    let setValve: [ValveIndex?]
    /// The pump that drives everything, by its place in ``CompiledNetwork/pumps``, alone or with ``DrivingPumps/mates``; nil without one.
    let mainPump: Int?
    /// The pumps that work with it.
    let pumps: DrivingPumps
    /// One-pipe risers; each is one consumer, its emitters and bypasses are ordinary ways of the water.
    let risers: [Riser]

    /// A one-pipe riser by local links.
    struct Riser: Sendable {
        /// Its place among the consumers.
        var consumer: Int
        /// Emitters by stage in the order of the water.
        var stages: [[Emitter]]

        /// One emitter.
        struct Emitter: Sendable {
            /// The dwelling's position in the network.
            var dwelling: Int
            /// Its terminal's local link.
            var link: Int
            /// Share of the riser's water that passes it; 0 where it is closed.
            var share: Double
        }

        /// Emitters that water may pass.
        var openCount: Int { stages.reduce(0) { $0 + $1.count { $0.share > 0 } } }
    }

    /// A link whose flow the design prescribes.
    struct Consumer: Sendable {
        /// Local link.
        var link: Int
        /// What it is.
        var kind: Kind
        /// Whether open links join both its ends to a node of held pressure.
        var isReachable: Bool

        enum Kind: Sendable {
            case dwelling(DwellingIndex)
            /// The pipe before a one-pipe riser: its place in ``DesignCircuit/risers``.
            case riser(Int)
            case substation(SubstationIndex)
            case load(TerminalIndex)
            /// A source of given heat: its flow follows from that and not from pressures.
            case source(SourceIndex)
        }

        /// Whether it takes water from the supply, as everything but a source does.
        var isLoad: Bool { if case .source = kind { false } else { true } }

        /// Whether pressures alone decide its flow: a dwelling, or the dwellings of a one-pipe riser together.
        var followsPressure: Bool {
            switch kind {
            case .dwelling, .riser: true
            case .substation, .load, .source: false
            }
        }
    }

    /// Whether flows follow from mass balance alone.
    var isTree: Bool { chords.isEmpty }
}

extension DesignCircuit {
    /// Analyses a circuit. - Complexity: O(nodes + links).
    init(_ circuit: Circuit, index: Int, of network: Network, risers: [OnePipeRiser]? = nil) {
        self.init(CompiledNetwork(network, circuit: circuit), index: index, of: network, risers: risers)
    }

    /// Analyses a circuit that is compiled; which links are open, and so the ways of the water, may have changed since.
    ///
    /// - Parameter given: the network's one-pipe risers where they are known already.
    init(_ compiled: CompiledNetwork, index: Int, of network: Network, risers given: [OnePipeRiser]? = nil) {
        var consumers: [Consumer] = []
        var risers: [Riser] = []
        let riserAt = Self.risers(given ?? network.onePipeRisers(), compiled, network)
        var passes = [Bool](repeating: false, count: compiled.links.count)
        var valve = [ValveIndex?](repeating: nil, count: compiled.links.count)
        for (local, link) in compiled.links.enumerated() {
            let data = network.links[link]
            if let riser = riserAt[local] {
                let canPass = data.isOpen && !riser.isBlocked && riser.openCount > 0
                consumers.append(Consumer(link: local, kind: .riser(risers.count), isReachable: canPass))
                risers.append(Riser(consumer: consumers.count - 1, stages: riser.stages))
                continue
            }
            if let kind = Self.consumerKind(data.element, network) {
                consumers.append(Consumer(link: local, kind: kind, isReachable: data.isOpen))
                continue
            }
            if case .valve(let index) = data.element, network.isSettable(index) { valve[local] = index }
            passes[local] = data.isOpen && Self.canPass(data.element, network) && compiled.from[local] != compiled.to[local]
        }
        let roots = compiled.nodes.map { network.nodes[$0].fixedPressure != nil }
        let tree = SpanningTree(compiled, passes: passes, roots: roots)
        for position in consumers.indices {
            let link = consumers[position].link
            let joined = tree.isReached[Int(compiled.from[link])] && tree.isReached[Int(compiled.to[link])]
            consumers[position].isReachable = consumers[position].isReachable && joined
        }
        let bridges = tree.bridges(compiled)
        for local in valve.indices where !bridges[local] { valve[local] = nil }
        self.index = index
        self.compiled = compiled
        self.consumers = consumers
        order = tree.order
        treeLink = tree.treeLink
        chords = tree.chords
        isBridge = bridges
        setValve = valve
        var main = Self.drivingPump(compiled, consumers, tree, bridges)
        pumps = DrivingPumps(compiled, network, consumers, tree, passes: passes, bridges: bridges, roots: roots, main: &main)
        mainPump = main
        self.risers = risers
    }

    /// A riser before it has a place among the consumers.
    private struct FoundRiser {
        var stages: [[Riser.Emitter]]
        var isBlocked: Bool
        var openCount: Int { stages.reduce(0) { $0 + $1.count { $0.share > 0 } } }
    }

    /// The risers of a circuit by the local link of their pipe.
    private static func risers(_ all: [OnePipeRiser], _ compiled: CompiledNetwork, _ network: Network) -> [Int: FoundRiser] {
        var found: [Int: FoundRiser] = [:]
        for riser in all where riser.missing.isEmpty {
            guard let local = compiled.local(network.pipes[riser.pipe].link) else { continue }
            let stages = riser.stages.map { stage in
                stage.emitters.compactMap { branch in
                    compiled.local(network.terminals[branch.terminal].link).map { link in
                        Riser.Emitter(dwelling: branch.dwelling.position, link: link, share: riser.share(branch, in: stage))
                    }
                }
            }
            found[local] = FoundRiser(stages: stages, isBlocked: riser.isBlocked)
        }
        return found
    }

    private static func consumerKind(_ element: LinkElement, _ network: Network) -> Consumer.Kind? {
        switch element {
        case .exchangerPrimary(let substation): return .substation(substation)
        case .terminal(let terminal):
            switch network.terminals[terminal].load {
            case .emitter(let dwelling): return network.dwellings[dwelling].riser == nil ? .dwelling(dwelling) : nil
            case .heat, .flow, .flowAndHeat: return .load(terminal)
            case .none: return nil
            }
        case .source(let source): return network.sources[source].givenHeat == nil ? nil : .source(source)
        default: return nil
        }
    }

    private static func canPass(_ element: LinkElement, _ network: Network) -> Bool {
        switch element {
        case .valve(let valve): network.isSettable(valve) || network.valves[valve].kv.value > 0
        case .pump(let pump): network.pumps[pump].speed > 0
        default: true
        }
    }

    /// The one pump that every reachable consumer's water passes.
    private static func drivingPump(
        _ compiled: CompiledNetwork, _ consumers: [Consumer], _ tree: SpanningTree, _ bridges: [Bool]
    ) -> Int? {
        // Ends of consumers below each node: a bridge is passed by a consumer with exactly one end below it.
        var marks = [Int32](repeating: 0, count: compiled.nodes.count)
        var both = marks
        var total: Int32 = 0
        for consumer in consumers where consumer.isReachable && consumer.isLoad {
            total += 1
            marks[Int(compiled.from[consumer.link])] += 1
            both[Int(compiled.to[consumer.link])] += 1
        }
        guard total > 0 else { return nil }
        for node in tree.order.reversed() where tree.treeLink[Int(node)] >= 0 {
            let link = Int(tree.treeLink[Int(node)])
            let parent = Int(compiled.from[link] == node ? compiled.to[link] : compiled.from[link])
            marks[parent] += marks[Int(node)]
            both[parent] += both[Int(node)]
        }
        for pump in compiled.pumps where bridges[pump] {
            // The lower end of a bridge is the one whose tree link it is.
            let (a, b) = (Int(compiled.from[pump]), Int(compiled.to[pump]))
            let lower = tree.treeLink[b] == Int32(pump) ? b : a
            // With all supply ends below and no return end (or the other way round) everybody's water passes it.
            if marks[lower] == total && both[lower] == 0 || both[lower] == total && marks[lower] == 0 {
                return pump - compiled.pumps.lowerBound
            }
        }
        return nil
    }
}

extension Network {
    /// Whether a person may set a valve: it stands on a balancing level, and throttles or holds what it is set to.
    func isSettable(_ valve: ValveIndex) -> Bool {
        let data = valves[valve]
        let hasTable = data.model.map { !valveModels[$0].points.isEmpty } ?? true
        return data.level != nil && (data.function == .throttling || data.isController) && hasTable && fullyOpenKv(of: valve) > 0
    }

    /// Kv of a valve fully open: its model's, or without one its present Kv, since nothing tells that it opens further.
    func fullyOpenKv(of valve: ValveIndex) -> Double {
        let data = valves[valve]
        if let model = data.model, let last = valveModels[model].points.last { return last.kv.value }
        return data.kv.value
    }
}
