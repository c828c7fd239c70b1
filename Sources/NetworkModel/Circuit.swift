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
        // Fields one by one: a copy of a link would count references to its id.
        for link in links.indices { joined.join(links[link].from.position, links[link].to.position) }
        var circuitOf = [Int32](repeating: -1, count: nodes.count)
        var sizes: [(nodes: Int, links: Int)] = []
        for node in nodes.indices {
            // The smallest node of a set is its root.
            let top = joined.root(node)
            if top == node {
                circuitOf[node] = Int32(truncatingIfNeeded: sizes.count)
                sizes.append((0, 0))
            } else {
                circuitOf[node] = circuitOf[top]
            }
            sizes[Int(circuitOf[node])].nodes += 1
        }
        for link in links.indices { sizes[Int(circuitOf[links[link].from.position])].links += 1 }
        var circuits = sizes.map { size in
            var circuit = Circuit(nodes: [], links: [], substation: nil)
            circuit.nodes.reserveCapacity(size.nodes)
            circuit.links.reserveCapacity(size.links)
            return circuit
        }
        for node in nodes.indices { circuits[Int(circuitOf[node])].nodes.append(NodeIndex(node)) }
        for link in links.indices {
            let circuit = Int(circuitOf[links[link].from.position])
            circuits[circuit].links.append(LinkIndex(link))
            if case .exchangerSecondary(let substation) = links[link].element { circuits[circuit].substation = substation }
        }
        return circuits
    }
}
