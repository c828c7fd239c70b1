import Testing

@testable import Balancing

@Suite struct BoundedSimplexTests {
    @Test func smallProgrammeByHand() {
        // max 3x + 2y, x + y ≤ 4, x + 3y ≤ 7, 0 ≤ x ≤ 3: x = 3, y = 1.
        var simplex = BoundedSimplex(cost: [-3, -2], lower: [0, 0], upper: [3, 100], matrix: [1, 1, 1, 3], limit: [4, 7])
        let isSolved = simplex.solve()
        #expect(isSolved)
        #expect(abs(simplex.value[0] - 3) < 1e-12 && abs(simplex.value[1] - 1) < 1e-12)
        #expect(simplex.isNonbasic(0) && !simplex.isNonbasic(1))
        // y = 4 − x and x stands at its bound: it falls as that rises.
        #expect(abs(simplex.rate(of: 1) { $0 == 0 ? 1 : 0 } + 1) < 1e-12)
    }

    @Test func variablesMayFallBelowTheStart() {
        var simplex = BoundedSimplex(cost: [1, -1], lower: [-2, -2], upper: [2, 2], matrix: [-1, 1], limit: [1])
        let isSolved = simplex.solve()
        #expect(isSolved)
        // y − x ≤ 1 is all that stops y from rising and x from falling.
        #expect(abs(simplex.value[1] - simplex.value[0] - 1) < 1e-12)
    }

    @Test func curvedCostsEndBetweenTheBounds() {
        // Least x² + xy + y² − x − y: both derivatives vanish at x = y = 1/3; with x ≤ 0.2 at y = (1 − 0.2)/2.
        for (most, x, y) in [(9.0, 1 / 3.0, 1 / 3.0), (0.2, 0.2, 0.4)] {
            var simplex = BoundedSimplex(cost: [-1, -1], lower: [0, 0], upper: [most, 9], matrix: [1, 1], limit: [50])
            simplex.curvature = BoundedSimplex.Curvature(matrix: [2, 1, 1, 2], order: 2, row: [0, 1])
            simplex.flatness = 1e-9
            let isSolved = simplex.solve()
            #expect(isSolved)
            // A slope of 1e-9 over a curvature of at least one.
            #expect(abs(simplex.value[0] - x) < 1e-8 && abs(simplex.value[1] - y) < 1e-8)
        }
        // And on a row that binds: x + y ≤ 0.5 shares it equally.
        var bound = BoundedSimplex(cost: [-1, -1], lower: [0, 0], upper: [9, 9], matrix: [1, 1], limit: [0.5])
        bound.curvature = BoundedSimplex.Curvature(matrix: [2, 1, 1, 2], order: 2, row: [0, 1])
        bound.flatness = 1e-9
        let isSolved = bound.solve()
        #expect(isSolved)
        #expect(abs(bound.value[0] - 0.25) < 1e-8 && abs(bound.value[1] - 0.25) < 1e-8)
    }

    /// Against every vertex of the programme: each set of active bounds and rows solved directly.
    @Test(arguments: 1...40)
    func matchesExhaustiveSearchOfVertices(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let (columns, rows) = (3, random.integer(1...4))
        let cost = (0..<columns).map { _ in random.uniform(-1, 1) }
        let lower = (0..<columns).map { _ in -random.uniform(0, 2) }
        let upper = (0..<columns).map { _ in random.uniform(0, 2) }
        let matrix = (0..<columns * rows).map { _ in random.uniform(-1, 2) }
        let limit = (0..<rows).map { _ in random.uniform(0, 1) }
        var simplex = BoundedSimplex(cost: cost, lower: lower, upper: upper, matrix: matrix, limit: limit)
        let isSolved = simplex.solve()
        #expect(isSolved)
        // All planes as a·x = b.
        var planes: [(a: [Double], b: Double)] = []
        for column in 0..<columns {
            let axis = (0..<columns).map { $0 == column ? 1.0 : 0 }
            planes += [(axis, lower[column]), (axis, upper[column])]
        }
        for row in 0..<rows { planes.append((Array(matrix[row * columns..<(row + 1) * columns]), limit[row])) }
        func isFeasible(_ x: [Double]) -> Bool {
            (0..<columns).allSatisfy { x[$0] >= lower[$0] - 1e-9 && x[$0] <= upper[$0] + 1e-9 }
                && (0..<rows).allSatisfy { row in (0..<columns).reduce(0) { $0 + matrix[row * columns + $1] * x[$1] } <= limit[row] + 1e-9 }
        }
        var best = Double.infinity
        for i in planes.indices {
            for j in 0..<i {
                for k in 0..<j {
                    guard let x = Self.intersection([planes[i], planes[j], planes[k]]), isFeasible(x) else { continue }
                    best = min(best, zip(cost, x).reduce(0) { $0 + $1.0 * $1.1 })
                }
            }
        }
        // Sums of a few numbers of the size of one.
        #expect(abs(simplex.objective(cost) - best) < 1e-8)
        #expect(isFeasible(Array(simplex.value[0..<columns])))
    }

    private static func intersection(_ planes: [(a: [Double], b: Double)]) -> [Double]? {
        func determinant(_ m: [[Double]]) -> Double {
            m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
        }
        let matrix = planes.map(\.a)
        let whole = determinant(matrix)
        guard abs(whole) > 1e-9 else { return nil }
        return (0..<3).map { column in
            determinant(matrix.enumerated().map { row, line in
                line.enumerated().map { $0.offset == column ? planes[row].b : $0.element }
            }) / whole
        }
    }
}
