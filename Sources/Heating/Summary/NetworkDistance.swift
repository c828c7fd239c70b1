import NetworkModel

/// How far water has to go: metres of pipe from what heats a circuit to each node, by the shortest way over open links.
///
/// The way begins on the supply side of sources and of substations' secondaries and passes no terminal, so that it does not reach the
/// return side.
public struct NetworkDistance: Sendable {
    /// Distance by node, m; infinite where nothing heated has an open way to.
    public let metres: [Double]

    /// Finds all distances.
    ///
    /// - Complexity: O((nodes + links) log nodes).
    public init(of network: Network) {
        var start = [Int32](repeating: 0, count: network.nodes.count + 1)
        let usable = network.links.indices.filter { network.links[$0].isOpen && Self.isPassage(network.links[$0].element) }
        for link in usable {
            start[network.links[link].from.position + 1] += 1
            start[network.links[link].to.position + 1] += 1
        }
        for node in network.nodes.indices { start[node + 1] += start[node] }
        var next = start
        var incident = [Int32](repeating: 0, count: 2 * usable.count)
        for link in usable {
            for node in [network.links[link].from.position, network.links[link].to.position] {
                incident[Int(next[node])] = Int32(link)
                next[node] += 1
            }
        }
        var distance = [Double](repeating: .infinity, count: network.nodes.count)
        var heap = Heap()
        func begin(_ link: LinkIndex) {
            let node = network.links[link].to.position
            if distance[node] > 0 { heap.push(0, node) }
            distance[node] = 0
        }
        for source in network.sources { begin(source.link) }
        for substation in network.substations { begin(substation.secondaryLink) }
        while let (reached, node) = heap.pop() {
            if reached > distance[node] { continue }
            for entry in start[node]..<start[node + 1] {
                let link = network.links[Int(incident[Int(entry)])]
                let other = link.from.position == node ? link.to.position : link.from.position
                let sum = reached + Self.length(link.element, network)
                if sum < distance[other] {
                    distance[other] = sum
                    heap.push(sum, other)
                }
            }
        }
        metres = distance
    }

    private static func isPassage(_ element: LinkElement) -> Bool {
        switch element {
        case .pipe, .valve, .pump: true
        case .source, .exchangerPrimary, .exchangerSecondary, .terminal: false
        }
    }

    private static func length(_ element: LinkElement, _ network: Network) -> Double {
        if case .pipe(let pipe) = element { return max(network.pipes[pipe].length.metres, 0) }
        return 0
    }

    /// A binary heap of distances; equal ones leave in the order of their nodes.
    private struct Heap {
        private var items: [(key: Double, node: Int)] = []

        private static func isBefore(_ a: (key: Double, node: Int), _ b: (key: Double, node: Int)) -> Bool {
            a.key < b.key || (a.key == b.key && a.node < b.node)
        }

        mutating func push(_ key: Double, _ node: Int) {
            items.append((key, node))
            var child = items.count - 1
            while child > 0, Self.isBefore(items[child], items[(child - 1) / 2]) {
                items.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        }

        mutating func pop() -> (Double, Int)? {
            guard let first = items.first else { return nil }
            let last = items.removeLast()
            if items.isEmpty { return (first.key, first.node) }
            items[0] = last
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < items.count && Self.isBefore(items[child], items[least]) {
                    least = child
                }
                if least == parent { break }
                items.swapAt(parent, least)
                parent = least
            }
            return (first.key, first.node)
        }
    }
}
