import NetworkModel

/// Writes a network out in full: every node, pipe, valve, dwelling and shared wall as a row of its own.
public enum ExplicitDocument {
    /// The document of a network with explicit tables only; expanding it gives the same network again.
    ///
    /// - Complexity: O(elements).
    public static func document(of network: Network) -> Document {
        preconditionFailure("being written")
    }
}

extension Document {
    /// This document with the settings of valves and pumps written into its `settings` table; everything else as it
    /// was, so that a compact document stays compact.
    ///
    /// - Parameter network: the network that this document expands to, whose elements the settings name.
    public func applying(_ settings: Settings, of network: Network) -> Document {
        preconditionFailure("being written")
    }
}
