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
    let strandOfLink: [Int32]
    /// Whether a link carries its strand's flow from `to` to `from`, by local link.
    let isAgainst: [Bool]
    /// First of each strand's places in ``links``; one more than there are strands.
    let start: [Int32]
    /// Links strand by strand, rising.
    let links: [Int32]
    /// Group of nodes that a strand's positive flow leaves and enters.
    let from: [Int32]
    let to: [Int32]
    /// Place in the matrix; −1 where a strand ends in the group whose potential is held, or where it began.
    let slot: [Int32]
    /// The group whose potential is held: the one with most strands. It stays a row of the matrix, without entries.
    let ground: Int
    /// The analysed matrix, one row a group.
    let symbolic: SymbolicFactor

    /// Strands before this one have no pump and no link with a formula.
    let firstMixed: Int
    /// The open paths from the fixed pressure.
    let walk: SpanningWalk

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
        let mayPass = compiled.passable(opened)
        self.init(compiled, mayPass, from: fixed)
        for link in mayPass.indices where isUsable(link, compiled, mayPass) && !opened.prescribedFlow[link].isNaN { return nil }
        guard !switches.isEmpty else { return }
        var isShut = [Bool](repeating: false, count: count)
        for link in switches where strandOfLink[link] >= 0 { isShut[Int(strandOfLink[link])] = true }
        guard isJoined(without: isShut) else { return nil }
        // With all switches shut every ring that is left must hang on the fixed pressure still: strands hide what lies between two switches.
        var remains = mayPass
        for link in switches { remains[link] = false }
        let least = SpanningWalk(compiled, from: fixed, remains)
        for link in mayPass.indices where strandOfLink[link] >= 0 && !isShut[Int(strandOfLink[link])] {
            guard least.isReached[Int(compiled.from[link])] && least.isReached[Int(compiled.to[link])] else { return nil }
        }
    }

    /// Finds the strands of the links that may pass, where flows are those of closed rings alone.
    ///
    /// - Complexity: O(nodes + links), beside the analysis of the matrix.
    init(_ compiled: CompiledNetwork, _ mayPass: [Bool], from fixed: Int) {
        walk = SpanningWalk(compiled, from: fixed, mayPass)
        var draft = StrandDraft(compiled, walk, mayPass)
        draft.sortByKind()
        let group = draft.groups(compiled, walk)
        firstMixed = draft.firstMixed
        (from, to) = draft.ends(compiled, group.number)
        (start, links) = draft.rows()
        (strandOfLink, isAgainst) = (draft.strandOfLink, draft.isAgainst)
        (ground, slot, symbolic) = Self.analyse(group.count, from, to)
    }

    private func isUsable(_ link: Int, _ compiled: CompiledNetwork, _ mayPass: [Bool]) -> Bool {
        mayPass[link] && walk.isReached[Int(compiled.from[link])]
    }

    /// The one node whose pressure is held, in a circuit whose flows are closed rings; nil where it is none.
    static func onlyFixedNode(_ compiled: CompiledNetwork, _ state: CircuitState) -> Int? {
        let (pressure, demand, temperature) = (state.fixedPressure.span, state.demand.span, state.linkTemperature.span)
        var fixed = -1
        for node in 0..<pressure.count where !pressure[node].isNaN {
            guard fixed < 0, pressure[node].isFinite else { return nil }
            fixed = node
        }
        for node in 0..<demand.count where demand[node] != 0 { return nil }
        guard fixed >= 0, compiled.regulators.allSatisfy({ !($0.setting(in: state) < .infinity) }) else { return nil }
        for link in 0..<temperature.count where !temperature[link].isFinite { return nil }
        return fixed
    }

    /// Whether all groups hang together without some of the strands, so that no matrix is singular.
    private func isJoined(without isShut: [Bool]) -> Bool {
        var sets = DisjointSets(count: groupCount)
        for strand in from.indices where !isShut[strand] { sets.join(Int(from[strand]), Int(to[strand])) }
        return (0..<groupCount).allSatisfy { sets.root($0) == 0 }
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
