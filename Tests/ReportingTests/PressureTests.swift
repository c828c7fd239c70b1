import NetworkFiles
import NetworkModel
import Quantities
import Testing

@testable import Heating
@testable import Reporting

/// Ways and heads of the pressure diagram on a run that is known by hand.
@Suite struct PressureTests {
    /// The small run with pressures that fit together: supply 260 kPa at the plant and 230 at the building, return 200 and 215.
    private func choices(dwellingLoss: [Double] = [10_000, 4_000, 0, 12_000]) throws -> [PressureChoices.Choice] {
        let run = SmallRun()
        var outcome = run.result.outcome
        for (position, node) in run.network.nodes.enumerated() {
            switch node.id.text {
            case "P0/supply": outcome.pressure[position] = 260_000
            case "P0/return": outcome.pressure[position] = 200_000
            case "B1/supply": outcome.pressure[position] = 230_000
            default: outcome.pressure[position] = 215_000
            }
        }
        for (position, link) in run.network.links.enumerated() {
            if case .valve(let valve) = link.element { outcome.pressureLoss[position] = dwellingLoss[valve.position] }
            if !link.isOpen { outcome.massFlow[position] = 0 }
        }
        return PressureChoices(run.network, outcome).choices
    }

    @Test func theIndexDwellingIsTheOneWhoseValveTakesLeast() throws {
        let choice = try #require(choices().first)
        #expect(choice.circuit == "plant" && choice.consumer == "B1" && choice.isIndex)
        // 112 m of pipe, valve and terminal without length.
        #expect(choice.profile.supply.map(\.distance) == [0, 112, 112])
        let metres = choice.profile.metresPerPascal
        #expect(abs(metres - 1 / (980 * 9.80665)) < 1e-12)
        #expect(abs(choice.profile.supply[0].head - 260_000 * metres) < 1e-9)
        #expect(abs(choice.profile.supply[1].head - (2 + 230_000 * metres)) < 1e-9)
        // The pressure is held at 200 kPa at the plant, at height 0.
        #expect(try abs(#require(choice.profile.restingHead) - 200_000 * metres) < 1e-9)
    }

    @Test func limitsAreJudgedFromHeights() throws {
        let profile = try #require(choices().first).profile
        let verdicts = PressureVerdicts(profile)
        // All emitters stand at 2 m; without a second floor level to tell from, a storey is 3 m: the roof is at 5 m.
        #expect(profile.highestTop == 5 && profile.lowestEmitter == 2)
        #expect(verdicts.boiling == nil, "water of 70 °C does not boil in an open vessel")
        let metres = profile.metresPerPascal
        #expect(try abs(#require(verdicts.emptying) - (5 + 50_000 * metres)) < 1e-9)
        #expect(try abs(#require(verdicts.rupture) - (2 + 800_000 * metres)) < 1e-9)
        #expect(try #require(verdicts.emptyingReserve) > 0)
        #expect(try #require(verdicts.ruptureReserve) > 0)
    }

    /// Water of 110 °C boils under 42 kPa: the pressure held by default keeps that and 50 kPa above the highest point, the one given before did not.
    @Test func hotWaterAtRestIsJudgedToo() throws {
        for (held, isKept) in [(nil, true), (100, false)] as [(Int?, Bool)] {
            let given = held.map { ", \"static_pressure_kpa\": \($0)" } ?? ""
            let text = """
                {"format": "equitherm/1", "sources": [{"id": "S", "at": "A", "supply_c": 110, "pump": {"head_kpa": 100}\(given)}],
                "nodes": [{"id": "A", "line": "pair"}, {"id": "B", "line": "pair", "elevation_m": 10}],
                "trenches": [{"id": "T", "from": "A", "to": "B", "length_m": 100, "dn": 50}], "terminals": [{"id": "t", "at": "B", "heat_kw": 50, "return_c": 60}]}
                """
            let network = try #require(Expander.expand(DocumentReader.parse(Array(text.utf8)).document).network)
            var simulation = Simulation(network, options: SimulationOptions())
            let profile = try #require(PressureChoices(network, try simulation.run(network.designWeather)).choices.first).profile
            let verdicts = PressureVerdicts(profile)
            let limit = try #require(Boiling.gaugePressure(at: Temperature(celsius: profile.hottest))).pascals + 50_000
            let reserve = try #require(profile.restingHead) - 10 - limit * profile.metresPerPascal
            #expect(abs(try #require(verdicts.restingReserve) - reserve) < 1e-9 && (reserve > 0) == isKept)
            #expect(try #require(verdicts.boilingReserve) > reserve)
        }
    }

    @Test func noWayLeadsWhereNothingFlows() {
        let run = SmallRun()
        var outcome = run.result.outcome
        outcome.massFlow = outcome.massFlow.map { _ in 0 }
        #expect(PressureChoices(run.network, outcome).choices.isEmpty)
    }

    @Test func circlingWaterEndsTheSearch() {
        let run = SmallRun()
        var outcome = run.result.outcome
        // Flow signs that no solution has: every link against its direction.
        outcome.massFlow = outcome.massFlow.map { -$0 }
        _ = PressureChoices(run.network, outcome)
    }
}

/// Axes whose ticks are round and whose ends hold all values.
@Suite struct AxisTests {
    @Test(arguments: [(0.0, 1.0), (-12, 5), (3.2, 3.2), (0, 1e-9), (1e6, 3e6), (.nan, 4), (.infinity, .infinity)])
    func ticksAreRoundAndInside(_ low: Double, _ high: Double) {
        let axis = Axis(from: low, to: high, start: 100, end: 0, ticks: 5)
        #expect(axis.values.lowerBound <= (low.isFinite ? low : 0))
        #expect(axis.step > 0 && axis.ticks.count <= 12)
        #expect(axis.place(axis.values.lowerBound) == 100 && axis.place(axis.values.upperBound) == 0)
        for tick in axis.ticks { #expect((-1e-6...100.000001).contains(axis.place(tick))) }
    }
}
