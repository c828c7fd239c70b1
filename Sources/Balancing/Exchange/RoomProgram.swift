/// What a kelvin of each room uses of a limit, rising, and falling (usually less than nothing).
struct RoomUse: Sendable {
    var rise: [Double]
    var fall: [Double]
}

/// The linear programme of one building: how its rooms may move, to first order, within what its dwellings can take.
///
/// Variables are changes of room temperature, K, of the chosen dwellings of a ``ReducedLattice``.
struct RoomProgram: Sendable {
    /// What joins rooms and heats.
    let lattice: ReducedLattice
    /// What is to become least, a kelvin of each room.
    var cost: [Double]
    /// How far each room may fall (≤ 0) and rise (≥ 0), K.
    var lower: [Double]
    var upper: [Double]
    /// Heat of each dwelling now, W.
    var heat: [Double]
    /// What emitter or branch could give it more at the present room, W; +∞ where nothing stops it.
    var headroom: [Double]
    /// How that falls as the room warms, W/K.
    var capSlope: [Double]
    /// Limits it shares with others, and what is left of them.
    var shared: [(use: RoomUse, left: Double)] = []

    /// The simplex of the programme, rows that cannot bind left out.
    func simplex() -> BoundedSimplex {
        let count = cost.count
        var matrix: [Double] = []
        var limit: [Double] = []
        func add(_ row: [Double], _ left: Double, scale: Double) {
            var highest = 0.0
            for column in 0..<count { highest += max(row[column] * lower[column], row[column] * upper[column]) }
            guard highest > left, scale > 0 else { return }
            for column in 0..<count { matrix.append(row[column] / scale) }
            limit.append(max(left, 0) / scale)
        }
        for row in 0..<count {
            var line = Array(lattice.matrix[row * count..<(row + 1) * count])
            let own = line[row]
            add(line.map { -$0 }, heat[row], scale: own)
            if headroom[row] < .infinity {
                line[row] += capSlope[row]
                add(line, headroom[row], scale: own)
            }
        }
        for (use, left) in shared { add(use.rise, left, scale: use.rise.reduce(0) { max($0, $1.magnitude) }) }
        return BoundedSimplex(cost: cost, lower: lower, upper: upper, matrix: matrix, limit: limit)
    }

    /// The same with rising and falling as variables of their own, because a kelvin up costs more than a kelvin down saves.
    ///
    /// Columns are the rises of all rooms, then their falls.
    func splitSimplex(fallCost: [Double]) -> BoundedSimplex {
        let count = cost.count
        var matrix: [Double] = []
        var limit: [Double] = []
        func add(_ rise: [Double], _ fall: [Double], _ left: Double, scale: Double) {
            var highest = 0.0
            for column in 0..<count { highest += max(rise[column] * upper[column], fall[column] * -lower[column], 0) }
            guard highest > left, scale > 0 else { return }
            matrix += rise.map { $0 / scale } + fall.map { $0 / scale }
            limit.append(max(left, 0) / scale)
        }
        for row in 0..<count {
            var line = Array(lattice.matrix[row * count..<(row + 1) * count])
            let own = line[row]
            add(line.map { -$0 }, line, heat[row], scale: own)
            if headroom[row] < .infinity {
                line[row] += capSlope[row]
                add(line, line.map { -$0 }, headroom[row], scale: own)
            }
        }
        for (use, left) in shared { add(use.rise, use.fall, left, scale: use.rise.reduce(0) { max($0, $1.magnitude) }) }
        let none = [Double](repeating: 0, count: 2 * count)
        return BoundedSimplex(
            cost: cost + fallCost, lower: none, upper: upper + lower.map { -$0 }, matrix: matrix, limit: limit)
    }

    /// Change of all heats by each room, weighted: Aᵀ w, linear in the couplings.
    static func weighted(_ lattice: ReducedLattice, _ weight: [Double]) -> [Double] {
        let count = weight.count
        var sum = [Double](repeating: 0, count: count)
        for row in 0..<count where weight[row] != 0 {
            for column in 0..<count { sum[column] += weight[row] * lattice.matrix[row * count + column] }
        }
        return sum
    }
}
