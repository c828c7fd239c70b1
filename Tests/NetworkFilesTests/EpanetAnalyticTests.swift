import Hydraulics
import NetworkModel
import Testing

@testable import NetworkFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files of `networks/epanet` against closed forms, solved exactly.
@Suite struct EpanetAnalyticTests {
    /// A solved file by the ids of its elements.
    struct Solved {
        var network: EpanetNetwork
        var solution: EpanetSolution

        init(_ name: String, physics: EpanetPhysics = .exact) throws {
            let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
            network = try EpanetReader.read(path: "/\(folder)/networks/epanet/\(name).inp").network
            solution = try EpanetSolver.solve(network, physics: physics)
        }

        func flow(_ id: ElementID) -> Double { solution.flow[network.links.firstIndex { $0.id == id }!] }
        func head(_ id: ElementID) -> Double { solution.head[network.nodes.firstIndex { $0.id == id }!] }
        func demand(_ id: ElementID) -> Double { solution.demand[network.nodes.firstIndex { $0.id == id }!] }
        func status(_ id: ElementID) -> EpanetSolution.Status { solution.status[network.links.firstIndex { $0.id == id }!] }
        func finds(_ code: String, _ id: ElementID) -> Bool {
            solution.findings.contains { $0.code.name == code && $0.element?.id == id }
        }
    }

    /// Rounding of pressures of 1e6 Pa, and the micrometre that the solver's tolerance of 1e-5 Pa leaves.
    static let exact = 1e-8

    /// Loss of a Hazen–Williams pipe, m.
    private func hazenWilliams(_ flow: Double, length: Double, diameter: Double, c: Double) -> Double {
        10.666829488930048 * length * pow(flow, 1.852) / (pow(c, 1.852) * pow(diameter, 4.871))
    }

    @Test func laminarPipe() throws {
        let solved = try Solved("laminar")
        // h = 128 ν L q / (π g d⁴)
        let loss = 128 * 1e-6 * 200 * 1e-5 / (Double.pi * 9.80665 * pow(0.04, 4))
        #expect((solved.head("A") - (10 - loss)).magnitude < Self.exact)
    }

    @Test func demandsThatFallWithPressureAndLeaks() throws {
        let solved = try Solved("pressure-driven")
        // Pipes of a metre's bore lose less than a micrometre on a metre; P4 carries a litre over a kilometre.
        #expect((solved.demand("FULL") - 0.005).magnitude < 1e-12)
        let pressure = solved.head("SHORT") - 20
        #expect((pressure - 10).magnitude < 1e-5)
        #expect((solved.demand("SHORT") - 0.005 * ((pressure - 2) / 18).squareRoot()).magnitude < 1e-11)
        #expect(solved.demand("DRY") == 0)
        #expect(solved.finds("inp-demand-short", "DRY"))
        // Ten sections of a hundred metres, all of them at the one end that is no reservoir: 200 mm², and 5 mm² a metre.
        let head = solved.head("LEAKY")
        let leak = 0.6 * (2 * 9.80665).squareRoot() * 1e-6 * (200 + 5 * head) * head.squareRoot()
        #expect((solved.demand("LEAKY") - leak).magnitude < 1e-11 && head > 29.99)
    }

    @Test func parallelPipes() throws {
        let solved = try Solved("parallel")
        let ratio = pow(1.5, 4.871 / 1.852)
        // 1e-5 Pa of pressure error over the slope of the pipes is some 1e-12 m³/s.
        #expect((solved.flow("P1") - 0.01 * ratio / (1 + ratio)).magnitude < 1e-11)
        #expect((solved.flow("P2") - 0.01 / (1 + ratio)).magnitude < 1e-11)
        let loss = hazenWilliams(0.01, length: 100, diameter: 0.2, c: 120)
            + hazenWilliams(solved.flow("P1"), length: 300, diameter: 0.15, c: 120)
        #expect((solved.head("B") - (50 - loss)).magnitude < Self.exact)
    }

    @Test func manningPipe() throws {
        let solved = try Solved("manning")
        let friction = pow(4, 10.0 / 3) / (Double.pi * Double.pi) * 0.012 * 0.012 * 500 * 4e-4 / pow(0.2, 16.0 / 3)
        let local = 3 * 8 * 4e-4 / (Double.pi * Double.pi * 9.80665 * pow(0.2, 4))
        #expect((solved.head("A") - (30 - friction - local)).magnitude < Self.exact)
    }

    @Test func everyKindOfPump() throws {
        let solved = try Solved("pumps")
        // At its one point the curve gives that point's head.
        #expect((solved.head("ONE") - 45).magnitude < Self.exact)
        #expect((solved.head("THREE") - 50).magnitude < Self.exact)
        // Straight between 10 and 20 L/s.
        #expect((solved.head("MANY") - 38).magnitude < Self.exact)
        // h = s² h₀ − r q² with h₀ = 1.33334 · 40 and r = (h₀ − 40)/20², since the one-point curve is a parabola by its exponent.
        let shutoff = 1.33334 * 40
        let exponent = log(shutoff / (shutoff - 40)) / log(2)
        let fall = (shutoff - 40) * pow(8.0 / 20, exponent) * pow(0.8, 2 - exponent)
        #expect((solved.head("SLOW") - (5 + 0.64 * shutoff - fall)).magnitude < Self.exact)
        // h = P / (ρ g q)
        #expect((solved.head("POWER") - (5 + 10_000 / (1000 * 9.80665 * 0.025))).magnitude < Self.exact)
        let old = log(40.0 / 10) / log(2)
        #expect((solved.head("OLD") - (5 + 40 - 10 * pow(1.2, old))).magnitude < Self.exact)
    }

