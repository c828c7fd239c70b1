import NetworkModel
import Quantities

/// Sums of an allocation by zone and by substation.
struct Summaries {
    private let network: Network
    private let shares: DwellingShares
    private let whole: Sum
    private let byZone: [Sum]
    private let bySubstation: [Sum]

    /// Running sums of one area.
    private struct Sum {
        var heated = 0.0, open = 0.0, required = 0.0, allocated = 0.0, requiredFlow = 0.0, flow = 0.0
        var coldest = Double.infinity, roomSum = 0.0
        var rooms = 0, atTarget = 0
        var lost: [Limit: Double] = [:]

        mutating func add(_ position: Int, _ network: Network, _ shares: DwellingShares) {
            let (area, state) = (network.dwellings[position].area.value, network.dwellings[position].state)
            heated += area
            guard state.isHeated else { return }
            open += area
            required += shares.requiredHeat[position]
            allocated += shares.heat[position]
            let part = shares.waterShare.isEmpty ? 1 : shares.waterShare[position]
            requiredFlow += part * shares.requiredFlow[position]
            flow += part * shares.massFlow[position]
            // A dwelling in arrears is promised less than the target, so it says nothing about the promise.
            guard state == .open, shares.room[position].isFinite else { return }
            let missing = network.target(of: DwellingIndex(position)).celsius - shares.room[position]
            rooms += 1
            coldest = min(coldest, shares.room[position])
            roomSum += shares.room[position]
            if missing <= AreaSummary.targetTolerance { atTarget += 1 }
            if missing > 0 { lost[shares.limit[position].limit, default: 0] += missing }
        }
    }

    /// - Complexity: O(dwellings).
    init(_ network: Network, _ shares: DwellingShares) {
        self.network = network
        self.shares = shares
        var (whole, byZone, bySubstation) = (Sum(), network.zones.map { _ in Sum() }, network.substations.map { _ in Sum() })
        for building in network.buildings {
            for position in building.dwellings where network.dwellings[position].terminal != nil {
                whole.add(position, network, shares)
                if byZone.indices.contains(building.zone.position) { byZone[building.zone.position].add(position, network, shares) }
                if let substation = building.substation { bySubstation[substation.position].add(position, network, shares) }
            }
        }
        (self.whole, self.byZone, self.bySubstation) = (whole, byZone, bySubstation)
    }

    func zones() -> [AreaSummary] { network.zones.indices.map { summary(network.zones[$0].id, byZone[$0]) } }
    func substations() -> [AreaSummary] { network.substations.indices.map { summary(network.substations[$0].id, bySubstation[$0]) } }

    private func summary(_ id: ElementID, _ sum: Sum) -> AreaSummary {
        // In the fixed order of the cases, so that equal losses always name the same limit.
        var bottleneck = Limit.none
        for limit in Limit.allCases where limit != .none {
            if sum.lost[limit, default: 0] > sum.lost[bottleneck, default: 0] { bottleneck = limit }
        }
        let mean = whole.open > 0 ? whole.flow / whole.open : 0
        return AreaSummary(
            id: id, heatedArea: Area(sum.heated), openArea: Area(sum.open), requiredHeat: Power(watts: sum.required),
            allocatedHeat: Power(watts: sum.allocated), requiredFlow: MassFlow(sum.requiredFlow), allocatedFlow: MassFlow(sum.flow),
            tilt: sum.open > 0 && mean > 0 ? sum.flow / sum.open / mean : nil,
            coldestRoom: sum.rooms > 0 ? Temperature(celsius: sum.coldest) : nil,
            meanRoom: sum.rooms > 0 ? Temperature(celsius: sum.roomSum / Double(sum.rooms)) : nil,
            shareAtTarget: sum.rooms > 0 ? Double(sum.atTarget) / Double(sum.rooms) : nil, bottleneck: bottleneck)
    }
}
