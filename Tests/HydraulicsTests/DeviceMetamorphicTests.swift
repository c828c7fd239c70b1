import NetworkModel
import Quantities
import Testing

@testable import Hydraulics

/// Changes of the description of circuits with controllers that must not change the physics.
///
/// Readings are met to 1e-5 Pa; the flattest link bears a millionth of the largest flow for that.
@Suite("Metamorphic, with devices")
struct DeviceMetamorphicTests {
    /// How a district is written down.
    private struct Writing {
        /// Order of the places, and whether pipes run the other way.
        var order: [Int]
        var isTurned = false
        /// Pieces of every supply pipe.
        var pieces = 1
        /// Factor of all pressures; flows then change by its root where all losses are squares.
        var scale = 1.0
        /// Pressure added everywhere, Pa.
        var level = 0.0
        /// Pipes are valves, so that every law is a square.
        var isSquare = false
    }

    private static let size = 7

    /// A tree of places, each with a Δp controller, a flow limiter or nothing, an overflow valve at the end and a pump on the worst point.
    private func district(_ seed: UInt64, _ writing: Writing) -> Sketch {
        var sketch = Sketch()
        for name in writing.order.map({ "s\($0)" }) { _ = sketch.node(name) }
        sketch.node("r0", pressure: (2e5 + writing.level) * writing.scale)
        var random = SplitMix64(seed)
        let places = (1...Self.size).map { place in
            (parent: random.chance(0.6) ? place - 1 : random.place(place), length: random.logarithmic(20...200),
             width: random.logarithmic(0.06...0.12), set: random.logarithmic(5e3...3e4), kind: random.place(3),
             valve: random.logarithmic(5...20), load: random.logarithmic(0.5...3), limit: random.logarithmic(0.05...0.3))
        }
        let pascals = { (value: Double) in PressureDifference(pascals: value * writing.scale) }
        func line(_ name: String, _ from: String, _ to: String, _ place: Int, pieces: Int) {
            let (from, to) = writing.isTurned ? (to, from) : (from, to)
            for piece in 0..<pieces {
                let first = piece == 0 ? from : "\(name).\(piece)"
                let second = piece == pieces - 1 ? to : "\(name).\(piece + 1)"
                if writing.isSquare {
                    sketch.valve("\(name)/\(piece)", first, second, kv: 1e4 * places[place - 1].width * places[place - 1].width)
                } else {
                    sketch.pipe(
                        "\(name)/\(piece)", first, second, length: places[place - 1].length / Double(pieces), diameter: places[place - 1].width)
                }
            }
        }
        for place in writing.order where place > 0 {
            let data = places[place - 1]
            line("s\(place)", "s\(data.parent)", "s\(place)", place, pieces: writing.pieces)
            line("r\(place)", "r\(place)", "r\(data.parent)", place, pieces: 1)
            let (high, low) = (sketch.node("s\(place)"), sketch.node("b\(place)"))
            sketch.valve("load\(place)", "s\(place)", "b\(place)", kv: data.load)
            let function: ValveFunction =
                switch data.kind {
                case 0: .differentialPressure(pascals(data.set), high: high, low: low)
                case 1: .pressureIndependent(MassFlow(data.limit * writing.scale.squareRoot()))
                default: .throttling
                }
            sketch.valve("c\(place)", "b\(place)", "r\(place)", kv: data.valve, function: function)
        }
        let (end, back) = (sketch.node("s\(Self.size)"), sketch.node("r\(Self.size)"))
        sketch.valve("relief", "s\(Self.size)", "r\(Self.size)", kv: 5, function: .overflow(pascals(9e4), high: end, low: back))
        sketch.pump("pump", "r0", "s0", curve: [(0, 3e5), (0.01, 2.5e5), (0.03, 5e4)].map { ($0.0 * writing.scale.squareRoot(), $0.1 * writing.scale) })
        sketch.control(
            "pump", .worstPoint(pascals(6e4), (1...Self.size).map { sketch.pair("s\($0)", "r\($0)") }), least: 0.2)
        return sketch
    }

    private var names: [String] { (1...Self.size).flatMap { ["load\($0)", "c\($0)"] } + ["relief", "pump"] }

    private func expectSame(_ one: Answer, _ two: Answer, factor: Double = 1, _ what: String) {
        let scale = one.solution.massFlow.map(\.magnitude).max() ?? 0
        for name in names { #expect((two.flow(name) / factor - one.flow(name)).magnitude <= 3e-6 * scale, "\(what): \(name)") }
        #expect((two.speed("pump") - one.speed("pump")).magnitude < 1e-5, "\(what)")
        #expect(two.findings == one.findings, "\(what)")
    }

    @Test("order, direction of pipes, pieces of pipes and the level of pressure change nothing", arguments: 0..<Seeds.count(12))
    func writing(seed: UInt64) throws {
        let plain = Writing(order: Array(0...Self.size))
        let answer = try district(seed, plain).solve()
        var random = SplitMix64(seed &+ 99)
        var other = plain
        other.order.shuffle(using: &random)
        expectSame(answer, try district(seed, other).solve(), "order")
        other = plain
        other.isTurned = true
        expectSame(answer, try district(seed, other).solve(), "direction")
        other = plain
        other.pieces = 3
        expectSame(answer, try district(seed, other).solve(), "pieces")
        other = plain
        other.level = 3e5
        expectSame(answer, try district(seed, other).solve(), "level")
    }

    @Test("square laws: four times the pressures, settings among them, twice the flows", arguments: 0..<Seeds.count(12))
    func scale(seed: UInt64) throws {
        var writing = Writing(order: Array(0...Self.size), isSquare: true)
        let answer = try district(seed, writing).solve()
        writing.scale = 4
        expectSame(answer, try district(seed, writing).solve(), factor: 2, "scale")
    }
}
