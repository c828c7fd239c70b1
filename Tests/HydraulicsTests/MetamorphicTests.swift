import NetworkModel
import Quantities
import Testing

@testable import Hydraulics

/// Changes of the description that must not change the physics.
@Suite("Metamorphic")
struct MetamorphicTests {
    /// The same circuit with nodes and links in another order and some links turned round.
    private func shuffled(_ ready: Ready, seed: UInt64) -> (other: Ready, sign: [LinkIndex: Double]) {
        var random = SplitMix64(seed)
        let network = ready.network
        var sketch = Sketch()
        for node in network.nodes.shuffled(using: &random) {
            sketch.names[node.id.text] = sketch.builder.add(node)
        }
        var sign: [LinkIndex: Double] = [:]
        for index in network.links.indices.shuffled(using: &random) {
            let link = network.links[index]
            let ends = (sketch.node(network.nodes[link.from].id.text), sketch.node(network.nodes[link.to].id.text))
            var isTurned = false
            switch link.element {
            case .pipe(let pipe):
                let pipe = network.pipes[pipe]
                isTurned = !pipe.hasCheckValve && random.chance(0.5)
                let (from, to) = isTurned ? (ends.1, ends.0) : ends
                sketch.builder.add(pipe, id: link.id, from: from, to: to)
            case .valve(let valve):
                let valve = network.valves[valve]
                let local = ready.compiled.local(LinkIndex(index)) ?? -1
                isTurned = valve.function == .throttling && ready.state.flowLimit[local] == .infinity && random.chance(0.5)
                let (from, to) = isTurned ? (ends.1, ends.0) : ends
                sketch.builder.add(valve, id: link.id, from: from, to: to)
            case .pump(let pump): sketch.builder.add(network.pumps[pump], id: link.id, from: ends.0, to: ends.1)
            case .source(let source): sketch.builder.add(network.sources[source], from: ends.0, to: ends.1)
            case .terminal(let terminal):
                sketch.builder.add(network.terminals[terminal], id: link.id, from: ends.0, to: ends.1)
            case .exchangerPrimary, .exchangerSecondary: break
            }
            let added = LinkIndex(sketch.builder.current.links.count - 1)
            sketch.links[link.id.text] = added
            sign[added] = isTurned ? -1 : 1
        }
        var other = sketch.compile()
        for local in ready.compiled.links.indices {
            let name = network.links[ready.compiled.links[local]].id.text
            let target = other.link(name)
            other.state.isOpen[target] = ready.state.isOpen[local]
            other.state.linkTemperature[target] = ready.state.linkTemperature[local]
            other.state.flowLimit[target] = ready.state.flowLimit[local]
        }
        return (other, sign)
    }

    @Test("order of nodes and links, and direction of links, change nothing", arguments: RandomNetwork.Shape.allCases)
    func renumberAndReverse(shape: RandomNetwork.Shape) throws {
        for seed in 0..<Seeds.count(40) {
            let ready = RandomNetwork.make(shape, seed: UInt64(seed))
            let (other, sign) = shuffled(ready, seed: UInt64(seed))
            let (one, two) = (try ready.solve(), try other.solve())
            let scale = one.solution.massFlow.map(\.magnitude).max() ?? 0
            for (name, link) in ready.sketch.links where ready.compiled.local(link) != nil {
                let direction = other.sketch.links[name].flatMap { sign[$0] } ?? 1
                // Both within 1e-5 Pa of the exact answer; the flattest link bears 1e-6 of the largest flow for that.
                #expect((one.flow(name) - direction * two.flow(name)).magnitude <= 1e-5 * scale + 1e-6)
            }
        }
    }

    @Test("a pipe cut in two pieces passes what the whole one passed")
    func split() throws {
        func circuit(_ pieces: Int) throws -> Double {
            var sketch = Sketch()
            sketch.node("a", pressure: 3e5)
            sketch.node("b", pressure: 1e5, elevation: 5)
            for piece in 0..<pieces {
                let (from, to) = (piece == 0 ? "a" : "m\(piece)", piece == pieces - 1 ? "b" : "m\(piece + 1)")
                sketch.pipe("p\(piece)", from, to, length: 300 / Double(pieces), diameter: 0.08, minorLoss: 6 / Double(pieces))
            }
            sketch.pipe("side", "a", "b", length: 500, diameter: 0.05)
            return try sketch.solve().flow("p0")
        }
        let whole = try circuit(1)
        for pieces in [2, 3, 10, 100] { #expect((try circuit(pieces) / whole - 1).magnitude < 1e-9) }
    }

    @Test("square laws: four times the head, twice the flow")
    func scale() throws {
        func flows(_ factor: Double) throws -> [Double] {
            var sketch = Sketch()
            sketch.node("r", pressure: 1e5)
            sketch.pump("pump", "r", "s", head: 2e4 * factor)
            sketch.valve("v1", "s", "m", kv: 10)
            sketch.valve("v2", "s", "n", kv: 3)
            sketch.valve("tie", "m", "n", kv: 1)
            sketch.valve("v3", "m", "r", kv: 4)
            sketch.valve("v4", "n", "r", kv: 7)
            return try sketch.solve().solution.massFlow
        }
        for (one, four) in zip(try flows(1), try flows(4)) { #expect((four / one - 2).magnitude < 1e-8) }
    }

    @Test("pressures move with the held pressure and nothing else does")
    func level() throws {
        for seed in 0..<Seeds.count(20) {
            var ready = RandomNetwork.make(.twoPipe, seed: UInt64(seed))
            let low = try ready.solve().solution
            for node in ready.state.fixedPressure.indices { ready.state.fixedPressure[node] += 4e5 }
            let high = try ready.solve().solution
            for node in low.pressure.indices where low.isReachable[node] {
                #expect((high.pressure[node] - low.pressure[node] - 4e5).magnitude < 1e-3)
            }
        }
    }
}
