import Heating
import Testing

/// A circuit by hand: pipes of equal loss coefficient, loads, given supplies.
private struct Line {
    var from: [Int32] = []
    var to: [Int32] = []
    var flow: [Double] = []
    var factor: [Double] = []
    var offset: [Double] = []
    var isCut: [Bool] = []
    let heatCapacity: Double

    init(heatCapacity: Double) { self.heatCapacity = heatCapacity }

    private mutating func add(_ a: Int, _ b: Int, _ flow: Double, _ law: (factor: Double, offset: Double), isCut: Bool = false) {
        from.append(Int32(a))
        to.append(Int32(b))
        self.flow.append(flow)
        factor.append(law.factor)
        offset.append(law.offset)
        self.isCut.append(isCut)
    }

    /// `conductance` is U π d L in W/K.
    mutating func pipe(_ a: Int, _ b: Int, _ flow: Double, conductance: Double, ambient: Double) {
        let left = PipeCooling.remainder(conductance: conductance, capacityFlow: flow * heatCapacity)
        add(a, b, flow, (left, ambient * (1 - left)))
    }

    mutating func load(_ a: Int, _ b: Int, _ flow: Double, heat: Double) {
        add(a, b, flow, (1, -heat / (flow * heatCapacity)))
    }

    mutating func source(_ a: Int, _ b: Int, _ flow: Double, supply: Double) { add(a, b, flow, (0, supply), isCut: true) }

    /// Temperatures of nodes; `given` feeds water of a temperature from outside.
    func temperatures(nodes: Int, given: [Int: Double] = [:]) -> [Double] {
        var transport = TemperatureTransport(nodeCount: nodes, from: from, to: to)
        var inflow = [Double](repeating: 0, count: nodes)
        var outside = [Double](repeating: .nan, count: nodes)
        for (node, temperature) in given {
            for link in from.indices where Int(from[link]) == node { inflow[node] += flow[link] }
            for link in from.indices where Int(to[link]) == node { inflow[node] -= flow[link] }
            outside[node] = temperature
        }
        transport.orient(massFlow: flow, isCut: isCut, inflow: inflow, stillBelow: 1e-9)
        var temperature = [Double](repeating: .nan, count: nodes)
        transport.propagate(factor: factor, offset: offset, outside: outside, seed: 20, into: &temperature)
        return temperature
    }
}

/// Closed forms of heat transport, with the figures of pandapipes' tests (commit 5b52494) to their digits.
@Suite struct TemperatureTransportTests {
    /// U π d L of a pipe of 75 mm and 5 W/(m² K).
    private func loss(_ length: Double) -> Double { 5 * Double.pi * 0.075 * length }

