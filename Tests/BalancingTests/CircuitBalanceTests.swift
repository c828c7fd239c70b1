import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// Settings of one circuit by hand: water of 1000 kg/m³, no friction but that of Kv, everything at one height.
@Suite struct CircuitBalanceTests {
    /// A manifold: pump, then branches of one building valve each, behind it dwellings of valve and terminal.
    struct Manifold {
        var network: Network
        var circuit: DesignCircuit
        var flow: [Double]
        var state: CircuitState
        var buildingValves: [ValveIndex]
        var dwellingValves: [[ValveIndex]]

        /// - Parameter flows: design flow by building and dwelling, kg/s.
        init(flows: [[Double]], head: Double, model: ValveModel? = nil, common: ValveModel? = nil, riser: [Double]? = nil, efficiency: [EfficiencyPoint] = []) {
            var builder = NetworkBuilder(conditions: DesignConditions(
                fluid: .constant(Density(1000), Viscosity(0.0005), HeatCapacity(4187))))
            let back = builder.add(Node(id: "R", line: .return, fixedPressure: Pressure(bar: 2)))
            let supply = builder.add(Node(id: "S", line: .supply))
            var pump = Pump(characteristic: .constantHead(PressureDifference(head)))
            pump.efficiencyCurve = efficiency
            builder.add(pump, id: "pump", from: back, to: supply)
            let zone = builder.add(Zone(id: "z"))
            let index = model.map { builder.add($0) }
            let commonIndex = common.map { builder.add($0) }
            buildingValves = []
            dwellingValves = []
            var links: [(String, Double)] = [("pump", flows.joined().reduce(0, +))]
            for (b, dwellings) in flows.enumerated() {
                let first = builder.current.dwellings.count
                let building = builder.add(Building(
                    id: ElementID("B\(b)"), zone: zone, dwellings: first..<first + dwellings.count, couplings: 0..<0, floors: 1,
                    units: 1, dwellingsPerFloor: dwellings.count))
                let foot = builder.add(Node(id: ElementID("B\(b)/foot"), line: .return))
                buildingValves.append(builder.add(
                    Valve(kv: FlowCoefficient(common?.fullyOpen.value ?? 100), model: commonIndex, level: .building), id: ElementID("B\(b)/inlet"), from: foot, to: back))
                links.append(("B\(b)/inlet", dwellings.reduce(0, +)))
                dwellingValves.append([])
                var up = supply
                if let riser {
                    // A resistance in the supply of the branch, by Kv: a terminal without load is a plain one.
                    let next = builder.add(Node(id: ElementID("B\(b)/up"), line: .supply))
                    builder.add(Terminal(load: .none, kv: FlowCoefficient(riser[b])), id: ElementID("B\(b)/riser"), from: supply, to: next)
                    links.append(("B\(b)/riser", dwellings.reduce(0, +)))
                    up = next
                }
                for (d, flow) in dwellings.enumerated() {
                    let inlet = builder.add(Node(id: ElementID("B\(b)/d\(d)/inlet"), line: .supply))
                    let dwelling = builder.add(Dwelling(
                        id: ElementID("B\(b)/d\(d)"), building: building, unit: 1, floor: 1, door: Int32(d + 1), area: Area(80),
                        exteriorConductance: ThermalConductance(80), gains: .zero,
                        emitter: Emitter(
                            nominalPower: Power(watts: 4000), nominalSupply: Temperature(60), nominalReturn: Temperature(45),
                            nominalRoom: Temperature(18), exponent: 1.3)))
                    let valve = builder.add(
                        Valve(kv: FlowCoefficient(model?.fullyOpen.value ?? 50), model: index, level: .dwelling),
                        id: ElementID("B\(b)/d\(d)/valve"), from: up, to: inlet)
                    let terminal = builder.add(
                        Terminal(load: .emitter(dwelling), kv: FlowCoefficient(1)), id: ElementID("B\(b)/d\(d)"), from: inlet, to: foot)
                    builder.update(dwelling) { ($0.terminal, $0.valve) = (terminal, valve) }
                    dwellingValves[b].append(valve)
                    links += [("B\(b)/d\(d)/valve", flow), ("B\(b)/d\(d)", flow)]
                }
            }
            network = builder.build()
            let byID = Dictionary(uniqueKeysWithValues: links)
            let distribution = Distribution(of: network, threads: 1)
            circuit = distribution.circuits[0]
            flow = circuit.compiled.links.map { byID[distribution.network.links[$0].id.text] ?? .nan }
            state = distribution.designState(of: 0, supply: 60, return: 45, isothermal: true)
        }

        func balance(_ change: (inout BalancerOptions) -> Void = { _ in }) -> CircuitBalance {
            var options = BalancerOptions()
            change(&options)
            return CircuitBalance(
                network, circuit, flow: flow, limits: network.dwellings.map { _ in LimitSite(.none) }, state: state, options: options)
        }

