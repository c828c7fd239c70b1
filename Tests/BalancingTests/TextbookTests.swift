import Foundation
import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// Published examples of balancing by hand, with the figures of `networks/published/balancing`.
@Suite struct TextbookTests {
    /// Values of an example by quantity, in the order of the file.
    private func figures(_ example: String) throws -> [String: [Double]] {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../networks/published/balancing/figures.csv").standardized
        var found: [String: [Double]] = [:]
        for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",")
            if cells[0] == example { found[String(cells[1]), default: []].append(try #require(Double(cells[3]))) }
        }
        return found
    }

    /// Two circuits: the pump gives what the less favoured one takes, and the other's valve takes the difference.
    @Test func indexCircuitOfTwo() throws {
        let printed = try figures("index-circuit")
        let flow = try #require(printed["flow"]?.first) / 3600
        let losses = try #require(printed["pressure_loss"])
        // Water of 1000 kg/m³: Kv of the pipes, which take the printed losses but for the terminal's own.
        let terminal = 1e5 * 3.6 * 3.6 * flow * flow
        let pipes = losses.map { 3.6 * flow / (($0 - terminal) / 1e5).squareRoot() }
        let manifold = CircuitBalanceTests.Manifold(flows: [[flow], [flow]], head: 20e3, riser: pipes)
        let balance = manifold.balance { ($0.measurableLoss, $0.dwellingLoss) = (0, 0) }
        // Valves of Kv 50 and 100 lose some mPa fully open; printed figures are whole pascals.
        #expect(abs(balance.head - losses[1]) < 0.5)
        let throttled = manifold.loss(manifold.buildingValves[0], balance) + manifold.loss(manifold.dwellingValves[0][0], balance)
        #expect(abs(throttled - (try #require(printed["throttled"]?.first))) < 0.5)
        #expect(manifold.loss(manifold.buildingValves[1], balance) < 0.5)
    }

    /// From a radiator's heat to its flow, from its pressure to the setting of its valve, in the notation of the maker.
    @Test func settingOfARadiatorValve() throws {
        let printed = try figures("radiator-valve")
        func only(_ quantity: String) throws -> Double { try #require(printed[quantity]?.first) }
        let flow = MassFlow(
            delivering: Power(watts: try only("heat")), across: TemperatureDifference(try only("cooling")), heatCapacity: HeatCapacity(4187))
        // Printed in whole kilograms an hour.
        #expect(abs(flow.value * 3600 - (try only("flow"))) < 0.5)
        let points = try #require(printed["kv"]).enumerated().map { place, kv in
            ValveSettingPoint(setting: Double(place + 1), label: "\(place + 1)", kv: FlowCoefficient(kv))
        }
        let model = ValveModel(family: "eight settings", nominalSize: 15, points: points, step: nil, notation: .preset)
        let wanted = FlowCoefficient(passing: flow, atLoss: PressureDifference(try only("pressure_loss")), density: Density(1000))
        #expect(model.label(for: model.nearestSetting(passing: wanted)) == "4")
        #expect(model.nearestSetting(passing: wanted) == (try only("setting")))
    }

