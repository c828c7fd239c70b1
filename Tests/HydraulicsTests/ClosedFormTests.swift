import NetworkModel
import Quantities
import Testing

@testable import Hydraulics

/// Circuits whose answer is known without a solver.
@Suite("Closed forms")
struct ClosedFormTests {
    @Test("two valves in parallel share in proportion to their Kv")
    func parallelValves() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.node("b", demand: 3)
        sketch.valve("v1", "a", "b", kv: 10)
        sketch.valve("v2", "a", "b", kv: 20)
        let answer = try sketch.solve()
        #expect((answer.flow("v1") - 1).magnitude < 1e-12)
        #expect((answer.flow("v2") - 2).magnitude < 1e-12)
        #expect((answer.pressure("a") - answer.pressure("b") - answer.loss("v1")).magnitude < 1e-5)
    }

    @Test("resistances a million million apart in parallel still share exactly")
    func parallelExtremes() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.node("b", demand: 60)
        sketch.valve("wide", "a", "b", kv: 1e4)
        sketch.valve("narrow", "a", "b", kv: 1e-2)
        let answer = try sketch.solve()
        let share = 1e-2 / (1e4 + 1e-2)
        #expect((answer.flow("narrow") / 60 / share - 1).magnitude < 1e-9)
        #expect((answer.flow("wide") + answer.flow("narrow") - 60).magnitude < 1e-12)
    }

    /// A Wheatstone bridge: both sides alike, one element across.
    private func bridge(_ across: (inout Sketch) -> Void) throws -> Answer {
        var sketch = Sketch()
        sketch.node("in", pressure: 5e5)
        sketch.node("out", demand: 10)
        sketch.pipe("p1", "in", "left")
        sketch.pipe("p2", "in", "right")
        sketch.pipe("p3", "left", "out")
        sketch.pipe("p4", "right", "out")
        across(&sketch)
        return try sketch.solve()
    }

    @Test("the middle of a symmetric bridge carries nothing, be it pipe, valve or short wide link")
    func symmetricBridge() throws {
        let pipe = try bridge { $0.pipe("x", "left", "right") }
        let short = try bridge { $0.pipe("x", "left", "right", length: 0.01, diameter: 2) }
        let valve = try bridge { $0.valve("x", "left", "right", kv: 5) }
        // Pressures of 5e5 Pa are known to 1e-10 Pa; laminar, that is 1e-10 kg/s and less. Through 1 cm of 2 m pipe (1e-5 Pa s/kg
        // or less) the same pressures bear 1e-6 kg/s; through a square law √(1e-6 Pa/r) is the zone of rest.
        #expect(pipe.flow("x").magnitude < 1e-9)
        #expect(short.flow("x").magnitude < 1e-5)
        #expect(valve.flow("x").magnitude < 1e-5)
        for answer in [pipe, short, valve] {
            for name in ["p1", "p2", "p3", "p4"] { #expect((answer.flow(name) - 5).magnitude < 1e-5) }
        }
    }

    @Test("a circuit without drive rests: every flow exactly zero, pressures hydrostatic")
    func rest() throws {
        for useValves in [false, true] {
            var sketch = Sketch()
            sketch.node("a", pressure: 2e5)
            sketch.node("b", elevation: 10)
            for (name, from, to) in [("l1", "a", "b"), ("l2", "b", "c"), ("l3", "c", "a"), ("l4", "c", "d")] {
                if useValves { sketch.valve(name, from, to, kv: 4) } else { sketch.pipe(name, from, to) }
            }
            let answer = try sketch.solve()
            #expect(answer.solution.massFlow.allSatisfy { $0 == 0 })
            let density = Fluid.water.density(at: Temperature(celsius: 10)).value
            #expect((answer.pressure("b") - (2e5 - density * 9.80665 * 10)).magnitude < 1e-6)
            #expect(answer.solution.iterations == 0)
        }
    }

    @Test("antiparallel check valves: one passes, the other is closed, without cycling")
    func antiparallelChecks() throws {
        var sketch = Sketch()
        sketch.node("r1", pressure: 5e5)
        sketch.node("r2", pressure: 5e5)
        sketch.node("j2", demand: 5)
        sketch.pipe("p1", "r1", "j1", length: 500, diameter: 0.2, check: true)
        sketch.pipe("p2", "r2", "j2", length: 500, diameter: 0.2, check: true)
        sketch.pipe("p3", "j1", "j2", length: 500, diameter: 0.2, check: true)
        sketch.pipe("p4", "j2", "j1", length: 500, diameter: 0.2, check: true)
        let answer = try sketch.solve()
        #expect(answer.flow("p4") == 0)
        #expect(answer.status("p4") == .blocked)
        #expect((answer.flow("p1") - answer.flow("p3")).magnitude < 1e-9)
        // Twice the length against once: the split is where the losses are equal.
        #expect((answer.loss("p1") + answer.loss("p3") - answer.loss("p2")).magnitude < 1e-4)
        #expect(!answer.findings.contains(.switchingCycleResolved))
    }

    @Test("a check valve against the flow holds it back and takes the pressure")
    func checkAgainstFlow() throws {
        var sketch = Sketch()
        sketch.node("low", pressure: 1e5)
        sketch.node("high", pressure: 3e5)
        sketch.valve("v", "low", "m", kv: 5, function: .check)
        sketch.pipe("p", "m", "high")
        let answer = try sketch.solve()
        #expect(answer.flow("v") == 0 && answer.flow("p") == 0)
        #expect(answer.status("v") == .blocked)
        #expect((answer.pressure("m") - 3e5).magnitude < 1e-4)
    }

    @Test("a pump below its shut-off head against a higher level passes nothing and says so")
    func pumpShutOff() throws {
        var sketch = Sketch()
        sketch.node("low", pressure: 0)
        sketch.node("high", pressure: 7e5)
        sketch.node("j", demand: 5)
        sketch.pump("pump", "low", "j", curve: [(0, 5e5), (0.02, 4e5), (0.04, 2e5)])
        sketch.pipe("p", "j", "high", length: 300, diameter: 0.15)
        let answer = try sketch.solve()
        #expect(answer.flow("pump") == 0)
        #expect((answer.flow("p") + 5).magnitude < 1e-12)
        #expect(answer.findings == [.pumpCannotDeliver])
    }

    @Test("a weak pump beside a strong one is pushed back and stands still")
    func unequalPumps() throws {
        var sketch = Sketch()
        sketch.node("low", pressure: 0)
        sketch.node("j2", demand: 30)
        sketch.pump("strong", "low", "j1", curve: [(0, 8e5), (0.03, 6e5), (0.06, 2e5)])
        sketch.pump("weak", "low", "j1", curve: [(0, 1.6e5), (0.03, 1e5)])
        sketch.pipe("p", "j1", "j2", diameter: 0.2)
        let answer = try sketch.solve()
        #expect(answer.flow("weak") == 0)
        #expect(answer.status("weak") == .blocked)
        #expect((answer.flow("strong") - 30).magnitude < 1e-9)
        #expect(answer.findings == [.pumpCannotDeliver])
    }

    @Test("constant-head pumps in parallel: the higher head wins, equal heads share")
    func constantHeads() throws {
        for (head, share) in [(2.1e5, 0.0), (2e5, 10.0)] {
            var sketch = Sketch()
            sketch.node("low", pressure: 1e5)
            sketch.pump("one", "low", "j", head: head)
            sketch.pump("two", "low", "j", head: 2e5)
            sketch.node("end", demand: 20)
            sketch.pipe("p", "j", "end", diameter: 0.2)
            let answer = try sketch.solve()
            #expect((answer.flow("two") - share).magnitude < 1e-6)
            #expect((answer.pressure("j") - 1e5 - head).magnitude < 1e-4)
        }
    }

    @Test("a pump driven beyond its curve is flagged, and one within is not")
    func pumpRunOut() throws {
        for (demand, isBeyond) in [(90.0, true), (30, false)] {
            var sketch = Sketch()
            sketch.node("low", pressure: 20e5)
            sketch.pump("pump", "low", "j", curve: [(0, 5e5), (0.02, 4e5), (0.04, 2e5)])
            sketch.node("end", demand: demand)
            sketch.pipe("p", "j", "end", length: 10, diameter: 0.3)
            let answer = try sketch.solve()
            #expect(answer.findings.contains(.pumpBeyondCurve) == isBeyond)
        }
    }

    @Test("pump at another speed: the circuit's flow follows the speed where losses are square")
    func speed() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.pump("pump", "a", "b", curve: [(0, 4e5), (0.01, 3e5), (0.02, 1e5)])
        sketch.valve("v", "b", "a", kv: 20)
        var ready = sketch.compile()
        let full = try ready.solve().flow("pump")
        ready.state.pumpSpeed[0] = 0.7
        #expect((try ready.solve().flow("pump") / full - 0.7).magnitude < 1e-9)
        ready.state.pumpSpeed[0] = 0
        let off = try ready.solve()
        #expect(off.flow("pump") == 0 && off.status("pump") == .closed)
    }

    @Test("a heated riser drives itself: flow and head of a gravity circuit")
    func gravityCirculation() throws {
        var sketch = Sketch()
        sketch.node("bottom", pressure: 1e5)
        sketch.node("top", elevation: 20)
        sketch.pipe("up", "bottom", "top", length: 20, diameter: 0.05)
        sketch.pipe("down", "top", "bottom", length: 20, diameter: 0.05)
        var ready = sketch.compile()
        ready.state.linkTemperature[ready.link("up")] = 75
        ready.state.linkTemperature[ready.link("down")] = 50
        let answer = try ready.solve()
        // THEORY: 130 Pa a metre at 75/50.
        let drive = answer.loss("up") + answer.loss("down")
        #expect((drive / 20 - 130).magnitude < 1)
        #expect(answer.flow("up") > 0.5 && (answer.flow("up") - answer.flow("down")).magnitude < 1e-9)
        // Warmth on the other leg turns the circuit round.
        ready.state.linkTemperature.swapAt(ready.link("up"), ready.link("down"))
        #expect(try ready.solve().flow("up") < -0.5)
    }

    @Test("laminar, transitional and turbulent pipes side by side")
    func acrossRegimes() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.node("b", demand: 0.25)
        for (name, diameter) in [("p1", 0.015), ("p2", 0.02), ("p3", 0.03), ("p4", 0.05)] {
            sketch.pipe(name, "a", "b", length: 50, diameter: diameter)
        }
        let answer = try sketch.solve()
        for name in ["p1", "p2", "p3", "p4"] {
            #expect((answer.loss(name) - answer.loss("p1")).magnitude < 1e-4)
        }
        #expect((["p1", "p2", "p3", "p4"].map { answer.flow($0) }.reduce(0, +) - 0.25).magnitude < 1e-12)
    }
}
