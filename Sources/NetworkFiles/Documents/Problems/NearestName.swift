/// Finds what a person may have meant.
public enum NearestName {
    /// The candidate nearest to `name` by edit distance, if any is near enough to suggest; the first of equals.
    ///
    /// - Complexity: bounded: candidates whose length differs by more than the limit cost nothing, and at most 200,000
    ///   candidates of at most 64 bytes are looked at.
    public static func nearest(to name: String, in candidates: some Sequence<String>) -> String? { nil }
}
