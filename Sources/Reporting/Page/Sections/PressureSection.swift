import NetworkModel

/// Pressure diagrams: one shown, the others to choose.
struct PressureSection: ReportSection {
    private let report: ReportPage
    private let choices: [PressureChoices.Choice]

    init?(_ report: ReportPage) {
        choices = PressureChoices(report.result.network, report.result.outcome).choices
        guard !choices.isEmpty else { return nil }
        self.report = report
    }

    func write(to page: inout Page) {
        page.section("pressure", Phrase(PageText.pressure))
        // The index circuit of the plant is shown first.
        let first = choices.firstIndex(where: \.isIndex) ?? 0
        page.add(
            html: "<div class=\"controls\"><label>\(page.html(Phrase(PageText.pressureChoice))) <select id=\"pressurechoice\">"
                + options(page, first) + "</select></label></div>")
        page.add(html: "<div id=\"pressureshown\">\(html(choices[first], page))</div>")
        for (position, choice) in choices.enumerated() {
            page.add(html: "<template id=\"pd\(position)\">\(html(choice, page))</template>")
        }
        page.note(Phrase(PageText.pressureNote))
    }

    private func options(_ page: Page, _ first: Int) -> String {
        var html = ""
        var circuit: String?
        for (position, choice) in choices.enumerated() {
            if choice.circuit != circuit {
                if circuit != nil { html += "</optgroup>" }
                html += "<optgroup label=\"\(Markup.escaped(choice.circuit))\">"
                circuit = choice.circuit
            }
            html += page.element(
                "option",
                " value=\"\(position)\" data-consumer=\"\(Markup.escaped(choice.consumer))\"\(position == first ? " selected=\"selected\"" : "")",
                name(of: choice))
        }
        return html + "</optgroup>"
    }

    private func name(of choice: PressureChoices.Choice) -> Phrase {
        Phrase { "\(choice.circuit) → \(choice.consumer)" + (choice.isIndex ? " " + $0(PageText.indexMark) : "") }
    }

    private func html(_ choice: PressureChoices.Choice, _ page: Page) -> String {
        let diagram = PressureDiagram(choice.profile, name: name(of: choice), language: report.language)
        var html = "<figure>\(diagram.drawing.svg)</figure>"
        let judgements = diagram.judgements
        if !judgements.isEmpty {
            html += "<ul class=\"verdicts\">"
                + judgements.map { page.element("li", " class=\"\($0.isKept ? "kept" : "broken")\"", $0.text) }.joined() + "</ul>"
        }
        return html
    }
}
