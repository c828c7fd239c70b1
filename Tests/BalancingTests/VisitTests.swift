import Heating
import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// Plans of visits, and what else proves settings.
@Suite struct VisitTests {
    /// A district whose valves somebody has turned anyhow.
    private func muddled(_ seed: UInt64) -> Network {
        let network = District.random(seed, weakEmitters: false).network()
        var random = SplitMix64(seed: seed &* 77)
        var settings = Settings()
        for position in network.valves.indices {
            guard let index = network.valves[position].model, network.valves[position].level != nil else { continue }
            let points = network.valveModels[index].points
            let point = points[random.integer(points.count / 3...points.count - 1)]
            settings.valves.append(Settings.ValveChange(valve: ValveIndex(position), setting: point.setting, kv: point.kv))
        }
        return network.applying(settings)
    }

    @Test(arguments: 1...5)
    func planIsProvenAndKeepsItsWord(_ seed: Int) throws {
        let run = try BalanceRun(muddled(UInt64(seed)))
        let plan = try VisitPlan(for: run, counts: [1, 2, 4, 8])
        let today = try #require(plan.curve.first)
        let full = try #require(plan.curve.last)
        #expect(today.visits == 0 && full.visits == run.changeCount)
        #expect(full.rooms == RoomSummary(of: run.after.room, in: run.balanced))
        for (a, b) in zip(plan.curve, plan.curve.dropFirst()) { #expect(a.visits < b.visits && a.places <= b.places) }
        for count in [0, 1, 3, 6] {
            let few = try run.limited(to: count, by: plan)
            let changed = few.schedule.valves.count { $0.isChanged } + few.schedule.settings.pumps.count
            #expect(changed <= count)
            let rooms = RoomSummary(of: few.after.room, in: few.balanced)
            #expect(rooms.shareAtTarget >= today.rooms.shareAtTarget - 1e-12)
            // What is predicted is the simulation of exactly these settings, from a cold start.
            var simulation = Simulation(few.balanced)
            let outcome = try simulation.run(few.weather)
            for row in few.schedule.valves {
                let flow = outcome.massFlow[few.network.valves[row.valve].link.position]
                #expect(abs(flow - row.predictedFlow.value) < 1e-6 * max(1, abs(flow)))
            }
        }
        #expect(try run.limited(to: run.changeCount, by: plan).schedule.settings.valves.count == run.schedule.settings.valves.count)
    }

    /// Every single change of a valve tried by a forward solve: the first visit takes most of the best one's gain.
    @Test(arguments: 1...4)
    func firstVisitIsNearlyTheBest(_ seed: Int) throws {
        let run = try BalanceRun(muddled(UInt64(seed + 20)))
        let network = run.network
        let distribution = Distribution(of: network, threads: 1)
        let grids = VisitGrids(network)
        let circuit = try #require(distribution.circuits.first { circuit in
            circuit.consumers.contains { if case .dwelling = $0.kind { true } else { false } }
        })
        var state = CircuitState(circuit.compiled, of: network, temperature: Temperature(celsius: 50))
        let design = circuit.compiled.links.map { run.allocation.massFlow[$0.position] }
        let weight = circuit.consumers.map { $0.isReachable && design[$0.link] > 0 ? 1.0 : 0 }
        var search = try VisitSearch(network, circuit, design: design, weight: weight, state: state, grids: grids)
        let start = search.cost
        guard start > 0.5 else { return }
        let first = try #require(try search.run().first)
        var best = 0.0
        for (link, valve) in circuit.setValve.enumerated() {
            guard let valve, let index = network.valves[valve].model, let grid = grids.byModel[index.position] else { continue }
            let kept = state.kv[link]
            for place in stride(from: 0, to: grid.kv.count, by: max(1, grid.kv.count / 12)) {
                state.kv[link] = grid.kv[place]
                best = max(best, start - (try VisitSearch(network, circuit, design: design, weight: weight, state: state, grids: grids)).cost)
            }
            state.kv[link] = kept
        }
        // Candidates are judged by first-order responses, and settings are thinned here and there.
        #expect(first.gain > 0.6 * best)
    }

    @Test(arguments: 1...4)
    func boundIsNeverBelowWhatIsReached(_ seed: Int) throws {
        let run = try BalanceRun(District.random(UInt64(seed), weakEmitters: false).network())
        for band in [0.01, 0.03, 0.05] {
            let bound = PresetBound(of: run, band: band)
            #expect(bound.reached <= bound.possible && bound.possible <= bound.dwellings && bound.dwellings > 0)
            let counted = run.schedule.valves.count {
                run.network.valves[$0.valve].level == .dwelling && ($0.flowRatio.map { abs($0 - 1) <= band } ?? false)
            }
            #expect(bound.reached == counted)
        }
    }

    @Test func toleranceIsThatOfRandomValves() throws {
        let run = try BalanceRun(District.random(3, weakEmitters: false).network())
        let tolerance = try SettingTolerance(of: run)
        #expect(tolerance.badShare <= tolerance.expectedShare && tolerance.expectedShare <= 1)
        let network = run.balanced
        var random = SplitMix64(seed: 11)
        var simulation = Simulation(network)
        var squares = [Double](repeating: 0, count: network.dwellings.count)
        let samples = 80
        for _ in 0..<samples {
            var settings = Settings()
            for position in network.valves.indices {
                let valve = network.valves[position]
                guard let index = valve.model, let setting = valve.setting else { continue }
                let band = network.valveModels[index].tolerance(at: setting)
                settings.valves.append(Settings.ValveChange(
                    valve: ValveIndex(position), setting: setting, kv: FlowCoefficient(valve.kv.value * power(2.718281828459045, random.uniform(-band, band)))))
            }
            simulation.apply(settings)
            let outcome = try simulation.run(run.weather)
            for dwelling in squares.indices {
                let change = outcome.room[dwelling] - run.after.room[dwelling]
                squares[dwelling] += change * change
            }
        }
        var (sampled, predicted) = (0.0, 0.0)
        for dwelling in squares.indices where network.dwellings[dwelling].isPromised {
            sampled += (squares[dwelling] / Double(samples)).squareRoot()
            predicted += tolerance.roomDeviation[dwelling]
        }
        // First order against bands of up to a fifth, and 80 samples of each dwelling.
        #expect(abs(predicted / sampled - 1) < 0.25)
    }

    @Test(arguments: 1...3)
    func eventsAreSimulated(_ seed: Int) throws {
        let run = try BalanceRun(District.random(UInt64(seed), weakEmitters: false).network())
        let cases = Robustness(of: run).cases
        let planned = try #require(cases.first)
        #expect(planned.event == .asPlanned && planned.shareOfFlowsKept == 1)
        for entry in cases {
            switch entry.event {
            case .asPlanned: break
            case .dwellingsClose: #expect(entry.dwellings < planned.dwellings && entry.flowRatio.mean > 0.999)
            case .dwellingsOpen: #expect(entry.dwellings > planned.dwellings)
            case .pumpsSlower: #expect(entry.flowRatio.mean < 0.99 && entry.rooms.mean < planned.rooms.mean)
            case .colder: #expect(entry.outdoor.celsius == planned.outdoor.celsius - 10)
            }
        }
    }
}
