/// The elimination tree of a graph whose nodes are numbered in order of elimination: the parent of a column is the
/// first row below the diagonal in which its factor has an entry (Liu, SIAM J. Matrix Anal. Appl. 11, 1990).
struct EliminationTree {
    /// The parent of each column; -1 at roots.
    var parent: [Int32]

    /// - Complexity: nearly linear in the edges.
    init(_ graph: AdjacencyGraph) {
        let order = graph.order
        parent = [Int32](repeating: -1, count: order)
        var ancestor = parent
        for column in 0..<Int32(order) {
            for half in Int(graph.start[Int(column)])..<Int(graph.start[Int(column) + 1]) {
                var node = graph.neighbor[half]
                while node != -1 && node < column {
                    let next = ancestor[Int(node)]
                    ancestor[Int(node)] = column
                    if next == -1 { parent[Int(node)] = column }
                    node = next
                }
            }
        }
    }

    /// The columns with all descendants of a column directly before it.
    var postorder: [Int32] {
        let order = parent.count
        var firstChild = [Int32](repeating: -1, count: order)
        var sibling = firstChild
        for column in (0..<order).reversed() where parent[column] != -1 {
            sibling[column] = firstChild[Int(parent[column])]
            firstChild[Int(parent[column])] = Int32(column)
        }
        var result: [Int32] = []
        result.reserveCapacity(order)
        var stack: [Int32] = []
        for root in 0..<order where parent[root] == -1 {
            stack.append(Int32(root))
            while let column = stack.last {
                let child = firstChild[Int(column)]
                if child == -1 {
                    result.append(column)
                    stack.removeLast()
                } else {
                    firstChild[Int(column)] = sibling[Int(child)]
                    stack.append(child)
                }
            }
        }
        return result
    }

    /// The tree with column `permutation[k]` as number k.
    func permuted(by permutation: [Int32]) -> EliminationTree {
        var number = [Int32](repeating: 0, count: parent.count)
        for (position, column) in permutation.enumerated() { number[Int(column)] = Int32(position) }
        var result = self
        for (position, column) in permutation.enumerated() {
            let parent = parent[Int(column)]
            result.parent[position] = parent == -1 ? -1 : number[Int(parent)]
        }
        return result
    }

    /// The entries of each column of the factor, its diagonal included, for a tree numbered in postorder.
    ///
    /// Gilbert, Ng and Peyton, SIAM J. Matrix Anal. Appl. 15, 1994, in the form of Davis, Direct Methods for Sparse
    /// Linear Systems, 2006, §4.5: every row's subtree is counted by its leaves and their least common ancestors.
    /// - Complexity: nearly linear in the edges.
    func columnCounts(_ graph: AdjacencyGraph) -> [Int32] {
        let order = parent.count
        var firstDescendant = [Int32](repeating: -1, count: order)
        var count = [Int32](repeating: 0, count: order)
        for column in 0..<order {
            count[column] = firstDescendant[column] == -1 ? 1 : 0
            var node = Int32(column)
            while node != -1 && firstDescendant[Int(node)] == -1 {
                firstDescendant[Int(node)] = Int32(column)
                node = parent[Int(node)]
            }
        }
        var greatestFirst = [Int32](repeating: -1, count: order)
        var previousLeaf = greatestFirst
        var ancestor = [Int32](0..<Int32(order))
        for column in 0..<order {
            if parent[column] != -1 { count[Int(parent[column])] -= 1 }
            for half in Int(graph.start[column])..<Int(graph.start[column + 1]) {
                let row = Int(graph.neighbor[half])
                guard row > column, firstDescendant[column] > greatestFirst[row] else { continue }
                greatestFirst[row] = firstDescendant[column]
                count[column] += 1
                let previous = previousLeaf[row]
                previousLeaf[row] = Int32(column)
                if previous != -1 { count[Int(Self.root(of: previous, in: &ancestor))] -= 1 }
            }
            if parent[column] != -1 { ancestor[column] = parent[column] }
        }
        for column in 0..<order where parent[column] != -1 { count[Int(parent[column])] += count[column] }
        return count
    }

    private static func root(of node: Int32, in ancestor: inout [Int32]) -> Int32 {
        var root = node
        while root != ancestor[Int(root)] { root = ancestor[Int(root)] }
        var walk = node
        while walk != root {
            let next = ancestor[Int(walk)]
            ancestor[Int(walk)] = root
            walk = next
        }
        return root
    }
}
