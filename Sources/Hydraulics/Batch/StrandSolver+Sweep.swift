/// One pass over all strands: step, laws, next system.
extension StrandSolver {
    /// Moves flows by the potentials as they are, evaluates every law there and assembles the system of the next step.
    ///
    /// - Parameters:
    ///   - friction: by which law.
    ///   - active: 1 in lanes that are being solved; the others get an identity.
    ///   - moving: 1 in lanes whose flows move.
    /// - Returns: the greatest error of an open strand's pressure equation, Pa; infinite where friction is not known well enough.
    @discardableResult
    mutating func sweep(_ friction: StrandFriction = .exact, active: Quad, moving: Quad) -> Quad {
        system.clear(active: active)
        let pass = StrandPass(network, foresight, friction, active, moving, floor: laws.single.slopeFloor, limits: (rootLimit, near))
        return pass.plain(laws, potential, system.change, share, &values, &system.diagonal, &system.offDiagonal, &system.lacking)
            .orGreater(pass.piped(laws, laws.piped, potential, system.change, share, &values, &root, &ratio, &known, &system.diagonal, &system.offDiagonal, &system.lacking))
            .orGreater(pass.piped(laws, laws.mixed, potential, system.change, share, &values, &root, &ratio, &known, &system.diagonal, &system.offDiagonal, &system.lacking))
    }
}

/// By which law a pass finds friction.
enum StrandFriction {
    /// By ``StrandForesight``.
    case foreseen
    /// By Darcy and Colebrook, from foreseen roots.
    case first
    /// By Darcy and Colebrook, from the roots of the pass before; where the flow has hardly moved, along their tangents.
    case exact
}

/// What a pass needs beside the arrays.
private struct StrandPass {
    let network: StrandNetwork
    let foresight: StrandForesight
    let friction: StrandFriction
    let active: Quad
    let moving: Quad
    let floor: Quad
    let rootLimit: Double
    let near: Double

    init(
        _ network: StrandNetwork, _ foresight: StrandForesight, _ friction: StrandFriction, _ active: Quad, _ moving: Quad, floor: Double,
        limits: (root: Double, near: Double)
    ) {
        (self.network, self.foresight, self.friction) = (network, foresight, friction)
        (rootLimit, near) = limits
        (self.active, self.moving, self.floor) = (active, moving, Quad(repeating: floor))
    }

    /// Strands of resistances alone.
    func plain(
        _ laws: StrandLaws, _ potential: [Quad], _ change: [Quad], _ share: [Quad], _ values: inout [StrandValue],
        _ diagonal: inout [Quad], _ offDiagonal: inout [Quad], _ lacking: inout [Quad]
    ) -> Quad {
        let (from, to, slot, law) = (network.from.span, network.to.span, network.slot.span, laws.strands.span)
        let (potential, change, share) = (potential.span, change.span, share.span)
        var values = values.mutableSpan
        var diagonal = diagonal.mutableSpan
        var offDiagonal = offDiagonal.mutableSpan
        var lacking = lacking.mutableSpan
        var worst = Quad.zero
        for strand in laws.plain {
            let (first, second) = (Int(from[strand]), Int(to[strand]))
            let weight = share[strand] * active
            let drive = potential[first] - potential[second] - law[strand].gravity
            var value = values[strand]
            value.flow += moving * value.conductance * (value.error + change[first] - change[second])
            let size = value.flow.magnitudes
            var present = size * law[strand].resistance
            var least = Quad.zero
            let isSmall = (size .< law[strand].linearFlow) .& (weight .> 0)
            if any(isSmall) {
                let exact = laws.small(strand, size)
                present.replace(with: exact.chord, where: isSmall)
                least.replace(with: exact.slope, where: isSmall)
            }
            value.error = drive - value.flow * present
            // The chord to the flow that the drive would make, as ResistanceLaw.chord(_:_:).
            let target = (law[strand].resistance * drive.magnitudes).roots
            let sum = present + target
            var slope = sum
            let isTurning = (value.flow * drive .< 0) .& (weight .> 0)
            if any(isTurning) { slope.replace(with: (present * present + target * target) / sum, where: isTurning) }
            value.conductance = weight / slope.orGreater(least).orGreater(floor)
            values[strand] = value
            worst = worst.orGreater(value.error.magnitudes * weight)
            let entry = SystemEntry(value, weight)
            entry.add(between: first, second, &diagonal, &lacking)
            if slot[strand] >= 0 { offDiagonal[Int(slot[strand])] -= entry.conductance }
        }
        return worst
    }

