import Testing

@testable import SparseAlgebra

@Suite struct BatchedLDLFactorTests {
    /// Four systems over one graph, and their values side by side.
    private static func batch(
        _ graph: SeededGraph
    ) -> (systems: [TestSystem], diagonal: [SIMD4<Double>], offDiagonal: [SIMD4<Double>]) {
        let systems = (0..<4).map { TestSystem(graph, seed: UInt64($0) + 1) }
        let diagonal = (0..<graph.order).map { row in SIMD4(systems.map { $0.diagonal[row] }) }
        let offDiagonal = (0..<systems[0].pattern.slotCount).map { slot in SIMD4(systems.map { $0.offDiagonal[slot] }) }
        return (systems, diagonal, offDiagonal)
    }

    @Test(arguments: SeededGraph.all)
    func everyLaneIsTheSystemOfItsOwn(graph: SeededGraph) throws {
        let (systems, diagonal, offDiagonal) = Self.batch(graph)
        let symbolic = SymbolicFactor(systems[0].pattern)
        var batched = BatchedLDLFactor(symbolic)
        try batched.factor(diagonal: diagonal, offDiagonal: offDiagonal)
        let rightHandSides = (0..<4).map { systems[$0].rightHandSide(seed: UInt64($0)) }
        var together = (0..<graph.order).map { row in SIMD4(rightHandSides.map { $0[row] }) }
        batched.solve(&together)
        for lane in 0..<4 {
            var factor = LDLFactor(symbolic)
            try factor.factor(diagonal: systems[lane].diagonal, offDiagonal: systems[lane].offDiagonal)
            var alone = rightHandSides[lane]
            factor.solve(&alone)
            // Blocks that BLAS does for one system alone add up in another order; as in LDLFactorTests.
            #expect(greatestDifference(together.map { $0[lane] }, alone) < 1e-10)
        }
    }

    @Test(arguments: [SeededGraph.ladder(21, seed: 3), .grid(9, 11)], 0..<4)
    func aFailureNamesItsSystemAndRow(graph: SeededGraph, lane: Int) throws {
        var (systems, diagonal, offDiagonal) = Self.batch(graph)
        let row = 5
        for slot in offDiagonal.indices
        where Int(systems[0].pattern.lowerRow[slot]) == row || Int(systems[0].pattern.upperRow[slot]) == row {
            offDiagonal[slot][lane] = 0
        }
        diagonal[row][lane] = -1
        var factor = BatchedLDLFactor(SymbolicFactor(systems[0].pattern))
        let failure = #expect(throws: BatchedLDLFactor.Failure.self) {
            try factor.factor(diagonal: diagonal, offDiagonal: offDiagonal)
        }
        #expect(failure?.lane == lane)
        #expect(failure?.failure.row == row)

        // Taken out, the lane no longer stops the others.
        for row in diagonal.indices { diagonal[row][lane] = 1 }
        for slot in offDiagonal.indices { offDiagonal[slot][lane] = 0 }
        #expect(throws: Never.self) { try factor.factor(diagonal: diagonal, offDiagonal: offDiagonal) }
    }
}
