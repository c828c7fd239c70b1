import Foundation
import Testing

/// The exit codes of the contract, each with what is said and what is not written.
@Suite struct ExitCodeTests {
    private func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write(SmallDistrict.json, to: "net.json")
        return folder
    }

    @Test(arguments: [
        ["balance", "net.json", "--policy", "nope"], ["balance"], ["nonsense"], ["solve", "net.json", "--outdoor", "warm"],
        ["solve", "net.json", "--outdoor", "nan"], ["solve", "net.json", "--threads", "0"], ["balance", "net.json", "--tilt", "1"],
        ["balance", "net.json", "--fail-on", "rain"], ["generate", "out.json"], ["generate", "out.json", "--dwellings", "0"],
        ["generate", "out.json", "--dwellings", "10", "--open-rate", "0.9-0.3"], ["convert", "net.json"],
    ])
    func wrongUsageIs64(_ arguments: [String]) throws {
        let folder = try folder()
        let run = try Program.run(arguments, in: folder)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.messages.contains("Usage:") || run.messages.contains("USAGE:"))
        #expect(try folder.names(in: ".") == ["net.json"])
    }

    @Test(arguments: ["balance", "solve", "check"])
    func missingInputIs66(_ verb: String) throws {
        let run = try Program.run([verb, "nowhere.json"], in: try folder())
        #expect(run.status == 66)
        #expect(run.messages.contains("nowhere.json"))
    }

    @Test func missingRosterIs66() throws {
        #expect(try Program.run(["check", "net.json", "--roster", "nowhere.csv"], in: try folder()).status == 66)
    }

    @Test(arguments: ["balance", "solve", "check"])
    func wrongInputIs65AndNothingIsWritten(_ verb: String) throws {
        let folder = try folder()
        // Two mistakes, so that "every problem" can be seen.
        try folder.write(
            SmallDistrict.json.replacing("\"length_m\": 420", with: "\"length_m\": -420").replacing("\"to\": \"B8\"", with: "\"to\": \"B9\""),
            to: "bad.json")
        let arguments = verb == "check" ? [verb, "bad.json"] : [verb, "bad.json", "--out", "out"]
        let run = try Program.run(arguments, in: folder)
        #expect(run.status == 65)
        #expect(run.messages.contains("bad.json:5:"))
        #expect(run.messages.contains("bad.json:7:"))
        #expect(run.messages.contains("-420"))
        #expect(run.messages.contains("B9"))
        #expect(!folder.has("out"))
    }

    @Test func problemsBeyondTheFirstThousandAreCounted() throws {
        let folder = try folder()
        let rows = (0..<1500).map { "{\"id\": \"T\($0)\", \"from\": \"A\", \"to\": \"B\", \"length_m\": -1}" }
        try folder.write("{\"format\": \"equitherm/1\", \"trenches\": [\n\(rows.joined(separator: ",\n"))]}", to: "many.json")
        let run = try Program.run(["check", "many.json"], in: folder)
        #expect(run.status == 65 && run.messages.contains("500 more problems of the kind out-of-range are not listed"))
    }

    @Test func unwritableOutputIs73() throws {
        let folder = try folder()
        try folder.write("a file", to: "taken")
        let run = try Program.run(["solve", "net.json", "--out", "taken/inside"], in: folder)
        #expect(run.status == 73)
        #expect(run.messages.contains("taken/inside"))
        #expect(try folder.read("taken") == "a file")
    }

    @Test func foreignFilesAreNotThrownAway() throws {
        let folder = try folder()
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("mine"), withIntermediateDirectories: true)
        try folder.write("thesis", to: "mine/thesis.txt")
        let run = try Program.run(["solve", "net.json", "--out", "mine"], in: folder)
        #expect(run.status == 73)
        #expect(run.messages.contains("thesis.txt"))
        #expect(try folder.names(in: "mine") == ["thesis.txt"])
    }

    @Test func failOnIs1AndFilesAreWritten() throws {
        let folder = try folder()
        let run = try Program.run(["balance", "net.json", "--target", "35", "--fail-on", "unmet", "--out", "out", "--quiet"], in: folder)
        #expect(run.status == 1)
        #expect(folder.has("out/valves.csv"))
    }

    @Test func goodCheckIs0() throws {
        let run = try Program.run(["check", "net.json"], in: try folder())
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        #expect(run.messages.contains("32"))
    }

    @Test func versionAndHelp() throws {
        let folder = try folder()
        #expect(try Program.run(["--version"], in: folder).status == 0)
        for verb in ["balance", "solve", "check", "convert", "generate"] {
            let run = try Program.run([verb, "--help"], in: folder)
            #expect(run.status == 0)
            #expect(run.output.contains("Example:\n  equitherm \(verb) "))
        }
    }
}
