import BenchmarkSupport

/// What one solver needs for one matrix.
struct Measurement: Codable {
    /// Ordering and symbolic analysis, once a topology.
    var analysis: Timing
    /// Numeric factorisation with the analysis at hand.
    var refactorisation: Timing
    /// One right-hand side.
    var solve: Timing
    /// Stored entries below the diagonal.
    var factorEntries: Double
    /// Multiplications and additions of a factorisation.
    var flops: Double
    /// Greatest residual for a right-hand side of ones.
    var residual: Double
}

/// One matrix and all who solved it.
struct Comparison: Codable {
    var family: BenchmarkGraph.Family
    var order: Int
    var edges: Int
    /// Merging parallel edges and numbering slots, once a topology.
    var pattern: Timing
    /// Rows that the engine's ordering leaves to AMD.
    var kernelOrder: Int
    var equitherm: Measurement
    /// Refactorisation of four matrices side by side.
    var batchOfFour: Timing
    /// Seconds that moving what a refactorisation must move takes at the memory's bandwidth: values in, factor and diagonal out, and an index
    /// for every entry of the factor.
    var bandwidthBound: Double
    var cholmodSimplicial: Measurement
    var cholmodSupernodal: Measurement
}
