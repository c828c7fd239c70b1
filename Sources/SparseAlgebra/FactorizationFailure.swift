/// A matrix that is not positive definite, said with the row at which that shows.
public struct FactorizationFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The row, in the caller's numbering, whose pivot is not positive, not finite, or nothing but rounding.
    public var row: Int
    /// The pivot found there; NaN where the library called reports none.
    public var pivot: Double

    /// Names the failing row and its pivot.
    public init(row: Int, pivot: Double) { (self.row, self.pivot) = (row, pivot) }

    /// The row and its pivot in a sentence.
    public var description: String { "the matrix is not positive definite: pivot \(pivot) in row \(row)" }
}
