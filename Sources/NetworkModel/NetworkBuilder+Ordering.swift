/// The order of links.
extension NetworkBuilder {
    /// Puts links into the order pipes, valves, pumps, sources, substations, terminals, each kind as it was added.
    ///
    /// Readers of compact and of explicit documents add the same elements in different orders; this gives both the same
    /// network, and puts links of one law side by side.
    ///
    /// - Complexity: O(links).
    public mutating func groupLinksByKind() {
        let order: [LinkIndex] =
            current.pipes.map(\.link) + current.valves.map(\.link) + current.pumps.map(\.link) + current.sources.map(\.link)
            + current.substations.flatMap { [$0.primaryLink, $0.secondaryLink] } + current.terminals.map(\.link)
        reorderLinks(order)
    }
}
