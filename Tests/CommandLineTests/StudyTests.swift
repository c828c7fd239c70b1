import Foundation
import Testing

/// `study` as its user runs it: stopped and started again, in slices, wrong.
@Suite struct StudyTests {
    private static let study = """
        { "format": "equitherm-study/1", "title": "Two buildings", "run": "solve", "seed": 7,
          "draws": { "count": 12 },
          "factors": [ { "id": "east", "parameter": "open_rate", "element": "east", "values": [0.5, 0.75] } ],
          "remedies": [ { "id": "boiler", "kind": "source", "element": "plant", "heat_kw": 40, "cost": 20 } ],
          "outages": { "pumps": true },
          "break_evens": [ { "id": "q", "factor": "east", "output": "share_at_target", "limit": 2 } ] }
        """

    private func folder(_ study: String = study) throws -> Folder {
        let folder = try Folder()
        try folder.write(SmallDistrict.json, to: "net.json")
        try folder.write(study, to: "study.json")
        return folder
    }

    private static let files = [
        "break_evens.csv", "dwelling_rooms.csv", "outages.csv", "remedies.csv", "scenarios.csv", "sensitivities.csv", "study.html",
        "study.json", "study.sqlite", "zone_rooms.csv",
    ]

    private func bytes(_ folder: Folder, _ name: String) throws -> Data { try Data(contentsOf: folder.url.appendingPathComponent(name)) }

    @Test func aStudyWritesItsAnswers() throws {
        let folder = try folder()
        let run = try Program.run(["study", "net.json", "study.json", "--out", "out", "--json"], in: folder)
        #expect(run.status == 0, "\(run.messages)")
        #expect(try folder.names(in: "out") == Self.files)
        #expect(try folder.names(in: ".") == ["net.json", "out", "study.json"])
        let rows = try folder.table("out/scenarios.csv")
        // The base case, two points of twelve draws, the remedy and its reference by twelve draws, two pumps.
        #expect(rows.rows.count == 1 + 24 + 24 + 2)
        #expect(rows.rows.allSatisfy { $0["status"] == "ok" })
        let rates = Set(rows.rows.filter { $0["block"] == "design" }.compactMap { $0["zone.east.open_rate"] })
        #expect(rates == ["0.5", "0.75"])
        #expect(run.output.contains("\"scenarios\": 51"))
        #expect(try folder.read("out/study.html").contains("<svg"))
        let chinese = try Program.run(["study", "net.json", "study.json", "--out", "zh", "--lang", "zh", "--quiet"], in: folder)
        #expect(chinese.status == 0 && chinese.messages.isEmpty)
        #expect(try folder.read("zh/study.html").contains("敏感性排序"))
        #expect(try bytes(folder, "zh/scenarios.csv") == bytes(folder, "out/scenarios.csv"))
    }

