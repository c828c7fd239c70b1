/// A line through points, or the points alone.
struct CurveChart {
    /// What it shows, for those who cannot see it.
    var label: String
    /// Names of the axes, with their units.
    var xTitle, yTitle: String
    /// Points in rising x; undefined ones are left out.
    var points: [(x: Double, y: Double)]
    /// Places on the x axis that a person looks for.
    var marks: [Double] = []
    /// Whether a line joins the points.
    var isJoined = true

    /// The picture.
    var svg: String {
        let (left, right, top, bottom) = (64.0, 456.0, 26.0, 212.0)
        var drawing = Drawing(width: 470, height: 260, label: Phrase(plain: label), language: .english)
        let shown = points.filter { $0.x.isFinite && $0.y.isFinite }
        guard let first = shown.first, let last = shown.last else { return drawing.svg }
        let across = Axis(from: min(first.x, last.x), to: max(first.x, last.x), start: left, end: right, ticks: 6, rounds: false)
        let up = Axis(from: shown.map(\.y).min() ?? 0, to: shown.map(\.y).max() ?? 1, start: bottom, end: top, ticks: 4)
        drawing.upright(up, left: left, right: right, name: nil, number: up.text)
        drawing.level(across, top: top, bottom: bottom, name: Phrase(plain: xTitle), number: across.text)
        // Left of the numbers: the name of an output is longer than their margin.
        drawing.text(yTitle, x: 8, y: 14, style: "axis strong")
        for mark in marks where across.values.contains(mark) {
            drawing.line(across.place(mark), top, across.place(mark), bottom, style: "target")
        }
        if isJoined { drawing.path(Path(through: shown.map { (across.place($0.x), up.place($0.y)) }), stroke: Palette.after, style: "curve") }
        for point in shown where shown.count <= 60 || !isJoined {
            drawing.circle(
                x: across.place(point.x), y: up.place(point.y), radius: 3, fill: Palette.after,
                hover: Phrase(plain: "\(DisplayNumber.fixed(point.x, across.decimals + 1)): \(DisplayNumber.fixed(point.y, up.decimals + 1))"))
        }
        return drawing.svg
    }
}

/// Horizontal bars with a name and a number each, from a zero line that stands where the values need it.
struct RankedBars {
    /// What it shows, for those who cannot see it.
    var label: String
    /// Bars from the top down; undefined values have a note instead.
    var bars: [(name: String, value: Double, text: String)]

    /// The picture.
    var svg: String {
        let row = 24.0
        var drawing = Drawing(width: 960, height: row * Double(max(bars.count, 1)) + 8, label: Phrase(plain: label), language: .english)
        let finite = bars.map(\.value).filter(\.isFinite)
        let (low, high) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 1))
        let across = Axis(from: low, to: high, start: 280, end: 840, ticks: 1, rounds: false)
        for (place, bar) in bars.enumerated() {
            let y = 4 + row * Double(place)
            let name = bar.name.count > 38 ? String(bar.name.prefix(37)) + "…" : bar.name
            drawing.text(name, x: 270, y: y + 15, anchor: .end, style: "label")
            var end = across.place(0)
            if bar.value.isFinite {
                let (a, b) = (min(across.place(0), across.place(bar.value)), max(across.place(0), across.place(bar.value)))
                drawing.rectangle(
                    x: a, y: y + 3, width: max(b - a, 1), height: row - 8, fill: bar.value < 0 ? Palette.before : Palette.after,
                    hover: Phrase(plain: "\(bar.name): \(bar.text)"))
                end = max(b, end)
            }
            drawing.text(bar.text, x: end + 6, y: y + 15, style: "axis")
        }
        drawing.line(across.place(0), 0, across.place(0), row * Double(max(bars.count, 1)) + 8, style: "grid")
        return drawing.svg
    }
}

/// Upright bars side by side.
struct ColumnChart {
    /// What it shows, for those who cannot see it.
    var label: String
    /// Names of the axes, with their units.
    var xTitle, yTitle: String
    /// Columns from left to right.
    var columns: [(name: String, value: Double)]
    /// A dashed line before a column, with its text.
    var mark: (column: Double, text: String)?

    /// The picture.
    var svg: String {
        let (left, right, top, bottom) = (56.0, 944.0, 26.0, 240.0)
        var drawing = Drawing(width: 960, height: 284, label: Phrase(plain: label), language: .english)
        let across = Axis(from: 0, to: Double(max(columns.count, 1)), start: left, end: right, ticks: 1, rounds: false)
        let up = Axis(from: 0, to: columns.map(\.value).filter(\.isFinite).max() ?? 1, start: bottom, end: top, ticks: 4)
        drawing.upright(up, left: left, right: right, name: nil, number: up.text)
        let every = max(1, columns.count / 14)
        for (place, column) in columns.enumerated() {
            let (a, b) = (across.place(Double(place)), across.place(Double(place) + 1))
            if column.value.isFinite, column.value > 0 {
                drawing.rectangle(
                    x: a + 1, y: up.place(column.value), width: max(b - a - 2, 0.5), height: bottom - up.place(column.value),
                    fill: Palette.after, hover: Phrase(plain: "\(column.name): \(DisplayNumber.fixed(column.value, up.decimals + 1))"))
            }
            if place % every == 0 { drawing.text(column.name, x: 0.5 * (a + b), y: bottom + 16, anchor: .middle, style: "axis") }
        }
        if let mark {
            drawing.line(across.place(mark.column), top - 6, across.place(mark.column), bottom, style: "target")
            drawing.text(mark.text, x: across.place(mark.column) + 4, y: top + 6, style: "axis")
        }
        drawing.text(xTitle, x: right, y: bottom + 34, anchor: .end, style: "axis strong")
        drawing.text(yTitle, x: 8, y: 14, style: "axis strong")
        return drawing.svg
    }
}

/// Spread of a value by group: a thin line, a bar and a mark.
struct SpreadChart {
    /// What it shows, for those who cannot see it.
    var label: String
    /// Name of the axis, with its unit.
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
        let across = Axis(from: values.min() ?? 0, to: values.max() ?? 1, start: 160, end: 944, ticks: 12)
        drawing.level(across, top: 8, bottom: height + 8, name: Phrase(plain: xTitle), number: across.text)
        for (place, group) in groups.enumerated() where group.quantiles.count == 5 && group.quantiles.allSatisfy(\.isFinite) {
            let y = 8 + row * (Double(place) + 0.5)
            let at = group.quantiles.map { across.place($0) }
            drawing.text(group.name, x: 150, y: y + 4, anchor: .end, style: "label")
            drawing.line(at[0], y, at[4], y, style: "building")
            let hover = group.quantiles.map { DisplayNumber.fixed($0, 1) }.joined(separator: " · ")
            drawing.rectangle(x: at[1], y: y - 6, width: max(at[3] - at[1], 1), height: 12, fill: Palette.after, hover: Phrase(plain: "\(group.name): \(hover) °C"))
            drawing.rectangle(x: at[2] - 1.5, y: y - 9, width: 3, height: 18, fill: Palette.before)
        }
        drawing.line(across.place(target), 8, across.place(target), height + 8, style: "target")
        return drawing.svg
    }
}
