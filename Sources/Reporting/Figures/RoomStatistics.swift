import Balancing
import NetworkModel

/// Room temperatures of the dwellings that are promised heat, in the figures that operators are held to.
///
/// Only open dwellings count: a closed one is promised nothing, a restricted one less than the target.
public struct RoomStatistics: Sendable, Equatable {
    /// Number of open dwellings with a known room temperature.
    public let count: Int
    /// Coldest, °C; NaN without any dwelling, as are the other temperatures.
    public let minimum: Double
    /// Warmest, °C.
    public let maximum: Double
    /// Mean over dwellings, °C.
    public let mean: Double
    /// The temperature that 2 % of the dwellings do not reach, °C (nearest rank).
    public let secondPercentile: Double
    /// Share of dwellings at their target, 0…1.
    public let shareAtTarget: Double


    /// A room this little below its target counts as at target, K.
    public static let targetTolerance = AreaSummary.targetTolerance

    /// Judges the open dwellings among `members` (all dwellings where nil) by their room temperatures.
    ///
    /// - Parameters:
    ///   - room: room temperature by dwelling, °C.
    ///   - network: where dwellings, states and targets come from.
    ///   - members: dwellings to judge.
    /// - Complexity: O(n log n).
    public init(room: [Double], in network: Network, members: [DwellingIndex]? = nil) {
        var rooms: [Double] = []
        var kept = 0
        var sum = 0.0
        func take(_ dwelling: DwellingIndex) {
            guard network.dwellings[dwelling].isPromised, room.indices.contains(dwelling.position) else { return }
            let value = room[dwelling.position]
            guard value.isFinite else { return }
            rooms.append(value)
            sum += value
            if value >= network.target(of: dwelling).celsius - Self.targetTolerance { kept += 1 }
        }
        if let members {
            for member in members { take(member) }
        } else {
            rooms.reserveCapacity(network.dwellings.count)
            for position in network.dwellings.indices { take(DwellingIndex(position)) }
        }
        count = rooms.count
        guard !rooms.isEmpty else {
            (minimum, maximum, mean, secondPercentile, shareAtTarget) = (.nan, .nan, .nan, .nan, .nan)
            return
        }
        rooms.sort()
        minimum = rooms[0]
        maximum = rooms[rooms.count - 1]
        mean = sum / Double(rooms.count)
        secondPercentile = rooms[max(0, (rooms.count * 2 + 99) / 100 - 1)]
        shareAtTarget = Double(kept) / Double(rooms.count)
    }
}

extension Dwelling {
    /// Whether its target temperature is promised: it is open and has an emitter on the network.
    var isPromised: Bool { state == .open && terminal != nil }
}
