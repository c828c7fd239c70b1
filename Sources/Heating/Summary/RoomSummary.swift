import NetworkModel

/// How warm the dwellings are that were promised heat: those marked open that have an emitter.
///
/// Closed and restricted dwellings were promised nothing; thermal neighbours without an emitter cannot be supplied.
public struct RoomSummary: Hashable, Sendable {
    /// Number of dwellings counted.
    public var count: Int
    /// Coldest room, °C; NaN where nothing is counted, like the other temperatures.
    public var lowest: Double
    /// Mean room temperature by dwelling, °C.
    public var mean: Double
    /// What at least 98 % of the dwellings reach, °C (JGJ 26 and the operators' promise count dwellings, not areas).
    public var secondPercentile: Double
    /// Share of dwellings at their target, 0…1; 1 where nothing is counted.
    public var shareAtTarget: Double
    /// Mean shortfall below the target, K, over all counted dwellings.
    public var meanShortfall: Double

    /// What still counts as the target, K: half the last digit of a thermometer that shows tenths, so that a room that
    /// reads 18.0 has its 18 °C.
    public static var tolerance: Double { 0.05 }

    /// The summary of room temperatures by dwelling.
    ///
    /// - Parameters:
    ///   - rooms: °C by dwelling of the network.
    ///   - belongs: which dwellings to count, beside being open and having an emitter.
    public init(of rooms: [Double], in network: Network, where belongs: (DwellingIndex) -> Bool = { _ in true }) {
        var temperatures: [Double] = []
        temperatures.reserveCapacity(network.dwellings.count)
        var (sum, shortfall, reached) = (0.0, 0.0, 0)
        for (position, dwelling) in network.dwellings.enumerated() {
            let index = DwellingIndex(position)
            guard dwelling.state == .open, dwelling.terminal != nil, belongs(index) else { continue }
            let (room, target) = (rooms[position], network.target(of: index).celsius)
            temperatures.append(room)
            sum += room
            shortfall += max(0, target - room)
            if room >= target - Self.tolerance { reached += 1 }
        }
        temperatures.sort()
        count = temperatures.count
        let total = Double(count)
        lowest = temperatures.first ?? .nan
        mean = count > 0 ? sum / total : .nan
        // The element with no more than 2 % of the dwellings before it.
        secondPercentile = count > 0 ? temperatures[min(count - 1, count * 2 / 100)] : .nan
        shareAtTarget = count > 0 ? Double(reached) / total : 1
        meanShortfall = count > 0 ? shortfall / total : 0
    }
}
