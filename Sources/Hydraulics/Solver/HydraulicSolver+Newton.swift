import NetworkModel
import SparseAlgebra

/// One Newton step and its line search.
extension HydraulicSolver {
    /// Pressure error that counts as none: the option, or rounding of the pressures themselves.
    var tolerance: Double {
        let largest = progress.largestPressure
        return options.pressureTolerance + (largest.isFinite ? 64 * largest.ulp : 0)
    }

    /// Sets errors and conductances from flows and pressures.
    mutating func evaluate() {
        laws.evaluate(compiled, mode: iterate.mode, pressure: iterate.pressure, &iterate.links)
        applyPenalties()
    }

    /// Sets the imbalance of every node from the flows.
    mutating func balance(_ state: CircuitState) {
        iterate.imbalance.balance(compiled, iterate.links, demand: state.demand, isPinned: reach.isPinned)
    }

    /// The greatest residuals of the iterate; notes the element of the greater one.
    mutating func measure() -> HydraulicResidual {
        var pressure = iterate.greatestError()
        let miss = greatestMiss()
        if miss.size > pressure.size || miss.size.isNaN { (pressure.size, pressure.place) = (miss.size, controls[miss.place].link) }
        let mass = iterate.greatestImbalance()
        (progress.largestFlow, progress.largestPressure) = (pressure.scale, mass.scale)
        if mass.place >= 0 && !(mass.size <= massTolerance) {
            progress.worst = element(node: mass.place)
        } else if pressure.place >= 0 {
            progress.worst = element(link: pressure.place)
        }
        progress.isBalanced = mass.size <= max(massTolerance, 1e-7 * laws.flowScale)
        return HydraulicResidual(mass: mass.size, pressure: pressure.size, switches: 0, step: progress.step)
    }

    /// Imbalance that counts as none: a hundredth of what the judge allows, so that making bounds and dead ends exact spoils nothing.
    var massTolerance: Double {
        max(options.absoluteMassTolerance, 0.01 * options.relativeMassTolerance * progress.largestFlow)
    }

    /// Whether a residual is small enough to stop.
    func passes(_ residual: HydraulicResidual) -> Bool {
        residual.pressure <= tolerance && residual.mass <= massTolerance
    }

    /// Whether a residual that passes also fixes the flows of links so wide that its pressures say little about them.
    ///
    /// In rings of such links a flow is known to error over slope. Where that is more than a millionth of the largest flow
    /// and not rounding of the pressures, the matrix is allowed more contrast and the iteration goes on.
    mutating func isSettled(_ residual: HydraulicResidual) -> Bool {
        guard passes(residual) else { return false }
        guard progress.refinements < 4 else { return true }
        let (close, noise) = (1e-6 * progress.largestFlow, 8 * progress.largestPressure.ulp)
        let cap = 0.999 * laws.conductance(ofSlope: 0)
        for link in iterate.looseLinks(noise: noise, close: close, cap: cap) {
            let (error, conductance) = (iterate.links[link].error.magnitude, iterate.links[link].conductance)
            let isCapped = conductance >= cap
            let slope = isCapped ? laws.loss(link, iterate.links[link].flow).slope : 1 / conductance
            guard slope > 0 && error > slope * close else { continue }
            progress.refinements += 1
            if isCapped {
                laws.lowerFloor()
                evaluate()
            }
            return false
        }
        return true
    }

    /// One iteration: factorise, solve, move, evaluate, step back along the line where the content rises, correct where it does not.
    mutating func step(_ state: CircuitState) throws(HydraulicFailure) {
        let held = try solveWithRegulation()
        progress.iterations += 1
        let start = iterate.links.move(compiled, change: system.change)
        iterate.move(held, 1)
        iterate.pressure.add(system.change)
        evaluate()
        progress.step = 1
        if progress.isBalanced { search(slopeAtStart: start, held) }
        balance(state)
        correct(state, length: -start)
    }

