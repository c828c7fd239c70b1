import NetworkModel
import Quantities

/// Compact buildings become inlet, cellar mains, risers, dwellings and their lattice.
extension ExpansionWork {
    /// Makes everything inside every compact building, in the order of the table.
    mutating func expandBuildings() {
        let table = document[.buildings]
        let columns = BuildingPartColumns(table)
        builder.reserve(nodes: 4 * states.count, links: 5 * states.count, dwellings: states.count)
        let tools = buildingTools()
        for position in buildingPlans.indices {
            let plan = buildingPlans[position]
            let index = builder.add(
                Building(
                    id: plan.id, zone: plan.zone, substation: plan.substation.map { SubstationIndex($0) },
                    dwellings: plan.firstDwelling..<plan.firstDwelling + plan.dwellingCount, couplings: 0..<0,
                    floors: plan.geometry.floors, units: plan.geometry.units, dwellingsPerFloor: plan.geometry.dwellingsPerFloor,
                    position: plan.place ?? plan.pair.flatMap { pairs.place($0) }, envelope: plan.envelopeName,
                    emitter: plan.emitter.name))
            guard let pair = plan.pair, plan.dwellingCount > 0 else { continue }
            note(.riserHeatLoss, .buildings, plan.row)
            var interior = interior(plan, index, columns, tools)
            makeInlet(&interior, pair, columns)
            interior.flowBehind = plan.massFlow
            for unit in 1...max(plan.geometry.units, 1) { makeUnit(unit, &interior) }
            makeDwellings(&interior)
            makeLattice(plan, index)
        }
    }

    /// Numbers that all buildings share.
    mutating func buildingTools() -> BuildingTools {
        BuildingTools(
            heatCapacity: conditions.fluid.heatCapacity.value,
            valveLoss: states.isEmpty ? 3000 : 1000 * networkNumber("valve_loss_kpa", .valveLoss),
            riserMinorLoss: states.isEmpty ? 1 : networkNumber("riser_minor_loss", .riserMinorLoss),
            riserFriction: states.isEmpty ? 100 : networkNumber("riser_friction_pa_m", .riserFriction),
            pipeLimits: conditions.limits.pipes)
    }

    /// Everything that the parts of one building share while it is made.
    mutating func interior(
        _ plan: BuildingPlan, _ index: BuildingIndex, _ columns: BuildingPartColumns, _ tools: BuildingTools
    ) -> BuildingInterior {
        let row = plan.row
        let mean = (plan.emitter.supply + plan.emitter.return) / 2
        let limits = PipeSizing.Limits(friction: tools.riserFriction, velocity: 1, roughness: plan.roughness, temperature: mean)
        if let size = columns.riser.integer(row), pipeCatalogue[size] == nil { reportUnknownSize(size, .buildings, row, "riser_dn") }
        if let size = columns.inlet.integer(row), pipeCatalogue[size] == nil { reportUnknownSize(size, .buildings, row, "inlet_dn") }
        return BuildingInterior(
            plan: plan, index: index, tools: tools,
            density: conditions.fluid.density(at: Temperature(celsius: mean)).value,
            sizing: sizing(limits), riser: columns.riser.integer(row).flatMap { pipeCatalogue[$0] },
            main: columns.inlet.integer(row).flatMap { pipeCatalogue[$0] },
            inletValve: valveChoice(columns.inletValve[row], .buildings, row, "valves.inlet", .inletValve),
            unitValve: valveChoice(columns.unitValve[row], .buildings, row, "valves.unit", .unitValve),
            dwellingValve: valveChoice(columns.dwellingValve[row], .buildings, row, "valves.dwelling", .dwellingValve))
    }

    /// A prepared choice of pipes for these limits; buildings of one kind share it.
    mutating func sizing(_ limits: PipeSizing.Limits) -> PipeSizing {
        if let known = sizings[limits] { return known }
        let sizing = PipeSizing(pipeCatalogue, limits: limits)
        sizings[limits] = sizing
        return sizing
    }

