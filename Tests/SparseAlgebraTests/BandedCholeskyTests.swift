import Testing

@testable import SparseAlgebra

@Suite struct BandedCholeskyTests {
    static let shapes = [
        (0, 0), (1, 0), (1, 5), (4, 0), (7, 1), (12, 3), (40, 5), (60, 32), (60, 33), (90, 40), (20, 19),
    ]

    /// A diagonally dominant band and the same matrix dense.
    static func system(order: Int, bandwidth: Int, seed: UInt64) -> (BandedCholesky, [[Double]]) {
        var generator = SplitMix64(seed: seed)
        var band = BandedCholesky(order: order, bandwidth: bandwidth)
        var dense = [[Double]](repeating: [Double](repeating: 0, count: order), count: order)
        for row in 0..<order {
            dense[row][row] = 2.5 * Double(bandwidth) + 1
            for column in max(0, row - bandwidth)..<row {
                dense[row][column] = Double.random(in: -1...1, using: &generator)
                dense[column][row] = dense[row][column]
                band[row, column] = dense[row][column]
            }
            band[row, row] = dense[row][row]
        }
        return (band, dense)
    }

    @Test(arguments: shapes)
    func agreesWithDenseElimination(order: Int, bandwidth: Int) throws {
        var (band, dense) = Self.system(order: order, bandwidth: bandwidth, seed: 1)
        try band.factor()
        var generator = SplitMix64(seed: 2)
        let rightHandSides = (0..<3 * order).map { _ in Double.random(in: -1...1, using: &generator) }
        var solution = rightHandSides
        band.solve(&solution)
        for first in stride(from: 0, to: rightHandSides.count, by: max(order, 1)) {
            let expected = denseSolve(dense, Array(rightHandSides[first..<first + order]))
            // Condition below 10: a few units in the last place of values below one.
            #expect(greatestDifference(Array(solution[first..<first + order]), expected) < 1e-13)
        }
    }

    @Test(arguments: shapes)
    func aChangedDiagonalIsFactoredAgain(order: Int, bandwidth: Int) throws {
        var (band, dense) = Self.system(order: order, bandwidth: bandwidth, seed: 3)
        try band.factor()
        let before = band
        for row in 0..<order {
            band.addToDiagonal(row, 2)
            dense[row][row] += 2
        }
        try band.factor()
        let rightHandSide = (0..<order).map { Double($0 + 1) }
        var solution = rightHandSide
        band.solve(&solution)
        // As in agreesWithDenseElimination, for values up to 90.
        #expect(greatestDifference(solution, denseSolve(dense, rightHandSide)) < 1e-11)
        // The copy made before keeps its factor.
        var earlier = rightHandSide
        before.solve(&earlier)
        #expect(order == 0 || earlier != solution)
    }

    @Test(arguments: [3, 36])
    func aFailingPivotNamesItsRow(bandwidth: Int) {
        for (row, wrong) in [(0, -1.0), (17, -1e6), (25, Double.nan), (39, 0)] {
            var (band, _) = Self.system(order: 40, bandwidth: bandwidth, seed: 4)
            for column in max(0, row - bandwidth)...min(39, row + bandwidth) { band[row, column] = 0 }
            band[row, row] = wrong
            let failure = #expect(throws: FactorizationFailure.self) { try band.factor() }
            #expect(failure?.row == row)
        }
    }

    @Test func clearingForgetsEveryEntry() throws {
        var (band, _) = Self.system(order: 10, bandwidth: 2, seed: 5)
        band.clear()
        for row in 0..<10 { band[row, row] = 4 }
        try band.factor()
        var solution = [Double](repeating: 8, count: 10)
        band.solve(&solution)
        #expect(solution == [Double](repeating: 2, count: 10))
    }
}

@Suite struct DenseCholeskyTests {
    @Test func entriesAreThoseSet() throws {
        var cholesky = DenseCholesky(order: 3)
        cholesky[0, 2] = 7
        #expect(cholesky[2, 0] == 7)
        cholesky.clear()
        #expect(cholesky[2, 0] == 0)
        for row in 0..<3 { cholesky.addToDiagonal(row, 4) }
        try cholesky.factor()
        var solution = [8.0, 4, 2]
        cholesky.solve(&solution)
        #expect(solution == [2, 1, 0.5])
    }

    @Test(arguments: [0, 1, 2, 5, 33, 80])
    func agreesWithDenseElimination(order: Int) throws {
        let (_, matrix) = BandedCholeskyTests.system(order: order, bandwidth: max(0, order - 1), seed: 1)
        var cholesky = DenseCholesky(order: order)
        for row in 0..<order { for column in 0...row { cholesky[row, column] = matrix[row][column] } }
        try cholesky.factor()
        let rightHandSide = (0..<order).map { Double($0) - 3 }
        var solution = rightHandSide + rightHandSide.map { 2 * $0 }
        cholesky.solve(&solution)
        let expected = denseSolve(matrix, rightHandSide)
        // Condition below 10, values below 80.
        #expect(greatestDifference(Array(solution.prefix(order)), expected) < 1e-12)
        #expect(greatestDifference(Array(solution.suffix(order)), expected.map { 2 * $0 }) < 1e-12)
    }

    @Test func aFailingPivotNamesItsRow() {
        for (row, wrong) in [(0, -1.0), (7, .nan), (9, 0)] {
            var cholesky = DenseCholesky(order: 10)
            for diagonal in 0..<10 { cholesky[diagonal, diagonal] = diagonal == row ? wrong : 1 }
            let failure = #expect(throws: FactorizationFailure.self) { try cholesky.factor() }
            #expect(failure?.row == row)
        }
    }
}
