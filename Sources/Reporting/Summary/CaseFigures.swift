import Balancing
import Heating
import NetworkModel
import Quantities

/// What one setting of all valves brings in one of the cases it was chosen for.
public struct CaseFigures: Sendable {
    /// The roster's file; empty for the network's own.
    public let roster: String
    /// Outdoor temperature, °C.
    public let outdoor: Double
    /// Rooms of the dwellings promised their target.
    public let rooms: RoomSummary
    /// Share of dwellings that are meant to get water whose flow is within 3 % and within 5 % of what is meant.
    public let shareWithin: (close: Double, near: Double)
    /// Least and greatest flow over what is meant.
    public let flowRatio: (lowest: Double, highest: Double)
    /// Heat from the sources, W.
    public let sourceHeat: Double
    /// Pumps at their speeds of this case.
    public let pumps: [PumpRow]
    /// What is left of the balances of the simulation that proves it.
    public let residuals: Summary.Residuals

    /// Figures of all cases of a joint balance.
    public static func all(of balance: CaseBalance) -> [CaseFigures] {
        zip(balance.cases, balance.runs).map { CaseFigures($0, $1) }
    }

    init(_ entry: BalanceCase, _ run: BalanceRun) {
        roster = entry.roster
        outdoor = run.weather.outdoor.celsius
        rooms = RoomSummary(of: run.after.room, in: run.balanced)
        var (count, close, near, lowest, highest) = (0, 0, 0, Double.infinity, 0.0)
        for dwelling in run.balanced.dwellings.indices {
            guard let terminal = run.balanced.dwellings[dwelling].terminal else { continue }
            let design = run.allocation.massFlow[run.balanced.terminals[terminal].link.position]
            guard design > 0 else { continue }
            let ratio = run.after.dwellingFlow[dwelling] / design
            count += 1
            if (ratio - 1).magnitude <= SettingsProof.bands[0] { close += 1 }
            if (ratio - 1).magnitude <= SettingsProof.bands[1] { near += 1 }
            (lowest, highest) = (min(lowest, ratio), max(highest, ratio))
        }
        shareWithin = count > 0 ? (Double(close) / Double(count), Double(near) / Double(count)) : (1, 1)
        flowRatio = count > 0 ? (lowest, highest) : (.nan, .nan)
        sourceHeat = run.after.sources.reduce(0) { $0 + $1.heat }
        pumps = run.schedule.pumps
        residuals = Summary.Residuals(of: run.after)
    }

    /// Headings for people, in the order of ``cells(_:)``.
    static let headings: [FigureText] = [
        .rosterOfCase, .outdoorOfCase, .dwellings, .atTarget, .coldest, .flowsWithinTwentieth, .sourceHeat,
    ]

    /// The figures for people.
    func cells(_ texts: Texts) -> [String] {
        [
            roster.isEmpty ? texts(ConsoleText.ownRoster) : roster, DisplayNumber.celsius(outdoor), DisplayNumber.count(rooms.count),
            texts.percent(rooms.shareAtTarget), DisplayNumber.celsius(rooms.lowest), texts.percent(shareWithin.near),
            DisplayNumber.power(sourceHeat),
        ]
    }
}

extension CaseFigures {
    /// As an entry of `cases` of `summary.json`; `pumps` names speeds by the ids of `case-pumps.csv`.
    var json: JSONText {
        .object([
            "roster": roster.isEmpty ? .null : .text(roster), "outdoor_c": .number(outdoor), "dwellings": .count(rooms.count),
            "share_at_target": rooms.count == 0 ? .null : .number(rooms.shareAtTarget), "room_min_c": .number(rooms.lowest),
            "share_of_flows_within_3": .number(shareWithin.close), "share_of_flows_within_5": .number(shareWithin.near),
            "flow_ratio_min": .number(flowRatio.lowest), "flow_ratio_max": .number(flowRatio.highest),
            "source_heat_w": .number(sourceHeat),
            "residuals": .object([
                "mass_kg_s": .number(residuals.mass), "loop_pa": .number(residuals.loop), "energy_w": .number(residuals.energy),
            ]),
        ])
    }
}

/// `cases.csv` and `case-pumps.csv`.
struct CaseTables {
    private let network: Network
    private let figures: [CaseFigures]

    init(_ result: RunResult) { (network, figures) = (result.network, result.cases) }

    /// A row a case.
    var cases: ResultTable {
        var table = ResultTable(
            [
                "case", "roster", "outdoor_c", "dwellings", "share_at_target", "room_min_c", "room_p02_c", "room_mean_c",
                "share_of_flows_within_3", "share_of_flows_within_5", "flow_ratio_min", "flow_ratio_max", "source_heat_w", "mass_kg_s",
                "loop_pa", "energy_w",
            ], rows: figures.count)
        for (number, entry) in figures.enumerated() {
            table.add(number + 1)
            table.add(entry.roster.isEmpty ? nil : entry.roster)
            table.add(entry.outdoor)
            table.add(entry.rooms.count)
            for value in [
                entry.rooms.shareAtTarget, entry.rooms.lowest, entry.rooms.secondPercentile, entry.rooms.mean, entry.shareWithin.close,
                entry.shareWithin.near, entry.flowRatio.lowest, entry.flowRatio.highest, entry.sourceHeat, entry.residuals.mass,
                entry.residuals.loop, entry.residuals.energy,
            ] { table.add(value) }
        }
        return table
    }

    /// A row a case and pump.
    var pumps: ResultTable {
        var table = ResultTable(
            ["case", "id", "head_kpa", "flow_m3_h", "speed", "electric_w", "efficiency"], rows: figures.reduce(0) { $0 + $1.pumps.count })
        for (number, entry) in figures.enumerated() {
            for row in entry.pumps {
                table.add(number + 1)
                table.add(network.links[network.pumps[row.pump].link].id)
                table.add(row.head.kilopascals)
                table.add(row.volumeFlow.cubicMetresPerHour)
                table.add(row.speed)
                table.add(row.electricPower.watts)
                table.add(row.efficiency)
            }
        }
        return table
    }
}
