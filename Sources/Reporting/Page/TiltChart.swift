/// Flow per open square metre of each zone against its valve-open rate: the tilt that the allocation applies.
struct TiltChart {
    /// A zone in the chart.
    struct Point {
        var name: String
        var openRate: Double
        var tilt: Double
    }

    private let points: [Point]
    private let texts: Texts

    /// A chart of the zones whose figures are known; nil where there is none.
    init?(_ points: [Point], texts: Texts) {
        let known = points.filter { $0.openRate.isFinite && $0.tilt.isFinite }
        guard !known.isEmpty else { return nil }
        self.points = known
        self.texts = texts
    }

    /// The picture.
    var svg: String {
        let (width, height, left, bottom, top, right) = (960.0, 320.0, 56.0, 44.0, 16.0, 90.0)
        var drawing = Drawing(width: width, height: height, label: texts(PageText.tiltLabel))
        let highest = max(1.2, points.map(\.tilt).max() ?? 1)
        let step = highest <= 2 ? 0.25 : (highest / 5).rounded(.up)
        let most = (highest / step).rounded(.up) * step
        func place(_ openRate: Double, _ tilt: Double) -> (x: Double, y: Double) {
            (left + openRate * (width - left - right), height - bottom - tilt / most * (height - bottom - top))
        }
        for tick in 0...5 {
            let rate = Double(tick) / 5
            let x = place(rate, 0).x
            drawing.line(x, top, x, height - bottom, style: "grid")
            drawing.text(DisplayNumber.percent(rate, 0), x: x, y: height - bottom + 16, anchor: .middle, style: "axis")
        }
        for tilt in stride(from: 0, through: most, by: step) {
            let y = place(0, tilt).y
            drawing.line(left, y, width - right, y, style: "grid")
            drawing.text(DisplayNumber.fixed(tilt, 2), x: left - 6, y: y + 4, anchor: .end, style: "axis")
        }
        let mean = place(0, 1).y
        drawing.line(left, mean, width - right, mean, style: "target")
        for point in points {
            let place = place(min(max(point.openRate, 0), 1), max(point.tilt, 0))
            drawing.circle(
                x: place.x, y: place.y, radius: 6, fill: Palette.after, style: "point",
                hover: "\(point.name): \(DisplayNumber.percent(point.openRate)), \(DisplayNumber.fixed(point.tilt, 2))")
            if points.count <= 40 { drawing.text(point.name, x: place.x + 9, y: place.y - 6, style: "label") }
        }
        drawing.text(texts(FigureText.openRate), x: width - right, y: height - 8, anchor: .end, style: "axis")
        drawing.text(texts(PageText.tiltAxis), x: left, y: top - 4, style: "axis")
        return drawing.svg
    }
}