    mutating func reportUnknownSize(_ size: Int, _ table: TableName, _ row: Int, _ field: String) {
        report(.unknownSize, .error, table, row, field, ["\(size)", pipeCatalogue.sizes.map { "\($0.nominal)" }.joined(separator: ", ")])
    }

    /// The inlet valve on the return side, from the collector of the cellar mains to the building's return.
    private mutating func makeInlet(_ interior: inout BuildingInterior, _ pair: Int, _ columns: BuildingPartColumns) {
        let plan = interior.plan
        interior.supply = pairs.supply[pair]
        interior.back = pairs.back[pair]
        let serves = ServedPart(substation: plan.substation.map { SubstationIndex($0) }, building: interior.index)
        guard
            let model = model(
                interior.inletValve, massFlow: plan.massFlow, loss: interior.tools.valveLoss, density: interior.density)
        else { return }
        let collector = builder.add(
            Node(id: plan.id.part("collector"), line: .return, elevation: Length(metres: plan.elevation), position: plan.place))
        _ = addValve(model, id: plan.id.part("inlet"), from: collector, to: interior.back, level: .building, serves: serves,
            held: NodePair(high: interior.supply, low: collector))
        interior.back = collector
    }

    /// The cellar mains from the unit before (or the inlet) to a unit, its valve, and its riser floor by floor.
    private mutating func makeUnit(_ unit: Int, _ interior: inout BuildingInterior) {
        let plan = interior.plan
        let flows = unitFlows(unit, plan, interior.tools.heatCapacity)
        let width = plan.width(ofUnit: unit)
        guard let top = flows.lastIndex(where: { $0 > 0 }) else {
            // Nobody lives in this unit: the mains pass under it.
            interior.passedWidth += width
            for _ in flows { interior.floorNodes.append((interior.supply, interior.back)) }
            if plan.onePipe != nil { interior.stages += flows.map { _ in nil } }
            return
        }
        let prefix = plan.id.text + "/u\(unit)"
        let id = ElementID(prefix)
        let main = interior.main ?? interior.sizing.pipe(carrying: interior.flowBehind)
        let ground = Length(metres: plan.elevation)
        let supply = builder.add(Node(id: id.part("supply"), line: .supply, elevation: ground, position: plan.place))
        let back = builder.add(Node(id: id.part("return"), line: .return, elevation: ground, position: plan.place))
        let length = interior.passedWidth + (unit == 1 ? width / 2 : width)
        interior.passedWidth = 0
        builder.add(interior.pipe(main, length), id: id.part("main-supply"), from: interior.supply, to: supply)
        builder.add(interior.pipe(main, length), id: id.part("main-return"), from: back, to: interior.back)
        (interior.supply, interior.back) = (supply, back)
        let total = flows.reduce(0, +)
        interior.flowBehind = max(interior.flowBehind - total, 0)
        var foot = back
        let serves = ServedPart(
            substation: plan.substation.map { SubstationIndex($0) }, building: interior.index, unit: Int32(unit))
        if let model = model(interior.unitValve, massFlow: total, loss: interior.tools.valveLoss, density: interior.density) {
            foot = builder.add(Node(id: id.part("foot"), line: .return, elevation: ground, position: plan.place))
            _ = addValve(model, id: id.part("valve"), from: foot, to: back, level: .unit, serves: serves, held: NodePair(high: supply, low: foot))
        }
        if let design = plan.onePipe {
            makeOnePipeRiser(design, prefix, unitHeats(unit, plan), NodePair(high: supply, low: foot), &interior)
            return
        }
        makeRiser(prefix, Array(flows[...top]), from: supply, to: foot, &interior)
        for _ in flows.indices.dropFirst(top + 1) { interior.floorNodes.append((interior.supply, interior.back)) }
    }

