import NetworkModel

/// Turns a document into a network: compact forms become elements, units become SI, defaults fill what is left open.
public enum Expander {
    /// Expands a document and judges the result; finds all problems, not just the first.
    ///
    /// - Complexity: O(rows + elements), expected.
    public static func expand(_ document: Document) -> Expansion {
        preconditionFailure("being written")
    }
}
