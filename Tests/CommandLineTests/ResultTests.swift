import Foundation
import Testing

/// What `balance` and `solve` write and say.
@Suite struct ResultTests {
    private func balanced(_ json: String = SmallDistrict.json, _ options: [String] = []) throws -> (folder: Folder, run: Program.Run) {
        let folder = try Folder()
        try folder.write(json, to: "net.json")
        return (folder, try Program.run(["balance", "net.json", "--out", "out"] + options, in: folder))
    }

    private static let balanceFiles = [
        "bottlenecks.csv", "dwellings.csv", "heating-curve.csv", "links.csv", "network.json", "nodes.csv", "pumps.csv", "report.html",
        "robustness.csv", "sources.csv", "substations.csv", "summary.json", "valves.csv", "visits.csv", "worksheets.html", "zones.csv",
    ]

    @Test func balanceWritesAllFiles() throws {
        let (folder, run) = try balanced()
        #expect(run.status == 0, "\(run.messages)")
        #expect(try folder.names(in: "out") == Self.balanceFiles)
        #expect(try folder.names(in: ".") == ["net.json", "out"])
        #expect(run.output.isEmpty)
        // Every balancing valve of the district has a row: one substation, two inlets, four risers, 32 dwellings.
        let valves = try folder.table("out/valves.csv")
        #expect(Set(valves.rows.compactMap { $0["id"] }).count == valves.rows.count)
        #expect(valves.rows.count >= 38)
        #expect(try folder.table("out/dwellings.csv").rows.count == 32)
        #expect(try folder.table("out/zones.csv").rows.compactMap { $0["id"] } == ["east", "west"])
    }

