/// The static pattern of the elimination of rows with at most two neighbours: positions for its numeric loops.
struct BranchPlan: Sendable {
    /// Steps with the same number of neighbours.
    struct Run: BitwiseCopyable {
        /// Neighbours of each row: 0, 1 or 2.
        var neighbors: Int
        /// First step.
        var begin: Int
        /// One past the last step.
        var end: Int
        /// First entry of the factor; each step has as many as it has neighbours.
        var firstEntry: Int
        /// First of the run's positions in `changed`, where steps have two neighbours.
        var firstChanged: Int
    }

    /// Runs in order of elimination.
    let runs: Memory<Run>
    /// The step at which the row of each entry is eliminated.
    let target: Memory<Int32>
    /// For each step with two neighbours, the entry between them.
    let changed: Memory<Int32>

    /// Rows eliminated.
    var order: Int { runs.view.count == 0 ? 0 : runs.view[runs.count - 1].end }

    /// - Parameters:
    ///   - stepOfRow: the step at which each row of the matrix is eliminated.
    ///   - entryOfEdge: the entry of each edge, original and fill.
    init(_ ordering: borrowing BranchOrdering, stepOfRow: [Int32], entryOfEdge: [Int32]) {
        var runs: [Run] = []
        var (entry, changed) = (0, 0)
        for run in ordering.runs {
            runs.append(
                Run(
                    neighbors: run.neighbors, begin: run.steps.lowerBound, end: run.steps.upperBound,
                    firstEntry: entry, firstChanged: changed))
            entry += run.neighbors * run.steps.count
            changed += run.neighbors == 2 ? run.steps.count : 0
        }
        self.runs = Memory(runs)
        target = Memory(ordering.neighbors.map { stepOfRow[Int($0)] })
        self.changed = Memory(ordering.changedEdges.map { entryOfEdge[Int($0)] })
    }

    /// Multiplications and additions.
    var flops: Double {
        let perStep = [1.0, 4.0, 10.0]
        return (0..<runs.count).reduce(0.0) { sum, index in
            let run = runs.view[index]
            return sum + perStep[run.neighbors] * Double(run.end - run.begin)
        }
    }
}
