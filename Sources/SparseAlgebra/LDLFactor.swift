/// The numeric factor of one worker: values over a shared ``SymbolicFactor``.
public struct LDLFactor: Sendable {
    /// The analysis that this factor fills with numbers.
    public let symbolic: SymbolicFactor

    /// Allocates everything that ``factor(diagonal:offDiagonal:)`` and the solves use.
    public init(_ symbolic: SymbolicFactor) { preconditionFailure("being written") }

    /// Factors the matrix with these values; allocates nothing.
    ///
    /// A row is taken out by giving it diagonal 1 and zero in its slots.
    /// - Parameters:
    ///   - diagonal: one value a row.
    ///   - offDiagonal: one value a slot of the pattern.
    /// - Throws: the first row, in the caller's numbering, whose pivot is not positive and finite.
    public mutating func factor(diagonal: [Double], offDiagonal: [Double]) throws(FactorizationFailure) {
        preconditionFailure("being written")
    }

    /// Replaces a right-hand side (or several, one after the other, each of `order` values) by its solution.
    public mutating func solve(_ rightHandSide: inout [Double]) { preconditionFailure("being written") }

    /// Solves with one step of iterative refinement against the values of the matrix.
    public mutating func solve(_ rightHandSide: inout [Double], refinedBy diagonal: [Double], _ offDiagonal: [Double]) {
        preconditionFailure("being written")
    }
}