    /// What changes the pressure for all units of a circuit changes their flows by one factor.
    @Test func oneFactorForAllUnitsOfACircuit() throws {
        let printed = try figures("proportionality")
        let before = try #require(printed["flow_before"])
        let factor = try #require(printed["factor"]?.first)
        let manifold = CircuitBalanceTests.Manifold(flows: [before.map { $0 / 3600 }], head: 200e3, riser: [3])
        var balance = manifold.balance()
        var solver = HydraulicSolver(balance.circuit.compiled)
        let flows = try balance.trial(&solver, from: nil).massFlow
        let pump = try #require(balance.circuit.mainPump)
        balance.state.pumpSpeed[pump] *= factor
        let after = try balance.trial(&solver, from: nil).massFlow
        for (consumer, (was, now)) in zip(balance.circuit.consumers, zip(before, try #require(printed["flow_after"]))) {
            // Printed in whole litres an hour.
            #expect(abs(flows[consumer.link] * 3600 - was) < 0.5)
            #expect(abs(after[consumer.link] * 3600 - now) < 0.5)
        }
    }

    /// A heat network of three consumers with a leak: every printed flow follows from the printed resistances and head, and the proportional
    /// method brings all three to the share of the farthest.
    @Test func flowsOfThreeConsumersAndTheirBalance() throws {
        let printed = try figures("three-consumers")
        let resistance = try #require(printed["resistance"])
        // Water of 1000 kg/m³; a metre is 9,810 Pa on both sides.
        let metre = 9810.0
        func kv(_ resistance: Double) -> FlowCoefficient { FlowCoefficient((1e5 / (metre * resistance)).squareRoot()) }
        func flows(_ resistance: [Double]) throws -> [Double] {
            var builder = NetworkBuilder(conditions: DesignConditions(
                fluid: .constant(Density(1000), Viscosity(0.0005), HeatCapacity(4187))))
            let back = builder.add(Node(id: "R", line: .return, fixedPressure: Pressure(bar: 5)))
            let supply = builder.add(Node(id: "S", line: .supply))
            builder.add(
                Pump(characteristic: .constantHead(PressureDifference(metre * (try #require(printed["head"]?.first))))), id: "pump", from: back, to: supply)
            let ups = (0..<3).map { builder.add(Node(id: ElementID("up\($0)"), line: .supply)) }
            let downs = (0..<3).map { builder.add(Node(id: ElementID("down\($0)"), line: .return)) }
            // Elements 2 to 4 and 5 to 7 are the pipes outward, positive in the sense of the first; 8 to 10 the consumers.
            for place in 0..<3 {
                builder.add(
                    Terminal(load: .none, kv: kv(resistance[place])), id: ElementID("\(place + 2)"), from: place == 0 ? supply : ups[place - 1],
                    to: ups[place])
                builder.add(
                    Terminal(load: .none, kv: kv(resistance[place + 3])), id: ElementID("\(place + 5)"), from: place == 0 ? back : downs[place - 1],
                    to: downs[place])
                builder.add(Terminal(load: .none, kv: kv(resistance[place + 6])), id: ElementID("\(place + 8)"), from: ups[place], to: downs[place])
            }
            // What leaks at the first consumer is made up at the pump.
            builder.add(Terminal(load: .none, kv: FlowCoefficient(100)), id: "leak", from: ups[0], to: back)
            let network = builder.build()
            let compiled = Distribution(of: network, threads: 1).circuits[0].compiled
            func local(_ id: String) throws -> Int {
                try #require(compiled.links.indices.first { network.links[compiled.links[$0]].id.text == id })
            }
            var state = CircuitState(compiled, of: network, temperature: Temperature(celsius: 50))
            state.prescribedFlow[try local("leak")] = (try #require(printed["leak"]?.first)) / 3.6
            var solver = HydraulicSolver(compiled)
            let flow = try solver.solve(state).massFlow
            return try (2...10).map { flow[try local("\($0)")] * 3.6 }
        }
        let found = try flows(resistance)
        for (flow, expected) in zip(found, try #require(printed["flow"])) {
            // Printed to a hundredth.
            #expect(abs(flow - expected) < 0.006)
        }
        let (pipe, consumer) = (resistance[0], resistance[6])
        var throttled = resistance
        (throttled[6], throttled[7]) = (consumer + 10 * pipe, consumer + 2 * pipe)
        let balanced = try flows(throttled)
        // Solves to 1e-9 of the flow.
        for flow in balanced[6...] { #expect(abs(flow / balanced[8] - 1) < 1e-7) }
        #expect(balanced[8] > found[8])
    }

    /// The proportional method as a fitter carries it out, step by step on the solver, ends at the settings that are computed.
    @Test func proportionalMethodEndsAtTheSettingsComputed() throws {
        let design = try #require(figures("proportionality")["flow_before"]).map { $0 / 3600 }
        let manifold = CircuitBalanceTests.Manifold(flows: [design], head: 120e3, riser: [3])
        let computed = manifold.balance { ($0.measurableLoss, $0.dwellingLoss) = (0, 0) }
        var plant = computed
        var solver = HydraulicSolver(plant.circuit.compiled)
        func local(_ valve: ValveIndex) throws -> Int { try #require(plant.circuit.compiled.local(manifold.network.valves[valve].link)) }
        let partner = try local(manifold.buildingValves[0])
        let valves = try manifold.dwellingValves[0].map(local)
        let pump = try #require(plant.circuit.mainPump)
        plant.state.pumpSpeed[pump] = 1
        plant.state.kv[partner] = 100
        for valve in valves { plant.state.kv[valve] = 50 }
        func shares() throws -> [Double] {
            let flow = try plant.trial(&solver, from: nil).massFlow
            return plant.circuit.consumers.map { flow[$0.link] / plant.flow[$0.link] }
        }
        // Throttles a valve until a measured value has fallen to what it should be.
        func throttle(_ valve: Int, from open: Double, until reached: () throws -> Bool) throws {
            var (low, high) = (1e-3, open)
            for _ in 0..<50 {
                plant.state.kv[valve] = 0.5 * (low + high)
                if try reached() { low = plant.state.kv[valve] } else { high = plant.state.kv[valve] }
            }
        }
        let open = try shares()
        let reference = try #require(open.indices.min { open[$0] < open[$1] })
        for unit in valves.indices where unit != reference {
            try throttle(valves[unit], from: 50) {
                let now = try shares()
                return now[unit] <= now[reference]
            }
        }
        try throttle(partner, from: 100) { try shares()[reference] <= 1 }
        // Fifty halvings of some Kv of 1, and solves to 1e-9 of the flow.
        for (unit, share) in try shares().enumerated() { #expect(abs(share - 1) < 1e-6, "\(unit)") }
        for valve in valves { #expect(abs(plant.state.kv[valve] / computed.state.kv[valve] - 1) < 1e-5) }
    }
}
