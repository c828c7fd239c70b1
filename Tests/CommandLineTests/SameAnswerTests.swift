import Foundation
import Testing

/// The same input gives the same bytes, and what has no meaning changes nothing.
@Suite struct SameAnswerTests {
    private static let tables = ["links.csv", "nodes.csv", "dwellings.csv", "valves.csv", "zones.csv", "bottlenecks.csv", "pumps.csv", "sources.csv", "substations.csv"]

    private func balanced(_ json: String, _ environment: [String: String] = [:]) throws -> Folder {
        let folder = try Folder()
        try folder.write(json, to: "net.json")
        let run = try Program.run(["balance", "net.json", "--out", "out"], in: folder, environment: environment)
        #expect(run.status == 0, "\(run.messages)")
        return folder
    }

    @Test("Language, numbers and time of the machine do not reach the files", arguments: [
        ("de_DE.UTF-8", "Asia/Shanghai"), ("tr_TR.UTF-8", "Pacific/Kiritimati"), ("zh_CN.GB18030", "America/St_Johns"),
    ])
    func locale(locale: String, zone: String) throws {
        let plain = try balanced(SmallDistrict.json, ["LC_ALL": "C", "TZ": "UTC"])
        let other = try balanced(SmallDistrict.json, ["LC_ALL": locale, "LANG": locale, "TZ": zone])
        for name in Self.tables + ["network.json", "report.html"] {
            #expect(try plain.read("out/\(name)") == other.read("out/\(name)"), "\(name)")
        }
    }

    @Test("The order of roster rows, of tables and of the fields of a row has no meaning")
    func order() throws {
        let plain = try balanced(SmallDistrict.json)
        var object = try #require(try JSONSerialization.jsonObject(with: Data(SmallDistrict.json.utf8)) as? [String: Any])
        let roster = try #require(object["roster"] as? [Any])
        object["roster"] = Array(roster.reversed())
        // Sorted keys are another order of tables and fields than that of the author.
        let text = String(decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self)
        #expect(text.hasPrefix("{\"buildings\""))
        let other = try balanced(text)
        for name in Self.tables { #expect(try plain.read("out/\(name)") == other.read("out/\(name)"), "\(name)") }
    }

    @Test("The order of trenches and buildings orders the rows of the results and nothing else")
    func elementOrder() throws {
        let plain = try balanced(SmallDistrict.json)
        var object = try #require(try JSONSerialization.jsonObject(with: Data(SmallDistrict.json.utf8)) as? [String: Any])
        for table in ["trenches", "buildings"] { object[table] = Array(try #require(object[table] as? [Any]).reversed()) }
        let other = try balanced(String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self))
        let rooms = try plain.table("out/dwellings.csv").numbers("room_c")
        let others = try other.table("out/dwellings.csv").numbers("room_c")
        #expect(rooms.count == others.count && rooms.count == 32)
        // Sums in another order round differently; temperatures settle to 1e-6 K, and what follows from flows to 1e-4 K.
        for (id, room) in rooms { #expect(abs(room - (others[id] ?? .nan)) < 1e-3, "\(id)") }
        let settings = Dictionary(uniqueKeysWithValues: try plain.table("out/valves.csv").rows.map { ($0["id"] ?? "", $0["setting"] ?? "") })
        for row in try other.table("out/valves.csv").rows { #expect(settings[row["id"] ?? ""] == row["setting"], "\(row["id"] ?? "")") }
    }
}
