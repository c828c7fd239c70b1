/// Where water can come from and go to at time 0, by topology alone.
struct EpanetReach {
    /// What a link lets pass, whatever its status.
    private struct Passage {
        var from: Int
        var to: Int
        var forward = true
        var backward = true
        /// Whether it passes nothing backward while it follows its setting.
        var isRegulator = false
    }
    private let neighbours: EpanetNeighbours
    private let passages: [Passage]
    /// Reservoirs and tanks.
    private let isSource: [Bool]

    /// - Complexity: O(nodes + links).
    init(_ network: EpanetNetwork) {
        neighbours = EpanetNeighbours(network)
        isSource = network.nodes.map(\.isSource)
        passages = network.links.indices.map { Self.passage($0, network) }
    }

    private static func passage(_ link: Int, _ network: EpanetNetwork) -> Passage {
        var passage = Passage(from: network.links[link].from, to: network.links[link].to)
        switch network.links[link].element {
        case .pipe(let pipe): passage.backward = !pipe.hasCheckValve
        case .pump: passage.backward = false
        case .valve(let valve): passage.isRegulator = valve.kind == .pressureReducing || valve.kind == .pressureSustaining
        }
        if let limits = limits(of: passage.from, network) {
            passage.forward = passage.forward && limits.mayEmpty
            passage.backward = passage.backward && limits.mayFill
        }
        if let limits = limits(of: passage.to, network) {
            passage.forward = passage.forward && limits.mayFill
            passage.backward = passage.backward && limits.mayEmpty
        }
        return passage
    }

    func links(of node: Int) -> ArraySlice<Int> { neighbours.links(of: node) }

    /// Directions in which a link can pass water in a state: what is closed passes none, check valves, pumps, reducing and sustaining
    /// valves one, and a full or empty tank takes one away.
    func passes(_ link: Int, _ state: EpanetTimeZero) -> (forward: Bool, backward: Bool) {
        let (passage, status) = (passages[link], state.status[link])
        if status == .closed { return (false, false) }
        return (passage.forward, passage.backward && !(passage.isRegulator && status == .active))
    }

    /// What the level of a tank allows; nil for other nodes.
    private static func limits(of node: Int, _ network: EpanetNetwork) -> (mayFill: Bool, mayEmpty: Bool)? {
        guard case .tank(let tank) = network.nodes[node].kind, tank.diameter > 0 else { return nil }
        if tank.initialLevel >= tank.maximumLevel && !tank.canOverflow { return (false, true) }
        return (true, tank.initialLevel > tank.minimumLevel)
    }

    /// Nodes to which water can flow from a reservoir, a tank or an inflow.
    func served(_ state: EpanetTimeZero) -> [Bool] {
        var queue = isSource.indices.filter { isSource[$0] || state.demand[$0] < 0 }
        var isServed = [Bool](repeating: false, count: isSource.count)
        for node in queue { isServed[node] = true }
        while let node = queue.popLast() {
            for link in links(of: node) {
                let isOutgoing = passages[link].from == node
                let other = isOutgoing ? passages[link].to : passages[link].from
                if isServed[other] { continue }
                let passes = passes(link, state)
                guard isOutgoing ? passes.forward : passes.backward else { continue }
                isServed[other] = true
                queue.append(other)
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
                let other = passages[link].from == node ? passages[link].to : passages[link].from
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
        for position in network.links.indices where status[position] == .active {
            guard case .valve(let valve) = network.links[position].element, valve.kind == .flowControl else { continue }
            let part = reach.part(from: network.links[position].to, without: position, self)
            if part.contains(where: { network.nodes[$0].isSource }) { continue }
            let wanted = part.reduce(0) { $0 + demand[$1] }
            guard wanted > setting[position] else { continue }
            apply(.open, to: position)
            opened.append(position)
        }
        return opened
    }
}
