import Foundation
import Heating
import NetworkModel
import Testing

@testable import NetworkFiles

/// Networks that pandapipes wrote, and its own results for them (`networks/pandapipes/make.py`).
@Suite struct PandapipesTests {
    private func file(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: networksFolder() + "/pandapipes/" + name)))
    }

    /// Pandapipes interpolates water from a table, cuts pipes into sections for their heat loss and lets heat capacity follow the
    /// temperature; here pipes lose heat exactly along their length and c_p is constant (within 0.7 %). So flows that follow from heat may
    /// differ by 0.5 %, temperatures by 0.3 K, pressures by 0.5 kPa.
    @Test(arguments: ["loop", "heat"]) func resultsAgreeWithPandapipes(name: String) throws {
        let reading = DocumentReader.parse(try file(name + ".json"), name: name + ".json")
        #expect(reading.problems.problems == [])
        let expansion = Expander.expand(reading.document)
        #expect(expansion.problems.filter { $0.severity == .error } == [])
        let network = try #require(expansion.network)
        var simulation = Simulation(network, options: SimulationOptions())
        let outcome = try simulation.run(network.designWeather)
        let nodes = Dictionary(uniqueKeysWithValues: network.nodes.enumerated().map { ($0.element.id.text, $0.offset) })
        let links = Dictionary(uniqueKeysWithValues: network.links.enumerated().map { ($0.element.id.text, $0.offset) })
        let expected = String(decoding: try file(name + ".expected.csv"), as: UTF8.self).split(separator: "\n").dropFirst()
        #expect(expected.count > 10)
        for line in expected {
            let cells = line.split(separator: ",").map(String.init)
            let value = try #require(Double(cells[3]))
            switch cells[2] {
            case "pressure_kpa":
                let node = try #require(nodes[cells[1]])
                #expect(abs(outcome.pressure[node] / 1000 - value) < 0.5, "\(line): \(outcome.pressure[node] / 1000)")
            case "temperature_c":
                let node = try #require(nodes[cells[1]])
                #expect(abs(outcome.temperature[node] - value) < 0.3, "\(line): \(outcome.temperature[node])")
            default:
                let link = try #require(links[cells[1]])
                #expect(abs(outcome.massFlow[link] - value) < 0.005 * abs(value), "\(line): \(outcome.massFlow[link])")
            }
        }
    }

    @Test func gasIsRefused() throws {
        let reading = DocumentReader.parse(try file("gas.json"), name: "gas.json")
        #expect(reading.codes == ["pandapipes-fluid"])
        #expect(reading.problems.problems[0].arguments == ["lgas"])
    }

    @Test func elementsWithoutCounterpartAreNamed() throws {
        let text = String(decoding: try file("heat.json"), as: UTF8.self)
        let storage = """
            "mass_storage": { "_module": "pandas.core.frame", "_class": "DataFrame", "orient": "split", \
            "_object": "{\\"columns\\":[\\"name\\",\\"junction\\",\\"in_service\\"],\\"index\\":[0,1],\\"data\\":[[\\"tank\\",1,true],[\\"old\\",1,false]]}" },
            """
        let changed = text.replacing("\"sector\": \"all\",", with: "\"sector\": \"all\", " + storage)
        let reading = DocumentReader.parse(Array(changed.utf8), name: "heat.json")
        #expect(reading.codes == ["pandapipes-element"])
        #expect(reading.problems.problems[0].arguments == ["tank", "mass_storage"])
        #expect(reading.problems.problems[0].location != nil)
    }

    /// A source is water fed in; it has no temperature of its own in pandapipes, so that of its junction stands for it.
    @Test func sourcesFeedIn() throws {
        let text = String(decoding: try file("loop.json"), as: UTF8.self)
        let frame = """
            "source": { "_module": "pandas.core.frame", "_class": "DataFrame", "orient": "split", "_object": \
            "{\\"columns\\":[\\"name\\",\\"junction\\",\\"mdot_kg_per_s\\",\\"scaling\\",\\"in_service\\"],\\"index\\":[0],\\"data\\":[[\\"b\\",3,1.0,0.5,true]]}" },
            """
        let changed = text.replacing("\"sector\": \"all\",", with: "\"sector\": \"all\", " + frame)
        let reading = DocumentReader.parse(Array(changed.utf8), name: "loop.json")
        #expect(reading.codes == [])
        #expect(reading.document[.nodes].numbers("demand_kg_s")[3] == -0.5)
        #expect(reading.document[.nodes].numbers("injection_c")[3] == 70)
    }

    /// A value inside the text inside the text is found again in the file.
    @Test func problemsNameTheirPlace() throws {
        let text = String(decoding: try file("heat.json"), as: UTF8.self)
        let changed = text.replacing("\\\"S12\\\",1,2,null,0.2,80.0", with: "\\\"S12\\\",1,2,null,0.2,-80.0")
        #expect(changed != text)
        let reading = DocumentReader.parse(Array(changed.utf8), name: "heat.json")
        let problem = try #require(reading.problems.problems.first)
        #expect(problem.code.name == "out-of-range")
        #expect(problem.element?.id.text == "S12")
        let place = try #require(problem.location)
        let line = changed.split(separator: "\n", omittingEmptySubsequences: false)[place.line - 1]
        #expect(line.dropFirst((place.column ?? 1) - 1).hasPrefix("-80.0"))
    }

    @Test func danglingJunctionsAreNamed() throws {
        let text = String(decoding: try file("heat.json"), as: UTF8.self)
        let changed = text.replacing("[\\\"S12\\\",1,2,", with: "[\\\"S12\\\",1,77,")
        let reading = DocumentReader.parse(Array(changed.utf8), name: "heat.json")
        #expect(reading.codes == ["pandapipes-reference"])
    }

    /// Any cut and any change of a file gives problems or a network, never a crash.
    @Test func damagedFilesDoNoHarm() throws {
        let bytes = try file("loop.json")
        for end in stride(from: 0, to: bytes.count, by: 101) { _ = DocumentReader.parse(Array(bytes[..<end]), name: "x.json") }
        var random = SplitMix64(seed: 11)
        for _ in 0..<150 {
            var damaged = bytes
            for _ in 0..<4 { damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 32...126, using: &random) }
            let reading = DocumentReader.parse(damaged, name: "x.json")
            if !reading.problems.hasErrors { _ = Expander.expand(reading.document) }
        }
    }
}
