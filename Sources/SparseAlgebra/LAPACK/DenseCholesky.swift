/// A dense symmetric positive definite matrix and its Cholesky factor, kept apart so that a changed matrix can be
/// factored again.
public struct DenseCholesky: Sendable {
    /// The number of rows.
    public let order: Int

    // Column-major, lower triangle.
    private var matrix: Memory<Double>
    private var factorValues: Memory<Double>
    private var isFactored = false

    /// A zero matrix.
    ///
    /// - Precondition: `order` is non-negative.
    public init(order: Int) {
        precondition(order >= 0)
        LinearAlgebraLibrary.prepare()
        self.order = order
        matrix = Memory(repeating: 0, count: order * order)
        factorValues = matrix
    }

    /// An entry of the matrix (not of the factor); the two triangles are one.
    ///
    /// - Precondition: both lie in `0..<order`.
    public subscript(row: Int, column: Int) -> Double {
        get { matrix.view[position(row, column)] }
        set {
            let position = position(row, column)
            matrix.mutableView()[position] = newValue
        }
    }

    private func position(_ row: Int, _ column: Int) -> Int {
        let (low, high) = (min(row, column), max(row, column))
        precondition(low >= 0 && high < order, "entry \(row), \(column) is outside the matrix")
        return low * order + high
    }

    /// Adds to a diagonal entry of the matrix.
    public mutating func addToDiagonal(_ row: Int, _ value: Double) { self[row, row] += value }

    /// Sets every entry of the matrix to zero.
    public mutating func clear() { matrix.mutableView().fill(0..<matrix.count, with: 0) }

    /// Factors the matrix as it stands; its entries stay as they are. Allocates only at the first call.
    ///
    /// - Throws: the row whose pivot is not positive and finite.
    /// - Complexity: O(`order`³).
    public mutating func factor() throws(FactorizationFailure) {
        isFactored = false
        let source = matrix.view
        let values = factorValues.mutableView()
        for position in 0..<source.count { values[position] = source[position] }
        guard order > 0 else { return isFactored = true }
        let info = LinearAlgebraLibrary.factorDense(order, values, at: 0, stride: order)
        if info > 0 { throw FactorizationFailure(row: info - 1, pivot: .nan) }
        // Comparisons inside LAPACK let NaN pass.
        for row in 0..<order where !values[row * (order + 1)].isFinite {
            throw FactorizationFailure(row: row, pivot: .nan)
        }
        isFactored = true
    }

    /// Replaces a right-hand side (or several, one after the other, each of `order` values) by its solution.
    ///
    /// - Precondition: ``factor()`` has succeeded and the length is a multiple of `order`.
    /// - Complexity: O(`order`²) for each right-hand side.
    public func solve(_ rightHandSide: inout [Double]) {
        precondition(isFactored, "solve before a successful factor()")
        guard order > 0 else { return }
        precondition(rightHandSide.count % order == 0)
        defer { extendLifetime(factorValues) }
        unsafe rightHandSide.withUnsafeMutableBufferPointer { buffer in
            unsafe LinearAlgebraLibrary.solveDense(order, factorValues.view, buffer)
        }
    }
}