    @Test func everyKindOfValve() throws {
        let solved = try Solved("valves")
        #expect(solved.status("vPRV") == .active && (solved.head("PRV") - 35).magnitude < Self.exact)
        #expect((solved.flow("vPRV") - 0.01).magnitude < 1e-13)
        // The sustaining valve leaves the pipe before it 100 − 50 m.
        #expect(solved.status("vPSV") == .active && (solved.head("PSVin") - 50).magnitude < Self.exact)
        #expect((hazenWilliams(solved.flow("toPSV"), length: 1000, diameter: 0.15, c: 120) - 50).magnitude < 1e-7)
        #expect((solved.flow("vPSV") - solved.flow("toPSV")).magnitude < 1e-13)
        #expect((solved.head("Y") - solved.head("PBV") - 7.5).magnitude < Self.exact)
        #expect(solved.status("vFCV") == .active && (solved.flow("vFCV") - 0.012).magnitude < 1e-15)
        let zeta = { (loss: Double, flow: Double) in loss * 8 * flow * flow / (Double.pi * Double.pi * 9.80665 * 1e-4) }
        #expect((solved.head("Y") - solved.head("TCV") - zeta(50, 0.01)).magnitude < Self.exact)
        // Halfway between (4, 2) and (8, 10).
        #expect((solved.head("Y") - solved.head("GPV") - 6).magnitude < Self.exact)
        #expect((solved.head("Y") - solved.head("PCV") - zeta(2, 0.01)).magnitude < Self.exact)
        // At half opening the curve leaves a quarter of the Kv, so sixteen times the loss.
        #expect((solved.head("Y") - solved.head("PCVhalf") - zeta(32, 0.01)).magnitude < Self.exact)
    }

    /// EPANET 2.3.5 may keep such a valve active at heads of −1e7 m and report convergence.
    @Test func aSettingThatCannotBeHeldLeavesTheValveOpen() throws {
        let solved = try Solved("psv-unreachable")
        #expect(solved.status("V") == .open && (solved.flow("V") - 0.01).magnitude < 1e-13)
        let head = 30 - hazenWilliams(0.01, length: 100, diameter: 0.2, c: 120)
        #expect((solved.head("A") - head).magnitude < Self.exact && (solved.head("B") - head).magnitude < 1e-6)
        #expect(solved.finds("setting-not-held", "V"))
    }

    /// EPANET 2.3.5 and 2.2 leave the reducing valve's flow out of the balance of the shared node.
    @Test func twoRegulatingValvesAtOneNodeBalance() throws {
        let solved = try Solved("psv-prv")
        #expect(solved.status("V") == .active && solved.status("W") == .active)
        #expect((solved.head("A") - 40).magnitude < Self.exact && (solved.head("C") - 25).magnitude < Self.exact)
        #expect((hazenWilliams(solved.flow("P"), length: 800, diameter: 0.1, c: 110) - 20).magnitude < 1e-7)
        #expect((solved.flow("W") - 0.005).magnitude < 1e-13)
        #expect((solved.flow("P") - solved.flow("V") - solved.flow("W")).magnitude < 1e-13)
        #expect((solved.flow("V") - 0.008 - solved.flow("Q")).magnitude < 1e-13)
    }

    @Test func emitters() throws {
        let solved = try Solved("emitters")
        let pressure = solved.head("A") - 10
        let expected = 0.002 + 0.0005 * pow(pressure, 0.6)
        #expect(pressure > 20 && (solved.demand("A") - expected).magnitude < 1e-11)
        // Above the water level, and nothing may come in.
        #expect(solved.demand("B") == 0 && solved.flow("Q") == 0 && (solved.head("B") - solved.head("A")).magnitude < Self.exact)
        #expect((solved.flow("P") - solved.demand("A")).magnitude < 1e-13)
    }

    @Test func fullAndEmptyTanks() throws {
        let solved = try Solved("tanks")
        #expect(solved.flow("toFull") == 0 && solved.flow("fromEmpty") == 0)
        #expect(solved.status("toFull") == .closed && solved.status("fromEmpty") == .closed)
        // What is left is a pipe from 60 m to a node of 4 L/s and on to 52 m.
        #expect((solved.flow("P") - 0.004 - solved.flow("between")).magnitude < 1e-13)
        let loss = hazenWilliams(solved.flow("P"), length: 300, diameter: 0.15, c: 120)
            + hazenWilliams(solved.flow("between"), length: 300, diameter: 0.15, c: 120)
        #expect((loss - 8).magnitude < 1e-7)
        #expect((solved.demand("BETWEEN") - solved.flow("between")).magnitude < 1e-13)
    }

