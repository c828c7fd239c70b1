import Testing

@testable import SparseAlgebra

@Suite struct LDLFactorTests {
    @Test(arguments: SeededGraph.all)
    func agreesWithDenseElimination(graph: SeededGraph) throws {
        let system = TestSystem(graph, seed: 11)
        let rightHandSide = system.rightHandSide(seed: 12)
        let expected = denseSolve(system.dense, rightHandSide)
        let natural = [Int32](0..<Int32(graph.order))
        let orderings: [EliminationOrdering] = [
            .automatic, .minimumDegree, .explicit(natural), .explicit(natural.reversed()),
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

    @Test func largeFrontsThroughBLASLeaveASmallResidual() throws {
        // Wide enough separators that panels and updates pass the thresholds of the library path.
        let system = TestSystem(.grid(70, 70), seed: 5)
        let symbolic = SymbolicFactor(system.pattern)
        #expect(symbolic.kernel.productCount > 0)
        var factor = LDLFactor(symbolic)
        try factor.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
        let rightHandSide = system.rightHandSide(seed: 6)
        var solution = rightHandSide
        factor.solve(&solution)
        var residual = rightHandSide
        system.pattern.subtractProduct(
            diagonal: system.diagonal, offDiagonal: system.offDiagonal, vector: solution, from: &residual)
        // Backward stable: residual ≤ c · 2⁻⁵³ · ‖A‖ · ‖x‖ with ‖A‖ below 100, ‖x‖ below 10.
        #expect(greatestDifference(residual, residual.map { _ in 0 }) < 1e-12)
    }

    @Test(arguments: [SeededGraph.treeWithChords(120, chords: 18, seed: 6), .grid(20, 23), .ladder(50, seed: 1)])
    func factoringAgainGivesTheSameBits(graph: SeededGraph) throws {
        let (system, other) = (TestSystem(graph, seed: 1), TestSystem(graph, seed: 2))
        let symbolic = SymbolicFactor(system.pattern)
        var fresh = LDLFactor(symbolic)
        try fresh.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
        var reused = LDLFactor(SymbolicFactor(system.pattern))
        try reused.factor(diagonal: other.diagonal, offDiagonal: other.offDiagonal)
        try reused.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
        var (a, b) = (system.rightHandSide(seed: 3), system.rightHandSide(seed: 3))
        fresh.solve(&a)
        reused.solve(&b)
        #expect(a == b)
    }

    @Test func aCopyKeepsItsOwnValues() throws {
        let (first, second) = (TestSystem(.grid(6, 6), seed: 1), TestSystem(.grid(6, 6), seed: 2))
        var original = LDLFactor(SymbolicFactor(first.pattern))
        try original.factor(diagonal: first.diagonal, offDiagonal: first.offDiagonal)
        var expected = first.rightHandSide(seed: 3)
        original.solve(&expected)
        var copy = original
        try copy.factor(diagonal: second.diagonal, offDiagonal: second.offDiagonal)
        var solution = first.rightHandSide(seed: 3)
        original.solve(&solution)
        #expect(solution == expected)
        copy.solve(&solution)
        #expect(solution != expected)
    }

    @Test func severalRightHandSidesAreSolvedOneByOne() throws {
        let system = TestSystem(.treeWithChords(80, chords: 12, seed: 2), seed: 3)
        var factor = LDLFactor(SymbolicFactor(system.pattern))
        try factor.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
        var expected: [Double] = []
        var together: [Double] = []
        for seed in UInt64(0)..<7 {
            var one = system.rightHandSide(seed: seed)
            together += one
            factor.solve(&one)
            expected += one
        }
        factor.solve(&together)
        #expect(together == expected)
    }

    @Test(arguments: [SeededGraph.path(30), .ladder(12, seed: 1), .grid(9, 11), .complete(45), .star(20)])
    func aFailingPivotNamesItsRow(graph: SeededGraph) {
        for (row, wrong) in [(0, -5.0), (graph.order / 2, .nan), (graph.order - 1, .infinity), (3, 0)] {
            var system = TestSystem(graph, seed: 4)
            // Alone in its matrix, a row is at fault itself, whatever the order.
            for slot in 0..<system.pattern.slotCount
            where Int(system.pattern.lowerRow[slot]) == row || Int(system.pattern.upperRow[slot]) == row {
                system.offDiagonal[slot] = 0
            }
            system.diagonal[row] = wrong
            var factor = LDLFactor(SymbolicFactor(system.pattern))
            let failure = #expect(throws: FactorizationFailure.self) {
                try factor.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
            }
            #expect(failure?.row == row)
        }
    }

    @Test(arguments: SeededGraph.all)
    func anOffDiagonalThatIsNoNumberFails(graph: SeededGraph) {
        var system = TestSystem(graph, seed: 4)
        guard system.pattern.slotCount > 0 else { return }
        for wrong in [Double.nan, .infinity] {
            system.offDiagonal[system.pattern.slotCount / 2] = wrong
            var factor = LDLFactor(SymbolicFactor(system.pattern))
            #expect(throws: FactorizationFailure.self) {
                try factor.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
            }
        }
    }

