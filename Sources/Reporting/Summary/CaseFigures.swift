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
    /// What settings made for this case alone would bring; nil where they have no trustworthy answer.
    public let alone: Alone?

    /// A case with settings of its own.
    public struct Alone: Sendable {
        /// Rooms of the dwellings promised their target.
        public let rooms: RoomSummary
        /// Share of flows within 5 % of what is meant.
        public let shareNear: Double
    }

    /// Figures of all cases of a joint balance.
    public static func all(of balance: CaseBalance) -> [CaseFigures] {
        balance.cases.indices.map { CaseFigures(balance.cases[$0], balance.runs[$0], alone: balance.alone[$0]) }
    }

    init(_ entry: BalanceCase, _ run: BalanceRun, alone: BalanceRun?) {
        roster = entry.roster
        outdoor = run.weather.outdoor.celsius
        rooms = RoomSummary(of: run.after.room, in: run.balanced)
        let flows = Self.flows(of: run)
        (shareWithin, flowRatio) = (flows.shareWithin, flows.ratio)
        sourceHeat = run.after.sources.reduce(0) { $0 + $1.heat }
        pumps = run.schedule.pumps
        residuals = Summary.Residuals(of: run.after)
        self.alone = alone.map { Alone(rooms: RoomSummary(of: $0.after.room, in: $0.balanced), shareNear: Self.flows(of: $0).shareWithin.near) }
    }

    private static func flows(
        of run: BalanceRun
    ) -> (shareWithin: (close: Double, near: Double), ratio: (lowest: Double, highest: Double)) {
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
        guard count > 0 else { return ((1, 1), (.nan, .nan)) }
        return ((Double(close) / Double(count), Double(near) / Double(count)), (lowest, highest))
    }

    /// Headings for people, in the order of ``cells(_:)``.
    static let headings: [FigureText] = [
        .rosterOfCase, .outdoorOfCase, .dwellings, .atTarget, .atTargetAlone, .coldest, .coldestAlone, .flowsWithinTwentieth, .sourceHeat,
    ]

    /// The figures for people.
    func cells(_ texts: Texts) -> [String] {
        [
            roster.isEmpty ? texts(ConsoleText.ownRoster) : roster, DisplayNumber.celsius(outdoor), DisplayNumber.count(rooms.count),
            texts.percent(rooms.shareAtTarget), texts.percent(alone?.rooms.shareAtTarget ?? .nan), DisplayNumber.celsius(rooms.lowest),
            DisplayNumber.celsius(alone?.rooms.lowest ?? .nan), texts.percent(shareWithin.near),
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
            "alone": alone.map { .object([
                "share_at_target": $0.rooms.count == 0 ? .null : .number($0.rooms.shareAtTarget), "room_min_c": .number($0.rooms.lowest),
                "share_of_flows_within_5": .number($0.shareNear),
            ]) } ?? .null,
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
                "loop_pa", "energy_w", "alone_share_at_target", "alone_room_min_c", "alone_room_p02_c", "alone_share_of_flows_within_5",
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
            for value in [entry.alone?.rooms.shareAtTarget, entry.alone?.rooms.lowest, entry.alone?.rooms.secondPercentile, entry.alone?.shareNear] {
                table.add(value)
            }
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
