import Balancing
import NetworkModel

/// The settings of all valves: a table to filter and sort.
struct SettingsSection: ReportSection {
    private let report: ReportPage
    /// The rows carried, valves higher up in the network first.
    private let rows: [ValveRow]

    /// Most valves that a page carries; beyond, those of dwellings are left to `valves.csv`.
    static let limit = 12_000
    /// Rows that stand in the document; the script shows the others.
    private static let written = 100

    init?(_ report: ReportPage) {
        self.report = report
        let network = report.result.network
        func rank(_ row: ValveRow) -> UInt8 { network.valves[row.valve].level?.rawValue ?? .max }
        // Stable by the position in the network.
        rows = report.recommendation.schedule.valves.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
            .prefix(Self.limit).map(\.element)
    }

    private static let columns: [Phrase] = [
        Phrase(FigureText.valve), Phrase(PageText.product), Phrase(FigureText.previousSetting), Phrase(FigureText.setting),
        Phrase(FigureText.changed), Phrase(FigureText.designFlow), Phrase(FigureText.predictedFlow), Phrase(FigureText.pressureLoss),
        Phrase(FigureText.authority), Phrase(FigureText.note),
    ]
    private static let numbers = 2..<9

    func write(to page: inout Page) {
        page.section("settings-section", Phrase(PageText.settings))
        guard !rows.isEmpty else { return page.paragraph(Phrase(PageText.settingsNone)) }
        let prompt = Phrase(PageText.filter)
        page.add(
            html: "<div class=\"controls\"><input type=\"search\" id=\"settingsfilter\" placeholder=\"\(Markup.escaped(prompt.text(in: page.language)))\""
                + prompt.attribute("data-op", in: page.language) + page.label(prompt)
                + "><label><input type=\"checkbox\" id=\"settingsturn\"> \(page.html(Phrase(PageText.onlyChanged)))</label>"
                + "<span id=\"settingscount\" role=\"status\"></span></div>")
        var html = "<div class=\"scroll\" tabindex=\"0\"><table id=\"settings\"><thead><tr>"
        for (column, name) in Self.columns.enumerated() {
            html += "<th\(Self.numbers.contains(column) ? " class=\"n\"" : "")>" + page.element("button", " type=\"button\"", name) + "</th>"
        }
        html += "</tr></thead><tbody>\n"
        for row in rows.prefix(Self.written) {
            html += "<tr>"
            for (column, cell) in cells(row).enumerated() {
                html += page.element("td", Self.numbers.contains(column) ? " class=\"n\"" : "", cell)
            }
            html += "</tr>\n"
        }
        page.add(html: html + "</tbody></table></div>" + page.element("button", " id=\"settingsmore\" type=\"button\" hidden", Phrase(PageText.showMore)))
        let all = report.recommendation.schedule.valves.count
        page.note(
            rows.count == all
                ? Phrase(PageText.settingsNote)
                : Phrase { $0(PageText.settingsLimited, DisplayNumber.count(rows.count), DisplayNumber.count(all)) })
        addData(to: &page)
    }

    private func cells(_ row: ValveRow) -> [Phrase] {
        let valve = report.result.network.valves[row.valve]
        return [
            Phrase(plain: report.result.network.links[valve.link].id.text), Phrase(plain: product(of: valve) ?? DisplayNumber.none),
            Phrase(plain: previous(row) ?? DisplayNumber.none), Phrase(plain: setting(row)),
            Phrase(row.isChanged ? FigureText.yes : .no),
        ]
            + [
                (row.designVolumeFlow.cubicMetresPerHour, 3), (row.predictedVolumeFlow.cubicMetresPerHour, 3),
                (row.pressureLoss.kilopascals, 1), (row.authority ?? .nan, 2),
            ].map { Phrase(plain: DisplayNumber.fixed($0.0, $0.1)) }
            + [Phrase { texts in row.notes.map { $0.text(in: texts.language) }.joined(separator: "; ") }]
    }

    private func product(of valve: Valve) -> String? {
        valve.model.map { report.result.network.valveModels[$0] }.map { "\($0.family) DN\($0.nominalSize)" }
    }

    /// Without a catalogue there is no setting to turn to: the Kv stands in its place.
    private func setting(_ row: ValveRow) -> String {
        row.settingLabel.isEmpty ? "Kv \(DisplayNumber.fixed(row.kv.cubicMetresPerHour, 2))" : row.settingLabel
    }

    private func previous(_ row: ValveRow) -> String? {
        row.previousLabel(in: report.result.network) ?? row.previousSetting.map { DisplayNumber.fixed($0, 2) }
    }

    private func addData(to page: inout Page) {
        let network = report.result.network
        page.data("products") { $0.list(network.valveModels) { $1.string("\($0.family) DN\($0.nominalSize)") } }
        page.data("notes") { $0.list(ValveNote.allCases) { note, data in data.phrase(Phrase { note.text(in: $0.language) }) } }
        let letters = Dictionary(uniqueKeysWithValues: zip(ValveNote.allCases, "abcdefghijklmnopqrstuvwxyz".map(String.init)))
        page.data("v") { data in
            data.list(rows) { row, data in
                let valve = network.valves[row.valve]
                data.list([0]) { _, data in
                    data.string(network.links[valve.link].id.text)
                    data.next(Double(valve.model?.position ?? -1), 0)
                    data.next(text: previous(row) ?? "")
                    data.next(text: setting(row))
                    data.next(row.isChanged ? 1 : 0, 0)
                    data.next(row.designVolumeFlow.cubicMetresPerHour, 3)
                    data.next(row.predictedVolumeFlow.cubicMetresPerHour, 3)
                    data.next(row.pressureLoss.kilopascals, 1)
                    data.next(row.authority ?? .nan, 2)
                    data.next(text: row.notes.compactMap { letters[$0] }.joined())
                }
            }
        }
    }
}
