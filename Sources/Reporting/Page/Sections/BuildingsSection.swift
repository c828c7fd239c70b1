import Heating
import NetworkModel

/// Sections of buildings: the one with the coldest dwelling drawn, the others filled into their shapes by the script.
struct BuildingsSection: ReportSection {
    private let report: ReportPage
    private let worst: BuildingIndex

    /// Most dwellings whose rooms a page carries; beyond, buildings with the coldest dwellings come first.
    static let dwellingLimit = 40_000

    init?(_ report: ReportPage) {
        guard let worst = BuildingSection.worstBuilding(in: report.result.network, room: report.result.outcome.room) else { return nil }
        self.report = report
        self.worst = worst
    }

    private var network: Network { report.result.network }

    func write(to page: inout Page) {
        let shown = chosen
        page.section("building", Phrase(PageText.section))
        page.add(
            html: "<div class=\"controls\">"
                + page.select(
                    "sectionchoice", label: Phrase(PageText.sectionChoice),
                    [(String(worst.position), Phrase { network.buildings[worst].id.text + " " + $0(PageText.coldestMark) })]
                        + shown.filter { $0 != worst }.map { (String($0.position), Phrase(plain: network.buildings[$0].id.text)) })
                + report.stateChoice("sectionstate", in: page) + "</div>")
        report.addRoomLegend(to: &page, name: .legendDwelling)
        let section = BuildingSection(of: network.buildings[worst], in: network, language: report.language)
        page.figure(svg: section.drawing(room: report.result.outcome.room).svgInOwnSize, attributes: " id=\"sectionfigure\" class=\"own\"")
        page.note(Phrase(PageText.sectionNote))
        if shown.count < network.buildings.count {
            page.note(Phrase { $0(PageText.sectionLimited, DisplayNumber.count(shown.count), DisplayNumber.count(network.buildings.count)) })
        }
        addShapes(of: shown, to: &page)
    }

    /// Buildings that can be chosen, in the order of the network.
    private var chosen: [BuildingIndex] {
        let all = network.buildings.indices.map { BuildingIndex($0) }.filter { !network.buildings[$0].dwellings.isEmpty }
        guard network.dwellings.count > Self.dwellingLimit else { return all }
        func coldest(_ building: BuildingIndex) -> Double {
            let lowest = RoomSummary(
                of: report.result.outcome.room, in: network, members: network.buildings[building].dwellings.map { DwellingIndex($0) }
            ).lowest
            return lowest.isFinite ? lowest : .infinity
        }
        var room = Self.dwellingLimit
        let sorted = all.map { ($0, coldest($0)) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        return sorted.prefix { building, _ in
            room -= network.buildings[building].dwellings.count
            return room >= 0
        }.map(\.0).sorted()
    }

    private func addShapes(of shown: [BuildingIndex], to page: inout Page) {
        var shapes: [(svg: String, places: [Int])] = []
        var known: [String: Int] = [:]
        var shapeOf = [Int](repeating: -1, count: network.buildings.count)
        var (first, rooms) = ([Int](repeating: 0, count: network.buildings.count), [Int]())
        for index in shown {
            let building = network.buildings[index]
            let section = BuildingSection(of: building, in: network, language: report.language)
            if section.isTooLarge { continue }
            let svg = section.shape.svgInOwnSize
            let homes = network.homes(of: building)
            let places = homes.map { network.dwellings[$0] }.flatMap { [Int($0.unit), Int($0.floor), Int($0.door)] }
            let key = svg + places.lazy.map(String.init).joined(separator: ",")
            let shape = known[key] ?? shapes.count
            if shape == shapes.count {
                known[key] = shape
                shapes.append((svg, places))
            }
            (shapeOf[index.position], first[index.position]) = (shape, rooms.count)
            rooms += homes
        }
        for (position, shape) in shapes.enumerated() { page.add(html: "<template id=\"shape\(position)\">\(shape.svg)</template>") }
        let (before, after) = (report.recommendation.before?.room, report.result.outcome.room)
        let promised = network.conditions.room.celsius
        page.data("rooms") { data in
            data.object([
                ("promised", { $0.number(promised, 2) }),
                ("shapes", { $0.list(shapes) { $1.list($0.places) { $1.count($0) } } }),
                ("shape", { $0.list(shapeOf) { $1.count($0) } }),
                ("first", { $0.list(first) { $1.count($0) } }),
                ("state", { $0.string(rooms.map { network.dwellings[$0].state.letter }.joined()) }),
                ("after", { $0.list(rooms) { $1.number(after[$0] * 10, 0) } }),
                ("before", { $0.list(before == nil ? [] : rooms) { $1.number((before?[$0] ?? .nan) * 10, 0) } }),
                (
                    "targets",
                    {
                        $0.object(
                            rooms.enumerated().compactMap { position, dwelling in
                                network.dwellings[dwelling].target.map { target in (String(position), { $0.number(target.celsius, 2) }) }
                            })
                    }
                ),
            ])
        }
    }
}

extension DwellingState {
    /// One letter for the script of a page.
    fileprivate var letter: String {
        switch self {
        case .open: "o"
        case .closed: "c"
        case .restricted: "r"
        }
    }
}
