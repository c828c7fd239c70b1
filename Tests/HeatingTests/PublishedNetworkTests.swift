import Heating
import NetworkModel
import Quantities
import Testing
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct PublishedNetworkTests {
    /// X. Liu, J. Wu, N. Jenkins, A. Bagdanavicius, Applied Energy 162 (2016) 1238–1250: 32 pipes, loops, three sources.
    private func barryIsland(slackHead: Double? = nil, heatAt31: Double = 1055.3) -> Network {
        let density = 958.4
        let fluid = Fluid.constant(
            Density(kilogramsPerCubicMetre: density), Viscosity(0.294e-6 * density), HeatCapacity(joulesPerKilogramKelvin: 4182))
        let ground = Temperature(celsius: 10)
        var builder = TwoPipeBuilder(conditions: DesignConditions(
            outdoor: ground, room: Temperature(celsius: 20), ground: ground, fluid: fluid))
        // From, to, length m, inner diameter mm, loss W/(m K); Table 4.
        let pipes: [(Int, Int, Double, Double, Double)] = [
            (1, 2, 257.6, 125, 0.321), (2, 3, 97.5, 40, 0.21), (2, 4, 51, 40, 0.21), (2, 5, 59.5, 100, 0.327),
            (5, 6, 271.3, 32, 0.189), (5, 7, 235.4, 65, 0.236), (7, 8, 177.3, 40, 0.21), (7, 9, 102.8, 40, 0.21),
            (7, 10, 247.7, 40, 0.21), (5, 11, 160.8, 100, 0.327), (11, 12, 129.1, 40, 0.21), (11, 13, 186.1, 100, 0.327),
            (13, 14, 136.2, 80, 0.278), (14, 15, 41.8, 50, 0.219), (15, 16, 116.8, 32, 0.189), (15, 17, 136.4, 32, 0.189),
            (14, 18, 136.4, 32, 0.189), (14, 19, 44.9, 80, 0.278), (19, 20, 136.4, 32, 0.189), (19, 21, 134.1, 32, 0.189),
            (19, 22, 41.7, 65, 0.236), (22, 23, 161.1, 32, 0.189), (22, 24, 134.2, 32, 0.189), (22, 25, 52.1, 65, 0.236),
            (25, 26, 136, 32, 0.189), (25, 27, 123.3, 32, 0.189), (25, 28, 61.8, 40, 0.21), (28, 29, 95.2, 32, 0.189),
            (28, 30, 105.1, 32, 0.189), (31, 28, 70.6, 125, 0.321), (31, 7, 261.8, 125, 0.321), (32, 11, 201.3, 125, 0.321),
        ]
        for (number, pipe) in pipes.enumerated() {
            builder.trench("p\(number + 1)", "\(pipe.0)", "\(pipe.1)", .of(pipe.2, pipe.3, roughness: 0.4, loss: pipe.4))
        }
        let loads: [(Int, Double)] = [
            (3, 107), (4, 145), (6, 107), (7, 107), (8, 107), (9, 107), (10, 107), (11, 145), (12, 107), (14, 80.5),
            (16, 80.5), (17, 80.5), (18, 80.5), (20, 80.5), (21, 80.5), (23, 107), (24, 107), (26, 107), (27, 107),
            (29, 107), (30, 107),
        ]
        for (node, heat) in loads {
            builder.load("load\(node)", at: "\(node)", .heat(Power(kilowatts: heat), returnTemperature: Temperature(celsius: 30)))
        }
        let supply = Temperature(celsius: 70)
        builder.source(Source(id: "slack", supplyTemperature: supply), at: "1", head: slackHead)
        builder.source(Source(id: "s31", supplyTemperature: supply, givenHeat: Power(kilowatts: heatAt31)), at: "31")
        builder.source(Source(id: "s32", supplyTemperature: supply, givenHeat: Power(kilowatts: 379.7)), at: "32")
        builder.holdPressure(at: "1")
        return builder.network.build()
    }

    @Test func barryIslandFlowsAndSlackHeat() throws {
        let network = barryIsland()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let published: [(Int, Double)] = [
            (1, 4.7977), (4, 3.2708), (6, -0.8805), (10, 3.4848), (12, 4.1924), (13, 4.1924), (18, 2.1913), (21, 1.1852),
            (24, -0.1527), (27, -1.4575), (30, 2.7541), (31, 3.5008),
        ]
        let flows = Dictionary(uniqueKeysWithValues: zip(network.links.map(\.id), outcome.massFlow))
        for (pipe, flow) in published {
            let computed = try #require(flows[ElementID("p\(pipe)/supply")])
            // The paper prints four digits of a solution iterated to 1e-3.
            #expect(abs(computed - flow) < 0.002, "pipe \(pipe)")
            // With constant density and mirrored pipes the return carries the same.
            #expect(abs(computed - (flows[ElementID("p\(pipe)/return")] ?? 0)) < 1e-6)
        }
        #expect(abs(outcome.sources[0].heat - 809_900) < 500)
        #expect(abs(outcome.sources[1].heat - 1_055_300) < 1 && abs(outcome.sources[2].heat - 379_700) < 1)
        #expect(abs(outcome.energy.loads - 2_164_000) < 10)
        #expect(outcome.energy.relativeResidual < 1e-6)
        let temperatures = Dictionary(uniqueKeysWithValues: zip(network.nodes.map(\.id), outcome.temperature))
        // An independent calculation, to its digits; 0.01 K as its flows differ in the fourth digit.
        for (node, supply, back) in [("2", 69.7533, 29.7125), ("22", 68.8316, 29.8015), ("31", 70, 29.6552)] {
            #expect(abs((temperatures[ElementID(node + "/supply")] ?? .nan) - supply) < 0.01)
            #expect(abs((temperatures[ElementID(node + "/return")] ?? .nan) - back) < 0.01)
        }
        #expect(outcome.checks.count == 1)
    }

    /// The pump never passes water backwards, as the first guesses of the sources' returns would have it.
    @Test func barryIslandWithAPumpAtTheSlackSource() throws {
        let (open, pumped) = (barryIsland(), barryIsland(slackHead: 60_000))
        var (first, second) = (Simulation(open), Simulation(pumped))
        let (free, driven) = (try first.run(open.designWeather), try second.run(pumped.designWeather))
        let flows = Dictionary(uniqueKeysWithValues: zip(open.links.map(\.id), free.massFlow))
        // Given loads and heats decide every flow; the pump only adds pressure. Temperatures are settled to 1e-4 K, flows to 1e-5 of themselves.
        for (link, flow) in zip(pumped.links, driven.massFlow) {
            guard let expected = flows[link.id] else { continue }
            #expect(abs(flow - expected) < 1e-4, "\(link.id.text)")
        }
        #expect(abs(driven.sources[0].heat - 809_900) < 500)
        #expect(driven.checks.allSatisfy { $0.firstFailure == nil })
    }

    @Test func sourcesThatGiveMoreThanIsTakenAreNamed() throws {
        let network = barryIsland(slackHead: 60_000, heatAt31: 3000)
        var simulation = Simulation(network)
        // More water than the loads take, and nowhere for it to go but backwards through the pump.
        let failure = #expect(throws: SimulationFailure.self) { try simulation.run(network.designWeather) }
        guard case .hydraulics(let hydraulics)? = failure?.reason, case .infeasible = hydraulics.reason else {
            Issue.record("\(String(describing: failure?.reason))")
            return
        }
    }

    /// IBPSA Project 1 DESTEST, network case CE_0: ranges of six tools; pipe sizes as the published results have them.
    @Test func destestNetworkCaseZero() throws {
        let ground = Temperature(celsius: 10)
        var builder = TwoPipeBuilder(conditions: DesignConditions(
            outdoor: ground, room: Temperature(celsius: 20), ground: ground,
            fluid: .constant(
                Density(kilogramsPerCubicMetre: 988), Viscosity(5.434e-4), HeatCapacity(joulesPerKilogramKelvin: 4180))))
        func pipe(_ length: Double, outer: Double, wall: Double, insulation: Double) -> Pipe {
            let inner = outer - 2 * wall
            // Radial conduction through PE-X of 0.35 and insulation of 0.026 W/(m K).
            let resistance = log(outer / inner) / 0.35 + log((outer + 2 * insulation) / outer) / 0.026
            return .of(length, inner, roughness: 0.007, loss: 2 * Double.pi / resistance)
        }
        let mains: [(String, String, Double, Double, Double)] = [
            ("i", "h", 50, 4.6, 31), ("h", "g", 40, 3.7, 26), ("g", "f", 40, 3.7, 26), ("f", "e", 32, 2.9, 30),
            ("i", "d", 50, 4.6, 31), ("d", "c", 40, 3.7, 26), ("c", "b", 40, 3.7, 26), ("b", "a", 32, 2.9, 30),
        ]
        for (a, b, outer, wall, insulation) in mains {
            builder.trench(a + b, a, b, pipe(a == "i" ? 26.83 : 24, outer: outer, wall: wall, insulation: insulation))
        }
        let branches = ["e1", "a2", "a3", "e4", "b5", "b6", "f7", "f8", "g9", "c10", "c11", "g12", "h13", "h14", "d15", "d16"]
        for branch in branches {
            let building = "b" + branch.dropFirst()
            builder.trench(branch, String(branch.prefix(1)), building, pipe(12, outer: 25, wall: 2.3, insulation: 34))
            builder.load(building, at: building, .flow(MassFlow(kilogramsPerHour: 553), drop: TemperatureDifference(kelvin: 30)))
        }
        builder.source(Source(id: "plant", supplyTemperature: Temperature(celsius: 70)), at: "i")
        builder.holdPressure(at: "i")
        let network = builder.network.build()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)

        var temperature: [String: Double] = [:]
        var pressure: [String: Double] = [:]
        for (position, node) in network.nodes.enumerated() {
            temperature[node.id.text] = outcome.temperature[position]
            pressure[node.id.text] = outcome.pressure[position]
        }
        func drop(_ a: String, _ b: String) -> Double { (pressure[a] ?? .nan) - (pressure[b] ?? .nan) }
        let ranges: [(Double, ClosedRange<Double>)] = [
            (outcome.sources[0].massFlow * 3600, 8847.9...8870.4),
            (drop("i/supply", "e/supply"), 22_385...25_399), (drop("a/return", "i/return"), 23_011...25_399),
            (temperature["h/supply"] ?? .nan, 69.9165...69.94), (temperature["e/supply"] ?? .nan, 69.5671...69.61),
            (temperature["b1/supply"] ?? .nan, 69.4305...69.48), (temperature["i/return"] ?? .nan, 39.46...39.8533),
            (temperature["f/return"] ?? .nan, 39.28...39.89), (temperature["b1/return"] ?? .nan, 39.44...40),
            (outcome.sources[0].heat, 308_203...314_334),
        ]
        for (value, range) in ranges { #expect(range.contains(value), "\(value)") }
        // An independent calculation of the same model: 0.1 % of pressure (friction formula), 0.01 K.
        #expect(abs(drop("i/supply", "e/supply") - 23_414.1) < 24)
        #expect(abs((temperature["i/return"] ?? .nan) - 39.4777) < 0.01)
        #expect(abs(outcome.sources[0].heat - 313_571) < 400)
        #expect(outcome.energy.relativeResidual < 1e-9)
    }
}
