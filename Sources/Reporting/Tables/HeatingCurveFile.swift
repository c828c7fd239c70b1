import Heating
import NetworkModel

/// `heating-curve.csv`: supply temperatures and pump points of sources and substations by outdoor temperature.
struct HeatingCurveFile {
    private let schedule: HeatingSchedule

    /// The file of a run; nil where nothing follows the weather.
    init?(_ result: RunResult) {
        guard !result.network.dwellings.isEmpty else { return nil }
        schedule = HeatingSchedule(of: result.network, from: result.outcome, demand: result.demand)
        if schedule.points.isEmpty { return nil }
    }

    /// The table.
    var table: ResultTable {
        var table = ResultTable(
            [
                "id", "kind", "regulation", "outdoor_c", "relative_load", "supply_c", "return_c", "relative_flow", "flow_kg_s",
                "heat_w", "pump_head_kpa", "occupancy_factor", "corrected_supply_c",
            ], rows: schedule.points.count)
        for point in schedule.points {
            table.add(point.element.id)
            table.add(point.element.kind == "sources" ? "source" : "substation")
            table.add(Self.name(point.regulation))
            table.add(point.outdoor)
            table.add(point.relativeLoad)
            table.add(point.supply)
            table.add(point.return)
            table.add(point.relativeFlow)
            table.add(point.massFlow)
            table.add(point.heat)
            table.add(point.pumpHead / 1000)
            table.add(point.occupancy)
            table.add(point.correctedSupply)
        }
        return table
    }

    private static func name(_ regulation: Regulation) -> String {
        switch regulation {
        case .quality: "quality"
        case .quantity: "quantity"
        case .combined: "combined"
        }
    }
}
