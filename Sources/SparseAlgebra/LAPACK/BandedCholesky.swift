/// A symmetric positive definite band matrix and its Cholesky factor, kept apart so that a changed diagonal can be
/// factored again without assembling the rest.
///
/// Entries lie in LAPACK's lower band storage: column after column, each with its diagonal first and then the
/// `bandwidth` entries below it. Columns near the end keep unused room below the matrix.
public struct BandedCholesky: Sendable {
    /// The number of rows.
    public let order: Int
    /// The number of diagonals below the main one.
    public let bandwidth: Int

    private var matrix: Memory<Double>
    private var factorValues: Memory<Double>
    private var isFactored = false

    /// A zero matrix.
    ///
    /// - Precondition: both are non-negative. A bandwidth of `order` or more is cut to `order - 1`.
    public init(order: Int, bandwidth: Int) {
        precondition(order >= 0 && bandwidth >= 0)
        LinearAlgebraLibrary.prepare()
        self.order = order
        self.bandwidth = min(bandwidth, max(0, order - 1))
        matrix = Memory(repeating: 0, count: order * (self.bandwidth + 1))
        factorValues = matrix
    }

    /// An entry of the matrix (not of the factor); the two triangles are one.
    ///
    /// - Precondition: both lie in `0..<order` and `abs(row - column) <= bandwidth`.
    public subscript(row: Int, column: Int) -> Double {
        get { matrix.view[position(row, column)] }
        set {
            let position = position(row, column)
            matrix.mutableView()[position] = newValue
        }
    }

    private func position(_ row: Int, _ column: Int) -> Int {
        let (low, high) = (min(row, column), max(row, column))
        precondition(low >= 0 && high < order && high - low <= bandwidth, "entry \(row), \(column) is outside the band")
        return low * (bandwidth + 1) + high - low
    }

    /// Adds to a diagonal entry of the matrix.
    public mutating func addToDiagonal(_ row: Int, _ value: Double) { self[row, row] += value }

    /// Sets the whole diagonal to the sum of two vectors of `order` values.
    public mutating func setDiagonal(_ first: [Double], plus second: [Double]) {
        precondition(first.count == order && second.count == order)
        let values = matrix.mutableView()
        let (first, second) = (first.span, second.span)
        for row in 0..<order { values[row &* (bandwidth &+ 1)] = first[row] + second[row] }
    }

    /// Sets the whole matrix: its diagonal, and beside it the sums of the values given at places of the lower band's storage, which for
    /// rows a > b is b · (``bandwidth`` + 1) + a − b.
    public mutating func assemble(diagonal: [Double], _ entries: [Double], at places: [Int32]) {
        precondition(diagonal.count == order && entries.count == places.count)
        let values = matrix.mutableView()
        values.fill(0..<matrix.count, with: 0)
        let (diagonal, entries, places) = (diagonal.span, entries.span, places.span)
        for place in 0..<places.count {
            precondition(places[place] >= 0 && Int(places[place]) < matrix.count)
            values[Int(places[place])] += entries[place]
        }
        for row in 0..<order { values[row &* (bandwidth &+ 1)] += diagonal[row] }
    }

    /// Sets every entry of the matrix to zero.
    public mutating func clear() { matrix.mutableView().fill(0..<matrix.count, with: 0) }

    /// Factors the matrix as it stands; its entries stay as they are. Allocates only at the first call.
    ///
    /// - Throws: the row whose pivot is not positive and finite.
    /// - Complexity: O(`order` · `bandwidth`²).
    public mutating func factor() throws(FactorizationFailure) {
        isFactored = false
        let source = matrix.view
        let values = factorValues.mutableView()
        for position in 0..<source.count { values[position] = source[position] }
        if bandwidth <= Self.widestPlainBand {
            try factorPlainly(values)
        } else {
            let info = LinearAlgebraLibrary.factorBand(order, bandwidth: bandwidth, values)
            if info > 0 { throw FactorizationFailure(row: info - 1, pivot: .nan) }
            // Comparisons inside LAPACK let NaN pass.
            for row in 0..<order where !(values[row * (bandwidth + 1)].isFinite) {
                throw FactorizationFailure(row: row, pivot: .nan)
            }
        }
        isFactored = true
    }

