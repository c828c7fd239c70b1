import NetworkModel

/// How many open dwellings have which room temperature, before and after.
struct RoomDistribution {
    /// Counts before; nil where there is no state to compare with.
    let before: Histogram?
    /// Counts after.
    let after: Histogram
    private let target: Double
    private let texts: Texts

    /// Counts open dwellings in bins of 1 K from 6 °C below to 8 °C above what is promised, wider where rooms need it.
    init(before: [Double]?, after: [Double], in network: Network, texts: Texts) {
        target = network.conditions.room.celsius
        self.texts = texts
        func promised(_ room: [Double]) -> [Double] {
            zip(room, network.dwellings).lazy.filter { $0.1.isPromised && $0.0.isFinite }.map(\.0)
        }
        let now = promised(after)
        let then = before.map(promised)
        let all = now + (then ?? [])
        // At most 40 K either side: colder or hotter rooms are counted in the outermost bin.
        let lowest = max(min(all.min() ?? target, target - 6), target - 40).rounded(.down)
        let highest = min(max(all.max() ?? target, target + 8), target + 40).rounded(.up)
        let bins = Int(highest - lowest)
        self.after = Histogram(of: now, from: lowest, width: 1, bins: bins)
        self.before = then.map { Histogram(of: $0, from: lowest, width: 1, bins: bins) }
    }

    /// The greatest count of a bin in both states.
    var greatest: Int { max(after.counts.max() ?? 0, before?.counts.max() ?? 0) }

    /// The picture.
    var svg: String {
        let (width, height, left, bottom, top) = (960.0, 280.0, 56.0, 40.0, 16.0)
        var drawing = Drawing(width: width, height: height, label: texts(PageText.distributionLabel))
        let bins = after.counts.count
        let step = (width - left - 16) / Double(bins)
        let scale = (height - bottom - top) / Double(max(greatest, 1))
        let base = height - bottom
        for tick in 0...2 {
            let count = greatest * tick / 2
            let y = base - Double(count) * scale
            drawing.line(left, y, width - 16, y, style: "grid")
            drawing.text(DisplayNumber.count(count), x: left - 6, y: y + 4, anchor: .end, style: "axis")
        }
        for bin in 0..<bins {
            let x = left + Double(bin) * step
            let celsius = after.start + Double(bin)
            let span = "\(DisplayNumber.fixed(celsius, 0))–\(DisplayNumber.fixed(celsius + 1, 0)) °C"
            if let before {
                drawing.rectangle(
                    x: x + 1, y: base - Double(before.counts[bin]) * scale, width: step / 2 - 1,
                    height: Double(before.counts[bin]) * scale, fill: Palette.before,
                    hover: "\(texts(FigureText.before)) · \(span): \(DisplayNumber.count(before.counts[bin]))")
            }
            drawing.rectangle(
                x: x + (before == nil ? 1 : step / 2), y: base - Double(after.counts[bin]) * scale,
                width: (before == nil ? step : step / 2) - 1, height: Double(after.counts[bin]) * scale, fill: Palette.after,
                hover: "\(texts(FigureText.after)) · \(span): \(DisplayNumber.count(after.counts[bin]))")
            if bins <= 30 || bin % 2 == 0 {
                drawing.text(DisplayNumber.fixed(celsius, 0), x: x, y: base + 16, anchor: .middle, style: "axis")
            }
        }
        let line = left + (target - after.start) * step
        drawing.line(line, top - 6, line, base, style: "target")
        drawing.text(DisplayNumber.celsius(target), x: line + 4, y: top + 4, style: "axis")
        drawing.text(texts(PageText.roomAxis), x: width - 16, y: height - 6, anchor: .end, style: "axis")
        return drawing.svg
    }
}
