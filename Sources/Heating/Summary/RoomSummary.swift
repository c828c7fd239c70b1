import NetworkModel

/// How warm the dwellings are that were promised heat: those marked open that have an emitter.
///
/// Closed and restricted dwellings were promised nothing; thermal neighbours without an emitter cannot be supplied.
public struct RoomSummary: Hashable, Sendable {
    /// Number of dwellings counted.
    public var count: Int
    /// Coldest room, °C; NaN where nothing is counted, like the other temperatures.
    public var lowest: Double
    /// Warmest room, °C.
    public var highest: Double
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
    /// - Complexity: O(dwellings of the network).
    public init(of rooms: [Double], in network: Network, where belongs: (DwellingIndex) -> Bool = { _ in true }) {
        self.init(of: rooms, in: network, members: network.dwellings.indices.map { DwellingIndex($0) }.filter(belongs))
    }

    /// The summary of the rooms of some dwellings: those of a building, a zone, a substation.
    ///
    /// - Parameters:
    ///   - rooms: °C by dwelling of the network.
    ///   - members: which dwellings to count, beside being open and having an emitter.
    /// - Complexity: O(n log n) for n members.
    public init(of rooms: [Double], in network: Network, members: some Sequence<DwellingIndex>) {
        var temperatures: [Double] = []
        var (sum, shortfall, reached) = (0.0, 0.0, 0)
        for index in members {
            guard network.dwellings[index].isPromised else { continue }
            let (room, target) = (rooms[index.position], network.target(of: index).celsius)
            temperatures.append(room)
            sum += room
            shortfall += max(0, target - room)
            if room >= target - Self.tolerance { reached += 1 }
        }
        count = temperatures.count
        let total = Double(count)
        lowest = temperatures.min() ?? .nan
        highest = temperatures.max() ?? .nan
        mean = count > 0 ? sum / total : .nan
        // The element with no more than 2 % of the dwellings before it.
        secondPercentile = count > 0 ? temperatures.element(at: min(count - 1, count * 2 / 100)) : .nan
        shareAtTarget = count > 0 ? Double(reached) / total : 1
        meanShortfall = count > 0 ? shortfall / total : 0
    }
}

extension Dwelling {
    /// Whether its target temperature is promised: it is open and has an emitter on the network.
    public var isPromised: Bool { state == .open && terminal != nil }
}

extension [Double] {
    /// The element that would stand at a place if the array were sorted, by halving the part that holds it (Hoare, Comm. ACM 4 (1961) 321).
    ///
    /// - Complexity: O(n) on average.
    fileprivate mutating func element(at place: Int) -> Double {
        var own = mutableSpan
        var (low, high) = (0, own.count - 1)
        while low < high {
            let pivot = own[low + (high - low) / 2]
            var (i, j) = (low, high)
            while i <= j {
                while own[i] < pivot { i += 1 }
                while pivot < own[j] { j -= 1 }
                guard i <= j else { break }
                let value = own[i]
                own[i] = own[j]
                own[j] = value
                i += 1
                j -= 1
            }
            if place <= j { high = j } else if place >= i { low = i } else { break }
        }
        return own[place]
    }
}
