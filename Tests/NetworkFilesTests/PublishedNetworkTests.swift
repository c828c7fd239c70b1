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

    @Test("The examples of the project read without a problem", arguments: ["two-buildings.json", "one-pipe.json", "gaowan"])
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

/// Networks of another program beside its results: rows `case,kind,element,quantity,value,tolerance` of `expected.csv`.
struct ComparedNetworks {
    let folder: URL
    /// Density that the other program divides mass flows by for its velocities, kg/m³; nil = that of the water as it is.
    var density: Double?

    /// Simulates a case and judges every row of it by the row's own tolerance.
    func judge(_ name: String, least count: Int) throws {
        let reading = try DocumentReader.read(folder.appending(path: "\(name).json").path)
        let network = try #require(Expander.expand(reading.document).network)
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let lines = try String(contentsOf: folder.appending(path: "expected.csv"), encoding: .utf8).split(separator: "\n")
        let rows = lines.dropFirst().map { $0.split(separator: ",").map(String.init) }.filter { $0[0] == name }
        #expect(rows.count >= count)
        for row in rows {
            let (expected, tolerance) = (try #require(Double(row[4])), try #require(Double(row[5])))
            let value = try value(kind: row[1], row[2], row[3], network, outcome)
            #expect(abs(value - expected) <= tolerance, "\(row[2]) \(row[3]): \(value), not \(expected)")
        }
    }

    private func value(kind: String, _ element: String, _ quantity: String, _ network: Network, _ outcome: Outcome) throws -> Double {
        if kind == "node" {
            let node = try #require(network.nodes.firstIndex { $0.id.text == element }, "\(element)")
            return quantity == "pressure_kpa" ? outcome.pressure[node] / 1000 : outcome.temperature[node]
        }
        let link = try #require(network.links.firstIndex { $0.id.text == element }, "\(element)")
        guard quantity == "velocity_m_s" else { return outcome.linkOutletTemperature[link] }
        let diameter = try #require(network.pipes.first { $0.link.position == link }).innerDiameter.metres
        return outcome.massFlow[link] / (density ?? outcome.density[link]) / (Double.pi / 4 * diameter * diameter)
    }
}

/// Pipes with strong heat loss, against the OpenModelica results that pandapipes publishes.
@Suite("OpenModelica: pipes with heat loss") struct OpenModelicaHeatTests {
    // The reference mixes each pipe in a few cells; the tolerances are what that is worth.
    @Test("Pressures, velocities and temperatures within the published tolerance", arguments: ["delta", "one-pipe", "sections", "two-pipes"])
    func figures(name: String) throws {
        try ComparedNetworks(folder: PublishedNetworkTests.networks.appending(path: "published/openmodelica-heat")).judge(name, least: 4)
    }
}

/// Cold water, against the STANET results that pandapipes publishes: pressures to 1e-4 bar, velocities to 1e-4 m/s.
@Suite("STANET: branches, forks and valves") struct StanetTests {
    @Test(arguments: ["branches", "cross", "two-valves"]) func figures(name: String) throws {
        let folder = PublishedNetworkTests.networks.appending(path: "published/stanet")
        try ComparedNetworks(folder: folder, density: 1000).judge(name, least: 7)
    }
}

/// Pipes with heat loss whose temperatures follow from given flows alone.
@Suite("Pipes with heat loss: closed answers") struct ClosedHeatTests {
    private static let folder = PublishedNetworkTests.networks.appending(path: "analytic-heat")
    private static let heatCapacity = 4200.0

    private func temperatures(_ name: String) throws -> (_ node: String) throws -> Double {
        let reading = try DocumentReader.read(Self.folder.appending(path: "\(name).json").path)
        #expect(reading.sortedProblems == [])
        let network = try #require(Expander.expand(reading.document).network)
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        return { id in outcome.temperature[try #require(network.nodes.firstIndex { $0.id.text == id })] }
    }

    /// Outlet of a pipe of `length` m that loses `loss` W/(m K).
    private func cooled(_ inlet: Double, _ ambient: Double, loss: Double, length: Double, flow: Double) -> Double {
        ambient + (inlet - ambient) * exp(-loss * length / (flow * Self.heatCapacity))
    }

    // Flows are given to 1e-9 of the largest, temperatures are settled to 1e-6 K.
    private let tolerance = 1e-5

    @Test func chain() throws {
        let found = try temperatures("chain")
        let b = cooled(84, 6, loss: 1.4, length: 900, flow: 1.3)
        let c = cooled(b, -3, loss: 2.2, length: 1500, flow: 1.3)
        let d = cooled(c, 18, loss: 4.8, length: 800, flow: 1.3)
        for (node, expected) in [("A", 84), ("B", b), ("C", c), ("D", d)] { #expect(abs(try found(node) - expected) < tolerance) }
    }

    @Test(arguments: ["mix", "mix-reversed"]) func mix(name: String) throws {
        let found = try temperatures(name)
        let hot = cooled(92, 6, loss: 1.8, length: 700, flow: 0.8)
        let cold = cooled(55, 12, loss: 3.1, length: 300, flow: 0.6)
        let tee = (0.8 * hot + 0.6 * cold) / 1.4
        #expect(abs(try found("tee") - tee) < tolerance)
        #expect(abs(try found("end") - cooled(tee, 6, loss: 2.6, length: 1100, flow: 1.4)) < tolerance)
    }

    @Test func split() throws {
        let found = try temperatures("split")
        let tee = cooled(78, 6, loss: 1.1, length: 1200, flow: 1.35)
        #expect(abs(try found("tee") - tee) < tolerance)
        #expect(abs(try found("near") - cooled(tee, 6, loss: 0.9, length: 150, flow: 0.9)) < tolerance)
        #expect(abs(try found("far") - cooled(tee, 6, loss: 1.6, length: 2400, flow: 0.45)) < tolerance)
    }
}
