import NetworkModel
import Testing

@testable import Hydraulics

/// Circuits solved on their strands have the answer that they have on all links.
@Suite("Topology reduction")
struct StrandTests {
    private static func options(reduced: Bool) -> HydraulicOptions {
        var options = HydraulicOptions()
        // So that what is left by the iterations is less than what is compared.
        options.pressureTolerance = 1e-8
        options.reducesTopology = reduced
        return options
    }

    @Test("the same flows and pressures with and without", arguments: RandomNetwork.Shape.allCases, [false, true])
    func sameAnswer(shape: RandomNetwork.Shape, devices: Bool) {
        var (solved, reduced) = (0, 0)
        for seed in 0..<40 as Range<UInt64> {
            let ready = RandomNetwork.make(shape, seed: seed, devices: devices)
            let made = (compiled: ready.compiled, state: ready.state.asRings)
            var whole = HydraulicSolver(made.compiled, options: Self.options(reduced: false))
            guard let expected = try? whole.solve(made.state) else { continue }
            #expect(whole.strands == nil)
            solved += 1
            var solver = HydraulicSolver(made.compiled, options: Self.options(reduced: true))
            for start in [nil, expected] {
                guard let found = try? solver.solve(made.state, from: start) else {
                    Issue.record("\(shape) \(devices) seed \(seed): no answer on strands")
                    continue
                }
                compare(found, expected, made.compiled, made.state, "\(shape) \(devices) seed \(seed)")
            }
            // The solver on all links was never set up: the strands did it.
            if solver.strands != nil && solver.iterate.links.isEmpty { reduced += 1 }
        }
        // Leaving everything to all links would pass the rest of this test.
        #expect(reduced >= 5, "\(reduced) of \(solved) on strands")
        #expect(solved >= 10)
    }

    private func compare(
        _ found: HydraulicSolution, _ expected: HydraulicSolution, _ compiled: CompiledNetwork, _ state: CircuitState, _ name: String
    ) {
        let flow = expected.massFlow.map(\.magnitude).max() ?? 0
        let pressure = expected.pressure.filter(\.isFinite).map(\.magnitude).max() ?? 0
        let isClose = found.massFlow.indices.allSatisfy { link in
            // In wide rings a flow is known to what the pressure tolerance moves.
            let slope = compiled.pressureLoss(link: link, massFlow: expected.massFlow[link], state).slope
            return (found.massFlow[link] - expected.massFlow[link]).magnitude <= 1e-10 * flow + 1e-12 + (slope > 0 ? 2e-8 / slope : 0)
        }
        let pressures = zip(found.pressure, expected.pressure).map { $0.isNaN && $1.isNaN ? 0 : ($0 - $1).magnitude }.max() ?? 0
        #expect(isClose, "\(name): flows")
        #expect(pressures <= 1e-10 * pressure + 1e-7, "\(name): pressures differ by \(pressures)")
        #expect(found.isReachable == expected.isReachable, "\(name)")
        #expect(found.pumpSpeed == expected.pumpSpeed, "\(name)")
        #expect(found.check?.firstFailure == nil && found.check != nil, "\(name)")
    }

    @Test("a chain of pipes, valves and trenches comes down to its rings")
    func counts() {
        // A plant, two trenches in a row, and a dwelling at the end of each: two rings, five strands.
        var sketch = Sketch()
        sketch.node("r0", pressure: 1e5)
        sketch.pump("pump", "r0", "s0", head: 5e4)
        for place in 1...2 {
            sketch.pipe("s\(place)", "s\(place - 1)", "s\(place)", length: 100)
            sketch.pipe("r\(place)", "r\(place)", "r\(place - 1)", length: 100)
            sketch.valve("v\(place)", "s\(place)", "m\(place)", kv: 2)
            sketch.pipe("b\(place)", "m\(place)", "r\(place)", length: 5, diameter: 0.02)
        }
        let network = sketch.builder.build()
        let compiled = CompiledNetwork(network, circuit: network.circuits()[0])
        let state = CircuitState(compiled, of: network, temperature: .init(celsius: 60))
        let strands = StrandNewton(compiled, compiled.passable(state), from: 0)
        // Pump and first trench; first dwelling; second trench and second dwelling.
        #expect(strands.network.count == 3)
        #expect(strands.network.groupCount == 2)
        // Both pipes of the second trench, and the branch, are two frictions: the trench's pipes are alike.
        var solver = HydraulicSolver(compiled)
        #expect((try? solver.solve(state)) != nil)
        #expect(solver.iterate.links.isEmpty)
        #expect(solver.strands?.table.frictionOfPipe.max().map { $0 + 1 } == 4)
    }
}