    /// Up to this bandwidth plain loops are faster than LAPACK, whose call and blocking cost more than the arithmetic.
    private static var widestPlainBand: Int { 32 }

    /// LDLᵀ, which needs no roots; the reciprocals of the pivots stand on the diagonal.
    private func factorPlainly(_ values: MutableView<Double>) throws(FactorizationFailure) {
        let width = bandwidth + 1
        for column in 0..<order {
            let base = column &* width
            let pivot = values[base]
            guard pivot > 0, pivot < .infinity else { throw FactorizationFailure(row: column, pivot: pivot) }
            let reciprocal = 1 / pivot
            values[base] = reciprocal
            let below = min(bandwidth, order &- 1 &- column)
            guard below > 0 else { continue }
            for j in 1...below {
                let multiplier = values[base &+ j] * reciprocal
                let target = base &+ j &* width
                for i in j...below { values[target &+ i &- j] -= multiplier * values[base &+ i] }
                values[base &+ j] = multiplier
            }
        }
    }

    /// Replaces a right-hand side (or several, one after the other, each of `order` values) by its solution.
    ///
    /// - Precondition: ``factor()`` has succeeded and the length is a multiple of `order`.
    /// - Complexity: O(`order` · `bandwidth`) for each right-hand side.
    public func solve(_ rightHandSide: inout [Double]) {
        precondition(isFactored, "solve before a successful factor()")
        guard order > 0 else { return }
        precondition(rightHandSide.count % order == 0)
        defer { extendLifetime(factorValues) }
        let values = factorValues.view
        if bandwidth <= Self.widestPlainBand {
            unsafe rightHandSide.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                let x = unsafe MutableView(base: base, count: buffer.count)
                var first = 0
                while first < x.count {
                    let isPair = first + 2 * order <= x.count
                    if isPair { solvePlainly(values, x, first, first + order) } else { solvePlainly(values, x, from: first) }
                    first += isPair ? 2 * order : order
                }
            }
        } else {
            unsafe rightHandSide.withUnsafeMutableBufferPointer { buffer in
                unsafe LinearAlgebraLibrary.solveBand(order, bandwidth: bandwidth, values, buffer)
            }
        }
    }

    /// Two right-hand sides beside each other: neither waits for the other's sums.
    private func solvePlainly(_ values: View<Double>, _ x: MutableView<Double>, _ first: Int, _ second: Int) {
        let width = bandwidth + 1
        for column in 0..<order {
            let base = column &* width
            let (a, b) = (x[first &+ column], x[second &+ column])
            for i in 0..<min(bandwidth, order &- 1 &- column) {
                let entry = values[base &+ 1 &+ i]
                x[first &+ column &+ 1 &+ i] -= entry * a
                x[second &+ column &+ 1 &+ i] -= entry * b
            }
        }
        for column in (0..<order).reversed() {
            let base = column &* width
            var (a, b) = (x[first &+ column] * values[base], x[second &+ column] * values[base])
            for i in 0..<min(bandwidth, order &- 1 &- column) {
                let entry = values[base &+ 1 &+ i]
                a -= entry * x[first &+ column &+ 1 &+ i]
                b -= entry * x[second &+ column &+ 1 &+ i]
            }
            (x[first &+ column], x[second &+ column]) = (a, b)
        }
    }

    private func solvePlainly(_ values: View<Double>, _ x: MutableView<Double>, from first: Int) {
        let width = bandwidth + 1
        for column in 0..<order {
            let base = column &* width
            let value = x[first &+ column]
            for i in 0..<min(bandwidth, order &- 1 &- column) {
                x[first &+ column &+ 1 &+ i] -= values[base &+ 1 &+ i] * value
            }
        }
        for column in (0..<order).reversed() {
            let base = column &* width
            var value = x[first &+ column] * values[base]
            for i in 0..<min(bandwidth, order &- 1 &- column) {
                value -= values[base &+ 1 &+ i] * x[first &+ column &+ 1 &+ i]
            }
            x[first &+ column] = value
        }
    }
}
