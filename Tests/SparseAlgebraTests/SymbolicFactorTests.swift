import Testing

@testable import SparseAlgebra

@Suite struct SymbolicFactorTests {
    @Test(arguments: SeededGraph.all)
    func thePermutationNamesEveryRowOnce(graph: SeededGraph) {
        let symbolic = SymbolicFactor(SymmetricPattern(order: graph.order, edges: graph.edges))
        #expect(symbolic.permutation.sorted() == [Int32](0..<Int32(graph.order)))
    }

    @Test(arguments: SeededGraph.all)
    func theSameGraphGivesTheSameAnalysis(graph: SeededGraph) {
        let first = SymbolicFactor(SymmetricPattern(order: graph.order, edges: graph.edges))
        let second = SymbolicFactor(SymmetricPattern(order: graph.order, edges: graph.edges))
        #expect(first.permutation == second.permutation)
        #expect(first.entryOfSlot.array == second.entryOfSlot.array)
    }

    @Test(arguments: [SeededGraph.ladder(7, seed: 1), .ladder(400, seed: 2), .star(40), .path(30), .cycle(25)])
    func seriesParallelGraphsAreAllBranches(graph: SeededGraph) {
        let symbolic = SymbolicFactor(SymmetricPattern(order: graph.order, edges: graph.edges))
        #expect(symbolic.branchOrder == graph.order)
        // Two entries a row at most, and none for the last row, one for the last but one.
        #expect(symbolic.factorEntries <= max(0, 2 * graph.order - 3))
    }

    @Test func aTreeFillsNothing() {
        for seed in UInt64(0)..<10 {
            let graph = SeededGraph.tree(500, seed: seed)
            let symbolic = SymbolicFactor(SymmetricPattern(order: graph.order, edges: graph.edges))
            #expect(symbolic.branchOrder == graph.order)
            #expect(symbolic.factorEntries == graph.order - 1)
        }
    }

    @Test(arguments: SeededGraph.all)
    func theKernelHasThreeNeighboursEverywhere(graph: SeededGraph) {
        let ordering = BranchOrdering(SymmetricPattern(order: graph.order, edges: graph.edges))
        let (eliminated, kernel) = (ordering.rows, ordering.kernel)
        #expect(eliminated.count + kernel.count == graph.order)
        for row in kernel {
            let neighbors = (0..<ordering.graph.degree(row)).map { ordering.graph.halfEdge($0, of: row).neighbor }
            #expect(neighbors.count >= 3)
            #expect(Set(neighbors).count == neighbors.count)
            #expect(Set(neighbors).isSubset(of: kernel))
        }
    }

    @Test(arguments: SeededGraph.all)
    func columnCountsAgreeWithEliminationOfSets(graph: SeededGraph) {
        let pattern = SymmetricPattern(order: graph.order, edges: graph.edges)
        let rows = [Int32](0..<Int32(graph.order))
        var adjacency = AdjacencyGraph(BranchOrdering(nothingOf: pattern).graph, rows: rows)
        let postorder = EliminationTree(adjacency).postorder
        adjacency = adjacency.permuted(by: postorder)
        let tree = EliminationTree(adjacency)

        // Eliminating a row joins all its later neighbours.
        var later = (0..<graph.order).map { row in
            Set(adjacency.neighbor[Int(adjacency.start[row])..<Int(adjacency.start[row + 1])].filter { $0 > row })
        }
        for row in 0..<graph.order {
            guard let parent = later[row].min() else { continue }
            later[Int(parent)].formUnion(later[row].subtracting([parent]))
        }
        #expect(tree.columnCounts(adjacency).map { Int($0) } == later.map { $0.count + 1 })
        #expect(tree.parent == later.map { $0.min() ?? -1 })
    }

    @Test func mergedPanelsStoreAtLeastTheTrueEntries() {
        let graph = SeededGraph.grid(20, 23)
        let pattern = SymmetricPattern(order: graph.order, edges: graph.edges)
        let symbolic = SymbolicFactor(pattern, ordering: .minimumDegree)
        let panels = symbolic.kernel.panels.array
        #expect(panels.reduce(0) { $0 + $1.width } == graph.order)
        for panel in panels {
            let rows = (panel.firstRow..<panel.firstRow + panel.below).map { symbolic.kernel.rows.view[$0] }
            #expect(rows == rows.sorted())
            #expect(rows.allSatisfy { $0 >= panel.firstColumn + panel.width })
        }
        #expect(symbolic.factorEntries >= pattern.slotCount)
        // One multiplication and one addition an entry at the very least.
        #expect(symbolic.flops >= 2 * Double(symbolic.factorEntries))
    }
}
