/// An undirected graph whose nodes are numbered in order of elimination.
struct AdjacencyGraph {
    /// First neighbour of each node; one more at the end.
    var start: [Int32]
    /// Neighbours of all nodes, each edge from both sides.
    var neighbor: [Int32]
    /// The edge to each neighbour.
    var edge: [Int32]

    var order: Int { start.count - 1 }

    /// What is left of an elimination, its nodes numbered in the order of `rows`.
    init(_ graph: borrowing EliminationGraph, rows: [Int32]) {
        var number = [Int32](repeating: -1, count: graph.order)
        for (position, row) in rows.enumerated() { number[Int(row)] = Int32(position) }
        start = [0]
        start.reserveCapacity(rows.count + 1)
        neighbor = []
        edge = []
        for row in rows {
            for index in 0..<graph.degree(row) {
                let half = graph.halfEdge(index, of: row)
                neighbor.append(number[Int(half.neighbor)])
                edge.append(half.edge)
            }
            start.append(Int32(neighbor.count))
        }
    }

    /// The same graph with node `permutation[k]` as number k.
    func permuted(by permutation: [Int32]) -> AdjacencyGraph {
        var number = [Int32](repeating: 0, count: order)
        for (position, node) in permutation.enumerated() { number[Int(node)] = Int32(position) }
        var result = self
        var count = 0
        for (position, node) in permutation.enumerated() {
            result.start[position] = Int32(count)
            for half in Int(start[Int(node)])..<Int(start[Int(node) + 1]) {
                result.neighbor[count] = number[Int(neighbor[half])]
                result.edge[count] = edge[half]
                count += 1
            }
        }
        return result
    }
}
