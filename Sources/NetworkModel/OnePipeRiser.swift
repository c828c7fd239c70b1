import Quantities

/// A one-pipe riser: emitters in series along one pipe, stage by stage (usually a floor), with or without a bypass beside them.
///
/// All dwellings on it share one flow. Within a stage the emitters and the bypass lie side by side between two nodes, so they part the
/// water by their Kv whatever the flow is; each stage gets what the stages before it have left of the temperature.
public struct OnePipeRiser: Hashable, Sendable {
    /// The pipe that all its water passes before it meets the first emitter; it flows from `from` to `to`.
    public let pipe: PipeIndex
    /// Stages in the order of the water.
    public let stages: [Stage]
    /// Dwellings that name the pipe and were not found behind it.
    public let missing: [DwellingIndex]

    /// Describes a riser.
    package init(pipe: PipeIndex, stages: [Stage], missing: [DwellingIndex]) {
        (self.pipe, self.stages, self.missing) = (pipe, stages, missing)
    }

    /// Emitters side by side, and what lies beside them.
    public struct Stage: Hashable, Sendable {
        /// The emitters.
        public let emitters: [Branch]
        /// Sum of the Kv of open bypasses, m³/h; 0 where all water has to pass the emitters.
        public let bypass: Double

        /// Describes a stage.
        package init(emitters: [Branch], bypass: Double) { (self.emitters, self.bypass) = (emitters, bypass) }

        /// Sum of the Kv of all that is open, m³/h.
        public var openKv: Double { emitters.reduce(bypass) { $0 + ($1.isOpen ? $1.kv : 0) } }
    }

    /// One emitter of a stage.
    public struct Branch: Hashable, Sendable {
        /// The dwelling it heats.
        public let dwelling: DwellingIndex
        /// Its terminal.
        public let terminal: TerminalIndex
        /// Kv, m³/h.
        public let kv: Double
        /// Whether water may pass.
        public let isOpen: Bool

        /// Describes an emitter of a riser.
        package init(dwelling: DwellingIndex, terminal: TerminalIndex, kv: Double, isOpen: Bool) {
            (self.dwelling, self.terminal, self.kv, self.isOpen) = (dwelling, terminal, kv, isOpen)
        }
    }

    /// Part of the riser's water that passes an emitter of a stage; 0 where it is closed.
    public func share(_ emitter: Branch, in stage: Stage) -> Double {
        let whole = stage.openKv
        return emitter.isOpen && whole > 0 ? emitter.kv / whole : 0
    }

    /// Whether a stage lets no water pass, so that the whole riser stands still.
    public var isBlocked: Bool { stages.contains { !($0.openKv > 0) } }

    /// Whether anybody on it is to be heated.
    public var hasOpenEmitter: Bool { stages.contains { $0.emitters.contains(where: \.isOpen) } }
}

extension Network {
    /// The one-pipe risers that dwellings name, in the order of their first dwellings, with emitters open or closed as they stand now.
    ///
    /// - Complexity: O(dwellings); where there are risers O(links) as well.
    public func onePipeRisers() -> [OnePipeRiser] {
        var members: [PipeIndex: [DwellingIndex]] = [:]
        var order: [PipeIndex] = []
        for (position, dwelling) in dwellings.enumerated() {
            guard let riser = dwelling.riser, pipes.indices.contains(riser.position) else { continue }
            if members[riser] == nil { order.append(riser) }
            members[riser, default: []].append(DwellingIndex(position))
        }
        guard !order.isEmpty else { return [] }
        let graph = NetworkRisers(self)
        return order.map { graph.riser(behind: $0, pipes[$0].link, members[$0] ?? []) }
    }
}

/// Where a one-pipe riser is followed: a network, or the rows that would become one.
package protocol RiserGraph {
    /// The links at each node.
    var incident: LinksAtNodes { get }
    /// Both ends of a link.
    func ends(of link: LinkIndex) -> (from: NodeIndex, to: NodeIndex)
    /// What a link is to the riser of a pipe.
    func part(_ link: LinkIndex, of pipe: PipeIndex) -> RiserPart
}

/// What a link is to a riser.
package enum RiserPart {
    /// An emitter of a dwelling of the riser, which has no valve of its own; water flows from the link's `from` on.
    case emitter(OnePipeRiser.Branch)
    /// Something beside emitters that water passes; its open Kv, m³/h.
    case bypass(Double)
    case pipe
    /// Whatever ends a riser: a source, a pump, an emitter of somebody else.
    case other
}

