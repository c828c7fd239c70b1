import NetworkModel
import Quantities

/// Sizes of a district that is laid out: pipes, exchangers, valves, pumps, the source, and the settings found today.
struct DistrictSizing {
    private var plan: DistrictPlan

    init(_ plan: DistrictPlan) { self.plan = plan }

    /// The whole document.
    func document() -> Document {
        var document = plan.document
        addPlant(to: &document)
        // Dwellings are metered one by one: short loops with a meter and a strainer.
        document.append(to: .defaults, ["main_friction_pa_m": .number(mainFriction), "terminal_loss_kpa": 5])
        // The expander's own rules find loads and flows of the network as it stands, without sizes.
        var work = ExpansionWork(document)
        work.expandConditions()
        work.expandZones()
        work.nameNodes()
        work.findCircuits()
        work.planBuildings()
        work.findLoads()
        work.expandRoster()
        sizeTrenches(work, &document)
        let need = openNeed(work)
        sizePlants(work, need: need, &document)
        addValves(work, &document)
        return document
    }

    /// Friction of the primary, Pa/m: 60, less where it is so long that its pump would need more than about 600 kPa.
    private var mainFriction: Double {
        min(60, max((600_000 / (2.6 * max(plan.primaryReach, 1))).rounded(), 6))
    }

    private func addPlant(to document: inout Document) {
        for plant in 0..<plan.plants {
            document.append(
                to: .sources, ["id": .text(plan.plantName(plant)), "at": .text(plan.plantPair(plant)), "supply_c": 110])
        }
        for block in plan.blocks {
            document.append(
                to: .substations,
                [
                    "id": .text(block.substation), "at": .text(block.primary), "zone": .text(plan.zoneName(block.zone)),
                    "secondary.supply_c": .number(block.program.supply), "secondary.return_c": .number(block.program.back),
                    "x_m": .number(block.x), "y_m": .number(block.y), "elevation_m": .number(block.elevation),
                ])
        }
    }

    private func sizeTrenches(_ given: ExpansionWork, _ document: inout Document) {
        var work = given
        let sizes = work.trenchSizes()
        for (row, size) in sizes.enumerated() { document.set(.trenches, row, "dn", Cell(size.nominal)) }
    }

    /// Heat that the open dwellings need on the design day, W: closed neighbours float, found by Gauss–Seidel sweeps over
    /// each building (diagonally dominant by the conductance to outdoors, so 60 sweeps settle it far below a watt).
    /// One figure a plant.
    private func openNeed(_ work: ExpansionWork) -> [Double] {
        let outdoor = work.conditions.outdoor.celsius
        var need = [Double](repeating: 0, count: plan.plants)
        for (position, building) in work.buildingPlans.enumerated() {
            need[plan.plant(of: plan.buildings[position].block)] +=
                LatticeSweep(building, states: work.states, outdoor: outdoor).need(sweeps: 60)
        }
        return need
    }

    private func sizePlants(_ work: ExpansionWork, need: [Double], _ document: inout Document) {
        var primaryFlow = [Double](repeating: 0, count: plan.plants)
        for (row, substation) in work.substationPlans.enumerated() {
            let block = plan.blocks[row]
            primaryFlow[plan.plant(of: row)] += substation.primaryFlow
            let mean = logarithmicMean(110 - substation.supply, 5)
            document.set(.substations, row, "exchanger_ua_kw_k", .number(hundredths(1.2 * substation.heat / mean / 1000)))
            // Street pipes at their design friction and back, exchanger, building with its valves and risers.
            let head = 2 * block.reach * 0.08 * 1.3 + 30 + 35
            let held = max((head / 10).rounded(.up) * 10, 60)
            if row % 3 == 2 {
                let flow = substation.secondaryFlow * 3.6 * 1.1
                document.set(.substations, row, "secondary.pump.curve", .points(curve(flow, held)))
            } else {
                document.set(.substations, row, "secondary.pump.head_kpa", .number(held))
            }
        }
        let head = ((2 * plan.primaryReach * mainFriction / 1000 * 1.3 + 90) / 10).rounded(.up) * 10
        for plant in 0..<plan.plants {
            document.set(.sources, plant, "pump.curve", .points(curve(primaryFlow[plant] * 3.7, head)))
            // Pipes of such districts lose four to five parts in a hundred of the heat on a cold day.
            let limit = plan.options.sourceShare * 1.045 * need[plant] / 1000
            document.set(.sources, plant, "heat_limit_kw", .number(max((limit / 10).rounded() * 10, 10)))
        }
    }

    /// A pump curve through a design point: flat below it, falling beyond.
    private func curve(_ flow: Double, _ head: Double) -> [TablePoint] {
        let design = max(flow, 1)
        return [(0, 1.25), (0.5, 1.2), (1, 1.0), (1.4, 0.65)].map { TablePoint(hundredths(design * $0.0), hundredths(head * $0.1)) }
    }

