import Balancing
import NetworkFiles
import NetworkModel

/// `worksheets.html`: a printed page a building with the valves to turn in the order of the walk, with room for what was found.
///
/// First the substations, then building by building: inlet, then riser by riser from the ground up, door by door. Only
/// valves that are to be turned are listed; how many stay as they are is said.
public struct WorkSheets: Sendable {
    private let network: Network
    private let title: String
    private let digest: String
    private let tool: String
    private let outdoor: Double
    private let language: Language
    private let valves: [ValveRow]
    private let pumps: [PumpRow]
    private let cases: [CaseFigures]

    /// The sheets of a `balance` run; nil for a run without a recommendation or without a valve or pump to set.
    public init?(_ result: RunResult, texts: Texts) {
        guard let schedule = result.recommendation?.schedule, !schedule.valves.isEmpty || !schedule.pumps.isEmpty else { return nil }
        network = result.network
        title = result.network.title.isEmpty ? result.input.path : result.network.title
        digest = String(result.input.digest.prefix(12))
        tool = result.tool
        outdoor = result.outcome.weather.outdoor.celsius
        language = texts.language
        valves = schedule.valves
        pumps = schedule.pumps
        cases = result.cases
    }

    /// One sheet: a building, or the substations and pumps.
    private struct Sheet: Sendable {
        var name: String
        var heading: Phrase
        var facts: Phrase
        var rows: [ValveRow] = []
        var unchanged = 0
    }

    /// Most valves in one file: a browser opens and prints so many without a pause.
    static let partLimit = 15_000

    /// The files: `worksheets.html`, and for a city `worksheets-2.html` and so on, whole buildings each.
    ///
    /// - Complexity: O(valves · log valves).
    public var files: [OutputFile] {
        var parts: [[Sheet]] = [[]]
        var count = 0
        for sheet in sheets where !sheet.rows.isEmpty {
            if count > 0, count + sheet.rows.count > Self.partLimit {
                parts.append([])
                count = 0
            }
            parts[parts.count - 1].append(sheet)
            count += sheet.rows.count
        }
        let all = parts.count
        return parts.enumerated().map { part, sheets in
            OutputFile(name: ResultDirectory.workSheetName(part: part + 1)) { _ in Array(html(sheets, part: part + 1, of: all).utf8) }
        }
    }

    private func html(_ sheets: [Sheet], part: Int, of parts: Int) -> String {
        let heading = Phrase {
            $0(SheetText.title, title) + (parts > 1 ? $0(SheetText.part, DisplayNumber.count(part), DisplayNumber.count(parts)) : "")
        }
        var page = Page(title: heading, language: language)
        addIndex(sheets, heading, to: &page)
        if part == 1, !pumps.isEmpty { addPumps(to: &page) }
        for sheet in sheets { add(sheet, to: &page) }
        return page.html(style: Self.style, script: PageScript.languageOnly)
    }

    /// Sheets in the order of the network: plants and substations first, then the buildings.
    private var sheets: [Sheet] {
        var common = Sheet(name: "plant", heading: Phrase(SheetText.plants), facts: Phrase(SheetText.plantFacts))
        var buildings = network.buildings.enumerated().map { position, building in
            let open = building.dwellings.count { network.dwellings[$0].state == .open }
            let substation = building.substation.map { network.substations[$0].id.text }
            return Sheet(
                name: "b\(position)", heading: Phrase { $0(SheetText.building, building.id.text) },
                facts: Phrase {
                    $0(
                        SheetText.buildingFacts, network.zones[building.zone].name, substation ?? DisplayNumber.none,
                        DisplayNumber.count(open), DisplayNumber.count(network.homes(of: building).count))
                })
        }
        for row in valves {
            let part = network.valves[row.valve].serves
            let building = part.building ?? part.dwelling.map { network.dwellings[$0].building }
            if let building {
                if row.isChanged { buildings[building.position].rows.append(row) } else { buildings[building.position].unchanged += 1 }
            } else {
                if row.isChanged { common.rows.append(row) } else { common.unchanged += 1 }
            }
        }
        for position in buildings.indices { buildings[position].rows.sort { walk($0).lexicographicallyPrecedes(walk($1)) } }
        return [common] + buildings
    }

    /// Where a valve stands on the walk through its building: inlet, then riser by riser, the riser's own valve before its floors.
    private func walk(_ row: ValveRow) -> [Int] {
        let valve = network.valves[row.valve]
        let place = valve.serves.dwelling.map { network.dwellings[$0] }
        let unit = Int(place?.unit ?? valve.serves.unit ?? 0)
        return [unit, Int(place?.floor ?? -1000), Int(place?.door ?? 0), row.valve.position]
    }

    private func addIndex(_ sheets: [Sheet], _ heading: Phrase, to page: inout Page) {
        page.heading(
            heading,
            subtitle: Phrase { $0(SheetText.subtitle, $0.celsius(outdoor), digest, tool) })
        page.note(Phrase(SheetText.howTo))
        if cases.count > 1 { page.note(Phrase { $0(SheetText.casesNote, DisplayNumber.count(cases.count)) }) }
        guard !sheets.isEmpty else { return page.paragraph(Phrase(ConsoleText.valvesNone)) }
        var html = "<ol class=\"index\">"
        for sheet in sheets {
            html += "<li><a href=\"#\(sheet.name)\"\(sheet.heading.attribute(in: language))>\(Markup.escaped(sheet.heading.text(in: language)))</a> "
                + page.element("span", Phrase { $0(SheetText.turns, DisplayNumber.count(sheet.rows.count)) }) + "</li>"
        }
        page.add(html: html + "</ol>")
    }

