/// A connected part of the network through which one body of water moves: the primary, or one secondary.
///
/// Substations couple circuits through heat alone, so every circuit is solved by itself.
public struct Circuit: Sendable {
    /// Its nodes in rising order.
    public var nodes: [NodeIndex]
    /// Its links in rising order.
    public var links: [LinkIndex]
    /// The substation that heats it; nil for a primary circuit.
    public var substation: SubstationIndex?
}

extension Network {
    /// The circuits: connected parts over all links, open or closed, ordered by their first node.
    ///
    /// - Complexity: O(nodes + links).
    public func circuits() -> [Circuit] {
        var parent = [Int32](repeating: -1, count: nodes.count)
        func root(_ node: Int32) -> Int32 {
            var top = node
            while parent[Int(top)] >= 0 { top = parent[Int(top)] }
            var walk = node
            while parent[Int(walk)] >= 0 {
                let next = parent[Int(walk)]
                parent[Int(walk)] = top
                walk = next
            }
            return top
        }
        for link in links {
            let a = root(link.from.raw)
            let b = root(link.to.raw)
            if a == b { continue }
            // Union by size: a root holds minus its number of nodes.
            let (big, small) = parent[Int(a)] <= parent[Int(b)] ? (a, b) : (b, a)
            parent[Int(big)] += parent[Int(small)]
            parent[Int(small)] = big
        }
        var circuitOf = [Int32](repeating: -1, count: nodes.count)
        var circuits: [Circuit] = []
        for node in nodes.indices {
            let top = Int(root(Int32(node)))
            if circuitOf[top] < 0 {
                circuitOf[top] = Int32(circuits.count)
                circuits.append(Circuit(nodes: [], links: [], substation: nil))
            }
            circuits[Int(circuitOf[top])].nodes.append(NodeIndex(node))
        }
        for (position, link) in links.enumerated() {
            let circuit = Int(circuitOf[Int(root(link.from.raw))])
            circuits[circuit].links.append(LinkIndex(position))
            if case .exchangerSecondary(let substation) = link.element { circuits[circuit].substation = substation }
        }
        return circuits
    }
}
