import Hydraulics

/// A spanning forest of the open links of a circuit, grown from the nodes of held pressure.
struct SpanningTree {
    /// Local nodes in the order they were reached, roots first.
    private(set) var order: [Int32] = []
    /// Link toward the root, by local node; −1 at roots and unreached nodes.
    private(set) var treeLink: [Int32]
    /// Whether open links lead from the node to a root.
    private(set) var isReached: [Bool]
    /// Links that pass and are not in the forest but join nodes of it.
    private(set) var chords: [Int32] = []

    /// Grows the forest over the links that pass. - Complexity: O(nodes + links).
    init(_ compiled: CompiledNetwork, passes: [Bool], roots: [Bool]) {
        let (from, to) = (compiled.from, compiled.to)
        let count = compiled.nodes.count
        var start = [Int32](repeating: 0, count: count + 1)
        for link in passes.indices where passes[link] {
            start[Int(from[link]) + 1] += 1
            start[Int(to[link]) + 1] += 1
        }
        for node in 0..<count { start[node + 1] += start[node] }
        var next = start
        var adjacent = [Int32](repeating: 0, count: Int(start[count]))
        for link in passes.indices where passes[link] {
            adjacent[Int(next[Int(from[link])])] = Int32(link)
            next[Int(from[link])] += 1
            adjacent[Int(next[Int(to[link])])] = Int32(link)
            next[Int(to[link])] += 1
        }
        treeLink = [Int32](repeating: -1, count: count)
        isReached = roots
        order = roots.indices.filter { roots[$0] }.map(Int32.init)
        order.reserveCapacity(count)
        var position = 0
        while position < order.count {
            let node = order[position]
            position += 1
            for entry in start[Int(node)]..<start[Int(node) + 1] {
                let link = adjacent[Int(entry)]
                let other = from[Int(link)] == node ? to[Int(link)] : from[Int(link)]
                if !isReached[Int(other)] {
                    isReached[Int(other)] = true
                    treeLink[Int(other)] = link
                    order.append(other)
                }
            }
        }
        for link in passes.indices where passes[link] {
            let (a, b) = (Int(from[link]), Int(to[link]))
            if isReached[a] && treeLink[a] != Int32(link) && treeLink[b] != Int32(link) { chords.append(Int32(link)) }
        }
    }

    /// Whether a link is in the forest and no chord closes a loop over it, by local link.
    ///
    /// Every chord has a random word, and the words of the chords that leave a subtree combine by exclusive or: the tree
    /// link above it is a bridge if they cancel (a false answer has the chance 2⁻⁶⁴; the words are fixed, so results repeat).
    func bridges(_ compiled: CompiledNetwork) -> [Bool] {
        var word = [UInt64](repeating: 0, count: compiled.nodes.count)
        var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
        for chord in chords {
            seed &+= 0x9E37_79B9_7F4A_7C15
            var value = seed
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            value ^= value >> 31
            word[Int(compiled.from[Int(chord)])] ^= value
            word[Int(compiled.to[Int(chord)])] ^= value
        }
        var isBridge = [Bool](repeating: false, count: compiled.links.count)
        for node in order.reversed() {
            let link = Int(treeLink[Int(node)])
            guard link >= 0 else { continue }
            let parent = compiled.from[link] == node ? compiled.to[link] : compiled.from[link]
            word[Int(parent)] ^= word[Int(node)]
            isBridge[link] = word[Int(node)] == 0
        }
        return isBridge
    }
}
