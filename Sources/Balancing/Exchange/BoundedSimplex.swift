/// A small linear programme with bounded variables: the least c·x with l ≤ x ≤ u and A x ≤ b, started at the feasible x = 0.
///
/// The primal simplex method for bounded variables (Dantzig 1963; Chvátal, *Linear Programming*, 1983, ch. 8) on a dense
/// dictionary. A variable may start between its bounds: it then moves either way. Where steps gain nothing for long, Bland's
/// rule takes over, so that it always ends.
///
/// With a ``curvature`` the least c·x + ½ xᵀ H x is sought: a step also ends where the cost stops falling, and its variable
/// stays between its bounds (the convex simplex method, Zangwill 1967).
struct BoundedSimplex {
    /// H of a quadratic cost, symmetric.
    struct Curvature: Sendable {
        /// Row after row, of order ``order``.
        var matrix: [Double]
        var order: Int
        /// Row of each variable.
        var row: [Int]
    }

    var curvature: Curvature?
    /// Number of variables and of rows.
    let columns: Int
    let rows: Int
    /// Row after row: how a basic variable falls as a non-basic one rises.
    private var table: [Double]
    /// Change of c·x by a non-basic variable.
    private var reduced: [Double]
    /// Bounds and values, variables first, then the slack of every row.
    private var lower: [Double]
    private var upper: [Double]
    private(set) var value: [Double]
    /// Which variable stands in a row, and in a column.
    private var basic: [Int]
    private var nonbasic: [Int]

    /// - Parameters:
    ///   - cost: c.
    ///   - lower: l ≤ 0.
    ///   - upper: u ≥ 0.
    ///   - matrix: A, row after row.
    ///   - limit: b ≥ 0.
    init(cost: [Double], lower: [Double], upper: [Double], matrix: [Double], limit: [Double]) {
        (columns, rows) = (cost.count, limit.count)
        precondition(lower.count == cost.count && upper.count == cost.count && matrix.count == cost.count * limit.count)
        table = matrix
        reduced = cost
        self.lower = lower.map { min($0, 0) } + limit.map { _ in 0 }
        self.upper = upper.map { max($0, 0) } + limit.map { _ in .infinity }
        value = cost.map { _ in 0 } + limit.map { max($0, 0) }
        basic = limit.indices.map { cost.count + $0 }
        nonbasic = Array(cost.indices)
    }

    /// Iterates to the optimum; false where it was not reached, which only a badly scaled programme can cause.
    mutating func solve() -> Bool {
        let scale = reduced.reduce(0) { max($0, $1.magnitude) }
        guard scale > 0, scale.isFinite else { return scale == 0 }
        let tolerance = curvature == nil ? 1e-10 * scale : flatness
        var idle = 0
        for _ in 0..<(60 * (columns + rows) + 100) {
            guard let column = entering(tolerance: tolerance, first: idle > 40) else { return true }
            let step = move(column)
            guard step.isFinite else { return false }
            idle = step > 1e-12 ? 0 : idle + 1
        }
        // Where costs are curved the last steps only polish.
        return curvature != nil
    }

    /// Slope of the cost that counts as none where it is curved.
    var flatness = 0.0

    /// The column whose change gains most, or the first that gains.
    private func entering(tolerance: Double, first: Bool) -> Int? {
        var (best, choice, least) = (tolerance, Int?.none, Int.max)
        for column in 0..<columns {
            let (gain, variable) = (reduced[column], nonbasic[column])
            guard gain.magnitude > tolerance else { continue }
            let canMove = gain < 0 ? value[variable] < upper[variable] : value[variable] > lower[variable]
            guard canMove else { continue }
            if first {
                if variable < least { (choice, least) = (column, variable) }
            } else if gain.magnitude > best {
                (best, choice) = (gain.magnitude, column)
            }
        }
        return choice
    }

