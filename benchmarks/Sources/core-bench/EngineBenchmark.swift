import BenchmarkSupport
import SparseAlgebra

/// The engine's own factorisation.
enum EngineBenchmark {
    static func run(_ matrix: Matrix) throws -> (Measurement, kernelOrder: Int) {
        var symbolic = SymbolicFactor(matrix.pattern)
        let analysis = Timing.measure { symbolic = SymbolicFactor(matrix.pattern) }
        var factor = LDLFactor(symbolic)
        let refactorisation = try Timing.measure {
            try factor.factor(diagonal: matrix.diagonal, offDiagonal: matrix.offDiagonal)
        }
        var x = [Double](repeating: 1, count: matrix.pattern.order)
        let solve = Timing.measure {
            for row in x.indices { x[row] = 1 }
            factor.solve(&x)
        }
        let measurement = Measurement(
            analysis: analysis, refactorisation: refactorisation, solve: solve,
            factorEntries: Double(symbolic.factorEntries), flops: symbolic.flops, residual: matrix.residual(of: x))
        return (measurement, matrix.pattern.order - symbolic.branchOrder)
    }
}
