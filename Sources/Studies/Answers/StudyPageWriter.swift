import NetworkFiles
import NetworkModel
import Reporting

/// Puts a study's answers on a page.
struct StudyPageWriter {
    let model: StudyModel
    let counts: RoomCounts
    let answers: Answers
    let tool: String
    let inputs: [InputFile]
    let texts: Texts
    private var page: StudyPage

    init(_ model: StudyModel, _ counts: RoomCounts, _ answers: Answers, tool: String, inputs: [InputFile], texts: Texts) {
        (self.model, self.counts, self.answers, self.tool, self.inputs, self.texts) = (model, counts, answers, tool, inputs, texts)
        page = StudyPage(title: texts(StudyText.pageTitle, model.study.title), language: texts.language)
    }

    /// The page as one HTML document.
    mutating func html() -> String {
        let study = model.study
        let run: StudyText = switch study.run {
        case .balance: .runsBalance
        case .solve: .runsSolve
        case .balanceOnce: .runsOnce
        case .hydraulics: .runsHydraulics
        }
        page.heading(
            texts(StudyText.pageTitle, study.title),
            subtitle: texts(
                StudyText.subtitle, DisplayNumber.count(model.scenarios.count), model.network.title, texts(run), "\(study.seed)",
                DisplayNumber.count(answers.failed)))
        breakEvens()
        base()
        curves()
        sensitivities()
        spread()
        rooms()
        remedies()
        outages()
        year()
        failures()
        page.section(texts(StudyText.files), note: texts(StudyText.filesNote))
        page.section(texts(StudyText.inputs), note: texts(StudyText.inputsNote))
        page.table([texts(PageText.file), "SHA-256"], inputs.map { [$0.path, $0.sha256] }, numbers: 2..<2)
        page.footer(tool)
        return page.html()
    }

    private var text: AnswerText { AnswerText(study: model.study, texts: texts) }
    private func number(_ value: Double, _ output: Output) -> String { text.number(value, output) }
    private func name(_ output: Output) -> String { text.name(output) }

    private mutating func base() {
        page.section(texts(StudyText.base), note: texts(StudyText.baseNote))
        let shown = Output.allCases.filter { $0.text != nil && model.base[$0].isFinite }
        page.table([texts(StudyText.column), texts(StudyText.value)], shown.map { [name($0), number(model.base[$0], $0)] })
    }

    private mutating func breakEvens() {
        guard !answers.breakEvens.isEmpty else { return }
        page.section(texts(StudyText.breakEvens), note: texts(StudyText.breakEvensNote))
        page.table(
            [texts(StudyText.question), texts(StudyText.answer)],
            answers.breakEvens.map { [text.question($0), text.answer($0)] }, numbers: 2..<2)
    }

    private mutating func curves() {
        var curves: [StudyPage.Curve] = []
        for factor in model.study.factors {
            let levels = answers.levels.filter { $0.factor == factor.id }
            // Random values hardly repeat: points, of which a line would only show the others' chance.
            let isRandom = [.latinHypercube, .random].contains(model.study.design) && factor.weights.isEmpty
            guard (2...(isRandom ? AnswerReader.mostLevels : 60)).contains(levels.count), factor.parameter != .remedy else { continue }
            let marks = answers.breakEvens.filter { $0.factor == factor.id && $0.value.isFinite }.map(\.value)
            for output in Output.drawn(model.study.run) {
                guard let place = Output.ranked(model.study.run).firstIndex(of: output) else { continue }
                let scale = output == .share || output == .flowLowest ? 100.0 : 1
                let unit = switch output {
                case .share, .flowLowest: "%"
                case .heat, .pump: "kW"
                case .flowShort: texts(StudyText.unitDwellings)
                default: "°C"
                }
                curves.append(StudyPage.Curve(
                    label: texts(StudyText.curveLabel, name(output), factor.id), xTitle: factor.id + (factor.parameter.isTemperature ? ", °C" : ""), yTitle: "\(name(output)), \(unit)",
                    points: levels.map { ($0.level, $0.means[place] * scale) }, marks: marks, isJoined: !isRandom))
            }
        }
        guard !curves.isEmpty else { return }
        page.section(texts(StudyText.curves), note: texts(StudyText.curvesNote))
        page.curves(Array(curves.prefix(36)))
    }

