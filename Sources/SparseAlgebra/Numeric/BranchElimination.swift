/// The numeric loops over rows with at most two neighbours: unit lower triangle times diagonal.
struct BranchElimination {
    private let runs: View<BranchPlan.Run>
    private let target: View<Int32>
    private let changed: View<Int32>
    private let rowOfStep: View<Int32>
    private let entries: MutableView<Double>
    private let pivots: MutableView<Double>
    private let smallestRatio: Double

    init(
        plan: BranchPlan, rowOfStep: View<Int32>, entries: MutableView<Double>, pivots: MutableView<Double>,
        smallestRatio: Double
    ) {
        runs = plan.runs.view
        target = plan.target.view
        changed = plan.changed.view
        self.rowOfStep = rowOfStep
        self.entries = entries
        self.pivots = pivots
        self.smallestRatio = smallestRatio
    }

    /// Replaces entries by multipliers and pivots by their reciprocals.
    func factor(_ diagonal: [Double]) throws(FactorizationFailure) {
        for index in 0..<runs.count {
            let run = runs[index]
            switch run.neighbors {
            case 0: for step in run.begin..<run.end { _ = try reciprocalPivot(step, diagonal) }
            case 1: try factorLeaves(run, diagonal)
            default: try factorPairs(run, diagonal)
            }
        }
    }

    @inline(__always)
    private func reciprocalPivot(_ step: Int, _ diagonal: [Double]) throws(FactorizationFailure) -> Double {
        let original = diagonal[Int(rowOfStep[step])]
        let pivot = original + pivots[step]
        // Written so that NaN fails.
        guard pivot > smallestRatio * original, pivot > 0, pivot < .infinity else {
            throw FactorizationFailure(row: Int(rowOfStep[step]), pivot: pivot)
        }
        let reciprocal = 1 / pivot
        pivots[step] = reciprocal
        return reciprocal
    }

    private func factorLeaves(_ run: BranchPlan.Run, _ diagonal: [Double]) throws(FactorizationFailure) {
        for step in run.begin..<run.end {
            let reciprocal = try reciprocalPivot(step, diagonal)
            let entry = run.firstEntry &+ step &- run.begin
            let value = entries[entry]
            let multiplier = value * reciprocal
            entries[entry] = multiplier
            pivots[Int(target[entry])] -= multiplier * value
        }
    }

    private func factorPairs(_ run: BranchPlan.Run, _ diagonal: [Double]) throws(FactorizationFailure) {
        for step in run.begin..<run.end {
            let reciprocal = try reciprocalPivot(step, diagonal)
            let entry = run.firstEntry &+ 2 &* (step &- run.begin)
            let first = entries[entry]
            let second = entries[entry &+ 1]
            let firstMultiplier = first * reciprocal
            let secondMultiplier = second * reciprocal
            entries[entry] = firstMultiplier
            entries[entry &+ 1] = secondMultiplier
            pivots[Int(target[entry])] -= firstMultiplier * first
            pivots[Int(target[entry &+ 1])] -= secondMultiplier * second
            entries[Int(changed[run.firstChanged &+ step &- run.begin])] -= firstMultiplier * second
        }
    }

    /// Forward substitution: subtracts each row, times its multipliers, from its neighbours.
    func solveForward(_ x: MutableView<Double>) {
        for index in 0..<runs.count {
            let run = runs[index]
            switch run.neighbors {
            case 0: break
            case 1:
                for step in run.begin..<run.end {
                    let entry = run.firstEntry &+ step &- run.begin
                    x[Int(target[entry])] -= entries[entry] * x[step]
                }
            default:
                for step in run.begin..<run.end {
                    let entry = run.firstEntry &+ 2 &* (step &- run.begin)
                    x[Int(target[entry])] -= entries[entry] * x[step]
                    x[Int(target[entry &+ 1])] -= entries[entry &+ 1] * x[step]
                }
            }
        }
    }

    /// Division by the pivots and back substitution.
    func solveBackward(_ x: MutableView<Double>) {
        for index in (0..<runs.count).reversed() {
            let run = runs[index]
            switch run.neighbors {
            case 0: for step in run.begin..<run.end { x[step] *= pivots[step] }
            case 1:
                for step in (run.begin..<run.end).reversed() {
                    let entry = run.firstEntry &+ step &- run.begin
                    x[step] = x[step] * pivots[step] - entries[entry] * x[Int(target[entry])]
                }
            default:
                for step in (run.begin..<run.end).reversed() {
                    let entry = run.firstEntry &+ 2 &* (step &- run.begin)
                    x[step] =
                        x[step] * pivots[step] - entries[entry] * x[Int(target[entry])]
                        - entries[entry &+ 1] * x[Int(target[entry &+ 1])]
                }
            }
        }
    }
}
