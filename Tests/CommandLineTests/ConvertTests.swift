import Testing

/// `convert` and `generate`.
@Suite struct ConvertTests {
    @Test func jsonToFolderAndBackIsTheSame() throws {
        let folder = try Folder()
        try folder.write(SmallDistrict.json, to: "net.json")
        #expect(try Program.run(["convert", "net.json", "a.json"], in: folder).status == 0)
        #expect(try Program.run(["convert", "a.json", "tables"], in: folder).status == 0)
        #expect(try Program.run(["convert", "tables", "b.json"], in: folder).status == 0)
        #expect(try folder.read("a.json") == folder.read("b.json"))
    }

    @Test func expandedNetworkSolvesAlike() throws {
        let folder = try Folder()
        try folder.write(SmallDistrict.json, to: "net.json")
        #expect(try Program.run(["convert", "net.json", "full.json", "--expand"], in: folder).status == 0)
        for name in ["net", "full"] {
            let run = try Program.run(["solve", "\(name).json", "--out", name], in: folder)
            #expect(run.status == 0, "\(run.messages)")
        }
        let compact = try folder.table("net/links.csv").numbers("mass_flow_kg_s")
        let full = try folder.table("full/links.csv").numbers("mass_flow_kg_s")
        #expect(compact.count == full.count)
        // The same numbers go into the same solver; only the order of elements may differ.
        for (id, flow) in compact { #expect(abs((full[id] ?? .nan) - flow) < 1e-6, "\(id)") }
    }

    @Test func generatedDistrictsAreRepeatableAndGood() throws {
        let folder = try Folder()
        for name in ["a", "b"] {
            #expect(try Program.run(["generate", name, "--dwellings", "300", "--seed", "7"], in: folder).status == 0)
        }
        #expect(try Program.run(["generate", "c.json", "--dwellings", "300", "--seed", "8"], in: folder).status == 0)
        for name in try folder.names(in: "a") { #expect(try folder.read("a/\(name)") == folder.read("b/\(name)"), "\(name)") }
        #expect(try Program.run(["check", "a"], in: folder).status == 0)
        #expect(try Program.run(["check", "c.json"], in: folder).status == 0)
    }
}
