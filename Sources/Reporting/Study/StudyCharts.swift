/// Axes of a chart: a frame in picture units and the values at its edges.
struct ChartFrame {
    /// Edges in picture units.
    var left = 56.0, right = 944.0, top = 16.0, bottom = 240.0
    /// Values at the edges.
    var x: ClosedRange<Double>
    var y: ClosedRange<Double>

    /// Place of a value.
    func x(_ value: Double) -> Double {
        let span = x.upperBound - x.lowerBound
        return left + (right - left) * (span > 0 ? (value - x.lowerBound) / span : 0.5)
    }
    /// Place of a value.
    func y(_ value: Double) -> Double {
        let span = y.upperBound - y.lowerBound
        return bottom - (bottom - top) * (span > 0 ? (value - y.lowerBound) / span : 0.5)
    }

    /// Round values across a range, about so many.
    static func ticks(_ range: ClosedRange<Double>, about count: Int) -> [Double] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite, count > 0 else { return [range.lowerBound] }
        var step = 1.0
        while step * Double(count) < span { step *= 10 }
        while step * Double(count) > span { step /= 10 }
        for factor in [1.0, 2, 5, 10] where step * factor * Double(count) >= span {
            step *= factor
            break
        }
        var ticks: [Double] = []
        var place = (range.lowerBound / step - 1e-9).rounded(.up)
        while place * step <= range.upperBound + 1e-9 * span {
            ticks.append(place * step)
            place += 1
        }
        return ticks
    }

    /// A tick as people write it.
    static func label(_ value: Double) -> String {
        let rounded = (value * 1e6).rounded() / 1e6
        for decimals in 0...4 {
            var scale = 1.0
            for _ in 0..<decimals { scale *= 10 }
            if ((rounded * scale).rounded() / scale - rounded).magnitude < 1e-9 * max(1, rounded.magnitude) {
                return DisplayNumber.fixed(rounded, decimals)
            }
        }
        return DisplayNumber.fixed(rounded, 5)
    }

    /// Draws grid lines and labels.
    func draw(_ drawing: inout Drawing, xTitle: String, yTitle: String) {
        for tick in Self.ticks(y, about: 4) {
            drawing.line(left, y(tick), right, y(tick), style: "grid")
            drawing.text(Self.label(tick), x: left - 6, y: y(tick) + 4, anchor: .end, style: "axis")
        }
        for tick in Self.ticks(x, about: 10) { drawing.text(Self.label(tick), x: x(tick), y: bottom + 16, anchor: .middle, style: "axis") }
        drawing.text(xTitle, x: right, y: bottom + 32, anchor: .end, style: "axis")
        drawing.text(yTitle, x: left, y: top - 4, style: "axis")
    }
}

/// A line through points.
struct CurveChart {
    /// What it shows, for those who cannot see it.
    var label: String
    var xTitle: String
    var yTitle: String
    /// Points in rising x; undefined ones are left out.
    var points: [(x: Double, y: Double)]
    /// Places on the x axis that a person looks for.
    var marks: [Double] = []

    /// The picture.
    var svg: String {
        var drawing = Drawing(width: 470, height: 260, label: Phrase(plain: label), language: .english)
        let shown = points.filter { $0.x.isFinite && $0.y.isFinite }
        guard let first = shown.first, let last = shown.last else { return drawing.svg }
        var low = shown.map(\.y).min() ?? 0
        var high = shown.map(\.y).max() ?? 1
        let margin = max(0.06 * (high - low), 1e-3 * max(high.magnitude, 1))
        (low, high) = (low - margin, high + margin)
        let frame = ChartFrame(left: 64, right: 456, top: 26, bottom: 212, x: min(first.x, last.x)...max(first.x, last.x), y: low...high)
        for tick in ChartFrame.ticks(frame.y, about: 4) {
            drawing.line(frame.left, frame.y(tick), frame.right, frame.y(tick), style: "grid")
            drawing.text(ChartFrame.label(tick), x: frame.left - 6, y: frame.y(tick) + 4, anchor: .end, style: "axis")
        }
        for tick in ChartFrame.ticks(frame.x, about: 6) {
            drawing.text(ChartFrame.label(tick), x: frame.x(tick), y: frame.bottom + 16, anchor: .middle, style: "axis")
        }
        drawing.text(xTitle, x: frame.right, y: frame.bottom + 34, anchor: .end, style: "axis")
        drawing.text(yTitle, x: 8, y: 14, style: "axis")
        for mark in marks where frame.x.contains(mark) {
            drawing.line(frame.x(mark), frame.top, frame.x(mark), frame.bottom, style: "target")
        }
        var path = Path()
        for (place, point) in shown.enumerated() {
            if place == 0 { path.move(frame.x(point.x), frame.y(point.y)) } else { path.line(frame.x(point.x), frame.y(point.y)) }
        }
        drawing.path(path, stroke: Palette.after, style: "curve")
        for point in shown where shown.count <= 60 {
            drawing.circle(
                x: frame.x(point.x), y: frame.y(point.y), radius: 3, fill: Palette.after,
                hover: Phrase(plain: "\(ChartFrame.label(point.x)): \(ChartFrame.label((point.y * 1000).rounded() / 1000))"))
        }
        return drawing.svg
    }
}

/// Horizontal bars with a name and a number each, from a zero line that stands where the values need it.
struct RankedBars {
    var label: String
    /// Bars from the top down; undefined values have a note instead.
    var bars: [(name: String, value: Double, text: String)]

