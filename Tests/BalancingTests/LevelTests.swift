import Heating
import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// Who takes the excess pressure where only some levels have valves, and what gravity, the pump and authority make of it: by hand.
@Suite struct LevelTests {
    /// Pump, a valve for all, buildings of units of dwellings; each level with or without a valve. Only Kv resists.
    private struct Tower {
        var network: Network
        var circuit: DesignCircuit
        var flow: [Double]
        var state: CircuitState
        /// Every valve with the dwellings behind it.
        var valves: [(valve: ValveIndex, level: ValveLevel, behind: [Int])] = []
        /// Links of the terminals by dwelling.
        var terminals: [LinkIndex] = []

        /// - Parameters:
        ///   - flows: design flow by building, unit and dwelling, kg/s.
        ///   - rise: height from one dwelling of a unit to the next, m; 0 = water of one density.
        init(_ levels: Set<ValveLevel>, flows: [[[Double]]], rise: Double = 0, head: Double = 90e3) {
            let constant = Fluid.constant(Density(1000), Viscosity(0.0005), HeatCapacity(4187))
            var builder = NetworkBuilder(conditions: DesignConditions(fluid: rise == 0 ? constant : .water))
            let back = builder.add(Node(id: "R", line: .return, fixedPressure: Pressure(bar: 6)))
            let supply = builder.add(Node(id: "S", line: .supply))
            builder.add(Pump(characteristic: .constantHead(PressureDifference(head))), id: "pump", from: back, to: supply)
            let zone = builder.add(Zone(id: "z"))
            var known: [String: Double] = ["pump": flows.joined().joined().reduce(0, +)]
            var found: [(valve: ValveIndex, level: ValveLevel, behind: [Int])] = []
            // A valve in the return above a part, or nothing.
            func above(_ level: ValveLevel, _ id: String, _ water: [Double], _ to: NodeIndex, first: Int) -> NodeIndex {
                guard levels.contains(level) else { return to }
                let foot = builder.add(Node(id: ElementID("\(id)/foot"), line: .return))
                let valve = builder.add(Valve(kv: FlowCoefficient(100), level: level), id: ElementID("\(id)/valve"), from: foot, to: to)
                known["\(id)/valve"] = water.reduce(0, +)
                found.append((valve, level, Array(first..<first + water.count)))
                return foot
            }
            var count = 0
            let station = above(.substation, "S", Array(flows.joined().joined()), back, first: 0)
            for (b, units) in flows.enumerated() {
                let all = Array(units.joined())
                let building = builder.add(Building(
                    id: ElementID("B\(b)"), zone: zone, dwellings: count..<count + all.count, couplings: 0..<0, floors: 1, units: units.count,
                    dwellingsPerFloor: 1))
                let inlet = above(.building, "B\(b)", all, station, first: count)
                for (u, dwellings) in units.enumerated() {
                    let riser = above(.unit, "B\(b)/u\(u)", dwellings, inlet, first: count)
                    for (d, water) in dwellings.enumerated() {
                        let (id, height) = ("B\(b)/u\(u)/d\(d)", Length(metres: rise * Double(d)))
                        let up = builder.add(Node(id: ElementID("\(id)/up"), line: .supply, elevation: height))
                        let down = builder.add(Node(id: ElementID("\(id)/down"), line: .return, elevation: height))
                        builder.add(Terminal(load: .none, kv: FlowCoefficient(1e5)), id: ElementID("\(id)/rise"), from: supply, to: up)
                        builder.add(Terminal(load: .none, kv: FlowCoefficient(1e5)), id: ElementID("\(id)/fall"), from: down, to: riser)
                        let dwelling = builder.add(Dwelling(
                            id: ElementID(id), building: building, unit: Int32(u + 1), floor: Int32(d + 1), door: 1, area: Area(80),
                            exteriorConductance: ThermalConductance(80), gains: .zero,
                            emitter: Emitter(
                                nominalPower: Power(watts: 4000), nominalSupply: Temperature(60), nominalReturn: Temperature(45),
                                nominalRoom: Temperature(18), exponent: 1.3)))
                        var before = up
                        if levels.contains(.dwelling) {
                            before = builder.add(Node(id: ElementID("\(id)/inlet"), line: .supply, elevation: height))
                            let valve = builder.add(Valve(kv: FlowCoefficient(50), level: .dwelling), id: ElementID("\(id)/valve"), from: up, to: before)
                            builder.update(dwelling) { $0.valve = valve }
                            found.append((valve, .dwelling, [count]))
                        }
                        let terminal = builder.add(Terminal(load: .emitter(dwelling), kv: FlowCoefficient(1)), id: ElementID(id), from: before, to: down)
                        builder.update(dwelling) { $0.terminal = terminal }
                        for end in ["", "/rise", "/fall", "/valve"] { known[id + end] = water }
                        count += 1
                    }
                }
            }
            network = builder.build()
            let distribution = Distribution(of: network, threads: 1)
            circuit = distribution.circuits[0]
            flow = circuit.compiled.links.map { known[distribution.network.links[$0].id.text] ?? .nan }
            state = distribution.designState(of: 0, supply: 60, return: 45, isothermal: rise == 0)
            valves = found
            terminals = network.dwellings.compactMap { $0.terminal.map { distribution.network.terminals[$0].link } }
        }

