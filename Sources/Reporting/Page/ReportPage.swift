import Balancing
import Heating
import NetworkModel

/// `report.html`: the district on one page, for a chief engineer on a screen, a phone or paper.
public struct ReportPage: Sendable {
    let result: RunResult
    let summary: Summary
    let recommendation: Recommendation
    let texts: Texts

    /// The report of a `balance` run; nil for a run without a recommendation.
    public init?(_ result: RunResult, summary: Summary, texts: Texts) {
        guard let recommendation = result.recommendation else { return nil }
        self.result = result
        self.summary = summary
        self.recommendation = recommendation
        self.texts = texts
    }

    /// The whole page; it asks for nothing from anywhere.
    public var html: String {
        let name = result.network.title.isEmpty ? result.input.path : result.network.title
        let title = texts(PageText.pageTitle, name)
        var page = Page(title: title, language: texts.language == .chinese ? "zh-Hans" : "en")
        page.heading(title, subtitle: subtitle)
        addHeadline(to: &page)
        addZones(to: &page)
        addRooms(to: &page)
        addMap(to: &page)
        addSection(to: &page)
        if !result.network.dwellings.isEmpty { addBottlenecks(to: &page) }
        addSettings(to: &page)
        addChecks(to: &page)
        addInputs(to: &page)
        page.add(html: "<footer>\(Markup.escaped(texts(PageText.footer, result.tool)))</footer>")
        return page.html
    }

    private var subtitle: String {
        let counts = summary.counts
        return texts(
            PageText.subtitle, DisplayNumber.count(counts.buildings), DisplayNumber.count(counts.dwellings),
            DisplayNumber.count(counts.openDwellings), DisplayNumber.percent(Double(counts.openDwellings) / Double(counts.dwellings)),
            DisplayNumber.celsius(result.outcome.weather.outdoor.celsius),
            DisplayNumber.celsius(result.network.conditions.room.celsius))
    }

    private func addHeadline(to page: inout Page) {
        page.section(texts(PageText.headline))
        let before = summary.before
        func row(_ name: String, _ value: (StateFigures) -> String) -> [String] {
            [name, before.map(value) ?? DisplayNumber.none, value(summary.after)]
        }
        let target = DisplayNumber.celsius(result.network.conditions.room.celsius)
        var rows = [
            row(texts(FigureText.shareAtTarget, target)) { DisplayNumber.percent($0.rooms.shareAtTarget) },
            row(texts(FigureText.coldest)) { DisplayNumber.celsius($0.rooms.lowest) },
            row(texts(FigureText.secondPercentile)) { DisplayNumber.celsius($0.rooms.secondPercentile) },
            row(texts(FigureText.meanRoom)) { DisplayNumber.celsius($0.rooms.mean) },
            row(texts(FigureText.hottest)) { DisplayNumber.celsius($0.rooms.highest) },
            row(texts(FigureText.horizontalImbalance)) { DisplayNumber.percent($0.imbalance.horizontal.variation) },
            row(texts(FigureText.verticalImbalance)) { DisplayNumber.percent($0.imbalance.vertical.variation) },
            row(texts(FigureText.sourceHeat)) { DisplayNumber.power($0.sourceHeat) },
            row(texts(FigureText.returnTemperature)) { DisplayNumber.celsius($0.sourceReturn) },
            row(texts(FigureText.pumpPower)) { DisplayNumber.power($0.pumpPower) },
        ]
        if let limit = result.network.sourceHeatLimit {
            rows.insert([texts(FigureText.sourceHeatLimit), DisplayNumber.power(limit), DisplayNumber.power(limit)], at: 8)
        }
        let changed = recommendation.schedule.valves.count { $0.isChanged }
        rows.append([texts(PageText.visits), DisplayNumber.none, DisplayNumber.count(changed)])
        page.table(["", texts(FigureText.before), texts(FigureText.after)], rows, style: "headline")
        page.note(texts(PageText.headlineNote))
        page.note(texts(PageText.imbalanceNote))
    }

    private func addZones(to page: inout Page) {
        let zones = AreaFigures.zones(of: result)
        guard !zones.isEmpty else { return }
        page.section(texts(PageText.zones))
        let points = zones.map { TiltChart.Point(name: $0.name, openRate: $0.summary.openRate ?? .nan, tilt: $0.summary.tilt ?? .nan) }
        if let chart = TiltChart(points, texts: texts) { page.figure(chart.svg) }
        page.table(
            [
                texts(FigureText.zone), texts(FigureText.openRate), texts(FigureText.tilt), texts(FigureText.coldest),
                texts(FigureText.meanRoom), texts(FigureText.atTarget), texts(FigureText.limitedBy),
            ],
            zones.prefix(200).map { zone in
                [
                    zone.name, DisplayNumber.percent(zone.summary.openRate ?? .nan), DisplayNumber.fixed(zone.summary.tilt ?? .nan, 2),
                    DisplayNumber.celsius(zone.rooms.lowest), DisplayNumber.celsius(zone.rooms.mean),
                    DisplayNumber.percent(zone.rooms.shareAtTarget), texts(LimitText(zone.summary.bottleneck)),
                ]
            }, numbers: 1..<6)
        page.note(texts(PageText.tiltNote))
    }

    private func addRooms(to page: inout Page) {
        let distribution = RoomDistribution(
            before: recommendation.before?.room, after: result.outcome.room, in: result.network, texts: texts)
        guard distribution.greatest > 0 else { return }
        page.section(texts(PageText.distribution))
        page.legend([(Palette.before, texts(FigureText.before)), (Palette.after, texts(FigureText.after))])
        page.figure(distribution.svg)
        page.note(texts(PageText.distributionNote))
    }

    private func addMap(to page: inout Page) {
        page.section(texts(PageText.map))
        guard let map = NetworkMap(of: result.network, room: result.outcome.room, texts: texts) else {
            return page.paragraph(texts(PageText.mapMissing))
        }
        addRoomLegend(to: &page)
        page.figure(map.svg)
        page.note(texts(PageText.mapNote))
    }

    private func addSection(to page: inout Page) {
        guard let building = BuildingSection.worstBuilding(in: result.network, room: result.outcome.room) else { return }
        page.section(texts(PageText.section, building.id.text))
        addRoomLegend(to: &page)
        page.figure(BuildingSection(of: building, in: result.network, room: result.outcome.room, texts: texts).svg, style: "section")
        page.note(texts(PageText.sectionNote))
    }

    private func addRoomLegend(to page: inout Page) {
        let promised = result.network.conditions.room.celsius
        var entries: [(String, String)] = []
        var lower: Double?
        for band in Palette.roomBands {
            let from = lower.map { DisplayNumber.fixed(promised + $0, 0) }
            let name =
                switch (from, band.upTo.isFinite) {
                case (nil, _): "< \(DisplayNumber.fixed(promised + band.upTo, 0)) °C"
                case (let from?, true): "\(from)–\(DisplayNumber.fixed(promised + band.upTo, 0)) °C"
                case (let from?, false): "≥ \(from) °C"
                }
            entries.append((band.colour, name))
            lower = band.upTo
        }
        page.legend(entries)
    }
}
