import Balancing
import Heating
import NetworkModel

/// `report.html`: the district on one page, for a chief engineer on a screen, a phone or paper.
public struct ReportPage: Sendable {
    let result: RunResult
    let summary: Summary
    let recommendation: Recommendation
    let language: Language

    /// The report of a `balance` run; nil for a run without a recommendation.
    public init?(_ result: RunResult, summary: Summary, texts: Texts) {
        guard let recommendation = result.recommendation else { return nil }
        self.result = result
        self.summary = summary
        self.recommendation = recommendation
        language = texts.language
    }

    /// The sections in their order; each leaves itself out where its data are missing.
    private static var sections: [any ReportSection.Type] {
        [
            HeadlineSection.self, MapSection.self, PressureSection.self, BuildingsSection.self, RoomsSection.self, ZonesSection.self,
            BottlenecksSection.self, CasesSection.self, RobustnessSection.self, VisitsSection.self, TradeOffSection.self,
            HeatingCurveSection.self, SettingsSection.self, ChecksSection.self, InputsSection.self,
        ]
    }

    /// The whole page; it asks for nothing from anywhere.
    ///
    /// - Complexity: O(links + dwellings · depth), see ``PressureChoices``.
    public var html: String {
        let name = result.network.title.isEmpty ? result.input.path : result.network.title
        let title = Phrase { $0(PageText.pageTitle, name) }
        var page = Page(title: title, language: language)
        page.heading(title, subtitle: subtitle)
        addSharedData(to: &page)
        addBuildings(to: &page)
        for section in Self.sections { section.init(self)?.write(to: &page) }
        page.add(html: page.element("footer", Phrase { $0(PageText.footer, result.tool) }))
        return page.html(style: PageStyle.report, script: PageScript.report)
    }

    private var subtitle: Phrase {
        let counts = summary.counts
        guard counts.dwellings > 0 else {
            return Phrase {
                $0(
                    PageText.subtitleNoDwellings, DisplayNumber.count(counts.nodes), DisplayNumber.count(counts.pipes),
                    $0.celsius(result.outcome.weather.outdoor.celsius))
            }
        }
        return Phrase {
            $0(
                PageText.subtitle, DisplayNumber.count(counts.buildings), DisplayNumber.count(counts.dwellings),
                DisplayNumber.count(counts.openDwellings), $0.percent(Double(counts.openDwellings) / Double(counts.dwellings)),
                $0.celsius(result.outcome.weather.outdoor.celsius), $0.celsius(result.network.conditions.room.celsius))
        }
    }

    /// What several parts of the script need: words, names, scales.
    private func addSharedData(to page: inout Page) {
        page.data("before") { $0.count(recommendation.before == nil ? 0 : 1) }
        page.data("none") { $0.string(Palette.noWater) }
        page.data("zones") { $0.list(result.network.zones) { $1.string($0.name) } }
        page.data("subs") { $0.list(result.network.substations) { $1.string($0.id.text) } }
        page.data("t") { data in
            data.object(ScriptText.allCases.map { text in (text.rawValue, { $0.phrase(Phrase(text)) }) })
        }
        let scales: [(String, Palette.Scale)] = [
            ("room", Palette.rooms(promised: result.network.conditions.room.celsius)), ("imbalance", Palette.imbalance),
            ("velocity", Palette.velocity), ("water", Palette.water), ("roomChange", Palette.roomChange),
            ("flowChange", Palette.flowChange),
        ]
        page.data("scales") { data in
            data.object(
                scales.map { name, scale in
                    (
                        name,
                        {
                            $0.object([
                                ("e", { $0.list(scale.edges) { $1.number($0, 2) } }), ("c", { $0.list(scale.colours) { $1.string($0) } }),
                            ])
                        }
                    )
                })
        }
    }
}

/// A part of the report that knows whether it has anything to show.
protocol ReportSection {
    /// The section of a report; nil where its data are missing.
    init?(_ report: ReportPage)
    /// Writes itself.
    func write(to page: inout Page)
}

extension ReportPage {
    /// The legend of room temperatures around the promise.
    func addRoomLegend(to page: inout Page, name: PageText, attributes: String = "") {
        let promised = result.network.conditions.room.celsius
        var scale = Palette.rooms(promised: promised)
        scale.edges = Palette.roomEdges.map { promised + $0 }
        page.legend(scale, name: Phrase(name), unit: "°C", decimals: 0, attributes: attributes)
    }

    /// One row a building for map, search and sections: id, zone, substation, dwellings open and all, mean and coldest room and
    /// degree of flow before and after.
    func addBuildings(to page: inout Page) {
        let network = result.network
        let (before, after) = (recommendation.before?.room, result.outcome.room)
        let (degreeBefore, degree) = (summary.before?.imbalance.building, summary.after.imbalance.building)
        page.data("b") { data in
            data.list(network.buildings.indices) { position, data in
                let building = network.buildings[position]
                let members = network.homes(of: building).map { DwellingIndex($0) }
                let now = RoomSummary(of: after, in: network, members: members)
                let then = before.map { RoomSummary(of: $0, in: network, members: members) }
                data.list([0]) { _, data in
                    data.string(building.id.text)
                    for count in [
                        building.zone.position, building.substation?.position ?? -1,
                        members.count { network.dwellings[$0].state == .open }, members.count,
                    ] { data.next(Double(count), 0) }
                    for (value, decimals) in [
                        (then?.mean ?? .nan, 1), (now.mean, 1), (then?.lowest ?? .nan, 1), (now.lowest, 1),
                        (degreeBefore?[position] ?? .nan, 2), (degree[position], 2),
                    ] { data.next(value, decimals) }
                }
            }
        }
    }

    /// A switch between today's settings and the recommended ones; empty where there is only one state.
    func stateChoice(_ name: String, in page: Page) -> String {
        guard recommendation.before != nil else { return "" }
        return page.select(
            name, label: Phrase(PageText.stateChoice),
            [("1", Phrase(FigureText.recommended)), ("0", Phrase(FigureText.today))])
    }
}
