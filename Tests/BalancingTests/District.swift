import NetworkModel
import Quantities

/// A small district for tests: one source, substations in a row along a primary main, each with buildings in a row.
struct District {
    var outdoor = -10.0
    var target = 18.0
    var heatLimit: Double?
    var sourceFlowLimit: Double?
    var sourceHead = 400e3
    var primaryLength = 300.0
    var primaryDiameter = 0.1
    var mainDiameter = 0.08
    var pipeLoss = 0.3
    var sourceKv: Double?
    var substations: [Station]
    /// Setting and Kv of the dwellings' valves: tenths, Kv doubling every 1.4.
    var preset: [(Double, Double)] = (1...70).map { (Double($0) / 10, 0.02 * doubled(Double($0) / 14)) }
    var presetStep: Double? = nil
    /// Adds the houses of each station in the opposite order, at the same places.
    var reversesHouses = false
    /// Class of each dwelling by its number.
    var priority: (Int) -> Int32 = { _ in Dwelling.ordinaryPriority }
    var limits = OperatingLimits()
    /// Velocity and friction that a pipe keeps to, by its id.
    var pipeLimits: @Sendable (String) -> PipeLimits = { _ in PipeLimits() }
    /// Links that are shut.
    var closedLinks: Set<String> = []

    struct Station {
        var conductance = 30e3
        var supply = 60.0
        var `return` = 45.0
        var head = 100e3
        var primaryFlowLimit: Double?
        var heatLimit: Double?
        var curve: [(Double, Double)]?
        var houses: [House]
    }

    struct House {
        var zone = 0
        var floors = 3
        var units = 1
        var doors = 2
        var area = 90.0
        /// Exterior conductance of a middle dwelling, W/K; top and bottom have half as much again.
        var exterior = 70.0
        var partition = 60.0
        var slab = 150.0
        /// Nominal emitter power over design loss.
        var oversize = 1.0
        var exponent = 1.3
        /// Closed dwellings by position in the building, floor by floor.
        var closed: Set<Int> = []
        var restricted: [Int: Double] = [:]
        var weakEmitters: [Int: Double] = [:]
        var pipe = 40.0
    }

    init(_ substations: [Station]) { self.substations = substations }

    /// 2^x for multiples of 0.01 without a mathematics library.
    private static func doubled(_ x: Double) -> Double {
        var value = 1.0
        for _ in 0..<Int(x * 100) { value *= 1.006956 }
        return value
    }

    func network() -> Network {
        var conditions = DesignConditions(
            outdoor: Temperature(celsius: outdoor), room: Temperature(celsius: target), ground: Temperature(celsius: 5))
        conditions.limits = limits
        var builder = NetworkBuilder(conditions: conditions)
        let zones = (substations.flatMap(\.houses).map(\.zone).max() ?? 0) + 1
        for zone in 0..<zones { builder.add(Zone(id: ElementID("zone\(zone)"))) }
        let models = Models(
            building: builder.add(Self.static(50, 33)), unit: builder.add(Self.static(25, 8.7)),
            dwelling: builder.add(ValveModel(
                family: "preset", nominalSize: 15,
                points: preset.map { ValveSettingPoint(setting: $0.0, label: "\($0.0)", kv: FlowCoefficient($0.1)) },
                step: presetStep, notation: .preset)),
            substation: builder.add(Self.static(80, 120)))
        var supply = builder.add(Node(id: "P0/supply", line: .supply))
        var back = builder.add(Node(id: "P0/return", line: .return, fixedPressure: Pressure(kilopascals: 200)))
        let inlet = builder.add(Node(id: "plant/inlet", line: .return))
        let pump = builder.add(
            Pump(characteristic: .constantHead(PressureDifference(sourceHead))), id: "plant/pump", from: back, to: inlet)
        builder.add(
            Source(
                id: "plant", supplyTemperature: Temperature(celsius: 110), heatLimit: heatLimit.map { Power(watts: $0) },
                flowLimit: sourceFlowLimit.map { MassFlow($0) }, kv: sourceKv.map { FlowCoefficient($0) }, pump: pump),
            from: inlet, to: supply)
        for (number, station) in substations.enumerated() {
            let nextSupply = builder.add(Node(id: ElementID("P\(number + 1)/supply"), line: .supply))
            let nextBack = builder.add(Node(id: ElementID("P\(number + 1)/return"), line: .return))
            addPair(&builder, "T\(number + 1)", (supply, back), (nextSupply, nextBack), length: primaryLength, diameter: primaryDiameter)
            (supply, back) = (nextSupply, nextBack)
            addStation(&builder, "S\(number + 1)", station, (supply, back), models)
        }
        for (position, link) in builder.current.links.enumerated() where closedLinks.contains(link.id.text) {
            builder.setOpen(LinkIndex(position), false)
        }
        return builder.build()
    }

    private struct Models {
        var building, unit, dwelling, substation: ValveModelIndex
    }

