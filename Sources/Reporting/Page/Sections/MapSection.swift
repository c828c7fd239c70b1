import Heating
import NetworkModel

/// The map with its choices: circuit, state, what the colours say, search.
struct MapSection: ReportSection {
    private let report: ReportPage
    private let map: NetworkMap

    init?(_ report: ReportPage) {
        guard let map = NetworkMap(of: report.result.network, room: report.result.outcome.room, language: report.language) else { return nil }
        self.report = report
        self.map = map
    }

    /// What the colours of the map can say.
    private static let modes: [(value: String, name: PageText)] = [
        ("room", .modeRoom), ("imbalance", .modeImbalance), ("velocity", .modeVelocity), ("water", .modeWater), ("change", .modeChange),
    ]

    func write(to page: inout Page) {
        page.section("map", Phrase(PageText.map))
        // Without buildings there are no rooms and no degrees of flow to show.
        let hasRooms = !report.result.network.dwellings.isEmpty
        let modes = Self.modes.filter {
            hasRooms || ($0.value != "room" && $0.value != "imbalance")
        }.filter { $0.value != "change" || report.recommendation.before != nil }
        page.add(
            html: "<div class=\"controls\">"
                + page.select("mapmode", label: Phrase(PageText.modeChoice), modes.map { ($0.value, Phrase($0.name)) })
                + report.stateChoice("mapstate", in: page) + page.select("mapcircuit", label: Phrase(PageText.circuitChoice), circuits)
                + search(page)
                + "<span>"
                + [("mapin", "+", PageText.zoomIn), ("mapout", "−", .zoomOut), ("mapall", "⤢", .zoomAll)].map {
                    "<button id=\"\($0.0)\" type=\"button\"\(page.label(Phrase($0.2)))>\($0.1)</button> "
                }.joined() + "</span></div>")
        if hasRooms { report.addRoomLegend(to: &page, name: .legendRoom, attributes: " data-modes=\"room\"") }
        let hidden = " hidden data-modes="
        page.legend(Palette.imbalance, name: Phrase(PageText.legendImbalance), unit: "", decimals: 1, attributes: hidden + "\"imbalance\"")
        page.legend(Palette.velocity, name: Phrase(PageText.legendVelocity), unit: "m/s", decimals: 1, attributes: hidden + "\"velocity\"")
        page.legend(Palette.water, name: Phrase(PageText.legendWater), unit: "°C", decimals: 0, attributes: hidden + "\"water\"")
        page.legend(
            Palette.roomChange, name: Phrase(PageText.legendRoomChange), unit: "K", decimals: 1, attributes: hidden + "\"change\"")
        page.legend(
            Palette.flowChange, name: Phrase(PageText.legendFlowChange), unit: "", decimals: 2, attributes: hidden + "\"change\"")
        // The picture itself takes the keyboard.
        page.figure(svg: map.drawing.svg(attributes: " tabindex=\"0\""), attributes: " id=\"mapfigure\"")
        page.note(Phrase(map.isSurveyed ? PageText.mapNote : .mapSchematicNote))
        page.note(Phrase(PageText.mapKeys))
        addData(to: &page)
    }

    private var circuits: [(value: String, name: Phrase)] {
        let primaries = map.circuits.indices.filter { map.circuits[$0] == nil }
        var choices: [(value: String, name: Phrase)] = [("", Phrase(PageText.circuitAll))]
        // A part without a source or exchanger, such as a sleeping branch, is no circuit to choose.
        for position in primaries.prefix(1) { choices.append((String(position), Phrase(PageText.circuitPrimary))) }
        for (position, substation) in map.circuits.enumerated() {
            guard let substation else { continue }
            let id = report.result.network.substations[substation].id.text
            choices.append((String(position), Phrase { $0(PageText.circuitSecondary, id) }))
        }
        return choices
    }

    private func search(_ page: Page) -> String {
        let prompt = Phrase(PageText.searchPrompt)
        let ids = map.buildings.map { report.result.network.buildings[$0].id.text } + map.substations.map { report.result.network.substations[$0].id.text }
        return "<input type=\"search\" id=\"mapsearch\" list=\"mapids\" placeholder=\"\(Markup.escaped(prompt.text(in: page.language)))\""
            + prompt.attribute("data-op", in: page.language) + page.label(prompt) + "><datalist id=\"mapids\">"
            + ids.map { "<option value=\"\(Markup.escaped($0))\"></option>" }.joined() + "</datalist>"
    }

    private func addData(to page: inout Page) {
        let network = report.result.network
        let (before, after) = (report.recommendation.before, report.result.outcome)
        page.data("mb") { $0.list(map.buildings) { $1.count($0.position) } }
        page.data("p") { data in
            data.list(map.pipes) { index, data in
                let pipe = network.pipes[index]
                let (link, at) = (network.links[pipe.link], pipe.link.position)
                let bore = .pi / 4 * pipe.innerDiameter.metres * pipe.innerDiameter.metres
                func velocity(_ outcome: Outcome?) -> Double { outcome.map { ($0.massFlow[at] / $0.density[at] / bore).magnitude } ?? .nan }
                data.list([0]) { _, data in
                    data.string(link.id.text)
                    for (value, decimals) in [
                        (pipe.innerDiameter.millimetres, 0), (pipe.length.metres, 0), (velocity(before), 3), (velocity(after), 3),
                        ((after.pressureLoss[at] / max(pipe.length.metres, 0.1)).magnitude, 0),
                        (after.temperature[(after.massFlow[at] < 0 ? link.to : link.from).position], 1),
                    ] { data.next(value, decimals) }
                }
            }
        }
        page.data("s") { data in
            data.list(map.substations) { index, data in
                let (now, then) = (after.substations[index.position], before?.substations[index.position])
                data.list([0]) { _, data in
                    data.string(network.substations[index].id.text)
                    for (value, decimals) in [
                        ((then?.heat ?? .nan) / 1000, 0), (now.heat / 1000, 0), ((then?.primaryFlow ?? .nan) * 3.6, 1),
                        (now.primaryFlow * 3.6, 1), (now.secondarySupply, 1), (now.secondaryReturn, 1),
                    ] { data.next(value, decimals) }
                }
            }
        }
    }
}
