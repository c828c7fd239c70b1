import BenchmarkSupport
import CCholmod

/// CHOLMOD with AMD on the same matrix, analysed once and factored again with `cholmod_factorize`.
enum CholmodBenchmark {
    enum Method {
        /// LDLᵀ column by column.
        case simplicial
        /// LLᵀ through dense blocks and BLAS.
        case supernodal
    }

    static func run(_ matrix: Matrix, _ method: Method) -> Measurement {
        var common = cholmod_common()
        cholmod_start(&common)
        defer { cholmod_finish(&common) }
        common.nmethods = 1
        common.method.0.ordering = CHOLMOD_AMD
        common.supernodal = method == .simplicial ? CHOLMOD_SIMPLICIAL : CHOLMOD_SUPERNODAL
        common.final_ll = method == .simplicial ? 0 : 1

        var a = sparse(matrix, &common)
        defer { cholmod_free_sparse(&a, &common) }
        var factor = cholmod_analyze(a, &common)
        defer { cholmod_free_factor(&factor, &common) }
        let analysis = Timing.measure {
            cholmod_free_factor(&factor, &common)
            factor = cholmod_analyze(a, &common)
        }
        let refactorisation = Timing.measure { _ = cholmod_factorize(a, factor, &common) }
        var ones = cholmod_ones(matrix.pattern.order, 1, CHOLMOD_REAL, &common)
        defer { cholmod_free_dense(&ones, &common) }
        // With workspaces kept between calls, as a program in a loop would.
        var x: UnsafeMutablePointer<cholmod_dense>?
        var (y, e) = (x, x)
        defer {
            cholmod_free_dense(&x, &common)
            cholmod_free_dense(&y, &common)
            cholmod_free_dense(&e, &common)
        }
        let solve = Timing.measure {
            _ = cholmod_solve2(CHOLMOD_A, factor, ones, nil, &x, nil, &y, &e, &common)
        }
        var solution = [Double](repeating: 0, count: matrix.pattern.order)
        if let values = x?.pointee.x?.assumingMemoryBound(to: Double.self) {
            for row in solution.indices { solution[row] = values[row] }
        }
        return Measurement(
            analysis: analysis, refactorisation: refactorisation, solve: solve,
            factorEntries: common.lnz - Double(matrix.pattern.order), flops: common.fl,
            residual: matrix.residual(of: solution))
    }

    /// The upper triangle by columns, with sorted rows.
    private static func sparse(
        _ matrix: Matrix, _ common: inout cholmod_common
    ) -> UnsafeMutablePointer<cholmod_sparse>? {
        let (order, slots) = (matrix.pattern.order, matrix.pattern.slotCount)
        guard
            let triplet = cholmod_allocate_triplet(order, order, order + slots, 1, CHOLMOD_REAL, &common),
            let rows = triplet.pointee.i?.assumingMemoryBound(to: Int32.self),
            let columns = triplet.pointee.j?.assumingMemoryBound(to: Int32.self),
            let values = triplet.pointee.x?.assumingMemoryBound(to: Double.self)
        else { return nil }
        var owner: UnsafeMutablePointer<cholmod_triplet>? = triplet
        defer { cholmod_free_triplet(&owner, &common) }
        for row in 0..<order { (rows[row], columns[row], values[row]) = (Int32(row), Int32(row), matrix.diagonal[row]) }
        for slot in 0..<slots {
            rows[order + slot] = matrix.pattern.lowerRow[slot]
            columns[order + slot] = matrix.pattern.upperRow[slot]
            values[order + slot] = matrix.offDiagonal[slot]
        }
        triplet.pointee.nnz = order + slots
        return cholmod_triplet_to_sparse(triplet, order + slots, &common)
    }
}