    /// Corrections with the matrix in hand, after a full step that no device objects to.
    ///
    /// A simplified Newton step costs one solve, and what it leaves falls by the factor by which it is shorter than the one before:
    /// an iteration with k of them is of order k + 2 (Shamanskii, Ukr. Mat. Zh. 19 (1967) 118). One that is not clearly shorter is not
    /// taken (the natural monotonicity test of Deuflhard, Newton Methods for Nonlinear Problems, 2004, §2.1.2, with the content's own
    /// measure of length, Σ step²/conductance).
    /// - Parameter length: the square of the length of the step before.
    private mutating func correct(_ state: CircuitState, length: Double) {
        guard progress.step == 1 && !progress.usedMultipliers && compiled.correctionsPay else { return }
        // Where the content still falls or rises steeply the matrix is far from right.
        if progress.isBalanced && iterate.links.slopeAlongStep().magnitude > 0.5 * length { return }
        var before = length
        for _ in 0..<options.corrections {
            if passes(measure()) || isSwitching { return }
            guard let held = correctWithRegulation() else { return }
            let length = iterate.links.propose(compiled, change: system.change)
            progress.corrections += 1
            guard length <= Self.contraction * Self.contraction * before else { return }
            iterate.links.go(1)
            iterate.move(held, 1)
            iterate.pressure.add(system.change)
            evaluate()
            balance(state)
            before = length
        }
    }

    /// How much shorter than the step before a correction must be.
    private static var contraction: Double { 0.4 }

    /// Factorises; where rounding makes the matrix singular, with more leak through held links and less contrast of conductances.
    ///
    /// Both only change the path of the iteration: errors and imbalances stay those of the exact laws.
    /// - Parameter regulating: places in the controls of devices whose flow is an unknown.
    mutating func factorise(_ regulating: [Int] = []) throws(HydraulicFailure) {
        let stand = regulating.map { (link: controls[$0].link, weight: controls[$0].weight) }
        var leak = 1e-10 * laws.flowScale / LinkLaws.expectedLoss
        var row = 0
        for _ in 0..<6 {
            do throws(FactorizationFailure) {
                try system.factorise(compiled, iterate, leak: leak, stand: stand)
                return
            } catch {
                row = error.row
                leak *= 100
                progress.refinements = .max
                laws.raiseFloor()
                iterate.links.limitConductance(to: laws.conductance(ofSlope: 0))
            }
        }
        throw failure(.singular, element(node: min(max(row, 0), compiled.nodes.count - 1)))
    }

    /// Looks for a point of the step where the content no longer falls or rises steeply.
    ///
    /// The content of the free links, less the work of the new pressures on them, is convex along the line, so its derivative rises
    /// from `slopeAtStart` < 0; a full step that leaves at most half of it in size is kept. Otherwise regula falsi (Illinois) on
    /// the derivative. Without regulating devices flows that balance are closed rings, on which pressures do no work, and
    /// this is the content itself; a regulating device has no content, but the links around it still have theirs.
    private mutating func search(slopeAtStart: Double, _ held: [HeldStep]) {
        guard slopeAtStart < 0 else { return }
        let goal = -0.5 * slopeAtStart
        var (low, slopeLow) = (0.0, slopeAtStart)
        var (high, slopeHigh) = (1.0, iterate.links.slopeAlongStep())
        guard slopeHigh > goal else { return }
        var share = 1.0
        for _ in 0..<12 {
            let next = min(max(low + (high - low) * slopeLow / (slopeLow - slopeHigh), low + 0.02 * (high - low)), high)
            iterate.links.go(next - share)
            iterate.move(held, next - share)
            evaluate()
            share = next
            let slope = iterate.links.slopeAlongStep()
            if slope.magnitude <= goal { break }
            if slope < 0 {
                (low, slopeLow) = (next, slope)
                slopeHigh /= 2
            } else {
                (high, slopeHigh) = (next, slope)
                slopeLow /= 2
            }
        }
        progress.step = share
    }
}
