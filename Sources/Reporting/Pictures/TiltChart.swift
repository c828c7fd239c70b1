import NetworkModel

/// Flow per open square metre of each zone against its valve-open rate: the tilt that the allocation applies.
struct TiltChart {
    /// A zone in the chart.
    struct Point {
        var name: String
        var openRate: Double
        var tilt: Double
    }

    private let points: [Point]

    /// A chart of the zones whose figures are known; nil where there is none.
    init?(_ points: [Point]) {
        let known = points.filter { $0.openRate.isFinite && $0.tilt.isFinite }
        guard !known.isEmpty else { return nil }
        self.points = known
    }

    /// The picture.
    func drawing(_ language: Language) -> Drawing {
        let (width, height, left, bottom, top, right) = (960.0, 320.0, 56.0, 46.0, 30.0, 90.0)
        var drawing = Drawing(width: width, height: height, label: Phrase(PageText.tiltLabel), language: language)
        let y = Axis(from: 0, to: max(1.2, points.map(\.tilt).max() ?? 1), start: height - bottom, end: top, ticks: 5)
        let x = Axis(from: 0, to: 1, start: left, end: width - right, ticks: 5, rounds: false)
        drawing.upright(y, left: left, right: width - right, name: Phrase(PageText.tiltAxis)) { DisplayNumber.fixed($0, 2) }
        drawing.level(x, top: top, bottom: height - bottom, name: Phrase(PageText.openRateAxis)) { DisplayNumber.fixed($0 * 100, 0) }
        drawing.line(left, y.place(1), width - right, y.place(1), style: "target")
        for point in points {
            let place = (x: x.place(min(max(point.openRate, 0), 1)), y: y.place(max(point.tilt, 0)))
            drawing.circle(
                x: place.x, y: place.y, radius: 6, fill: Palette.after, style: "point",
                hover: Phrase { "\(point.name): \($0.percent(point.openRate)), \(DisplayNumber.fixed(point.tilt, 2))" })
            if points.count <= 40 { drawing.text(point.name, x: place.x + 9, y: place.y - 6, style: "label") }
        }
        return drawing
    }
}