extension RiserGraph {
    /// Goes with the water from a pipe on until all its dwellings are met or the way parts.
    package func riser(behind pipe: PipeIndex, _ first: LinkIndex, _ members: [DwellingIndex]) -> OnePipeRiser {
        var stages: [OnePipeRiser.Stage] = []
        var missing = members
        var node = ends(of: first).to
        var passed: Set<LinkIndex> = [first]
        while !missing.isEmpty {
            let group = incident.links(at: node).filter { !passed.contains($0) }
            guard let link = group.first else { break }
            let next = otherEnd(of: link, from: node)
            guard next != node, group.allSatisfy({ otherEnd(of: $0, from: node) == next }), let stage = stage(group, from: node, of: pipe)
            else { break }
            passed.formUnion(group)
            if !stage.emitters.isEmpty { stages.append(stage) }
            let found = Set(stage.emitters.map(\.dwelling))
            missing.removeAll { found.contains($0) }
            node = next
        }
        return OnePipeRiser(pipe: pipe, stages: stages, missing: missing)
    }

    private func otherEnd(of link: LinkIndex, from node: NodeIndex) -> NodeIndex {
        let (from, to) = ends(of: link)
        return from == node ? to : from
    }

    /// What links side by side are; nil where they are no stage: something other than a Kv beside emitters, an emitter against the
    /// flow or of somebody else, a source.
    private func stage(_ group: [LinkIndex], from node: NodeIndex, of pipe: PipeIndex) -> OnePipeRiser.Stage? {
        var emitters: [OnePipeRiser.Branch] = []
        var bypass = 0.0
        var hasPipe = false
        for link in group {
            switch part(link, of: pipe) {
            case .emitter(let branch):
                guard ends(of: link).from == node else { return nil }
                emitters.append(branch)
            case .bypass(let kv): bypass += kv
            case .pipe: hasPipe = true
            case .other: return nil
            }
        }
        return hasPipe && (!emitters.isEmpty || group.count > 1) ? nil : OnePipeRiser.Stage(emitters: emitters, bypass: bypass)
    }
}

/// The risers of a network.
private struct NetworkRisers: RiserGraph {
    let network: Network
    let incident: LinksAtNodes

    init(_ network: Network) {
        self.network = network
        incident = LinksAtNodes(nodeCount: network.nodes.count, network.links.count) { (network.links[LinkIndex($0)].from, network.links[LinkIndex($0)].to) }
    }

    func ends(of link: LinkIndex) -> (from: NodeIndex, to: NodeIndex) { (network.links[link].from, network.links[link].to) }

    func part(_ link: LinkIndex, of pipe: PipeIndex) -> RiserPart {
        let isOpen = network.links[link].isOpen
        switch network.links[link].element {
        case .terminal(let index):
            guard let kv = network.terminals[index].kv?.value, kv > 0 else { return .other }
            switch network.terminals[index].load {
            case .emitter(let dwelling):
                guard network.dwellings[dwelling].riser == pipe, network.dwellings[dwelling].valve == nil else { return .other }
                return .emitter(OnePipeRiser.Branch(dwelling: dwelling, terminal: index, kv: kv, isOpen: isOpen))
            case .none: return .bypass(isOpen ? kv : 0)
            default: return .other
            }
        case .valve(let index):
            guard network.valves[index].function == .throttling else { return .other }
            return .bypass(isOpen ? max(network.valves[index].kv.value, 0) : 0)
        case .pipe: return .pipe
        default: return .other
        }
    }
}

/// Links at each node, by counting; loops are left out.
package struct LinksAtNodes {
    private var start: [Int32]
    private var entries: [LinkIndex]

    package init(nodeCount: Int, _ linkCount: Int, _ ends: (Int) -> (from: NodeIndex, to: NodeIndex)) {
        start = [Int32](repeating: 0, count: nodeCount + 1)
        for link in 0..<linkCount {
            let (from, to) = ends(link)
            if from == to { continue }
            start[from.position + 1] += 1
            start[to.position + 1] += 1
        }
        for node in 0..<nodeCount { start[node + 1] += start[node] }
        var next = start
        entries = [LinkIndex](repeating: LinkIndex(0), count: Int(start[nodeCount]))
        for link in 0..<linkCount {
            let (from, to) = ends(link)
            if from == to { continue }
            for end in [from.position, to.position] {
                entries[Int(next[end])] = LinkIndex(link)
                next[end] += 1
            }
        }
    }

    func links(at node: NodeIndex) -> ArraySlice<LinkIndex> { entries[Int(start[node.position])..<Int(start[node.position + 1])] }
}
