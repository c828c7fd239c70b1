import NetworkFiles
import NetworkModel

/// The result files of a run by name, but `summary.json`, which is made last because it tells how long the others took.
public struct ResultFiles: Sendable {
    /// The files, in the order of the documentation.
    public private(set) var files: [OutputFile] = []

    /// No files yet.
    public init() {}

    /// The tables of a run, and the report where there is a recommendation.
    ///
    /// - Complexity: O(links + nodes + dwellings).
    public init(_ result: RunResult, summary: Summary, texts: Texts) {
        let hydraulics = HydraulicTables(result.network, result.outcome)
        if let recommendation = result.recommendation {
            let settings = SettingTables(result.network, recommendation.schedule)
            let allocation = AllocationTables(result, recommendation.allocation, texts: texts)
            add("valves.csv", settings.valves)
            add("pumps.csv", settings.pumps)
            add("sources.csv", allocation.sources)
            add("substations.csv", allocation.substations)
            add("zones.csv", allocation.zones)
            add("bottlenecks.csv", allocation.bottlenecks)
        }
        if !result.network.dwellings.isEmpty { add("dwellings.csv", DwellingTable(result).table) }
        if result.network.dwellings.contains(where: { $0.use != .dwelling }) { add("spaces.csv", DwellingTable(result).spaces) }
        if let curve = HeatingCurveFile(result)?.table { add("heating-curve.csv", curve) }
        add("links.csv", hydraulics.links)
        add("nodes.csv", hydraulics.nodes)
        if let page = ReportPage(result, summary: summary, texts: texts) { add("report.html", Array(page.html.utf8)) }
        if let sheets = WorkSheets(result, texts: texts) { files += sheets.files }
    }

    /// Adds a file.
    public mutating func add(_ name: String, _ bytes: [UInt8]) { files.append(OutputFile(name: name, bytes: bytes)) }

    private mutating func add(_ name: String, _ table: ResultTable) { add(name, table.bytes) }
}
