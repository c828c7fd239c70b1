import Foundation
import Heating
import Hydraulics
import NetworkFiles
import NetworkModel
import Quantities

/// Times the coupled simulation of a network beside one hydraulic solve of the same network, both from a cold start on one thread.
///
///     swift run -c release coupled-bench NETWORK [REPEATS [OUTDOOR]]
///
/// *Hydraulic solve*: every circuit compiled, its workspace made, flows and pressures found and judged at given temperatures and
/// pump speeds, to the solver's own tolerance. *Coupled*: every circuit compiled, then flows, temperatures, rooms, exchangers and
/// sources settled to 1e-6 K with the energy balance closed to 1e-6 and every circuit judged. Each is also given without compiling. CPU time of the process, least of the repeats; the pair is
/// measured by turns, so that a loaded machine slows both.
@main struct CoupledBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let path = arguments.first else { return print("usage: coupled-bench NETWORK [REPEATS [OUTDOOR]]") }
        let repeats = arguments.dropFirst().first.flatMap { Int($0) } ?? 5
        let reading = try DocumentReader.read(path)
        guard let network = Expander.expand(reading.document).network else { return print("the network has errors; see equitherm check") }
        let outdoor = arguments.dropFirst(2).first.flatMap { Double($0) } ?? network.conditions.outdoor.celsius
        let weather = Weather(outdoor: Temperature(celsius: outdoor), ground: network.conditions.ground)
        print("\(path): \(network.dwellings.count) dwellings, \(network.links.count) links, outdoors \(outdoor) °C\n")
        var least = Costs()
        for _ in 0..<max(1, repeats) { least.take(try Costs(network, weather)) }
        print(least.table)
    }
}

/// What one turn takes, CPU seconds.
struct Costs {
    var compileHydraulics = Double.infinity
    var hydraulics = Double.infinity
    var compileCoupled = Double.infinity
    var coupled = Double.infinity
    var again = Double.infinity
    var iterations = 0
    var rounds = 0
    var solves = 0
    var isShort = false

    init() {}

    init(_ network: Network, _ weather: Weather) throws {
        let points = SetPoints(of: network, in: weather)
        let start = Self.processorTime
        let circuits = network.circuits()
        let compiled = circuits.map { CompiledNetwork(network, circuit: $0) }
        let ready = Self.processorTime
        compileHydraulics = ready - start
        for (circuit, compiled) in zip(circuits, compiled) {
            let mean = circuit.substation.map { 0.5 * (points.secondarySupply[$0.position] + points.secondaryReturn[$0.position]) }
                ?? (points.sourceSupply.max() ?? 80) - 20
            let state = CircuitState(compiled, of: network, temperature: Temperature(celsius: mean))
            var solver = HydraulicSolver(compiled)
            iterations += try solver.solve(state).iterations
        }
        hydraulics = Self.processorTime - ready
        let before = Self.processorTime
        var simulation = Simulation(network, options: SimulationOptions(threads: 1))
        let made = Self.processorTime
        compileCoupled = made - before
        let outcome = try simulation.run(weather)
        coupled = Self.processorTime - made
        let warm = Self.processorTime
        _ = try simulation.run(Weather(outdoor: Temperature(celsius: weather.outdoor.celsius - 0.5), ground: weather.ground))
        again = Self.processorTime - warm
        (rounds, solves) = (outcome.iterations, outcome.hydraulicIterations)
        isShort = outcome.sources.contains(where: \.isHeatLimited)
    }

    mutating func take(_ other: Costs) {
        compileHydraulics = min(compileHydraulics, other.compileHydraulics)
        hydraulics = min(hydraulics, other.hydraulics)
        compileCoupled = min(compileCoupled, other.compileCoupled)
        coupled = min(coupled, other.coupled)
        again = min(again, other.again)
        (iterations, rounds, solves, isShort) = (other.iterations, other.rounds, other.solves, other.isShort)
    }

    var table: String {
        func milli(_ seconds: Double) -> String { "\((seconds * 1e4).rounded() / 10)" }
        func ratio(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
        return """
            | what | CPU ms | factorisations |
            | --- | ---: | ---: |
            | compiling all circuits | \(milli(compileHydraulics)) | |
            | one hydraulic solve of all circuits | \(milli(hydraulics)) | \(iterations) |
            | compiling circuits, buildings and emitters | \(milli(compileCoupled)) | |
            | coupled simulation, cold\(isShort ? ", source at its limit" : "") (\(rounds) rounds) | \(milli(coupled)) | \(solves) |
            | coupled simulation, half a kelvin colder, warm | \(milli(again)) | |

            Coupled over hydraulic: \(ratio(coupled / hydraulics)) compiled, \(ratio((compileCoupled + coupled) / (compileHydraulics + hydraulics))) with compiling.
            """
    }

    /// CPU time of the process, s.
    private static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
