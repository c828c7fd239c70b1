import Heating
import NetworkModel
import Quantities

/// What a remedy changes, found by sharing again with the limit raised.
public struct RemedyEffect: Sendable, Hashable {
    /// Open dwellings that come to their target, less those that lose it.
    public var dwellings: Int
    /// Kelvins below target that vanish, summed over open dwellings.
    public var degreeDwellings: Double
}

extension Allocation {
    /// Shares again with the remedy of each of the first bottlenecks applied by itself, and notes what it changes.
    ///
    /// - Parameter count: how many bottlenecks are judged; rows without a remedy that can be applied are passed over.
    /// - Complexity: one allocation a bottleneck.
    mutating func judgeRemedies(
        _ count: Int, in network: Network, setPoints: SetPoints, options: AllocationOptions
    ) throws(BalanceFailure) {
        let (now, missing) = (atTarget(in: network).count { $0 }, degreesMissing(in: network))
        var judged = 0
        for position in bottlenecks.indices where judged < count && !bottlenecks[position].reinforcements.isEmpty {
            judged += 1
            let stronger = network.reinforced(by: bottlenecks[position].reinforcements)
            let demand = HeatDemand(of: stronger, in: weather, options: HeatDemandOptions(threads: options.workers))
            let run = AllocationRun(
                demand, policy, Distribution(of: stronger, threads: options.workers), setPoints, options)
            let other = try run.allocation()
            bottlenecks[position].effect = RemedyEffect(
                dwellings: other.atTarget(in: network).count { $0 } - now,
                degreeDwellings: missing - other.degreesMissing(in: network))
        }
    }

    /// Kelvins below target, summed over open dwellings.
    func degreesMissing(in network: Network) -> Double {
        network.dwellings.indices.reduce(0) { sum, position in
            guard network.dwellings[position].state == .open, dwellings.room[position].isFinite else { return sum }
            return sum + max(0, network.target(of: DwellingIndex(position)).celsius - dwellings.room[position])
        }
    }
}