    private mutating func sensitivities() {
        let isOneByOne = model.study.design == .oneAtATime
        guard answers.sensitivities.contains(where: { $0.standardized.isFinite || $0.swing.isFinite }) else { return }
        page.section(texts(StudyText.sensitivities), note: texts(isOneByOne ? StudyText.swingNote : StudyText.sensitivitiesNote))
        for output in Output.told(model.study.run) {
            let rows = answers.sensitivities.filter { $0.output == output }
            let bars = rows.compactMap { row -> (name: String, value: Double, text: String)? in
                let value = isOneByOne ? row.swing : row.standardized
                guard value.isFinite else { return nil }
                return (row.factor, value, isOneByOne ? number(value, output).replacing(" °C", with: " K") : DisplayNumber.fixed(value, 2))
            }
            guard !bars.isEmpty else { continue }
            let explained = rows.first.map { $0.explained.isFinite && !isOneByOne ? " · \(texts(StudyText.explained)) \(DisplayNumber.percent($0.explained, 0))" : "" } ?? ""
            page.note(name(output) + explained)
            page.bars(texts(StudyText.sensitivityLabel, name(output)), Array(bars.prefix(20)))
        }
    }

    private mutating func spread() {
        // One scenario has no spread, and what is counted is no figure.
        let shown = answers.spreads.filter { $0.output.text != nil && $0.moments.count > 1 }
        guard !shown.isEmpty else { return }
        page.section(texts(StudyText.spread), note: texts(StudyText.spreadNote))
        page.table(
            ["", texts(StudyText.mean), texts(StudyText.deviation), texts(StudyText.least), texts(StudyText.greatest)],
            shown.map { row in
                let isCelsius = [.coldest, .secondPercentile, .mean, .returnTemperature].contains(row.output)
                let deviation = isCelsius
                    ? DisplayNumber.fixed(row.moments.deviation, 2) + " K" : number(row.moments.deviation, row.output)
                return [
                    name(row.output), number(row.moments.mean, row.output), deviation, number(row.moments.least, row.output),
                    number(row.moments.greatest, row.output),
                ]
            })
    }

    private mutating func rooms() {
        guard counts.scenarios > 0 else { return }
        let zones = model.network.zones
        page.section(texts(StudyText.rooms), note: texts(StudyText.roomsNote, DisplayNumber.count(Int(clamping: counts.scenarios))))
        let bands = counts.halfKelvins(ofZone: zones.count)
        let target = model.network.conditions.room.celsius
        let first = max((bands.firstIndex { $0 > 0 } ?? 0) - 1, 0)
        let last = min((bands.lastIndex { $0 > 0 } ?? bands.count - 1) + 1, bands.count - 1)
        let total = max(Double(bands.reduce(0, +)), 1)
        page.columns(
            texts(StudyText.roomsLabel), xTitle: texts(StudyText.roomAxis), yTitle: "%",
            (first...last).map { ($0 == 0 ? "< 0.5" : DisplayNumber.fixed(Double($0) / 2, 1), 100 * Double(bands[$0]) / total) },
            mark: (2 * target - Double(first), DisplayNumber.celsius(target)))
        page.note(texts(StudyText.boxNote))
        let shares = [0.02, 0.1, 0.5, 0.9, 0.98]
        var groups = zones.indices.filter { counts.count(ofZone: $0) > 0 }.prefix(60).map { zone in
            (zones[zone].name, shares.map { counts.quantile($0, ofZone: zone) })
        }
        groups.append((texts(StudyText.all), shares.map { counts.quantile($0, ofZone: zones.count) }))
        page.spreads(texts(StudyText.boxLabel), xTitle: texts(StudyText.roomAxis), groups, target: target)
        page.note(texts(StudyText.dwellingsNote))
    }

    private mutating func remedies() {
        guard !answers.remedies.isEmpty else { return }
        let settings = model.study.run == .balance ? StudyText.remediesBalanced : .remediesStanding
        page.section(texts(StudyText.remedies), note: texts(StudyText.remediesNote) + " " + texts(settings))
        let priced = answers.remedies.filter { $0.gainPerCost.isFinite }
        if !priced.isEmpty {
            page.bars(texts(StudyText.remedyLabel), priced.prefix(30).map { ($0.id, $0.gainPerCost, DisplayNumber.significant($0.gainPerCost)) })
        }
        page.table(
            ["", texts(StudyText.cost), texts(StudyText.gain), texts(StudyText.gainPerCost), name(.share), name(.heat), name(.pump)],
            answers.remedies.map { remedy in
                [
                    remedy.id, remedy.cost.map { DisplayNumber.written($0) } ?? DisplayNumber.none, DisplayNumber.fixed(-remedy.degreeDwellings, 1),
                    DisplayNumber.significant(remedy.gainPerCost),
                    Self.signed(DisplayNumber.percent(remedy.share, 2), remedy.share), Self.signed(DisplayNumber.power(remedy.heat * 1000), remedy.heat),
                    Self.signed(DisplayNumber.power(remedy.pump * 1000), remedy.pump),
                ]
            })
    }