    /// The picture.
    var svg: String {
        let row = 24.0
        var drawing = Drawing(width: 960, height: row * Double(max(bars.count, 1)) + 8, label: Phrase(plain: label), language: .english)
        let finite = bars.map(\.value).filter(\.isFinite)
        let (low, high) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 1))
        let frame = ChartFrame(left: 280, right: 840, x: low...(high > low ? high : low + 1), y: 0...1)
        for (place, bar) in bars.enumerated() {
            let y = 4 + row * Double(place)
            let name = bar.name.count > 38 ? String(bar.name.prefix(37)) + "…" : bar.name
            drawing.text(name, x: 270, y: y + 15, anchor: .end, style: "label")
            var end = frame.x(0)
            if bar.value.isFinite {
                let (a, b) = (min(frame.x(0), frame.x(bar.value)), max(frame.x(0), frame.x(bar.value)))
                drawing.rectangle(
                    x: a, y: y + 3, width: max(b - a, 1), height: row - 8, fill: bar.value < 0 ? Palette.before : Palette.after,
                    hover: Phrase(plain: "\(bar.name): \(bar.text)"))
                end = max(b, end)
            }
            drawing.text(bar.text, x: end + 6, y: y + 15, style: "axis")
        }
        drawing.line(frame.x(0), 0, frame.x(0), row * Double(max(bars.count, 1)) + 8, style: "grid")
        return drawing.svg
    }
}

/// Upright bars side by side.
struct ColumnChart {
    var label: String
    var xTitle: String
    var yTitle: String
    /// Columns from left to right.
    var columns: [(name: String, value: Double)]
    /// A dashed line before a column, with its text.
    var mark: (column: Double, text: String)?

    /// The picture.
    var svg: String {
        var drawing = Drawing(width: 960, height: 284, label: Phrase(plain: label), language: .english)
        let high = columns.map(\.value).filter(\.isFinite).max() ?? 1
        let frame = ChartFrame(x: 0...Double(max(columns.count, 1)), y: 0...max(high, 1e-9))
        for tick in ChartFrame.ticks(frame.y, about: 4) {
            drawing.line(frame.left, frame.y(tick), frame.right, frame.y(tick), style: "grid")
            drawing.text(ChartFrame.label(tick), x: frame.left - 6, y: frame.y(tick) + 4, anchor: .end, style: "axis")
        }
        let every = max(1, columns.count / 14)
        for (place, column) in columns.enumerated() {
            let (a, b) = (frame.x(Double(place)), frame.x(Double(place) + 1))
            if column.value.isFinite, column.value > 0 {
                drawing.rectangle(
                    x: a + 1, y: frame.y(column.value), width: max(b - a - 2, 0.5), height: frame.bottom - frame.y(column.value),
                    fill: Palette.after, hover: Phrase(plain: "\(column.name): \(ChartFrame.label((column.value * 100).rounded() / 100))"))
            }
            if place % every == 0 { drawing.text(column.name, x: 0.5 * (a + b), y: frame.bottom + 16, anchor: .middle, style: "axis") }
        }
        if let mark {
            drawing.line(frame.x(mark.column), frame.top - 6, frame.x(mark.column), frame.bottom, style: "target")
            drawing.text(mark.text, x: frame.x(mark.column) + 4, y: frame.top + 6, style: "axis")
        }
        drawing.text(xTitle, x: frame.right, y: frame.bottom + 34, anchor: .end, style: "axis")
        drawing.text(yTitle, x: frame.left, y: 12, style: "axis")
        return drawing.svg
    }
}

/// Spread of a value by group: a thin line, a bar and a mark.
struct SpreadChart {
    var label: String
    var xTitle: String
    /// Groups from the top down with quantiles at 2, 10, 50, 90 and 98 %.
    var groups: [(name: String, quantiles: [Double])]
    /// A value that a person looks for.
    var target: Double

    /// The picture.
    var svg: String {
        let row = 26.0
        let height = row * Double(max(groups.count, 1))
        var drawing = Drawing(width: 960, height: height + 56, label: Phrase(plain: label), language: .english)
        let values = groups.flatMap(\.quantiles).filter(\.isFinite) + [target]
        let (low, high) = ((values.min() ?? 0).rounded(.down), (values.max() ?? 1).rounded(.up))
        let frame = ChartFrame(left: 160, right: 944, top: 8, bottom: height + 8, x: low...max(high, low + 1), y: 0...1)
        for tick in ChartFrame.ticks(frame.x, about: 12) {
            drawing.line(frame.x(tick), frame.top, frame.x(tick), frame.bottom, style: "grid")
            drawing.text(ChartFrame.label(tick), x: frame.x(tick), y: frame.bottom + 16, anchor: .middle, style: "axis")
        }
        for (place, group) in groups.enumerated() where group.quantiles.count == 5 && group.quantiles.allSatisfy(\.isFinite) {
            let y = 8 + row * (Double(place) + 0.5)
            let at = group.quantiles.map { frame.x($0) }
            drawing.text(group.name, x: 150, y: y + 4, anchor: .end, style: "label")
            drawing.line(at[0], y, at[4], y, style: "building")
            let hover = group.quantiles.map { DisplayNumber.fixed($0, 1) }.joined(separator: " · ")
            drawing.rectangle(x: at[1], y: y - 6, width: max(at[3] - at[1], 1), height: 12, fill: Palette.after, hover: Phrase(plain: "\(group.name): \(hover) °C"))
            drawing.rectangle(x: at[2] - 1.5, y: y - 9, width: 3, height: 18, fill: Palette.before)
        }
        drawing.line(frame.x(target), frame.top, frame.x(target), frame.bottom, style: "target")
        drawing.text(xTitle, x: frame.right, y: frame.bottom + 34, anchor: .end, style: "axis")
        return drawing.svg
    }
}
