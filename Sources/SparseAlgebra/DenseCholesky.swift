/// A dense symmetric positive definite matrix and its Cholesky factor.
public struct DenseCholesky: Sendable {
    /// The number of rows.
    public let order: Int

    /// A zero matrix.
    public init(order: Int) { preconditionFailure("being written") }

    /// An entry of the matrix (not of the factor); the two triangles are one.
    public subscript(row: Int, column: Int) -> Double {
        get { preconditionFailure("being written") }
        set { preconditionFailure("being written") }
    }

    /// Adds to a diagonal entry of the matrix.
    public mutating func addToDiagonal(_ row: Int, _ value: Double) { preconditionFailure("being written") }

    /// Sets every entry of the matrix to zero.
    public mutating func clear() { preconditionFailure("being written") }

    /// Factors the matrix as it stands; its entries stay as they are.
    public mutating func factor() throws(FactorizationFailure) { preconditionFailure("being written") }

    /// Replaces a right-hand side (or several, one after the other, each of `order` values) by its solution.
    /// - Precondition: ``factor()`` has succeeded.
    public func solve(_ rightHandSide: inout [Double]) { preconditionFailure("being written") }
}
