import NetworkModel
import Quantities
import Testing

@testable import Hydraulics

/// Flow limits, prescribed flows, closed and cut-off parts, impossible demands.
@Suite("Devices and reach")
struct DeviceTests {
    /// A pump feeds consumers in parallel, each a valve of a Kv; flows limited as given.
    private func consumers(_ limits: [Double?], head: Double = 1e5) -> Ready {
        var sketch = Sketch()
        sketch.node("return", pressure: 1e5)
        sketch.pump("pump", "return", "supply", head: head)
        for place in limits.indices {
            sketch.pipe("s\(place)", place == 0 ? "supply" : "s\(place - 1)", "s\(place)", length: 50, diameter: 0.08)
            sketch.pipe("r\(place)", "r\(place)", place == 0 ? "return" : "r\(place - 1)", length: 50, diameter: 0.08)
            sketch.valve("v\(place)", "s\(place)", "r\(place)", kv: 5)
        }
        var ready = sketch.compile()
        for (place, limit) in limits.enumerated() {
            if let limit { ready.state.flowLimit[ready.link("v\(place)")] = limit }
        }
        return ready
    }

    @Test("a limiter takes what pressure is left over; one without enough pressure stays open")
    func limits() throws {
        let answer = try consumers([0.4, nil, 0.3, 9, nil]).solve()
        for (place, limit) in [(0, 0.4), (2, 0.3)] {
            #expect(answer.flow("v\(place)") == limit)
            #expect(answer.status("v\(place)") == .limiting)
            let excess = answer.ready.compiled.excessPressure(
                link: answer.ready.link("v\(place)"), answer.ready.state, answer.solution)
            #expect(excess > 1000)
        }
        #expect(answer.status("v3") == .open && answer.flow("v3") < 9)
    }

    @Test("a limit that just binds and one that just does not give the same flows")
    func limitAtTheEdge() throws {
        let free = try consumers([nil, nil, nil]).solve()
        let flow = free.flow("v1")
        for factor in [1 - 1e-12, 1, 1 + 1e-12] {
            let answer = try consumers([nil, flow * factor, nil]).solve()
            #expect((answer.flow("v1") - flow).magnitude < 1e-9 * flow)
            #expect((answer.flow("v2") - free.flow("v2")).magnitude < 1e-8 * flow)
        }
    }

    @Test("every consumer at its limit, and limits of zero")
    func allLimited() throws {
        let answer = try consumers([0.2, 0.1, 0, 0.3]).solve()
        #expect(answer.flow("v0") == 0.2 && answer.flow("v1") == 0.1 && answer.flow("v2") == 0 && answer.flow("v3") == 0.3)
        #expect((answer.flow("pump") - 0.6).magnitude < 1e-12)
    }

    @Test("prescribed flows in a looped two-pipe circuit: the flows are imposed, the pressures follow")
    func prescribedInLoops() throws {
        var ready = consumers([nil, nil, nil, nil], head: 3e5)
        let free = try ready.solve()
        let valves = (0..<4).map { "v\($0)" }
        for name in valves { ready.state.prescribedFlow[ready.link(name)] = free.flow(name) }
        let imposed = try ready.solve()
        // Imposing what flows anyway leaves nothing over.
        for name in valves {
            #expect(imposed.flow(name) == free.flow(name))
            let excess = ready.compiled.excessPressure(link: ready.link(name), ready.state, imposed.solution)
            #expect(excess.magnitude < 1e-3)
        }
        #expect(imposed.solution.findings.isEmpty)
        // More than the pump can drive is carried out, and said.
        ready.state.prescribedFlow[ready.link("v3")] = 10 * free.flow("v3")
        let forced = try ready.solve()
        #expect(forced.findings.contains(.prescribedFlowNeedsHead))
        #expect(forced.status("v3") == .prescribed)
    }

