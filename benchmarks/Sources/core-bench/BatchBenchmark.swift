import BenchmarkSupport
import SparseAlgebra

/// Four systems with one pattern, side by side.
enum BatchBenchmark {
    /// Time of one factorisation of all four.
    static func run(_ matrix: Matrix) throws -> Timing {
        var factor = BatchedLDLFactor(SymbolicFactor(matrix.pattern))
        let scale = SIMD4(1, 1.1, 1.2, 1.3)
        let diagonal = matrix.diagonal.map { $0 * scale }
        let offDiagonal = matrix.offDiagonal.map { $0 * scale }
        return try Timing.measure { try factor.factor(diagonal: diagonal, offDiagonal: offDiagonal) }
    }
}
