import Heating
import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// Several pumps in one circuit, by hand: water of 1000 kg/m³, no friction but that of Kv, everything at one height.
@Suite struct SeveralPumpsTests {
    /// Two dwellings, near and far, behind an inlet valve each; the far one behind a resistance and perhaps a booster.
    private struct Rig {
        var network: Network
        var circuit: DesignCircuit
        var flow: [Double]
        var state: CircuitState

        static let near = 0.05
        static let far = 0.03

        init(_ main: [Pump], inSeries: Bool = false, booster: Pump? = nil) throws {
            var builder = NetworkBuilder(conditions: DesignConditions(
                fluid: .constant(Density(1000), Viscosity(0.0005), HeatCapacity(4187))))
            let back = builder.add(Node(id: "R", line: .return, fixedPressure: Pressure(bar: 2)))
            let supply = builder.add(Node(id: "S", line: .supply))
            var start = back
            for (number, pump) in main.enumerated() {
                let isLast = !inSeries || number == main.count - 1
                let end = isLast ? supply : builder.add(Node(id: ElementID("M\(number)"), line: .supply))
                builder.add(pump, id: ElementID("pump\(number)"), from: start, to: end)
                if inSeries { start = end }
            }
            let zone = builder.add(Zone(id: "z"))
            for (number, name) in ["near", "far"].enumerated() {
                var up = supply
                if number == 1 {
                    if let booster {
                        let next = builder.add(Node(id: "boosted", line: .supply))
                        builder.add(booster, id: "booster", from: up, to: next)
                        up = next
                    }
                    let next = builder.add(Node(id: "up", line: .supply))
                    builder.add(Terminal(load: .none, kv: FlowCoefficient(0.5)), id: "resistance", from: up, to: next)
                    up = next
                }
                let building = builder.add(Building(
                    id: ElementID(name), zone: zone, dwellings: number..<number + 1, couplings: 0..<0, floors: 1, units: 1, dwellingsPerFloor: 1))
                let foot = builder.add(Node(id: ElementID(name + "/foot"), line: .return))
                let inlet = builder.add(Node(id: ElementID(name + "/inlet"), line: .supply))
                builder.add(Valve(kv: FlowCoefficient(100), level: .building), id: ElementID(name + "/building"), from: foot, to: back)
                let dwelling = builder.add(Dwelling(
                    id: ElementID(name + "/d"), building: building, unit: 1, floor: 1, door: 1, area: Area(80),
                    exteriorConductance: ThermalConductance(80), gains: .zero,
                    emitter: Emitter(
                        nominalPower: Power(watts: 4000), nominalSupply: Temperature(60), nominalReturn: Temperature(45),
                        nominalRoom: Temperature(18), exponent: 1.3)))
                let valve = builder.add(Valve(kv: FlowCoefficient(50), level: .dwelling), id: ElementID(name + "/valve"), from: up, to: inlet)
                let terminal = builder.add(
                    Terminal(load: .emitter(dwelling), kv: FlowCoefficient(1)), id: ElementID(name + "/terminal"), from: inlet, to: foot)
                builder.update(dwelling) { ($0.terminal, $0.valve) = (terminal, valve) }
            }
            network = builder.build()
            let distribution = Distribution(of: network, threads: 1)
            circuit = distribution.circuits[0]
            state = distribution.designState(of: 0, supply: 60, return: 45, isothermal: true)
            var loops: LoopFlows?
            let network = network
            let compiled = circuit.compiled
            let consumption = circuit.consumers.map { network.links[compiled.links[$0.link]].id.text == "near/terminal" ? Self.near : Self.far }
            flow = try circuit.flows(consumption, state, &loops)
        }

        var balance: CircuitBalance {
            CircuitBalance(
                network, circuit, flow: flow, limits: network.dwellings.map { _ in LimitSite(.none) }, state: state, options: BalancerOptions())
        }

        /// Place of a pump by its id.
        func place(_ id: String) throws -> Int {
            let link = try #require(circuit.compiled.links.indices.first { network.links[circuit.compiled.links[$0]].id.text == id })
            return link - circuit.compiled.pumps.lowerBound
        }

        /// Head of a pump with the settings of a balance at the flow it has there, Pa.
        func head(_ id: String, _ balance: CircuitBalance) throws -> Double {
            let link = circuit.compiled.pumps.lowerBound + (try place(id))
            return -circuit.compiled.pressureLoss(link: link, massFlow: balance.flow[link], balance.state).loss
        }