    @Test(arguments: [SeededGraph.path(50), .ladder(30, seed: 2), .grid(12, 12), .tree(200, seed: 9)])
    func aLaplacianWithoutAGroundedRowIsFoundSingular(graph: SeededGraph) {
        let pattern = SymmetricPattern(order: graph.order, edges: graph.edges)
        var diagonal = [Double](repeating: 0, count: graph.order)
        for edge in graph.edges {
            diagonal[Int(edge.0)] += 1
            diagonal[Int(edge.1)] += 1
        }
        var offDiagonal = [Double](repeating: 0, count: pattern.slotCount)
        for slot in pattern.slotOfEdge { offDiagonal[Int(slot)] -= 1 }
        var factor = LDLFactor(SymbolicFactor(pattern))
        // What rounding leaves of the last pivot grows with the operations that made it.
        factor.smallestPivotRatio = 1e-12
        #expect(throws: FactorizationFailure.self) { try factor.factor(diagonal: diagonal, offDiagonal: offDiagonal) }
        diagonal[graph.order / 2] += 1
        #expect(throws: Never.self) { try factor.factor(diagonal: diagonal, offDiagonal: offDiagonal) }
    }

    @Test(arguments: [SeededGraph.grid(9, 11), .ladder(21, seed: 3), .treeWithChords(100, chords: 15, seed: 5)])
    func aRowTakenOutIsItsOwnSolution(graph: SeededGraph) throws {
        var system = TestSystem(graph, seed: 8)
        let masked = graph.order / 3
        system.diagonal[masked] = 1
        for slot in 0..<system.pattern.slotCount
        where Int(system.pattern.lowerRow[slot]) == masked || Int(system.pattern.upperRow[slot]) == masked {
            system.offDiagonal[slot] = 0
        }
        var rightHandSide = system.rightHandSide(seed: 9)
        rightHandSide[masked] = 42
        var factor = LDLFactor(SymbolicFactor(system.pattern))
        try factor.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
        var solution = rightHandSide
        factor.solve(&solution)
        #expect(solution[masked] == 42)
        // As in agreesWithDenseElimination.
        #expect(greatestDifference(solution, denseSolve(system.dense, rightHandSide)) < 1e-10)
    }

    @Test func refinementBringsTheResidualDown() throws {
        // Weights over twelve decades, the range of conductances between an open pipe and a nearly closed valve.
        let graph = SeededGraph.grid(15, 15)
        var system = TestSystem(graph, seed: 1)
        var generator = SplitMix64(seed: 2)
        system.diagonal = [Double](repeating: 1e-6, count: graph.order)
        for slot in 0..<system.pattern.slotCount {
            var weight = 1.0
            for _ in 0..<Int.random(in: 0...12, using: &generator) { weight *= 0.1 }
            system.offDiagonal[slot] = -weight
            system.diagonal[Int(system.pattern.lowerRow[slot])] += weight
            system.diagonal[Int(system.pattern.upperRow[slot])] += weight
        }
        var factor = LDLFactor(SymbolicFactor(system.pattern))
        try factor.factor(diagonal: system.diagonal, offDiagonal: system.offDiagonal)
        let rightHandSide = system.rightHandSide(seed: 3)
        func residual(_ x: [Double]) -> Double {
            var residual = rightHandSide
            system.pattern.subtractProduct(
                diagonal: system.diagonal, offDiagonal: system.offDiagonal, vector: x, from: &residual)
            return greatestDifference(residual, residual.map { _ in 0 })
        }
        var (plain, refined) = (rightHandSide, rightHandSide)
        factor.solve(&plain)
        factor.solve(&refined, refinedBy: system.diagonal, system.offDiagonal)
        #expect(residual(refined) < residual(plain))
    }
}
