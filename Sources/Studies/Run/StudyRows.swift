import Balancing
import NetworkModel
import Reporting

/// The rows of `scenarios.csv`.
struct StudyRows: Sendable {
    /// Names of the columns.
    let header: [String]
    private let study: Study
    private let base: ScenarioResult
    private let zones: Int

    init(_ model: StudyModel) {
        study = model.study
        base = model.base
        zones = model.network.zones.count
        header = Self.columns(model.study, zones: model.network.zones.map(\.id.text))
    }

    /// Names of the columns of a study's rows.
    static func columns(_ study: Study, zones: [String]) -> [String] {
        var names = ["scenario", "block", "policy", "draw", "remedies", "outage", "time"]
        names += study.factors.map { "factor." + $0.id }
        names += ["status", "reason"] + first.map(\.name) + ["bottleneck"]
        names += Output.compared.map { "delta." + $0.name }
        for zone in zones { names += Output.zonal.map { "zone." + zone + "." + $0.name } }
        return names + Output.last.map(\.name) + ["reason_zh"]
    }

    /// Outputs that stand before the columns by zone.
    private static let first = Output.allCases.filter { !Output.last.contains($0) }

    /// The header as a line.
    var headerLine: [UInt8] { ResultTable(header, rows: 1).bytes }

    /// The row of a scenario as a line.
    func line(_ scenario: Scenario, _ result: ScenarioResult) -> [UInt8] {
        var row = ResultTable(continuing: header.count)
        row.add(scenario.index)
        row.add(scenario.block.rawValue)
        row.add(study.policies[scenario.policy].label)
        row.add(scenario.draw)
        row.add(scenario.remedies.map { study.remedies[$0].id }.joined(separator: " + "))
        row.add(scenario.outage.map { study.outages[$0].id })
        row.add(scenario.hour.flatMap { study.weather?.hours[$0].time })
        for value in scenario.values { row.add(value) }
        row.add(result.failure == nil ? "ok" : "failed")
        row.add(result.failure?.english)
        for output in Self.first { row.add(result[output]) }
        row.add(result.bottleneck)
        for output in Output.compared { row.add(output.rounded(result[output] - base[output])) }
        for zone in 0..<zones { for value in result.zones[zone] { row.add(value) } }
        for output in Output.last { row.add(result[output]) }
        row.add(result.failure?.chinese)
        return row.bytes
    }
}

extension AllocationPolicy {
    /// The policy's name with its parameter.
    var label: String {
        if case .tilt(let factor) = self, factor != 1 { return "tilt \(DisplayNumber.fixed(factor, 2))" }
        if case .mostAtTarget(let floor) = self { return "most-at-target \(DisplayNumber.fixed(floor, 1))" }
        return name
    }
}
