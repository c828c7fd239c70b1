import NetworkModel
import Testing

@testable import Hydraulics

/// Four states side by side, reduced to strands, are four states one by one on all links.
@Suite("Batches of states")
struct BatchTests {
    /// A random circuit whose flows are closed rings, with links that may be shut.
    private struct Case {
        let compiled: CompiledNetwork
        let base: CircuitState
        let switches: [Int]

        init(_ shape: RandomNetwork.Shape, seed: UInt64, devices: Bool) {
            let ready = RandomNetwork.make(shape, seed: seed, devices: devices)
            let compiled = ready.compiled
            base = ready.state.asRings
            self.compiled = compiled
            switches = compiled.links.indices.filter { link in
                let id = ready.network.links[compiled.links[link]].id.text
                return id.hasPrefix("v") || id.hasPrefix("c")
            }
        }

        /// Which switches are open in four states, a bit each; all are shut in the last.
        func rosters(_ random: inout SplitMix64) -> [UInt8] { switches.map { _ in UInt8(random.place(8)) } }
    }

    private static func options(reduces: Bool = true) -> HydraulicOptions {
        var options = HydraulicOptions()
        // So that what is left by the iterations is less than what is compared.
        options.pressureTolerance = 1e-8
        options.reducesTopology = reduces
        return options
    }

