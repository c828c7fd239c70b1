/// Linear least squares of several outputs on the same factors, row by row: memory of factors², whatever the rows.
struct Regression {
    private let factors: Int
    private var count = 0.0
    // Means and co-moments, updated row by row (Welford, for pairs), so that large offsets do not cost digits.
    private var meanX: [Double]
    private var meanY: [Double]
    private var xx: [Double]
    private var xy: [Double]
    private var yy: [Double]

    init(factors: Int, outputs: Int) {
        self.factors = factors
        meanX = Array(repeating: 0, count: factors)
        meanY = Array(repeating: 0, count: outputs)
        xx = Array(repeating: 0, count: factors * factors)
        xy = Array(repeating: 0, count: factors * outputs)
        yy = meanY
    }

    /// Adds a row; one with anything undefined does not count.
    mutating func add(_ x: [Double], _ y: [Double]) {
        guard x.allSatisfy(\.isFinite), y.allSatisfy(\.isFinite) else { return }
        count += 1
        let before = zip(x, meanX).map { $0 - $1 }
        for place in meanX.indices { meanX[place] += before[place] / count }
        for (output, value) in y.enumerated() {
            let old = value - meanY[output]
            meanY[output] += old / count
            yy[output] += old * (value - meanY[output])
            for place in meanX.indices { xy[output * factors + place] += before[place] * (value - meanY[output]) }
        }
        for a in 0..<factors { for b in 0..<factors { xx[a * factors + b] += before[a] * (x[b] - meanX[b]) } }
    }

    /// What a fit gives.
    struct Fit {
        /// By factor; NaN for one that does not vary, or that others determine.
        var slopes: [Double]
        /// Slope times deviation of the factor over that of the output.
        var standardized: [Double]
        /// Share of variance explained; NaN where the output does not vary.
        var explained: Double
    }

    /// The fit of an output.
    func fit(_ output: Int) -> Fit {
        let none = Fit(slopes: Array(repeating: .nan, count: factors), standardized: Array(repeating: .nan, count: factors), explained: .nan)
        guard count > 1 else { return none }
        let used = (0..<factors).filter { xx[$0 * factors + $0] > 0 }
        guard !used.isEmpty else { return none }
        // Gauss with pivots on the scaled co-moments: a handful of factors.
        let scale = used.map { xx[$0 * factors + $0].squareRoot() }
        var matrix = used.indices.map { a in
            used.indices.map { xx[used[a] * factors + used[$0]] / scale[a] / scale[$0] } + [xy[output * factors + used[a]] / scale[a]]
        }
        var isDead = [Bool](repeating: false, count: used.count)
        for column in used.indices {
            guard let pivot = (column..<used.count).max(by: { matrix[$0][column].magnitude < matrix[$1][column].magnitude }),
                matrix[pivot][column].magnitude > 1e-9
            else {
                isDead[column] = true
                continue
            }
            matrix.swapAt(column, pivot)
            for row in used.indices where row != column && matrix[row][column] != 0 {
                let share = matrix[row][column] / matrix[column][column]
                for place in matrix[row].indices { matrix[row][place] -= share * matrix[column][place] }
            }
        }
        guard !isDead.contains(true) else { return none }
        var fit = none
        var sum = 0.0
        for (place, factor) in used.enumerated() {
            let scaled = matrix[place][used.count] / matrix[place][place]
            fit.slopes[factor] = scaled / scale[place]
            if yy[output] > 0 { fit.standardized[factor] = scaled / yy[output].squareRoot() }
            sum += scaled * xy[output * factors + factor] / scale[place]
        }
        if yy[output] > 0 { fit.explained = min(1, max(0, sum / yy[output])) }
        return fit
    }
}
