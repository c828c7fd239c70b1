/// The lattice of one building between the dwellings whose heat can be chosen, all others eliminated.
///
/// With T of the chosen ones as variables Q = A T − constant; those whose heat is given float along (Schur complement).
struct ReducedLattice: Sendable {
    /// Positions of the chosen dwellings within the building.
    let chosen: [Int]
    /// Their conductance matrix, row after row, W/K; an M-matrix with dominant diagonal.
    let matrix: [Double]

    /// - Parameters:
    ///   - diagonal: conductance of every dwelling of the building, W/K, with the slope of a heat that falls with the room.
    ///   - couplings: pairs of dwellings and the conductance between them.
    ///   - isChosen: whose temperature is a variable.
    /// - Complexity: O(n²) for a few dependants in a band, O(n³) at worst.
    init(diagonal: [Double], couplings: [(first: Int, second: Int, conductance: Double)], isChosen: [Bool]) {
        let count = diagonal.count
        var full = [Double](repeating: 0, count: count * count)
        for local in 0..<count { full[local * count + local] = diagonal[local] }
        for coupling in couplings {
            full[coupling.first * count + coupling.second] -= coupling.conductance
            full[coupling.second * count + coupling.first] -= coupling.conductance
        }
        var isLeft = [Bool](repeating: true, count: count)
        var near: [Int] = []
        for dependant in 0..<count where !isChosen[dependant] {
            isLeft[dependant] = false
            let pivot = full[dependant * count + dependant]
            // Without any conductance a dwelling has no temperature of its own and acts on nobody.
            guard pivot > 0 else { continue }
            near.removeAll(keepingCapacity: true)
            for other in 0..<count where isLeft[other] && full[dependant * count + other] != 0 { near.append(other) }
            for row in near {
                let factor = full[row * count + dependant] / pivot
                for column in near { full[row * count + column] -= factor * full[dependant * count + column] }
            }
        }
        let chosen = (0..<count).filter { isChosen[$0] }
        self.chosen = chosen
        matrix = chosen.flatMap { row in chosen.map { full[row * count + $0] } }
    }
}
