/// The numeric loops over rows with at most two neighbours: unit lower triangle times diagonal.
struct BranchElimination<Element: Lanes> {
    private let runs: View<BranchPlan.Run>
    private let target: View<Int32>
    private let changed: View<Int32>
    private let views: FactorViews<Element>
    private let entries: MutableView<Element>
    private let pivots: MutableView<Element>

    init(_ plan: BranchPlan, _ views: FactorViews<Element>) {
        runs = plan.runs.view
        target = plan.target.view
        changed = plan.changed.view
        self.views = views
        entries = views.entries
        pivots = views.pivots
    }

    /// Replaces entries by multipliers and pivots by their reciprocals.
    func factor(_ diagonal: Span<Element>) throws(PivotFailure) {
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
    private func reciprocalPivot(_ step: Int, _ diagonal: Span<Element>) throws(PivotFailure) -> Element {
        let original = diagonal[Int(views.rowOfStep[step])]
        let pivot = original + pivots[step]
        try views.check(pivot, at: step, original: original)
        let reciprocal = .one / pivot
        pivots[step] = reciprocal
        return reciprocal
    }

    private func factorLeaves(_ run: BranchPlan.Run, _ diagonal: Span<Element>) throws(PivotFailure) {
        for step in run.begin..<run.end {
            let reciprocal = try reciprocalPivot(step, diagonal)
            let entry = run.firstEntry &+ step &- run.begin
            let value = entries[entry]
            let multiplier = value * reciprocal
            entries[entry] = multiplier
            pivots[Int(target[entry])] -= multiplier * value
        }
    }

    private func factorPairs(_ run: BranchPlan.Run, _ diagonal: Span<Element>) throws(PivotFailure) {
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
    func solveForward(_ x: MutableView<Element>) {
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
    func solveBackward(_ x: MutableView<Element>) {
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
