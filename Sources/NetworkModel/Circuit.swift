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
        var joined = DisjointSets(count: nodes.count)
        for link in links { joined.join(link.from.position, link.to.position) }
        var circuitOf = [Int32](repeating: -1, count: nodes.count)
        var circuits: [Circuit] = []
        for node in nodes.indices {
            let top = joined.root(node)
            if circuitOf[top] < 0 {
                circuitOf[top] = Int32(circuits.count)
                circuits.append(Circuit(nodes: [], links: [], substation: nil))
            }
            circuits[Int(circuitOf[top])].nodes.append(NodeIndex(node))
        }
        for (position, link) in links.enumerated() {
            let circuit = Int(circuitOf[joined.root(link.from.position)])
            circuits[circuit].links.append(LinkIndex(position))
            if case .exchangerSecondary(let substation) = link.element { circuits[circuit].substation = substation }
        }
        return circuits
    }
}
