import Balancing
import Heating
import NetworkModel

/// What a person reads after a run: lines for a monospaced terminal, headings without indentation.
public struct ConsoleSummary: Sendable {
    private let result: RunResult
    private let summary: Summary
    private let texts: Texts

    /// The summary of a finished run; it lists at most so many zones and bottlenecks.
    public init(_ result: RunResult, summary: Summary, texts: Texts) {
        self.result = result
        self.summary = summary
        self.texts = texts
    }

    private static let zoneLimit = 12
    private static let bottleneckLimit = 5

    /// The lines.
    public var lines: [String] {
        var blocks: [[String]] = []
        if result.network.dwellings.isEmpty {
            blocks.append([CountLine(summary.counts, texts: texts).line])
        } else {
            blocks.append(titleLines + figureLines)
            blocks.append(histogramLines)
        }
        if let recommendation = result.recommendation {
            if !result.network.dwellings.isEmpty {
                blocks.append(zoneLines(recommendation))
                blocks.append(bottleneckLines(recommendation))
            }
            blocks.append(
                valveLines(recommendation.schedule) + proofLines(recommendation.proof) + noteLines(recommendation.schedule))
            blocks.append(robustnessLines(recommendation.proof))
            blocks.append(caseLines)
            blocks += FairnessLines(result, texts: texts).blocks
        }
        blocks.append(WarningLines(result.warnings, texts: texts).lines)
        blocks.append([checkLine])
        return Array(blocks.filter { !$0.isEmpty }.joined(separator: [""]))
    }

    private var titleLines: [String] {
        let counts = summary.counts
        let title = result.network.title.isEmpty ? result.input.path : result.network.title
        return [
            texts(
                ConsoleText.title, title, DisplayNumber.count(counts.buildings), DisplayNumber.count(counts.dwellings),
                DisplayNumber.count(counts.openDwellings),
                texts.percent(Double(counts.openDwellings) / Double(counts.dwellings), 0),
                DisplayNumber.celsius(result.outcome.weather.outdoor.celsius)),
            "",
        ]
    }

    private var figureLines: [String] {
        var table = TextTable()
        let states = [summary.before, summary.after].compactMap { $0 }
        if states.count == 2 { table.add("", texts(FigureText.before), texts(FigureText.after)) }
        func row(_ name: String, note: String = "", _ value: (StateFigures) -> String) {
            table.add([name] + states.map(value) + (note.isEmpty ? [] : [note]))
        }
        let target = DisplayNumber.celsius(result.network.conditions.room.celsius)
        row(texts(FigureText.shareAtTarget, target)) { texts.percent($0.rooms.shareAtTarget) }
        row(texts(FigureText.coldest)) { DisplayNumber.celsius($0.rooms.lowest) }
        row(texts(FigureText.secondPercentile)) { DisplayNumber.celsius($0.rooms.secondPercentile) }
        row(texts(FigureText.meanRoom)) { DisplayNumber.celsius($0.rooms.mean) }
        let limit = result.network.sourceHeatLimit.map { texts(ConsoleText.ofLimit, DisplayNumber.power($0)) } ?? ""
        row(texts(FigureText.sourceHeat), note: limit) { DisplayNumber.power($0.sourceHeat) }
        row(texts(FigureText.returnTemperature)) { DisplayNumber.celsius($0.sourceReturn) }
        row(texts(FigureText.horizontalImbalance)) { texts.percent($0.imbalance.horizontal.variation) }
        row(texts(FigureText.verticalImbalance)) { texts.percent($0.imbalance.vertical.variation) }
        row(texts(FigureText.flowOfFloors)) {
            DisplayNumber.fixed($0.imbalance.lowFloors.mean, 2) + " / " + DisplayNumber.fixed($0.imbalance.topFloors.mean, 2)
        }
        row(texts(FigureText.flowAtEnd)) { DisplayNumber.fixed($0.imbalance.networkEnd.mean, 2) }
        row(texts(FigureText.pumpPower)) { DisplayNumber.power($0.pumpPower) }
        return table.lines
    }

