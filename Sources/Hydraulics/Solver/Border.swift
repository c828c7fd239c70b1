/// The change of flow of a regulating device in one step, kg/s.
struct HeldStep: Sendable {
    var link: Int
    var step: Double
}

/// The equation of one regulating device.
struct BorderRow: Sendable {
    /// Its place in the controls.
    let place: Int
    /// Its local link, and the ends of that.
    let link: Int
    let from: Int
    let to: Int
    /// Local nodes it reads; `low` −1 for the gauge pressure itself.
    let high: Int
    let low: Int
    /// The row of the first device that holds the same reading; −1 for that one itself.
    let leader: Int
    /// Conductance that stands in the matrix for it, kg/(s Pa).
    let weight: Double
    /// What its setting rises with its flow, Pa s/kg.
    let slope: Double
    /// Its part where several hold one reading.
    let size: Double
    /// −1 where more flow raises the reading (reducing), 1 where it lowers it.
    let sign: Double

    @inline(__always)
    func difference(_ values: [Double]) -> Double { values[from] - values[to] }

    @inline(__always)
    func reading(_ values: [Double]) -> Double { low < 0 ? values[high] : values[high] - values[low] }

    /// Whether more flow moves the reading the wrong way.
    /// - Parameters:
    ///   - answer: what a unit of its own source lowers the reading by.
    ///   - resistance: pressure that a unit of flow makes between its ends: the measure of what is nothing.
    func isBackwards(_ answer: Double, _ resistance: Double) -> Bool { -sign * answer > 1e-9 * resistance }
}

/// Schur's complement of regulating devices: one row each, one unknown source each.
struct Border: Sendable {
    /// The devices.
    let rows: [BorderRow]
    /// The complement by rows; empty where it is only applied.
    var matrix: [Double] = []
    /// Pressure that a unit of flow through each device makes between its ends; beside the matrix.
    var resistance: [Double] = []

    init(_ rows: [BorderRow] = []) { self.rows = rows }

    /// Whether the complement stands as a matrix.
    var isDense: Bool { !matrix.isEmpty }

    /// What the rows show when sources have lowered the pressures by `values`.
    func answers(to sources: [Double], _ values: [Double]) -> [Double] {
        rows.indices.map { index in
            let row = rows[index]
            let flow = sources[index] - row.weight * row.difference(values)
            if row.leader < 0 { return row.reading(values) + row.slope * flow }
            let first = rows[row.leader]
            return flow / row.size - (sources[row.leader] - first.weight * first.difference(values)) / first.size
        }
    }

    /// The transpose of ``answers(to:_:)`` by the pressures: adds what shares of rows weigh of them.
    func addSensors(_ shares: [Double], to weights: inout [Double]) {
        func addFlow(_ row: BorderRow, _ share: Double) {
            weights[row.from] -= row.weight * share
            weights[row.to] += row.weight * share
        }
        for (row, share) in zip(rows, shares) {
            if row.leader >= 0 {
                addFlow(row, share / row.size)
                addFlow(rows[row.leader], -share / rows[row.leader].size)
                continue
            }
            weights[row.high] += share
            if row.low >= 0 { weights[row.low] -= share }
            if row.slope != 0 { addFlow(row, share * row.slope) }
        }
    }

    /// The transpose of ``answers(to:_:)`` by the sources and the pressures they make, for pressures made by ``addSensors(_:to:)``.
    func sourceAnswers(to shares: [Double], _ values: [Double]) -> [Double] {
        var answers = rows.map { $0.difference(values) }
        for (index, row) in rows.enumerated() {
            if row.leader < 0 {
                answers[index] += row.slope * shares[index]
            } else {
                answers[index] += shares[index] / row.size
                answers[row.leader] -= shares[index] / rows[row.leader].size
            }
        }
        return answers
    }

    /// Rows that no device moves.
    var powerless: [Int] {
        guard isDense else { return [] }
        let count = rows.count
        let largest = resistance.max() ?? 0
        return (0..<count).filter { row in
            // Rows of equal flows are of order one over the sizes and have their own device in them.
            (0..<count).allSatisfy { matrix[row * count + $0].magnitude <= 1e-9 * min(resistance[row], largest) }
        }
    }

    /// Replaces right-hand sides by sources, by elimination with row pivoting; gives the rows that contradict others.
    func solve(_ right: inout [Double], isTransposed: Bool = false) -> [Int] {
        let count = rows.count
        var matrix = matrix
        if isTransposed {
            for row in 0..<count { for column in 0..<row { matrix.swapAt(row * count + column, column * count + row) } }
        }
        var order = Array(0..<count)
        let scale = (0..<count).map { row in (0..<count).reduce(0) { max($0, matrix[row * count + $1].magnitude) } }
        let largest = (right: right.reduce(0) { max($0, $1.magnitude) }, scale: scale.max() ?? 1)
        var rank = 0
        var columns: [Int] = []
        for column in 0..<count {
            var (best, size) = (rank, 0.0)
            for place in rank..<count where matrix[order[place] * count + column].magnitude / scale[order[place]] > size {
                (best, size) = (place, matrix[order[place] * count + column].magnitude / scale[order[place]])
            }
            if size <= 1e-10 { continue }
            order.swapAt(rank, best)
            let pivot = order[rank]
            for row in order[(rank + 1)...] {
                let factor = matrix[row * count + column] / matrix[pivot * count + column]
                if factor == 0 { continue }
                for place in column..<count { matrix[row * count + place] -= factor * matrix[pivot * count + place] }
                right[row] -= factor * right[pivot]
            }
            columns.append(column)
            rank += 1
        }
        let unmet = order[rank...].filter { right[$0].magnitude > 1e-9 * scale[$0] * largest.right / largest.scale }
        var unknowns = [Double](repeating: 0, count: count)
        for place in columns.indices.reversed() {
            let (row, column) = (order[place], columns[place])
            var rest = right[row]
            for other in column + 1..<max(count, column + 1) { rest -= matrix[row * count + other] * unknowns[other] }
            unknowns[column] = rest / matrix[row * count + column]
        }
        right = unknowns
        return unmet.sorted()
    }
}
