import NetworkModel

/// Residuals of the independent check, where the heat goes, and warnings.
struct ChecksSection: ReportSection {
    private let report: ReportPage
    private static let limit = 50

    init?(_ report: ReportPage) { self.report = report }

    func write(to page: inout Page) {
        page.section("checks", Phrase(PageText.checks))
        let residuals = report.summary.residuals
        let energy = report.result.outcome.energy
        func row(_ name: Phrase, _ value: String) -> [Phrase] { [name, Phrase(plain: value)] }
        page.table(
            [Phrase(plain: ""), Phrase(plain: "")],
            [
                row(Phrase(FigureText.massResidual), DisplayNumber.scientific(residuals.mass) + " kg/s"),
                row(Phrase(FigureText.loopResidual), DisplayNumber.scientific(residuals.loop) + " Pa"),
                row(Phrase(FigureText.energyResidual), DisplayNumber.scientific(residuals.energy) + " W"),
                row(Phrase(PageText.heatGiven), DisplayNumber.power(energy.sources)),
                row(Phrase(PageText.heatToDwellings), DisplayNumber.power(energy.dwellings)),
                row(Phrase(PageText.heatToLoads), DisplayNumber.power(energy.loads)),
                row(Phrase(PageText.heatLost), DisplayNumber.power(energy.losses)),
            ])
        page.note(Phrase(PageText.checksNote))
        page.add(html: page.element("h3", Phrase(PageText.warnings)))
        let warnings = report.result.warnings
        guard !warnings.isEmpty else { return page.paragraph(Phrase(PageText.warningsNone)) }
        page.table(
            [Phrase(FigureText.element), Phrase(PageText.warning), Phrase(FigureText.remedy)],
            warnings.prefix(Self.limit).map { warning in
                [
                    Phrase(plain: warning.element?.id.text ?? ""), Phrase { warning.message(in: $0.language) },
                    Phrase { warning.remedy(in: $0.language) },
                ]
            }, numbers: 0..<0)
        let more = warnings.count - Self.limit
        if more > 0 { page.note(Phrase { $0(PageText.warningsMore, DisplayNumber.count(more)) }) }
    }
}
