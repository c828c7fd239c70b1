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
            forEachDwelling(of: plan) { design, _, _, _ in
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

    /// Calls `body` with the design of each dwelling of a compact building, its floor, column and position.
    func forEachDwelling(of plan: BuildingPlan, _ body: (DwellingDesign, Int, Int, Int) -> Void) {
        var position = plan.firstDwelling
        for floor in 1...max(plan.geometry.floors, 1) {
            for column in 0..<plan.geometry.columns {
                body(design(of: plan, floor: floor, column: column, position: position), floor, column, position)
                position += 1
            }
        }
    }

    /// The design of one dwelling, its own row of `dwellings` laid over its building.
    func design(of plan: BuildingPlan, floor: Int, column: Int, position: Int) -> DwellingDesign {
        if !overrideRow.isEmpty && overrideRow[position] >= 0 {
            return overriddenDesign(of: plan, floor: floor, column: column, row: Int(overrideRow[position]))
        }
        let area = plan.geometry.area
        let exterior = plan.geometry.exteriorConductance(floor: floor, column: column)
        let gains = plan.gains * area
        let load = exterior * (plan.room - conditions.outdoor.celsius) - gains
        return DwellingDesign(
            area: area, exterior: exterior, gains: gains, room: plan.room, hasOwnRoom: plan.hasOwnRoom, emitter: plan.emitter,
            oversize: plan.oversize, load: max(load, DwellingDesign.leastLoad * area), terminalLoss: plan.terminalLoss)
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
