import NetworkModel

extension Regulator {
    /// Regulators in the order in which they are asked: valves before drives, those near a held pressure before those behind them, then by
    /// the ids of their links. Where settings contradict each other, which of them gives way must not depend on the order of the file.
    ///
    /// - Complexity: O(nodes + links) where there are two or more.
    static func ordered(
        _ regulators: [Regulator], _ network: Network, _ nodes: [NodeIndex], _ links: [LinkIndex], from: [Int32], to: [Int32]
    ) -> [Regulator] {
        if regulators.count < 2 { return regulators }
        let distance = distances(network, nodes, from: from, to: to)
        let keyed = regulators.map { regulator in
            (
                regulator: regulator, isDrive: regulator.pump >= 0,
                distance: min(distance[Int(from[regulator.link])], distance[Int(to[regulator.link])]), id: network.links[links[regulator.link]].id
            )
        }
        return keyed.sorted { left, right in
            if left.isDrive != right.isDrive { return right.isDrive }
            return left.distance != right.distance ? left.distance < right.distance : left.id < right.id
        }.map(\.regulator)
    }

    /// Branchings between each node and the nearest one of held pressure: a pipe in pieces is as far as a whole one.
    private static func distances(_ network: Network, _ nodes: [NodeIndex], from: [Int32], to: [Int32]) -> [Int32] {
        let adjacency = Adjacency(nodeCount: nodes.count, from: from, to: to)
        var distance = [Int32](repeating: .max, count: nodes.count)
        var level: [Int] = nodes.indices.filter { network.nodes[nodes[$0]].fixedPressure != nil }
        for node in level { distance[node] = 0 }
        while !level.isEmpty {
            var beyond: [Int] = []
            var next = 0
            while next < level.count {
                let node = level[next]
                next += 1
                for entry in adjacency.entries(of: node) {
                    let link = Int(adjacency.links[entry])
                    let other = Int(from[link]) == node ? Int(to[link]) : Int(from[link])
                    if distance[other] < .max { continue }
                    let isBranching = adjacency.entries(of: other).count > 2
                    distance[other] = distance[node] + (isBranching ? 1 : 0)
                    if isBranching { beyond.append(other) } else { level.append(other) }
                }
            }
            level = beyond
        }
        return distance
    }
}
