import Balancing
import Heating
import NetworkModel

/// `policies.csv` and `trade-off.csv`: all policies side by side.
struct PolicyTables {
    private let comparison: PolicyComparison

    /// Tables of a comparison.
    init(_ comparison: PolicyComparison) { self.comparison = comparison }

    /// `policies.csv`: a row for the whole network and one a zone, for every policy; what belongs to the whole is empty in a zone.
    var policies: ResultTable {
        var table = ResultTable(
            [
                "policy", "zone", "heat_w", "flow_kg_s", "tilt", "room_min_c", "room_mean_c", "share_at_target", "source_heat_w",
                "return_c", "pump_w", "shared_room_min_c", "shared_share_at_target",
            ], rows: comparison.entries.count)
        for entry in comparison.entries {
            let figures = PolicyFigures(entry)
            table.add(figures.name)
            table.add(String?.none)
            table.add(entry.allocation.dwellings.heat.reduce(0, +))
            table.add(entry.allocation.dwellings.massFlow.reduce(0, +))
            table.add(Double?.none)
            table.add(figures.state.rooms.lowest)
            table.add(figures.state.rooms.mean)
            table.add(figures.state.rooms.shareAtTarget)
            table.add(figures.state.sourceHeat)
            table.add(figures.state.sourceReturn)
            table.add(figures.state.pumpPower)
            table.add(figures.shared.lowest)
            table.add(figures.shared.shareAtTarget)
            for (zone, rooms) in zip(entry.allocation.zoneSummaries, figures.zones) {
                table.add(figures.name)
                table.add(zone.id)
                table.add(zone.allocatedHeat.watts)
                table.add(zone.allocatedFlow.kilogramsPerSecond)
                table.add(zone.tilt)
                table.add(rooms.lowest)
                table.add(rooms.mean)
                table.add(rooms.shareAtTarget)
                for _ in 0..<3 { table.add(Double?.none) }
                table.add(zone.coldestRoom?.celsius)
                table.add(zone.shareAtTarget)
            }
        }
        return table
    }

    /// `trade-off.csv`: the coldest dwelling against the share at target, from most at target to equal temperature.
    var tradeOff: ResultTable {
        var table = ResultTable(["policy", "floor_c", "room_min_c", "share_at_target", "decided_room_min_c"], rows: comparison.curve.count)
        for point in comparison.curve {
            table.add(point.policy.name)
            table.add(point.policy.floor)
            table.add(point.coldest)
            table.add(point.shareAtTarget)
            table.add(point.coldestShared)
        }
        return table
    }
}

/// Figures of one policy of a comparison.
struct PolicyFigures {
    /// The policy, with its parameter where it has one.
    let name: String
    /// Figures of the simulated state.
    let state: StateFigures
    /// Rooms as shared, before settings are rounded to what valves have.
    let shared: RoomSummary
    /// Simulated rooms by zone.
    let zones: [RoomSummary]
    /// Greatest and least tilt of a zone; NaN without zones.
    let tilts: (least: Double, greatest: Double)

    init(_ entry: PolicyComparison.Entry) {
        let allocation = entry.allocation
        name = allocation.policy.label
        state = StateFigures(entry.outcome, of: entry.network, requiredFlow: allocation.dwellings.requiredFlow)
        shared = RoomSummary(of: allocation.dwellings.room, in: entry.network)
        var members = [[DwellingIndex]](repeating: [], count: entry.network.zones.count)
        for building in entry.network.buildings where members.indices.contains(building.zone.position) {
            members[building.zone.position] += building.dwellings.map { DwellingIndex($0) }
        }
        zones = members.map { RoomSummary(of: entry.outcome.room, in: entry.network, members: $0) }
        let tilts = allocation.zoneSummaries.compactMap(\.tilt)
        self.tilts = (tilts.min() ?? .nan, tilts.max() ?? .nan)
    }
}

extension AllocationPolicy {
    /// The name with its parameter, as it is given on the command line.
    var label: String {
        switch self {
        case .tilt(let factor): "\(name) \(DisplayNumber.fixed(factor, 1))"
        case .mostAtTarget(let floor): "\(name) \(DisplayNumber.fixed(floor, 1))"
        default: name
        }
    }

    /// Floor of ``mostAtTarget(floor:)``, °C.
    var floor: Double? {
        if case .mostAtTarget(let floor) = self { return floor }
        return nil
    }
}
