import Foundation
import Testing

/// The README shows real runs and real files.
@Suite struct ReadmeTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The README's block of a language, without its fences.
    private func block(_ language: String) throws -> String {
        let readme = try text("README.md")
        let start = try #require(readme.range(of: "```\(language)\n"))
        let end = try #require(readme.range(of: "\n```", range: start.upperBound..<readme.endIndex))
        return String(readme[start.upperBound..<end.lowerBound])
    }

    @Test func demoOutputIsWhatTheProgramSays() throws {
        let folder = try Folder()
        let network = Self.root.appendingPathComponent("networks/gaowan").path
        let run = try Program.run(["balance", network, "--out", "out/gaowan"], in: folder)
        #expect(run.status == 0, "\(run.messages)")
        // The residuals of the checks are rounding errors, which may differ between processors.
        func comparable(_ text: String) -> [Substring] {
            text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("Checked:") }
        }
        #expect(comparable(try block("text")) == comparable(run.messages.trimmingCharacters(in: .newlines)))
        try expectReproduction(of: "out/gaowan", in: folder)
    }

    /// Who simulates the network that was written finds the flows that were predicted, in every link.
    private func expectReproduction(of results: String, in folder: Folder) throws {
        let run = try Program.run(["solve", results + "/network.json", "--out", "out/solved", "--quiet"], in: folder)
        #expect(run.status == 0, "\(run.messages)")
        let predicted = try folder.table(results + "/links.csv").numbers("mass_flow_kg_s")
        let found = try folder.table("out/solved/links.csv").numbers("mass_flow_kg_s")
        #expect(predicted.count > 9000 && predicted.count == found.count)
        // Both ends are settled to 1e-6 K of some 20 K, from different starts; seen: 1e-8.
        for (link, flow) in predicted { #expect(abs((found[link] ?? .nan) - flow) <= 1e-6 * abs(flow) + 1e-9, "\(link)") }
    }

    @Test func exampleIsTheFile() throws {
        #expect(try block("json") + "\n" == text("networks/two-buildings.json"))
        #expect(try block("csv") + "\n" == text("networks/two-buildings.roster.csv"))
    }

    @Test(arguments: ["ARCHITECTURE.md", "THEORY.md", "CHANGELOG.md", "networks", "benchmarks", "networks/gaowan", "networks/equitherm-1.schema.json"])
    func linksLeadSomewhere(_ path: String) throws {
        #expect(try text("README.md").contains("](\(path)"))
        #expect(FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(path).path))
    }
}
