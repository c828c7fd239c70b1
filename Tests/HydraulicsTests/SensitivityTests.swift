import NetworkModel
import Testing

@testable import Hydraulics

/// First-order responses against solving again.
@Suite("Sensitivities")
struct SensitivityTests {
    private func solve(_ ready: Ready) throws -> [Double] { try ready.solve().solution.massFlow }

    @Test("flows follow ln Kv as differences say, tangent and adjoint alike")
    func kv() throws {
        for seed in 0..<6 {
            let ready = RandomNetwork.make(.twoPipe, seed: UInt64(seed), devices: false)
            var solver = HydraulicSolver(ready.compiled)
            let solution = try solver.solve(ready.state)
            try solver.linearise(ready.state, at: solution)
            let valves = Array(
                ready.compiled.resistances.filter { solution.massFlow[$0].magnitude > 1e-3 && ready.state.kv[$0].isFinite }.prefix(6))
            let rows = solver.sensitivities(toKvOf: valves)
            let target = valves.first ?? 0
            var weights = [Double](repeating: 0, count: ready.compiled.links.count)
            weights[target] = 1
            let adjoint = solver.kvSensitivities(flowWeights: weights)
            let scale = solution.massFlow.map(\.magnitude).max() ?? 0
            let gaps = zip(rows, valves).map { ($0[target] - adjoint[$1]).magnitude }
            #expect((gaps.max() ?? .infinity) < 1e-9 * scale)
            for (row, valve) in zip(rows, valves).prefix(2) {
                var (up, down) = (ready, ready)
                up.state.kv[valve] *= exponential(1e-3)
                down.state.kv[valve] *= exponential(-1e-3)
                let (high, low) = (try solve(up), try solve(down))
                let errors = row.indices.map { ((high[$0] - low[$0]) / 2e-3 - row[$0]).magnitude }
                // Central differences: third derivatives times 1e-6, of the order of the flows. One expectation for all links:
                // each costs more than a Newton step of these circuits.
                #expect((errors.max() ?? .infinity) < 2e-4 * scale)
            }
        }
    }

    @Test("a limited consumer keeps its flow")
    func limited() throws {
        var sketch = Sketch()
        sketch.node("r", pressure: 1e5)
        sketch.pump("pump", "r", "s", head: 1e5)
        sketch.pipe("main", "s", "m", length: 50)
        sketch.valve("one", "m", "r", kv: 10)
        sketch.valve("two", "m", "r", kv: 10)
        var ready = sketch.compile()
        ready.state.flowLimit[ready.link("two")] = 0.5
        var solver = HydraulicSolver(ready.compiled)
        let solution = try solver.solve(ready.state)
        try solver.linearise(ready.state, at: solution)
        let rows = solver.sensitivities(toKvOf: [ready.link("one"), ready.link("two")])
        #expect(rows[0][ready.link("two")] == 0 && rows[0][ready.link("one")] > 0)
        #expect(rows[1].allSatisfy { $0 == 0 })
    }

    @Test("pressures follow a drive as differences say")
    func drive() throws {
        var sketch = Sketch()
        sketch.node("r", pressure: 1e5)
        sketch.pump("pump", "r", "s", head: 1e5)
        sketch.pipe("main", "s", "m", length: 100, diameter: 0.05)
        sketch.valve("one", "m", "r", kv: 10)
        var ready = sketch.compile()
        var solver = HydraulicSolver(ready.compiled)
        let solution = try solver.solve(ready.state)
        try solver.linearise(ready.state, at: solution)
        var drive = [Double](repeating: 0, count: 3)
        drive[ready.link("pump")] = 1
        let response = solver.response(toDrive: drive)
        var weights = [Double](repeating: 0, count: ready.compiled.nodes.count)
        weights[ready.node("m")] = 1
        let dual = solver.adjoint(flowWeights: [0, 0, 0], pressureWeights: weights)
        ready.state.pumpHead[0] = 1e5 + 10
        let more = try ready.solve().solution
        let difference = (more.pressure[ready.node("m")] - solution.pressure[ready.node("m")]) / 10
        // A drive in the pump is head; 10 Pa of 1e5 leave a curvature of 1e-4. The slope floor counts a millionth.
        #expect((response.pressure[ready.node("m")] - difference).magnitude < 1e-3)
        #expect((dual[ready.link("pump")] - difference).magnitude < 1e-3)
    }
}

@Suite("Many circuits")
struct ParallelTests {
    @Test("results do not depend on the number of threads")
    func threads() throws {
        let ready = (0..<40).map { RandomNetwork.make($0 % 2 == 0 ? .twoPipe : .mesh, seed: UInt64($0)) }
        func solve(_ threads: Int) -> ([[Double]], [HydraulicSolver]) {
            var solvers = ready.map { HydraulicSolver($0.compiled) }
            let results = HydraulicSolver.solveAll(&solvers, ready.map(\.state), threads: threads)
            return (results.map { (try? $0.get())?.massFlow ?? [] }, solvers)
        }
        let (one, solvers) = solve(1)
        #expect(solvers.count == 40 && one.allSatisfy { !$0.isEmpty })
        for threads in [2, 3, 8, 100] { #expect(solve(threads).0 == one) }
        var none: [HydraulicSolver] = []
        #expect(HydraulicSolver.solveAll(&none, [], threads: 4).isEmpty)
    }

    @Test("circuits of one network stand apart, each with local numbers of its own")
    func circuits() throws {
        var sketch = Sketch()
        for name in ["x", "y", "z"] {
            sketch.node("\(name)a", pressure: 1e5)
            sketch.node("\(name)b", demand: 1)
        }
        for name in ["z", "x", "y"] { sketch.pipe(name, "\(name)a", "\(name)b") }
        let network = sketch.builder.build()
        let circuits = network.circuits()
        #expect(circuits.count == 3)
        for (place, circuit) in circuits.enumerated() {
            let compiled = CompiledNetwork(network, circuit: circuit)
            let state = CircuitState(compiled, of: network, temperature: .init(celsius: 20))
            var solver = HydraulicSolver(compiled)
            #expect(try solver.solve(state).massFlow == [1])
            #expect(compiled.nodes.map(\.position) == [2 * place, 2 * place + 1])
            #expect(compiled.local(compiled.links[0]) == 0 && compiled.local(LinkIndex(99)) == nil)
            #expect(compiled.local(NodeIndex(2 * place + 1)) == 1)
        }
    }
}
