import Testing

@testable import SparseAlgebra

@Suite struct LDLFactorTests {
    @Test(arguments: SeededGraph.all)
    func agreesWithDenseElimination(graph: SeededGraph) throws {
        let system = TestSystem(graph, seed: 11)
        let rightHandSide = system.rightHandSide(seed: 12)
        let expected = denseSolve(system.dense, rightHandSide)
        let orderings: [EliminationOrdering] = [
            .automatic, .minimumDegree, .explicit([Int32](0..<Int32(graph.order))),
            .explicit([Int32](0..<Int32(graph.order)).reversed()),
        ]
        for ordering in orderings {
            var factor = LDLFactor(SymbolicFactor(system.pattern, ordering: ordering))
            try factor.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
            var solution = rightHandSide
            factor.solve(&solution)
            // Diagonally dominant with condition below 1e5 and solutions below 100: rounding stays under 1e-10.
            #expect(greatestDifference(solution, expected) < 1e-10)
        }
    }
}