        func balance() -> CircuitBalance {
            CircuitBalance(
                network, circuit, flow: flow, limits: network.dwellings.map { _ in LimitSite(.none) }, state: state, options: BalancerOptions())
        }

        func local(_ valve: ValveIndex) throws -> Int { try #require(circuit.compiled.local(network.valves[valve].link)) }

        /// Loss of each dwelling's terminal at its design flow, Pa.
        func terminalLosses() throws -> [Double] {
            try terminals.map { link in
                let local = try #require(circuit.compiled.local(link))
                return circuit.compiled.pressureLoss(link: local, massFlow: flow[local], state).loss
            }
        }
    }

    private static let flows = [[[0.03, 0.04, 0.01], [0.02, 0.05]], [[0.06, 0.02], [0.015, 0.03, 0.025]]]

    /// Every choice of levels that has valves at all.
    private static let choices: [Set<ValveLevel>] = (1..<16).map { mask in
        Set(ValveLevel.allCases.enumerated().filter { mask & (1 << $0.offset) != 0 }.map(\.element))
    }

    /// The loss that each valve has by hand: 3 kPa to be measured or to govern, and what all behind it have too much, from the top down.
    @Test(arguments: choices) func excessGoesToTheHighestValveThereIs(_ levels: Set<ValveLevel>) throws {
        let tower = Tower(levels, flows: Self.flows)
        let balance = tower.balance()
        let needs = try tower.terminalLosses().map { $0 + 3000 * Double(levels.count) }
        let head = try #require(needs.max())
        // 60 halvings of the speed; the plain links take 1e-6 Pa.
        #expect(abs(balance.head - head) < 1e-3)
        var left = needs.map { head - $0 }
        for (valve, _, behind) in tower.valves.sorted(by: { ($0.level, $0.valve.position) < ($1.level, $1.valve.position) }) {
            let excess = try #require(behind.map { left[$0] }.min())
            for dwelling in behind { left[dwelling] -= excess }
            #expect(abs(balance.valveLoss(try tower.local(valve)) - (3000 + excess)) < 1e-3, "\(tower.network.links[tower.network.valves[valve].link].id)")
        }
        // With a valve at each dwelling nothing is left over anywhere.
        if levels.contains(.dwelling) { #expect(left.allSatisfy { abs($0) < 1e-9 }) }
    }

    /// Supply of 60 °C and return of 45 °C help the dwelling 30 m up by g h Δρ, some 2 kPa: its valve takes that, and the pump is set for
    /// the lower one.
    @Test func gravityOfARiserIsSetFor() throws {
        let tower = Tower([.building, .dwelling], flows: [[[0.03, 0.03]]], rise: 30)
        let balance = tower.balance()
        let help = 9.80665 * 30 * (Fluid.water.density(at: Temperature(celsius: 45)).value - Fluid.water.density(at: Temperature(celsius: 60)).value)
        let own = try tower.valves.filter { $0.level == .dwelling }.map { balance.valveLoss(try tower.local($0.valve)) }
        #expect(help > 1900 && abs(own[0] - 3000) < 1e-3 && abs(own[1] - own[0] - help) < 1e-3)
        #expect(abs(balance.head - (try tower.terminalLosses()[0] + 6000)) < 1e-3)
    }

    /// Authority: what the valve would take fully open over what it would take closed.
    @Test func authorityByHand() throws {
        let tower = Tower([.building, .dwelling], flows: [[[0.03, 0.05]]])
        let balance = tower.balance()
        let authorities = Authorities(balance)
        let terminals = try tower.terminalLosses()
        for (valve, level, behind) in tower.valves {
            let link = try tower.local(valve)
            let (loss, kv, full) = (balance.valveLoss(link), balance.state.kv[link], level == .dwelling ? 50.0 : 100)
            let own = tower.valves.filter { $0.level == .dwelling }
            let after = try behind.map { dwelling in
                terminals[dwelling] + (level == .dwelling ? 0 : balance.valveLoss(try tower.local(own[dwelling].valve)))
            }
            let expected = loss * (kv / full) * (kv / full) / (loss + (try #require(after.min())))
            // The plain links take 1e-9 of the whole.
            #expect(abs(try #require(authorities.value(link)) / expected - 1) < 1e-6)
        }
    }
}
