import Hydraulics
import NetworkModel
import Quantities

/// The dwellings behind one common valve as choosing their presets sees them: what each branch has, and how all of it
/// falls when the group as a whole takes more.
///
/// Where inlet and riser take most of the pressure, a dwelling's pressure follows the group's own flow: rounding that lets
/// the group take 1 % more costs the branches 2 % of all that is lost above them, which may be a third of what they have.
/// So presets are judged at the flow at which supply and demand of the group meet, not at pressures held as they are.
struct GroupResponse: Sendable {
    /// The dwellings.
    var branches: [Branch]
    /// Flow of the group in the last forward solve, kg/s.
    var flow = 0.0
    /// Sum of the design flows, kg/s.
    var design = 0.0
    /// Loss of the common valve in the last forward solve, Pa, and its Kv there; 0 without one.
    var commonLoss = 0.0
    var commonKv = 0.0

    /// What the valves above do about the pressure of the branches.
    struct Supply {
        /// Pressure that valves above the common one gave up for the group, Pa.
        var gain = 0.0
        /// (Kv of the common valve in the last solve / its Kv now)².
        var commonFactor = 1.0
    }

    /// Pressure of a branch when the group takes `ratio` times its flow of the last solve, Pa.
    @inline(__always)
    func pressure(_ branch: Branch, _ ratio: Double, _ supply: Supply) -> Double {
        let square = ratio * ratio
        return branch.aim + supply.gain + commonLoss * (1 - square * supply.commonFactor) + branch.feedback * (1 - square)
    }

    /// Presets for a supply, and what they cost where supply and demand meet.
    struct Choice {
        /// Preset by branch, a place in its grid; −1 without one.
        var places: [Int]
        var cost = Double.infinity
        /// Flow over that of the last solve.
        var ratio = 1.0
    }

    /// Chooses the best preset of every branch.
    ///
    /// Presets are first chosen for the pressures at the design flow, then once more for those that come of them, and the
    /// better of the two is kept.
    /// - Parameter passes: how often presets are chosen.
    /// - Complexity: O(branches · log presets).
    func choose(_ supply: Supply, _ presets: PresetChoice, passes: Int = 2) -> Choice {
        guard flow > 0, design > 0 else {
            return Choice(places: branches.map { _ in -1 }, cost: 0, ratio: 1)
        }
        var best = Choice(places: [])
        var ratio = min(max(design / flow, 0.5), 2)
        var resistance = [Double](repeating: 0, count: branches.count)
        var places = [Int](repeating: -1, count: branches.count)
        for _ in 0..<passes {
            for (position, branch) in branches.enumerated() {
                let aim = pressure(branch, ratio, supply)
                if let grid = branch.model >= 0 ? presets.grids[branch.model] : nil {
                    let place = presets.costs.best(branch, aim: aim, grid: grid).place
                    places[position] = place
                    resistance[position] = branch.unitLoss / (grid.kv[place] * grid.kv[place]) + branch.terminal
                } else {
                    // A valve without steps, or with ones too fine to matter, gives what is asked while it can.
                    let least = branch.unitLoss / (branch.fullyOpen * branch.fullyOpen) + branch.terminal
                    resistance[position] = max(aim, least)
                }
            }
            let met = meet(supply, resistance, from: ratio)
            let cost = self.cost(supply, resistance, ratio: met, presets)
            if cost < best.cost { best = Choice(places: places, cost: cost, ratio: met) }
            if abs(met - ratio) < 1e-4 { break }
            ratio = met
        }
        return best
    }

    /// The ratio at which the branches take what the group has: Newton on a convex falling function.
    private func meet(_ supply: Supply, _ resistance: [Double], from start: Double) -> Double {
        var ratio = start
        for _ in 0..<4 {
            var (taken, slope) = (0.0, 0.0)
            for (branch, resistance) in zip(branches, resistance) where resistance > 0 {
                let there = max(pressure(branch, ratio, supply), 1e-3 * resistance)
                let root = (there / resistance).squareRoot()
                taken += branch.design * root
                slope -= branch.design / (root * resistance) * ratio * (commonLoss * supply.commonFactor + branch.feedback)
            }
            let step = (taken - ratio * flow) / (slope - flow)
            ratio = min(max(ratio - step, 0.5 * ratio), 2 * ratio)
            if step.magnitude < 1e-5 { break }
        }
        return ratio
    }

    private func cost(_ supply: Supply, _ resistance: [Double], ratio: Double, _ presets: PresetChoice) -> Double {
        var sum = 0.0
        for (branch, resistance) in zip(branches, resistance) where resistance > 0 {
            let there = pressure(branch, ratio, supply)
            let miss = there > 1e-9 * resistance ? 0.5 * logarithm(there / resistance) : -14
            sum += presets.costs.cost(miss, shortfallWeight: branch.shortfallWeight)
            sum += presets.costs.noise(loss: there * (1 - branch.terminal / resistance), quiet: branch.quiet)
        }
        return sum
    }
}
