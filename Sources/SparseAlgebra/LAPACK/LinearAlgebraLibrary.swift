import COpenBLAS

/// The calls into LAPACK and BLAS, all on column-major lower triangles.
///
/// OpenBLAS's own threads make the small blocks of this package up to three times slower, and workers bring their own
/// parallelism; so the library is set to one thread, once, before its first use.
enum LinearAlgebraLibrary {
    private static let oneThread: Void = openblas_set_num_threads(1)

    /// Sets the library to one thread, the first time only.
    static func prepare() { _ = oneThread }

    /// dpotrf: Cholesky of a dense block in place. Returns 0, or 1 + the column that fails.
    static func factorDense(_ order: Int, _ block: MutableView<Double>, at offset: Int, stride: Int) -> Int {
        Int(unsafe LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, lower, Int32(order), block.address(offset), Int32(stride)))
    }

    /// dpotrs: solves with a factor made by dpotrf.
    static func solveDense(
        _ order: Int, _ block: View<Double>, _ rightHandSides: UnsafeMutableBufferPointer<Double>
    ) {
        guard order > 0, let base = rightHandSides.baseAddress else { return }
        let count = Int32(rightHandSides.count / order)
        _ = unsafe LAPACKE_dpotrs_work(
            LAPACK_COL_MAJOR, lower, Int32(order), count, block.address(0), Int32(order), base, Int32(order))
    }

    /// dpbtrf: Cholesky of a band in place. Returns 0, or 1 + the column that fails.
    static func factorBand(_ order: Int, bandwidth: Int, _ band: MutableView<Double>) -> Int {
        Int(unsafe LAPACKE_dpbtrf_work(
            LAPACK_COL_MAJOR, lower, Int32(order), Int32(bandwidth), band.address(0), Int32(bandwidth + 1)))
    }

    /// dpbtrs: solves with a factor made by dpbtrf.
    static func solveBand(
        _ order: Int, bandwidth: Int, _ band: View<Double>, _ rightHandSides: UnsafeMutableBufferPointer<Double>
    ) {
        guard order > 0, let base = rightHandSides.baseAddress else { return }
        let count = Int32(rightHandSides.count / order)
        _ = unsafe LAPACKE_dpbtrs_work(
            LAPACK_COL_MAJOR, lower, Int32(order), Int32(bandwidth), count, band.address(0), Int32(bandwidth + 1),
            base, Int32(order))
    }

    /// dtrsm: rows below a factored block become rows of the factor, X ← X L⁻ᵀ.
    static func solveBelow(
        rows: Int, columns: Int, _ panel: MutableView<Double>, factorAt factor: Int, rowsAt below: Int, stride: Int
    ) {
        unsafe cblas_dtrsm(
            CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, Int32(rows), Int32(columns), 1,
            panel.address(factor), Int32(stride), panel.address(below), Int32(stride))
    }

    /// dsyrk for the first `columns` rows and dgemm for the rest: the product of a block of rows with its own first
    /// rows transposed, into `product` of `rows` × `columns` (the part above the diagonal is left alone).
    static func ownProduct(
        rows: Int, columns: Int, depth: Int, _ panel: View<Double>, at offset: Int, stride: Int,
        into product: MutableView<Double>
    ) {
        unsafe cblas_dsyrk(
            CblasColMajor, CblasLower, CblasNoTrans, Int32(columns), Int32(depth), 1, panel.address(offset),
            Int32(stride), 0, product.address(0), Int32(rows))
        guard rows > columns else { return }
        unsafe cblas_dgemm(
            CblasColMajor, CblasNoTrans, CblasTrans, Int32(rows - columns), Int32(columns), Int32(depth), 1,
            panel.address(offset + columns), Int32(stride), panel.address(offset), Int32(stride), 0,
            product.address(columns), Int32(rows))
    }

    private static var lower: CChar { 76 }
}
