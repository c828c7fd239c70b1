import NetworkModel
import Quantities

/// A building with everything resolved that its dwellings and risers need, before any of them is made.
struct BuildingPlan {
    /// Its row in the document.
    var row: Int
    var id: ElementID
    var zone: ZoneIndex
    /// The pair it hangs on; nil for a building whose dwellings the document lists one by one.
    var pair: Int?
    var place: MapPoint?
    /// Height of the ground floor, m.
    var elevation: Double
    var geometry: BuildingGeometry
    /// Its risers, where they are one-pipe.
    var onePipe: RiserDesign?
    /// Its rooms, where it is more than a row of equal dwellings.
    var shape: BuildingShape?
    var emitter: EmitterClass
    var envelopeName: String
    /// Room temperature promised, °C, and whether anything but the network's own design says so.
    var room: Double
    var hasOwnRoom: Bool
    /// Gains, W/m².
    var gains: Double
    /// Emitter size over design load.
    var oversize: Double
    /// Loss of a dwelling's branch at design flow, Pa.
    var terminalLoss: Double
    /// Wall roughness of its pipes, m.
    var roughness: Double
    /// Position of its first dwelling, and their number.
    var firstDwelling: Int
    var dwellingCount: Int
    /// Heat and flow of all its dwellings at design, W and kg/s.
    var heat = 0.0
    var massFlow = 0.0
    /// The substation that feeds it.
    var substation: Int?

    /// Position of a dwelling among those of the building: floor by floor, unit after unit; nil where there is none.
    func offset(unit: Int, floor: Int, door: Int) -> Int? {
        if let shape { return shape.layout.node(unit: unit, floor: floor, door: door) }
        guard unit >= 1, unit <= geometry.units, floor >= 1, floor <= geometry.floors, door >= 1, door <= geometry.dwellingsPerFloor
        else { return nil }
        return ((floor - 1) * geometry.units + unit - 1) * geometry.dwellingsPerFloor + door - 1
    }

    /// Positions of the dwellings on a floor of a unit among those of the building.
    func offsets(unit: Int, floor: Int) -> [Int] {
        guard let shape else {
            let start = offset(unit: unit, floor: floor, door: 1)
            return start.map { Array($0..<$0 + geometry.dwellingsPerFloor) } ?? []
        }
        let level = floor - shape.layout.firstFloor
        guard shape.layout.levels.contains(level) else { return [] }
        let cells = shape.layout.layout(level).cells
        return cells.indices.filter { cells[$0].unit == unit && cells[$0].use == .dwelling }.compactMap { shape.layout.node(level, $0) }
    }

    /// Where a position lies and what it is.
    func spot(_ offset: Int) -> Spot {
        if let shape {
            let node = shape.nodes[offset]
            return Spot(unit: node.cell.unit, floor: node.floor, door: node.cell.door, use: node.cell.use)
        }
        let (floor, rest) = offset.quotientAndRemainder(dividingBy: max(geometry.columns, 1))
        let (unit, door) = rest.quotientAndRemainder(dividingBy: max(geometry.dwellingsPerFloor, 1))
        return Spot(unit: unit + 1, floor: floor + 1, door: door + 1, use: .dwelling)
    }

    /// Unit, floor and door, and the use of what is there.
    struct Spot {
        var unit: Int
        var floor: Int
        var door: Int
        var use: SpaceUse
    }

    /// Number of its spaces that are no dwellings.
    var spaceCount: Int { shape?.nodes.count { $0.cell.use != .dwelling } ?? 0 }
}

/// What a dwelling needs at design, with all neighbours at their own targets.
struct DwellingDesign {
    /// Floor area, m².
    var area: Double
    /// Conductance to outdoors, W/K.
    var exterior: Double
    /// The ground, heated shops and neighbouring buildings.
    var contact = ThermalContact.none
    /// Gains, W.
    var gains: Double
    /// Room temperature promised, °C.
    var room: Double
    var hasOwnRoom: Bool
    var emitter: EmitterClass
    var oversize: Double
    /// Heat, W.
    var load: Double
    /// Loss of the branch at design flow, Pa.
    var terminalLoss: Double

    /// Flow that carries the load at the emitter's nominal spread, kg/s.
    func massFlow(heatCapacity: Double) -> Double { load / (heatCapacity * max(emitter.supply - emitter.return, 1)) }

    /// Nominal power of an emitter that gives `oversize` times the load at its nominal supply and return.
    ///
    /// The catalogue's nominal room differs from the promised one, so the emitter law Q/Q_N = (LMTD/LMTD_N)^n converts.
    var nominalPower: Double {
        let (nominal, real) = (emitter.meanDifference(toRoom: emitter.room), emitter.meanDifference(toRoom: room))
        guard nominal > 0, real > 0 else { return load * oversize }
        return load * oversize * power(nominal / real, emitter.exponent)
    }

    /// The emitter as the network describes it.
    var networkEmitter: Emitter {
        var result = Emitter(
            nominalPower: Power(watts: nominalPower), nominalSupply: Temperature(celsius: emitter.supply),
            nominalReturn: Temperature(celsius: emitter.return), nominalRoom: Temperature(celsius: emitter.room),
            exponent: emitter.exponent)
        result.mean = emitter.mean
        return result
    }

    /// A dwelling whose gains cover its losses still gets an emitter: this many W/m² at least.
    static let leastLoad = 5.0
}

extension BuildingPlan {
    /// The id of what is at a place: `B7/u1/f03/d2`, `B7/u1/f03/stairwell`, `B7/cellar`.
    func id(of spot: Spot) -> ElementID {
        let floor = ExpansionWork.floorName(spot.floor)
        switch spot.use {
        case .dwelling: return ElementID("\(id.text)/u\(spot.unit)/\(floor)/d\(spot.door)")
        case .cellar, .attic: return id.part(spot.use.rawValue)
        case .stairwell: return ElementID("\(id.text)/u\(spot.unit)/\(floor)/stairwell")
        case .shop, .unheated: return ElementID("\(id.text)/u\(spot.unit)/\(floor)/\(spot.use.rawValue)\(spot.door)")
        }
    }

    /// Width of a unit along the front, m.
    func width(ofUnit unit: Int) -> Double {
        guard let shape else { return geometry.frontage * Double(geometry.dwellingsPerFloor) }
        return shape.unitWidths.indices.contains(unit - 1) ? shape.unitWidths[unit - 1] : 0
    }
}
