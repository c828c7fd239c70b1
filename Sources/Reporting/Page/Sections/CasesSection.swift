import NetworkModel

/// What the settings bring for every roster and weather they were chosen for.
struct CasesSection: ReportSection {
    private let cases: [CaseFigures]

    init?(_ report: ReportPage) {
        cases = report.result.cases
        guard cases.count > 1 else { return nil }
    }

    func write(to page: inout Page) {
        page.section("cases", Phrase { $0(ConsoleText.cases, DisplayNumber.count(cases.count)) })
        page.table(
            CaseFigures.headings.map { Phrase($0) },
            cases.map { entry in CaseFigures.headings.indices.map { column in Phrase { entry.cells($0)[column] } } },
            numbers: 1..<CaseFigures.headings.count)
    }
}
