/// Looks for names that a person may have meant until it has cost too much: a hundred thousand misspelled names among a hundred
/// thousand are told without suggestions from somewhere on, instead of holding the reader for minutes.
public struct NameSearch: Sendable {
    /// Work done, in about nanoseconds.
    private var work = 0
    private static let limit = 500_000_000

    /// A search that has cost nothing yet.
    public init() {}

    /// Whether nothing more is looked for; saves making the list of candidates.
    public var isSpent: Bool { work >= Self.limit }

    /// As ``NearestName/nearest(to:in:)``; nil once the search has cost too much.
    public mutating func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
        isSpent ? nil : NearestName.nearest(to: name, in: candidates, work: &work)
    }
}

/// Finds what a person may have meant.
public enum NearestName {
    /// The candidate nearest to `name` by edit distance (insert, delete, replace, swap neighbours; case counts half),
    /// if at most about a third of the letters differ; the first of equals.
    ///
    /// - Complexity: bounded: at most 100,000 candidates are looked at, and only the first 64 bytes of each.
    public static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
        var work = 0
        return nearest(to: name, in: candidates, work: &work)
    }

    static func nearest(to name: String, in candidates: some Sequence<String>, work: inout Int) -> String? {
        let wanted = Array(name.utf8.prefix(64))
        guard !wanted.isEmpty else { return nil }
        // In halves, so that a difference in case costs 1 and any other edit 2.
        var best = 2 * max(1, (wanted.count + 1) / 3) + 1
        var nearest: String?
        for candidate in candidates.prefix(100_000) {
            let other = Array(candidate.utf8.prefix(64))
            work += 100
            guard 2 * abs(other.count - wanted.count) < best else { continue }
            work += 4 * wanted.count * other.count
            let distance = distance(wanted, other, below: best)
            if distance < best { (best, nearest) = (distance, candidate) }
        }
        return nearest
    }

    /// Optimal string alignment distance in halves; `limit` or more as soon as a whole row reaches it.
    private static func distance(_ a: [UInt8], _ b: [UInt8], below limit: Int) -> Int {
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = (0...b.count).map { 2 * $0 }
        var current = last
        for i in a.indices {
            current[0] = 2 * (i + 1)
            for j in b.indices {
                let cost = a[i] == b[j] ? 0 : isSameLetter(a[i], b[j]) ? 1 : 2
                var least = min(last[j] + cost, last[j + 1] + 2, current[j] + 2)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 2) }
                current[j + 1] = least
            }
            if let least = current.min(), least >= limit { return limit }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[b.count]
    }

    private static func isSameLetter(_ a: UInt8, _ b: UInt8) -> Bool {
        a ^ b == 32 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(a | 32)
    }
}
