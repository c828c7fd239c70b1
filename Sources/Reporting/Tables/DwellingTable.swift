import Balancing
import Heating
import NetworkModel

/// `dwellings.csv`: what every dwelling needs and what the simulation gives it.
struct DwellingTable: Sendable {
    private let result: RunResult

    /// The table of a run.
    init(_ result: RunResult) { self.result = result }

    /// The table.
    var table: LongTable {
        LongTable(
            header: [
                "id", "zone", "building", "unit", "floor", "area_m2", "open", "required_w", "delivered_w", "required_flow_kg_s",
                "flow_kg_s", "flow_ratio", "room_c", "limit", "position_factor", "neighbour_loss_w", "below_frost_limit",
            ], rowCount: result.network.dwellings.count
        ) { rows, table in add(rows, to: &table) }
    }

    private func add(_ rows: Range<Int>, to table: inout ResultTable) {
        let network = result.network
        let outcome = result.outcome
        let shares = result.recommendation?.allocation.dwellings
        let required = shares?.requiredHeat ?? result.demand.requiredHeat
        let requiredFlow = result.requiredFlow
        let frost = network.conditions.frostLimit.celsius
        for position in rows where network.dwellings[position].use == .dwelling {
            let dwelling = network.dwellings[position]
            let building = network.buildings[dwelling.building]
            let isHeated = dwelling.state.isHeated
            let needed = isHeated ? requiredFlow[position] : 0
            table.add(dwelling.id)
            table.add(network.zones[building.zone].id)
            table.add(building.id)
            table.add(Int(dwelling.unit))
            table.add(Int(dwelling.floor))
            table.add(dwelling.area.squareMetres)
            table.add(isHeated)
            table.add(isHeated ? required[position] : 0)
            table.add(outcome.delivered[position])
            table.add(needed)
            table.add(outcome.dwellingFlow[position])
            table.add(needed > 0 ? outcome.dwellingFlow[position] / needed : nil)
            table.add(outcome.room[position])
            table.add(limit(of: DwellingIndex(position), allocated: shares?.limit[position].limit))
            table.add(result.demand.positionFactor[position])
            table.add(result.demand.neighbourLoss[position])
            if isHeated { table.add(nil as String?) } else { table.add(outcome.room[position] < frost) }
        }
    }

    /// `spaces.csv`: how warm the unheated spaces of buildings are.
    var spaces: ResultTable {
        let network = result.network
        var table = ResultTable(["id", "building", "unit", "floor", "kind", "room_c", "below_frost_limit"], rows: 100)
        for (position, space) in network.dwellings.enumerated() where space.use != .dwelling {
            table.add(space.id)
            table.add(network.buildings[space.building].id)
            table.add(space.unit > 0 ? Int(space.unit) : nil)
            table.add(Int(space.floor))
            table.add(space.use.rawValue)
            table.add(result.outcome.room[position])
            table.add(result.outcome.room[position] < network.conditions.frostLimit.celsius)
        }
        return table
    }

    /// What keeps an open dwelling below its target: the allocation knows; a simulation alone sees only what is its own.
    private func limit(of index: DwellingIndex, allocated: Limit?) -> String? {
        let dwelling = result.network.dwellings[index]
        guard dwelling.state.isHeated else { return nil }
        if let allocated { return allocated.rawValue }
        if case .restricted = dwelling.state { return Limit.restricted.rawValue }
        let room = result.outcome.room[index.position]
        if room >= result.network.target(of: index).celsius - RoomSummary.tolerance { return Limit.none.rawValue }
        if let terminal = dwelling.terminal {
            let link = result.network.links[result.network.terminals[terminal].link]
            if !result.outcome.isReachable[link.from.position] { return Limit.unreachable.rawValue }
        }
        return result.demand.isSaturated[index.position] ? Limit.emitter.rawValue : nil
    }
}
