import Foundation
import Testing

/// Networks whose valves are controllers: they get set points, and these give the flows predicted.
@Suite struct ControllerTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func balanced(_ network: String, _ options: [String] = []) throws -> (folder: Folder, rows: [[String: String]]) {
        let folder = try Folder()
        let run = try Program.run(["balance", network, "--out", "out"] + options, in: folder)
        try #require(run.status == 0, "\(run.messages)")
        return (folder, try folder.table("out/valves.csv").rows)
    }

    /// The number before a unit.
    private func number(_ label: String?, _ unit: String) -> Double? {
        guard let label, label.hasSuffix(" " + unit) else { return nil }
        return Double(label.dropLast(unit.count + 1))
    }

    @Test func controllersGetSetPointsThatSolveReproduces() throws {
        let network = Self.root.appendingPathComponent("networks/controllers.json").path
        let (folder, rows) = try balanced(network)
        // The Δp controller: on a mark of its spring, with the difference it needs left for itself.
        let inlet = try #require(rows.first { $0["id"] == "B1/inlet" })
        let held = try #require(number(inlet["setting"], "kPa"))
        #expect((20...100).contains(held) && held == held.rounded() && inlet["previous_setting"] == "100 kPa")
        // Flow limiters: marks of six litres an hour, each dwelling at its design flow to half a mark or its scale's least.
        let limiters = rows.filter { $0["catalogue"] == "flow-limiter" && $0["note"] != "no-flow" }
        #expect(limiters.count > 10)
        for row in limiters {
            let set = try #require(number(row["setting"], "l/h"))
            let design = try #require(row["design_flow_m3_h"].flatMap(Double.init)) * 1000
            #expect(set >= 120 && set.truncatingRemainder(dividingBy: 6) == 0)
            // Marks below are taken where they are four times as near; litres are counted at 60 °C, the water is a little colder.
            #expect(set == 120 || (set - design > -3 && set - design < 7), "\(row["id"] ?? "")")
        }
        // The controller holds its difference and the network of the results solves to the same flows.
        let again = try Program.run(["solve", "out/network.json", "--out", "again"], in: folder)
        #expect(again.status == 0, "\(again.messages)")
        let predicted = try folder.table("out/links.csv").numbers("mass_flow_kg_s")
        let solved = try folder.table("again/links.csv").numbers("mass_flow_kg_s")
        // Temperatures converge to 1e-6 K from different starts; flows follow within 1e-6 of the largest (3 kg/s).
        for (id, flow) in predicted { #expect(abs((solved[id] ?? .nan) - flow) < 1e-5, "\(id)") }
        let pressure = try folder.table("again/nodes.csv").numbers("pressure_kpa")
        let difference = (pressure["B1/supply"] ?? .nan) - (pressure["B1/collector"] ?? .nan)
        // The reading is held to the solver's pressure tolerance, 1e-3 Pa, beside what the files' digits leave.
        #expect(abs(difference - held) < 1e-3)
        let sheet = try folder.read("out/worksheets.html")
        #expect(sheet.contains(" kPa") && sheet.contains(" l/h"))
        let chinese = try balanced(network, ["--lang", "zh"])
        #expect(try chinese.folder.read("out/worksheets.html").contains(" l/h"))
    }

    /// Controllers listed one by one, without a product: what they hold is written with the unit of their own fields.
    @Test func controllersWithoutAProductAreSetToo() throws {
        let folder = try Folder()
        let network = try String(contentsOf: Self.root.appendingPathComponent("networks/controllers.json"), encoding: .utf8)
            .replacingOccurrences(of: "controllers.roster.csv", with: "")
            .replacingOccurrences(of: ",\n  \"roster\": \"\"", with: "")
        try folder.write(network, to: "net.json")
        let written = try Program.run(["convert", "net.json", "full.json", "--expand"], in: folder)
        try #require(written.status == 0, "\(written.messages)")
        // Without their products the same controllers are plain devices of the format.
        var text = try folder.read("full.json")
        for family in ["AVP 20-100", "flow-limiter"] { text = text.replacingOccurrences(of: "\"catalogue\": \"\(family)\", ", with: "") }
        try folder.write(text, to: "plain.json")
        for file in ["full.json", "plain.json"] {
            let run = try Program.run(["balance", file, "--out", "out-" + file], in: folder)
            #expect(run.status == 0, "\(file): \(run.messages)")
            let rows = try folder.table("out-\(file)/valves.csv").rows
            #expect(rows.contains { $0["id"] == "B1/inlet" && ($0["setting"] ?? "").hasSuffix(" kPa") }, "\(file)")
            let again = try Program.run(["solve", "out-\(file)/network.json", "--out", "again-" + file], in: folder)
            #expect(again.status == 0, "\(again.messages)")
            let predicted = try folder.table("out-\(file)/links.csv").numbers("mass_flow_kg_s")
            let solved = try folder.table("again-\(file)/links.csv").numbers("mass_flow_kg_s")
            for (id, flow) in predicted { #expect(abs((solved[id] ?? .nan) - flow) < 1e-5, "\(file) \(id)") }
        }
    }
}
