import Balancing
import NetworkModel

/// The lists of the report: bottlenecks, settings, checks, inputs. Long ones are cut, with a word on where the rest is.
extension ReportPage {
    private static var bottleneckLimit: Int { 20 }
    private static var settingLimit: Int { 1_000 }
    private static var warningLimit: Int { 50 }

    func addBottlenecks(to page: inout Page) {
        page.section(texts(PageText.bottlenecks))
        let bottlenecks = recommendation.allocation.bottlenecks
        guard !bottlenecks.isEmpty else { return page.paragraph(texts(PageText.bottlenecksNone)) }
        page.table(
            [
                texts(FigureText.element), texts(FigureText.limit), texts(FigureText.dwellings), texts(FigureText.degrees),
                texts(FigureText.remedy),
            ],
            bottlenecks.prefix(Self.bottleneckLimit).map {
                [
                    $0.element.id.text, texts(LimitText($0.limit)), DisplayNumber.count($0.dwellings),
                    DisplayNumber.fixed($0.degreeDwellings, 0), $0.remedy?.text(in: texts.language) ?? "",
                ]
            }, numbers: 2..<4)
        let more = bottlenecks.count - Self.bottleneckLimit
        page.note(texts(PageText.bottlenecksNote) + (more > 0 ? " " + texts(PageText.bottlenecksMore, DisplayNumber.count(more)) : ""))
    }

    func addSettings(to page: inout Page) {
        page.section(texts(PageText.settings))
        let all = recommendation.schedule.valves
        guard !all.isEmpty else { return page.paragraph(texts(PageText.settingsNone)) }
        // Valves higher up come first; sorting is stable by the position in the network.
        func rank(_ row: ValveRow) -> UInt8 { result.network.valves[row.valve].level?.rawValue ?? .max }
        let rows = all.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
            .prefix(Self.settingLimit).map(\.element)
        page.filter(of: "settings", prompt: texts(PageText.filter))
        page.table(
            [
                texts(FigureText.valve), texts(PageText.product), texts(FigureText.previousSetting), texts(FigureText.setting),
                texts(FigureText.changed), texts(FigureText.designFlow), texts(FigureText.predictedFlow),
                texts(FigureText.pressureLoss), texts(FigureText.authority), texts(FigureText.note),
            ], rows.map(settingRow), numbers: 2..<9, name: "settings")
        page.note(
            rows.count == all.count
                ? texts(PageText.settingsNote)
                : texts(PageText.settingsLimited, DisplayNumber.count(rows.count), DisplayNumber.count(all.count)))
    }

    private func settingRow(_ row: ValveRow) -> [String] {
        let valve = result.network.valves[row.valve]
        let model = valve.model.map { result.network.valveModels[$0] }
        // Without a catalogue there is no setting to turn to: the Kv stands in its place.
        let setting = row.settingLabel.isEmpty ? "Kv \(DisplayNumber.fixed(row.kv.cubicMetresPerHour, 2))" : row.settingLabel
        let previous = row.previousSetting.map { model?.label(for: $0) ?? DisplayNumber.fixed($0, 2) } ?? DisplayNumber.none
        return [
            result.network.links[valve.link].id.text, model.map { "\($0.family) DN\($0.nominalSize)" } ?? DisplayNumber.none,
            previous, setting, row.isChanged ? texts(FigureText.yes) : texts(FigureText.no),
            DisplayNumber.fixed(row.designVolumeFlow.cubicMetresPerHour, 3),
            DisplayNumber.fixed(row.predictedVolumeFlow.cubicMetresPerHour, 3), DisplayNumber.fixed(row.pressureLoss.kilopascals, 1),
            DisplayNumber.fixed(row.authority ?? .nan, 2), row.notes.map { $0.text(in: texts.language) }.joined(separator: "; "),
        ]
    }

    func addChecks(to page: inout Page) {
        page.section(texts(PageText.checks))
        let residuals = summary.residuals
        let energy = result.outcome.energy
        page.table(
            ["", ""],
            [
                [texts(FigureText.massResidual), DisplayNumber.scientific(residuals.mass) + " kg/s"],
                [texts(FigureText.loopResidual), DisplayNumber.scientific(residuals.loop) + " Pa"],
                [texts(FigureText.energyResidual), DisplayNumber.scientific(residuals.energy) + " W"],
                [texts(PageText.heatGiven), DisplayNumber.power(energy.sources)],
                [texts(PageText.heatToDwellings), DisplayNumber.power(energy.dwellings)],
                [texts(PageText.heatToLoads), DisplayNumber.power(energy.loads)],
                [texts(PageText.heatLost), DisplayNumber.power(energy.losses)],
            ])
        page.note(texts(PageText.checksNote))
        page.section(texts(PageText.warnings))
        guard !result.warnings.isEmpty else { return page.paragraph(texts(PageText.warningsNone)) }
        page.table(
            [texts(FigureText.element), texts(PageText.warning), texts(FigureText.remedy)],
            result.warnings.prefix(Self.warningLimit).map {
                [$0.element?.id.text ?? "", $0.message(in: texts.language), $0.remedy(in: texts.language)]
            }, numbers: 0..<0)
        let more = result.warnings.count - Self.warningLimit
        if more > 0 { page.note(texts(PageText.warningsMore, DisplayNumber.count(more))) }
    }

    func addInputs(to page: inout Page) {
        page.section(texts(PageText.inputs))
        page.table(
            [texts(PageText.file), texts(PageText.digest)], result.input.files.map { [$0.path, $0.sha256] }, numbers: 0..<0,
            style: "hash")
        page.section(texts(PageText.assumptions))
        guard !result.input.assumptions.isEmpty else { return page.paragraph(texts(PageText.assumptionsNone)) }
        page.table(
            [texts(PageText.assumption), texts(PageText.value), texts(PageText.usedFor), texts(PageText.reason)],
            result.input.assumptions.map {
                let unit = $0.value.unit.isEmpty ? "" : " " + $0.value.unit
                return [
                    $0.value.name, $0.value.value + unit, DisplayNumber.count($0.count),
                    $0.value.documentation.text(in: texts.language),
                ]
            }, numbers: 1..<3)
        page.note(texts(PageText.assumptionsNote))
    }
}