    private func expect(_ temperatures: [Double], _ expected: [Double]) {
        // The source prints 1e-7; it rounds its own constants at 1e-5.
        for (value, figure) in zip(temperatures, expected) { #expect(abs(value - figure) < 1e-4) }
    }

    @Test func sixPipesInARow() {
        var line = Line(heatCapacity: 4182)
        for node in 0..<6 { line.pipe(node, node + 1, 1, conductance: loss(1000), ambient: 19.85) }
        expect(
            line.temperatures(nodes: 7, given: [0: 56.85]),
            [56.85, 47.7663141, 40.9127188, 35.7417155, 31.8402195, 28.8965604, 26.6755844])
    }

    @Test func oneInTwoOut() {
        var line = Line(heatCapacity: 4182)
        line.pipe(0, 1, 2, conductance: loss(2500), ambient: 19.85)
        line.pipe(1, 2, 1, conductance: loss(2500), ambient: 19.85)
        line.pipe(1, 3, 1, conductance: loss(2500), ambient: 19.85)
        expect(line.temperatures(nodes: 4, given: [0: 76.85]), [76.85, 59.9316228, 39.6692027, 39.6692027])
    }

    @Test(arguments: [false, true]) func twoInOneOutWhateverTheDrawing(isReversed: Bool) {
        var line = Line(heatCapacity: 4182)
        line.pipe(0, 2, 0.5, conductance: loss(2500), ambient: 19.85)
        if isReversed {
            line.pipe(2, 1, -0.5, conductance: loss(2500), ambient: 19.85)
        } else {
            line.pipe(1, 2, 0.5, conductance: loss(2500), ambient: 19.85)
        }
        line.pipe(2, 3, 1, conductance: loss(2500), ambient: 19.85)
        expect(line.temperatures(nodes: 4, given: [0: 76.85, 1: 76.85]), [76.85, 76.85, 33.7865931, 26.741242])
    }

    @Test func twoSourcesOfDifferentTemperature() {
        var line = Line(heatCapacity: 4182)
        line.pipe(0, 2, 1, conductance: loss(2500), ambient: 19.85)
        line.pipe(1, 2, 1, conductance: loss(2500), ambient: 19.85)
        line.pipe(2, 3, 1, conductance: loss(2500), ambient: 19.85)
        line.pipe(2, 4, 1, conductance: loss(2500), ambient: 19.85)
        expect(line.temperatures(nodes: 5, given: [0: 76.85, 1: 26.85]), [76.85, 26.85, 35.673074, 27.6740523, 27.6740523])
    }

    @Test func aMeshWithAPipeDrawnAgainstItsFlow() {
        var line = Line(heatCapacity: 4182)
        line.pipe(0, 1, 0.393265, conductance: loss(2500), ambient: 19.85)
        line.pipe(0, 2, 0.606735, conductance: loss(2500), ambient: 19.85)
        line.pipe(2, 1, -0.393265, conductance: loss(2500), ambient: 19.85)
        let temperatures = line.temperatures(nodes: 3, given: [0: 76.85])
        // Node 2 is where both ways meet.
        expect(temperatures, [76.85, 29.3589335, 31.3073042])
    }

    /// Two consumers on supply and return; the loop is closed by the source's given supply.
    @Test func twoConsumersOnTwoLines() {
        var line = Line(heatCapacity: 4190)
        let conductance = 1.5 * Double.pi * 0.1022 * 1000
        line.pipe(0, 1, 5, conductance: conductance, ambient: 8)
        line.pipe(1, 2, 2, conductance: conductance, ambient: 8)
        line.load(1, 4, 3, heat: 150_000)
        line.load(2, 3, 2, heat: 75_000)
        line.pipe(3, 4, 2, conductance: conductance, ambient: 8)
        line.pipe(4, 5, 5, conductance: conductance, ambient: 8)
        line.source(5, 0, 5, supply: 80)
        expect(line.temperatures(nodes: 6), [80, 78.3637178, 74.4338594, 65.4839787, 64.7677109, 63.4775999])
    }

    @Test func stillWaterHasNoTemperature() {
        var line = Line(heatCapacity: 4190)
        line.pipe(0, 1, 1, conductance: 10, ambient: 8)
        line.pipe(1, 2, 0, conductance: 10, ambient: 8)
        let temperatures = line.temperatures(nodes: 4, given: [0: 80])
        #expect(temperatures[2].isNaN && temperatures[3].isNaN)
        #expect(temperatures[1] < 80)
    }

    /// A recirculation pump drives a ring of 3 kg/s into which 1 kg/s of 60 °C comes and from which 1 kg/s leaves.
    @Test func aRingWithoutSourceIsFoundByPasses() {
        var line = Line(heatCapacity: 4000)
        line.pipe(0, 1, 3, conductance: 2000, ambient: 10)
        line.pipe(1, 0, 2, conductance: 1000, ambient: 10)
        line.pipe(2, 0, 1, conductance: 0, ambient: 10)
        line.pipe(1, 3, 1, conductance: 0, ambient: 10)
        let temperatures = line.temperatures(nodes: 4, given: [2: 60])
        // T1 = 10 + a (T0 − 10), T0 = (2 (10 + b (T1 − 10)) + 60)/3.
        let (a, b) = (exponential(-2000 / 12_000), exponential(-1000 / 8000))
        let hot = (2.0 * 10 * (1 - b) + 2 * b * 10 * (1 - a) + 60) / (3 - 2 * a * b)
        // The passes stop at changes of 1e-11 K.
        #expect(abs(temperatures[0] - hot) < 1e-9)
        #expect(abs(temperatures[1] - (10 + a * (hot - 10))) < 1e-9)
    }

    @Test func flowsThatTurnRoundAreFollowed() {
        var transport = TemperatureTransport(nodeCount: 3, from: [0, 1], to: [1, 2])
        var temperature = [Double](repeating: .nan, count: 3)
        for direction in [1.0, -1, 1] {
            transport.orient(
                massFlow: [direction, direction], isCut: [false, false],
                inflow: direction > 0 ? [1, 0, 0] : [0, 0, 1], stillBelow: 1e-9)
            transport.propagate(
                factor: [0.5, 0.25], offset: [0, 0], outside: [80, .nan, 80], seed: 0, into: &temperature)
            #expect(temperature == (direction > 0 ? [80, 40, 10] : [10, 20, 80]))
        }
    }

    @Test func meanTemperatureIsTheIntegral() {
        // Simpson's rule over the exponential profile of a pipe that loses four fifths of its excess.
        let (conductance, flow) = (1600.0, 1000.0)
        var sum = 0.0
        let steps = 200
        for step in 0...steps {
            let weight = step == 0 || step == steps ? 1.0 : (step % 2 == 1 ? 4 : 2)
            sum += weight * (10 + 70 * exponential(-conductance / flow * Double(step) / Double(steps)))
        }
        let mean = PipeCooling.mean(inlet: 80, surroundings: 10, conductance: conductance, capacityFlow: flow)
        // Simpson's error at 200 steps.
        #expect(abs(mean - sum / 3 / Double(steps)) < 1e-7)
        #expect(PipeCooling.mean(inlet: 80, surroundings: 10, conductance: 0, capacityFlow: flow) == 80)
        #expect(PipeCooling.outlet(inlet: 80, surroundings: 10, conductance: 5, capacityFlow: 0) == 10)
    }
}
