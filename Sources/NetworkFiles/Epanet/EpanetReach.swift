/// Where water can come from and go to at time 0, by topology alone.
struct EpanetReach {
    private let network: EpanetNetwork
    private let neighbours: EpanetNeighbours

    /// - Complexity: O(nodes + links).
    init(_ network: EpanetNetwork) {
        self.network = network
        neighbours = EpanetNeighbours(network)
    }

    func links(of node: Int) -> ArraySlice<Int> { neighbours.links(of: node) }

    /// Directions in which a link can pass water in a state: what is closed passes none, check valves, pumps, reducing and sustaining
    /// valves one, and a full or empty tank takes one away.
    func passes(_ link: Int, _ state: EpanetTimeZero) -> (forward: Bool, backward: Bool) {
        guard state.status[link] != .closed else { return (false, false) }
        let data = network.links[link]
        var (forward, backward) = (true, true)
        switch data.element {
        case .pipe(let pipe): backward = !pipe.hasCheckValve
        case .pump: backward = false
        case .valve(let valve):
            let isRegulator = valve.kind == .pressureReducing || valve.kind == .pressureSustaining
            backward = !(isRegulator && state.status[link] == .active)
        }
        for end in [data.from, data.to] {
            guard let limits = limits(of: end) else { continue }
            if end == data.to {
                forward = forward && limits.mayFill
                backward = backward && limits.mayEmpty
            } else {
                forward = forward && limits.mayEmpty
                backward = backward && limits.mayFill
            }
        }
        return (forward, backward)
    }

    /// What the level of a tank allows; nil for other nodes.
    private func limits(of node: Int) -> (mayFill: Bool, mayEmpty: Bool)? {
        guard case .tank(let tank) = network.nodes[node].kind, tank.diameter > 0 else { return nil }
        if tank.initialLevel >= tank.maximumLevel && !tank.canOverflow { return (false, true) }
        return (true, tank.initialLevel > tank.minimumLevel)
    }

    /// Nodes to which water can flow from a reservoir, a tank or an inflow.
    func served(_ state: EpanetTimeZero) -> [Bool] {
        var queue = network.nodes.indices.filter { network.nodes[$0].isSource || state.demand[$0] < 0 }
        var isServed = [Bool](repeating: false, count: network.nodes.count)
        for node in queue { isServed[node] = true }
        while let node = queue.popLast() {
            for link in links(of: node) {
                let isOutgoing = network.links[link].from == node
                let passes = passes(link, state)
                guard isOutgoing ? passes.forward : passes.backward else { continue }
                let other = isOutgoing ? network.links[link].to : network.links[link].from
                if !isServed[other] {
                    isServed[other] = true
                    queue.append(other)
                }
            }
        }
        return isServed
    }

    /// All nodes joined to a node by links that can pass water either way, without one link; they start with the node itself.
    func part(from start: Int, without excluded: Int, _ state: EpanetTimeZero, where allows: (Int) -> Bool = { _ in true }) -> [Int] {
        var seen: Set<Int> = [start]
        var part = [start]
        var head = 0
        while head < part.count {
            let node = part[head]
            head += 1
            for link in links(of: node) where link != excluded && state.status[link] != .closed {
                let other = network.links[link].from == node ? network.links[link].to : network.links[link].from
                if allows(other), seen.insert(other).inserted { part.append(other) }
            }
        }
        return part
    }
}

/// Devices that cannot do what they are set to, by topology alone.
extension EpanetTimeZero {
    /// Shuts off the parts that want water and can only give it: demands behind check valves, pumps or regulating valves that
    /// point the wrong way. Nothing can serve them, and what EPANET prints for them are the heads of its leaks.
    mutating func cutOffUnserved(_ network: EpanetNetwork, _ reach: EpanetReach) {
        let isServed = reach.served(self)
        var isDone = isServed
        for start in network.nodes.indices where !isDone[start] {
            let part = reach.part(from: start, without: -1, self) { !isServed[$0] }
            for node in part { isDone[node] = true }
            guard part.contains(where: { demand[$0] > 0 }) else { continue }
            for node in part {
                for link in reach.links(of: node) where status[link] != .closed {
                    let other = network.links[link].from == node ? network.links[link].to : network.links[link].from
                    if isServed[other] { apply(.closed, to: link) }
                }
            }
        }
    }

    /// Opens flow control valves that would have to hold back a demand which nothing else can serve; gives their links.
    ///
    /// Physically the demand would fall short; with demands given, the valve stands open and the result says so, as in EPANET.
    mutating func openPowerlessLimiters(_ network: EpanetNetwork, _ reach: EpanetReach) -> [Int] {
        var opened: [Int] = []
        for (position, link) in network.links.enumerated() {
            guard case .valve(let valve) = link.element, valve.kind == .flowControl, status[position] == .active else { continue }
            let part = reach.part(from: link.to, without: position, self)
            if part.contains(where: { network.nodes[$0].isSource }) { continue }
            let wanted = part.reduce(0) { $0 + demand[$1] }
            guard wanted > setting[position] else { continue }
            apply(.open, to: position)
            opened.append(position)
        }
        return opened
    }
}
