/// Collects the problems of an input, all of them, but bounded in memory: of one kind the first thousand are kept and the
/// rest counted.
public struct ProblemLog: Sendable {
    /// The problems kept, in the order they were found.
    public private(set) var problems: [Problem] = []
    /// Whether any problem forbids using the input.
    public private(set) var hasErrors = false
    /// How often each kind was met, also beyond the limit, and its severity.
    private var counts: [ProblemCode: (count: Int, severity: Severity)] = [:]
    /// How many of one kind are kept.
    public static let limit = 1000

    /// An empty log.
    public init() {}

    /// Adds a problem.
    public mutating func report(_ problem: Problem) {
        if problem.severity == .error { hasErrors = true }
        let seen = counts[problem.code] ?? (0, problem.severity)
        counts[problem.code] = (seen.count + 1, max(seen.severity, problem.severity))
        if seen.count < Self.limit { problems.append(problem) }
    }

    /// Counts a problem of a kind of which enough are kept, without wording it.
    public mutating func count(_ code: ProblemCode, _ severity: Severity = .error) {
        if severity == .error { hasErrors = true }
        let seen = counts[code] ?? (0, severity)
        counts[code] = (seen.count + 1, max(seen.severity, severity))
    }

    /// Whether a problem of a kind would only be counted; lets a loop over a million rows skip the work of wording it.
    public func isFull(_ code: ProblemCode) -> Bool { (counts[code]?.count ?? 0) >= Self.limit }

    /// Adds all problems of another log.
    public mutating func merge(_ other: ProblemLog) {
        for problem in other.problems { report(problem) }
        for (code, seen) in other.counts {
            let kept = min(seen.count, Self.limit)
            counts[code, default: (0, seen.severity)].count += seen.count - kept
        }
    }

    /// The log with each problem kept changed, such as by giving it a place.
    public func mapped(_ change: (Problem) -> Problem) -> ProblemLog {
        var log = self
        log.problems = problems.map(change)
        return log
    }

    /// Fills in the element of problems reported since the log had `mark` of them, as soon as a row's id is known.
    public mutating func fillElement(from mark: Int, _ element: ElementReference) {
        for position in problems.indices.dropFirst(mark) where problems[position].element == nil {
            problems[position].element = element
        }
    }

    /// The problems by place: files in the order given, then lines and columns, problems without a place first; at the end
    /// one line for each kind of which only a part was kept.
    public func sorted(files: [String] = []) -> [Problem] {
        var rank: [String: Int] = [:]
        for file in files where rank[file] == nil { rank[file] = rank.count }
        let keys = problems.enumerated().map { position, problem in
            let place = problem.location
            return SortKey(
                file: place.map { rank[$0.file] ?? files.count } ?? -1, line: place?.line ?? 0,
                column: place?.column ?? 0, position: position)
        }
        return keys.sorted().map { problems[$0.position] } + overflow
    }

    /// One line for each kind of which only a part was kept, by the names of the kinds.
    public var overflow: [Problem] {
        counts.filter { $0.value.count > Self.limit }.sorted { $0.key.name < $1.key.name }.map { code, seen in
            Problem(.moreProblems, severity: seen.severity, arguments: [String(seen.count - Self.limit), code.name])
        }
    }

    private struct SortKey: Comparable {
        var file: Int
        var line: Int
        var column: Int
        var position: Int
        static func < (left: Self, right: Self) -> Bool {
            (left.file, left.line, left.column, left.position) < (right.file, right.line, right.column, right.position)
        }
    }
}
