import NetworkModel

/// Pumps of constant power that stay at rest.
///
/// Such a pump has a head at any flow, and none at rest. Before a dead end without demand it passes nothing; EPANET
/// counts it as closed. A dead end between such a pump and a pressure-reducing valve has two solutions: the pump at rest with the
/// valve shut, and the pump at work. EPANET takes the first where its initial guess, a foot a second through every pipe in the
/// direction it is drawn, already pushes the valve shut and nobody goes without water for it. With ``EpanetPhysics/epanet`` that
/// choice is repeated here; with exact physics the pump works.
extension EpanetTimeZero {
    /// Closes the pumps that stay at rest, and the valves behind them; gives the links of those with two solutions.
    mutating func restPumps(of network: EpanetNetwork, _ reach: EpanetReach, physics: EpanetPhysics) -> [Int] {
        var candidates: [(pump: Int, valves: [Int])] = []
        for position in network.links.indices where status[position] != .closed {
            guard case .pump(let pump) = network.links[position].element, pump.curve == nil else { continue }
            if isDeadEnd(behind: position, network, reach) {
                apply(.closed, to: position)
            } else if physics == .epanet, let valves = valves(behind: position, network, reach),
                valves.allSatisfy({ isPushedShut($0, network, reach) })
            {
                candidates.append((position, valves))
            }
        }
        // EPANET shuts all of them at once; those whose part is left dry start again.
        while !candidates.isEmpty {
            var rested = self
            for link in candidates.flatMap({ [$0.pump] + $0.valves }) { rested.apply(.closed, to: link) }
            let served = reach.served(rested)
            let remaining = candidates.filter { $0.valves.allSatisfy { served[network.links[$0].to] } }
            if remaining.count == candidates.count {
                self = rested
                break
            }
            candidates = remaining
        }
        return candidates.flatMap { [$0.pump] + $0.valves }
    }

    /// Whether nothing behind a pump takes or gives water.
    private func isDeadEnd(behind pump: Int, _ network: EpanetNetwork, _ reach: EpanetReach) -> Bool {
        let part = reach.part(from: network.links[pump].to, without: pump, self)
        return part.allSatisfy { isIdle($0, network) }
    }

    private func isIdle(_ node: Int, _ network: EpanetNetwork) -> Bool {
        guard case .junction(let junction) = network.nodes[node].kind else { return false }
        return demand[node] == 0 && junction.emitter == nil
    }

    /// The reducing valves that are the only ways out of the part behind a pump; nil where that part has water, demand or
    /// another way out.
    private func valves(behind pump: Int, _ network: EpanetNetwork, _ reach: EpanetReach) -> [Int]? {
        var valves: [Int] = []
        var seen: Set<Int> = [network.links[pump].to]
        var queue = [network.links[pump].to]
        while let node = queue.popLast() {
            guard isIdle(node, network) else { return nil }
            for link in reach.links(of: node) where link != pump && status[link] != .closed {
                let other = network.links[link].from == node ? network.links[link].to : network.links[link].from
                switch network.links[link].element {
                case .valve(let valve) where valve.kind == .pressureReducing && status[link] == .active:
                    guard network.links[link].from == node else { return nil }
                    valves.append(link)
                case .pump: return nil
                case .pipe, .valve: if seen.insert(other).inserted { queue.append(other) }
                }
            }
        }
        return valves
    }

    /// Whether EPANET's guess sends more water to the outlet of a valve than leaves it.
    private func isPushedShut(_ valve: Int, _ network: EpanetNetwork, _ reach: EpanetReach) -> Bool {
        let units = EpanetUnits(network.options, physics: .epanet)
        let outlet = network.links[valve].to
        var net = -demand[outlet] * units.flow
        for link in reach.links(of: outlet) where link != valve && status[link] != .closed {
            let diameter: Double
            switch network.links[link].element {
            case .pipe(let pipe): diameter = pipe.diameter
            case .valve(let valve) where !valve.kind.regulates: diameter = valve.diameter
            case .valve: continue
            case .pump: return false
            }
            let flow = EpanetUnits.foot * Double.pi / 4 * diameter * diameter * units.diameter * units.diameter
            net += network.links[link].to == outlet ? flow : -flow
        }
        return net > 0
    }
}

/// Links at each node of a file's network.
struct EpanetNeighbours {
    private var start: [Int]
    private var entries: [Int]

    /// - Complexity: O(nodes + links).
    init(_ network: EpanetNetwork) {
        start = [Int](repeating: 0, count: network.nodes.count + 1)
        for link in network.links.indices {
            start[network.links[link].from + 1] += 1
            start[network.links[link].to + 1] += 1
        }
        for node in network.nodes.indices { start[node + 1] += start[node] }
        var next = start
        entries = [Int](repeating: 0, count: 2 * network.links.count)
        for link in network.links.indices {
            let (from, to) = (network.links[link].from, network.links[link].to)
            entries[next[from]] = link
            next[from] += 1
            entries[next[to]] = link
            next[to] += 1
        }
    }

    func links(of node: Int) -> ArraySlice<Int> { entries[start[node]..<start[node + 1]] }
}
