import BenchmarkSupport
import SparseAlgebra

/// A weighted Laplacian, grounded a little in every row, as the engine and as CHOLMOD take it.
struct Matrix {
    let pattern: SymmetricPattern
    var diagonal: [Double]
    var offDiagonal: [Double]

    init(_ graph: BenchmarkGraph) {
        var generator = SplitMix64(seed: 7)
        pattern = SymmetricPattern(order: graph.order, edges: graph.edges)
        diagonal = [Double](repeating: 0.01, count: graph.order)
        offDiagonal = [Double](repeating: 0, count: pattern.slotCount)
        for (index, edge) in graph.edges.enumerated() {
            let weight = Double.random(in: 0.1...10, using: &generator)
            diagonal[Int(edge.0)] += weight
            diagonal[Int(edge.1)] += weight
            offDiagonal[Int(pattern.slotOfEdge[index])] -= weight
        }
    }

    /// The greatest entry of the residual for a right-hand side of ones.
    func residual(of solution: [Double]) -> Double {
        var residual = [Double](repeating: 1, count: pattern.order)
        pattern.subtractProduct(diagonal: diagonal, offDiagonal: offDiagonal, vector: solution, from: &residual)
        return residual.reduce(0) { max($0, abs($1)) }
    }
}
