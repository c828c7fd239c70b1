import NetworkModel

/// The page of a study in one language: sections, tables and charts one after another, on the layer that the report is drawn with.
package struct StudyPage {
    private var page: Page
    private var sections = 0

    /// An empty page.
    package init(title: String, language: Language) {
        page = Page(title: Phrase(plain: title), language: language)
    }

    /// The page's heading with the line under it.
    package mutating func heading(_ text: String, subtitle: String) {
        page.heading(Phrase(plain: text), subtitle: Phrase(plain: subtitle))
    }

    /// Starts a section with what its reader must know.
    package mutating func section(_ heading: String, note: String = "") {
        sections += 1
        page.section("part\(sections)", Phrase(plain: heading))
        if !note.isEmpty { self.note(note) }
    }

    /// A note in small letters.
    package mutating func note(_ text: String) { page.note(Phrase(plain: text)) }

    /// A table; `numbers` are the columns set to the right, all but the first by default.
    package mutating func table(_ header: [String], _ rows: [[String]], numbers: Range<Int>? = nil) {
        page.table(header.map { Phrase(plain: $0) }, rows.map { $0.map { Phrase(plain: $0) } }, numbers: numbers)
    }

    /// A figure by a factor.
    package struct Curve {
        var chart: CurveChart
        /// A curve through points in rising x; `marks` are places on the x axis that a person looks for.
        package init(
            label: String, xTitle: String, yTitle: String, points: [(x: Double, y: Double)], marks: [Double] = [], isJoined: Bool = true
        ) {
            chart = CurveChart(label: label, xTitle: xTitle, yTitle: yTitle, points: points, marks: marks, isJoined: isJoined)
        }
    }

    /// Curves, two beside each other where there is room.
    package mutating func curves(_ curves: [Curve]) {
        page.add(html: "<div style=\"display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 1rem\">")
        for curve in curves { page.figure(svg: curve.chart.svg, attributes: " class=\"half\"") }
        page.add(html: "</div>")
    }

    /// Horizontal bars with a name and a number each.
    package mutating func bars(_ label: String, _ bars: [(name: String, value: Double, text: String)]) {
        page.figure(svg: RankedBars(label: label, bars: bars).svg)
    }

    /// Upright bars side by side, with a dashed line before one of them where `mark` says.
    package mutating func columns(
        _ label: String, xTitle: String, yTitle: String, _ columns: [(name: String, value: Double)],
        mark: (column: Double, text: String)? = nil
    ) {
        page.figure(svg: ColumnChart(label: label, xTitle: xTitle, yTitle: yTitle, columns: columns, mark: mark).svg)
    }

    /// Spread by group, quantiles at 2, 10, 50, 90 and 98 %.
    package mutating func spreads(_ label: String, xTitle: String, _ groups: [(name: String, quantiles: [Double])], target: Double) {
        page.figure(svg: SpreadChart(label: label, xTitle: xTitle, groups: groups, target: target).svg)
    }

    /// The end of the page.
    package mutating func footer(_ text: String) { page.add(html: "<footer>\(Markup.escaped(text))</footer>") }

    /// The whole document.
    package mutating func html() -> String {
        page.html(style: PageStyle.report + "\nfigure.half svg{min-width:0}", script: "")
    }
}