    private mutating func makeRiser(
        _ prefix: String, _ flows: [Double], from supply: NodeIndex, to foot: NodeIndex, _ interior: inout BuildingInterior
    ) {
        let plan = interior.plan
        var (below, above) = (foot, supply)
        var flow = flows.reduce(0, +)
        for floor in 1...flows.count {
            let size = interior.riser ?? interior.sizing.pipe(carrying: flow)
            let pipe = interior.pipe(size, plan.geometry.storeyHeight)
            let height = Length(metres: plan.elevation + Double(floor - 1) * plan.geometry.storeyHeight)
            let id = ElementID(prefix + "/" + Self.floorName(floor))
            let (supplyID, returnID) = (id.part("supply"), id.part("return"))
            let supplyNode = builder.add(Node(id: supplyID, line: .supply, elevation: height, position: plan.place))
            let returnNode = builder.add(Node(id: returnID, line: .return, elevation: height, position: plan.place))
            builder.add(pipe, id: supplyID, from: above, to: supplyNode)
            builder.add(pipe, id: returnID, from: returnNode, to: below)
            (above, below) = (supplyNode, returnNode)
            flow = max(flow - flows[floor - 1], 0)
            interior.floorNodes.append((supplyNode, returnNode))
        }
    }

    /// Design flow of each floor of a unit, kg/s.
    func unitFlows(_ unit: Int, _ plan: BuildingPlan, _ heatCapacity: Double) -> [Double] {
        (1...max(plan.geometry.floors, 1)).map { floor in
            plan.offsets(unit: unit, floor: floor).reduce(0.0) { $0 + design(of: plan, offset: $1).massFlow(heatCapacity: heatCapacity) }
        }
    }

    /// Design heat of each floor of a unit, W.
    func unitHeats(_ unit: Int, _ plan: BuildingPlan) -> [Double] {
        (1...max(plan.geometry.floors, 1)).map { floor in
            plan.offsets(unit: unit, floor: floor).reduce(0.0) { $0 + design(of: plan, offset: $1).load }
        }
    }

    private mutating func makeDwellings(_ interior: inout BuildingInterior) {
        let plan = interior.plan
        for offset in 0..<plan.dwellingCount {
            let position = plan.firstDwelling + offset
            let spot = plan.spot(offset)
            if spot.use != .dwelling {
                makeSpace(spot, offset, interior)
                continue
            }
            let floor = (spot.unit - 1) * plan.geometry.floors + spot.floor - 1
            let (supply, back) = interior.floorNodes[floor]
            let place = DwellingPlace(
                id: ownID(position) ?? plan.id(of: spot), unit: spot.unit, floor: spot.floor, door: spot.door, supply: supply, back: back,
                stage: floor < interior.stages.count ? interior.stages[floor] : nil)
            makeDwelling(design(of: plan, offset: offset), place, position, interior)
        }
    }

    /// The id that a row of `dwellings` gives a dwelling of a compact building.
    func ownID(_ position: Int) -> ElementID? {
        if overrideRow.isEmpty || overrideRow[position] < 0 { return nil }
        return document.id(.dwellings, Int(overrideRow[position]))
    }

    private mutating func makeDwelling(
        _ design: DwellingDesign, _ place: DwellingPlace, _ position: Int, _ interior: BuildingInterior
    ) {
        if let stage = place.stage, let riser = interior.plan.onePipe {
            return makeDwelling(design, on: stage, of: riser, place, position, interior)
        }
        let index = DwellingIndex(position)
        let flow = design.massFlow(heatCapacity: interior.tools.heatCapacity)
        let isOpen = states[position].isHeated
        var inlet = place.supply
        var valve: ValveIndex?
        if let model = model(
            interior.dwellingValve, massFlow: flow, loss: interior.tools.valveLoss, density: interior.density)
        {
            let elevation = builder.current.nodes[place.supply].elevation
            inlet = builder.add(Node(id: place.id.part("inlet"), line: .supply, elevation: elevation, position: interior.plan.place))
            let serves = ServedPart(
                substation: interior.plan.substation.map { SubstationIndex($0) }, building: interior.index,
                unit: Int32(truncatingIfNeeded: place.unit), dwelling: index)
            valve = addValve(
                model, id: place.id.part("valve"), from: place.supply, to: inlet, level: .dwelling, serves: serves, isOpen: isOpen,
                held: NodePair(high: inlet, low: place.back))
        }
        // Kv = V̇ √(ρ/1000 / Δp[bar]) with V̇ in m³/h, the loss at design flow being that of branch and emitter.
        let kv = 3600 * flow * (100 / (interior.density * design.terminalLoss)).squareRoot()
        let terminal = builder.add(
            Terminal(load: .emitter(index), kv: FlowCoefficient(cubicMetresPerHour: kv)), id: place.id, from: inlet, to: place.back,
            isOpen: isOpen || valve != nil)
        var dwelling = dwelling(design, place, position, interior)
        (dwelling.terminal, dwelling.valve) = (terminal, valve)
        builder.add(dwelling)
    }

