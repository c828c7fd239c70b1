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

    /// Position of a dwelling among those of the building: floor by floor, unit after unit.
    func offset(unit: Int, floor: Int, door: Int) -> Int {
        ((floor - 1) * geometry.units + unit - 1) * geometry.dwellingsPerFloor + door - 1
    }
}

/// What a dwelling needs at design, with all neighbours at their own targets.
struct DwellingDesign {
    /// Floor area, m².
    var area: Double
    /// Conductance to outdoors, W/K.
    var exterior: Double
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
        Emitter(
            nominalPower: Power(watts: nominalPower), nominalSupply: Temperature(celsius: emitter.supply),
            nominalReturn: Temperature(celsius: emitter.return), nominalRoom: Temperature(celsius: emitter.room),
            exponent: emitter.exponent)
    }

    /// A dwelling whose gains cover its losses still gets an emitter: this many W/m² at least.
    static let leastLoad = 5.0
}
