/// How large a network is, in one line.
public struct CountLine: Sendable {
    /// The line.
    public let line: String

    /// Counts in words.
    public init(_ counts: Summary.Counts, texts: Texts) {
        line = texts(
            ConsoleText.counts, DisplayNumber.count(counts.nodes), DisplayNumber.count(counts.pipes),
            DisplayNumber.count(counts.valves), DisplayNumber.count(counts.pumps), DisplayNumber.count(counts.sources),
            DisplayNumber.count(counts.substations), DisplayNumber.count(counts.buildings),
            DisplayNumber.count(counts.dwellings), DisplayNumber.count(counts.openDwellings))
    }
}
