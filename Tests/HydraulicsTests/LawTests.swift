import NetworkModel
import Quantities
import Testing

@testable import Hydraulics

@Suite("Element laws")
struct LawTests {
    private let water = WaterProperties(of: .water, at: Temperature(celsius: 70))

    /// Central difference of a law, relative to its own slope.
    private func slopeError(_ law: (Double) -> LossPoint, at flow: Double, step: Double) -> Double {
        let difference = (law(flow + step).loss - law(flow - step).loss) / (2 * step)
        return (difference - law(flow).slope).magnitude / max(law(flow).slope, 1e-300)
    }

    @Test("water at 70 °C")
    func water70() {
        #expect((water.density.value - 977.75).magnitude < 0.01)
        #expect((water.viscosity.value - 0.400e-3).magnitude < 0.005e-3)
        // Never a crash or an infinity, however absurd the temperature.
        for celsius in [-300, -133.15, 0, 1e9] {
            #expect(Fluid.water.viscosity(at: Temperature(celsius: celsius)).isFinite)
        }
    }

    @Test("a pipe's slope agrees with differences from rest to 10 m/s, in both directions")
    func pipeSlope() {
        var random = SplitMix64(3)
        for _ in 0..<3000 {
            let diameter = random.logarithmic(0.005...2)
            let law = PipeLaw(
                length: Length(metres: random.logarithmic(0.01...5000)), diameter: Length(metres: diameter),
                roughness: Length(metres: diameter * random.logarithmic(1e-7...0.05)), minorLoss: random.number(0...20), water: water)
            let full = 10 * water.density.value * Double.pi / 4 * diameter * diameter
            let flow = random.chance(0.05) ? 0 : full * random.logarithmic(1e-9...1) * (random.chance(0.5) ? 1 : -1)
            let step = max(flow.magnitude * 1e-5, full * 1e-12)
            // A difference across a joint sees two curvatures; the joints have a test of their own.
            let reynolds = flow.magnitude * law.reynoldsPerFlow
            if [2000.0, 4000].contains(where: { ($0 - reynolds).magnitude < 2 * step * law.reynoldsPerFlow }) { continue }
            // Truncation is about (step/flow)² of the slope, rounding 1e-16 over the relative step of 1e-5; at rest the
            // local loss |ṁ|ṁ has a kink in its slope, and the difference shows its value a step away.
            let kink = flow == 0 ? law.local * step / law.loss(0).slope : 0
            #expect(slopeError(law.loss, at: flow, step: step) < 1e-7 + 2 * kink)
            #expect(law.loss(flow).slope > 0)
            #expect(law.loss(-flow).loss == -law.loss(flow).loss)
        }
    }

    @Test("losses of all links at once are those of single links")
    func lossesTogether() throws {
        var compared = 0
        for seed in 0..<20 as Range<UInt64> {
            let ready = RandomNetwork.make(.twoPipe, seed: seed, devices: false)
            var random = SplitMix64(seed)
            let flow = ready.compiled.links.indices.map { _ in
                random.chance(0.2) ? 0 : random.logarithmic(1e-6...30) * (random.chance(0.5) ? 1 : -1)
            }
            var state = ready.state
            for link in state.linkTemperature.indices { state.linkTemperature[link] = random.number(10...90) }
            let together = ready.compiled.losses(flow, state)
            for link in ready.compiled.links.indices where !ready.compiled.pumps.contains(link) && !ready.compiled.formulas.contains(link) {
                let single = flow[link] == 0 ? 0 : ready.compiled.pressureLoss(link: link, massFlow: flow[link], state).loss
                // Colebrook's root to 1e-15, and rounding.
                #expect((together[link] - single).magnitude <= 1e-12 * single.magnitude)
                compared += 1
            }
        }
        #expect(compared > 500)
    }

    @Test("a pipe's loss and slope are continuous at Re 2000 and 4000")
    func pipeJoints() {
        let law = PipeLaw(
            length: Length(metres: 100), diameter: Length(metres: 0.05), roughness: Length(metres: 1e-4), minorLoss: 2,
            water: water)
        for reynolds in [2000.0, 4000] {
            let flow = reynolds / law.reynoldsPerFlow
            let (below, above) = (law.loss(flow * (1 - 1e-14)), law.loss(flow * (1 + 1e-14)))
            #expect((below.loss - above.loss).magnitude < 1e-12 * above.loss)
            #expect((below.slope - above.slope).magnitude < 1e-10 * above.slope)
        }
    }

    @Test("Darcy–Weisbach by hand: 100 m of 0.1 m at 1 m/s")
    func pipeByHand() {
        let law = PipeLaw(
            length: Length(metres: 100), diameter: Length(metres: 0.1), roughness: Length(metres: 1e-4), minorLoss: 3,
            water: water)
        let flow = water.density.value * Double.pi / 4 * 0.01
        let reynolds = water.density.value * 0.1 / water.viscosity.value
        let factor = DarcyFriction.factor(reynolds: reynolds, relativeRoughness: 1e-3).value
        let expected = (factor * 1000 + 3) * 0.5 * water.density.value
        #expect((law.loss(flow).loss - expected).magnitude < 1e-10 * expected)
    }

