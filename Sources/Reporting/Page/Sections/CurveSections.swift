import NetworkModel

/// How many visits bring how many dwellings to their target.
struct VisitsSection: ReportSection {
    private let report: ReportPage
    private let points: [ReportCurves.VisitPoint]

    init?(_ report: ReportPage) {
        points = report.result.curves.visits
        guard points.count > 1 else { return nil }
        self.report = report
    }

    func write(to page: inout Page) {
        page.section("visits", Phrase(PageText.visitsCurve))
        page.figure(
            LineChart(
                curves: [
                    LineChart.Curve(
                        name: Phrase(FigureText.atTarget), points: points.map { (Double($0.visits), $0.shareAtTarget * 100) },
                        colour: Palette.after)
                ], x: Phrase(PageText.visitsAxis), y: Phrase(PageText.shareAxis), label: Phrase(PageText.visitsCurve)
            ).drawing(report.language))
        page.table(
            [Phrase(PageText.visitsAxis), Phrase(FigureText.atTarget), Phrase(FigureText.coldest)],
            points.map { point in
                [Phrase(plain: DisplayNumber.count(point.visits)), Phrase { $0.percent(point.shareAtTarget) }, Phrase { $0.celsius(point.coldest) }]
            }, numbers: 0..<3)
        page.note(Phrase(PageText.visitsNote))
    }
}

/// What other ways of sharing the heat would reach, and the curve between the coldest dwelling and the share at target.
struct TradeOffSection: ReportSection {
    private let report: ReportPage
    private let curves: ReportCurves

    init?(_ report: ReportPage) {
        curves = report.result.curves
        guard curves.tradeOff.count > 1 || curves.policies.count > 1 else { return nil }
        self.report = report
    }

    func write(to page: inout Page) {
        page.section("policies", Phrase(PageText.tradeOff))
        let line = LineChart.Curve(
            name: Phrase(PageText.tradeOffCurve), points: curves.tradeOff.map { ($0.coldest, $0.shareAtTarget * 100) }, colour: Palette.before)
        page.figure(
            LineChart(
                curves: curves.tradeOff.count > 1 ? [line] : [], x: Phrase(PageText.coldestAxis), y: Phrase(PageText.shareAxis),
                label: Phrase(PageText.tradeOff), dots: curves.policies.map { ($0.coldest, $0.shareAtTarget * 100, Phrase(plain: $0.policy)) }
            ).drawing(report.language))
        page.table(
            [Phrase(PageText.policy), Phrase(FigureText.atTarget), Phrase(PageText.coldestAxis)],
            (curves.policies.isEmpty ? curves.tradeOff : curves.policies).map { point in
                [Phrase(plain: point.policy), Phrase { $0.percent(point.shareAtTarget) }, Phrase { $0.celsius(point.coldest) }]
            })
        page.note(Phrase(PageText.tradeOffNote))
    }
}