    private var histogramLines: [String] {
        let distribution = RoomDistribution(
            before: result.recommendation?.before?.room, after: result.outcome.room, in: result.network)
        guard distribution.greatest > 0 else { return [] }
        var table = TextTable(leading: [0, 1])
        if let before = distribution.before {
            table.add(texts(FigureText.before), before.line)
            table.add(texts(FigureText.after), distribution.after.line)
        } else {
            table.add("", distribution.after.line)
        }
        // Every zone by itself on the same scale: which of them is cold shows at a glance.
        let zones = result.network.zones
        if zones.count > 1, zones.count <= Self.zoneLimit {
            for (zone, members) in zip(zones, AreaFigures.zoneMembers(of: result.network)) {
                let rooms = RoomDistribution(
                    before: nil, after: result.outcome.room, in: result.network, members: members, bins: distribution.bins)
                table.add(texts(ConsoleText.zoneRooms, zone.name), rooms.after.line)
            }
        }
        table.add("", Self.scale(from: distribution.bins.lowerBound, bins: distribution.after.counts.count))
        return [texts(ConsoleText.histogram)] + table.lines
    }

    /// Temperatures under the bins, of which each is one column: every 5 °C at its own column.
    private static func scale(from start: Double, bins: Int) -> String {
        var scale = ""
        for bin in 0..<bins {
            let celsius = Int(start) + bin
            guard celsius % 5 == 0 else { continue }
            let label = DisplayNumber.count(celsius)
            let width = DisplayWidth.of(scale)
            if width < bin { scale += String(repeating: " ", count: bin - width) }
            if DisplayWidth.of(scale) == bin { scale += label }
        }
        return scale
    }

    private func zoneLines(_ recommendation: Recommendation) -> [String] {
        let zones = AreaFigures.zones(of: result)
        guard !zones.isEmpty else { return [] }
        var table = TextTable(leading: [0, 6])
        table.add(
            texts(FigureText.zone), texts(FigureText.openRate), texts(FigureText.tilt), texts(FigureText.coldest),
            texts(FigureText.meanRoom), texts(FigureText.atTarget), texts(FigureText.limitedBy))
        for zone in zones.prefix(Self.zoneLimit) {
            table.add(
                zone.name, texts.percent(zone.summary.openRate ?? .nan), DisplayNumber.fixed(zone.summary.tilt ?? .nan, 2),
                DisplayNumber.celsius(zone.rooms.lowest), DisplayNumber.celsius(zone.rooms.mean),
                texts.percent(zone.rooms.shareAtTarget), texts(LimitText(zone.summary.bottleneck)))
        }
        let more = zones.count > Self.zoneLimit ? ["  … zones.csv"] : []
        return [texts(ConsoleText.zones)] + table.lines + more
    }

    private func bottleneckLines(_ recommendation: Recommendation) -> [String] {
        let bottlenecks = recommendation.allocation.bottlenecks
        guard !bottlenecks.isEmpty else { return [texts(ConsoleText.bottlenecksNone)] }
        var table = TextTable(leading: [0, 1, 4])
        table.add(
            "", "", texts(FigureText.dwellings), texts(FigureText.degrees), texts(FigureText.remedy))
        for (rank, bottleneck) in bottlenecks.prefix(Self.bottleneckLimit).enumerated() {
            table.add(
                "\(rank + 1)", "\(bottleneck.element.id.text): \(texts(LimitText(bottleneck.limit)))",
                DisplayNumber.count(bottleneck.dwellings), DisplayNumber.fixed(bottleneck.degreeDwellings, 0),
                bottleneck.whatHelps(texts))
        }
        let more = bottlenecks.count - Self.bottleneckLimit
        return [texts(ConsoleText.bottlenecks)] + table.lines
            + (more > 0 ? [texts(ConsoleText.bottlenecksMore, DisplayNumber.count(more))] : [])
    }

    private func valveLines(_ schedule: Schedule) -> [String] {
        let changed = schedule.valves.filter(\.isChanged)
        guard !changed.isEmpty else { return schedule.valves.isEmpty ? [] : [texts(ConsoleText.valvesNone)] }
        var perLevel: [(ConsoleText, Int)] = []
        let levels: [(ConsoleText, ValveLevel?)] = [
            (.levelSubstation, .substation), (.levelBuilding, .building), (.levelUnit, .unit), (.levelDwelling, .dwelling),
            (.levelOther, nil),
        ]
        for (text, level) in levels {
            let count = changed.count { result.network.valves[$0.valve].level == level }
            if count > 0 { perLevel.append((text, count)) }
        }
        let parts = perLevel.map { texts($0, DisplayNumber.count($1)) }.joined(separator: ", ")
        return [
            texts(ConsoleText.valves, DisplayNumber.count(changed.count), DisplayNumber.count(schedule.valves.count), parts)
        ]
    }

