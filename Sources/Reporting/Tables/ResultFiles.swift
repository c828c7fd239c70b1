import NetworkFiles
import NetworkModel

/// The result files of a run by name, but `summary.json`, which is made last because it tells how long the others took.
public struct ResultFiles: Sendable {
    /// The files, in the order of the documentation.
    public private(set) var files: [OutputFile] = []
    /// The tables among them, for the workbook.
    private(set) var tables: [(name: String, table: @Sendable () -> ResultTable)] = []

    /// No files yet.
    public init() {}

    /// The tables of a run, and the report where there is a recommendation.
    ///
    /// Long tables, the report and the work sheets are made when they are written.
    /// - Complexity: O(links + nodes + dwellings), most of it when written.
    public init(_ result: RunResult, summary: Summary, texts: Texts) {
        let hydraulics = HydraulicTables(result.network, result.outcome)
        if let recommendation = result.recommendation {
            let settings = SettingTables(result.network, recommendation.schedule, proof: recommendation.proof)
            let allocation = AllocationTables(result, recommendation.allocation, texts: texts)
            add("valves.csv", settings.valves)
            add("pumps.csv", settings.pumps)
            add("sources.csv", allocation.sources)
            add("substations.csv", allocation.substations)
            add("zones.csv", allocation.zones)
            add("bottlenecks.csv", allocation.bottlenecks)
            if !result.cases.isEmpty {
                add("cases.csv", CaseTables(result).cases)
                add("case-pumps.csv", CaseTables(result).pumps)
            }
            if let comparison = result.comparison {
                let tables = PolicyTables(comparison)
                add("policies.csv", tables.policies)
                add("trade-off.csv", tables.tradeOff)
            }
            if let plan = recommendation.proof?.visits { add("visits.csv", ProofTables(recommendation.network).visits(plan)) }
            if let robustness = recommendation.proof?.robustness {
                add("robustness.csv", ProofTables(recommendation.network).robustness(robustness))
            }
        }
        if !result.network.dwellings.isEmpty { add("dwellings.csv", DwellingTable(result).table) }
        if result.network.dwellings.contains(where: { $0.use != .dwelling }) { add("spaces.csv", DwellingTable(result).spaces) }
        if let curve = HeatingCurveFile(result)?.table { add("heating-curve.csv", curve) }
        add("links.csv", hydraulics.links)
        add("nodes.csv", hydraulics.nodes)
        if let page = ReportPage(result, summary: summary, texts: texts) {
            add(OutputFile(name: "report.html") { _ in Array(page.html.utf8) })
        }
        if let sheets = WorkSheets(result, texts: texts) { files += sheets.files }
    }

    /// Adds the pictures of the report as SVG files of their own, as far as there is something to draw: the map, the pressure
    /// diagram of the index circuit, the section with the coldest dwelling, rooms, tilt and bottlenecks.
    public mutating func addPictures(_ result: RunResult, texts: Texts) {
        let (network, room, language) = (result.network, result.outcome.room, texts.language)
        var pictures: [(name: String, drawing: Drawing)] = []
        if let map = NetworkMap(of: network, room: room, language: language) { pictures.append(("map.svg", map.drawing)) }
        if let choice = PressureChoices(network, result.outcome).choices.first(where: \.isIndex) {
            let name = Phrase(plain: "\(choice.circuit) → \(choice.consumer)")
            pictures.append(("pressure.svg", PressureDiagram(choice.profile, name: name, language: language).drawing))
        }
        if let worst = BuildingSection.worstBuilding(in: network, room: room) {
            var section = BuildingSection(of: network.buildings[worst], in: network, language: language).drawing(room: room)
            section.defineHatch()
            pictures.append(("section.svg", section))
        }
        let rooms = RoomDistribution(before: result.recommendation?.before?.room, after: room, in: network)
        if rooms.greatest > 0 {
            pictures.append(("rooms.svg", rooms.drawing(label: Phrase(PageText.distributionLabel), language: language)))
        }
        let zones = AreaFigures.zones(of: result)
        let points = zones.map { TiltChart.Point(name: $0.name, openRate: $0.summary.openRate ?? .nan, tilt: $0.summary.tilt ?? .nan) }
        if let tilt = TiltChart(points) { pictures.append(("tilt.svg", tilt.drawing(language))) }
        if let bottlenecks = result.recommendation?.allocation.bottlenecks, !bottlenecks.isEmpty {
            pictures.append(("bottlenecks.svg", BottleneckChart(bottlenecks, limit: 20).drawing(language)))
        }
        for picture in pictures { add(picture.name, Array(picture.drawing.file.utf8)) }
    }

    /// Adds a file.
    public mutating func add(_ name: String, _ bytes: [UInt8]) { add(OutputFile(name: name, bytes: bytes)) }

    /// Adds a file.
    public mutating func add(_ file: OutputFile) { files.append(file) }

    /// Adds a table as CSV.
    mutating func add(_ name: String, _ table: ResultTable) {
        add(name, table.bytes)
        tables.append((name, { table }))
    }

    /// Adds a long table as CSV.
    mutating func add(_ name: String, _ table: LongTable) {
        add(table.file(name))
        tables.append((name, { table.whole }))
    }

    /// Puts a byte order mark before every table, without which spreadsheet programs of Windows take UTF-8 for the local encoding.
    public mutating func markByteOrder() {
        for position in files.indices where files[position].name.hasSuffix(".csv") { files[position].prepend([0xEF, 0xBB, 0xBF]) }
    }
}
