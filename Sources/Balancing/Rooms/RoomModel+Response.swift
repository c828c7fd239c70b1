import Heating
import SparseAlgebra

extension RoomModel {
    /// Rooms of a building, °C, and heats of its emitters, W, when each follows its law for the water it gets and nothing is held.
    ///
    /// Newton on the rooms (as ``BuildingLattice/respond(to:outdoor:rooms:heats:iterations:)``), on the arrays that an allocation has.
    /// - Parameters:
    ///   - capacityFlow: ṁ cp by dwelling of the building, W/K.
    ///   - supply: °C; not read where no water flows.
    ///   - room: the start on entry, the answer on return.
    func respond(_ building: Int, capacityFlow: [Double], supply: [Double], room: inout [Double]) -> [Double] {
        let range = ranges[building]
        let count = range.count
        var lattice = BandedCholesky(order: count, bandwidth: min(bandwidth[building], max(count - 1, 0)))
        var heat = [Double](repeating: 0, count: count)
        var start = [Double](repeating: .nan, count: count)
        var (step, slope) = (heat, heat)
        for _ in 0..<40 {
            lattice.clear()
            for local in 0..<count {
                let position = range.lowerBound + local
                (heat[local], slope[local]) = (0, 0)
                if capacityFlow[local] > 0, isServed[position] {
                    let response = law[position].response(
                        capacityFlow: capacityFlow[local], supply: supply[local], room: room[local], start: &start[local])
                    (heat[local], slope[local]) = (response.heat, response.heatPerKelvin)
                }
                step[local] = constantHeat[position] + heat[local] - diagonal[position] * room[local]
                lattice.addToDiagonal(local, diagonal[position] + slope[local])
            }
            for coupling in couplings[building] {
                let (a, b) = (Int(coupling.first), Int(coupling.second))
                step[a] += coupling.conductance * room[b]
                step[b] += coupling.conductance * room[a]
                lattice[max(a, b), min(a, b)] -= coupling.conductance
            }
            // Without any conductance there is no temperature to find.
            do { try lattice.factor() } catch { return heat }
            lattice.solve(&step)
            var largest = 0.0
            for local in 0..<count {
                room[local] += step[local]
                heat[local] -= slope[local] * step[local]
                largest = max(largest, step[local].magnitude)
            }
            if !(largest > 1e-6) { break }
        }
        return heat
    }
}
