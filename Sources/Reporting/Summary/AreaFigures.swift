import Balancing
import Heating
import NetworkModel

/// A zone or substation: what it was allocated, and the rooms that the forward simulation finds in it.
struct AreaFigures {
    /// A name for people.
    var name: String
    /// What was allocated.
    var summary: AreaSummary
    /// Its open dwellings' rooms.
    var rooms: RoomSummary

    /// The zones of a run; empty after `solve`.
    static func zones(of result: RunResult) -> [AreaFigures] {
        guard let allocation = result.recommendation?.allocation else { return [] }
        var members = [[DwellingIndex]](repeating: [], count: result.network.zones.count)
        for building in result.network.buildings where members.indices.contains(building.zone.position) {
            members[building.zone.position] += building.dwellings.map { DwellingIndex($0) }
        }
        return zip(allocation.zoneSummaries, members).enumerated().map { position, area in
            AreaFigures(
                name: result.network.zones[position].name, summary: area.0,
                rooms: RoomSummary(of: result.outcome.room, in: result.network, members: area.1))
        }
    }

    /// The substations of a run; empty after `solve`.
    static func substations(of result: RunResult) -> [AreaFigures] {
        guard let allocation = result.recommendation?.allocation else { return [] }
        var members = [[DwellingIndex]](repeating: [], count: result.network.substations.count)
        for building in result.network.buildings {
            if let substation = building.substation { members[substation.position] += building.dwellings.map { DwellingIndex($0) } }
        }
        return zip(allocation.substationSummaries, members).map { summary, members in
            AreaFigures(
                name: summary.id.text, summary: summary,
                rooms: RoomSummary(of: result.outcome.room, in: result.network, members: members))
        }
    }
}
