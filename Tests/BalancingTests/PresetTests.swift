import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// Presets chosen together: against every combination there is, and against their bound.
@Suite struct PresetTests {
    /// A coarse preset valve: Kv 1.35 times as much a number.
    private static let preset = ValveModel(
        family: "coarse", nominalSize: 15,
        points: (0..<5).map { ValveSettingPoint(setting: Double($0 + 1), label: "\($0 + 1)", kv: FlowCoefficient(0.15 * power(1.35, Double($0)))) },
        step: nil, notation: .preset)
    /// A common valve in steps of a fifth.
    private static let common = ValveModel(
        family: "common", nominalSize: 25,
        points: (0..<6).map { ValveSettingPoint(setting: Double($0 + 1), label: "\($0 + 1)", kv: FlowCoefficient(0.8 * power(1.2, Double($0)))) },
        step: nil, notation: .turns)

    private func manifold(_ seed: UInt64, buildings: Int, dwellings: Int) -> CircuitBalanceTests.Manifold {
        var random = SplitMix64(seed: seed)
        let flows = (0..<buildings).map { _ in (0..<dwellings).map { _ in random.uniform(0.015, 0.05) } }
        return CircuitBalanceTests.Manifold(flows: flows, head: 60e3, model: Self.preset, common: Self.common)
    }

    /// Forward solves of all combinations at the pump speed chosen: none costs less.
    @Test(arguments: 1...12)
    func noCombinationIsBetter(_ seed: Int) throws {
        let manifold = manifold(UInt64(seed), buildings: 1, dwellings: 3)
        var balance = manifold.balance()
        let trial = try balance.correct().trial
        var solver = HydraulicSolver(balance.circuit.compiled)
        var other = balance
        let valves = manifold.dwellingValves[0].compactMap { balance.circuit.compiled.local(manifold.network.valves[$0].link) }
        let upper = try #require(balance.circuit.compiled.local(manifold.network.valves[manifold.buildingValves[0]].link))
        var least = Double.infinity
        for combination in 0..<6 * 125 {
            other.set(upper, Double(combination % 6 + 1), Self.common)
            var rest = combination / 6
            for valve in valves {
                other.set(valve, Double(rest % 5 + 1), Self.preset)
                rest /= 5
            }
            least = min(least, try other.trial(&solver, from: trial.solution).error)
        }
        // Solves end within 1e-9 of the flow, and a cost is a square of some per cent.
        #expect(trial.error <= least + 1e-9)
    }

    @Test(arguments: 1...6)
    func choosingTogetherIsNoWorseThanRoundingAlone(_ seed: Int) throws {
        let manifold = manifold(UInt64(seed + 100), buildings: 3, dwellings: 4)
        var together = manifold.balance()
        var alone = manifold.balance { ($0.jointRounds, $0.correctionRounds) = (0, 1) }
        #expect(try together.correct().trial.error <= alone.correct().trial.error)
    }

    @Test func gridIsThatOfTheModel() throws {
        let model = ValveModel(
            family: "half", nominalSize: 15,
            points: [(1.0, 0.1), (2, 0.2), (4, 0.8)].map { ValveSettingPoint(setting: $0.0, label: "", kv: FlowCoefficient($0.1)) },
            step: 0.5, notation: .turns)
        let grid = try #require(SettingGrid(model))
        #expect(grid.setting == [1, 1.5, 2, 2.5, 3, 3.5, 4])
        for (setting, kv) in zip(grid.setting, grid.kv) { #expect(kv == model.kv(at: setting).value) }
        #expect(grid.places(around: 0.2) == (2, 2))
        #expect(grid.places(around: 0.21) == (2, 3))
        #expect(grid.places(around: 0.01) == (0, 0))
        #expect(grid.places(around: 9) == (6, 6))
        #expect(grid.place(of: 2.2) == 2)
        #expect(grid.place(of: 2.3) == 3)
        #expect(SettingGrid(ValveModel(family: "endless", nominalSize: 15, points: model.points, step: 1e-5, notation: .turns)) == nil)
    }

    /// Law of proportionality: terminals and valves are all quadratic and nothing is at another height.
    @Test(arguments: 1...4)
    func upstreamChangesScaleAModuleAlike(_ seed: Int) throws {
        let manifold = manifold(UInt64(seed), buildings: 2, dwellings: 4)
        var balance = manifold.balance()
        let upper = try #require(balance.circuit.compiled.local(manifold.network.valves[manifold.buildingValves[0]].link))
        var solver = HydraulicSolver(balance.circuit.compiled)
        let before = try balance.trial(&solver, from: nil).massFlow
        balance.state.kv[upper] *= 0.7
        let after = try balance.trial(&solver, from: nil).massFlow
        let ratios = manifold.dwellingValves[0].compactMap { valve in
            balance.circuit.compiled.local(manifold.network.valves[valve].link).map { after[$0] / before[$0] }
        }
        let first = try #require(ratios.first)
        #expect(first < 0.99)
        // The solver's mass tolerance, 1e-9 of the largest flow.
        for ratio in ratios { #expect(abs(ratio - first) < 1e-7) }
    }
}
