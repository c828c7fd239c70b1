import Foundation
import Testing

/// `solve` and `check` on EPANET files.
@Suite struct EpanetTests {
    /// 20 l/s through 1000 m of 200 mm pipe with Hazen–Williams C 130.
    private static let file = """
        [TITLE]
        One pipe
        [JUNCTIONS]
        =J1 10 20
        [RESERVOIRS]
        R 60
        [PIPES]
        P R =J1 1000 200 130 0 Open
        [OPTIONS]
        Units LPS
        Headloss H-W
        [END]
        """

    private func folder() throws -> Folder {
        let folder = try Folder()
        // Kind is told by content, not by name.
        try folder.write(Self.file, to: "pipe.txt")
        return folder
    }

    @Test func solvesByTheFilesIDs() throws {
        let folder = try folder()
        let run = try Program.run(["solve", "pipe.txt", "--physics", "exact", "--out", "out"], in: folder)
        #expect(run.status == 0, "\(run.messages)")
        #expect(try folder.names(in: "out") == ["links.csv", "nodes.csv", "summary.json"])
        let link = try #require(try folder.table("out/links.csv").rows.first)
        #expect(link["id"] == "P" && link["kind"] == "pipe" && link["status"] == "open" && link["to"] == "'=J1")
        #expect(abs((link["volume_flow_m3_h"].flatMap(Double.init) ?? .nan) - 72) < 1e-9)
        // h = 10.667 L q^1.852 / (C^1.852 d^4.871) in SI (Hazen & Williams 1905); the constant has four digits.
        let loss = 10.667 * 1000 * pow(0.02, 1.852) / (pow(130, 1.852) * pow(0.2, 4.871))
        #expect(abs((link["head_loss_m"].flatMap(Double.init) ?? .nan) / loss - 1) < 1e-3)
        let node = try #require(try folder.table("out/nodes.csv").rows.first)
        #expect(node["kind"] == "junction" && node["elevation_m"] == "10" && node["demand_m3_h"] == "72" && node["temperature_c"] == "")
    }

    @Test func physicsDiffer() throws {
        let folder = try folder()
        #expect(try Program.run(["solve", "pipe.txt", "--out", "epanet"], in: folder).status == 0)
        #expect(try Program.run(["solve", "pipe.txt", "--physics", "exact", "--out", "exact"], in: folder).status == 0)
        let epanet = try #require(try folder.table("epanet/links.csv").numbers("head_loss_m")["P"])
        let exact = try #require(try folder.table("exact/links.csv").numbers("head_loss_m")["P"])
        // EPANET's rounded factors are worth a few hundredths of a per cent.
        #expect(epanet != exact && abs(epanet / exact - 1) < 1e-3)
    }

    @Test func onlySolveAndCheckReadThem() throws {
        let folder = try folder()
        #expect(try Program.run(["check", "pipe.txt"], in: folder).status == 0)
        let run = try Program.run(["balance", "pipe.txt", "--out", "out"], in: folder)
        #expect(run.status == 65)
        #expect(!folder.has("out"))
        #expect(try Program.run(["convert", "pipe.txt", "x.json"], in: folder).status == 65)
        #expect(try Program.run(["convert", "pipe.txt", "copy.inp"], in: folder).status == 0)
        #expect(try Program.run(["check", "copy.inp"], in: folder).status == 0)
    }

    @Test func heatOptionsAreRefused() throws {
        let folder = try folder()
        #expect(try Program.run(["solve", "pipe.txt", "--outdoor", "-5"], in: folder).status == 64)
        try folder.write(SmallDistrict.json, to: "net.json")
        #expect(try Program.run(["solve", "net.json", "--physics", "epanet"], in: folder).status == 64)
    }

    @Test func wrongFilesAre65() throws {
        let folder = try Folder()
        try folder.write(Self.file.replacing("P R =J1", with: "P R J9"), to: "bad.inp")
        let run = try Program.run(["solve", "bad.inp", "--out", "out"], in: folder)
        #expect(run.status == 65)
        #expect(run.messages.contains("bad.inp:8") && run.messages.contains("J9"))
        #expect(!folder.has("out"))
    }
}
