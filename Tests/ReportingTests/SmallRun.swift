import NetworkFiles
import NetworkModel
import Quantities

@testable import Balancing
@testable import Heating
@testable import Hydraulics
@testable import Reporting

/// A finished balance of one building with four dwellings, put together by hand so that every figure is known: the
/// tests of reporting must not depend on what the solvers find.
///
/// Dwelling 1 is at 18 °C, dwelling 2 at 15 °C, dwelling 3 is closed at 12 °C, dwelling 4 restricted at 14 °C.
struct SmallRun {
    /// Ids that attack whoever shows them: a spreadsheet, a page, a terminal.
    static let formulaID = "=cmd|' /C calc'!A0"
    static let scriptID = "<script>alert(\"1\")</script>"
    static let terminalID = "d4\u{1B}[2J"

    var network: Network
    var result: RunResult

    init(title: String = "Two floors", withBalance: Bool = true) {
        let network = Self.makeNetwork(title: title)
        self.network = network
        let outcome = Self.outcome(rooms: [18, 15, 12, 14], flows: [0.02, 0.03, 0, 0.01], of: network)
        let before = Self.outcome(rooms: [20, 11, 12, 14], flows: [0.04, 0.01, 0, 0.01], of: network)
        result = RunResult(
            tool: "equitherm test",
            input: InputRecord(path: "small.json", files: [InputFile(path: "small.json", sha256: "ab12", byteCount: 7)], assumptions: []),
            network: network, demand: Self.demand(of: network), outcome: outcome,
            recommendation: withBalance
                ? Recommendation(
                    allocation: Self.allocation(of: network), schedule: Self.schedule(of: network), network: network, before: before)
                : nil,
            warnings: [
                Problem(
                    ProblemCode("odd-thing", en: ("{0} is odd", "look at it"), zh: ("{0} 异常", "请检查")), severity: .warning,
                    element: ElementReference(kind: "dwellings", id: ElementID(Self.scriptID)), arguments: ["\"<b>\""])
            ])
    }

    private static func makeNetwork(title: String) -> Network {
        var builder = NetworkBuilder(title: title)
        let supply = builder.add(Node(id: "P0/supply", line: .supply, position: MapPoint(x: 0, y: 0)))
        let back = builder.add(
            Node(id: "P0/return", line: .return, position: MapPoint(x: 0, y: 0), fixedPressure: Pressure(kilopascals: 200)))
        let far = builder.add(Node(id: "B1/supply", line: .supply, elevation: Length(metres: 2), position: MapPoint(x: 100, y: 50)))
        builder.add(
            Pipe(length: Length(metres: 112), innerDiameter: Length(millimetres: 50), roughness: Length(millimetres: 0.5)),
            id: "T1/supply", from: supply, to: far)
        let model = builder.add(
            ValveModel(
                family: "preset", nominalSize: 15,
                points: [
                    ValveSettingPoint(setting: 1, label: "1", kv: FlowCoefficient(cubicMetresPerHour: 0.1)),
                    ValveSettingPoint(setting: 7, label: "N", kv: FlowCoefficient(cubicMetresPerHour: 0.8)),
                ], step: 0.5, notation: .preset))
        let zone = builder.add(Zone(id: "east", name: "East"))
        let emitter = Emitter(
            nominalPower: Power(watts: 4000), nominalSupply: Temperature(celsius: 75), nominalReturn: Temperature(celsius: 50),
            nominalRoom: Temperature(celsius: 20), exponent: 1.3)
        let ids = [formulaID, scriptID, "d3", terminalID]
        let states: [DwellingState] = [.open, .open, .closed, .restricted(share: 0.5)]
        let building = BuildingIndex(0)
        for (position, id) in ids.enumerated() {
            let inlet = builder.add(Node(id: ElementID("n\(position)"), elevation: Length(metres: 2)))
            let dwelling = DwellingIndex(position)
            let valve = builder.add(
                Valve(
                    kv: FlowCoefficient(cubicMetresPerHour: 0.1), model: model, setting: 1, level: .dwelling,
                    serves: ServedPart(building: building, unit: 1, dwelling: dwelling)),
                id: ElementID(id).part("valve"), from: far, to: inlet, isOpen: states[position] != .closed)
            let terminal = builder.add(
                Terminal(load: .emitter(dwelling), kv: FlowCoefficient(cubicMetresPerHour: 1)), id: ElementID(id), from: inlet, to: back)
            builder.add(
                Dwelling(
                    id: ElementID(id), building: building, unit: 1, floor: Int32(position / 2 + 1), door: Int32(position % 2 + 1),
                    area: Area(squareMetres: 80), exteriorConductance: ThermalConductance(wattsPerKelvin: 90), gains: .zero,
                    state: states[position], emitter: emitter, terminal: terminal, valve: valve))
        }
        builder.add(
            Building(
                id: "B1", zone: zone, dwellings: 0..<4, couplings: 0..<0, floors: 2, units: 1, dwellingsPerFloor: 2,
                position: MapPoint(x: 100, y: 50)))
        let plantPump = builder.add(
            Pump(characteristic: .constantHead(PressureDifference(kilopascals: 60)), efficiency: 0.5), id: "plant/pump", from: back,
            to: supply)
        builder.add(
            Source(id: "plant", supplyTemperature: Temperature(celsius: 75), heatLimit: Power(kilowatts: 10), pump: plantPump),
            from: back, to: supply)
        return builder.build()
    }

