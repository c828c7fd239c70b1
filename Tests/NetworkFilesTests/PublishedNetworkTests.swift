import Foundation
import Heating
import NetworkFiles
import NetworkModel
import Quantities
import Testing

/// The networks of publications, read from the project's own files, against the figures beside them.
@Suite("Published networks")
struct PublishedNetworkTests {
    static let networks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "networks")

    /// A figure of `reference/expected.csv`: the element, what is meant, and its numbers by column.
    struct Figure: Sendable {
        var kind: String
        var element: String
        var quantity: String
        var numbers: [String: Double]
    }

    static func figures(_ name: String) throws -> [Figure] {
        let file = networks.appending(path: "published/\(name)/reference/expected.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        return lines.dropFirst().map { cells in
            var numbers: [String: Double] = [:]
            for (column, cell) in zip(lines[0], cells).dropFirst(3) { numbers[String(column)] = Double(cell) }
            return Figure(kind: String(cells[0]), element: String(cells[1]), quantity: String(cells[2]), numbers: numbers)
        }
    }

    static func solve(_ name: String) throws -> (Network, Outcome) {
        let reading = try DocumentReader.read(networks.appending(path: "published/\(name)").path)
        #expect(reading.sortedProblems == [])
        let expansion = Expander.expand(reading.document)
        #expect(expansion.problems == [])
        let network = try #require(expansion.network)
        var simulation = Simulation(network)
        return (network, try simulation.run(network.designWeather))
    }

    /// What the simulation says of a figure.
    static func value(_ figure: Figure, _ network: Network, _ outcome: Outcome) throws -> Double {
        func node(_ id: String) throws -> Int { try #require(network.nodes.firstIndex { $0.id.text == id }, "\(id)") }
        switch (figure.kind, figure.quantity) {
        case ("node", "temperature_c"): return outcome.temperature[try node(figure.element)]
        case ("nodes", "pressure_difference_pa"):
            let ends = figure.element.split(separator: " ").map(String.init)
            return abs(outcome.pressure[try node(ends[0])] - outcome.pressure[try node(ends[1])])
        case ("source", "heat_w"):
            return outcome.sources[try #require(network.sources.firstIndex { $0.id.text == figure.element })].heat
        case ("link", let quantity):
            let link = try #require(network.links.firstIndex { $0.id.text == figure.element }, "\(figure.element)")
            if quantity == "mass_flow_kg_s" { return outcome.massFlow[link] }
            let inlet = outcome.temperature[network.links[link].from.position]
            let drop = inlet - outcome.linkOutletTemperature[link]
            return outcome.massFlow[link] * network.conditions.fluid.heatCapacity.value * drop
        default: throw CancellationError()
        }
    }

    @Test("DESTEST CE_0 lies in the range of six published tools, and meets the independent calculation")
    func destest() throws {
        let (network, outcome) = try Self.solve("destest-ce0")
        let figures = try Self.figures("destest-ce0")
        #expect(figures.count == 18)
        for figure in figures {
            let value = try Self.value(figure, network, outcome)
            let numbers = figure.numbers
            let (low, high) = (try #require(numbers["low"]), try #require(numbers["high"]))
            #expect(value >= low - 1e-9 && value <= high + 1e-9, "\(figure.element) \(figure.quantity): \(value) not in \(low)…\(high)")
            let (precise, tolerance) = (try #require(numbers["precise"]), try #require(numbers["precise_tolerance"]))
            #expect(abs(value - precise) <= tolerance, "\(figure.element) \(figure.quantity): \(value), not \(precise)")
        }
    }

    @Test("Barry Island: the paper's flows and its slack source, and the independent calculation at every node")
    func barryIsland() throws {
        let (network, outcome) = try Self.solve("barry-island")
        let figures = try Self.figures("barry-island")
        #expect(figures.count { $0.numbers["published"] != nil } == 13)
        for figure in figures {
            let value = try Self.value(figure, network, outcome)
            let numbers = figure.numbers
            if let published = numbers["published"], let tolerance = numbers["published_tolerance"] {
                #expect(abs(value - published) <= tolerance, "\(figure.element): \(value), published \(published)")
            }
            let (precise, tolerance) = (try #require(numbers["precise"]), try #require(numbers["precise_tolerance"]))
            #expect(abs(value - precise) <= tolerance, "\(figure.element) \(figure.quantity): \(value), not \(precise)")
        }
    }

    @Test("The examples of the project read without a problem", arguments: ["two-buildings.json", "gaowan"])
    func examples(name: String) throws {
        let reading = try DocumentReader.read(Self.networks.appending(path: name).path)
        #expect(reading.sortedProblems == [])
        let expansion = Expander.expand(reading.document)
        #expect(expansion.problems == [])
        #expect(expansion.network != nil)
    }

    @Test("Gaowan is what its recorded command makes")
    func gaowan() throws {
        let reading = try DocumentReader.read(Self.networks.appending(path: "gaowan").path)
        #expect(reading.document == DistrictGenerator.document(GeneratorOptions(dwellings: 3000, seed: 4)))
        let manifest = reading.document[.manifest].texts("description")[0]
        #expect(reading.document.text(manifest) == "equitherm generate OUT --dwellings 3000 --seed 4")
    }
}


/// Pipes with strong heat loss, against the OpenModelica results that pandapipes publishes.
@Suite("OpenModelica: pipes with heat loss") struct OpenModelicaHeatTests {
    private static let folder = PublishedNetworkTests.networks.appending(path: "published/openmodelica-heat")

    @Test("Pressures, velocities and temperatures within the published tolerance", arguments: ["delta", "one-pipe", "sections", "two-pipes"])
    func figures(name: String) throws {
        let reading = try DocumentReader.read(Self.folder.appending(path: "\(name).json").path)
        let network = try #require(Expander.expand(reading.document).network)
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let lines = try String(contentsOf: Self.folder.appending(path: "expected.csv"), encoding: .utf8).split(separator: "\n")
        let rows = lines.dropFirst().map { $0.split(separator: ",").map(String.init) }.filter { $0[0] == name }
        #expect(rows.count >= 4)
        for row in rows {
            let (expected, tolerance) = (try #require(Double(row[4])), try #require(Double(row[5])))
            let value: Double
            if row[1] == "node" {
                let node = try #require(network.nodes.firstIndex { $0.id.text == row[2] })
                value = row[3] == "pressure_kpa" ? outcome.pressure[node] / 1000 : outcome.temperature[node]
            } else {
                let link = try #require(network.links.firstIndex { $0.id.text == row[2] })
                guard case .pipe(let pipe) = network.links[link].element else { continue }
                let diameter = network.pipes[pipe].innerDiameter.metres
                let velocity = outcome.massFlow[link] / outcome.density[link] / (Double.pi / 4 * diameter * diameter)
                value = row[3] == "velocity_m_s" ? velocity : outcome.linkOutletTemperature[link]
            }
            // The reference mixes each pipe in a few cells; the tolerance is what that is worth.
            #expect(abs(value - expected) <= tolerance, "\(row[2]) \(row[3])")
        }
    }
}

/// Cold water, against the STANET results that pandapipes publishes: pressures to 1e-4 bar, velocities to 1e-4 m/s.
@Suite("STANET: branches, forks and valves") struct StanetTests {
    private static let folder = PublishedNetworkTests.networks.appending(path: "published/stanet")

    @Test(arguments: ["branches", "cross", "two-valves"]) func figures(name: String) throws {
        let reading = try DocumentReader.read(Self.folder.appending(path: "\(name).json").path)
        let network = try #require(Expander.expand(reading.document).network)
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let lines = try String(contentsOf: Self.folder.appending(path: "expected.csv"), encoding: .utf8).split(separator: "\n")
        let rows = lines.dropFirst().map { $0.split(separator: ",").map(String.init) }.filter { $0[0] == name }
        #expect(rows.count >= 7)
        for row in rows {
            let (expected, tolerance) = (try #require(Double(row[4])), try #require(Double(row[5])))
            let value: Double
            if row[1] == "node" {
                value = outcome.pressure[try #require(network.nodes.firstIndex { $0.id.text == row[2] })] / 1000
            } else {
                let link = try #require(network.links.firstIndex { $0.id.text == row[2] })
                guard case .pipe(let pipe) = network.links[link].element else { continue }
                let diameter = network.pipes[pipe].innerDiameter.metres
                value = outcome.massFlow[link] / 1000 / (Double.pi / 4 * diameter * diameter)
            }
            #expect(abs(value - expected) <= tolerance, "\(row[2]) \(row[3])")
        }
    }
}
