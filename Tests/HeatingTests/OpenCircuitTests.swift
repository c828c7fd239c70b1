import Heating
import NetworkModel
import Quantities
import Testing

/// Water that comes from outside, and circuits that only go round.
@Suite struct OpenCircuitTests {
    private func conditions() -> DesignConditions {
        DesignConditions(
            outdoor: Temperature(celsius: -5), room: Temperature(celsius: 18), ground: Temperature(celsius: 8), fluid: .water)
    }

    /// A plant, a wide loop of pipes, and one consumer by its Kv that takes no heat.
    private func loop(loss: Double) -> TwoPipeBuilder {
        var builder = TwoPipeBuilder(conditions: conditions())
        builder.trench("t", "plant", "end", .of(100, 80, roughness: 0.1, loss: loss))
        builder.load("valve", at: "end", .none, kv: 6)
        builder.source(Source(id: "plant", supplyTemperature: Temperature(celsius: 80)), at: "plant", head: 100_000)
        builder.holdPressure(at: "plant")
        return builder
    }

    @Test(arguments: [true, false]) func waterThatOnlyGoesRoundSettles(isothermal: Bool) throws {
        let network = loop(loss: 0).network.build()
        var options = SimulationOptions()
        options.isothermal = isothermal
        var simulation = Simulation(network, options: options)
        let outcome = try simulation.run(network.designWeather)
        // Nothing is given and nothing taken: everything is as warm as the set point.
        for temperature in outcome.temperature { #expect(abs(temperature - 80) < 1e-3) }
        #expect(abs(outcome.sources[0].heat) < 1 && outcome.sources[0].massFlow > 1)
    }

    @Test func waterFedInMixesByItsTemperature() throws {
        for given in [60.0, nil] {
            var builder = loop(loss: 0)
            let inlet = builder.network.add(Node(
                id: "feed", line: .supply, demand: MassFlow(-0.5), injectionTemperature: given.map { Temperature(celsius: $0) }))
            builder.network.add(.of(10, 50, roughness: 0.1, loss: 0), id: "p", from: inlet, to: builder.pair("end").supply)
            let network = builder.network.build()
            var simulation = Simulation(network)
            let outcome = try simulation.run(network.designWeather)
            let flow = outcome.massFlow[network.terminals[TerminalIndex(0)].link.position]
            // Without a temperature of its own it counts as the ground's, and that is said.
            let expected = ((flow - 0.5) * 80 + 0.5 * (given ?? 8)) / flow
            let node = try #require(network.nodes.firstIndex { $0.id == "end/supply" })
            #expect(abs(outcome.temperature[node] - expected) < 1e-3)
            #expect(outcome.findings.contains { $0.code.name == "inflow-temperature-not-given" } == (given == nil))
            #expect(outcome.energy.relativeResidual < 1e-6)
        }
    }
}
