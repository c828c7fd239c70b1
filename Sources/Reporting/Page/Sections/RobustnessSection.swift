import NetworkModel

/// How the settings hold when dwellings close or open, pumps slow down or it gets colder.
struct RobustnessSection: ReportSection {
    private let figures: RobustnessFigures

    init?(_ report: ReportPage) {
        guard let figures = RobustnessFigures(report.recommendation.proof?.robustness) else { return nil }
        self.figures = figures
    }

    func write(to page: inout Page) {
        page.section("robustness", Phrase(FigureText.robustness))
        page.table(
            RobustnessFigures.headings.map { Phrase($0) },
            figures.rows.map { row in
                [Phrase(row.event)] + RobustnessFigures.headings.dropFirst().indices.map { column in Phrase { row.cells($0)[column - 1] } }
            }, numbers: 1..<RobustnessFigures.headings.count)
    }
}
