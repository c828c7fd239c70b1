import Heating
import NetworkModel

/// Which way the water of a simulated network comes to every node and leaves it.
///
/// A node has one feed, the link that brings most of its water, and one drain, the link that takes most of it away; in a
/// loop these are the main ways.
struct CircuitPaths {
    private let network: Network
    private let outcome: Outcome
    private var feed: [Int32]
    private var drain: [Int32]

    /// Finds feeds and drains.
    ///
    /// - Complexity: O(links).
    init(_ network: Network, _ outcome: Outcome) {
        self.network = network
        self.outcome = outcome
        feed = Array(repeating: -1, count: network.nodes.count)
        drain = feed
        var most = [Double](repeating: 0, count: network.nodes.count)
        var largest = most
        for (position, link) in network.links.enumerated() {
            let flow = outcome.massFlow[position]
            guard flow != 0, flow.isFinite else { continue }
            let (source, sink) = flow > 0 ? (link.from.position, link.to.position) : (link.to.position, link.from.position)
            // Of two equal ways the one that is heated ends the search.
            let isHeated = link.element.isHeated
            if flow.magnitude > most[sink] || isHeated && flow.magnitude == most[sink] { (most[sink], feed[sink]) = (flow.magnitude, Int32(position)) }
            if flow.magnitude > largest[source] || isHeated && flow.magnitude == largest[source] {
                (largest[source], drain[source]) = (flow.magnitude, Int32(position))
            }
        }
    }

    /// The way of water round its circuit: from where it is heated to a consumer and back.
    struct Way {
        /// Links from the heated end to the consumer, in the order of the water.
        var out: [LinkIndex]
        /// The consumer's own link.
        var consumer: LinkIndex
        /// Links from the consumer back, in the order of the water.
        var back: [LinkIndex]
        /// The link that heats the water: a source, or the secondary side of an exchanger.
        var origin: LinkIndex
    }

    /// The way to a consumer and back; nil where no water comes from a heated link.
    func way(to consumer: LinkIndex) -> Way? {
        let link = network.links[consumer]
        guard outcome.massFlow[consumer.position] > 0 else { return nil }
        var out: [LinkIndex] = []
        var origin: LinkIndex?
        var node = link.from
        // Water may circle in a loop that feeds itself; no way is longer than the network.
        for _ in 0..<network.nodes.count {
            guard let next = index(feed[node.position]) else { break }
            if network.links[next].element.isHeated {
                origin = next
                break
            }
            out.append(next)
            node = other(end: node, of: next)
        }
        guard let origin else { return nil }
        var back: [LinkIndex] = []
        node = link.to
        for _ in 0..<network.nodes.count {
            guard let next = index(drain[node.position]), !network.links[next].element.isHeated else { break }
            back.append(next)
            node = other(end: node, of: next)
        }
        return Way(out: out.reversed(), consumer: consumer, back: back, origin: origin)
    }

    /// What the valves on a way to a consumer take, and its own link, Pa: the least of a circuit is its index consumer.
    func throttled(on way: Way) -> Double {
        var sum = 0.0
        if case .exchangerPrimary = network.links[way.consumer].element { sum += loss(way.consumer) }
        for link in way.out + way.back {
            if case .valve = network.links[link].element { sum += loss(link) }
        }
        return sum
    }

    private func loss(_ link: LinkIndex) -> Double {
        let loss = outcome.pressureLoss[link.position]
        return loss.isFinite ? loss.magnitude : 0
    }

    private func index(_ raw: Int32) -> LinkIndex? { raw < 0 ? nil : LinkIndex(Int(raw)) }

    private func other(end node: NodeIndex, of link: LinkIndex) -> NodeIndex {
        network.links[link].from == node ? network.links[link].to : network.links[link].from
    }
}

extension LinkElement {
    /// Whether the link heats the water of its circuit.
    var isHeated: Bool {
        switch self {
        case .source, .exchangerSecondary: true
        case .pipe, .valve, .pump, .exchangerPrimary, .terminal: false
        }
    }
}
