import NetworkModel

/// Rosters of open dwellings drawn at given open rates, closed dwellings in clusters.
///
/// Each dwelling has a score, normal, a share of whose variance it has in common with its unit, its floor and its building (a
/// Gaussian copula with nested effects). The dwellings of a zone are opened from the lowest score up until their area is the
/// open rate's share of the zone's. So rates are met to a dwelling, and with the same draw a roster of a higher rate holds that
/// of a lower one: what differs between two rates is the rate, not luck.
struct RosterDraw: Sendable {
    private let random: CounterRandom
    /// Dwellings of each zone that have a terminal.
    private let members: [[Int]]
    private let area: [Double]
    private let building: [Int32]
    private let unit: [Int32]
    private let floor: [Int32]
    /// States as the network has them.
    let today: [DwellingState]
    /// Open over heated area of each zone today.
    let rates: [Double]

    init(_ network: Network, random: CounterRandom) {
        self.random = random
        today = network.dwellings.map(\.state)
        area = network.dwellings.map(\.area.value)
        building = network.dwellings.map(\.building.raw)
        unit = network.dwellings.map(\.unit)
        floor = network.dwellings.map(\.floor)
        var members = [[Int]](repeating: [], count: max(1, network.zones.count))
        for data in network.buildings {
            let zone = members.indices.contains(data.zone.position) ? data.zone.position : 0
            for position in data.dwellings where network.dwellings[position].terminal != nil { members[zone].append(position) }
        }
        self.members = members
        rates = members.map { dwellings in
            var (open, all) = (0.0, 0.0)
            for position in dwellings {
                let area = network.dwellings[position].area.value
                all += area
                if network.dwellings[position].state.isHeated { open += area }
            }
            return all > 0 ? open / all : 1
        }
    }

    /// Shares of the common variance: units and floors weigh alike, buildings half.
    private static let (unitShare, floorShare, buildingShare) = (0.4, 0.4, 0.2)

    /// The states of all dwellings for a draw.
    ///
    /// - Parameters:
    ///   - rates: open rate by zone, 0…1.
    ///   - clustering: share of a score's variance that neighbours have in common, 0…1.
    /// - Complexity: O(n log n).
    func states(draw: Int, rates: [Double], clustering: Double) -> [DwellingState] {
        var states = today
        let common = min(max(clustering, 0), 1)
        for (zone, dwellings) in members.enumerated() {
            let scored = dwellings.map { (score: score($0, draw, common), dwelling: $0) }.sorted {
                $0.score != $1.score ? $0.score < $1.score : $0.dwelling < $1.dwelling
            }
            var left = min(max(rates[zone], 0), 1) * dwellings.reduce(0) { $0 + area[$1] }
            for entry in scored {
                // Open while at least half of the dwelling's area still belongs to the share.
                let isOpen = left >= 0.5 * area[entry.dwelling] && left > 0
                states[entry.dwelling] = isOpen ? .open : .closed
                left -= area[entry.dwelling]
            }
        }
        return states
    }

    private func score(_ dwelling: Int, _ draw: Int, _ common: Double) -> Double {
        let own = (1 - common).squareRoot() * random.normal(.dwelling, draw: draw, element: dwelling)
        guard common > 0 else { return own }
        let house = Int(building[dwelling])
        let riser = house << 12 | Int(unit[dwelling]) & 0xFFF
        let storey = riser << 12 | Int(floor[dwelling]) & 0xFFF
        return own + (common * Self.unitShare).squareRoot() * random.normal(.unit, draw: draw, element: riser)
            + (common * Self.floorShare).squareRoot() * random.normal(.floor, draw: draw, element: storey)
            + (common * Self.buildingShare).squareRoot() * random.normal(.building, draw: draw, element: house)
    }
}
