import Balancing
import NetworkFiles
import NetworkModel
import Quantities

/// `visits.csv` and `robustness.csv`.
struct ProofTables {
    private let network: Network

    /// Tables for a network with today's settings.
    init(_ network: Network) { self.network = network }

    /// `visits.csv`: a row a visit, best first; `stop` numbers buildings (and pumps) in the order in which they are first
    /// wanted, so that sorting by it gives the order of work building by building, each from its inlet down.
    func visits(_ plan: VisitPlan) -> ResultTable {
        var table = ResultTable(
            [
                "visit", "stop", "id", "kind", "level", "substation", "zone", "building", "unit", "dwelling", "previous_setting", "setting",
                "kv_m3_h", "speed", "gain_dwellings", "dwellings_at_target", "share_at_target", "room_min_c", "places",
            ], rows: plan.visits.count)
        let stops = plan.stops
        var proven: [Int: VisitPoint] = [:]
        for point in plan.curve { proven[point.visits] = point }
        for (position, visit) in plan.visits.enumerated() {
            table.add(position + 1)
            table.add(stops[position])
            switch visit.device {
            case .valve(let index): add(index, visit, to: &table)
            case .pump(let index): add(index, visit, to: &table)
            }
            table.add(visit.gain)
            let point = proven[position + 1]
            table.add(point?.dwellingsAtTarget)
            table.add(point?.rooms.shareAtTarget)
            table.add(point?.rooms.lowest)
            table.add(plan.places(first: position + 1))
        }
        return table
    }

    private func add(_ index: ValveIndex, _ visit: Visit, to table: inout ResultTable) {
        let valve = network.valves[index]
        let model = valve.model.map { network.valveModels[$0] }
        let place = ServedPlace(valve.serves, in: network)
        table.add(network.links[valve.link].id)
        table.add("valve")
        table.add(valve.level.map { $0.name })
        table.add(place.substation)
        table.add(place.zone)
        table.add(place.building)
        table.add(valve.serves.unit.map { Int($0) })
        table.add(valve.serves.dwelling.map { network.dwellings[$0].id })
        table.add(valve.setting.map { model?.label(for: $0) ?? NumberText.shortest($0) })
        table.add(visit.setting.map { model?.label(for: $0) ?? NumberText.shortest($0) })
        table.add(visit.kv.cubicMetresPerHour)
        table.add(nil as Double?)
    }

    private func add(_ index: PumpIndex, _ visit: Visit, to table: inout ResultTable) {
        table.add(network.links[network.pumps[index].link].id)
        table.add("pump")
        for _ in 0..<8 { table.add(nil as String?) }
        table.add(nil as Double?)
        table.add(visit.speed)
    }

    /// `robustness.csv`: a row an event.
    func robustness(_ robustness: Robustness) -> ResultTable {
        var table = ResultTable(
            [
                "event", "outdoor_c", "dwellings", "share_at_target", "room_min_c", "room_p02_c", "room_mean_c", "flow_ratio_min",
                "flow_ratio_mean", "flow_ratio_max", "share_of_flows_kept", "source_heat_w", "share_within_1_k",
            ], rows: robustness.cases.count)
        for entry in robustness.cases {
            table.add(entry.event.rawValue)
            table.add(entry.outdoor.celsius)
            table.add(entry.dwellings)
            table.add(entry.rooms.shareAtTarget)
            table.add(entry.rooms.lowest)
            table.add(entry.rooms.secondPercentile)
            table.add(entry.rooms.mean)
            table.add(entry.flowRatio.lowest)
            table.add(entry.flowRatio.mean)
            table.add(entry.flowRatio.highest)
            table.add(entry.shareOfFlowsKept)
            table.add(entry.sourceHeat)
            table.add(entry.shareNearTarget)
        }
        return table
    }
}

extension ValveLevel {
    /// The level as result files name it.
    var name: String {
        switch self {
        case .substation: "substation"
        case .building: "building"
        case .unit: "unit"
        case .dwelling: "dwelling"
        }
    }
}
