import NetworkModel
import Quantities

/// Design heat and flow of dwellings, buildings, circuits and substations.
extension ExpansionWork {
    /// Finds what every building, circuit and substation must carry at design.
    mutating func findLoads() {
        noteOverrides()
        let heatCapacity = conditions.fluid.heatCapacity.value
        for position in buildingPlans.indices where buildingPlans[position].dwellingCount > 0 {
            var (heat, flow) = (0.0, 0.0)
            let plan = buildingPlans[position]
            forEachDwelling(of: plan) { design, _ in
                heat += design.load
                flow += design.massFlow(heatCapacity: heatCapacity)
            }
            buildingPlans[position].heat = heat
            buildingPlans[position].massFlow = flow
            guard let pair = plan.pair else { continue }
            let root = groups.root(pair)
            circuits[root].heat += heat
            circuits[root].massFlow += flow
            let top = plan.elevation + Double(plan.geometry.floors) * plan.geometry.storeyHeight
            circuits[root].highest = max(circuits[root].highest, top)
        }
        addGivenTerminals(heatCapacity: heatCapacity)
        for pair in 0..<pairs.count {
            let root = groups.root(pair)
            circuits[root].highest = max(circuits[root].highest, pairs.elevation[pair])
        }
        sizeSubstationFlows(heatCapacity: heatCapacity)
    }

    /// Calls `body` with the design of each dwelling of a compact building and its position.
    func forEachDwelling(of plan: BuildingPlan, _ body: (DwellingDesign, Int) -> Void) {
        for offset in 0..<plan.dwellingCount {
            if let shape = plan.shape, shape.nodes[offset].cell.use != .dwelling { continue }
            body(design(of: plan, offset: offset), plan.firstDwelling + offset)
        }
    }

    /// The design of one dwelling, its own row of `dwellings` laid over its building.
    func design(of plan: BuildingPlan, offset: Int) -> DwellingDesign {
        let position = plan.firstDwelling + offset
        if !overrideRow.isEmpty && overrideRow[position] >= 0 {
            return overriddenDesign(of: plan, offset: offset, row: Int(overrideRow[position]))
        }
        let area = plan.shape?.nodes[offset].cell.area ?? plan.geometry.area
        let exterior = plan.shape?.nodes[offset].exterior ?? exterior(of: plan, offset: offset, plan.geometry, area: area)
        return sized(
            DwellingDesign(
                area: area, exterior: exterior, gains: plan.gains * area, room: plan.room, hasOwnRoom: plan.hasOwnRoom,
                emitter: plan.emitter, oversize: plan.oversize, load: 0, terminalLoss: plan.terminalLoss),
            plan, offset)
    }

    /// Conductance of a dwelling to outdoors with an envelope and an area, W/K.
    func exterior(of plan: BuildingPlan, offset: Int, _ geometry: BuildingGeometry, area: Double) -> Double {
        if let shape = plan.shape { return shape.exterior(shape.nodes[offset].place, geometry, area: area) }
        let columns = max(geometry.columns, 1)
        return geometry.exteriorConductance(floor: offset / columns + 1, column: offset % columns, area: area)
    }

    /// A design with what it borders on besides outdoors and other dwellings, and the load that follows.
    func sized(_ design: DwellingDesign, _ plan: BuildingPlan, _ offset: Int) -> DwellingDesign {
        var design = design
        var load = design.exterior * (design.room - conditions.outdoor.celsius) - design.gains
        if let node = plan.shape?.nodes[offset] {
            design.contact = contact(node)
            load += node.ground * (design.room - conditions.ground.celsius)
            load += (node.held + node.space) * design.room - node.heldHeat - node.spaceHeat
        }
        design.load = max(load, DwellingDesign.leastLoad * design.area)
        return design
    }

    /// The contacts of a node as the network describes them.
    func contact(_ node: BuildingShape.Node) -> ThermalContact {
        guard node.ground > 0 || node.held > 0 else { return .none }
        return ThermalContact(
            ground: ThermalConductance(wattsPerKelvin: node.ground), held: ThermalConductance(wattsPerKelvin: node.held),
            heldTemperature: node.held > 0 ? Temperature(celsius: node.heldHeat / node.held) : ThermalContact.none.heldTemperature)
    }

    private mutating func addGivenTerminals(heatCapacity: Double) {
        let table = document[.terminals]
        let (at, heat, flow) = (table.texts("at"), table.numbers("heat_kw"), table.numbers("mass_flow_kg_s"))
        let (back, drop) = (table.numbers("return_c"), table.numbers("temperature_drop_k"))
        for row in 0..<table.rowCount {
            guard let pair = pairs[at[row]] else { continue }
            let root = groups.root(pair)
            let spread = drop[row] ?? max(supply(of: root) - (back[row] ?? 50), 1)
            let massFlow = flow[row] ?? (heat[row] ?? 0) * 1000 / (heatCapacity * spread)
            circuits[root].massFlow += massFlow
            circuits[root].heat += heat[row].map { $0 * 1000 } ?? massFlow * heatCapacity * spread
        }
    }

    /// Supply temperature of what heats a group, °C.
    func supply(of root: Int) -> Double {
        if let source = circuits[root].source { return document[.sources].numbers("supply_c")[source] ?? 110 }
        if let substation = circuits[root].substation {
            let given = document[.substations].numbers("secondary.supply_c")[substationPlans[substation].row]
            return given ?? substationPlans[substation].supply
        }
        return 110
    }

    private mutating func sizeSubstationFlows(heatCapacity: Double) {
        let table = document[.substations]
        let (supply, back) = (table.numbers("secondary.supply_c"), table.numbers("secondary.return_c"))
        let programs = nominalPrograms()
        for position in substationPlans.indices {
            var plan = substationPlans[position]
            let element = reference(.substations, plan.row)
            let nominal = programs[position]
            if supply[plan.row] == nil { used.use(.secondarySupply, element) }
            if back[plan.row] == nil { used.use(.secondaryReturn, element) }
            plan.supply = supply[plan.row] ?? max(nominal.supply, (back[plan.row] ?? nominal.back) + 5)
            plan.back = back[plan.row] ?? min(nominal.back, plan.supply - 5)
            if let secondary = plan.secondary {
                let root = groups.root(secondary)
                plan.heat = circuits[root].heat
                plan.secondaryFlow = circuits[root].massFlow
            }
            if plan.heat > 0 {
                let approach = networkNumber("exchanger_approach_k", .exchangerApproach, .substations, plan.row)
                let primarySupply = plan.primary.map { self.supply(of: groups.root($0)) } ?? 110
                plan.primaryFlow = plan.heat / (heatCapacity * max(primarySupply - plan.back - approach, 5))
            }
            substationPlans[position] = plan
            if let primary = plan.primary {
                let root = groups.root(primary)
                circuits[root].heat += plan.heat
                circuits[root].massFlow += plan.primaryFlow
            }
        }
    }

    /// For each substation the nominal supply and return of the first building it feeds; 60/45 where it feeds none.
    private func nominalPrograms() -> [(supply: Double, back: Double)] {
        var programs = [(supply: Double, back: Double)](repeating: (60, 45), count: substationPlans.count)
        for plan in buildingPlans.reversed() {
            if let substation = plan.substation { programs[substation] = (plan.emitter.supply, plan.emitter.return) }
        }
        return programs
    }
}
