import NetworkModel

/// The settable valves that each consumer's water passes, from the top of the circuit down.
struct ValveChains: Sendable {
    /// First entry of each consumer in ``link``; one more at the end.
    private(set) var start: [Int32] = [0]
    /// Local links of valves, consumer by consumer, those that serve most consumers first.
    private(set) var link: [Int32] = []
    /// Valves from the top down: those that serve more consumers first.
    private(set) var order: [Int32]
    /// First entry of each valve (by place in ``order``) in ``served``; one more at the end.
    private(set) var servedStart: [Int32]
    /// Consumers behind each valve.
    private(set) var served: [Int32]

    /// Valves of a consumer.
    func valves(of consumer: Int) -> ArraySlice<Int32> { link[Int(start[consumer])..<Int(start[consumer + 1])] }
    /// Consumers behind the valve at a place of ``order``.
    func consumers(behind place: Int) -> ArraySlice<Int32> { served[Int(servedStart[place])..<Int(servedStart[place + 1])] }

    /// Collects the chains of the consumers that take water; of valves that serve equally many the higher level comes first.
    ///
    /// - Complexity: O(nodes + chains).
    init(_ circuit: DesignCircuit, of network: Network, takes: (Int) -> Bool) {
        let compiled = circuit.compiled
        // The first settable valve from a node toward the root, and from each valve on.
        var above = [Int32](repeating: -1, count: compiled.nodes.count)
        var aboveValve = [Int32](repeating: -1, count: compiled.links.count)
        for node in circuit.order {
            let tree = circuit.treeLink[Int(node)]
            guard tree >= 0 else { continue }
            let parent = compiled.from[Int(tree)] == node ? compiled.to[Int(tree)] : compiled.from[Int(tree)]
            if circuit.setValve[Int(tree)] != nil {
                aboveValve[Int(tree)] = above[Int(parent)]
                above[Int(node)] = tree
            } else {
                above[Int(node)] = above[Int(parent)]
            }
        }
        var count = [Int32](repeating: 0, count: compiled.links.count)
        for (position, consumer) in circuit.consumers.enumerated() {
            if takes(position) {
                var chain: [Int32] = []
                for end in [compiled.from[consumer.link], compiled.to[consumer.link]] {
                    var valve = above[Int(end)]
                    while valve >= 0 {
                        // A valve that both ways to the root pass is passed by none of this consumer's water.
                        if let twice = chain.firstIndex(of: valve) { chain.remove(at: twice) } else { chain.append(valve) }
                        valve = aboveValve[Int(valve)]
                    }
                }
                for valve in chain { count[Int(valve)] += 1 }
                link += chain
            }
            start.append(Int32(link.count))
        }
        order = compiled.links.indices.filter { count[$0] > 0 }.map(Int32.init)
        let level = circuit.setValve.map { valve in valve.flatMap { network.valves[$0].level?.rawValue } ?? 0 }
        order.sort { a, b in
            let (first, second) = (Int(a), Int(b))
            if count[first] != count[second] { return count[first] > count[second] }
            return level[first] != level[second] ? level[first] < level[second] : first < second
        }
        var place = [Int32](repeating: -1, count: compiled.links.count)
        servedStart = [Int32](repeating: 0, count: order.count + 1)
        for (position, valve) in order.enumerated() {
            place[Int(valve)] = Int32(position)
            servedStart[position + 1] = servedStart[position] + count[Int(valve)]
        }
        served = [Int32](repeating: 0, count: link.count)
        var next = servedStart
        for consumer in circuit.consumers.indices {
            let range = Int(start[consumer])..<Int(start[consumer + 1])
            link[range].sort { place[Int($0)] < place[Int($1)] }
            for valve in link[range] {
                let position = Int(place[Int(valve)])
                served[Int(next[position])] = Int32(consumer)
                next[position] += 1
            }
        }
    }
}