    @Test("prescribed flows through a mesh balance at every node")
    func prescribedMesh() throws {
        var sketch = Sketch()
        sketch.node("0,0", pressure: 3e5)
        for row in 0..<4 {
            for column in 0..<4 {
                if column < 3 { sketch.pipe("h\(row)\(column)", "\(row),\(column)", "\(row),\(column + 1)") }
                if row < 3 { sketch.pipe("v\(row)\(column)", "\(row),\(column)", "\(row + 1),\(column)") }
            }
        }
        sketch.terminal("t", "3,3", "1,1", .flow(MassFlow(kilogramsPerSecond: 2), drop: Temperature(kelvin: 30)), kv: nil)
        let answer = try sketch.solve()
        #expect(answer.flow("t") == 2)
        // Water goes round: in at 1,1, out at 3,3, and nothing through the fixed node.
        #expect((answer.flow("h00") + answer.flow("v00")).magnitude < 1e-9)
        #expect(answer.findings == [.prescribedFlowNeedsHead])
    }

    @Test("a terminal with a given flow and a Kv takes no more than pressure gives")
    func terminalInShortage() throws {
        for (head, isMet) in [(2e5, true), (1e3, false)] {
            var sketch = Sketch()
            sketch.node("return", pressure: 1e5)
            sketch.pump("pump", "return", "supply", head: head)
            let load = TerminalLoad.flow(MassFlow(kilogramsPerSecond: 1), drop: Temperature(kelvin: 20))
            sketch.terminal("t", "supply", "return", load, kv: 5)
            let answer = try sketch.solve()
            #expect((answer.flow("t") == 1) == isMet)
            #expect(answer.flow("t") <= 1)
        }
    }

    @Test("a cut-off part has no pressure, no flow, and its demands are named")
    func cutOff() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.pipe("p1", "a", "b")
        sketch.pipe("gate", "b", "c", isOpen: false)
        sketch.pipe("p2", "c", "d")
        sketch.pipe("p3", "d", "e")
        sketch.node("d", demand: 2)
        sketch.node("b", demand: 1)
        var ready = sketch.compile()
        ready.state.prescribedFlow[ready.link("p3")] = 0.5
        let answer = try ready.solve()
        #expect(answer.flow("p1") == 1)
        for name in ["c", "d", "e"] {
            #expect(answer.pressure(name).isNaN && !answer.solution.isReachable[ready.node(name)])
        }
        for name in ["gate", "p2", "p3"] { #expect(answer.flow(name) == 0 && answer.status(name) == .closed) }
        let expected: Set<HydraulicFinding> = [
            HydraulicFinding(kind: .unreachableDemand, element: .node(sketch.names["d"] ?? NodeIndex(-1)), amount: 2),
            HydraulicFinding(
                kind: .unreachablePrescribedFlow, element: .link(sketch.links["p3"] ?? LinkIndex(-1)), amount: 0.5),
        ]
        #expect(Set(answer.solution.findings) == expected)
    }

    @Test("all consumers closed: everything rests, however the state was before")
    func allClosed() throws {
        var ready = consumers([nil, 0.2, nil])
        let open = try ready.solve()
        for place in 0..<3 { ready.state.isOpen[ready.link("v\(place)")] = false }
        for start in [nil, open.solution] {
            let answer = try ready.solve(from: start)
            #expect(answer.solution.massFlow.allSatisfy { $0 == 0 })
            #expect((answer.pressure("s2") - answer.pressure("r2") - 1e5).magnitude < 1e-4)
        }
    }

