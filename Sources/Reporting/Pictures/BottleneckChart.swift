import Balancing
import NetworkModel

/// What stops dwellings from reaching the target as bars, longest first: first by kind of limit, then the single elements.
struct BottleneckChart {
    /// A bar.
    struct Bar {
        var name: Phrase
        var degrees: Double
        var dwellings: Int
    }

    private let bars: [Bar]

    /// Bars by kind of limit.
    init(byLimit bottlenecks: [Bottleneck]) {
        var sums: [(limit: Limit, degrees: Double, dwellings: Int)] = []
        for bottleneck in bottlenecks {
            if let position = sums.firstIndex(where: { $0.limit == bottleneck.limit }) {
                sums[position].degrees += bottleneck.degreeDwellings
                sums[position].dwellings += bottleneck.dwellings
            } else {
                sums.append((bottleneck.limit, bottleneck.degreeDwellings, bottleneck.dwellings))
            }
        }
        bars = sums.sorted { $0.degrees > $1.degrees }
            .map { Bar(name: Phrase(LimitText($0.limit)), degrees: $0.degrees, dwellings: $0.dwellings) }
    }

    /// Bars of single elements, at most so many.
    init(_ bottlenecks: [Bottleneck], limit: Int) {
        bars = bottlenecks.prefix(limit).map { bottleneck in
            Bar(
                name: Phrase { "\(bottleneck.element.id.text) · \($0(LimitText(bottleneck.limit)))" },
                degrees: bottleneck.degreeDwellings, dwellings: bottleneck.dwellings)
        }
    }

    /// The picture.
    func drawing(_ language: Language) -> Drawing {
        let (left, right, row, top) = (320.0, 190.0, 26.0, 8.0)
        let width = 960.0
        var drawing = Drawing(
            width: width, height: top + row * Double(bars.count) + 4, label: Phrase(PageText.bottleneckLabel), language: language)
        let longest = max(bars.map(\.degrees).max() ?? 1, 1e-9)
        for (position, bar) in bars.enumerated() {
            let y = top + Double(position) * row
            let length = max(1, bar.degrees / longest * (width - left - right))
            drawing.text(bar.name, x: left - 8, y: y + 16, anchor: .end, style: "axis")
            drawing.rectangle(x: left, y: y + 3, width: length, height: row - 8, fill: Palette.after)
            drawing.text(
                Phrase { $0(PageText.barLabel, DisplayNumber.fixed(bar.degrees, bar.degrees < 10 ? 1 : 0), DisplayNumber.count(bar.dwellings)) },
                x: left + length + 6, y: y + 16, style: "axis")
        }
        return drawing
    }
}