        /// A search for visits from given speeds, where valves are fully open and flows are those of the wanted speeds: nothing but pumps helps.
        func search(wanted: [String: Double], today: [String: Double]) throws -> VisitSearch {
            var state = state
            for (id, speed) in wanted { state.pumpSpeed[try place(id)] = speed }
            var solver = HydraulicSolver(circuit.compiled)
            // A little less than that is wanted, so that nobody is short who has it: visits aim a little above what they are to reach.
            let design = try solver.solve(state).massFlow.map { 0.98 * $0 }
            for (id, speed) in today { state.pumpSpeed[try place(id)] = speed }
            return try VisitSearch(
                network, circuit, design: design, weight: circuit.consumers.map { _ in 1 }, state: state, grids: VisitGrids(network))
        }

        /// The pumps of visits by their ids.
        func pumps(_ visits: [Visit]) -> Set<String> {
            Set(visits.compactMap { visit in
                if case .pump(let pump) = visit.device { network.links[network.pumps[pump].link].id.text } else { nil }
            })
        }

        /// Both dwellings get their flows when the network is solved with the settings.
        func isMet(_ balance: CircuitBalance) throws -> Bool {
            var solver = HydraulicSolver(circuit.compiled)
            let flows = try balance.trial(&solver, from: nil).massFlow
            return circuit.consumers.allSatisfy { abs(flows[$0.link] / balance.flow[$0.link] - 1) < 1e-4 }
        }
    }

    /// (3.6 ṁ)² bar for a Kv of 1; 3 kPa each for the dwelling's and the building's valve.
    private static func need(_ flow: Double, resistance: Double = 0) -> Double { 1e5 * 3.6 * 3.6 * flow * flow * (1 + resistance) + 6000 }
    private static let nearNeed = need(Rig.near)
    /// Kv 0.5 loses four times what Kv 1 does.
    private static let farNeed = need(Rig.far, resistance: 4)

    private func curved(_ efficiency: [(Double, Double)] = []) -> Pump {
        var pump = Pump(characteristic: .curve([(0.0, 6e4), (0.4, 5e4), (0.8, 2e4)].map {
            PumpPoint(flow: VolumeFlow(cubicMetresPerHour: $0.0), head: PressureDifference($0.1))
        }))
        pump.efficiencyCurve = efficiency.map { EfficiencyPoint(flow: VolumeFlow(cubicMetresPerHour: $0.0), efficiency: $0.1) }
        return pump
    }

    /// Two alike beside each other: each half of the flow, one speed, the head that the index circuit needs.
    @Test func pumpsBesideEachOtherShareTheFlow() throws {
        let rig = try Rig([curved(), curved()])
        #expect(rig.circuit.mainPump != nil && rig.circuit.pumps.mates.count == 1)
        let balance = rig.balance
        let speeds = try ["pump0", "pump1"].map { balance.state.pumpSpeed[try rig.place($0)] }
        // 60 halvings of the speed; flows solved to 1e-9.
        #expect(abs(speeds[0] / speeds[1] - 1) < 1e-6 && speeds[0] < 1)
        for id in ["pump0", "pump1"] {
            let link = rig.circuit.compiled.pumps.lowerBound + (try rig.place(id))
            #expect(abs(balance.flow[link] - (Rig.near + Rig.far) / 2) < 1e-6)
            #expect(abs(try rig.head(id, balance) - Self.farNeed) < 0.01)
        }
        #expect(abs(balance.head - Self.farNeed) < 1e-6)
        #expect(try rig.isMet(balance))
    }

    /// One near its best point takes less than two far below it; with a flat curve both run on.
    @Test func onePumpRunsWhereThatSavesPower() throws {
        // All water is 0.288 m³/h.
        let peaked = [(0.0, 0.0), (0.5, 0.6), (0.6, 0.6), (0.8, 0.3)]
        let rig = try Rig([curved(peaked), curved(peaked)])
        let both = rig.balance
        let chosen = both.withFewerPumps(from: rig.state)
        let speeds = try ["pump0", "pump1"].map { chosen.state.pumpSpeed[try rig.place($0)] }
        #expect(speeds.contains(0) && speeds.contains { $0 > 0 })
        #expect(chosen.electricPower < 0.9 * both.electricPower)
        #expect(abs(chosen.head - Self.farNeed) < 1e-6)
        #expect(try rig.isMet(chosen))
        let flat = try Rig([curved(), curved()])
        #expect(flat.balance.withFewerPumps(from: flat.state).state.pumpSpeed == flat.balance.state.pumpSpeed)
    }

