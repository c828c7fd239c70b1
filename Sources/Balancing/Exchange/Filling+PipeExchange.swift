import Heating
import NetworkModel

/// Exchanges behind pipes that carry as much as they may: the water of the pipe is what is short there.
extension Filling {
    /// What stops a building's dwellings below the level of their circuit.
    enum PipeStop {
        /// No pipe.
        case none
        /// One pipe all of them, by its position in ``pipeCaps``.
        case one(Int)
        /// Several pipes, or one only some of them.
        case several
    }

    /// Which pipes stop a building.
    func pipeStop(_ circuit: Int, _ slot: Int) -> PipeStop {
        guard !shares.demand.ceiling.isEmpty else { return .none }
        let level = rooms[circuit][slot].level
        var (found, others) = (Int?.none, false)
        for position in model.ranges[distribution.feeds[circuit].buildings[slot]] where model.isServed[position] {
            let ceiling = shares.demand.ceiling[position]
            guard ceiling < level, let pipe = pipesOfDwelling[position]?.first(where: { pipeCaps[$0].level <= ceiling }) else {
                others = true
                continue
            }
            if let found, found != pipe { return .several }
            found = pipe
        }
        return found.map { others ? .several : .one($0) } ?? .none
    }

    /// What water costs behind each pipe that stops someone, by circuit, in the order of ``pipeCaps``.
    func pipePrices(_ loads: [Load]) -> [[Int: LimitPrice]] {
        guard !pipeCaps.isEmpty else { return [] }
        let byCircuit = Dictionary(uniqueKeysWithValues: loads.enumerated().map { ($0, $1) })
        return pipeCaps.map { prices(of: .pipe, in: $0.circuit, byCircuit, cut: $0.cut) }
    }

    /// Goes back to where the last exchange behind a pipe started if that lowered its level by far.
    mutating func judgePipes(isLast: Bool) {
        for cap in pipeCaps {
            let site = site(of: cap)
            let demand = shares.demand
            if let base = reach.pipeBase[site], base.floor.count == cap.members.count, cap.level < base.level - 1 {
                for (member, (floor, slope)) in zip(cap.members, zip(base.floor, base.slope)) {
                    (shares.demand.floor[member], shares.demand.floorSlope[member]) = (floor, slope)
                    reach.shrink(member)
                }
                reach.pipeBase[site]?.level -= min(0.02, 0.1 * (base.level - cap.level))
            } else {
                reach.pipeBase[site] = ExchangeReach.PipeBase(
                    level: cap.level, floor: cap.members.map { demand.floor[$0] }, slope: cap.members.map { demand.floorSlope[$0] })
            }
            guard isLast && cap.level <= shares.leastLevel else { continue }
            for member in cap.members { (shares.demand.floor[member], shares.demand.floorSlope[member]) = (-.infinity, 0) }
        }
        guard !pipeCaps.isEmpty else { return }
        for place in pipeCaps.flatMap(\.buildings) { rooms[place.circuit][place.slot].isLinear = false }
    }
}