        func loss(_ valve: ValveIndex, _ balance: CircuitBalance) -> Double {
            circuit.compiled.local(network.valves[valve].link).map { balance.valveLoss($0) } ?? .nan
        }
    }

    /// Loss of Kv 1 at a mass flow of 1000 kg/m³ water: (3.6 ṁ)² bar.
    private func unitLoss(_ flow: Double) -> Double { 1e5 * 3.6 * 3.6 * flow * flow }

    @Test func headServesTheIndexCircuitAndNoMore() {
        // The dwelling with 0.05 kg/s: terminal 3240 Pa, its own valve 3 kPa, the building's 3 kPa.
        let manifold = Manifold(flows: [[0.03, 0.04], [0.05, 0.02]], head: 50e3)
        let balance = manifold.balance()
        #expect(abs(balance.head - (unitLoss(0.05) + 6000)) < 1e-6)
        // 60 halvings of the speed.
        #expect(abs((balance.circuit.pumpHead(balance.flow, balance.state) ?? 0) - balance.head) < 1e-6)
    }

    @Test func excessGoesToTheHighestValveCommonToAllThatHaveIt() {
        let manifold = Manifold(flows: [[0.03, 0.04], [0.05, 0.02], [0.01, 0.01]], head: 50e3)
        let balance = manifold.balance()
        let head = unitLoss(0.05) + 6000
        // In each building the thirstiest dwelling keeps 3 kPa on its valve and the building's valve takes the rest.
        let thirstiest = [0.04, 0.05, 0.01]
        for (b, most) in thirstiest.enumerated() {
            let expected = head - unitLoss(most) - 3000
            #expect(abs(manifold.loss(manifold.buildingValves[b], balance) - expected) < 1e-6)
            for (d, valve) in manifold.dwellingValves[b].enumerated() {
                let flow = [[0.03, 0.04], [0.05, 0.02], [0.01, 0.01]][b][d]
                #expect(abs(manifold.loss(valve, balance) - (3000 + unitLoss(most) - unitLoss(flow))) < 1e-6)
            }
        }
    }

    @Test func indexRiserOfTwo() {
        // Risers of Kv 2 and 1 for 0.08 kg/s each: 0.0829 and 0.0829·4 of unit loss; the second is the index.
        let manifold = Manifold(flows: [[0.04, 0.04], [0.04, 0.04]], head: 50e3, riser: [2, 1])
        let balance = manifold.balance()
        let head = unitLoss(0.08) + unitLoss(0.04) + 6000
        #expect(abs(balance.head - head) < 1e-6)
        let excess = head - unitLoss(0.08) / 4 - unitLoss(0.04) - 3000
        #expect(abs(manifold.loss(manifold.buildingValves[0], balance) - excess) < 1e-6)
        #expect(abs(manifold.loss(manifold.buildingValves[1], balance) - 3000) < 1e-6)
    }

    @Test func wishesGiveWayWhereThePumpIsSmall() {
        let manifold = Manifold(flows: [[0.05]], head: 5000)
        let balance = manifold.balance()
        #expect(balance.head == 5000)
        // Both valves fully open (Kv 100 and 50) lose next to nothing; what is left above the terminal's 3240 Pa is shared.
        let dwelling = manifold.loss(manifold.dwellingValves[0][0], balance)
        let building = manifold.loss(manifold.buildingValves[0], balance)
        // The share of the wish is found by 20 halvings: 1e-6 of 3 kPa, the rest goes to the building's valve.
        #expect(abs(dwelling + building + unitLoss(0.05) - 5000) < 1e-6)
        #expect(abs(dwelling - 880) < 10)
    }

    @Test func roundingAboveIsCompensatedBelow() {
        // The dwellings' grid is fine, so what they take together with anything above is the head to half a step of theirs.
        let points = (1...400).map { ValveSettingPoint(setting: Double($0) / 100, label: "", kv: FlowCoefficient(0.02 * Double($0))) }
        let fine = ValveModel(family: "fine", nominalSize: 15, points: points, step: nil, notation: .turns)
        let manifold = Manifold(flows: [[0.03, 0.04], [0.05, 0.02]], head: 50e3, model: fine)
        let balance = manifold.balance()
        for (b, valves) in manifold.dwellingValves.enumerated() {
            for (d, valve) in valves.enumerated() {
                let flow = [[0.03, 0.04], [0.05, 0.02]][b][d]
                let taken = manifold.loss(valve, balance) + manifold.loss(manifold.buildingValves[b], balance) + unitLoss(flow)
                // A step of 0.02 at the least Kv in use, about 0.2, is 10 % of Kv: half of it 10 % of the valve's loss.
                #expect(abs(taken - balance.head) < 0.1 * manifold.loss(valve, balance))
            }
        }
    }
}