    @Test("a branch behind a closed valve shows exactly no flow")
    func deadEnd() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.node("b", demand: 3)
        sketch.pipe("p", "a", "b")
        sketch.valve("t", "b", "x", kv: 0.3)
        sketch.pipe("branch", "x", "y")
        sketch.valve("closed", "y", "a", kv: 0.2, isOpen: false)
        let answer = try sketch.solve()
        #expect(answer.flow("t") == 0 && answer.flow("branch") == 0)
        #expect((answer.pressure("y") - answer.pressure("b")).magnitude < 1e-6)
    }

    @Test("demand through a check valve the wrong way is impossible, and the failure names the place")
    func infeasible() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.pipe("p", "b", "a", check: true)
        sketch.node("b", demand: 2)
        #expect {
            try sketch.solve()
        } throws: { error in
            guard let failure = error as? HydraulicFailure, case .infeasible(let lacking) = failure.reason else { return false }
            return failure.element == .link(LinkIndex(0)) && (lacking - 2).magnitude < 1e-3 && !failure.residualHistory.isEmpty
        }
    }

    @Test("limits below the demand behind them are impossible")
    func infeasibleLimit() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.valve("one", "a", "b", kv: 5, function: .flowLimiting(MassFlow(1)))
        sketch.valve("two", "a", "b", kv: 5, function: .flowLimiting(MassFlow(0.5)))
        sketch.node("b", demand: 2)
        #expect {
            try sketch.solve()
        } throws: { error in
            guard let failure = error as? HydraulicFailure, case .infeasible = failure.reason else { return false }
            return true
        }
    }

    @Test("inputs that are no numbers fail by name")
    func notFinite() throws {
        let sound = consumers([nil, nil])
        var broken = [sound, sound, sound, sound]
        broken[0].state.demand[1] = .nan
        broken[1].state.linkTemperature[2] = .infinity
        broken[2].state.flowLimit[0] = .nan
        broken[3].state.fixedPressure = broken[3].state.fixedPressure.map { $0.isNaN ? $0 : .infinity }
        for ready in broken {
            #expect {
                try ready.solve()
            } throws: { ($0 as? HydraulicFailure)?.reason == .notFinite }
        }
        var loose = sound
        loose.state.fixedPressure = loose.state.fixedPressure.map { _ in .nan }
        #expect { try loose.solve() } throws: { ($0 as? HydraulicFailure)?.reason == .noFixedPressure }
    }

    @Test("absurd data fail by name and never crash")
    func absurd() throws {
        let numbers = [0, -1, .nan, .infinity, 1e-300, 1e300]
        for number in numbers {
            for place in 0..<5 {
                var sketch = Sketch()
                sketch.node("r", pressure: 1e5)
                sketch.pump("pump", "r", "s", curve: [(0, place == 3 ? number : 1e5), (0.01, 5e4)])
                sketch.pipe(
                    "p", "s", "t", length: place == 0 ? number : 10, diameter: place == 1 ? number : 0.1,
                    roughness: place == 2 ? number : 1e-4, minorLoss: place == 4 ? number : 0)
                sketch.valve("v", "t", "r", kv: 10)
                var ready = sketch.compile()
                for change in 0..<4 {
                    switch change {
                    case 1: ready.state.kv[ready.link("v")] = number
                    case 2: ready.state.pumpSpeed[0] = number
                    case 3: ready.state.linkTemperature[ready.link("p")] = number
                    default: break
                    }
                    do {
                        let answer = try ready.solve()
                        #expect(answer.solution.massFlow.allSatisfy { $0.isFinite })
                        #expect(answer.solution.check?.firstFailure == nil)
                    } catch let failure as HydraulicFailure {
                        #expect(!failure.problem(in: ready.network).message().isEmpty)
                        #expect(!failure.problem(in: ready.network).message(in: .chinese).isEmpty)
                    }
                }
            }
        }
    }

    @Test("a circuit of one held node and nothing else")
    func singleNode() throws {
        var sketch = Sketch()
        sketch.node("only", pressure: 2e5)
        let answer = try sketch.solve()
        #expect(answer.solution.pressure == [2e5] && answer.solution.massFlow.isEmpty)
    }

    @Test("a Kv of zero, a NaN Kv and a link to its own node are closed")
    func degenerate() throws {
        var ready = consumers([nil, nil, nil])
        ready.state.kv[ready.link("v0")] = 0
        ready.state.kv[ready.link("v1")] = .nan
        let answer = try ready.solve()
        #expect(answer.flow("v0") == 0 && answer.flow("v1") == 0 && answer.flow("v2") > 0)
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.node("b", demand: 1)
        sketch.pipe("p", "a", "b")
        sketch.pipe("loop", "b", "b")
        #expect(try sketch.solve().flow("loop") == 0)
    }

    @Test("pressure below a vacuum is said")
    func vacuum() throws {
        var sketch = Sketch()
        sketch.node("a", pressure: 1e5)
        sketch.node("b", demand: 60)
        sketch.pipe("p", "a", "b")
        #expect(try sketch.solve().findings == [.belowVacuum])
    }
}
