/// The factors of four systems with one pattern, worked on side by side: neighbouring scenarios of one circuit.
///
/// Every value is four numbers, one a system; the loops and their index lists are read once for all four.
public struct BatchedLDLFactor: Sendable {
    /// As ``LDLFactor/smallestPivotRatio``.
    public var smallestPivotRatio = 0x1p-50

    private var storage: FactorStorage<SIMD4<Double>>

    /// A matrix of a batch that is not positive definite.
    public struct Failure: Error, Hashable, Sendable {
        /// The system, from 0 to 3.
        public var lane: Int
        /// Its row and pivot.
        public var failure: FactorizationFailure
    }

    /// Allocates everything that ``factor(diagonal:offDiagonal:)`` and ``solve(_:)`` use.
    public init(_ symbolic: SymbolicFactor) { storage = FactorStorage(symbolic) }

    /// The analysis that this factor fills with numbers.
    public var symbolic: SymbolicFactor { storage.symbolic }

    /// Factors four matrices; allocates nothing.
    ///
    /// A system that is not wanted, or that has failed, is taken out by giving its lane diagonal 1 and zero elsewhere.
    /// - Throws: the first failing row found, and the system that it fails in.
    public mutating func factor(diagonal: [SIMD4<Double>], offDiagonal: [SIMD4<Double>]) throws(Failure) {
        do {
            try storage.factor(
                diagonal: diagonal.span, offDiagonal: offDiagonal.span, smallestRatio: smallestPivotRatio)
        } catch {
            throw Failure(lane: error.lane, failure: FactorizationFailure(row: error.row, pivot: error.pivot))
        }
    }

    /// Replaces four right-hand sides by their solutions; allocates nothing.
    ///
    /// - Precondition: ``factor(diagonal:offDiagonal:)`` has succeeded; one value a row.
    public mutating func solve(_ rightHandSide: inout [SIMD4<Double>]) {
        precondition(rightHandSide.count == symbolic.order, "one value a row")
        var span = rightHandSide.mutableSpan
        storage.solve(&span, from: 0)
    }
}
