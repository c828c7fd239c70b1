/// Where a symmetric matrix has entries: `order` rows and one slot for each distinct off-diagonal pair.
///
/// Values live outside, in two arrays of the caller: `diagonal` (one a row) and `offDiagonal` (one a slot). A
/// weighted graph Laplacian is assembled without searching:
/// ```swift
/// diagonal[i] += weight
/// diagonal[j] += weight
/// offDiagonal[Int(pattern.slotOfEdge[edge])] -= weight
/// ```
/// Parallel edges share a slot, so `-=` adds them up.
public struct SymmetricPattern: Sendable {
    /// The number of rows.
    public let order: Int
    /// The slot of each edge given to the initialiser, in the same order.
    public let slotOfEdge: [Int32]
    /// The smaller row of each slot.
    public let lowerRow: [Int32]
    /// The larger row of each slot.
    public let upperRow: [Int32]

    /// The number of slots: distinct pairs of rows with an edge between them.
    public var slotCount: Int { lowerRow.count }

    /// Merges the undirected edges of a graph.
    ///
    /// - Precondition: every end lies in `0..<order` and no edge joins a row to itself.
    /// - Complexity: O(`order` + number of edges).
    public init(order: Int, edges: [(Int32, Int32)]) {
        precondition(order >= 0 && order < Int(Int32.max), "order \(order) is out of range")
        var start = [Int32](repeating: 0, count: order + 1)
        for (a, b) in edges {
            precondition(a != b, "an edge joins row \(a) to itself")
            precondition(min(a, b) >= 0 && Int(max(a, b)) < order, "edge \(a)-\(b) leaves the matrix")
            start[Int(min(a, b)) + 1] += 1
        }
        for row in 0..<order { start[row + 1] += start[row] }

        // Edges grouped by their smaller end; within a group the first of each pair opens the slot.
        var byLowerRow = [Int32](repeating: 0, count: edges.count)
        var next = start
        for (index, edge) in edges.enumerated() {
            let row = Int(min(edge.0, edge.1))
            byLowerRow[Int(next[row])] = Int32(truncatingIfNeeded: index)
            next[row] += 1
        }
        var slotOfEdge = [Int32](repeating: 0, count: edges.count)
        var lowerRow: [Int32] = []
        var upperRow: [Int32] = []
        lowerRow.reserveCapacity(edges.count)
        upperRow.reserveCapacity(edges.count)
        var lastSlot = [Int32](repeating: -1, count: order)
        for row in 0..<order {
            let firstSlot = Int32(lowerRow.count)
            for position in start[row]..<start[row + 1] {
                let index = Int(byLowerRow[Int(position)])
                let upper = max(edges[index].0, edges[index].1)
                if lastSlot[Int(upper)] < firstSlot {
                    lastSlot[Int(upper)] = Int32(lowerRow.count)
                    lowerRow.append(Int32(row))
                    upperRow.append(upper)
                }
                slotOfEdge[index] = lastSlot[Int(upper)]
            }
        }
        self.order = order
        self.slotOfEdge = slotOfEdge
        self.lowerRow = lowerRow
        self.upperRow = upperRow
    }

    /// Subtracts the product of the matrix with `vector` from `residual`.
    ///
    /// - Precondition: array lengths match the pattern.
    /// - Complexity: O(`order` + `slotCount`).
    public func subtractProduct(
        diagonal: [Double], offDiagonal: [Double], vector: [Double], from residual: inout [Double]
    ) {
        precondition(diagonal.count == order && vector.count == order && residual.count == order)
        precondition(offDiagonal.count == slotCount)
        for row in 0..<order { residual[row] -= diagonal[row] * vector[row] }
        for slot in 0..<slotCount {
            let (i, j) = (Int(lowerRow[slot]), Int(upperRow[slot]))
            residual[i] -= offDiagonal[slot] * vector[j]
            residual[j] -= offDiagonal[slot] * vector[i]
        }
    }
}
