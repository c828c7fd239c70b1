/// What a pass over the strands finds.
struct StrandReading {
    /// Greatest error of a free strand, Pa.
    var worst = 0.0
    /// Largest flow, kg/s.
    var largest = 0.0
    /// Largest of the numbers that errors are differences of, Pa.
    var level = 0.0
    /// Derivative of the content along the last step: the errors' work.
    var descent = 0.0

    @inline(__always)
    fileprivate mutating func note(_ value: StrandFlow, _ gravity: Double) {
        descent -= value.step * value.error
        let (error, flow) = (value.error.magnitude, value.flow.magnitude)
        if flow > largest { largest = flow }
        if gravity.magnitude > level { level = gravity.magnitude }
        // An error that is not a number is the greatest and stays it.
        if value.hold == .free && !(error <= worst) { worst = error.isNaN ? .infinity : error }
    }
}

/// One pass over the strands: laws, and the system of the next step.
///
/// The right-hand side goes by the flow that each strand would have if no potential changed, so that imbalances left by rounding are
/// taken out by the next step.
struct StrandAssembly {
    let network: StrandNetwork
    let laws: LinkLaws
    let table: StrandTable
    /// Least slope that enters the matrix, Pa s/kg.
    let floor: Double
    /// Conductance of held strands in the matrix.
    let leak: Double
    /// Whether slopes are those of chords to the flows that the drives would make.
    let isChord: Bool

    /// Strands without machines.
    func run(
        _ range: Range<Int>, _ potential: [Double], _ values: inout [StrandFlow], _ diagonal: inout [Double], _ offDiagonal: inout [Double],
        _ lacking: inout [Double], _ reading: inout StrandReading
    ) {
        let (from, to, slot) = (network.from.span, network.to.span, network.slot.span)
        let (law, points, potential) = (table.laws.span, table.points.span, potential.span)
        var values = values.mutableSpan
        var diagonal = diagonal.mutableSpan
        var offDiagonal = offDiagonal.mutableSpan
        var lacking = lacking.mutableSpan
        for strand in range {
            let (first, second) = (Int(from[strand]), Int(to[strand]))
            var value = values[strand]
            let drive = potential[first] - potential[second] - law[strand].gravity
            let size = value.flow.magnitude
            var chord = law[strand].resistance * size
            var slope = 2 * chord
            if size < law[strand].linearFlow { (chord, slope) = table.small(strand, size, network, laws) }
            for place in Int(law[strand].firstFriction)..<Int(law[strand].frictionEnd) {
                chord += points[place].chord
                slope += points[place].slope
            }
            let loss = value.flow * chord
            value.error = drive - loss
            let point = LossPoint(loss: loss, slope: slope)
            value.conductance = value.hold == .free ? 1 / max(self.slope(law[strand], point, drive, size), floor) : 0
            values[strand] = value
            reading.note(value, law[strand].gravity)
            let entry = SystemEntry(value, first == second ? 0 : leak)
            entry.add(first, second, Int(slot[strand]), &diagonal, &offDiagonal, &lacking)
        }
    }

    /// Strands with machines.
    func runMixed(
        _ range: Range<Int>, _ potential: [Double], _ values: inout [StrandFlow], _ diagonal: inout [Double], _ offDiagonal: inout [Double],
        _ lacking: inout [Double], _ reading: inout StrandReading
    ) {
        var diagonal = diagonal.mutableSpan
        var offDiagonal = offDiagonal.mutableSpan
        var lacking = lacking.mutableSpan
        for strand in range {
            let (first, second) = (Int(network.from[strand]), Int(network.to[strand]))
            var value = values[strand]
            let law = table.laws[strand]
            var point = LossPoint(loss: 0, slope: 0)
            for entry in Int(network.start[strand])..<Int(network.start[strand + 1]) {
                let link = Int(network.links[entry])
                let sign = network.isAgainst[link] ? -1.0 : 1.0
                let one = laws.loss(link, sign * value.flow)
                point.loss += sign * one.loss
                point.slope += one.slope
                if one.loss.magnitude > reading.level { reading.level = one.loss.magnitude }
            }
            value.error = potential[first] - potential[second] - law.gravity - point.loss
            let slope = isChord ? point.slope : value.flow == 0 ? law.startSlope : point.slope
            value.conductance = value.hold == .free ? 1 / max(slope, floor) : 0
            values[strand] = value
            reading.note(value, law.gravity)
            let entry = SystemEntry(value, first == second ? 0 : leak)
            entry.add(first, second, Int(network.slot[strand]), &diagonal, &offDiagonal, &lacking)
        }
    }

    /// Slope for the matrix, Pa s/kg: of the chord to about the flow that the drive would make.
    @inline(__always)
    private func slope(_ law: StrandTable.Law, _ point: LossPoint, _ drive: Double, _ size: Double) -> Double {
        guard isChord else { return size == 0 ? law.startSlope : point.slope }
        // At rest and in laminar flow: the law will bend.
        if point.slope * size <= 1.3 * point.loss.magnitude {
            return max(point.slope, (drive.magnitude * (law.resistance + 0.03 * law.friction)).squareRoot())
        }
        return point.squareChord(drive)
    }
}

/// What a strand puts into the system of the next step.
private struct SystemEntry {
    let conductance: Double
    let flow: Double

    @inline(__always)
    init(_ value: StrandFlow, _ leak: Double) {
        conductance = value.hold == .free ? value.conductance : leak
        flow = value.flow + value.conductance * value.error
    }

    @inline(__always)
    func add(
        _ first: Int, _ second: Int, _ slot: Int, _ diagonal: inout MutableSpan<Double>, _ offDiagonal: inout MutableSpan<Double>,
        _ lacking: inout MutableSpan<Double>
    ) {
        // A strand that ends where it began changes no balance.
        if first == second { return }
        diagonal[first] += conductance
        diagonal[second] += conductance
        lacking[first] -= flow
        lacking[second] += flow
        if slot >= 0 { offDiagonal[slot] -= conductance }
    }
}