    /// Moves a column's variable as far as bounds let it; the length of the step.
    private mutating func move(_ column: Int) -> Double {
        let variable = nonbasic[column]
        let direction = reduced[column] < 0 ? 1.0 : -1.0
        var step = direction > 0 ? upper[variable] - value[variable] : value[variable] - lower[variable]
        var leaving: Int?
        var size = 0.0
        for row in 0..<rows {
            let rate = -table[row * columns + column] * direction
            guard rate.magnitude > 1e-11 else { continue }
            let other = basic[row]
            let room = max(0, rate > 0 ? upper[other] - value[other] : value[other] - lower[other]) / rate.magnitude
            // Of rows that stop it together the largest pivot.
            if room < step - 1e-13 || room <= step + 1e-13 && leaving != nil && rate.magnitude > size {
                (step, leaving, size) = (min(step, room), row, rate.magnitude)
            }
        }
        guard step.isFinite else { return step }
        if let curvature, bend(curvature, column, direction, &step) { leaving = nil }
        let isAtBound = step == (direction > 0 ? upper[variable] - value[variable] : value[variable] - lower[variable])
        for row in 0..<rows {
            let rate = table[row * columns + column]
            if rate != 0 { value[basic[row]] -= rate * direction * step }
        }
        value[variable] += direction * step
        if let leaving {
            let other = basic[leaving]
            // Exactly on the bound it met.
            value[other] = -table[leaving * columns + column] * direction > 0 ? upper[other] : lower[other]
            pivot(leaving, column)
        } else if isAtBound {
            value[variable] = direction > 0 ? upper[variable] : lower[variable]
        }
        return step
    }

    /// Takes the change of slopes along a step into account; whether the cost stops falling before the step's end.
    private mutating func bend(_ curvature: Curvature, _ column: Int, _ direction: Double, _ step: inout Double) -> Bool {
        let order = curvature.order
        var way = [Double](repeating: 0, count: order)
        if nonbasic[column] < columns { way[curvature.row[nonbasic[column]]] += direction }
        for row in 0..<rows where basic[row] < columns {
            way[curvature.row[basic[row]]] -= table[row * columns + column] * direction
        }
        var change = [Double](repeating: 0, count: order)
        for row in 0..<order where way[row] != 0 {
            for other in 0..<order { change[other] += way[row] * curvature.matrix[row * order + other] }
        }
        let rise = zip(way, change).reduce(0) { $0 + $1.0 * $1.1 }
        let turns = rise > 0 && reduced[column].magnitude < rise * step
        if turns { step = reduced[column].magnitude / rise }
        for other in 0..<columns where nonbasic[other] < columns { reduced[other] += step * change[curvature.row[nonbasic[other]]] }
        for row in 0..<rows where basic[row] < columns {
            let slope = step * change[curvature.row[basic[row]]]
            guard slope != 0 else { continue }
            for other in 0..<columns { reduced[other] -= table[row * columns + other] * slope }
        }
        if turns { reduced[column] = 0 }
        return turns
    }

    private mutating func pivot(_ row: Int, _ column: Int) {
        let start = row * columns
        let inverse = 1 / table[start + column]
        for other in 0..<columns { table[start + other] *= inverse }
        table[start + column] = inverse
        for other in 0..<rows where other != row {
            let factor = table[other * columns + column]
            guard factor != 0 else { continue }
            let base = other * columns
            for entry in 0..<columns { table[base + entry] -= factor * table[start + entry] }
            table[base + column] = -factor * inverse
        }
        let factor = reduced[column]
        for entry in 0..<columns { reduced[entry] -= factor * table[start + entry] }
        reduced[column] = -factor * inverse
        (basic[row], nonbasic[column]) = (nonbasic[column], basic[row])
    }

    /// c·x.
    func objective(_ cost: [Double]) -> Double { zip(cost, value).reduce(0) { $0 + $1.0 * $1.1 } }

    /// How a variable follows the bounds: the sum over non-basic variables of their rate times their effect on it.
    func rate(of variable: Int, following rates: (Int) -> Double) -> Double {
        guard let row = basic.firstIndex(of: variable) else { return rates(variable) }
        var sum = 0.0
        for column in 0..<columns {
            let entry = table[row * columns + column]
            if entry != 0 { sum -= entry * rates(nonbasic[column]) }
        }
        return sum
    }

    /// How a variable answers to a non-basic one; nil where the other is basic.
    func effect(on variable: Int, of other: Int) -> Double? {
        guard let column = nonbasic.firstIndex(of: other) else { return nil }
        guard let row = basic.firstIndex(of: variable) else { return 0 }
        return -table[row * columns + column]
    }

    /// Whether a variable stands on a bound.
    func isNonbasic(_ variable: Int) -> Bool { nonbasic.contains(variable) }
}
