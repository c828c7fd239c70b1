import NetworkModel

/// How cold rooms without heat become: closed dwellings, and unheated spaces of buildings.
public struct FrostSummary: Hashable, Sendable {
    /// What counts as danger of frost, °C.
    public var limit: Double
    /// Number of closed dwellings.
    public var dwellings: Int
    /// Number of them below the limit.
    public var dwellingsBelow: Int
    /// Temperature of the coldest closed dwelling, °C; NaN where there is none.
    public var lowest: Double
    /// The coldest closed dwelling.
    public var coldest: DwellingIndex?
    /// Number of unheated spaces: stairwells, cellars, attics, shops.
    public var spaces: Int
    /// Number of them below the limit.
    public var spacesBelow: Int

    /// The summary of room temperatures by dwelling, °C.
    ///
    /// - Complexity: O(dwellings).
    public init(of rooms: [Double], in network: Network) {
        limit = network.conditions.frostLimit.celsius
        (dwellings, dwellingsBelow, spaces, spacesBelow) = (0, 0, 0, 0)
        lowest = .nan
        let all = network.dwellings
        for position in all.indices where all[position].state == .closed {
            let isBelow = rooms[position] < limit
            guard all[position].use == .dwelling else {
                spaces += 1
                if isBelow { spacesBelow += 1 }
                continue
            }
            dwellings += 1
            if isBelow { dwellingsBelow += 1 }
            if coldest == nil || rooms[position] < lowest { (lowest, coldest) = (rooms[position], DwellingIndex(position)) }
        }
    }
}