    @Test("a Kv loses 1 bar at its own flow of cold water, and is linear through rest")
    func resistance() {
        let law = ResistanceLaw(kv: FlowCoefficient(cubicMetresPerHour: 10), density: Density(1000))
        let flow = 10.0 / 3.6
        #expect((law.loss(flow).loss - 1e5).magnitude < 1e-8)
        #expect((law.loss(-flow).loss + 1e5).magnitude < 1e-8)
        #expect(law.loss(0) == LossPoint(loss: 0, slope: law.chord))
        #expect(law.chord > 0)
        for share in [1e-9, 1e-3, 0.5, 1, 2, 1e3] {
            // The square law is missed by no more than a quarter of the linear zone.
            let small = share * (ResistanceLaw.linearZone / law.resistance).squareRoot()
            #expect((law.loss(small).loss - law.resistance * small * small).magnitude <= 0.2501 * ResistanceLaw.linearZone)
        }
        for flow in [-3.0, -1e-4, 1e-3, 2] { #expect(slopeError(law.loss, at: flow, step: flow.magnitude * 1e-5) < 1e-9) }
        #expect(ResistanceLaw(resistance: 0).loss(5).loss == 0)
    }

    @Test("chords lead from a flow to the flow that a drive makes")
    func chords() {
        var random = SplitMix64(4)
        let valve = ResistanceLaw(resistance: 1e6)
        let pipe = PipeLaw(
            length: Length(metres: 50), diameter: Length(metres: 0.04), roughness: Length(metres: 1e-4), minorLoss: 1,
            water: water)
        for _ in 0..<500 {
            let (flow, goal) = (random.number(-2...2), random.number(-2...2))
            let drive = valve.loss(goal).loss
            let reached = flow + (drive - valve.loss(flow).loss) / valve.chord(flow, drive)
            #expect((reached - goal).magnitude < 1e-9)
            // Close to the goal a pipe's chord is its tangent.
            let near = pipe.loss(goal * (1 + 1e-7)).loss
            let (tangent, chord) = (pipe.loss(goal), pipe.chord(goal, pipe.loss(goal), near))
            #expect((chord / tangent.slope - 1).magnitude < 1e-6)
        }
    }
}

@Suite("Pump laws")
struct PumpLawTests {
    private let points = [(0.0, 400e3), (0.01, 380e3), (0.02, 320e3), (0.03, 200e3)].map {
        PumpPoint(flow: VolumeFlow($0.0), head: PressureDifference(pascals: $0.1))
    }

    @Test("a curve passes its points and falls everywhere")
    func interpolation() {
        let curve = PumpCurve(points)
        for point in points { #expect((curve.head(at: point.flow.value).head - point.head.value).magnitude < 1e-7) }
        var last = Double.infinity
        for step in 0...400 {
            let head = curve.head(at: Double(step) * 1e-4).head
            #expect(head <= last)
            last = head
        }
    }

    @Test("random falling points make falling curves with right slopes")
    func random() {
        var random = SplitMix64(5)
        for _ in 0..<300 {
            var (flow, head) = (0.0, random.number(1e4...1e6))
            let points = (0..<2 + random.place(6)).map { _ -> PumpPoint in
                defer {
                    flow += random.logarithmic(1e-4...0.1)
                    if !random.chance(0.2) { head -= random.logarithmic(1...1e5) }
                }
                return PumpPoint(flow: VolumeFlow(flow), head: PressureDifference(pascals: head))
            }
            let law = PumpLaw(.curve(PumpCurve(points)), speed: random.number(0.3...1.5), density: Density(980))
            let last = points[points.count - 1].flow.value * 980 * law.speed
            for _ in 0..<50 {
                let massFlow = random.number(0...1.2) * last
                let step = 1e-7 * last
                let (low, high) = (law.loss(massFlow - step), law.loss(massFlow + step))
                #expect(high.loss >= low.loss - 1e-9 * 1e6)
                // Second differences bound what a difference can see near a point.
                let difference = (high.loss - low.loss) / (2 * step)
                #expect((difference - law.loss(massFlow).slope).magnitude <= (high.slope - low.slope).magnitude + 1e-5 * 1e6 / last)
            }
        }
    }

    @Test("affinity laws: half the speed, half the flow, a quarter of the head")
    func affinity() {
        let full = PumpLaw(.curve(PumpCurve(points)), speed: 1, density: Density(1000))
        let half = PumpLaw(.curve(PumpCurve(points)), speed: 0.5, density: Density(1000))
        for flow in [0.0, 5, 17, 30] {
            #expect((half.loss(flow / 2).loss - full.loss(flow).loss / 4).magnitude < 1e-6)
        }
    }

    @Test("points that no pump has still make a falling curve")
    func malformed() {
        let cases: [[PumpPoint]] = [
            [], [PumpPoint(flow: .zero, head: Pressure(5))], [PumpPoint(flow: VolumeFlow(1), head: Pressure(6))],
            points.reversed(), points + points, points.map { PumpPoint(flow: $0.flow, head: -$0.head) },
            [PumpPoint(flow: VolumeFlow(.nan), head: Pressure(1)), PumpPoint(flow: VolumeFlow(1), head: Pressure(.infinity))],
        ]
        for points in cases {
            let curve = PumpCurve(points)
            for flow in [-1.0, 0, 0.015, 1, 2, 50] {
                let point = curve.head(at: flow)
                #expect(point.head.isFinite && point.slope <= 0)
            }
        }
        // One point: shut-off head 4/3 of it, no head at twice the flow.
        let single = PumpCurve([PumpPoint(flow: VolumeFlow(1), head: Pressure(6))])
        #expect((single.head(at: 0).head - 8).magnitude < 1e-12)
        #expect((single.head(at: 1).head - 6).magnitude < 1e-12)
        #expect(single.head(at: 2).head.magnitude < 1e-12)
    }
}
