import NetworkModel
import SparseAlgebra

/// The strands of a circuit: links that every ring of the circuit passes together or not at all, so that they carry one flow.
///
/// Where no water enters or leaves, two links carry the same flow in every state exactly when they cut the circuit in two together. Supply
/// and return pipe of a two-pipe riser do, and valve, pipes and terminal of a dwelling; so a district of 9,000 links and 6,000 nodes
/// comes down to 4,500 strands and 1,600 groups of nodes, which form a tree with its terminals. A strand loses what its links lose, and
/// contracting all of them but one leaves every ring, so this reduction is exact (Duffin, J. Math. Anal. Appl. 10 (1965) 303 for series and
/// parallel links; here for cut pairs of any graph).
///
/// Pairs are found by a random circulation: numbers drawn for the links outside a spanning tree are sent through their rings, and
/// links of a strand, and with a chance of 2⁻⁶⁴ a pair only they, get the same number up to the sign (the cycle-space sampling of
/// Pritchard & Thurimella, ACM Trans. Algorithms 7 (2011) 46, over integers, which tells the directions as well). Links that no
/// ring passes carry nothing and belong to no strand.
struct StrandNetwork: Sendable {
    /// The strand of each local link; −1 = carries nothing.
    private(set) var strandOfLink: [Int32]
    /// Whether a link carries its strand's flow from `to` to `from`, by local link.
    private(set) var isAgainst: [Bool]
    /// First of each strand's places in ``links``; one more than there are strands.
    private(set) var start: [Int32] = [0]
    /// Links strand by strand, rising.
    private(set) var links: [Int32] = []
    /// Group of nodes that a strand's positive flow leaves and enters.
    private(set) var from: [Int32] = []
    private(set) var to: [Int32] = []
    /// Place in the matrix; −1 where a strand ends in the group whose potential is held, or where it began.
    private(set) var slot: [Int32] = []
    /// The group whose potential is held: the one with most strands. It stays a row of the matrix, without entries.
    private(set) var ground = 0
    /// The analysed matrix, one row a group.
    let symbolic: SymbolicFactor

    /// Number of strands.
    var count: Int { from.count }
    /// Number of groups of nodes.
    var groupCount: Int { symbolic.order }

    /// Finds the strands of the links that a state lets pass, `switches` included whether open or not.
    ///
    /// - Returns: nil where flows are not those of closed rings alone (demands, given flows, several fixed pressures), a device follows a
    ///   sensor, or shut switches could cut a ring off from the fixed pressure.
    /// - Complexity: O(nodes + links), beside the analysis of the matrix.
    init?(_ compiled: CompiledNetwork, _ state: CircuitState, switches: [Int]) {
        guard let fixed = Self.onlyFixedNode(compiled, state) else { return nil }
        var opened = state
        for link in switches { opened.isOpen[link] = true }
        let tree = SpanningWalk(compiled, from: fixed) { compiled.passes($0, opened) }
        for link in tree.usable where !opened.prescribedFlow[link].isNaN { return nil }
        let circulation = tree.circulation(compiled)

        strandOfLink = Array(repeating: -1, count: compiled.links.count)
        isAgainst = Array(repeating: false, count: compiled.links.count)
        var members: [[Int32]] = []
        var strandOfNumber: [UInt64: Int32] = [:]
        for link in tree.usable where circulation[link] != 0 {
            let (number, negative) = (circulation[link], 0 &- circulation[link])
            isAgainst[link] = negative < number
            let key = min(number, negative)
            if let strand = strandOfNumber[key] {
                strandOfLink[link] = strand
                members[Int(strand)].append(Int32(link))
            } else {
                strandOfNumber[key] = Int32(members.count)
                strandOfLink[link] = Int32(members.count)
                members.append([Int32(link)])
            }
        }
        Self.sort(&members, compiled)
        for (strand, list) in members.enumerated() {
            for link in list { strandOfLink[Int(link)] = Int32(strand) }
            links += list
            start.append(Int32(links.count))
        }

        // What is left when of each strand only its first link stays.
        var sets = DisjointSets(count: compiled.nodes.count)
        for link in tree.usable {
            let strand = strandOfLink[link]
            guard strand < 0 || members[Int(strand)][0] != Int32(link) else { continue }
            sets.join(Int(compiled.from[link]), Int(compiled.to[link]))
        }
        let group = sets.numbers(tree.isReached)
        for list in members {
            let first = Int(list[0])
            let ends = (group[Int(compiled.from[first])], group[Int(compiled.to[first])])
            from.append(isAgainst[first] ? ends.1 : ends.0)
            to.append(isAgainst[first] ? ends.0 : ends.1)
        }
        let groups = Int((group.max() ?? -1) + 1)
        let strandOf = strandOfLink
        let shut = Set(switches.map { strandOf[$0] })
        guard Self.isJoined(groups, from, to, without: shut) else { return nil }
        // With all switches shut every ring that is left must hang on the fixed pressure still: strands hide what lies between two switches.
        let isSwitch = Set(switches)
        let least = SpanningWalk(compiled, from: fixed) { !isSwitch.contains($0) && compiled.passes($0, opened) }
        for link in tree.usable where strandOf[link] >= 0 && !shut.contains(strandOf[link]) {
            guard least.isReached[Int(compiled.from[link])] && least.isReached[Int(compiled.to[link])] else { return nil }
        }
        (ground, slot, symbolic) = Self.analyse(groups, from, to)
    }

