import NetworkModel

/// Curves over a common axis, named at their right ends.
struct LineChart {
    /// A curve.
    struct Curve {
        var name: Phrase
        var points: [(x: Double, y: Double)]
        var colour: String
        var isDashed = false
    }

    /// The curves.
    var curves: [Curve]
    /// Names of the axes, with their units.
    var x, y: Phrase
    /// What the picture shows.
    var label: Phrase
    /// A value of the level axis that is marked, with its name.
    var mark: (x: Double, name: Phrase)?
    /// Whether each point is a dot of its own with its name.
    var dots: [(x: Double, y: Double, name: Phrase)] = []

    /// The picture.
    func drawing(_ language: Language) -> Drawing {
        let (width, height, left, bottom, top, right) = (960.0, 320.0, 56.0, 46.0, 30.0, 200.0)
        var drawing = Drawing(width: width, height: height, label: label, language: language)
        let points = curves.flatMap(\.points) + dots.map { ($0.x, $0.y) }
        let xs = points.map(\.x).filter(\.isFinite)
        let ys = points.map(\.y).filter(\.isFinite)
        let across = Axis(from: xs.min() ?? 0, to: xs.max() ?? 1, start: left, end: width - right, ticks: 8, rounds: false)
        let up = Axis(from: ys.min() ?? 0, to: ys.max() ?? 1, start: height - bottom, end: top, ticks: 5)
        drawing.upright(up, left: left, right: width - right, name: y, number: up.text)
        drawing.level(across, top: top, bottom: height - bottom, name: x, number: across.text)
        if let mark, across.values.contains(mark.x) {
            drawing.line(across.place(mark.x), top, across.place(mark.x), height - bottom, style: "target")
            drawing.text(mark.name, x: across.place(mark.x) + 4, y: top + 12, style: "label")
        }
        var ends: [(y: Double, curve: Curve)] = []
        for curve in curves {
            let places = curve.points.filter { $0.x.isFinite && $0.y.isFinite }.map { (across.place($0.x), up.place($0.y)) }
            drawing.path(Path(through: places), stroke: curve.colour, style: curve.isDashed ? "curve dashed" : "curve")
            if let last = places.max(by: { $0.0 < $1.0 }) { ends.append((last.1, curve)) }
        }
        for dot in dots where dot.x.isFinite && dot.y.isFinite {
            drawing.circle(x: across.place(dot.x), y: up.place(dot.y), radius: 5, fill: Palette.after, style: "point", hover: dot.name)
            drawing.text(dot.name, x: across.place(dot.x) + 8, y: up.place(dot.y) - 6, style: "label")
        }
        ends.sort { $0.y < $1.y }
        var next = top
        for (position, end) in ends.enumerated() {
            let place = min(max(end.y, next), height - bottom - Double(ends.count - 1 - position) * 16)
            drawing.path(
                Path(through: [(width - right + 4, place), (width - right + 20, place)]), stroke: end.curve.colour,
                style: end.curve.isDashed ? "curve dashed" : "curve")
            drawing.text(end.curve.name, x: width - right + 24, y: place + 4, style: "axis")
            next = place + 16
        }
        return drawing
    }
}