    private static func `static`(_ size: Int, _ kvs: Double) -> ValveModel {
        // Turns 0.5 to 4, equal percentage to 1/12 of Kvs, in tenths.
        let points = (1...8).map { half -> ValveSettingPoint in
            let share = Double(half - 8) / 7
            var kv = kvs
            for _ in 0..<Int((-share * 100).rounded()) { kv *= 0.97545 }
            return ValveSettingPoint(setting: Double(half) / 2, label: "\(Double(half) / 2)", kv: FlowCoefficient(kv))
        }
        return ValveModel(family: "static", nominalSize: size, points: points, step: 0.1, notation: .turns)
    }

    private func pipe(_ length: Double, _ diameter: Double, _ surroundings: Surroundings = .ground) -> Pipe {
        Pipe(
            length: Length(metres: length), innerDiameter: Length(metres: diameter), roughness: Length(metres: 0.0002),
            heatLoss: LinearTransmittance(pipeLoss), surroundings: surroundings)
    }

    private func addPair(
        _ builder: inout NetworkBuilder, _ id: String, _ start: (NodeIndex, NodeIndex), _ end: (NodeIndex, NodeIndex),
        length: Double, diameter: Double, surroundings: Surroundings = .ground
    ) {
        for (line, from, to) in [("/supply", start.0, end.0), ("/return", end.1, start.1)] {
            var one = pipe(length, diameter, surroundings)
            one.limits = pipeLimits(id + line)
            builder.add(one, id: ElementID(id + line), from: from, to: to)
        }
    }

    private func addStation(
        _ builder: inout NetworkBuilder, _ id: String, _ station: Station, _ primary: (NodeIndex, NodeIndex), _ models: Models
    ) {
        let outlet = builder.add(Node(id: ElementID(id + "/primary-outlet"), line: .return))
        var supply = builder.add(Node(id: ElementID(id + "/supply"), line: .supply))
        var back = builder.add(Node(id: ElementID(id + "/return"), line: .return, fixedPressure: Pressure(kilopascals: 250)))
        let inlet = builder.add(Node(id: ElementID(id + "/inlet"), line: .return))
        let characteristic: PumpCharacteristic = station.curve.map { points in
            .curve(points.map { PumpPoint(flow: VolumeFlow(cubicMetresPerHour: $0.0), head: PressureDifference($0.1)) })
        } ?? .constantHead(PressureDifference(station.head))
        let pump = builder.add(Pump(characteristic: characteristic), id: ElementID(id + "/pump"), from: back, to: inlet)
        let index = builder.add(
            Substation(
                id: ElementID(id), exchangerConductance: ThermalConductance(station.conductance),
                secondarySupply: Temperature(celsius: station.supply), secondaryReturn: Temperature(celsius: station.return),
                primaryFlowLimit: station.primaryFlowLimit.map { MassFlow($0) }, heatLimit: station.heatLimit.map { Power(watts: $0) },
                primaryKv: FlowCoefficient(40), secondaryKv: FlowCoefficient(60), secondaryPump: pump),
            primary: (primary.0, outlet), secondary: (inlet, supply))
        let valve = builder.add(
            Valve(kv: FlowCoefficient(120), model: models.substation, level: .substation, serves: ServedPart(substation: index)),
            id: ElementID(id + "/valve"), from: outlet, to: primary.1)
        builder.update(index) { $0.primaryValve = valve }
        var ends: [(String, House, (NodeIndex, NodeIndex))] = []
        for (number, house) in station.houses.enumerated() {
            let name = id + "B\(number + 1)"
            let nextSupply = builder.add(Node(id: ElementID(name + "/supply"), line: .supply))
            let nextBack = builder.add(Node(id: ElementID(name + "/return"), line: .return))
            addPair(&builder, name + "/main", (supply, back), (nextSupply, nextBack), length: house.pipe, diameter: mainDiameter)
            (supply, back) = (nextSupply, nextBack)
            ends.append((name, house, (supply, back)))
        }
        if reversesHouses { ends.reverse() }
        for (name, house, line) in ends { addHouse(&builder, name, house, line, station, index, models) }
    }

    private func addHouse(
        _ builder: inout NetworkBuilder, _ id: String, _ house: House, _ line: (NodeIndex, NodeIndex), _ station: Station,
        _ substation: SubstationIndex, _ models: Models
    ) {
        let first = builder.current.dwellings.count
        let firstCoupling = builder.current.couplings.count
        let perFloor = house.units * house.doors
        let building = builder.add(Building(
            id: ElementID(id), zone: ZoneIndex(house.zone), substation: substation,
            dwellings: first..<first + house.floors * perFloor, couplings: firstCoupling..<firstCoupling,
            floors: house.floors, units: house.units, dwellingsPerFloor: house.doors))
        let serves = ServedPart(substation: substation, building: building)
        let foot = builder.add(Node(id: ElementID(id + "/foot"), line: .return))
        builder.add(Valve(kv: FlowCoefficient(33), model: models.building, level: .building, serves: serves),
            id: ElementID(id + "/inlet"), from: foot, to: line.1)
        // Dwellings floor by floor; risers are wired afterwards.
        for floor in 1...house.floors {
            for unit in 1...house.units {
                for door in 1...house.doors { addDwelling(&builder, id, house, station, building, floor, unit, door) }
            }
        }
        for unit in 1...house.units { addRiser(&builder, id, house, building, unit, line.0, foot, serves, models, first) }
        addCouplings(&builder, house, building, first)
    }

