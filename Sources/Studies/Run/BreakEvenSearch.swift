import Reporting

/// Finds where an output crosses a limit while a factor moves, all else as in the base case.
///
/// The factor's range is cut into eight; every part at whose ends the output lies on different sides of the limit holds a
/// crossing, which halving narrows to the tolerance, and the last part is interpolated linearly. Of several crossings the one
/// nearest the base case is given, and their number. Rosters of one draw are nested in the open rate, so that along a search
/// the rate alone changes; with several draws their mean is watched.
struct BreakEvenSearch {
    /// What a search found.
    struct Finding: Sendable {
        /// Where the output crosses the limit; NaN where it does not.
        var value = Double.nan
        /// Crossings in the range.
        var crossings = 0
        /// Output at the lowest and highest value.
        var ends = (low: Double.nan, high: Double.nan)
        /// Width of the last part.
        var width = Double.nan
        /// Scenarios run.
        var evaluations = 0
        /// How it ended.
        var status = Status.never

        /// How a search ended.
        enum Status: String, Sendable {
            /// A crossing was found.
            case found
            /// The output stays on one side of the limit.
            case never
            /// A scenario has no answer.
            case failed
        }
    }

    private static var parts: Int { 8 }

    let model: StudyModel
    let question: BreakEven

    /// Runs the search.
    func run(_ worker: inout ScenarioWorker) -> Finding {
        var finding = Finding()
        let range = model.study.factors[question.factor].range
        let points = (0...Self.parts).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(Self.parts) }
        var values: [Double] = []
        for point in points {
            let value = excess(at: point, &worker, &finding)
            guard value.isFinite else {
                finding.status = .failed
                return finding
            }
            values.append(value)
        }
        finding.ends = (values[0] + question.limit, values[Self.parts] + question.limit)
        let crossed = (0..<Self.parts).filter { (values[$0] < 0) != (values[$0 + 1] < 0) }
        finding.crossings = crossed.count
        let base = model.study.factors[question.factor].base ?? points[Self.parts]
        guard let part = crossed.min(by: { distance(points, $0, base) < distance(points, $1, base) }) else { return finding }
        var low = (x: points[part], y: values[part])
        var high = (x: points[part + 1], y: values[part + 1])
        while high.x - low.x > question.tolerance && finding.evaluations < 200 * question.draws {
            let middle = 0.5 * (low.x + high.x)
            let value = excess(at: middle, &worker, &finding)
            guard value.isFinite else {
                finding.status = .failed
                return finding
            }
            if (value < 0) == (low.y < 0) { low = (middle, value) } else { high = (middle, value) }
        }
        finding.width = high.x - low.x
        finding.value = low.x + (high.x - low.x) * (low.y == high.y ? 0.5 : low.y / (low.y - high.y))
        finding.status = .found
        return finding
    }

    private func distance(_ points: [Double], _ part: Int, _ base: Double) -> Double {
        (0.5 * (points[part] + points[part + 1]) - base).magnitude
    }

    /// Output less the limit, mean over the draws.
    private func excess(at value: Double, _ worker: inout ScenarioWorker, _ finding: inout Finding) -> Double {
        var sum = 0.0
        for draw in 1...question.draws {
            var scenario = model.scenarios[0]
            scenario.block = .design
            scenario.values[question.factor] = value
            if question.draws > 1 { scenario.draw = draw }
            let result = worker.evaluate(scenario).result
            finding.evaluations += 1
            let output = question.output.output
            if let zone = question.zone, let place = Output.zonal.firstIndex(of: output) {
                sum += result.zones[zone.position][place]
            } else {
                sum += result[output]
            }
        }
        return sum / Double(question.draws) - question.limit
    }

    /// Names of the columns of `break_evens.csv`.
    static let columns = [
        "id", "factor", "output", "zone", "limit", "status", "value", "crossings", "output_at_lowest", "output_at_highest",
        "width", "evaluations",
    ]

    /// The header as a line.
    static var headerLine: [UInt8] { ResultTable(columns, rows: 1).bytes }

    /// The row of a finding.
    func line(_ finding: Finding) -> [UInt8] {
        var row = ResultTable(continuing: Self.columns.count)
        row.add(question.id)
        row.add(model.study.factors[question.factor].id)
        row.add(question.output.rawValue)
        row.add(question.zone.map { model.network.zones[$0].id })
        row.add(question.limit)
        row.add(finding.status.rawValue)
        // Five digits beyond the width say nothing.
        row.add((finding.value * 1e6).rounded() / 1e6)
        row.add(finding.crossings)
        row.add(question.output.output.rounded(finding.ends.low))
        row.add(question.output.output.rounded(finding.ends.high))
        row.add(finding.width)
        row.add(finding.evaluations)
        return row.bytes
    }
}