    /// Strands with pipes, and in the last range with machines as well.
    func piped(
        _ laws: StrandLaws, _ range: Range<Int>, _ potential: [Quad], _ change: [Quad], _ share: [Quad], _ values: inout [StrandValue],
        _ root: inout [Quad], _ ratio: inout [Quad], _ known: inout [Quad], _ diagonal: inout [Quad], _ offDiagonal: inout [Quad],
        _ lacking: inout [Quad]
    ) -> Quad {
        let (from, to, slot, law, pipes) = (
            network.from.span, network.to.span, network.slot.span, laws.strands.span, laws.pipes.span
        )
        let (potential, change, share) = (potential.span, change.span, share.span)
        var values = values.mutableSpan
        var root = root.mutableSpan
        var ratio = ratio.mutableSpan
        var known = known.mutableSpan
        var diagonal = diagonal.mutableSpan
        var offDiagonal = offDiagonal.mutableSpan
        var lacking = lacking.mutableSpan
        let machines = laws.machines.span
        let (foreseen, starts, begin) = (foresight.friction.span, foresight.roots.span, foresight.first)
        var worst = Quad.zero
        var machine = 0
        for strand in range {
            let (first, second) = (Int(from[strand]), Int(to[strand]))
            let weight = share[strand] * active
            let drive = potential[first] - potential[second] - law[strand].gravity
            var value = values[strand]
            value.flow += moving * value.conductance * (value.error + change[first] - change[second])
            let size = value.flow.magnitudes
            var chord = size * law[strand].resistance
            var slope = 2 * chord
            let isSmall = (size .< law[strand].linearFlow) .& (weight .> 0)
            if any(isSmall) {
                let exact = laws.small(strand, size)
                chord.replace(with: exact.chord, where: isSmall)
                slope.replace(with: exact.slope, where: isSmall)
            }
            var moved = Quad.zero
            if friction == .foreseen {
                let point = StrandForesight.friction(foreseen[strand - begin], size: size)
                chord += point.chord
                slope += point.slope
            } else {
                let range = Int(law[strand].firstPipe)..<Int(law[strand].pipeEnd)
                let place = friction == .first ? StrandForesight.place(foreseen[strand - begin], size: size) : .zero
                // Lane by lane, so that a state has the same answer whatever stands beside it.
                let shift = (size / known[strand] - 1).replacing(with: 0, where: weight .== 0)
                let isNear = friction == .first ? .init(repeating: false) : (shift.magnitudes .<= near) .| (weight .== 0)
                let begun = (chord: chord, slope: slope)
                if !all(isNear) {
                    var isTurbulent = SIMDMask<SIMD4<Int64>>(repeating: true)
                    for pipe in range {
                        var start = friction == .first ? StrandForesight.root(starts[pipe], at: place) : root[pipe]
                        var point = FrictionQuad(pipes[pipe], size: size, root: &start)
                        if any(point.isBetween) { laws.setBetween(&point, pipe, size) }
                        chord += point.chord
                        slope += point.slope
                        moved = moved.orGreater(point.moved.replacing(with: 0, where: isNear))
                        root[pipe].replace(with: start, where: .!isNear)
                        ratio[pipe].replace(with: point.ratio, where: .!isNear)
                        isTurbulent = isTurbulent .& point.isTurbulent
                    }
                    let isGuide = isTurbulent .& (moved .<= rootLimit)
                    known[strand].replace(with: Quad.zero.replacing(with: size, where: isGuide), where: .!isNear)
                }
                if any(isNear) {
                    var (own, ownSlope) = begun
                    for pipe in range {
                        let x = root[pipe] * (1 + ratio[pipe] * shift)
                        let turbulent = size * (pipes[pipe].friction / (x * x))
                        own += turbulent
                        ownSlope += 2 * turbulent * (1 - ratio[pipe])
                    }
                    chord.replace(with: own, where: isNear)
                    slope.replace(with: ownSlope, where: isNear)
                }
            }
            value.error = drive - value.flow * chord
            while machine < machines.count && machines[machine].strand <= strand {
                if machines[machine].strand == strand { add(machines[machine], laws, &value, &slope) }
                machine += 1
            }
            value.conductance = weight / slope.orGreater(floor)
            values[strand] = value
            let known = value.error.magnitudes.replacing(with: .infinity, where: moved .> rootLimit)
            worst = worst.orGreater(known.replacing(with: 0, where: weight .== 0))
            let entry = SystemEntry(value, weight)
            entry.add(between: first, second, &diagonal, &lacking)
            if slot[strand] >= 0 { offDiagonal[Int(slot[strand])] -= entry.conductance }
        }
        return worst
    }

    /// Adds the law of a pump or formula, state by state.
    @inline(never)
    private func add(_ machine: StrandLaws.Machine, _ laws: StrandLaws, _ value: inout StrandValue, _ slope: inout Quad) {
        for lane in 0..<4 {
            let point = laws.single.loss(machine.link, machine.sign * value.flow[lane])
            value.error[lane] -= machine.sign * point.loss
            slope[lane] += point.slope
        }
    }
}

/// What a strand puts into the system of the next step.
private struct SystemEntry {
    let conductance: Quad
    /// The flow that the strand would have if no potential changed, kg/s.
    private let flow: Quad

    @inline(__always)
    init(_ value: StrandValue, _ weight: Quad) {
        conductance = value.conductance
        flow = weight * value.flow + value.conductance * value.error
    }

    @inline(__always)
    func add(between first: Int, _ second: Int, _ diagonal: inout MutableSpan<Quad>, _ lacking: inout MutableSpan<Quad>) {
        diagonal[first] += conductance
        diagonal[second] += conductance
        lacking[first] -= flow
        lacking[second] += flow
    }
}
