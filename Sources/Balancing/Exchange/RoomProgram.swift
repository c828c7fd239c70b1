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
    /// Rooms that are to rise first, whatever it costs the others, and how far, K.
    var urgent: [(entry: Int, rise: Double)] = []
    /// How that cost rises with the rooms: a symmetric matrix, row after row; empty where it is linear.
    var curvature: [Double] = []
    /// Limits it shares with others, and what is left of them.
    var shared: [(use: RoomUse, left: Double)] = []

    /// Cost of a kelvin that an urgent room lacks, over the dearest kelvin of the building.
    private static var urgency: Double { 1e5 }

    /// The simplex of the programme, rows that cannot bind left out.
    ///
    /// Columns are the rooms, then the urgent part of the rise of those that have one, in the order of ``urgent``.
    func simplex() -> BoundedSimplex {
        let count = cost.count
        var matrix: [Double] = []
        var limit: [Double] = []
        func add(_ row: [Double], _ left: Double, scale: Double) {
            var highest = 0.0
            for column in 0..<count { highest += max(row[column] * lower[column], row[column] * upper[column]) }
            for part in urgent { highest += max(row[part.entry] * part.rise, 0) }
            guard highest > left, scale > 0 else { return }
            for column in 0..<count { matrix.append(row[column] / scale) }
            for part in urgent { matrix.append(row[part.entry] / scale) }
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
        let greatest = Self.urgency * cost.reduce(0) { max($0, $1.magnitude) }
        var simplex = BoundedSimplex(
            cost: cost + urgent.map { cost[$0.entry] - greatest }, lower: lower + urgent.map { _ in 0 },
            upper: upper + urgent.map(\.rise), matrix: matrix, limit: limit)
        if !curvature.isEmpty {
            simplex.curvature = BoundedSimplex.Curvature(
                matrix: curvature, order: count, row: Array(0..<count) + urgent.map(\.entry))
            simplex.flatness = 1e-5 * greatest / Self.urgency
        }
        return simplex
    }

    /// Aᵀ D A + Aᵀ E + E A + F of a cost that is Σ f(heat, room), with the second derivatives D by heats, E mixed, F by rooms.
    static func curvature(_ lattice: ReducedLattice, heat: [Double], mixed: [Double], room: [Double]) -> [Double] {
        let count = heat.count
        var matrix = [Double](repeating: 0, count: count * count)
        for row in 0..<count {
            let near = (0..<count).filter { lattice.matrix[row * count + $0] != 0 }
            for first in near {
                let slope = heat[row] * lattice.matrix[row * count + first]
                for second in near { matrix[first * count + second] += slope * lattice.matrix[row * count + second] }
                matrix[first * count + row] += mixed[row] * lattice.matrix[row * count + first]
                matrix[row * count + first] += mixed[row] * lattice.matrix[row * count + first]
            }
            matrix[row * count + row] += room[row]
        }
        return matrix
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
