/// A straight axis: which place of a picture stands for which value, and where its ticks are.
struct Axis {
    /// Values at the two ends.
    let values: ClosedRange<Double>
    /// Picture coordinates of the lower and the upper end.
    let start, end: Double
    /// Distance of ticks, a round number.
    let step: Double

    /// An axis whose ends are widened to ticks where `rounds`; about so many ticks.
    init(from lowest: Double, to highest: Double, start: Double, end: Double, ticks: Int, rounds: Bool = true) {
        let low = lowest.isFinite ? lowest : 0
        let high = highest.isFinite && highest > low ? highest : low + 1
        step = Self.roundStep((high - low) / Double(max(ticks, 1)))
        values = rounds ? (low / step).rounded(.down) * step...(high / step).rounded(.up) * step : low...high
        self.start = start
        self.end = end
    }

    /// Where a value stands.
    func place(_ value: Double) -> Double {
        start + (value - values.lowerBound) / (values.upperBound - values.lowerBound) * (end - start)
    }

    /// The values of the ticks.
    var ticks: [Double] {
        let first = (values.lowerBound / step - 1e-9).rounded(.up)
        let last = (values.upperBound / step + 1e-9).rounded(.down)
        guard last >= first, last - first < 1000 else { return [] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// Decimals that tell two ticks apart.
    var decimals: Int { step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3 }

    /// A value as its ticks are written.
    func text(_ value: Double) -> String { DisplayNumber.fixed(value, decimals) }

    /// The 1, 2 or 5 times a power of ten that is not below a distance.
    private static func roundStep(_ distance: Double) -> Double {
        guard distance > 0, distance.isFinite else { return 1 }
        var power = 1.0
        while power * 10 <= distance { power *= 10 }
        while power > distance { power /= 10 }
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= distance * 0.999 } ?? power * 10
    }
}

extension Drawing {
    /// Grid lines and numbers of an upright axis, its grid from `left` to `right`; without a name where the
    /// caller sets it elsewhere.
    mutating func upright(_ axis: Axis, left: Double, right: Double, name: Phrase?, number: (Double) -> String) {
        var grid = Path()
        for tick in axis.ticks {
            let y = axis.place(tick)
            grid.move(left, y)
            grid.line(right, y)
            text(number(tick), x: left - 6, y: y + 4, anchor: .end, style: "axis")
        }
        path(grid, style: "grid")
        if let name { text(name, x: left - 6, y: min(axis.start, axis.end) - 10, style: "axis strong") }
    }

    /// Grid lines and numbers of a level axis, its grid from `top` to `bottom`; the name stands below the numbers.
    mutating func level(_ axis: Axis, top: Double, bottom: Double, name: Phrase, number: (Double) -> String) {
        var grid = Path()
        for tick in axis.ticks {
            let x = axis.place(tick)
            grid.move(x, top)
            grid.line(x, bottom)
            text(number(tick), x: x, y: bottom + 16, anchor: .middle, style: "axis")
        }
        path(grid, style: "grid")
        text(name, x: max(axis.start, axis.end), y: bottom + 34, anchor: .end, style: "axis strong")
    }
}
