import Heating
import NetworkModel

/// Where nodes, buildings and plants stand in the plane: by the coordinates of the input, or in a tree drawn from the plant to
/// the right where the input has none.
struct MapLayout {
    /// Place of each node, m or arbitrary units, north up; nil where it has none.
    private(set) var node: [MapPoint?]
    /// Place of each building.
    private(set) var building: [MapPoint?]
    /// Whether the places are those of the input.
    let isSurveyed: Bool

    /// Places of a network; nil where there is nothing to draw.
    init?(_ network: Network) {
        var places = Set<MapPoint>()
        for node in network.nodes {
            guard let place = node.position, place.x.isFinite, place.y.isFinite else { continue }
            places.insert(place)
            if places.count > 1 { break }
        }
        if places.count > 1 {
            isSurveyed = true
            node = network.nodes.map(\.position)
            building = network.buildings.map(\.position)
        } else {
            isSurveyed = false
            let tree = SupplyTree(network)
            guard tree.order.count > 1 else { return nil }
            (node, building) = tree.places(in: network)
        }
    }
}

/// The supply side of a network as a tree from its plants, substations joined in: what a schematic map is drawn from.
private struct SupplyTree {
    /// Nodes from the roots outwards.
    private(set) var order: [Int] = []
    private var parent: [Int]
    private var length: [Double]
    /// The node at which each building hangs; -1 where it has none.
    private let root: [Int]

    init(_ network: Network) {
        let count = network.nodes.count
        var near = [[(node: Int, length: Double)]](repeating: [], count: count)
        for link in network.links {
            let (from, to) = (link.from.position, link.to.position)
            let along: Double
            switch link.element {
            case .pipe(let pipe): along = max(network.pipes[pipe].length.metres, 0)
            case .valve, .pump: along = 0
            case .exchangerPrimary(let substation):
                // The tree goes on behind the exchanger.
                let behind = network.links[network.substations[substation].secondaryLink].to.position
                near[from].append((behind, 1))
                continue
            case .source, .exchangerSecondary, .terminal: continue
            }
            guard network.nodes[from].line != .return, network.nodes[to].line != .return else { continue }
            near[from].append((to, along))
            near[to].append((from, along))
        }
        parent = Array(repeating: -1, count: count)
        length = Array(repeating: 0, count: count)
        var seen = [Bool](repeating: false, count: count)
        for source in network.sources {
            let start = network.links[source.link].to.position
            if !seen[start] {
                seen[start] = true
                order.append(start)
            }
        }
        var next = 0
        while next < order.count {
            let node = order[next]
            next += 1
            for step in near[node] where !seen[step.node] {
                seen[step.node] = true
                (parent[step.node], length[step.node]) = (node, length[node] + step.length)
                order.append(step.node)
            }
        }
        let (parents, reached) = (parent, seen)
        root = network.buildings.map { Self.root(of: $0, in: network, parent: parents, seen: reached) }
    }

    /// The node from which all dwellings of a building are fed: the last one that all their ways share.
    private static func root(of building: Building, in network: Network, parent: [Int], seen: [Bool]) -> Int {
        var common: [Int]?
        for dwelling in network.dwellings[building.dwellings] {
            guard let terminal = dwelling.terminal else { continue }
            var node = network.links[network.terminals[terminal].link].from.position
            guard seen[node] else { continue }
            var way: [Int] = []
            while node >= 0 {
                way.append(node)
                node = parent[node]
            }
            way.reverse()
            guard let before = common else {
                common = way
                continue
            }
            common = Array(zip(before, way).prefix { $0 == $1 }.map(\.0))
        }
        return common?.last ?? -1
    }

    /// Places: to the right by length, buildings one below the other.
    func places(in network: Network) -> (node: [MapPoint?], building: [MapPoint?]) {
        var isShown = [Bool](repeating: false, count: parent.count)
        var isInside = [Bool](repeating: false, count: parent.count)
        for node in root where node >= 0 { isInside[node] = true }
        // What lies behind a building's own node is inside it and not drawn.
        var isBehind = isInside
        for node in order where parent[node] >= 0 && isBehind[parent[node]] { isBehind[node] = true }
        for node in order { isShown[node] = !isBehind[node] || isInside[node] && (parent[node] < 0 || !isBehind[parent[node]]) }
        var children = [[Int]](repeating: [], count: parent.count)
        for node in order where isShown[node] && parent[node] >= 0 { children[parent[node]].append(node) }
        let across = rows(children, isShown)
        let longest = max(order.lazy.filter { isShown[$0] }.map { length[$0] }.max() ?? 1, 1)
        let leaves = max(across.values.max() ?? 1, 1)
        // Twice as wide as high for few buildings, higher for many.
        let height = min(1.1, max(0.3, leaves / 24)) * longest
        var node = [MapPoint?](repeating: nil, count: parent.count)
        for position in order where isShown[position] {
            node[position] = MapPoint(x: length[position], y: -(across[position] ?? 0) / leaves * height)
        }
        let step = 0.02 * longest
        var hung: [Int: Int] = [:]
        let building: [MapPoint?] = root.map { position in
            guard position >= 0, let place = node[position] else { return nil }
            // Several buildings at one node stand beside each other.
            let rank = hung[position, default: 0]
            hung[position] = rank + 1
            return MapPoint(x: place.x + step * Double(rank + 1), y: place.y)
        }
        return (node, building)
    }

    /// Rows of the nodes: leaves one after the other, the others in the middle of what hangs on them.
    private func rows(_ children: [[Int]], _ isShown: [Bool]) -> [Int: Double] {
        var rows: [Int: Double] = [:]
        var leaf = 0.0
        // A depth-first walk with a stack of its own: chains may be long.
        var stack: [(node: Int, isDone: Bool)] = order.filter { parent[$0] < 0 && isShown[$0] }.reversed().map { ($0, false) }
        while let (node, isDone) = stack.popLast() {
            if children[node].isEmpty {
                rows[node] = leaf
                leaf += 1
            } else if isDone {
                let values = children[node].compactMap { rows[$0] }
                rows[node] = ((values.first ?? 0) + (values.last ?? 0)) / 2
            } else {
                stack.append((node, true))
                for child in children[node].reversed() { stack.append((child, false)) }
            }
        }
        return rows
    }
}
