import Balancing
import NetworkModel

/// The figures a chief engineer asks for first, before and after.
struct HeadlineSection: ReportSection {
    private let report: ReportPage

    init?(_ report: ReportPage) { self.report = report }

    func write(to page: inout Page) {
        page.section("headline", Phrase(PageText.headline))
        addCards(to: &page)
        addTable(to: &page)
        page.note(Phrase(PageText.headlineNote))
        if hasRooms { page.note(Phrase(PageText.imbalanceNote)) }
    }

    private struct Figure {
        var name: Phrase
        var value: (StateFigures, Texts) -> String
    }

    private var target: Double { report.result.network.conditions.room.celsius }
    private var hasRooms: Bool { !report.result.network.dwellings.isEmpty }

    private func figure(_ name: FigureText, _ value: @escaping (StateFigures, Texts) -> String) -> Figure {
        Figure(name: Phrase { $0(name, $0.celsius(target)) }, value: value)
    }

    private func addCards(to page: inout Page) {
        var figures: [Figure] = []
        if hasRooms {
            figures += [
                figure(.shareAtTarget) { $1.percent($0.rooms.shareAtTarget) }, figure(.coldest) { $1.celsius($0.rooms.lowest) },
                figure(.horizontalImbalance) { $1.percent($0.imbalance.horizontal.variation) },
            ]
        }
        figures += [
            figure(.pumpPower) { $1.power($0.pumpPower) }, figure(.returnTemperature) { $1.celsius($0.sourceReturn) },
        ]
        var html = "<ul class=\"cards\">"
        for figure in figures {
            let after = Phrase { figure.value(report.summary.after, $0) }
            html += "<li>" + page.element("span", figure.name) + page.element("strong", after)
            if let before = report.summary.before {
                html += page.element("em", Phrase { $0(PageText.cardBefore, figure.value(before, $0)) })
            }
            html += "</li>"
        }
        let valves = report.recommendation.schedule.valves
        let changed = valves.count { $0.isChanged }
        html += "<li>" + page.element("span", Phrase(PageText.visits)) + page.element("strong", Phrase(plain: DisplayNumber.count(changed)))
        html += page.element("em", Phrase { $0(PageText.cardVisits, DisplayNumber.count(valves.count), DisplayNumber.count(buildings)) })
        page.add(html: html + "</li></ul>")
    }

    /// Buildings in which a valve is to be turned.
    private var buildings: Int {
        let network = report.result.network
        var isVisited = [Bool](repeating: false, count: network.buildings.count)
        for row in report.recommendation.schedule.valves where row.isChanged {
            let part = network.valves[row.valve].serves
            if let building = part.building ?? part.dwelling.map({ network.dwellings[$0].building }) { isVisited[building.position] = true }
        }
        return isVisited.count { $0 }
    }

    private func addTable(to page: inout Page) {
        var figures: [Figure] = []
        if hasRooms {
            figures += [
                figure(.shareAtTarget) { $1.percent($0.rooms.shareAtTarget) }, figure(.coldest) { $1.celsius($0.rooms.lowest) },
                figure(.secondPercentile) { $1.celsius($0.rooms.secondPercentile) }, figure(.meanRoom) { $1.celsius($0.rooms.mean) },
                figure(.hottest) { $1.celsius($0.rooms.highest) },
                figure(.horizontalImbalance) { $1.percent($0.imbalance.horizontal.variation) },
                figure(.verticalImbalance) { $1.percent($0.imbalance.vertical.variation) },
                figure(.flowOfFloors) { state, _ in
                    [state.imbalance.lowFloors.mean, state.imbalance.topFloors.mean].map { DisplayNumber.fixed($0, 2) }.joined(separator: " / ")
                },
                figure(.flowAtEnd) { state, _ in DisplayNumber.fixed(state.imbalance.networkEnd.mean, 2) },
            ]
        }
        figures += [
            figure(.sourceHeat) { $1.power($0.sourceHeat) }, figure(.returnTemperature) { $1.celsius($0.sourceReturn) },
            figure(.pumpPower) { $1.power($0.pumpPower) },
        ]
        var rows = figures.map { figure in
            [
                figure.name,
                report.summary.before.map { before in Phrase { figure.value(before, $0) } } ?? Phrase(plain: DisplayNumber.none),
                Phrase { figure.value(report.summary.after, $0) },
            ]
        }
        if let limit = report.result.network.sourceHeatLimit {
            let text = Phrase { $0.power(limit) }
            rows.append([Phrase(FigureText.sourceHeatLimit), text, text])
        }
        page.table(
            [Phrase(plain: ""), Phrase(FigureText.before), Phrase(FigureText.after)], rows, attributes: " class=\"headline\"")
    }
}