    /// Kills a run on its way, tears its last row, and lets it go on: every file is that of a run that was never stopped.
    @Test func aKilledRunGoesOnToTheSameFiles() throws {
        let folder = try folder(Self.study.replacing("\"count\": 12", with: "\"count\": 40"))
        let whole = try Program.run(["study", "net.json", "study.json", "--out", "whole", "--threads", "1"], in: folder)
        #expect(whole.status == 0, "\(whole.messages)")
        let process = try Program.start(["study", "net.json", "study.json", "--out", "out", "--threads", "2"], in: folder)
        let state = folder.url.appendingPathComponent("out.unfinished/study.state").path
        while process.isRunning && !FileManager.default.fileExists(atPath: state) { usleep(2000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(!folder.has("out") && folder.has("out.unfinished/scenarios.csv"))
        let rows = try FileHandle(forWritingTo: folder.url.appendingPathComponent("out.unfinished/scenarios.csv"))
        try rows.seekToEnd()
        try rows.write(contentsOf: Data("99,design,equi".utf8))
        try rows.close()
        let again = try Program.run(["study", "net.json", "study.json", "--out", "out", "--threads", "2"], in: folder)
        #expect(again.status == 0, "\(again.messages)")
        #expect(!folder.has("out.unfinished"))
        for name in Self.files { #expect(try bytes(folder, "out/\(name)") == bytes(folder, "whole/\(name)"), "\(name)") }
    }

    /// Slices may come from machines that see the network in different places: none of them shows in the files.
    @Test func slicesJoinToTheVeryFiles() throws {
        let folder = try folder()
        #expect(try Program.run(["study", "net.json", "study.json", "--out", "whole"], in: folder).status == 0)
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("there/deep"), withIntermediateDirectories: true)
        for name in ["net.json", "study.json"] { try folder.write(folder.read(name), to: "there/deep/" + name) }
        for (part, place) in [(3, ""), (1, "there/deep/"), (2, folder.url.path + "/")] {
            let run = try Program.run(
                ["study", place + "net.json", place + "study.json", "--part", "\(part)/3", "--out", "s\(part)", "--threads", "\(part)"], in: folder)
            #expect(run.status == 0, "\(run.messages)")
        }
        let missing = try Program.run(["study", "merge", "s3", "s1", "--out", "out"], in: folder)
        #expect(missing.status == 65 && !folder.has("out"), "\(missing.messages)")
        let merged = try Program.run(["study", "merge", "s3", "s1", "s2", "--out", "out"], in: folder)
        #expect(merged.status == 0, "\(merged.messages)")
        for name in Self.files { #expect(try bytes(folder, "out/\(name)") == bytes(folder, "whole/\(name)"), "\(name)") }
        // A slice of another study does not fit.
        for place in ["", "there/deep/"] {
            try folder.write(Self.study.replacing("\"seed\": 7", with: "\"seed\": 8"), to: place + "study.json")
        }
        #expect(try Program.run(["study", "merge", "s1", "s2", "s3", "--out", "other"], in: folder).status == 65)
    }

    @Test func optionsMakeAStudy() throws {
        let folder = try folder()
        let run = try Program.run(
            ["study", "net.json", "--run", "solve", "--vary", "outdoor_c=-20:0:3", "--vary", "open_rate@west=0.5,1", "--out", "out"], in: folder)
        #expect(run.status == 0, "\(run.messages)")
        #expect(try folder.table("out/scenarios.csv").rows.count == 7)
    }

    @Test func whatIsWrongIsSaid() throws {
        let folder = try folder(Self.study.replacing("\"open_rate\"", with: "\"open_rats\""))
        let wrong = try Program.run(["study", "net.json", "study.json", "--out", "out"], in: folder)
        #expect(wrong.status == 65 && wrong.messages.contains("open_rate?") && wrong.messages.contains("study.json:3:"), "\(wrong.messages)")
        #expect(try Program.run(["study", "net.json", "study.json", "--part", "4/3", "--out", "out"], in: folder).status == 64)
        #expect(try Program.run(["study", "net.json", "study.json", "--seed", "3", "--out", "out"], in: folder).status == 64)
        #expect(try Program.run(["study", "net.json", "none.json", "--out", "out"], in: folder).status == 66)
        #expect(!folder.has("out") && !folder.has("out.unfinished"))
    }

    @Test func aScenarioWithoutAnAnswerIsARowWithItsReason() throws {
        // Two new sources at once are not something this study can build.
        let folder = try folder("""
            { "format": "equitherm-study/1", "run": "solve",
              "remedies": [ { "id": "a", "kind": "source", "element": "P1", "heat_kw": 40, "head_kpa": 300 },
                            { "id": "b", "kind": "source", "element": "P1", "heat_kw": 40, "head_kpa": 300 } ],
              "factors": [ { "id": "fa", "parameter": "remedy", "element": "a" }, { "id": "fb", "parameter": "remedy", "element": "b" } ] }
            """)
        let run = try Program.run(["study", "net.json", "study.json", "--out", "out"], in: folder)
        #expect(run.status == 0, "\(run.messages)")
        let rows = try folder.table("out/scenarios.csv").rows
        let failed = rows.filter { $0["status"] == "failed" }
        #expect(failed.count == 1 && failed.first?["reason"] == "more than one new source at once")
        #expect(failed.first?["reason_zh"] == "同时新增了一个以上的热源")
        #expect(failed.first?["room_mean_c"] == "")
    }
}