    /// What the near dwelling does not need the booster gives, and no more.
    @Test func boosterGivesWhatOnlyTheFarNeed() throws {
        let pump = Pump(characteristic: .constantHead(PressureDifference(5e4)))
        let rig = try Rig([pump], booster: pump)
        let balance = rig.balance
        #expect(abs(try rig.head("pump0", balance) - Self.nearNeed) < 1e-6)
        #expect(abs(try rig.head("booster", balance) - (Self.farNeed - Self.nearNeed)) < 1e-6)
        #expect(try rig.isMet(balance))
        // A booster of a tenth of the efficiency is not worth running: the main pump serves both.
        let poor = try Rig(
            [Pump(characteristic: .constantHead(PressureDifference(5e4)), efficiency: 0.8)],
            booster: Pump(characteristic: .constantHead(PressureDifference(5e4)), efficiency: 0.08))
        #expect(abs(try poor.head("pump0", poor.balance) - Self.farNeed) < 1e-6)
        // One that is not needed turns at a hundredth of its speed.
        #expect(try poor.head("booster", poor.balance) <= 5.0 + 1e-9)
    }

    /// A booster that is too small leaves the rest to the main pump.
    @Test func mainPumpHelpsASmallBooster() throws {
        let rig = try Rig(
            [Pump(characteristic: .constantHead(PressureDifference(5e4)))], booster: Pump(characteristic: .constantHead(PressureDifference(1000))))
        let balance = rig.balance
        #expect(abs(try rig.head("pump0", balance) - (Self.farNeed - 1000)) < 1e-6)
        #expect(abs(try rig.head("booster", balance) - 1000) < 1e-6)
        #expect(try rig.isMet(balance))
    }

    /// Two in line give half each.
    @Test func pumpsInLineGiveHalfEach() throws {
        let pump = Pump(characteristic: .constantHead(PressureDifference(3e4)))
        let rig = try Rig([pump, pump], inSeries: true)
        #expect(rig.circuit.pumps.series.count == 1)
        let balance = rig.balance
        for id in ["pump0", "pump1"] {
            #expect(abs(try rig.head(id, balance) - Self.farNeed / 2) < 1e-6)
            #expect(abs(balance.state.pumpSpeed[try rig.place(id)] - (Self.farNeed / 6e4).squareRoot()) < 1e-9)
        }
        #expect(try rig.isMet(balance))
    }

    /// Visits: pumps beside each other only help together, one of two in line does by itself, and so does a booster.
    @Test func visitsSetSeveralPumps() throws {
        let beside = try Rig([curved(), curved()])
        var search = try beside.search(wanted: ["pump0": 0.9, "pump1": 0.9], today: ["pump0": 0.7, "pump1": 0.7])
        let before = search.cost
        let first = try #require(try search.run().first)
        #expect(beside.pumps(first.visits) == ["pump0", "pump1"])
        #expect(before > 1.5 && search.cost < 0.1 * before)
        for speed in search.state.pumpSpeed { #expect(abs(speed - 0.9) < 0.05) }

        let pump = Pump(characteristic: .constantHead(PressureDifference(3e4)))
        let line = try Rig([pump, pump], inSeries: true)
        var inLine = try line.search(wanted: ["pump0": 0.7, "pump1": 0.7], today: ["pump0": 0.7, "pump1": 0.3])
        let steps = try inLine.run()
        #expect(try #require(steps.first).visits.count == 1 && inLine.cost < 0.1)

        let far = try Rig([pump], booster: pump)
        var boosted = try far.search(wanted: ["pump0": 0.8, "booster": 0.6], today: ["booster": 0.2])
        #expect(far.pumps(try #require(try boosted.run().first).visits) == ["booster"])
        #expect(boosted.cost < 0.1)
    }

    /// The whole way: allocation, settings and simulation of a circuit with two pumps beside each other.
    @Test func pumpsBesideEachOtherThroughAWholeRun() throws {
        let rig = try Rig([curved(), curved()])
        let schedule = try Balancer(rig.network).schedule(for: try Allocation(
            of: HeatDemand(of: rig.network, in: rig.network.designWeather), policy: .equalTemperature, in: rig.network))
        #expect(schedule.pumps.count == 2)
        #expect(abs(schedule.pumps[0].speed - schedule.pumps[1].speed) < 1e-6)
    }
}