    @Test("the same flows and pressures as one by one", arguments: RandomNetwork.Shape.allCases, [false, true])
    func sameAsSingle(shape: RandomNetwork.Shape, devices: Bool) throws {
        var (reduced, together) = (0, 0)
        for seed in 0..<12 as Range<UInt64> {
            let made = Case(shape, seed: seed, devices: devices)
            var single = HydraulicSolver(made.compiled, options: Self.options(reduces: false))
            guard let solution = try? single.solve(made.base) else { continue }
            var batch = BatchedHydraulicSolver(
                made.compiled, base: made.base, solution: solution, switches: made.switches, observed: Array(made.compiled.links.indices),
                options: Self.options())
            if batch.isReduced { reduced += 1 }
            var random = SplitMix64(seed)
            for _ in 0..<2 {
                let failures = batch.solve(made.rosters(&random))
                for lane in 0..<4 {
                    let alone = Result { () throws(HydraulicFailure) in try single.solve(batch.state(lane), from: solution) }
                    compare(batch, lane, failures[lane], alone, "\(shape) \(devices) seed \(seed)")
                }
            }
            together += 8 - batch.solvedAlone
        }
        // Leaving everything to single solvers would pass the rest of this test. Dense shapes with devices are full of ones that block.
        #expect(reduced >= 4)
        if !(shape == .dense && devices) { #expect(together >= 3 * reduced) }
    }

    private func compare(
        _ batch: BatchedHydraulicSolver, _ lane: Int, _ failure: HydraulicFailure?, _ other: Result<HydraulicSolution, HydraulicFailure>,
        _ name: String
    ) {
        switch (failure, other) {
        case (nil, .success(let other)):
            let one: HydraulicSolution
            do throws(HydraulicFailure) {
                one = try batch.solution(lane)
            } catch {
                Issue.record("\(name): \(error.reason)")
                return
            }
            let flow = other.massFlow.map(\.magnitude).max() ?? 0
            let pressure = other.pressure.filter(\.isFinite).map(\.magnitude).max() ?? 0
            let state = batch.state(lane)
            let isClose = one.massFlow.indices.allSatisfy { link in
                // In wide rings a flow is known to what the pressure tolerance moves.
                let slope = batch.compiled.pressureLoss(link: link, massFlow: other.massFlow[link], state).slope
                return (one.massFlow[link] - other.massFlow[link]).magnitude <= 1e-10 * flow + 1e-12 + (slope > 0 ? 2e-8 / slope : 0)
            }
            let pressures = zip(one.pressure, other.pressure).map { $0.isNaN && $1.isNaN ? 0 : ($0 - $1).magnitude }.max() ?? 0
            #expect(one.isReachable == other.isReachable, "\(name)")
            #expect(batch.observed.indices.allSatisfy { batch.flow[$0][lane] == one.massFlow[$0] }, "\(name)")
            #expect(isClose, "\(name)")
            #expect(pressures <= 1e-10 * pressure + 1e-8, "\(name)")
        // At this tolerance rounding may keep the single solver from ending; what passes its check is right all the same.
        case (nil, .failure(let other)) where other.reason == .notConverged: #expect((try? batch.solution(lane)) != nil, "\(name)")
        case (let failure?, .failure(let other)): #expect(failure.reason == other.reason, "\(name)")
        default: Issue.record("\(failure as Any) \(other) \(name): only one of them has an answer")
        }
    }

    @Test("a state's answer does not depend on those beside it, bit by bit")
    func independent() throws {
        let made = Case(.twoPipe, seed: 5, devices: false)
        var single = HydraulicSolver(made.compiled)
        let solution = try single.solve(made.base)
        var batch = BatchedHydraulicSolver(
            made.compiled, base: made.base, solution: solution, switches: made.switches, observed: Array(made.compiled.links.indices))
        try #require(batch.isReduced)
        var random = SplitMix64(5)
        let rosters = made.rosters(&random)
        #expect(batch.solve(rosters).allSatisfy { $0 == nil })
        let together = batch.flow
        for lane in 0..<4 {
            let alone = rosters.map { $0 >> UInt8(lane) & 1 }
            #expect(batch.solve(alone, count: 1).allSatisfy { $0 == nil })
            #expect(zip(together, batch.flow).allSatisfy { $0[lane] == $1[0] })
        }
    }

    @Test("the judgement passes what is right and sees one state of wrong flows", arguments: RandomNetwork.Shape.allCases)
    func judgement(shape: RandomNetwork.Shape) throws {
        var judged = 0
        for seed in 0..<12 as Range<UInt64> {
            let made = Case(shape, seed: seed, devices: false)
            var single = HydraulicSolver(made.compiled)
            guard let solution = try? single.solve(made.base), let network = StrandNetwork(made.compiled, made.base, switches: made.switches)
            else { continue }
            let options = HydraulicOptions()
            guard var solver = StrandSolver(made.compiled, network, made.base, solution, switches: made.switches, observed: [], options: options)
            else { continue }
            var check = StrandCheck(
                made.compiled, network, made.base, switched: made.switches.map { network.strandOfLink[$0] }, options: options)
            var flow: [Quad] = []
            let open = [UInt8](repeating: 0xF, count: made.switches.count)
            guard solver.solve(open, count: 4, &flow) == 0xF else { continue }
            let right = check.judge(solver.values, solver.share)
            #expect((0..<4).allSatisfy { !right[$0] }, "\(shape) seed \(seed)")
            // A hundredth more everywhere still balances at every node, and no loop closes where anything drives water.
            guard solver.values.contains(where: { $0.flow[2].magnitude > 0.01 }) else { continue }
            var values = solver.values
            for strand in values.indices { values[strand].flow[2] *= 1.01 }
            let wrong = check.judge(values, solver.share)
            #expect((0..<4).map { wrong[$0] } == [false, false, true, false], "\(shape) seed \(seed)")
            judged += 1
        }
        // A tree has no rings and nothing that flows.
        if shape != .tree { #expect(judged >= 4) }
    }

    /// What ``SolutionCheck`` asks of one state, ``StrandCheck`` asks of four: each kind of wrong result is seen, and only in its own state.
    @Test("the judgement sees every kind of wrong result", arguments: RandomNetwork.Shape.allCases)
    func kindsOfWrong(shape: RandomNetwork.Shape) throws {
        var judged: [String: Int] = [:]
        for seed in 0..<12 as Range<UInt64> {
            let made = Case(shape, seed: seed, devices: false)
            var single = HydraulicSolver(made.compiled)
            guard let solution = try? single.solve(made.base), let network = StrandNetwork(made.compiled, made.base, switches: made.switches)
            else { continue }
            let options = HydraulicOptions()
            guard var solver = StrandSolver(made.compiled, network, made.base, solution, switches: made.switches, observed: [], options: options)
            else { continue }
            let shut = made.switches.map { network.strandOfLink[$0] }
            var (check, flow) = (StrandCheck(made.compiled, network, made.base, switched: shut, options: options), [Quad]())
            let (compiled, base) = (made.compiled, made.base)
            guard solver.solve([UInt8](repeating: 0xF, count: made.switches.count), count: 4, &flow) == 0xF else { continue }
            let values = solver.values
            guard let widest = values.indices.max(by: { values[$0].flow[2].magnitude < values[$1].flow[2].magnitude }),
                values[widest].flow[2].magnitude > 0.01
            else { continue }
            func expect(_ kind: String, _ isWrong: SIMDMask<SIMD4<Int64>>, _ expected: [Bool] = [false, false, true, false]) {
                #expect((0..<4).map { isWrong[$0] } == expected, "\(kind): \(shape) seed \(seed)")
                judged[kind, default: 0] += 1
            }
            expect("right", check.judge(values, solver.share), [false, false, false, false])
            var wrong = values
            // More than the relative tolerance of 1e-9, less than any loop would show.
            if network.from[widest] != network.to[widest] {
                wrong[widest].flow[2] *= 1 + 1e-8
                expect("lost water", check.judge(wrong, solver.share))
            }
            wrong = values
            for strand in wrong.indices { wrong[strand].flow[2] *= 1.01 }
            expect("wrong split", check.judge(wrong, solver.share))
            wrong = values
            for strand in wrong.indices { wrong[strand].flow[2] *= -1 }
            expect("wrong way", check.judge(wrong, solver.share))
            wrong = values
            wrong[widest].flow[2] = .nan
            expect("no number", check.judge(wrong, solver.share))
            if let open = shut.first(where: { $0 >= 0 && values[Int($0)].flow[2] != 0 }) {
                var share = solver.share
                share[Int(open)][2] = 0
                expect("water through what is shut", check.judge(values, share))
            }
            // The same flows where a link of each kind that carries water is another than they were found for, and where a device stops them.
            func other(_ kind: String, _ links: Range<Int>, _ change: (inout CircuitState, Int) -> Void) {
                guard let link = links.first(where: { link in
                    let strand = Int(network.strandOfLink[link])
                    return strand >= 0 && (network.isAgainst[link] ? -1 : 1) * values[strand].flow[2] > 0.01
                        && compiled.pressureLoss(link: link, massFlow: values[strand].flow[2], base).loss.magnitude > 100
                }) else { return }
                var state = base
                change(&state, link)
                var check = StrandCheck(compiled, network, state, switched: shut, options: options)
                expect(kind, check.judge(values, solver.share), [true, true, true, true])
            }
            other("other friction", compiled.pipes) { $0.linkTemperature[$1] = $0.linkTemperature[$1] < 60 ? 90 : 20 }
            other("other valve", compiled.resistances) { $0.kv[$1] *= 1.001 }
            other("other pump", compiled.pumps) { state, link in
                let pump = link - compiled.pumps.lowerBound
                state.pumpSpeed[pump] *= 1.001
                state.pumpHead[pump] *= 1.002
            }
            other("beyond a limit", compiled.resistances) { state, link in
                state.flowLimit[link] = 0.99 * values[Int(network.strandOfLink[link])].flow[2].magnitude
            }
        }
        // A tree has no rings and nothing that flows.
        if shape != .tree { for kind in ["right", "lost water", "wrong split", "wrong way", "no number"] { #expect(judged[kind, default: 0] >= 4, "\(kind)") } }
        guard shape == .twoPipe else { return }
        for kind in ["water through what is shut", "other friction", "other valve", "other pump", "beyond a limit"] {
            #expect(judged[kind, default: 0] >= 4, "\(kind)")
        }
    }

    @Test("foreseen friction is that of the law to some thousandths, where it is asked")
    func foresight() throws {
        let made = Case(.twoPipe, seed: 5, devices: false)
        var single = HydraulicSolver(made.compiled)
        let solution = try single.solve(made.base)
        let network = try #require(StrandNetwork(made.compiled, made.base, switches: made.switches))
        let laws = StrandLaws(made.compiled, network, made.base)
        let flow = (0..<network.count).map { solution.massFlow[Int(network.links[Int(network.start[$0])])] }
        let foresight = StrandForesight(laws, flow: flow)
        for strand in foresight.first..<network.count {
            let known = foresight.friction[strand - foresight.first]
            let pipes = Int(laws.strands[strand].firstPipe)..<Int(laws.strands[strand].pipeEnd)
            for factor in [0.3, 0.5, 0.8, 1, 1.5, 3] {
                let size = known.center * factor
                guard !pipes.isEmpty else { continue }
                let exact = pipes.reduce(into: (loss: 0.0, slope: 0.0)) { sum, pipe in
                    var law = laws.single.pipes[Int(laws.pipes[pipe].link)]
                    law.local = 0
                    let point = law.loss(size)
                    sum = (sum.loss + point.loss, sum.slope + point.slope)
                }
                let found = StrandForesight.friction(known, size: Quad(repeating: size))
                #expect((found.chord[0] * size - exact.loss).magnitude <= 5e-3 * exact.loss)
                #expect((found.slope[0] - exact.slope).magnitude <= 3e-2 * exact.slope)
            }
        }
    }

    @Test("exponentials to two units of the last place, near nought as well")
    func exponentials() {
        var random = SplitMix64(12)
        for round in 0..<20_000 {
            let scale = round % 2 == 0 ? 700.0 : random.logarithmic(1e-300...1)
            let x = SIMD4((0..<4).map { _ in random.number(-scale...scale) })
            let found = x.exponentials()
            for lane in 0..<4 {
                let (exact, less) = (exponential(x[lane]), lessThanOne(x[lane]))
                #expect((found.value[lane] - exact).magnitude <= 2 * exact.ulp)
                // The comparison has some of its own.
                #expect((found.less[lane] - less).magnitude <= 4 * less.ulp)
            }
        }
        #expect(SIMD4<Double>(0, 1, -1, 0).exponentials().less[0] == 0)
    }

    /// eˣ − 1 by sinh and tanh, which keep their digits near nought (Higham, Accuracy and Stability, §1.14.1).
    private func lessThanOne(_ x: Double) -> Double {
        let value = exponential(x)
        if value == 1 { return x }
        let less = value - 1
        return less == -1 || x.magnitude > 1 ? less : less * x / naturalLogarithm(value)
    }

    @Test("logarithms to the last bit but one")
    func logarithms() {
        var random = SplitMix64(11)
        for _ in 0..<20_000 {
            let x = SIMD4((0..<4).map { _ in random.logarithmic(1e-300...1e300) })
            let y = x.logarithms()
            for lane in 0..<4 {
                let exact = naturalLogarithm(x[lane])
                #expect((y[lane] - exact).magnitude <= 2 * exact.ulp)
            }
        }
        #expect(SIMD4<Double>(1, 2, 0.5, 4).logarithms() == SIMD4(0, naturalLogarithm(2), -naturalLogarithm(2), naturalLogarithm(4)))
    }
}
