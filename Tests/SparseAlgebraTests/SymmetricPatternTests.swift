import Testing

@testable import SparseAlgebra

@Suite struct SymmetricPatternTests {
    @Test func parallelEdgesShareASlotWhateverTheirDirection() {
        let pattern = SymmetricPattern(order: 4, edges: [(2, 1), (0, 3), (1, 2), (3, 2), (3, 0), (1, 2)])
        #expect(pattern.slotCount == 3)
        #expect(pattern.slotOfEdge[0] == pattern.slotOfEdge[2])
        #expect(pattern.slotOfEdge[0] == pattern.slotOfEdge[5])
        #expect(pattern.slotOfEdge[1] == pattern.slotOfEdge[4])
        #expect(Set(pattern.slotOfEdge).count == 3)
    }

    @Test(arguments: SeededGraph.all)
    func everySlotHasTheEndsOfItsEdges(graph: SeededGraph) {
        let pattern = SymmetricPattern(order: graph.order, edges: graph.edges)
        for (index, edge) in graph.edges.enumerated() {
            let slot = Int(pattern.slotOfEdge[index])
            #expect(pattern.lowerRow[slot] == min(edge.0, edge.1))
            #expect(pattern.upperRow[slot] == max(edge.0, edge.1))
        }
        let distinct = Set(graph.edges.map { [min($0.0, $0.1), max($0.0, $0.1)] })
        #expect(pattern.slotCount == distinct.count)
    }

    @Test func theProductIsThatOfTheDenseMatrix() {
        let system = TestSystem(.random(30, edges: 80, seed: 2), seed: 3)
        let vector = system.rightHandSide(seed: 4)
        var residual = system.rightHandSide(seed: 5)
        let expected = system.dense.enumerated().map { row, values in
            residual[row] - zip(values, vector).reduce(0) { $0 + $1.0 * $1.1 }
        }
        system.pattern.subtractProduct(
            diagonal: system.diagonal, offDiagonal: system.offDiagonal, vector: vector, from: &residual)
        // A row adds up at most 30 terms below 100.
        #expect(greatestDifference(residual, expected) < 1e-12)
    }

    @Test func anEdgeFromARowToItselfIsAProgrammersMistake() async {
        await #expect(processExitsWith: .failure) { _ = SymmetricPattern(order: 3, edges: [(0, 1), (2, 2)]) }
    }

    @Test func anEdgeOutOfTheMatrixIsAProgrammersMistake() async {
        await #expect(processExitsWith: .failure) { _ = SymmetricPattern(order: 3, edges: [(0, 3)]) }
    }
}