    /// A dwelling on a one-pipe riser has no valve: it is shut off by its terminal, and the water then goes past it.
    private mutating func makeDwelling(
        _ design: DwellingDesign, on stage: RiserDesign.Stage, of riser: RiserDesign, _ place: DwellingPlace, _ position: Int,
        _ interior: BuildingInterior
    ) {
        let (placed, kv) = onePipe(design, stage, riser, interior.density)
        var dwelling = dwelling(placed, place, position, interior)
        dwelling.riser = stage.pipe
        dwelling.terminal = builder.add(
            Terminal(load: .emitter(DwellingIndex(position)), kv: kv), id: place.id, from: place.supply, to: place.back,
            isOpen: states[position].isHeated)
        builder.add(dwelling)
    }

    /// The dwelling without its connection.
    func dwelling(_ design: DwellingDesign, _ place: DwellingPlace, _ position: Int, _ interior: BuildingInterior) -> Dwelling {
        var dwelling =
            Dwelling(
                id: place.id, building: interior.index, unit: Int32(truncatingIfNeeded: place.unit),
                floor: Int32(truncatingIfNeeded: place.floor), door: Int32(truncatingIfNeeded: place.door),
                area: Area(squareMetres: design.area), exteriorConductance: ThermalConductance(wattsPerKelvin: design.exterior),
                gains: Power(watts: design.gains), state: states[position],
                target: design.hasOwnRoom && design.room != conditions.room.celsius ? Temperature(celsius: design.room) : nil,
                emitter: design.networkEmitter)
        dwelling.contact = design.contact
        if !priorities.isEmpty { dwelling.priority = priorities[position] }
        return dwelling
    }

    /// Walls and slabs, floor by floor: the wall to the right, then the slab above.
    private mutating func makeLattice(_ plan: BuildingPlan, _ index: BuildingIndex) {
        if let shape = plan.shape { return makeLattice(shape, plan, index) }
        let shape = plan.geometry
        let start = builder.current.couplings.count
        let walls = (0..<shape.columns).map { ThermalConductance(wattsPerKelvin: shape.wallConductance(after: $0)) }
        for floor in 1...shape.floors {
            for column in 0..<shape.columns {
                let here = plan.firstDwelling + (floor - 1) * shape.columns + column
                if column + 1 < shape.columns {
                    builder.add(
                        Coupling(
                            first: DwellingIndex(here), second: DwellingIndex(here + 1), conductance: walls[column], kind: .partition))
                }
                if floor < shape.floors {
                    let dwellings = builder.current.dwellings
                    let area = min(dwellings[here].area.value, dwellings[here + shape.columns].area.value)
                    builder.add(
                        Coupling(
                            first: DwellingIndex(here), second: DwellingIndex(here + shape.columns),
                            conductance: ThermalConductance(wattsPerKelvin: shape.slabConductance(area: area)), kind: .slab))
                }
            }
        }
        let end = builder.current.couplings.count
        builder.update(index) { $0.couplings = start..<end }
    }
}