    @Test func controlsAndPatternsAtTimeZero() throws {
        let solved = try Solved("controls")
        // By the tank's level U is shut; Q is shut by time and opened again by the pressure at A; S is shut by that at B.
        #expect(solved.status("U") == .closed && solved.status("S") == .closed && solved.status("Q") == .open)
        #expect((solved.flow("P") - 0.025).magnitude < 1e-13 && (solved.flow("Q") - 0.005).magnitude < 1e-13)
    }

    @Test func rowsAreInSI() throws {
        let solved = try Solved("valves")
        let links = solved.solution.linkRows(solved.network)
        let row = try #require(links.first { $0.id == "vFCV" })
        #expect(row.kind == "fcv" && row.from == "FCVin" && row.setting == 12 && (row.massFlow - 12).magnitude < 1e-12)
        // 12 L/s through 100 mm.
        #expect(((row.velocity ?? 0) - 0.012 / (Double.pi / 400)).magnitude < 1e-9)
        let node = try #require(solved.solution.nodeRows(solved.network).first { $0.id == "PRV" })
        #expect(node.kind == "junction" && node.elevation == 5 && ((node.pressure ?? 0) - 30 * 9806.65).magnitude < 1e-3)
        #expect((node.massDemand - 10).magnitude < 1e-9 && node.isReachable)
    }

    /// One physical network in all eleven flow units: read exactly, all answers are one.
    @Test func answersDoNotDependOnUnits() throws {
        let reference = try unitNetwork(.cubicMetresPerSecond)
        for unit in EpanetFlowUnit.allCases {
            for law in EpanetHeadLoss.allCases {
                let one = try EpanetSolver.solve(try unitNetwork(unit, law), physics: .exact)
                let other = try EpanetSolver.solve(try unitNetwork(.cubicMetresPerSecond, law), physics: .exact)
                for link in reference.links.indices {
                    // Figures are printed to 17 digits; what is left is rounding in the solver.
                    #expect((one.flow[link] - other.flow[link]).magnitude < 1e-12, "\(unit) \(law) \(reference.links[link].id)")
                }
                for node in reference.nodes.indices {
                    #expect((one.head[node] - other.head[node]).magnitude < 1e-8, "\(unit) \(law) \(reference.nodes[node].id)")
                }
            }
        }
    }

    /// A loop with a pump, a reducing valve, a throttle valve, an emitter and local losses, written in a unit.
    private func unitNetwork(_ unit: EpanetFlowUnit, _ law: EpanetHeadLoss = .hazenWilliams) throws -> EpanetNetwork {
        let metre = unit.isMetric ? 1 : 1 / 0.3048
        let millimetre = unit.isMetric ? 1 : 1 / 25.4
        let litre = 0.001 / unit.cubicMetresPerSecond
        // Pressures of US files are in psi of water of 1000 kg/m³.
        let pressure = unit.isMetric ? 1 : 9806.65 / 6894.757293168361
        let roughness: Double =
            switch law {
            case .hazenWilliams: 120
            case .darcyWeisbach: unit.isMetric ? 0.2 : 0.2 / 0.3048
            case .chezyManning: 0.011
            }
        // q = C √p with p in m or psi.
        let emitter = 0.4 * litre / pressure.squareRoot()
        let text = """
            [JUNCTIONS]
            A 0 0
            B \(5 * metre) \(8 * litre)
            C \(2 * metre) \(5 * litre)
            D \(1 * metre) \(3 * litre)
            [RESERVOIRS]
            R \(10 * metre)
            [PIPES]
            p1 A B \(400 * metre) \(150 * millimetre) \(roughness) 2 OPEN
            p2 B C \(300 * metre) \(100 * millimetre) \(roughness)
            p3 A C \(500 * metre) \(125 * millimetre) \(roughness)
            [PUMPS]
            u R A HEAD c
            [VALVES]
            v C D \(100 * millimetre) PRV \(20 * pressure) 0
            t B D \(60 * millimetre) TCV 4000 0
            [EMITTERS]
            B \(emitter)
            [CURVES]
            c \(18 * litre) \(45 * metre)
            [OPTIONS]
            UNITS \(unit.rawValue)
            HEADLOSS \(law.rawValue)
            """
        let reading = readInp(text)
        return try #require(reading.network, "\(reading.problems.map { $0.message() })")
    }

    @Test func theRoundedConstantsMoveAnswersAsMuchAsTheirRoundingDoes() throws {
        let exact = try EpanetSolver.solve(try unitNetwork(.acreFeetPerDay), physics: .exact)
        let rounded = try EpanetSolver.solve(try unitNetwork(.acreFeetPerDay), physics: .epanet)
        let difference = zip(exact.head, rounded.head).map { ($0 - $1).magnitude }.max() ?? 0
        // An acre-foot a day is 1.2e-4 off in EPANET, so losses of some 30 m are 2e-4 of that off, and psi by 5e-4.
        #expect(difference > 1e-3 && difference < 3e-2)
    }
}
