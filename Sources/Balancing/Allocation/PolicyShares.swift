import Heating
import NetworkModel

/// What a policy asks for every dwelling, and up to which level.
struct PolicyShares: Sendable {
    /// Given heats and flows.
    var demand: RoomDemand
    /// Level at which everyone has what the policy would give without any limit; nil where it follows from ``total``.
    var greatestLevel: Double?
    /// Level at which nobody gets anything.
    var leastLevel: Double
    /// Heat that all dwellings together need, W: a policy by flow gives no more than that.
    var total: Double

    /// - Parameters:
    ///   - model: dwellings of the network.
    ///   - need: what they need.
    init(_ policy: AllocationPolicy, _ need: HeatDemand, _ model: RoomModel, in network: Network, options: AllocationOptions) {
        let emitterShare = options.emitterShare
        let count = network.dwellings.count
        let none = [Double](repeating: .infinity, count: count)
        let heatCapacity = network.conditions.fluid.heatCapacity.value
        demand = RoomDemand(
            holdsRooms: policy.holdsRooms, emitterShare: emitterShare, heat: none, flow: none, branchFlow: none,
            branchHeat: none, emitterDrop: Self.emitterDrops(model, emitterShare), supply: need.supply, floor: none.map { -$0 },
            floorSlope: [Double](repeating: 0, count: count))
        if network.dwellings.contains(where: { $0.riser != nil }) {
            demand.ownShare = network.dwellings.map { $0.riser == nil ? emitterShare : Self.seriesShare }
        }
        let served = (0..<count).filter { model.isServed[$0] }
        total = served.reduce(0) { $0 + need.requiredHeat[$1] }
        leastLevel = 0
        switch policy {
        case .equalTemperature, .mostAtTarget, .priority:
            greatestLevel = served.map { model.target[$0] }.max() ?? 0
            leastLevel = min(model.outdoor, greatestLevel ?? 0) - 1
            for position in served {
                if case .restricted = network.dwellings[position].state { demand.heat[position] = need.requiredHeat[position] }
            }
        case .openArea, .area:
            let shares = Self.areaShares(policy, served, network)
            let sum = shares.reduce(0, +)
            let flow = served.reduce(0) { $0 + need.requiredFlow[$1] } * heatCapacity
            for position in served { demand.flow[position] = sum > 0 ? shares[position] / sum * flow : 0 }
            greatestLevel = nil
        case .tilt(let tilt):
            let factor = Self.tiltFactors(tilt, cap: options.tiltCap, served, need, network)
            for position in served {
                let zone = network.zone(of: DwellingIndex(position)).position
                demand.heat[position] = factor[zone] * need.requiredHeat[position]
            }
            greatestLevel = 1
        }
    }

    /// Share of its greatest heat that an emitter on a one-pipe riser may reach: water that cools by 1 K in it gives 98 %.
    private static let seriesShare = 0.99

    private static func emitterDrops(_ model: RoomModel, _ share: Double) -> [Double] {
        // (ts − tr)/(ts − Ti) follows from LMTD/(ts − Ti) = share^(1/n) alone; taken at 1 K.
        model.law.map { law in
            let flow = law.capacityFlow(delivering: share * law.coefficient, supply: 1, room: 0)
            return flow > 0 && flow.isFinite ? share * law.coefficient / flow : 0
        }
    }

    /// Open area of a dwelling; one in arrears counts with its share.
    static func openArea(_ dwelling: Dwelling) -> Double {
        switch dwelling.state {
        case .open: dwelling.area.value
        case .closed: 0
        case .restricted(let share): dwelling.area.value * min(1, max(0, share))
        }
    }

    /// Weights of flow by dwelling: its open area, for ``AllocationPolicy/area`` times the building's total over open area.
    private static func areaShares(_ policy: AllocationPolicy, _ served: [Int], _ network: Network) -> [Double] {
        var shares = [Double](repeating: 0, count: network.dwellings.count)
        for position in served { shares[position] = openArea(network.dwellings[position]) }
        guard policy == .area else { return shares }
        for building in network.buildings {
            let open = building.dwellings.reduce(0) { $0 + shares[$1] }
            let whole = network.dwellings[building.dwellings].reduce(0) { $0 + ($1.terminal == nil ? 0 : $1.area.value) }
            guard open > 0 else { continue }
            for position in building.dwellings { shares[position] *= whole / open }
        }
        return shares
    }

    /// Factor on each dwelling's need, by zone: (1 + k (r − 1)) / r with r the zone's need per open m² over the network's.
    ///
    /// The zone's share is then open area × (1 + k (r − 1)), and the shares of all zones together make the whole need.
    private static func tiltFactors(
        _ tilt: Double, cap: Double?, _ served: [Int], _ need: HeatDemand, _ network: Network
    ) -> [Double] {
        var heat = [Double](repeating: 0, count: network.zones.count)
        var area = heat
        for position in served {
            let zone = network.zone(of: DwellingIndex(position)).position
            heat[zone] += need.requiredHeat[position]
            area[zone] += openArea(network.dwellings[position])
        }
        let (wholeHeat, wholeArea) = (heat.reduce(0, +), area.reduce(0, +))
        guard wholeHeat > 0, wholeArea > 0 else { return heat.map { _ in 1 } }
        // An over-tilt that would leave a zone with less than nothing leaves it with nothing; the rest is scaled to the whole.
        let ratio = heat.indices.map { area[$0] > 0 ? heat[$0] / area[$0] / (wholeHeat / wholeArea) : 1 }
        let weight = capped(ratio.map { max(0, 1 + tilt * ($0 - 1)) }, area: area, cap: cap)
        let sum = heat.indices.reduce(0) { $0 + area[$1] * weight[$1] }
        return heat.indices.map { zone in
            ratio[zone] > 0 && sum > 0 ? weight[zone] / ratio[zone] * wholeArea / sum : 1
        }
    }

    /// Weights of which none is above the cap times their mean by area; what is cut off goes to the others in proportion.
    private static func capped(_ weight: [Double], area: [Double], cap: Double?) -> [Double] {
        guard let cap else { return weight }
        let limit = max(cap, 1)
        var result = weight
        // Each round caps at least one more zone.
        for _ in weight.indices {
            let sum = result.indices.reduce(0) { $0 + area[$1] * result[$1] }
            let whole = area.reduce(0, +)
            guard sum > 0, whole > 0 else { return result }
            let most = limit * sum / whole
            guard result.contains(where: { $0 > most * (1 + 1e-12) }) else { return result }
            for zone in result.indices { result[zone] = min(result[zone], most) }
        }
        return result
    }
}