    private static func outcome(rooms: [Double], flows: [Double], of network: Network) -> Outcome {
        let links = network.links.count
        let nodes = network.nodes.count
        let worst = SolutionCheck.Worst(error: 3e-12, tolerance: 1e-9, element: .circuit)
        let loop = SolutionCheck.Worst(error: 2e-6, tolerance: 0.01, element: .circuit)
        return Outcome(
            weather: network.designWeather, setPoints: SetPoints(designOf: network),
            massFlow: Array(repeating: 0.06, count: links), pressureLoss: network.links.map { if case .pump = $0.element { -60_000 } else { 1500 } },
            status: Array(repeating: .open, count: links), pumpSpeed: network.pumps.map(\.speed),
            density: Array(repeating: 980, count: links), linkOutletTemperature: Array(repeating: 70, count: links),
            pressure: (0..<nodes).map { $0 == 3 ? .nan : 2e5 }, temperature: (0..<nodes).map { $0 == 3 ? .nan : 70 },
            isReachable: (0..<nodes).map { $0 != 3 }, delivered: [2400, 2000, 0, 900], room: rooms,
            dwellingSupply: Array(repeating: 74, count: 4), dwellingReturn: Array(repeating: 50, count: 4), dwellingFlow: flows,
            sources: [
                SourceOutcome(heat: 5400, supply: 75, return: 48, massFlow: 0.06, isHeatLimited: false, isFlowLimited: false)
            ], substations: [],
            energy: EnergyBalance(
                sources: 5400, boundaries: 0, dwellings: 5300, loads: 0, losses: 99.5, residual: 0.5, relativeResidual: 1e-4),
            checks: [SolutionCheck(mass: worst, energy: loop, loop: loop, setPoint: loop)], iterations: 6, hydraulicIterations: 31,
            history: [10, 0.1], findings: [])
    }

    private static func demand(of network: Network) -> HeatDemand {
        var demand = HeatDemand(of: network, in: network.designWeather)
        demand.requiredHeat = [2400, 2600, 0, 1200]
        demand.requiredFlow = [0.02, 0.04, 0, 0.01]
        demand.isSaturated = [false, true, false, false]
        return demand
    }

    private static func allocation(of network: Network) -> Allocation {
        let summary = AreaSummary(
            id: "east", heatedArea: Area(squareMetres: 320), openArea: Area(squareMetres: 240), requiredHeat: Power(watts: 6200),
            allocatedHeat: Power(watts: 5300), requiredFlow: MassFlow(0.07), allocatedFlow: MassFlow(0.06), tilt: 1.25,
            coldestRoom: Temperature(celsius: 15), meanRoom: Temperature(celsius: 16.5), shareAtTarget: 0.5, bottleneck: .emitter)
        return Allocation(
            policy: .tilt(1), weather: network.designWeather,
            dwellings: DwellingShares(
                room: [18, 15, 12, 14], heat: [2400, 2000, 0, 900], massFlow: [0.02, 0.03, 0, 0.01],
                supply: [74, 74, .nan, 74], requiredHeat: [2400, 2600, 0, 1200], requiredFlow: [0.02, 0.04, 0, 0.01],
                limit: [
                    LimitSite(.none), LimitSite(.emitter, at: .dwelling(DwellingIndex(1))), LimitSite(.none), LimitSite(.restricted),
                ]),
            substations: [], sources: [], zoneSummaries: [summary], substationSummaries: [],
            bottlenecks: [
                Bottleneck(
                    element: ElementReference(kind: "dwellings", id: ElementID(scriptID)), limit: .emitter, dwellings: 1,
                    degreeDwellings: 3, remedy: .moreEmitter(Power(watts: 800)))
            ], distributionLoss: Power(watts: 99.5), massFlow: Array(repeating: 0.06, count: network.links.count),
            linkTemperature: Array(repeating: 70, count: network.links.count), rounds: 1, temperatureResidual: 0)
    }

    private static func schedule(of network: Network) -> Schedule {
        let rows = network.valves.indices.map { position in
            ValveRow(
                valve: ValveIndex(position), requiredKv: position == 2 ? nil : FlowCoefficient(cubicMetresPerHour: 0.234),
                setting: 3, settingLabel: "3", kv: FlowCoefficient(cubicMetresPerHour: 0.2), previousSetting: 1,
                previousKv: FlowCoefficient(cubicMetresPerHour: 0.1), designFlow: MassFlow(0.49), predictedFlow: MassFlow(0.245),
                density: Density(kilogramsPerCubicMetre: 980), pressureLoss: PressureDifference(kilopascals: 4.5), authority: 0.5,
                notes: position == 1 ? [.noisy, .lowAuthority] : [])
        }
        return Schedule(
            settings: Settings(), valves: rows,
            pumps: [
                PumpRow(
                    pump: PumpIndex(0), head: PressureDifference(kilopascals: 60), massFlow: MassFlow(0.06),
                    density: Density(kilogramsPerCubicMetre: 980), speed: 1, electricPower: Power(watts: 7.5))
            ], rounds: 1)
    }
}
