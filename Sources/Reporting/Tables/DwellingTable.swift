import Balancing
import Heating
import NetworkModel

/// `dwellings.csv`: what every dwelling needs and what the simulation gives it.
struct DwellingTable {
    private let result: RunResult

    /// The table of a run.
    init(_ result: RunResult) { self.result = result }

    /// The table.
    var table: ResultTable {
        let network = result.network
        let outcome = result.outcome
        let shares = result.recommendation?.allocation.dwellings
        var table = ResultTable(
            [
                "id", "zone", "building", "unit", "floor", "area_m2", "open", "required_w", "delivered_w", "required_flow_kg_s",
                "flow_kg_s", "flow_ratio", "room_c", "limit",
            ], rows: network.dwellings.count)
        let required = shares?.requiredHeat ?? result.demand.requiredHeat
        let requiredFlow = result.requiredFlow
        for (position, dwelling) in network.dwellings.enumerated() {
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