    /// How good the settings are, and what few visits bring.
    private func proofLines(_ proof: SettingsProof?) -> [String] {
        guard let proof, !result.network.dwellings.isEmpty else { return [] }
        var lines: [String] = []
        for bound in proof.bounds where bound.dwellings > 0 {
            lines.append(texts(
                ConsoleText.flowsWithin, DisplayNumber.percent(bound.band, 0), DisplayNumber.percent(bound.shareReached),
                DisplayNumber.percent(bound.sharePossible)))
        }
        if let tolerance = proof.tolerance {
            lines.append(texts(
                ConsoleText.toleranceLine, DisplayNumber.percent(tolerance.expectedShare), DisplayNumber.percent(tolerance.badShare),
                DisplayNumber.percent(tolerance.nearShare.expected), DisplayNumber.percent(tolerance.nearShare.bad)))
        }
        if let plan = proof.visits, let today = plan.curve.first, today.visits == 0,
            let some = plan.curve.last(where: { $0.visits <= 10 }), some.visits > 0
        {
            lines.append(texts(
                ConsoleText.firstVisits, DisplayNumber.count(some.visits), DisplayNumber.percent(some.rooms.shareAtTarget),
                DisplayNumber.percent(today.rooms.shareAtTarget)))
        }
        return lines
    }

    /// How the settings hold when dwellings, pumps or the weather change.
    private func robustnessLines(_ proof: SettingsProof?) -> [String] {
        guard let figures = RobustnessFigures(proof?.robustness) else { return [] }
        var table = TextTable(leading: [0])
        table.add(["  "] + RobustnessFigures.headings.dropFirst().map { texts($0) })
        for row in figures.rows { table.add(["  " + texts(row.event)] + row.cells(texts)) }
        return [texts(FigureText.robustness)] + table.lines
    }

    /// Dwellings' valves that may be heard and flows that miss, with what keeps them so.
    private func noteLines(_ schedule: Schedule) -> [String] {
        let network = result.network
        let rows = schedule.valves.filter { network.valves[$0.valve].level == .dwelling && $0.designFlow.value != 0 }
        func count(_ rows: [ValveRow], _ note: ValveNote) -> String { DisplayNumber.count(rows.count { $0.notes.contains(note) }) }
        var lines: [String] = []
        let far = rows.filter { ($0.flowRatio.map { abs($0 - 1) } ?? 0) > ValveRow.flowLimit }
        let shared = far.count { $0.notes.contains(.otherCases) || $0.notes.contains(.fewerVisits) }
        if !far.isEmpty {
            lines.append(texts(
                ConsoleText.flowsBeyond, DisplayNumber.count(far.count), count(far, .belowSmallestSetting), count(far, .tooSmall),
                count(far, .betweenSettings), count(far, .fullyOpenShort), DisplayNumber.count(shared)))
        }
        let loud = rows.filter { $0.notes.contains(.noisy) }
        if !loud.isEmpty {
            lines.append(texts(
                ConsoleText.noisyValves, DisplayNumber.count(loud.count), DisplayNumber.count(rows.count), count(loud, .neededBeside),
                count(loud, .noValveAbove), count(loud, .forPresets)))
        }
        return lines
    }

    /// What the settings bring for every roster and weather they were chosen for.
    private var caseLines: [String] {
        guard !result.cases.isEmpty else { return [] }
        var table = TextTable(leading: [0])
        table.add(CaseFigures.headings.map { texts($0) })
        for entry in result.cases { table.add(entry.cells(texts)) }
        return [texts(ConsoleText.cases, DisplayNumber.count(result.cases.count))] + table.lines
    }

    private var checkLine: String {
        texts(
            ConsoleText.checks, DisplayNumber.scientific(summary.residuals.mass), DisplayNumber.scientific(summary.residuals.loop),
            DisplayNumber.scientific(summary.residuals.energy), DisplayNumber.power(summary.after.sourceHeat))
    }
}