    private static func signed(_ text: String, _ value: Double) -> String { value > 0 ? "+" + text : text }

    private mutating func outages() {
        guard !answers.outages.isEmpty else { return }
        page.section(texts(StudyText.outages), note: texts(StudyText.outagesNote))
        page.bars(
            texts(StudyText.outageLabel),
            answers.outages.prefix(30).map { outage in
                outage.reason.isEmpty
                    ? (text.outage(outage), outage.below, DisplayNumber.fixed(outage.below, 0))
                    : (text.outage(outage), .nan, texts(StudyText.noAnswer))
            })
        page.table(
            ["", name(.share), name(.coldest), name(.degreeDwellings), name(.heat)],
            answers.outages.map { outage in
                outage.reason.isEmpty
                    ? [
                        text.outage(outage), DisplayNumber.percent(outage.share), DisplayNumber.celsius(outage.coldest),
                        DisplayNumber.fixed(outage.degreeDwellings, 0), DisplayNumber.power(outage.heat * 1000),
                    ] : [text.outage(outage), texts(StudyText.noAnswer), "", "", ""]
            })
    }

    private mutating func year() {
        guard let year = answers.year else { return }
        page.section(
            texts(StudyText.year),
            note: texts(
                StudyText.yearNote, DisplayNumber.count(year.hours), DisplayNumber.count(year.unheated), DisplayNumber.count(year.failed),
                DisplayNumber.count(year.hoursShort), DisplayNumber.power(year.peakHeat * 1000), DisplayNumber.celsius(year.coldest), year.coldestTime))
        // A season is shown in its own order, from its first month; a whole year from the month its hours begin in.
        let heated = (1...12).filter { year.months[$0].hours > 0 }
        let start = heated.first { year.months[($0 + 10) % 12 + 1].hours == 0 } ?? model.study.weather?.month(of: 0) ?? 1
        let months = (0..<12).map { (max(start, 1) - 1 + $0) % 12 + 1 }.filter { year.months[$0].hours > 0 }
        if !months.isEmpty {
            page.columns(
                texts(StudyText.yearLabel), xTitle: texts(StudyText.month), yTitle: texts(StudyText.heatAxis),
                months.map { ("\($0)", year.months[$0].heat / 1000) })
        }
        page.curves([
            StudyPage.Curve(
                label: texts(StudyText.outdoorLabel), xTitle: texts(StudyText.outdoorAxis), yTitle: texts(StudyText.unitHeat), points: year.byOutdoor.map { ($0.outdoor, $0.heat) }),
            StudyPage.Curve(
                label: texts(StudyText.outdoorLabel), xTitle: texts(StudyText.outdoorAxis), yTitle: texts(StudyText.unitPump), points: year.byOutdoor.map { ($0.outdoor, $0.pump) }),
        ])
        func row(_ name: String, _ month: Answers.YearAnswer.Month) -> [String] {
            [
                name, DisplayNumber.count(month.hours), DisplayNumber.fixed(month.heat / 1000, 1), DisplayNumber.fixed(month.pump / 1000, 2),
                DisplayNumber.fixed(month.losses / 1000, 1), DisplayNumber.fixed(month.degreeDwellingHours, 0),
            ]
        }
        page.table(
            [texts(StudyText.month), texts(StudyText.hours), texts(StudyText.heat), texts(StudyText.pump), texts(StudyText.losses), texts(StudyText.yearHours)],
            months.map { row("\($0)", year.months[$0]) } + [row(texts(StudyText.all), year.total)])
    }

    private mutating func failures() {
        guard !answers.reasons.isEmpty else { return }
        page.section(texts(StudyText.failures))
        page.table([texts(StudyText.scenario), texts(StudyText.reason)], answers.reasons.map { ["\($0.scenario)", $0.reason(texts)] }, numbers: 0..<1)
    }
}

extension Output {
    /// Its name for people; nil where only programs read it.
    var text: StudyText? {
        switch self {
        case .openRate: .outOpenRate
        case .coldest: .outColdest
        case .secondPercentile: .outSecondPercentile
        case .mean: .outMean
        case .share: .outShare
        case .below: .outBelow
        case .degreeDwellings: .outDegrees
        case .heat: .outHeat
        case .losses: .outLosses
        case .returnTemperature: .outReturn
        case .pump: .outPump
        case .horizontal: .outHorizontal
        case .vertical: .outVertical
        case .valvesChanged: .outValves
        case .dwellingFlow: .outFlow
        case .flowLowest: .outFlowLowest
        case .flowMean: .outFlowMean
        case .flowShort: .outFlowShort
        case .outdoor, .openDwellings, .warmest, .dwellingHeat, .heatLimited: nil
        }
    }
}
