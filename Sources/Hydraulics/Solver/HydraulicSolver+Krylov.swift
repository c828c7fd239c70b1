/// Many regulating devices at once: the complement applied, never made.
///
/// Scaled by the conductance that stands in the matrix for a device, its row answers its own source by about one and all others,
/// together, by what they share of mains: a well-conditioned matrix, whatever the number of devices.
extension HydraulicSolver {
    /// Replaces right-hand sides by sources; gives the rows that cannot be met.
    ///
    /// The method of generalised minimal residuals with restarts (Saad & Schultz, SIAM J. Sci. Stat. Comput. 7 (1986) 856). What it leaves
    /// is far below what a Newton step leaves of the readings, and the next step judges it exactly.
    /// - Complexity: some ten solves with the factor in hand; memory of ``Krylov/restart`` vectors.
    mutating func solveByKrylov(_ right: inout [Double], isTransposed: Bool = false) -> [Int] {
        let scale = rowScale
        if !isTransposed { for row in right.indices { right[row] *= scale[row] } }
        let size = right.norm
        var answer = [Double](repeating: 0, count: right.count)
        guard size > 0 else {
            right = answer
            return []
        }
        var residual = right
        for _ in 0..<Krylov.cycles {
            var krylov = Krylov(residual)
            while krylov.residual > Krylov.accuracy * size && krylov.isOpen {
                krylov.take(scaledAnswers(to: krylov.last, scale, isTransposed))
            }
            krylov.add(to: &answer)
            let reached = scaledAnswers(to: answer, scale, isTransposed)
            for row in right.indices { residual[row] = right[row] - reached[row] }
            if residual.norm <= 2 * Krylov.accuracy * size { break }
        }
        let left = residual.norm
        right = answer
        if isTransposed { for row in right.indices { right[row] *= scale[row] } }
        guard left > 1e-3 * size else { return [] }
        let worst = residual.reduce(0) { max($0, $1.magnitude) }
        return Array(residual.indices.filter { residual[$0].magnitude > 0.1 * worst }.prefix(Krylov.restart))
    }

    /// What makes a row's answer to its own source about one.
    private var rowScale: [Double] { border.rows.map { $0.leader < 0 ? $0.sign * $0.weight : $0.size } }

    private mutating func scaledAnswers(to sources: [Double], _ scale: [Double], _ isTransposed: Bool = false) -> [Double] {
        if isTransposed {
            let shares = zip(sources, scale).map { $0 * $1 }
            var weights = [Double](repeating: 0, count: compiled.nodes.count)
            border.addSensors(shares, to: &weights)
            system.solve(&weights)
            return border.sourceAnswers(to: shares, weights)
        }
        var answers = border.answers(to: sources, pressures(ofSources: sources))
        for row in answers.indices { answers[row] *= scale[row] }
        return answers
    }

    /// Whether no device moves what a row reads.
    ///
    /// The matrix of the free links is symmetric, so one solve from the sensors gives the row.
    mutating func isPowerless(_ index: Int) -> Bool {
        let row = border.rows[index]
        guard row.leader < 0 && row.slope == 0 else { return false }
        var reading = [Double](repeating: 0, count: compiled.nodes.count)
        reading[row.high] += 1
        if row.low >= 0 { reading[row.low] -= 1 }
        system.solve(&reading)
        let most = border.rows.reduce(0) { max($0, $1.difference(reading).magnitude) }
        return most <= 1e-9 * ownColumn(row).resistance
    }

    /// Pressure between the ends of a device and fall of its reading by a unit of its own source.
    private mutating func ownColumn(_ row: BorderRow) -> (resistance: Double, reading: Double) {
        var column = [Double](repeating: 0, count: compiled.nodes.count)
        column[row.from] += 1
        column[row.to] -= 1
        system.solve(&column)
        let resistance = row.difference(column)
        return (resistance, row.reading(column) + row.slope * (1 - row.weight * resistance))
    }

