/// A symmetric positive definite band matrix and its Cholesky factor, kept apart so that a changed diagonal can be
/// factored again.
public struct BandedCholesky: Sendable {
    /// The number of rows.
    public let order: Int
    /// The number of diagonals below the main one.
    public let bandwidth: Int

    /// A zero matrix.
    public init(order: Int, bandwidth: Int) { preconditionFailure("being written") }

    /// An entry of the matrix (not of the factor); the two triangles are one.
    /// - Precondition: `abs(row - column) <= bandwidth`.
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
