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

    /// Emitters side by side, and what lies beside them.
    public struct Stage: Hashable, Sendable {
        /// The emitters.
        public let emitters: [Branch]
        /// Sum of the Kv of open bypasses, m³/h; 0 where all water has to pass the emitters.
        public let bypass: Double

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
        let incident = LinksAtNodes(self)
        return order.map { follow($0, members[$0] ?? [], incident) }
    }

    /// Goes with the water from a pipe on until all its dwellings are met or the way parts.
    private func follow(_ pipe: PipeIndex, _ members: [DwellingIndex], _ incident: LinksAtNodes) -> OnePipeRiser {
        var stages: [OnePipeRiser.Stage] = []
        var missing = members
        var node = links[pipes[pipe].link].to
        var passed: Set<LinkIndex> = [pipes[pipe].link]
        while !missing.isEmpty {
            let group = incident.links(at: node).filter { !passed.contains($0) }
            guard let first = group.first else { break }
            let next = otherEnd(of: first, from: node)
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
        links[link].from == node ? links[link].to : links[link].from
    }

    /// What links side by side are; nil where they are no stage: something other than a Kv beside emitters, an emitter against the
    /// flow or of somebody else, a source.
    private func stage(_ group: [LinkIndex], from node: NodeIndex, of pipe: PipeIndex) -> OnePipeRiser.Stage? {
        var emitters: [OnePipeRiser.Branch] = []
        var bypass = 0.0
        var hasOther = false
        for link in group {
            switch links[link].element {
            case .terminal(let index):
                guard let kv = terminals[index].kv?.value, kv > 0 else { return nil }
                switch terminals[index].load {
                case .emitter(let dwelling):
                    guard dwellings[dwelling].riser == pipe, dwellings[dwelling].valve == nil, links[link].from == node else { return nil }
                    emitters.append(OnePipeRiser.Branch(dwelling: dwelling, terminal: index, kv: kv, isOpen: links[link].isOpen))
                case .none: if links[link].isOpen { bypass += kv }
                default: return nil
                }
            case .valve(let index):
                guard valves[index].function == .throttling else { return nil }
                if links[link].isOpen { bypass += max(valves[index].kv.value, 0) }
            case .pipe: hasOther = true
            default: return nil
            }
        }
        return hasOther && (!emitters.isEmpty || group.count > 1) ? nil : OnePipeRiser.Stage(emitters: emitters, bypass: bypass)
    }
}

/// Links at each node, by counting.
private struct LinksAtNodes {
    private var start: [Int32]
    private var entries: [LinkIndex]

    init(_ network: Network) {
        start = [Int32](repeating: 0, count: network.nodes.count + 1)
        for link in network.links where link.from != link.to {
            start[link.from.position + 1] += 1
            start[link.to.position + 1] += 1
        }
        for node in network.nodes.indices { start[node + 1] += start[node] }
        var next = start
        entries = [LinkIndex](repeating: LinkIndex(0), count: Int(start[network.nodes.count]))
        for (position, link) in network.links.enumerated() where link.from != link.to {
            for end in [link.from.position, link.to.position] {
                entries[Int(next[end])] = LinkIndex(position)
                next[end] += 1
            }
        }
    }

    func links(at node: NodeIndex) -> ArraySlice<LinkIndex> { entries[Int(start[node.position])..<Int(start[node.position + 1])] }
}
