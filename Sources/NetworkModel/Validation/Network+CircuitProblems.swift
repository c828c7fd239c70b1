import Quantities

/// The connected whole: pressure, heat and drive for every part, a path to every open dwelling.
extension Network {
    func checkCircuits(_ report: inout ProblemReport) {
        let needsHeat = !dwellings.isEmpty || !substations.isEmpty || terminals.contains { $0.load.takesHeat }
        if sources.isEmpty && needsHeat { report.add(.noSource) }
        let circuits = circuits()
        for circuit in circuits { check(circuit, &report) }
        checkHeatWays(circuits, &report)
        checkReach(&report)
    }

    /// Substations whose heat comes, by others, from themselves.
    private func checkHeatWays(_ circuits: [Circuit], _ report: inout ProblemReport) {
        guard !substations.isEmpty else { return }
        var heatedBy = [SubstationIndex?](repeating: nil, count: nodes.count)
        for circuit in circuits where circuit.substation != nil { for node in circuit.nodes { heatedBy[node.position] = circuit.substation } }
        let feeder = substations.map { heatedBy[links[$0.primaryLink].from.position]?.position }
        for cycle in SubstationCycles.find(feeder) {
            let ids = cycle.map { substations[SubstationIndex($0)].id }
            report.add(.cyclicSubstations, .error, "substations", ids[0], field: "at", [SubstationCycles.text(ids)])
        }
    }

    private func check(_ circuit: Circuit, _ report: inout ProblemReport) {
        guard let first = circuit.nodes.first else { return }
        checkSensors(circuit, &report)
        let name = nodes[first].id
        guard circuit.nodes.contains(where: { nodes[$0].fixedPressure != nil }) else {
            report.add(.noPressureReference, .error, "nodes", name, ["\(circuit.nodes.count)"])
            return
        }
        var (givesHeat, isDriven, terminalCount) = (false, false, 0)
        for index in circuit.links {
            switch links[index].element {
            case .source, .exchangerSecondary: givesHeat = true
            case .pump: isDriven = true
            case .terminal(let terminal): terminalCount += terminals[terminal].load.takesHeat ? 1 : 0
            case .pipe, .valve, .exchangerPrimary: break
            }
        }
        if terminalCount > 0 && !givesHeat && !circuit.hasInflow(in: self) {
            report.add(.noHeat, .warning, "nodes", name, ["\(terminalCount)"])
        }
        let heldNodes = circuit.nodes.count(where: { nodes[$0].fixedPressure != nil })
        let isForced = circuit.nodes.contains { nodes[$0].demand != .zero } || circuit.links.contains { imposesFlow($0) }
        if givesHeat && !isDriven && heldNodes < 2 && !isForced { report.add(.noPump, .warning, "nodes", name) }
    }

    /// Sensors of controllers: two nodes of the controller's own circuit.
    private func checkSensors(_ circuit: Circuit, _ report: inout ProblemReport) {
        for index in circuit.links {
            let pairs: [NodePair]
            switch links[index].element {
            case .valve(let valve): pairs = valves[valve].function.sensors
            case .pump(let pump): pairs = pumps[pump].control.sensors
            default: continue
            }
            let (kind, id) = (links[index].element.tableName, links[index].id)
            for pair in pairs {
                if pair.high == pair.low { report.add(.sensorsEqual, .error, kind, id, [nodes[pair.high].id.text]) }
                for node in [pair.high, pair.low] where !circuit.contains(node) {
                    report.add(.sensorElsewhere, .error, kind, id, [nodes[node].id.text])
                }
            }
        }
    }

    /// Whether a link passes a given flow whatever the pressures.
    private func imposesFlow(_ link: LinkIndex) -> Bool {
        guard case .terminal(let terminal) = links[link].element else { return false }
        switch terminals[terminal].load {
        case .heat, .flow, .flowAndHeat: return true
        case .emitter, .none: return false
        }
    }

