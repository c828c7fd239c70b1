import Heating
import NetworkModel
import Reporting

/// Headline figures of simulated scenarios, of the whole network and by zone.
struct Figures: Sendable {
    private let zones: [[DwellingIndex]]
    /// Heated dwellings and their area by zone, m².
    private let areas: [[(dwelling: Int32, area: Double)]]

    init(_ network: Network) {
        var zones = [[DwellingIndex]](repeating: [], count: network.zones.count)
        for building in network.buildings where zones.indices.contains(building.zone.position) {
            zones[building.zone.position] += building.dwellings.map { DwellingIndex($0) }
        }
        self.zones = zones
        areas = zones.map { members in
            members.filter { network.dwellings[$0].terminal != nil }.map { (Int32($0.position), network.dwellings[$0].area.value) }
        }
    }

    /// Number of zones.
    var zoneCount: Int { zones.count }

    /// The figures of an outcome.
    ///
    /// - Parameters:
    ///   - requiredFlow: by dwelling, kg/s; nil where imbalance is not asked.
    ///   - valvesChanged: NaN without a balance.
    func result(
        _ outcome: Outcome, of network: Network, requiredFlow: [Double]?, valvesChanged: Double, bottleneck: String
    ) -> ScenarioResult {
        let state = StateFigures(outcome, of: network, requiredFlow: requiredFlow ?? Array(repeating: 0, count: network.dwellings.count))
        var values = [Double](repeating: .nan, count: Output.allCases.count)
        func set(_ output: Output, _ value: Double) { values[output.rawValue] = output.rounded(value) }
        let rooms = state.rooms
        set(.outdoor, outcome.weather.outdoor.celsius)
        set(.openRate, Self.openRate(network, network.dwellings.indices.lazy.map { DwellingIndex($0) }))
        set(.openDwellings, Double(rooms.count))
        fill(rooms) { set($0, $1) }
        set(.warmest, rooms.highest)
        set(.below, (Double(rooms.count) * (1 - rooms.shareAtTarget)).rounded())
        set(.heat, state.sourceHeat / 1000)
        set(.dwellingHeat, outcome.energy.dwellings / 1000)
        set(.losses, outcome.energy.losses / 1000)
        set(.returnTemperature, state.sourceReturn)
        set(.heatLimited, outcome.sources.contains(where: \.isHeatLimited) ? 1 : 0)
        set(.pump, state.pumpPower / 1000)
        if requiredFlow != nil {
            set(.horizontal, state.imbalance.horizontal.variation)
            set(.vertical, state.imbalance.vertical.variation)
        }
        set(.valvesChanged, valvesChanged)
        let byZone = zones.map { members -> [Double] in
            let rooms = RoomSummary(of: outcome.room, in: network, members: members)
            var zone = [Double](repeating: .nan, count: Output.zonal.count)
            func set(_ output: Output, _ value: Double) {
                if let place = Output.zonal.firstIndex(of: output) { zone[place] = output.rounded(value) }
            }
            set(.openRate, Self.openRate(network, members))
            fill(rooms) { set($0, $1) }
            return zone
        }
        return ScenarioResult(values: values, zones: byZone, bottleneck: bottleneck)
    }

    /// The figures of rosters whose flows alone are solved, one to four.
    ///
    /// - Parameters:
    ///   - isOpen: by dwelling, 1 where it is heated in a roster and 0 elsewhere.
    ///   - pumpPower: W.
    ///   - outdoor: °C.
    func results(
        _ count: Int, _ isOpen: [SIMD4<Double>], _ found: FlowFigures.Found, pumpPower: SIMD4<Double>, outdoor: Double
    ) -> [ScenarioResult] {
        let byZone = areas.map { Self.sums($0, isOpen) }
        return (0..<count).map { roster in
            var values = [Double](repeating: .nan, count: Output.allCases.count)
            func set(_ output: Output, _ value: Double) { values[output.rawValue] = output.rounded(value) }
            var (all, open, dwellings) = (0.0, 0.0, 0.0)
            let zones = byZone.map { sums -> [Double] in
                all += sums.area
                open += sums.heated[roster]
                dwellings += sums.count[roster]
                var zone = [Double](repeating: .nan, count: Output.zonal.count)
                if let place = Output.zonal.firstIndex(of: .openRate) { zone[place] = Output.openRate.rounded(sums.heated[roster] / sums.area) }
                return zone
            }
            set(.outdoor, outdoor)
            set(.openRate, open / all)
            set(.openDwellings, dwellings)
            set(.pump, pumpPower[roster] / 1000)
            set(.horizontal, found.horizontal[roster])
            set(.vertical, found.vertical[roster])
            set(.dwellingFlow, found.flow[roster])
            set(.flowLowest, found.lowest[roster])
            set(.flowMean, found.mean[roster])
            set(.flowShort, found.short[roster])
            return ScenarioResult(values: values, zones: zones, bottleneck: "")
        }
    }

    /// Heated area of some dwellings, and how much and how many of it are open in each roster.
    private static func sums(
        _ members: [(dwelling: Int32, area: Double)], _ isOpen: [SIMD4<Double>]
    ) -> (area: Double, heated: SIMD4<Double>, count: SIMD4<Double>) {
        let (members, isOpen) = (members.span, isOpen.span)
        var (area, heated, count) = (0.0, SIMD4<Double>.zero, SIMD4<Double>.zero)
        for place in 0..<members.count {
            let open = isOpen[Int(members[place].dwelling)]
            area += members[place].area
            heated += members[place].area * open
            count += open
        }
        return (area, heated, count)
    }

    private func fill(_ rooms: RoomSummary, _ set: (Output, Double) -> Void) {
        set(.coldest, rooms.lowest)
        set(.secondPercentile, rooms.secondPercentile)
        set(.mean, rooms.mean)
        set(.share, rooms.count > 0 ? rooms.shareAtTarget : .nan)
        set(.degreeDwellings, rooms.meanShortfall * Double(rooms.count))
    }

    /// Open over heated area; NaN where there is no heated area.
    private static func openRate(_ network: Network, _ members: some Sequence<DwellingIndex>) -> Double {
        var (open, all) = (0.0, 0.0)
        for index in members where network.dwellings[index].terminal != nil {
            let area = network.dwellings[index].area.value
            all += area
            if network.dwellings[index].state.isHeated { open += area }
        }
        return all > 0 ? open / all : .nan
    }
}
