import Heating
import NetworkModel

/// How many open dwellings have which room temperature, before and after: of the whole network or of some dwellings.
struct RoomDistribution {
    /// Counts before; nil where there is no state to compare with.
    let before: Histogram?
    /// Counts after.
    let after: Histogram
    private let target: Double

    /// Counts open dwellings in bins of 1 K from 6 °C below to 8 °C above what is promised, wider where rooms need it.
    ///
    /// - Parameter bins: temperatures between which the bins lie, °C; the rooms' own where not given.
    init(
        before: [Double]?, after: [Double], in network: Network, members: [DwellingIndex]? = nil, bins: ClosedRange<Double>? = nil
    ) {
        target = network.conditions.room.celsius
        // A room that reads 18.0 by a thermometer of tenths counts from 18 up, as it does in every other figure.
        func promised(_ room: [Double]) -> [Double] {
            let chosen = members ?? network.dwellings.indices.map { DwellingIndex($0) }
            return chosen.lazy.filter { network.dwellings[$0].isPromised && room[$0.position].isFinite }
                .map { room[$0.position] + RoomSummary.tolerance }
        }
        let now = promised(after)
        let then = before.map(promised)
        let range = bins ?? Self.range(of: now + (then ?? []), around: target)
        let count = Int(range.upperBound - range.lowerBound)
        self.after = Histogram(of: now, from: range.lowerBound, width: 1, bins: count)
        self.before = then.map { Histogram(of: $0, from: range.lowerBound, width: 1, bins: count) }
    }

    /// At most 40 K either side of the target: colder or hotter rooms are counted in the outermost bin.
    private static func range(of rooms: [Double], around target: Double) -> ClosedRange<Double> {
        let lowest = max(min(rooms.min() ?? target, target - 6), target - 40).rounded(.down)
        let highest = min(max(rooms.max() ?? target, target + 8), target + 40).rounded(.up)
        return lowest...max(highest, lowest + 1)
    }

    /// The temperatures between which the bins lie, °C.
    var bins: ClosedRange<Double> { after.start...after.end }

    /// The greatest count of a bin in both states.
    var greatest: Int { max(after.counts.max() ?? 0, before?.counts.max() ?? 0) }

    /// The picture; small ones have fewer numbers.
    func drawing(label: Phrase, language: Language, isSmall: Bool = false) -> Drawing {
        let (width, height) = isSmall ? (460.0, 190.0) : (960.0, 300.0)
        let (left, right, top, bottom) = (56.0, 16.0, 30.0, 44.0)
        var drawing = Drawing(width: width, height: height, label: label, language: language)
        let x = Axis(
            from: bins.lowerBound, to: bins.upperBound, start: left, end: width - right, ticks: isSmall ? 6 : 14, rounds: false)
        let y = Axis(from: 0, to: Double(max(greatest, 1)), start: height - bottom, end: top, ticks: isSmall ? 3 : 4)
        drawing.upright(y, left: left, right: width - right, name: Phrase(FigureText.dwellings)) { DisplayNumber.fixed($0, y.decimals) }
        drawing.level(x, top: height - bottom, bottom: height - bottom, name: Phrase(PageText.roomAxis)) { DisplayNumber.fixed($0, 0) }
        for bin in after.counts.indices {
            let states: [(Int, FigureText, String)] =
                (before.map { [($0.counts[bin], FigureText.before, Palette.before)] } ?? []) + [(after.counts[bin], .after, Palette.after)]
            let start = x.place(after.start + Double(bin))
            let step = (x.place(after.start + Double(bin) + 1) - start) / Double(states.count)
            for (position, state) in states.enumerated() where state.0 > 0 {
                let top = y.place(Double(state.0))
                drawing.rectangle(
                    x: start + Double(position) * step + 0.5, y: top, width: max(step - 1, 0.5), height: y.start - top, fill: state.2,
                    hover: Phrase {
                        "\($0(state.1)) · \(DisplayNumber.fixed(after.start + Double(bin), 0))–\($0.celsius(after.start + Double(bin) + 1)): \(DisplayNumber.count(state.0))"
                    })
            }
        }
        let line = x.place(target)
        drawing.line(line, top - 6, line, y.start, style: "target")
        drawing.text(DisplayNumber.celsius(target), x: line + 4, y: top + 4, style: "label")
        return drawing
    }
}