    /// Names the open dwellings, building by building, of which one side has no open path to a node of known pressure. Paths
    /// do not lead through terminals: a closed supply pipe cuts a dwelling off although its return is open. On a one-pipe riser they do,
    /// and what parts supply and return is the pipe that brings the riser's water.
    private func checkReach(_ report: inout ProblemReport) {
        guard !dwellings.isEmpty else { return }
        var reach = DisjointSets(count: nodes.count)
        let carriers = Set(dwellings.lazy.compactMap(\.riser))
        for link in links where link.isOpen && !parts(link.element, carriers) { reach.join(link.from.position, link.to.position) }
        var isFed = [Bool](repeating: false, count: nodes.count)
        for (position, node) in nodes.enumerated() where node.fixedPressure != nil { isFed[reach.root(position)] = true }
        // One closed valve may cut a district off: one finding a building, at its first dwelling.
        var group: (first: Dwelling, count: Int)?
        func close(_ report: inout ProblemReport) {
            guard let (first, count) = group else { return }
            report.add(.unreachableDwelling, .warning, "dwellings", first.id, ["\(count)", first.id.text])
            group = nil
        }
        for dwelling in dwellings where dwelling.state.isHeated {
            guard let terminal = dwelling.terminal else { continue }
            let link = links[dwelling.riser.map { pipes[$0].link } ?? terminals[terminal].link]
            let isOpen = link.isOpen && (dwelling.valve.map { links[valves[$0].link].isOpen } ?? true)
            if isOpen && isFed[reach.root(link.from.position)] && isFed[reach.root(link.to.position)] { continue }
            if let first = group?.first, first.building != dwelling.building { close(&report) }
            group = (group?.first ?? dwelling, (group?.count ?? 0) + 1)
        }
        close(&report)
    }
}

extension Network {
    /// Whether supply and return meet in a link.
    private func parts(_ element: LinkElement, _ carriers: Set<PipeIndex>) -> Bool {
        switch element {
        case .terminal(let terminal):
            guard case .emitter(let dwelling) = terminals[terminal].load else { return true }
            return dwellings[dwelling].riser == nil
        case .pipe(let pipe): return !carriers.isEmpty && carriers.contains(pipe)
        default: return false
        }
    }
}

/// Circles among substations each of which is fed by at most one other.
public enum SubstationCycles {
    /// The circles, each from its first substation in the direction of the heat, by that substation.
    ///
    /// - Parameter feeder: of each substation the one whose secondary its primary hangs on; nil = a circuit without one.
    /// - Complexity: O(substations).
    public static func find(_ feeder: [Int?]) -> [[Int]] {
        var visit = [Int](repeating: 0, count: feeder.count)
        var cycles: [[Int]] = []
        for start in feeder.indices where visit[start] == 0 {
            var at = start
            while visit[at] == 0 {
                visit[at] = start + 1
                guard let next = feeder[at] else { break }
                at = next
            }
            // Met on this very walk: what follows from here comes back here.
            guard visit[at] == start + 1, feeder[at] != nil else { continue }
            var cycle = [at]
            while let next = feeder[cycle[cycle.count - 1]], next != at { cycle.append(next) }
            cycles.append(cycle.reversed())
        }
        return cycles
    }

    /// A circle as messages show it, ten of its members at most.
    public static func text(_ ids: [ElementID]) -> String {
        let shown = ids.prefix(10).map(\.text) + (ids.count > 10 ? ["…"] : []) + ids.prefix(1).map(\.text)
        return shown.joined(separator: " → ")
    }
}

extension ValveFunction {
    /// The nodes whose difference a controller measures.
    package var sensors: [NodePair] {
        switch self {
        case .differentialPressure(_, let high, let low), .overflow(_, let high, let low): [NodePair(high: high, low: low)]
        default: []
        }
    }
}

extension PumpControl {
    /// The nodes whose differences a drive measures.
    package var sensors: [NodePair] { if case .worstPoint(_, let pairs) = self { pairs } else { [] } }
}

extension Circuit {
    /// Whether a node is one of its own.
    /// - Complexity: O(log nodes).
    fileprivate func contains(_ node: NodeIndex) -> Bool {
        var (low, high) = (0, nodes.count)
        while low < high {
            let middle = (low + high) / 2
            if nodes[middle] < node { low = middle + 1 } else { high = middle }
        }
        return low < nodes.count && nodes[low] == node
    }

    /// Whether water enters from outside the network.
    fileprivate func hasInflow(in network: Network) -> Bool {
        nodes.contains { network.nodes[$0].injectionTemperature != nil }
    }
}

extension TerminalLoad {
    fileprivate var takesHeat: Bool { self != .none }
}