    /// Two rosters in two weathers: one setting a valve, a row and a proof a case, pumps a case.
    @Test func severalRostersShareOneSettingAValve() throws {
        let folder = try Folder()
        try folder.write(SmallDistrict.json, to: "net.json")
        try folder.write("building,unit,floor,door,state\nB7,1,2,1,closed\n", to: "today.csv")
        try folder.write("building,unit,floor,door,state\nB8,1,1,1,open\nB7,1,1,2,closed\n", to: "next.csv")
        let given = ["balance", "net.json", "--roster", "today.csv", "--roster", "next.csv", "--outdoor", "-5", "--outdoor", "-12"]
        let run = try Program.run(given + ["--out", "out"], in: folder)
        #expect(run.status == 0, "\(run.messages)")
        #expect(try folder.names(in: "out") == (Self.balanceFiles + ["case-pumps.csv", "cases.csv"]).sorted())
        let cases = try folder.table("out/cases.csv").rows
        #expect(cases.compactMap { $0["roster"] } == ["today.csv", "today.csv", "next.csv", "next.csv"])
        #expect(cases.compactMap { $0["outdoor_c"] } == ["-5", "-12", "-5", "-12"])
        for row in cases {
            // What SolutionCheck passes of each case's own simulation.
            #expect(try #require(Double(row["loop_pa"] ?? "")) <= 0.01)
            #expect(try #require(Double(row["flow_ratio_min"] ?? "")) > 0)
        }
        let pumps = try folder.table("out/case-pumps.csv").rows
        #expect(pumps.count == 4 * (try folder.table("out/pumps.csv").rows.count))
        // The first case is the one that all other files tell of.
        let again = try Program.run(["solve", "out/network.json", "--roster", "today.csv", "--outdoor", "-5", "--out", "again"], in: folder)
        #expect(again.status == 0, "\(again.messages)")
        let rooms = try folder.table("out/dwellings.csv").numbers("room_c")
        for (id, room) in try folder.table("again/dwellings.csv").numbers("room_c") { #expect(abs(room - (rooms[id] ?? .nan)) < 1e-3) }
        #expect(run.messages.contains("4 cases"))
        #expect(try Program.run(given + ["--visits", "3"], in: folder).status == 64)
        #expect(try Program.run(["solve", "net.json", "--roster", "today.csv", "--roster", "next.csv"], in: folder).status == 64)
        #expect(try Program.run(["solve", "net.json", "--outdoor", "-5", "--outdoor", "-12"], in: folder).status == 64)
    }

    @Test func solveOfTheEmittedNetworkGivesThePrediction() throws {
        let (folder, run) = try balanced()
        #expect(run.status == 0, "\(run.messages)")
        let again = try Program.run(["solve", "out/network.json", "--out", "again"], in: folder)
        #expect(again.status == 0, "\(again.messages)")
        #expect(try folder.names(in: "again") == ["dwellings.csv", "heating-curve.csv", "links.csv", "nodes.csv", "summary.json"])
        let predicted = try folder.table("out/links.csv").numbers("mass_flow_kg_s")
        let solved = try folder.table("again/links.csv").numbers("mass_flow_kg_s")
        #expect(predicted.count == solved.count && predicted.count > 100)
        for (id, flow) in predicted {
            // Both converge temperatures to 1e-6 K from different starts; flows follow within 1e-6 of the largest (1 kg/s).
            #expect(abs((solved[id] ?? .nan) - flow) < 1e-5, "\(id)")
        }
        let rooms = try folder.table("out/dwellings.csv").numbers("room_c")
        for (id, room) in try folder.table("again/dwellings.csv").numbers("room_c") { #expect(abs(room - (rooms[id] ?? .nan)) < 1e-3) }
    }

    @Test func sameBytesWhateverTheThreads() throws {
        let (first, one) = try balanced(SmallDistrict.json, ["--threads", "1"])
        let (second, two) = try balanced(SmallDistrict.json, ["--threads", "2"])
        let (third, again) = try balanced(SmallDistrict.json, ["--threads", "2"])
        #expect(one.status == 0 && two.status == 0 && again.status == 0)
        for name in Self.balanceFiles where name != "summary.json" {
            #expect(try first.read("out/\(name)") == second.read("out/\(name)"), "\(name)")
            #expect(try second.read("out/\(name)") == third.read("out/\(name)"), "\(name)")
        }
        #expect(try withoutTimings(first) == withoutTimings(second))
    }

    private func withoutTimings(_ folder: Folder) throws -> NSDictionary {
        var object = try #require(
            try JSONSerialization.jsonObject(with: Data(try folder.read("out/summary.json").utf8)) as? [String: Any])
        object["timings_s"] = nil
        return object as NSDictionary
    }

    @Test func shortHeatIsSharedAndExplained() throws {
        let (folder, run) = try balanced(SmallDistrict.json.replacing("\"heat_limit_kw\": 160", with: "\"heat_limit_kw\": 40"))
        #expect(run.status == 0, "\(run.messages)")
        let bottlenecks = try folder.table("out/bottlenecks.csv")
        #expect(bottlenecks.rows.first?["element"] == "plant")
        #expect(bottlenecks.rows.first?["limit"] == "source-heat")
        let source = try #require(try folder.table("out/sources.csv").rows.first)
        let heat = try #require(source["heat_w"].flatMap(Double.init))
        // The source gives what it has, within the accuracy of the energy balance.
        #expect(heat <= 40_000 * (1 + 1e-6) && heat > 39_000)
    }

    @Test func hostileIDsStayHarmless() throws {
        let (folder, run) = try balanced(SmallDistrict.hostile)
        #expect(run.status == 0, "\(run.messages)")
        for name in try folder.names(in: "out") where name.hasSuffix(".csv") {
            for line in try folder.read("out/\(name)").split(separator: "\n") {
                for cell in line.split(separator: ",", omittingEmptySubsequences: false) {
                    #expect(!cell.hasPrefix("=") && !cell.hasPrefix("@") && !cell.hasPrefix("+"), "\(name): \(line)")
                }
            }
        }
        let page = try folder.read("out/report.html")
        #expect(!page.contains("<img"))
        #expect(!page.contains("B8<script>"))
        #expect(page.contains("=B8&lt;script&gt;"))
    }

    @Test func jsonGoesToStandardOutput() throws {
        let folder = try Folder()
        try folder.write(SmallDistrict.json, to: "net.json")
        let run = try Program.run(["solve", "net.json", "--json", "--quiet"], in: folder)
        #expect(run.status == 0)
        #expect(run.messages.isEmpty)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(object["converged"] as? Bool == true)
        #expect(try folder.names(in: ".") == ["net.json"])
    }

    @Test func messagesCanBeChinese() throws {
        let (folder, run) = try balanced(SmallDistrict.json, ["--lang", "zh"])
        #expect(run.messages.contains("最冷户室温"))
        #expect(try folder.read("out/report.html").contains("调节前后对比"))
    }

    @Test func nothingIsStyledWithoutATerminal() throws {
        let (_, run) = try balanced()
        #expect(!run.messages.contains("\u{1B}"))
        #expect(!run.messages.contains("\r"))
    }
}
