/// Which of some numbered things are joined: union–find with path halving, union towards the smaller root.
package struct DisjointSets: Sendable {
    private var parent: [Int32]

    /// So many things, each by itself.
    package init(count: Int) { parent = (0..<Int32(truncatingIfNeeded: count)).map { $0 } }

    /// The representative of a thing's set: its smallest member.
    /// - Complexity: O(log n), amortised.
    package mutating func root(_ member: Int) -> Int {
        var walk = Int32(truncatingIfNeeded: member)
        while parent[Int(walk)] != walk {
            parent[Int(walk)] = parent[Int(parent[Int(walk)])]
            walk = parent[Int(walk)]
        }
        return Int(walk)
    }

    /// Joins the sets of two things.
    package mutating func join(_ first: Int, _ second: Int) {
        let (a, b) = (root(first), root(second))
        if a != b { parent[max(a, b)] = Int32(truncatingIfNeeded: min(a, b)) }
    }
}
