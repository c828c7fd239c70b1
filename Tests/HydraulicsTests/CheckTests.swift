import NetworkModel
import Testing

@testable import Hydraulics

/// The judge must not pass what is wrong, and must name the place.
@Suite("Solution check")
struct CheckTests {
    /// A circuit with a limit, a check valve and a loop.
    private func solved() throws -> Answer {
        var sketch = Sketch()
        sketch.node("r", pressure: 1e5)
        sketch.pump("pump", "r", "s", head: 1e5)
        sketch.pipe("p1", "s", "a", length: 30)
        sketch.pipe("p2", "s", "b", length: 80)
        sketch.pipe("p3", "a", "b", length: 20, diameter: 0.05)
        sketch.valve("v1", "a", "r", kv: 10)
        sketch.valve("v2", "b", "r", kv: 10)
        sketch.valve("check", "b", "s", kv: 10, function: .check)
        var ready = sketch.compile()
        ready.state.flowLimit[ready.link("v2")] = 1
        return try ready.solve()
    }

    private func judge(_ answer: Answer, _ change: (inout HydraulicSolution) -> Void) -> SolutionCheck {
        var solution = answer.solution
        change(&solution)
        return SolutionCheck(of: solution, answer.ready.state, answer.ready.compiled)
    }

    @Test("the right solution passes with small figures")
    func right() throws {
        let answer = try solved()
        let check = try #require(answer.solution.check)
        #expect(check.firstFailure == nil)
        #expect(check.mass.error < 1e-12 && check.energy.error < 1e-5 && check.loop.error < 1e-4)
        #expect(answer.status("v2") == .limiting && answer.status("check") == .blocked)
    }

    @Test("a flow that is off by a millionth")
    func wrongFlow() throws {
        let answer = try solved()
        let link = answer.ready.link("p1")
        let check = judge(answer) { $0.massFlow[link] *= 1.000_001 }
        #expect(check.firstFailure?.criterion == .mass)
        #expect([answer.ready.node("s"), answer.ready.node("a")].contains { check.mass.element == .node(answer.ready.compiled.nodes[$0]) })
        #expect(!check.energy.passes)
    }

    @Test("a pressure that is off by a thousandth of a pascal")
    func wrongPressure() throws {
        let answer = try solved()
        let check = judge(answer) { $0.pressure[answer.ready.node("a")] += 1e-3 }
        #expect(check.firstFailure?.criterion == .energy)
    }

    @Test("water going round that nothing drives")
    func wrongLoop() throws {
        let answer = try solved()
        // Balanced at every node, but the loop does not close.
        let check = judge(answer) {
            $0.massFlow[answer.ready.link("p1")] += 0.01
            $0.massFlow[answer.ready.link("p3")] += 0.01
            $0.massFlow[answer.ready.link("p2")] -= 0.01
        }
        #expect(check.mass.passes && !check.loop.passes && !check.energy.passes)
    }

    @Test("broken promises of devices")
    func devices() throws {
        let answer = try solved()
        let (limit, check) = (answer.ready.link("v2"), answer.ready.link("check"))
        #expect(judge(answer) { $0.massFlow[limit] = 1.1 }.setPoint.error.isNaN)
        #expect(!judge(answer) { $0.massFlow[check] = -0.1 }.setPoint.passes)
        #expect(!judge(answer) { $0.linkStatus[limit] = .open }.energy.passes)
        #expect(!judge(answer) { $0.linkStatus[limit] = .closed }.setPoint.passes)
        #expect(!judge(answer) { $0.pressure[answer.ready.node("r")] += 1 }.setPoint.passes)
    }

    @Test("numbers that are none")
    func nan() throws {
        let answer = try solved()
        #expect(judge(answer) { $0.massFlow[0] = .nan }.firstFailure != nil)
        #expect(judge(answer) { $0.pressure[answer.ready.node("b")] = .nan }.firstFailure != nil)
        #expect(judge(answer) { $0.pressure[answer.ready.node("b")] = .infinity }.firstFailure != nil)
    }

    @Test("the judge's pipe law agrees with the solver's over the whole range, from any first guess")
    func pipeLaw() {
        var random = SplitMix64(11)
        for _ in 0..<5000 {
            let diameter = random.logarithmic(0.005...2)
            let pipe = Pipe(
                length: .init(random.logarithmic(0.01...3000)), innerDiameter: .init(diameter),
                roughness: .init(diameter * random.logarithmic(1e-7...0.05)), minorLoss: random.number(0...10))
            let law = PipeLaw(PipeCoefficients(PipeGeometry(pipe)), inverseDensity: 1 / 980.0, inverseViscosity: 1 / 4e-4)
            let flow = random.logarithmic(1e-3...1e6) * 2000 / law.reynoldsPerFlow * (random.chance(0.5) ? 1 : -1) * 1e-2
            let expected = law.loss(flow).loss
            let check = PipeCheck(PipeGeometry(pipe), 980, 4e-4)
            for guess in [expected, 1.3 * expected, 0, -expected] {
                // Two independent arithmetics of a dozen roundings each.
                #expect((check.loss(flow, near: guess) / expected - 1).magnitude < 1e-12)
            }
        }
    }

    @Test("the judge's pump agrees with the solver's, on, between and beyond its points")
    func pumpLaw() {
        var random = SplitMix64(12)
        for _ in 0..<300 {
            var (flow, head) = (random.chance(0.5) ? 0 : 0.003, 5e5)
            let points = (0..<1 + random.place(6)).map { _ -> PumpPoint in
                defer {
                    flow += random.logarithmic(1e-4...0.1)
                    head -= random.logarithmic(1...1e5)
                }
                return PumpPoint(flow: .init(flow), head: .init(head))
            }
            let law = PumpLaw(.curve(PumpCurve(points)), speed: random.number(0.3...1.5), density: .init(970))
            for _ in 0..<30 {
                let massFlow = random.number(0...1.5) * flow * 970
                let expected = law.loss(massFlow).loss
                // A few roundings of heads below 1e7 Pa.
                #expect((PumpCheck(law).loss(massFlow) - expected).magnitude < 1e-8 * max(1, expected.magnitude / 1e6))
            }
        }
    }
}