    private func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    /// Products of the inlets, and the settings found today: near houses throttled by hand in half turns, far ones and all
    /// dwellings fully open. Every third block has makers' valves, the others generic ones. The makers' valve of a whole
    /// dwelling is a balancing valve of a branch: radiator valves pass too little and step too coarsely for one.
    private func addValves(_ work: ExpansionWork, _ document: inout Document) {
        var random = plan.random
        for (row, building) in plan.buildings.enumerated() {
            let block = plan.blocks[building.block]
            let isMakers = block.number % 3 == 1
            let kv = FlowCoefficient(
                passing: MassFlow(kilogramsPerSecond: max(work.buildingPlans[row].massFlow, 1e-6)),
                atLoss: PressureDifference(kilopascals: 3), density: Density(kilogramsPerCubicMetre: 980))
            guard let inlet = inletValve(isMakers ? ["STAD PN20", "STAF-SG"] : ["static"], kv, work.valveCatalogue) else { continue }
            document.set(.buildings, row, "valves.inlet", .text("\(inlet.family)-DN\(inlet.nominalSize)"))
            document.set(.buildings, row, "valves.unit", .text(isMakers ? "STAD PN20" : "static"))
            document.set(.buildings, row, "valves.dwelling", .text(isMakers ? "STAD PN20-DN15" : "preset"))
            let closeness = 1 - building.distance / max(block.reach, 1)
            guard closeness > 0.35, random.unit() < 0.6 else { continue }
            let (first, last) = (inlet.points[0].setting, inlet.points[inlet.points.count - 1].setting)
            let setting = ((random.uniform(0.45...0.85) - 0.25 * closeness) * last * 2).rounded() / 2
            document.append(to: .settings, ["id": .text(building.id + "/inlet"), "setting": .number(min(max(setting, first), last))])
        }
    }

    /// The smallest valve of the first family that has one large enough; the largest of the last where none has.
    private func inletValve(_ families: [String], _ kv: FlowCoefficient, _ catalogue: ValveCatalogue) -> ValveModel? {
        let candidates = families.compactMap { catalogue.smallest(of: $0, passing: kv) }
        return candidates.first { $0.fullyOpen >= kv } ?? candidates.last
    }
}

/// Temperatures of the closed dwellings of one building and the heat its open ones need, by Gauss–Seidel sweeps.
struct LatticeSweep {
    private let shape: BuildingGeometry
    private let exterior: [Double]
    private let gains: Double
    private let isOpen: [Bool]
    private let share: [Double]
    private let room: Double
    private let outdoor: Double

    init(_ plan: BuildingPlan, states: [DwellingState], outdoor: Double) {
        shape = plan.geometry
        room = plan.room
        self.outdoor = outdoor
        gains = plan.gains * shape.area
        let columns = shape.columns
        exterior = (0..<plan.dwellingCount).map {
            plan.geometry.exteriorConductance(floor: $0 / columns + 1, column: $0 % columns)
        }
        let mine = states[plan.firstDwelling..<plan.firstDwelling + plan.dwellingCount]
        isOpen = mine.map(\.isHeated)
        share = mine.map { if case .restricted(let share) = $0 { share } else { 1 } }
    }

    /// Heat of all open dwellings held at the room temperature, W; restricted ones count their share.
    func need(sweeps: Int) -> Double {
        let columns = shape.columns
        let walls = (0..<columns).map { shape.wallConductance(after: $0) }
        let slab = shape.slabConductance(area: shape.area)
        var temperature = isOpen.map { $0 ? room : (room + outdoor) / 2 }
        func neighbours(_ position: Int, _ body: (Int, Double) -> Void) {
            let column = position % columns
            if column > 0 { body(position - 1, walls[column - 1]) }
            if column + 1 < columns { body(position + 1, walls[column]) }
            if position >= columns { body(position - columns, slab) }
            if position + columns < exterior.count { body(position + columns, slab) }
        }
        if isOpen.contains(false) {
            for _ in 0..<sweeps {
                for position in isOpen.indices where !isOpen[position] {
                    var (above, below) = (exterior[position] * outdoor, exterior[position])
                    neighbours(position) { other, conductance in
                        above += conductance * temperature[other]
                        below += conductance
                    }
                    temperature[position] = above / below
                }
            }
        }
        return isOpen.indices.reduce(0.0) { total, position in
            guard isOpen[position] else { return total }
            var heat = exterior[position] * (room - outdoor) - gains
            neighbours(position) { other, conductance in heat += conductance * (room - temperature[other]) }
            return total + max(heat, 0) * share[position]
        }
    }
}
