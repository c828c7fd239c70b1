import Heating
import NetworkModel
import Quantities
import Testing

@testable import NetworkFiles

/// Devices that follow a sensor, from the file to the answer.
@Suite struct DeviceDocumentTests {
    private func network(_ document: Document) throws -> Network { try #require(Expander.expand(document).network) }

    private func document() throws -> Document {
        try DocumentReader.read(networksFolder() + "/devices.json", roster: nil).document
    }

    @Test func everyDeviceHoldsWhatItIsSetTo() throws {
        let network = try network(document())
        var options = SimulationOptions()
        options.isothermal = true
        var simulation = Simulation(network, options: options)
        let outcome = try simulation.run(network.designWeather)
        let pressure = Dictionary(uniqueKeysWithValues: zip(network.nodes.map(\.id), outcome.pressure))
        func difference(_ high: ElementID, _ low: ElementID) -> Double { (pressure[high] ?? .nan) - (pressure[low] ?? .nan) }
        // Settings are met to the solver's tolerance of 1e-5 Pa, judged to 1e-4.
        #expect((difference("b", "r") - 60_000).magnitude < 1e-4 && difference("s", "r") > 60_000)
        #expect((difference("a", "r") - 15_000).magnitude < 1e-4)
        let place = Dictionary(uniqueKeysWithValues: network.links.enumerated().map { ($1.id, $0) })
        #expect(outcome.massFlow[place["flow"] ?? 0] == 0.5)
        #expect(outcome.status[place["dp"] ?? 0] == .regulating && outcome.status[place["relief"] ?? 0] == .blocked)
        #expect(outcome.status[place["pump"] ?? 0] == .regulating && outcome.pumpSpeed[0] > 0.3 && outcome.pumpSpeed[0] < 1)
        // Both ways of the three-way valve: three parts of the stroke to one.
        let ways = network.valves.filter { ["mix", "mix/bypass"].contains(network.links[$0.link].id.text) }.map(\.kv.cubicMetresPerHour)
        #expect(ways.sorted() == [2, 6])
        #expect(outcome.findings.isEmpty)
    }

    @Test func writtenOutTheyAreTheSame() throws {
        let first = try network(document())
        let again = try network(ExplicitDocument.document(of: first))
        #expect(again.pumps.map(\.control) == first.pumps.map(\.control) && again.pumps.map(\.leastSpeed) == first.pumps.map(\.leastSpeed))
        #expect(again.valves.map(\.function) == first.valves.map(\.function))
    }

    /// An efficiency curve gives the pump its best efficiency where nothing else is said, and is written out as it was read.
    @Test func efficiencyCurvesAreReadAndWritten() throws {
        var document = try document()
        document.set(.pumps, 0, "efficiency", .absent)
        document.set(.pumps, 0, "efficiency_curve", .points([TablePoint(2, 0.3), TablePoint(5, 0.72), TablePoint(9, 0.5)]))
        let first = try network(document)
        #expect(first.pumps[0].efficiency == 0.72)
        #expect(first.pumps[0].efficiencyCurve.map(\.efficiency) == [0.3, 0.72, 0.5])
        #expect(first.pumps[0].efficiencyCurve.map(\.flow) == [2, 5, 9].map { VolumeFlow(cubicMetresPerHour: $0) })
        #expect(try network(ExplicitDocument.document(of: first)).pumps[0].efficiencyCurve == first.pumps[0].efficiencyCurve)
        document.set(.pumps, 0, "efficiency_curve", .points([TablePoint(5, 0.3), TablePoint(2, 0.7)]))
        #expect(Expander.expand(document).problems.contains { $0.code.name == "efficiency-flow-not-rising" })
    }

    /// At either end of its stroke a valve with three ports has one way shut and the other fully open.
    @Test(arguments: [0.0, 1.0]) func threeWaysStandAtTheEndsOfTheirStroke(position: Double) throws {
        var document = try document()
        document.set(.valves, 4, "position", .number(position))
        let network = try network(document)
        for (name, isOpen) in [(ElementID("mix"), position > 0), ("mix/bypass", position < 1)] {
            let valve = try #require(network.valves.first { network.links[$0.link].id == name })
            #expect(network.links[valve.link].isOpen == isOpen && valve.kv.cubicMetresPerHour == 8)
        }
    }

    @Test func whatIsMissingIsNamed() throws {
        let good = try document()
        for (table, row, field, cell, code) in [
            (TableName.pumps, 0, "worst_points", Cell.text("s|r; nowhere"), "dangling-reference"),
            (.pumps, 0, "worst_points", .text("s|s"), "sensors-equal"), (.pumps, 0, "least_speed", .number(1.5), "least-speed"),
            (.valves, 1, "function", "three_way_mixing", "missing-value"), (.valves, 1, "function", "differential_pressure", "missing-value"),
        ] {
            var document = good
            document.set(table, row, field, cell)
            #expect(Expander.expand(document).problems.contains { $0.code.name == code }, "\(field)")
        }
    }
}
