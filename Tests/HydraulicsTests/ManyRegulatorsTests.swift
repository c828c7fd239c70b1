import NetworkModel
import Quantities
import Testing

@testable import Hydraulics

/// A Δp controller at every building: more of them than stand in a dense matrix.
///
/// Pressures are met to 1e-4 Pa, ten times the solver's tolerance.
@Suite("Many devices that follow a sensor")
struct ManyRegulatorsTests {
    /// A street with a house every 20 m: a Δp controller in its return, its consumer before that.
    static func street(_ houses: Int, seed: UInt64 = 1, wrong: Set<Int> = [], equal: Bool = false) -> Sketch {
        var random = SplitMix64(seed)
        var sketch = Sketch()
        sketch.node("r0", pressure: 2e5)
        sketch.pump("pump", "r0", "s0", head: 6e5)
        for house in 1...houses {
            let diameter = 0.05 + 0.02 * (Double(houses - house + 1)).squareRoot()
            sketch.pipe("s\(house)", "s\(house - 1)", "s\(house)", length: 20, diameter: diameter)
            sketch.pipe("r\(house)", "r\(house)", "r\(house - 1)", length: 20, diameter: diameter)
            let set = equal ? 2e4 : random.number(1e4...4e4)
            let (high, low) = (sketch.node("s\(house)"), sketch.node("b\(house)"))
            // One that cannot move what it reads: two nodes of the street's start.
            let sensors = wrong.contains(house) ? (high: sketch.node("s0"), low: sketch.node("r0")) : (high: high, low: low)
            sketch.valve("load\(house)", "s\(house)", "b\(house)", kv: random.number(0.5...2))
            sketch.valve(
                "c\(house)", "b\(house)", "r\(house)", kv: 10,
                function: .differentialPressure(PressureDifference(pascals: set), high: sensors.high, low: sensors.low))
        }
        return sketch
    }

    @Test("every one of 150 controllers holds its difference, as many at once as a few")
    func everyOne() throws {
        let answer = try Self.street(150).solve()
        #expect(answer.solution.findings.isEmpty)
        var random = SplitMix64(1)
        for house in 1...150 {
            let set = random.number(1e4...4e4)
            _ = random.number(0.5...2)
            #expect((answer.difference("s\(house)", "b\(house)") - set).magnitude < 1e-4)
            #expect(answer.status("c\(house)") == .regulating)
            #expect((answer.loss("load\(house)") - set).magnitude < 1e-3)
        }
        // A network of the same kind with few of them needs as many; their number is no reason for more.
        #expect(answer.solution.iterations <= 8)
        #expect(try answer.ready.solve(from: answer.solution).solution.iterations <= 1)
    }

    @Test("what cannot move its reading is opened among many that can")
    func powerless() throws {
        let wrong: Set = [7, 40, 61]
        let answer = try Self.street(70, wrong: wrong).solve()
        for house in wrong { #expect(answer.status("c\(house)") == .open) }
        // Those three take much of the head; every other one holds its difference or stands open below it, which the check has judged.
        let held = (1...70).count { answer.status("c\($0)") == .regulating }
        #expect(held > 40)
        #expect(answer.findings.contains(.settingNotHeld))
        #expect(answer.findings.isSubset(of: [.settingNotHeld, .controlFullyOpen]))
    }

    @Test("the same answer from the dense matrix and from the vectors")
    func sameAnswer() throws {
        // Two devices more or less than the limit must not matter to the houses before them.
        let limit = HydraulicSolver.denseBorderLimit
        var (few, many) = (Self.street(limit + 3).compile(), Self.street(limit + 3).compile())
        for house in limit...limit + 3 {
            for name in ["load\(house)", "c\(house)"] {
                few.state.isOpen[few.link(name)] = false
                if house > limit { many.state.isOpen[many.link(name)] = false }
            }
        }
        // The house that makes the difference is shut in one and takes nothing to speak of in the other.
        many.state.kv[many.link("load\(limit)")] = 1e-9
        let (one, two) = (try few.solve(), try many.solve())
        for house in 1..<limit { #expect((one.flow("c\(house)") - two.flow("c\(house)")).magnitude < 1e-7 * one.flow("c\(house)")) }
    }

    @Test("devices that hold one reading together share by size, however many")
    func sharing() throws {
        var sketch = Sketch()
        sketch.node("r", pressure: 1e5)
        sketch.pump("pump", "r", "s", head: 1e5)
        let (high, low) = (sketch.node("a"), sketch.node("r"))
        for place in 1...60 {
            sketch.valve(
                "c\(place)", "s", "a", kv: Double(place),
                function: .differentialPressure(PressureDifference(pascals: 2e4), high: high, low: low))
        }
        sketch.valve("load", "a", "r", kv: 20)
        let answer = try sketch.solve()
        #expect((answer.difference("a", "r") - 2e4).magnitude < 1e-4)
        let total = answer.flow("load")
        for place in 1...60 { #expect((answer.flow("c\(place)") - total * Double(place) / 1830).magnitude < 1e-8 * total) }
    }

    @Test("flows follow Kv with held differences, tangent and adjoint, few and many", arguments: [12, 60])
    func sensitivities(houses: Int) throws {
        var sketch = Self.street(houses)
        sketch.pipe("branch", "s3", "x", length: 30, diameter: 0.05)
        sketch.valve("free", "x", "r3", kv: 3)
        let ready = sketch.compile()
        var solver = HydraulicSolver(ready.compiled)
        let solution = try solver.solve(ready.state)
        try solver.linearise(ready.state, at: solution)
        let valves = [ready.link("load5"), ready.link("free")]
        let rows = solver.sensitivities(toKvOf: valves)
        var weights = [Double](repeating: 0, count: ready.compiled.links.count)
        (weights[ready.link("c5")], weights[ready.link("free")]) = (1, 0.5)
        let adjoint = solver.kvSensitivities(flowWeights: weights)
        // What a house takes at a held difference follows its Kv in full.
        let own = solution.massFlow[ready.link("load5")]
        #expect((rows[0][ready.link("load5")] - own).magnitude < 1e-5 * own && (rows[0][ready.link("c5")] - own).magnitude < 1e-5 * own)
        for (row, valve) in zip(rows, valves) {
            let expected = row[ready.link("c5")] + 0.5 * row[ready.link("free")]
            #expect((adjoint[valve] - expected).magnitude < 1e-6 * own)
            var (up, down) = (ready, ready)
            up.state.kv[valve] *= exponential(1e-3)
            down.state.kv[valve] *= exponential(-1e-3)
            let (high, low) = (try up.solve().solution, try down.solve().solution)
            // Central differences of 1e-3: third derivatives times 1e-6.
            for link in row.indices {
                #expect(((high.massFlow[link] - low.massFlow[link]) / 2e-3 - row[link]).magnitude < 1e-4 * own)
            }
        }
    }
}
