import NetworkModel

/// What was read, by its digests, and what was assumed: so that the page can be audited.
struct InputsSection: ReportSection {
    private let report: ReportPage

    init?(_ report: ReportPage) { self.report = report }

    func write(to page: inout Page) {
        page.section("inputs", Phrase(PageText.inputs))
        page.table(
            [Phrase(PageText.file), Phrase(PageText.digest)],
            report.result.input.files.map { [Phrase(plain: $0.path), Phrase(plain: $0.sha256)] }, numbers: 0..<0,
            attributes: " class=\"hash\"")
        page.add(html: page.element("h3", Phrase(PageText.assumptions)))
        guard !report.result.input.assumptions.isEmpty else { return page.paragraph(Phrase(PageText.assumptionsNone)) }
        page.table(
            [Phrase(PageText.assumption), Phrase(PageText.value), Phrase(PageText.usedFor), Phrase(PageText.reason)],
            report.result.input.assumptions.map { assumption in
                let unit = assumption.value.unit.isEmpty ? "" : " " + assumption.value.unit
                return [
                    Phrase(plain: assumption.value.name), Phrase(plain: assumption.value.value + unit),
                    Phrase(plain: DisplayNumber.count(assumption.count)),
                    Phrase { assumption.value.documentation.text(in: $0.language) },
                ]
            }, numbers: 1..<3)
        page.note(Phrase(PageText.assumptionsNote))
    }
}
