import NetworkModel

/// Collects the problems of an input, all of them, but bounded in memory: of one kind the first thousand are kept and the
/// rest counted.
public struct ProblemLog: Sendable {
    /// The problems kept, in the order they were found.
    public private(set) var problems: [Problem] = []
    /// Whether any problem forbids using the input.
    public private(set) var hasErrors = false
    private var counts: [ProblemCode: Int] = [:]
    /// How many of one kind are kept.
    public static let limit = 1000

    /// An empty log.
    public init() {}

    /// Adds a problem.
    public mutating func report(_ problem: Problem) {
        if problem.severity == .error { hasErrors = true }
        let count = counts[problem.code, default: 0] + 1
        counts[problem.code] = count
        if count <= Self.limit { problems.append(problem) }
    }
}
