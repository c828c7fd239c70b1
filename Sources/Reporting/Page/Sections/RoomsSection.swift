import NetworkModel

/// Room temperatures before and after: of all dwellings, and zone by zone.
struct RoomsSection: ReportSection {
    private let report: ReportPage
    private let whole: RoomDistribution

    /// Most zones with a picture of their own.
    private static let zoneLimit = 24

    init?(_ report: ReportPage) {
        whole = RoomDistribution(before: report.recommendation.before?.room, after: report.result.outcome.room, in: report.result.network)
        guard whole.greatest > 0 else { return nil }
        self.report = report
    }

    func write(to page: inout Page) {
        page.section("rooms", Phrase(PageText.distribution), short: Phrase(PageText.distributionShort))
        page.legend(
            (whole.before == nil ? [] : [(Palette.before, Phrase(FigureText.before))]) + [(Palette.after, Phrase(FigureText.after))])
        page.figure(whole.drawing(label: Phrase(PageText.distributionLabel), language: report.language))
        page.note(Phrase(PageText.distributionNote))
        let network = report.result.network
        let members = AreaFigures.zoneMembers(of: network)
        guard network.zones.count > 1, network.zones.count <= Self.zoneLimit else { return }
        page.add(html: "<div class=\"small\">")
        for (position, zone) in network.zones.enumerated() {
            let distribution = RoomDistribution(
                before: report.recommendation.before?.room, after: report.result.outcome.room, in: network, members: members[position],
                bins: whole.bins)
            guard distribution.greatest > 0 else { continue }
            page.add(html: "<div>" + page.element("h3", Phrase { $0(PageText.zoneTitle, zone.name) }))
            page.figure(
                distribution.drawing(
                    label: Phrase { "\($0(PageText.distributionLabel)): \(zone.name)" }, language: report.language, isSmall: true))
            page.add(html: "</div>")
        }
        page.add(html: "</div>")
    }
}