    /// The one node whose pressure is held, in a circuit whose flows are closed rings; nil where it is none.
    private static func onlyFixedNode(_ compiled: CompiledNetwork, _ state: CircuitState) -> Int? {
        let fixed = state.fixedPressure.indices.filter { !state.fixedPressure[$0].isNaN }
        guard fixed.count == 1, state.fixedPressure[fixed[0]].isFinite, state.demand.allSatisfy({ $0 == 0 }) else { return nil }
        guard compiled.regulators.allSatisfy({ !($0.setting(in: state) < .infinity) }) else { return nil }
        guard state.linkTemperature.allSatisfy(\.isFinite) else { return nil }
        return fixed[0]
    }

    /// Strands of resistances alone first, then those with pipes, then those with machines and formulas, so that loops have no branches.
    private static func sort(_ members: inout [[Int32]], _ compiled: CompiledNetwork) {
        func kind(_ list: [Int32]) -> Int {
            list.reduce(0) { max($0, compiled.resistances.contains(Int($1)) ? 0 : compiled.pipes.contains(Int($1)) ? 1 : 2) }
        }
        let kinds = members.map(kind)
        members = (0...2).flatMap { wanted in zip(members, kinds).filter { $0.1 == wanted }.map(\.0) }
    }

    /// Whether all groups hang together without some of the strands, so that no matrix is singular.
    private static func isJoined(_ groups: Int, _ from: [Int32], _ to: [Int32], without shut: Set<Int32>) -> Bool {
        var sets = DisjointSets(count: groups)
        for strand in from.indices where !shut.contains(Int32(strand)) { sets.join(Int(from[strand]), Int(to[strand])) }
        return (0..<groups).allSatisfy { sets.root($0) == 0 }
    }

    private static func analyse(_ groups: Int, _ from: [Int32], _ to: [Int32]) -> (Int, [Int32], SymbolicFactor) {
        var degree = [Int](repeating: 0, count: groups)
        for strand in from.indices {
            degree[Int(from[strand])] += 1
            degree[Int(to[strand])] += 1
        }
        let most = degree.max() ?? 0
        let ground = degree.firstIndex(of: most) ?? 0
        var edges: [(Int32, Int32)] = []
        var edgeOf = [Int](repeating: -1, count: from.count)
        for strand in from.indices where from[strand] != to[strand] && Int(from[strand]) != ground && Int(to[strand]) != ground {
            edgeOf[strand] = edges.count
            edges.append((from[strand], to[strand]))
        }
        let pattern = SymmetricPattern(order: groups, edges: edges)
        return (ground, edgeOf.map { $0 < 0 ? -1 : pattern.slotOfEdge[$0] }, SymbolicFactor(pattern))
    }
}

/// A spanning tree over the links that may pass, from a node.
private struct SpanningWalk {
    /// Links with both ends reached, rising.
    private(set) var usable: [Int] = []
    private(set) var isReached: [Bool]
    private var order: [Int32] = []
    /// The link by which each node was reached; −1 = none.
    private var link: [Int32]

    init(_ compiled: CompiledNetwork, from root: Int, passes: (Int) -> Bool) {
        let mayPass = compiled.links.indices.map(passes)
        isReached = Array(repeating: false, count: compiled.nodes.count)
        link = Array(repeating: -1, count: compiled.nodes.count)
        isReached[root] = true
        order.append(Int32(root))
        var head = 0
        while head < order.count {
            let node = Int(order[head])
            head += 1
            for entry in compiled.adjacency.entries(of: node) {
                let next = Int(compiled.adjacency.links[entry])
                guard mayPass[next] else { continue }
                let other = Int(Int(compiled.from[next]) == node ? compiled.to[next] : compiled.from[next])
                if isReached[other] { continue }
                isReached[other] = true
                link[other] = Int32(next)
                order.append(Int32(other))
            }
        }
        usable = compiled.links.indices.filter { mayPass[$0] && isReached[Int(compiled.from[$0])] && isReached[Int(compiled.to[$0])] }
    }

    /// A random circulation by local link, modulo 2⁶⁴; zero exactly where no ring passes, but for chance.
    func circulation(_ compiled: CompiledNetwork) -> [UInt64] {
        var flow = [UInt64](repeating: 0, count: compiled.links.count)
        var surplus = [UInt64](repeating: 0, count: compiled.nodes.count)
        var isTree = [Bool](repeating: false, count: compiled.links.count)
        for link in link where link >= 0 { isTree[Int(link)] = true }
        for link in usable where !isTree[link] {
            flow[link] = Self.number(link)
            surplus[Int(compiled.from[link])] &-= flow[link]
            surplus[Int(compiled.to[link])] &+= flow[link]
        }
        for node in order.reversed() where link[Int(node)] >= 0 {
            let branch = Int(link[Int(node)])
            let leaves = compiled.from[branch] == node
            let parent = Int(leaves ? compiled.to[branch] : compiled.from[branch])
            flow[branch] = leaves ? surplus[Int(node)] : 0 &- surplus[Int(node)]
            surplus[parent] &+= surplus[Int(node)]
        }
        return flow
    }

    /// A number by link, as good as random (SplitMix64; Steele, Lea & Flood, OOPSLA 2014).
    private static func number(_ link: Int) -> UInt64 {
        var z = UInt64(link + 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension DisjointSets {
    /// The number of each member's set, counted over those wanted; −1 for the others.
    fileprivate mutating func numbers(_ isWanted: [Bool]) -> [Int32] {
        var numbers = [Int32](repeating: -1, count: isWanted.count)
        var next: Int32 = 0
        for member in isWanted.indices where isWanted[member] {
            let root = root(member)
            if numbers[root] < 0 {
                numbers[root] = next
                next += 1
            }
            numbers[member] = numbers[root]
        }
        return numbers
    }
}