    private func addDwelling(
        _ builder: inout NetworkBuilder, _ id: String, _ house: House, _ station: Station, _ building: BuildingIndex,
        _ floor: Int, _ unit: Int, _ door: Int
    ) {
        let local = ((floor - 1) * house.units + unit - 1) * house.doors + door - 1
        let edge = floor == 1 || floor == house.floors ? 1.5 : 1.0
        let exterior = house.exterior * edge
        let state: DwellingState = house.closed.contains(local) ? .closed : house.restricted[local].map { .restricted(share: $0) } ?? .open
        let power = exterior * (target - outdoor) * house.oversize * (house.weakEmitters[local] ?? 1)
        builder.add(Dwelling(
            id: ElementID("\(id)/u\(unit)/f\(floor)/d\(door)"), building: building, unit: Int32(unit), floor: Int32(floor), door: Int32(door),
            area: Area(house.area), exteriorConductance: ThermalConductance(exterior), gains: Power(watts: 2 * house.area),
            state: state, emitter: Emitter(
                nominalPower: Power(watts: power), nominalSupply: Temperature(celsius: station.supply),
                nominalReturn: Temperature(celsius: station.return), nominalRoom: Temperature(celsius: target), exponent: house.exponent),
            priority: priority(builder.current.dwellings.count)))
    }

    private func addRiser(
        _ builder: inout NetworkBuilder, _ id: String, _ house: House, _ building: BuildingIndex, _ unit: Int, _ supply: NodeIndex,
        _ foot: NodeIndex, _ serves: ServedPart, _ models: Models, _ first: Int
    ) {
        var part = serves
        part.unit = Int32(unit)
        let riser = "\(id)/u\(unit)"
        var up = supply
        var down = builder.add(Node(id: ElementID(riser + "/bottom"), line: .return))
        builder.add(Valve(kv: FlowCoefficient(8.7), model: models.unit, level: .unit, serves: part),
            id: ElementID(riser + "/valve"), from: down, to: foot)
        for floor in 1...house.floors {
            let height = Length(metres: 3 * Double(floor))
            let nextUp = builder.add(Node(id: ElementID("\(riser)/f\(floor)/supply"), line: .supply, elevation: height))
            let nextDown = builder.add(Node(id: ElementID("\(riser)/f\(floor)/return"), line: .return, elevation: height))
            addPair(&builder, "\(riser)/f\(floor)", (up, down), (nextUp, nextDown), length: 3, diameter: 0.032, surroundings: .indoors(Temperature(celsius: 15)))
            (up, down) = (nextUp, nextDown)
            for door in 1...house.doors {
                let local = ((floor - 1) * house.units + unit - 1) * house.doors + door - 1
                let dwelling = DwellingIndex(first + local)
                let isOpen = builder.current.dwellings[dwelling].state.isHeated
                let name = "\(riser)/f\(floor)/d\(door)"
                let inlet = builder.add(Node(id: ElementID(name + "/inlet"), line: .supply, elevation: height))
                var own = part
                own.dwelling = dwelling
                let valve = builder.add(
                    Valve(kv: FlowCoefficient(preset[preset.count - 1].1), model: models.dwelling, level: .dwelling, serves: own),
                    id: ElementID(name + "/valve"), from: up, to: inlet, isOpen: isOpen)
                let terminal = builder.add(
                    Terminal(load: .emitter(dwelling), kv: FlowCoefficient(1.2)), id: ElementID(name), from: inlet, to: down)
                builder.update(dwelling) { ($0.terminal, $0.valve) = (terminal, valve) }
            }
        }
    }

    private func addCouplings(_ builder: inout NetworkBuilder, _ house: House, _ building: BuildingIndex, _ first: Int) {
        let perFloor = house.units * house.doors
        let start = builder.current.couplings.count
        for floor in 0..<house.floors {
            for place in 0..<perFloor {
                let here = first + floor * perFloor + place
                if place + 1 < perFloor {
                    builder.add(Coupling(
                        first: DwellingIndex(here), second: DwellingIndex(here + 1),
                        conductance: ThermalConductance(house.partition), kind: .partition))
                }
                if floor + 1 < house.floors {
                    builder.add(Coupling(
                        first: DwellingIndex(here), second: DwellingIndex(here + perFloor),
                        conductance: ThermalConductance(house.slab), kind: .slab))
                }
            }
        }
        let end = builder.current.couplings.count
        builder.update(building) { $0.couplings = start..<end }
    }
}
