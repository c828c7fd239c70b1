/// Counts of values in bins of one width.
public struct Histogram: Sendable, Equatable {
    /// Lower edge of the first bin.
    public let start: Double
    /// Width of a bin.
    public let width: Double
    /// Values in each bin.
    public let counts: [Int]

    /// Upper edge of the last bin.
    public var end: Double { start + width * Double(counts.count) }

    /// Counts finite values in bins from `start`; values outside fall into the first or last bin, so none is lost.
    public init(of values: some Sequence<Double>, from start: Double, width: Double, bins: Int) {
        self.start = start
        self.width = width
        var counts = [Int](repeating: 0, count: max(bins, 1))
        for value in values where value.isFinite {
            let bin = ((value - start) / width).rounded(.down)
            counts[Int(min(max(bin, 0), Double(counts.count - 1)))] += 1
        }
        self.counts = counts
    }

    /// The counts as a line of block characters, one a bin: blank for none, a full block for the fullest bin.
    public var line: String {
        let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        let fullest = counts.max() ?? 0
        return String(counts.map { $0 > 0 ? blocks[($0 * blocks.count - 1) / fullest] : " " })
    }
}
