import NetworkModel
import Quantities

/// Unheated spaces and the lattice of buildings of any shape.
extension ExpansionWork {
    /// Makes a space without heat: a node of the lattice that is always closed and has no area that counts.
    mutating func makeSpace(_ spot: BuildingPlan.Spot, _ offset: Int, _ interior: BuildingInterior) {
        let plan = interior.plan
        guard let node = plan.shape?.nodes[offset] else { return }
        states[plan.firstDwelling + offset] = .closed
        var space = Self.space(plan.id(of: spot), in: interior.index, use: spot.use)
        space.unit = Int32(truncatingIfNeeded: spot.unit)
        space.floor = Int32(truncatingIfNeeded: spot.floor)
        space.door = Int32(truncatingIfNeeded: spot.door)
        space.exteriorConductance = ThermalConductance(wattsPerKelvin: node.exterior)
        space.contact = contact(node)
        builder.add(space)
    }

    /// A space with everything that it has not.
    static func space(_ id: ElementID, in building: BuildingIndex, use: SpaceUse) -> Dwelling {
        let none = Emitter(
            nominalPower: .zero, nominalSupply: Temperature(celsius: 75), nominalReturn: Temperature(celsius: 65),
            nominalRoom: Temperature(celsius: 20), exponent: 1.3)
        var space = Dwelling(
            id: id, building: building, unit: 0, floor: 0, door: 1, area: .zero, exteriorConductance: .zero, gains: .zero,
            state: .closed, emitter: none)
        space.use = use
        return space
    }

    /// Walls and slabs of a building of any shape.
    mutating func makeLattice(_ shape: BuildingShape, _ plan: BuildingPlan, _ index: BuildingIndex) {
        let start = builder.current.couplings.count
        for link in shape.couplings {
            builder.add(
                Coupling(
                    first: DwellingIndex(plan.firstDwelling + link.first), second: DwellingIndex(plan.firstDwelling + link.second),
                    conductance: ThermalConductance(wattsPerKelvin: link.conductance), kind: link.isSlab ? .slab : .partition))
        }
        let end = builder.current.couplings.count
        builder.update(index) { $0.couplings = start..<end }
    }
}
