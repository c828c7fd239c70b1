import NetworkModel

/// Zones: how the allocation tilts flow towards those with few open valves.
struct ZonesSection: ReportSection {
    private let report: ReportPage
    private let zones: [AreaFigures]

    /// Most zones in the table.
    private static let limit = 200

    init?(_ report: ReportPage) {
        zones = AreaFigures.zones(of: report.result)
        guard !zones.isEmpty else { return nil }
        self.report = report
    }

    func write(to page: inout Page) {
        page.section("zones", Phrase(PageText.zones))
        let points = zones.map { TiltChart.Point(name: $0.name, openRate: $0.summary.openRate ?? .nan, tilt: $0.summary.tilt ?? .nan) }
        if let chart = TiltChart(points) { page.figure(chart.drawing(report.language)) }
        page.table(
            [.zone, .openRate, .tilt, .coldest, .meanRoom, .atTarget, .limitedBy].map { (text: FigureText) in Phrase(text) },
            zones.prefix(Self.limit).map { zone in
                [
                    Phrase(plain: zone.name), Phrase { $0.percent(zone.summary.openRate ?? .nan) },
                    Phrase(plain: DisplayNumber.fixed(zone.summary.tilt ?? .nan, 2)), Phrase { $0.celsius(zone.rooms.lowest) },
                    Phrase { $0.celsius(zone.rooms.mean) }, Phrase { $0.percent(zone.rooms.shareAtTarget) },
                    Phrase(LimitText(zone.summary.bottleneck)),
                ]
            }, numbers: 1..<6)
        page.note(Phrase(PageText.tiltNote))
    }
}
