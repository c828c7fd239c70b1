import NetworkModel
import Quantities

/// Numbers that all buildings share.
struct BuildingTools {
    var heatCapacity: Double
    /// Pa, and Pa/m.
    var valveLoss: Double
    var riserMinorLoss: Double
    var riserFriction: Double
    var pipeLimits: PipeLimits
}

/// One building while its parts are made.
struct BuildingInterior {
    let plan: BuildingPlan
    let index: BuildingIndex
    let tools: BuildingTools
    let density: Double
    let sizing: PipeSizing
    let riser: PipeSize?
    let main: PipeSize?
    let inletValve: ValveChoice
    let unitValve: ValveChoice
    let dwellingValve: ValveChoice
    /// Where the next unit's mains start, and the flow that goes on past it.
    var supply = NodeIndex(0)
    var back = NodeIndex(0)
    var flowBehind = 0.0
    /// Width of units without dwellings that the next main passes as well, m.
    var passedWidth = 0.0
    /// Riser nodes, unit by unit, floor by floor.
    var floorNodes: [(NodeIndex, NodeIndex)] = []
    /// Water at each of them on one-pipe risers; empty where they are two-pipe.
    var stages: [RiserDesign.Stage?] = []

    /// A pipe inside the building; its heat stays in the building.
    func pipe(_ size: PipeSize, _ length: Double) -> Pipe {
        var pipe = Pipe(
            length: Length(metres: length), innerDiameter: size.innerDiameter,
            roughness: size.roughness ?? Length(metres: plan.roughness), minorLoss: tools.riserMinorLoss, heatLoss: .zero,
            surroundings: .indoors(Temperature(celsius: plan.room)))
        pipe.limits = PipeLimits(velocity: nil, friction: nil, size: size, otherwise: tools.pipeLimits)
        return pipe
    }
}

/// Where a dwelling is and which riser nodes it hangs on.
struct DwellingPlace {
    var id: ElementID
    var unit: Int
    var floor: Int
    var door: Int
    var supply: NodeIndex
    var back: NodeIndex
    /// Its place on a one-pipe riser; nil on two pipes.
    var stage: RiserDesign.Stage?
}

/// The columns of buildings that name their parts.
struct BuildingPartColumns {
    let inletValve, unitValve, dwellingValve: SymbolColumn
    let riser, inlet: NumberColumn

    init(_ table: Table) {
        inletValve = table.texts("valves.inlet")
        unitValve = table.texts("valves.unit")
        dwellingValve = table.texts("valves.dwelling")
        riser = table.numbers("riser_dn")
        inlet = table.numbers("inlet_dn")
    }
}