    /// Pumps with the speed that they run at and the one to set; where settings suit several cases, a table a case.
    private func addPumps(to page: inout Page) {
        guard cases.count > 1 else { return addPumps(pumps, Phrase(SheetText.pumps), to: &page) }
        for entry in cases {
            addPumps(
                entry.pumps,
                Phrase {
                    $0(SheetText.pumpsOfCase, entry.roster.isEmpty ? $0(ConsoleText.ownRoster) : entry.roster, $0.celsius(entry.outdoor))
                }, to: &page)
        }
    }

    private func addPumps(_ rows: [PumpRow], _ heading: Phrase, to page: inout Page) {
        page.add(html: page.element("h3", heading))
        page.table(
            [.pump, .head, .flow, .speedBefore, .speed, .found].map { (text: SheetText) in Phrase(text) },
            rows.map { row in
                [
                    Phrase(plain: network.links[network.pumps[row.pump].link].id.text),
                    Phrase(plain: DisplayNumber.fixed(row.head.kilopascals, 1)),
                    Phrase(plain: DisplayNumber.fixed(row.volumeFlow.cubicMetresPerHour, 2)),
                    Phrase { $0.percent(row.previousSpeed, 1) },
                    row.speed > 0 ? Phrase { $0.percent(row.speed, 1) } : Phrase(SheetText.off), Phrase(plain: ""),
                ]
            }, numbers: 1..<5)
    }

    private func add(_ sheet: Sheet, to page: inout Page) {
        page.add(html: "<section class=\"sheet\" id=\"\(sheet.name)\">" + page.element("h2", sheet.heading))
        page.add(
            html: "<p class=\"note\">" + page.html(sheet.facts) + " "
                + page.html(Phrase { $0(SheetText.counts, DisplayNumber.count(sheet.rows.count), DisplayNumber.count(sheet.unchanged)) })
                + "</p>")
        page.table(
            [.done, .place, .valve, .product, .before, .turnTo, .flow, .pressure, .note, .found].map { (text: SheetText) in Phrase(text) },
            sheet.rows.map(cells), numbers: 4..<8)
        page.add(html: page.element("p", " class=\"sign\"", Phrase(SheetText.signature)) + "</section>")
    }

    private func cells(_ row: ValveRow) -> [Phrase] {
        let valve = network.valves[row.valve]
        let model = valve.model.map { network.valveModels[$0] }
        let setting = row.settingLabel.isEmpty ? "Kv \(DisplayNumber.fixed(row.kv.cubicMetresPerHour, 2))" : row.settingLabel
        let previous = row.previousLabel(in: network) ?? row.previousSetting.map { DisplayNumber.fixed($0, 2) } ?? DisplayNumber.none
        return [
            Phrase(plain: "☐"), place(of: valve), Phrase(plain: network.links[valve.link].id.text),
            Phrase(plain: model.map { "\($0.family) DN\($0.nominalSize)" } ?? DisplayNumber.none), Phrase(plain: previous),
            Phrase(plain: setting), Phrase(plain: DisplayNumber.fixed(row.predictedVolumeFlow.cubicMetresPerHour, 3)),
            Phrase(plain: DisplayNumber.fixed(row.pressureLoss.kilopascals, 1)),
            Phrase { row.noteText($0) }, Phrase(plain: ""),
        ]
    }

    private func place(of valve: Valve) -> Phrase {
        if let dwelling = valve.serves.dwelling.map({ network.dwellings[$0] }) {
            return Phrase {
                $0(
                    SheetText.dwellingPlace, DisplayNumber.count(Int(dwelling.unit)), DisplayNumber.count(Int(dwelling.floor)),
                    DisplayNumber.count(Int(dwelling.door)))
            }
        }
        if let unit = valve.serves.unit { return Phrase { $0(SheetText.unitPlace, DisplayNumber.count(Int(unit))) } }
        if let substation = valve.serves.substation, valve.serves.building == nil {
            return Phrase { $0(SheetText.substationPlace, network.substations[substation].id.text) }
        }
        return Phrase(valve.serves.building == nil ? SheetText.networkPlace : .inletPlace)
    }

    private static let style =
        PageStyle.common + """

            nav{position:sticky;top:0;background:#f4f6f8;padding:.3rem 1rem;text-align:right;border-bottom:1px solid #ccd}nav div{display:none}
            button{font:inherit;padding:.2rem .6rem}
            .index{columns:14rem;font-size:.9rem}.index span{color:#555}
            .sheet table{min-width:100%}.sheet td,.sheet th{border:1px solid #999;padding:.25rem .4rem}
            .sheet td:nth-child(1){font-size:1.1rem;text-align:center}.sheet td:nth-child(6){font-weight:700;font-size:1rem}
            .sheet td:nth-child(10),.sheet th:nth-child(10){min-width:7rem}
            .sheet tbody tr{height:1.9rem}
            .sign{margin:1.4rem 0}
            @media print{@page{size:A4 landscape;margin:10mm}body{font-size:9.5pt}nav{display:none}main{max-width:none;padding:0}.sheet{break-before:page}tr{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}}
            """
}