    /// Finds the devices whose flow moves their reading the wrong way, where the complement was never made.
    ///
    /// Random signs a device show the diagonal of the complement, in the mean (Hutchinson, Commun. Stat. Simul. 18 (1989) 1059); those
    /// that do not stand out the right way are looked at by themselves.
    mutating func markBackwards() {
        guard !border.rows.isEmpty && !border.isDense else { return }
        let scale = rowScale
        var diagonal = [Double](repeating: 0, count: scale.count)
        var random: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<8 {
            let signs = scale.map { _ -> Double in
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return random >> 63 == 0 ? 1 : -1
            }
            let answers = scaledAnswers(to: signs, scale)
            for row in diagonal.indices { diagonal[row] += signs[row] * answers[row] / 8 }
        }
        let usual = diagonal.sorted()[diagonal.count / 2]
        let suspects = diagonal.indices.filter { border.rows[$0].leader < 0 && !(diagonal[$0] > 0.25 * usual) }
        for index in suspects.prefix(Krylov.restart) {
            let row = border.rows[index]
            let column = ownColumn(row)
            controls[row.place].isBackwards = row.isBackwards(column.reading, column.resistance)
        }
    }
}

/// One cycle of generalised minimal residuals: an orthonormal basis, and the small least-squares problem in it.
struct Krylov {
    /// Most vectors of a cycle.
    static let restart = 60
    /// Most cycles.
    static let cycles = 5
    /// Residual to be reached, over the right-hand side.
    static let accuracy = 1e-7

    private var basis: [[Double]]
    /// Upper triangle by columns, rotated.
    private var columns: [[Double]] = []
    private var rotations: [(cosine: Double, sine: Double)] = []
    private var right: [Double]
    private var isBroken = false

    init(_ residual: [Double]) {
        let size = residual.norm
        basis = [residual.map { $0 / size }]
        right = [size]
    }

    /// What is left of the right-hand side.
    var residual: Double { right[right.count - 1].magnitude }
    /// Whether another vector can be taken.
    var isOpen: Bool { columns.count < Self.restart && !isBroken }
    /// The vector whose answer comes next.
    var last: [Double] { basis[basis.count - 1] }

    /// Takes the answer to the last vector.
    mutating func take(_ answer: [Double]) {
        var vector = answer
        var column: [Double] = []
        for known in basis {
            var share = 0.0
            for index in vector.indices { share += vector[index] * known[index] }
            for index in vector.indices { vector[index] -= share * known[index] }
            column.append(share)
        }
        let size = vector.norm
        for (index, turn) in rotations.enumerated() {
            (column[index], column[index + 1]) = (
                turn.cosine * column[index] + turn.sine * column[index + 1], turn.cosine * column[index + 1] - turn.sine * column[index]
            )
        }
        let place = columns.count
        let length = (column[place] * column[place] + size * size).squareRoot()
        guard length > 0 && length.isFinite else {
            isBroken = true
            return
        }
        let turn = (cosine: column[place] / length, sine: size / length)
        column[place] = length
        rotations.append(turn)
        columns.append(column)
        right.append(-turn.sine * right[place])
        right[place] *= turn.cosine
        if size <= 1e-14 * length { isBroken = true }
        basis.append(size > 0 ? vector.map { $0 / size } : vector)
    }

    /// Adds the best combination to an answer.
    func add(to answer: inout [Double]) {
        var shares = [Double](repeating: 0, count: columns.count)
        for row in columns.indices.reversed() {
            var rest = right[row]
            for column in row + 1..<max(columns.count, row + 1) { rest -= columns[column][row] * shares[column] }
            shares[row] = rest / columns[row][row]
        }
        for (share, known) in zip(shares, basis) {
            for index in answer.indices { answer[index] += share * known[index] }
        }
    }
}

extension [Double] {
    /// Euclidean length.
    fileprivate var norm: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
