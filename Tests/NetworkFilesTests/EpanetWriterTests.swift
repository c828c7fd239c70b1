import Foundation
import Heating
import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import NetworkFiles

/// Heating networks written as EPANET files, read back and solved with exact physics, against the native solution.
@Suite struct EpanetWriterTests {
    static let networks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "networks")

    static func network(_ name: String) throws -> Network {
        try #require(Expander.expand(try DocumentReader.read(networks.appending(path: name).path).document).network)
    }

    /// Mass flows by link with water of one temperature in each circuit.
    static func native(_ network: Network, _ temperature: (Circuit) -> Temperature) throws -> [Double] {
        var flow = [Double](repeating: 0, count: network.links.count)
        for circuit in network.circuits() {
            let compiled = CompiledNetwork(network, circuit: circuit)
            var solver = HydraulicSolver(compiled)
            let solution = try solver.solve(CircuitState(compiled, of: network, temperature: temperature(circuit)))
            for (local, link) in compiled.links.enumerated() { flow[link.position] = solution.massFlow[local] }
        }
        return flow
    }

    static func read(_ output: EpanetWriter.Output) throws -> EpanetNetwork {
        let reading = EpanetReader.read(SourceText(path: "written.inp", bytes: output.bytes))
        #expect(reading.problems == [])
        return try #require(reading.network)
    }

    /// Mass flows by link as the written file has them; NaN for what is no link in it.
    static func written(_ network: Network, _ options: EpanetWriter.Options) throws -> (flow: [Double], output: EpanetWriter.Output) {
        let output = EpanetWriter.write(network, options: options)
        let epanet = try read(output)
        let solution = try EpanetSolver.solve(epanet, physics: .exact)
        var flow: [ElementID: Double] = [:]
        for (link, value) in zip(epanet.links, solution.flow) { flow[link.id] = value }
        return (zip(output.links, output.density).map { id, density in id.flatMap { flow[$0] }.map { $0 * density } ?? .nan }, output)
    }

    /// The flows of the file against the native ones, within a share of each.
    static func expectAgreement(
        _ name: String, _ network: Network, options: EpanetWriter.Options, share: Double, temperature: (Circuit) -> Temperature
    ) throws {
        let (flow, _) = try written(network, options)
        let native = try native(network, temperature)
        let largest = native.map(\.magnitude).max() ?? 0
        #expect(largest > 0)
        var compared = 0
        for (position, link) in network.links.enumerated() where !flow[position].isNaN {
            compared += 1
            // What is next to nothing is compared with the largest flow.
            let allowed = share * native[position].magnitude + 1e-7 * largest
            let error = flow[position] - native[position]
            #expect(error.magnitude <= allowed, "\(name) \(link.id): \(flow[position]) written, \(native[position]) native")
        }
        #expect(compared > 0)
    }

    /// With one water everywhere. The curve of a pump of constant head lifts its head by up to 1e-4, and so flows by up to 1e-4
    /// where they are laminar; all else is exact.
    static func expectAgreement(_ name: String, _ network: Network) throws {
        let temperature = Temperature(celsius: 55)
        try expectAgreement(name, network, options: EpanetWriter.Options(temperature: temperature), share: 1.2e-4) { _ in temperature }
    }

    @Test(arguments: ["two-buildings.json", "gaowan"])
    func waterOfEachCircuit(_ name: String) throws {
        let network = try Self.network(name)
        let (fluid, output) = (network.conditions.fluid, EpanetWriter.write(network))
        // Water as warm as what the file says, found by its density. The file's one viscosity is right for the terminals' circuits
        // but for their spread of some kelvin; in turbulent pipes friction goes with its 0.1th to 0.25th power, flow with half
        // of that: 20 K between a primary and the mean, a third of the viscosity, is 1.5 % of flow at most.
        try Self.expectAgreement(name, network, options: EpanetWriter.Options(), share: 0.015) { circuit in
            let density = output.density[circuit.links[0].position]
            var (low, high) = (4.0, 150.0)
            for _ in 0..<60 {
                let middle = 0.5 * (low + high)
                if fluid.density(at: Temperature(celsius: middle)).value > density { low = middle } else { high = middle }
            }
            return Temperature(celsius: low)
        }
    }

    @Test(arguments: ["two-buildings.json", "gaowan"])
    func flowsOfPublishedNetworks(_ name: String) throws {
        try Self.expectAgreement(name, try Self.network(name))
    }

    @Test func closedDwellingsAndThrottledValves() throws {
        var network = try Self.network("two-buildings.json")
        for dwelling in network.dwellings.indices where dwelling % 3 == 1 { network.setState(.closed, of: DwellingIndex(dwelling)) }
        let settings = network.valves.enumerated().filter { $0.element.level == .dwelling }.map { position, valve in
            Settings.ValveChange(valve: ValveIndex(position), setting: nil, kv: valve.kv * (0.1 + 0.03 * Double(position % 20)))
        }
        try Self.expectAgreement("throttled", network.applying(Settings(valves: settings)))
    }

    @Test func everyKindOfElement() throws {
        try Self.expectAgreement("kinds", Self.allKinds())
    }

    /// A ring main with every element that a file can say, and ids that it cannot.
    static func allKinds() -> Network {
        var builder = NetworkBuilder(title: "[kinds]; 各类元件", conditions: DesignConditions())
        let hold = builder.add(Node(id: "hold", elevation: Length(metres: 3), fixedPressure: Pressure(bar: 3)))
        var ends: [NodeIndex] = []
        for index in 0..<6 {
            ends.append(builder.add(Node(id: ElementID("a node with a very long name, number \(index)"), elevation: Length(metres: Double(index)))))
        }
        func kv(_ value: Double) -> FlowCoefficient { FlowCoefficient(cubicMetresPerHour: value) }
        let points = [(0.0, 1.2e5), (0.002, 1.1e5), (0.004, 0.6e5)].map {
            PumpPoint(flow: VolumeFlow($0.0), head: PressureDifference(pascals: $0.1))
        }
        builder.add(Pump(characteristic: .curve(points), speed: 0.9), id: "P;1", from: hold, to: ends[0])
        builder.add(Valve(kv: kv(60), function: .check), id: "check", from: ends[0], to: ends[1])
        builder.add(
            Pipe(length: Length(metres: 80), innerDiameter: Length(millimetres: 50), roughness: Length(millimetres: 0.1), minorLoss: 2),
            id: "pipe", from: ends[1], to: ends[2])
        builder.add(Valve(kv: kv(4)), id: "Ventil mit Leerzeichen", from: ends[2], to: ends[3])
        let limit = ValveFunction.flowLimiting(MassFlow(kilogramsPerSecond: 0.2))
        builder.add(Valve(kv: kv(5), function: limit), id: "limiter", from: ends[2], to: ends[3])
        builder.add(
            Pump(characteristic: .powerFunction(shutoff: PressureDifference(pascals: 2e4), coefficient: 1e9, exponent: 2)), id: "booster",
            from: ends[3], to: ends[4])
        builder.add(
            Terminal(load: .flow(MassFlow(kilogramsPerSecond: 0.3), drop: TemperatureDifference(kelvin: 20))), id: "given",
            from: ends[4], to: ends[5])
        builder.add(Terminal(load: .none, kv: kv(3)), id: "bypass", from: ends[4], to: ends[5])
        builder.add(
            Pipe(length: Length(metres: 80), innerDiameter: Length(millimetres: 50), roughness: Length(millimetres: 0.1), hasCheckValve: true),
            id: "back", from: ends[5], to: hold)
        return builder.build()
    }

    @Test func idsAreShortenedOnceAndTold() throws {
        let network = Self.allKinds()
        let output = EpanetWriter.write(network)
        let names = output.nodes.compactMap { $0 }
        #expect(Set(names).count == network.nodes.count)
        #expect(names.allSatisfy { $0.text.utf8.count <= 31 && !$0.text.contains(" ") })
        let shortened = output.notes.filter { $0.code == .inpOutShortened }.compactMap { $0.element?.id.text }
        #expect(Set(shortened).isSuperset(of: ["P;1", "Ventil mit Leerzeichen", "a node with a very long name, number 5"]))
        #expect(shortened.count == 8)
        #expect(EpanetWriter.write(network).bytes == output.bytes)
        for note in output.notes { #expect(!note.message(in: .english).isEmpty && !note.message(in: .chinese).isEmpty) }
    }

    @Test func simulatedFlowsBecomeLimits() throws {
        let network = try Self.network("gaowan")
        var massFlow = [Double](repeating: .nan, count: network.links.count)
        // A thousandth of what an exchanger would take at a bar: surely less than the network could give.
        for substation in network.substations {
            massFlow[substation.primaryLink.position] = substation.primaryKv.cubicMetresPerHour / 3.6 / 1000
        }
        let (flow, output) = try Self.written(network, EpanetWriter.Options(massFlow: massFlow))
        #expect(!output.notes.contains { $0.code == .inpOutControlled })
        for substation in network.substations {
            let link = substation.primaryLink.position
            // The flow is held as the file says it: rounding only.
            #expect((flow[link] - massFlow[link]).magnitude <= 1e-9 * massFlow[link])
        }
    }

    @Test func flowsThatHeatImposesBecomeDemands() throws {
        let network = try Self.network("published/barry-island")
        var simulation = Simulation(network, options: SimulationOptions(isothermal: true))
        let native = try simulation.run(network.designWeather).massFlow
        let (flow, output) = try Self.written(network, EpanetWriter.Options(massFlow: native))
        #expect(EpanetWriter.hasControlledFlow(network))
        #expect(output.notes.contains { $0.code == .inpOutGivenFlows })
        let largest = native.map(\.magnitude).max() ?? 0
        for (position, link) in network.links.enumerated() {
            guard case .pipe = link.element else { continue }
            // One circuit, so its water is the file's; what is left are the tolerances of two solvers.
            #expect((flow[position] - native[position]).magnitude <= 1e-6 * largest, "\(link.id)")
        }
    }

    @Test func coefficientGivesKvBack() {
        for value in [0.01, 0.5, 6.3, 100, 4000] {
            let (diameter, loss) = EpanetWriting.coefficient(of: FlowCoefficient(cubicMetresPerHour: value))
            // Δp of 1000 kg/m³ at Kv is one bar by definition; rounding only.
            let velocity = value / 3600 / (Double.pi / 4 * diameter * diameter * 1e-6)
            #expect((loss * 500 * velocity * velocity - 1e5).magnitude < 1e-6)
        }
        #expect(EpanetWriting.coefficient(of: nil).loss == 0)
    }
}
