import NetworkModel
import Quantities

@testable import Hydraulics

/// Seeded random circuits of several shapes, with every kind of element.
struct RandomNetwork {
    enum Shape: CaseIterable { case tree, mesh, dense, twoPipe }

    var random: SplitMix64
    var sketch = Sketch()
    /// Whether chords carry check valves, pumps and limits.
    var hasDevices = true

    init(seed: UInt64) { random = SplitMix64(seed) }

    /// A circuit of a shape with random states of its links.
    static func make(_ shape: Shape, seed: UInt64, devices: Bool = true) -> Ready {
        var made = RandomNetwork(seed: seed &* 7919 &+ UInt64(Shape.allCases.firstIndex(of: shape) ?? 0))
        made.hasDevices = devices
        switch shape {
        case .tree: made.graph(nodes: 2 + made.random.place(40), chords: 0)
        case .mesh: made.graph(nodes: 4 + made.random.place(60), chords: 3 + made.random.place(30))
        case .dense: made.graph(nodes: 4 + made.random.place(12), chords: 40)
        case .twoPipe: made.district(junctions: 2 + made.random.place(12))
        }
        var ready = made.sketch.compile()
        made.setState(&ready)
        return ready
    }

    /// A spanning tree of plain links, so that every demand can be met, and chords of anything.
    private mutating func graph(nodes: Int, chords: Int) {
        sketch.node("n0", pressure: random.number(0...1e6), elevation: random.number(0...50))
        for node in 1..<nodes {
            let isFixed = random.chance(0.05)
            sketch.node(
                "n\(node)", pressure: isFixed ? random.number(0...1e6) : nil,
                demand: random.chance(0.5) ? random.number(-2...5) : 0, elevation: random.number(0...50))
            plainLink("t\(node)", "n\(random.place(node))", "n\(node)")
        }
        for chord in 0..<chords {
            let (first, second) = (random.place(nodes), random.place(nodes))
            if first != second { anyLink("c\(chord)", "n\(first)", "n\(second)") }
        }
    }

    /// Supply and return mains with consumers on every rung, a pump and some ties.
    private mutating func district(junctions: Int) {
        sketch.node("r0", pressure: 2e5)
        if random.chance(0.5) {
            sketch.pump("pump", "r0", "p", head: random.logarithmic(1e4...5e5))
        } else {
            let (flow, head) = (random.logarithmic(0.001...0.1), random.logarithmic(1e4...5e5))
            sketch.pump("pump", "r0", "p", curve: [(0, head), (flow, 0.9 * head), (2 * flow, 0.5 * head)])
        }
        sketch.source("plant", "p", "s0", kv: random.chance(0.5) ? nil : 200)
        for place in 1...junctions {
            let parent = random.place(place)
            let (length, diameter) = (random.logarithmic(1...1000), random.logarithmic(0.03...0.4))
            sketch.pipe("s\(place)", "s\(parent)", "s\(place)", length: length, diameter: diameter, roughness: 5e-4, minorLoss: 1)
            sketch.pipe("r\(place)", "r\(place)", "r\(parent)", length: length, diameter: diameter, roughness: 5e-4, minorLoss: 1)
            for consumer in 0..<1 + random.place(3) {
                sketch.valve("v\(place).\(consumer)", "s\(place)", "m\(place).\(consumer)", kv: random.logarithmic(0.02...20))
                sketch.terminal(
                    "t\(place).\(consumer)", "m\(place).\(consumer)", "r\(place)", .none, kv: random.logarithmic(0.1...20))
                sketch.node("m\(place).\(consumer)", elevation: random.number(0...50))
            }
        }
        for tie in 0..<random.place(3) {
            let (first, second) = (random.place(junctions + 1), random.place(junctions + 1))
            if first != second { anyLink("tie\(tie)", "s\(first)", "s\(second)") }
        }
    }

    private mutating func plainLink(_ name: String, _ from: String, _ to: String) {
        if random.chance(0.7) {
            let diameter = random.logarithmic(0.01...0.6)
            let isShort = random.chance(0.1)
            sketch.pipe(
                name, from, to, length: isShort ? 0.01 : random.logarithmic(1...2000), diameter: isShort ? 2 : diameter,
                roughness: diameter * random.logarithmic(1e-6...0.03), minorLoss: random.chance(0.3) ? random.number(0...10) : 0)
        } else {
            sketch.valve(name, from, to, kv: random.logarithmic(0.05...2000))
        }
    }

    private mutating func anyLink(_ name: String, _ from: String, _ to: String) {
        guard hasDevices else { return plainLink(name, from, to) }
        switch random.place(8) {
        case 0: sketch.pipe(name, from, to, length: random.logarithmic(1...500), diameter: random.logarithmic(0.02...0.4), check: true)
        case 1: sketch.valve(name, from, to, kv: random.logarithmic(0.1...100), function: .check)
        case 2:
            // Two pumps of constant head in a ring without resistance would have no answer.
            sketch.pump(name, from, name, head: random.logarithmic(1e3...1e6))
            sketch.valve("d\(name)", name, to, kv: random.logarithmic(0.1...100))
        case 3:
            let (flow, head) = (random.logarithmic(0.0005...0.05), random.logarithmic(1e4...1e6))
            sketch.pump(name, from, to, curve: [(0, head), (flow, 0.8 * head), (2 * flow, 0.2 * head)])
        case 4: sketch.valve(name, from, to, kv: random.logarithmic(0.1...100), function: .flowLimiting(MassFlow(random.logarithmic(0.01...5))))
        default: plainLink(name, from, to)
        }
    }

    /// Closed links, temperatures, limits.
    private mutating func setState(_ ready: inout Ready) {
        for link in ready.state.isOpen.indices {
            ready.state.linkTemperature[link] = random.chance(0.5) ? 70 : random.number(5...110)
            if random.chance(0.08) && (!hasDevices || ready.sketch.mayClose(ready, link)) { ready.state.isOpen[link] = false }
        }
        for link in ready.compiled.resistances where hasDevices && random.chance(0.2) && ready.sketch.isConsumer(ready, link) {
            ready.state.flowLimit[link] = random.chance(0.1) ? 0 : random.logarithmic(0.001...1)
        }
    }
}

extension Sketch {
    /// Whether closing a local link leaves every demand that devices reach reachable without them too.
    func mayClose(_ ready: Ready, _ link: Int) -> Bool {
        !ready.network.links[ready.compiled.links[link]].id.text.hasPrefix("t")
    }

    /// Whether a local link is a consumer's valve, which may be limited without making a demand impossible.
    func isConsumer(_ ready: Ready, _ link: Int) -> Bool {
        ready.network.links[ready.compiled.links[link]].id.text.hasPrefix("v")
    }
}

extension CircuitState {
    /// The same with flows that are closed rings: nothing is drawn, and one node holds the pressure.
    var asRings: CircuitState {
        var state = self
        state.demand = demand.map { _ in 0 }
        var isFirst = true
        for node in fixedPressure.indices where !fixedPressure[node].isNaN {
            if !isFirst { state.fixedPressure[node] = .nan }
            isFirst = false
        }
        return state
    }
}
