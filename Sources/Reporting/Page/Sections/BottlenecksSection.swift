import Balancing
import NetworkModel

/// What stops more dwellings from reaching the target: the repair list.
struct BottlenecksSection: ReportSection {
    private let report: ReportPage
    private let bottlenecks: [Bottleneck]
    private static let limit = 20

    init?(_ report: ReportPage) {
        guard !report.result.network.dwellings.isEmpty else { return nil }
        self.report = report
        bottlenecks = report.recommendation.allocation.bottlenecks
    }

    func write(to page: inout Page) {
        page.section("bottlenecks", Phrase(PageText.bottlenecks), short: Phrase(PageText.bottlenecksShort))
        guard !bottlenecks.isEmpty else { return page.paragraph(Phrase(PageText.bottlenecksNone)) }
        page.add(html: page.element("h3", Phrase(PageText.bottlenecksByLimit)))
        page.figure(BottleneckChart(byLimit: bottlenecks).drawing(report.language))
        page.add(html: page.element("h3", Phrase(PageText.bottlenecksRanked)))
        page.table(
            [Phrase(plain: "")] + [.element, .limit, .dwellings, .degrees, .remedy].map { (text: FigureText) in Phrase(text) },
            bottlenecks.prefix(Self.limit).enumerated().map { rank, bottleneck in
                [
                    Phrase(plain: DisplayNumber.count(rank + 1)), Phrase(plain: bottleneck.element.id.text), Phrase(LimitText(bottleneck.limit)),
                    Phrase(plain: DisplayNumber.count(bottleneck.dwellings)), Phrase(plain: DisplayNumber.fixed(bottleneck.degreeDwellings, 1)),
                    Phrase { bottleneck.whatHelps($0) },
                ]
            }, numbers: 3..<5)
        let more = bottlenecks.count - Self.limit
        page.note(
            Phrase { $0(PageText.bottlenecksNote) + (more > 0 ? " " + $0(PageText.bottlenecksMore, DisplayNumber.count(more)) : "") })
    }
}
