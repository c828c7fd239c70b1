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
    private let members: [[Member]]
    /// Their positions in the network.
    private let elements: [[Int]]
    /// Numbers that the random generator knows units, floors and buildings by, each once.
    private let units: [Int]
    private let floors: [Int]
    private let buildings: [Int]
    /// States as the network has them.
    let today: [DwellingState]
    /// Open over heated area of each zone today.
    let rates: [Double]

    /// A dwelling, and its places in the lists of units, floors and buildings.
    private struct Member: Sendable {
        var dwelling: Int32
        var unit: Int32
        var floor: Int32
        var building: Int32
        var area: Double
    }

    init(_ network: Network, random: CounterRandom) {
        self.random = random
        today = network.dwellings.map(\.state)
        var (units, floors, buildings) = (Numbers(), Numbers(), Numbers())
        var members = [[Member]](repeating: [], count: max(1, network.zones.count))
        for data in network.buildings {
            let zone = members.indices.contains(data.zone.position) ? data.zone.position : 0
            for position in data.dwellings where network.dwellings[position].terminal != nil {
                let dwelling = network.dwellings[position]
                let house = Int(dwelling.building.raw)
                let riser = house << 12 | Int(dwelling.unit) & 0xFFF
                members[zone].append(Member(
                    dwelling: Int32(position), unit: units.place(of: riser), floor: floors.place(of: riser << 12 | Int(dwelling.floor) & 0xFFF),
                    building: buildings.place(of: house), area: dwelling.area.value))
            }
        }
        self.members = members
        elements = members.map { $0.map { Int($0.dwelling) } }
        (self.units, self.floors, self.buildings) = (units.list, floors.list, buildings.list)
        rates = members.map { dwellings in
            var (open, all) = (0.0, 0.0)
            for member in dwellings {
                all += member.area
                if network.dwellings[Int(member.dwelling)].state.isHeated { open += member.area }
            }
            return all > 0 ? open / all : 1
        }
    }

    /// Numbers in the order they first come.
    private struct Numbers {
        var list: [Int] = []
        private var places: [Int: Int32] = [:]

        mutating func place(of number: Int) -> Int32 {
            if let known = places[number] { return known }
            places[number] = Int32(list.count)
            list.append(number)
            return Int32(list.count - 1)
        }
    }

    /// Shares of the common variance: units and floors weigh alike, buildings half.
    private static let (unitShare, floorShare, buildingShare) = (0.4, 0.4, 0.2)

    /// The states of all dwellings for a draw.
    ///
    /// - Parameters:
    ///   - rates: open rate by zone, 0…1.
    ///   - clustering: share of a score's variance that neighbours have in common, 0…1.
    /// - Complexity: O(n).
    func states(draw: Int, rates: [Double], clustering: Double) -> [DwellingState] {
        var states = today
        let scores = Scores(self, draw: draw, clustering: min(max(clustering, 0), 1))
        for (zone, dwellings) in members.enumerated() {
            open(dwellings, rate: min(max(rates[zone], 0), 1), scores.scores(dwellings, elements[zone]), &states)
        }
        return states
    }

    /// Opens the dwellings of a zone from the lowest score up, as long as half of a dwelling's area belongs to the share.
    ///
    /// Scores fall into narrow bands: those below the band in which the share ends are open, those above are closed, and only that
    /// band is sorted.
    private func open(_ dwellings: [Member], rate: Double, _ values: [Double], _ states: inout [DwellingState]) {
        var areas = [Double](repeating: 0, count: Self.bands)
        var all = 0.0
        var bands = [Int](repeating: 0, count: dwellings.count)
        for place in dwellings.indices {
            let band = Self.band(values[place])
            bands[place] = band
            areas[band] += dwellings[place].area
            all += dwellings[place].area
        }
        var left = rate * all
        var last = 0
        while last < Self.bands && areas[last] <= left {
            left -= areas[last]
            last += 1
        }
        var edge: [(score: Double, member: Member)] = []
        for place in dwellings.indices {
            states[Int(dwellings[place].dwelling)] = bands[place] < last ? .open : .closed
            if bands[place] == last { edge.append((values[place], dwellings[place])) }
        }
        edge.sort { $0.score != $1.score ? $0.score < $1.score : $0.member.dwelling < $1.member.dwelling }
        for (_, member) in edge {
            guard left >= 0.5 * member.area && left > 0 else { break }
            states[Int(member.dwelling)] = .open
            left -= member.area
        }
    }

    /// Bands of a hundredth of a standard deviation from −5 to 5.
    private static var bands: Int { 1024 }

    private static func band(_ score: Double) -> Int { Int(min(max(score * 100 + 512, 0), Double(bands - 1))) }

    /// The scores of one draw.
    private struct Scores {
        private let random: CounterRandom
        private let draw: Int
        private let own: Double
        private var units: [Double] = []
        private var floors: [Double] = []
        private var buildings: [Double] = []

        init(_ rosters: RosterDraw, draw: Int, clustering: Double) {
            (random, self.draw) = (rosters.random, draw)
            own = (1 - clustering).squareRoot()
            guard clustering > 0 else { return }
            let random = rosters.random
            func normals(_ stream: CounterRandom.Stream, _ elements: [Int], _ share: Double) -> [Double] {
                random.normals(stream, draw: draw, weight: (clustering * share).squareRoot(), elements)
            }
            units = normals(.unit, rosters.units, RosterDraw.unitShare)
            floors = normals(.floor, rosters.floors, RosterDraw.floorShare)
            buildings = normals(.building, rosters.buildings, RosterDraw.buildingShare)
        }

        /// The scores of some dwellings, whose numbers are `elements`.
        func scores(_ members: [Member], _ elements: [Int]) -> [Double] {
            var scores = random.normals(.dwelling, draw: draw, weight: own, elements)
            guard !units.isEmpty else { return scores }
            let (units, floors, buildings, members) = (units.span, floors.span, buildings.span, members.span)
            var sums = scores.mutableSpan
            for place in 0..<sums.count {
                let member = members[place]
                sums[place] = sums[place] + units[Int(member.unit)] + floors[Int(member.floor)] + buildings[Int(member.building)]
            }
            return scores
        }
    }
}
