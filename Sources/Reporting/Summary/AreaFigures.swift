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

    /// The dwellings of each zone.
    static func zoneMembers(of network: Network) -> [[DwellingIndex]] {
        var members = [[DwellingIndex]](repeating: [], count: network.zones.count)
        for building in network.buildings where members.indices.contains(building.zone.position) {
            members[building.zone.position] += building.dwellings.map { DwellingIndex($0) }
        }
        return members
    }

    /// The zones of a run; empty after `solve`.
    static func zones(of result: RunResult) -> [AreaFigures] {
        guard let allocation = result.recommendation?.allocation else { return [] }
        return zip(allocation.zoneSummaries, zoneMembers(of: result.network)).enumerated().map { position, area in
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
