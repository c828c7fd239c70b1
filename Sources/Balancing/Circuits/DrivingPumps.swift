import Hydraulics
import NetworkModel

/// The pumps that drive a circuit's water, beside the main one.
///
/// Water that everybody takes passes the main pump, or one of several that stand beside it, and then every pump in line with
/// it; some consumers' water passes further pumps, boosters. Pumps that follow a sensor of their own are left to it.
struct DrivingPumps: Sendable {
    /// Pumps beside the main one, by place in ``CompiledNetwork/pumps``: between them they carry what everybody takes. They may stand in
    /// one station or in several.
    var mates: [Int] = []
    /// Pumps in line with the main one: what everybody takes passes each of them.
    var series: [Int] = []
    /// Pumps that some consumers' water passes and others' does not, those that serve most first.
    var boosters: [Int] = []
    /// Places in ``boosters`` that each consumer's water passes, outermost first; empty where there are no boosters.
    var chain: [[Int]] = []

    /// Whether the main pump is all there is.
    var isSimple: Bool { mates.isEmpty && series.isEmpty && boosters.isEmpty }

    /// No other pumps.
    init() {}

    /// Finds the pumps of a circuit, and the main one where several stand beside each other.
    ///
    /// - Parameters:
    ///   - main: the pump on a bridge that everybody passes, by its place; set to the one of the tree where mates do its work.
    ///   - passes: which links let water pass, consumers left out.
    /// - Complexity: O(nodes + links).
    init(
        _ compiled: CompiledNetwork, _ network: Network, _ consumers: [DesignCircuit.Consumer], _ tree: SpanningTree, passes: [Bool],
        bridges: [Bool], roots: [Bool], main: inout Int?
    ) {
        let free = compiled.pumps.filter { link in
            guard passes[link], case .pump(let pump) = network.links[compiled.links[link]].element else { return false }
            return network.pumps[pump].control == .fixedSpeed
        }
        guard free.count > 1 else { return }
        if main == nil { findMates(compiled, consumers, tree, free.filter { !bridges[$0] }, passes, roots, &main) }
        findBoosters(compiled, consumers, tree, Set(free.filter { bridges[$0] && $0 - compiled.pumps.lowerBound != main }))
    }

    /// Pumps off the bridges without which nobody would have water from the other line: they share the main pump's work.
    private mutating func findMates(
        _ compiled: CompiledNetwork, _ consumers: [DesignCircuit.Consumer], _ tree: SpanningTree, _ pumps: [Int], _ passes: [Bool],
        _ roots: [Bool], _ main: inout Int?
    ) {
        guard pumps.count > 1 else { return }
        var without = passes
        for link in pumps { without[link] = false }
        let reached = SpanningTree(compiled, passes: without, roots: roots).isReached
        let loads = consumers.filter { $0.isReachable && $0.isLoad }
        guard let first = loads.first else { return }
        let fromReturn = reached[Int(compiled.to[first.link])]
        func joins(_ link: Int, _ start: [Int32], _ end: [Int32]) -> Bool {
            reached[Int(start[link])] != fromReturn && reached[Int(end[link])] == fromReturn
        }
        guard loads.allSatisfy({ joins($0.link, compiled.from, compiled.to) }),
            pumps.allSatisfy({ joins($0, compiled.to, compiled.from) })
        else { return }
        var isTree = [Bool](repeating: false, count: compiled.links.count)
        for link in tree.treeLink where link >= 0 { isTree[Int(link)] = true }
        let leads = pumps.filter { isTree[$0] }
        guard leads.count == 1 else { return }
        main = leads[0] - compiled.pumps.lowerBound
        mates = pumps.filter { $0 != leads[0] }.map { $0 - compiled.pumps.lowerBound }
    }

    /// Pumps on bridges, by whose water passes them.
    private mutating func findBoosters(
        _ compiled: CompiledNetwork, _ consumers: [DesignCircuit.Consumer], _ tree: SpanningTree, _ pumps: Set<Int>
    ) {
        guard !pumps.isEmpty else { return }
        // The first of the pumps from a node toward the root, and from each pump on.
        var above = [Int32](repeating: -1, count: compiled.nodes.count)
        var abovePump = [Int: Int32]()
        for node in tree.order {
            let link = tree.treeLink[Int(node)]
            guard link >= 0 else { continue }
            let parent = compiled.from[Int(link)] == node ? compiled.to[Int(link)] : compiled.from[Int(link)]
            above[Int(node)] = above[Int(parent)]
            if pumps.contains(Int(link)) {
                abovePump[Int(link)] = above[Int(parent)]
                above[Int(node)] = link
            }
        }
        var passed = [[Int]](repeating: [], count: consumers.count)
        var count: [Int: Int] = [:]
        for (position, consumer) in consumers.enumerated() where consumer.isReachable && consumer.isLoad {
            var way: [Int] = []
            for end in [compiled.from[consumer.link], compiled.to[consumer.link]] {
                var pump = above[Int(end)]
                while pump >= 0 {
                    // A pump that both ways to the root pass is passed by none of this consumer's water.
                    if let twice = way.firstIndex(of: Int(pump)) { way.remove(at: twice) } else { way.append(Int(pump)) }
                    pump = abovePump[Int(pump)] ?? -1
                }
            }
            passed[position] = way
            for pump in way { count[pump, default: 0] += 1 }
        }
        let total = consumers.count { $0.isReachable && $0.isLoad }
        let lower = compiled.pumps.lowerBound
        series = pumps.filter { count[$0] == total }.map { $0 - lower }.sorted()
        boosters = pumps.filter { (count[$0] ?? 0) > 0 && count[$0] != total }.map { $0 - lower }
            .sorted { (-(count[$0 + lower] ?? 0), $0) < (-(count[$1 + lower] ?? 0), $1) }
        guard !boosters.isEmpty else { return }
        var place: [Int: Int] = [:]
        for (position, pump) in boosters.enumerated() { place[pump + lower] = position }
        chain = passed.map { way in way.compactMap { place[$0] }.sorted() }
    }
}
