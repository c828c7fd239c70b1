import NetworkModel

/// One self-contained HTML page in both languages: sections one after another, no request to anywhere.
///
/// Every text stands in the page's first language and carries the other one in an attribute, so a switch is a swap.
struct Page {
    /// The language shown first.
    let language: Language
    private let title: Phrase
    private var body = ""
    private var contents: [(name: String, heading: Phrase)] = []
    private var isInSection = false
    private var data = ScriptData()

    /// An empty page.
    init(title: Phrase, language: Language) {
        self.title = title
        self.language = language
    }

    /// Whatever else belongs to the current section, already harmless HTML.
    mutating func add(html: String) { body += html + "\n" }

    /// A text as HTML.
    func html(_ phrase: Phrase) -> String { phrase.html(in: language) }

    /// An element that holds nothing but a text.
    func element(_ name: String, _ phrase: Phrase) -> String { element(name, "", phrase) }

    /// An element that holds nothing but a text; attributes have a blank before each.
    func element(_ name: String, _ attributes: String, _ phrase: Phrase) -> String {
        "<\(name)\(attributes)\(phrase.attribute(in: language))>\(Markup.escaped(phrase.text(in: language)))</\(name)>"
    }

    /// Attributes that name a control for those who cannot see it.
    func label(_ phrase: Phrase) -> String {
        " aria-label=\"\(Markup.escaped(phrase.text(in: language)))\"" + phrase.attribute("data-ol", in: language)
    }

    /// The page's heading with the line under it.
    mutating func heading(_ text: Phrase, subtitle: Phrase) {
        body += "<header>" + element("h1", text) + element("p", subtitle) + "</header>\n"
    }

    /// Starts a section; the contents list leads to it by its name, under a shorter heading where there is one.
    mutating func section(_ name: String, _ heading: Phrase, short: Phrase? = nil) {
        endSection()
        contents.append((name, short ?? heading))
        isInSection = true
        body += "<section id=\"\(name)\">" + element("h2", heading) + "\n"
    }

    private mutating func endSection() {
        if isInSection { body += "</section>\n" }
        isInSection = false
    }

    /// A note in small letters.
    mutating func note(_ text: Phrase) { body += element("p", " class=\"note\"", text) + "\n" }

    /// A paragraph.
    mutating func paragraph(_ text: Phrase) { body += element("p", text) + "\n" }

    /// A picture.
    mutating func figure(_ drawing: Drawing, attributes: String = "") { figure(svg: drawing.svg, attributes: attributes) }

    /// A picture that is SVG already.
    mutating func figure(svg: String, attributes: String = "") { body += "<figure\(attributes)>\(svg)</figure>\n" }

    /// Colours with their meaning; `attributes` may say when it is shown.
    mutating func legend(_ entries: [(colour: String, name: Phrase)], attributes: String = "") {
        body += "<ul class=\"legend\"\(attributes)>"
        for entry in entries { body += "<li><i style=\"background:\(entry.colour)\"></i>\(html(entry.name))</li>" }
        body += "</ul>\n"
    }

    /// The bands of a scale with their unit.
    mutating func legend(_ scale: Palette.Scale, name: Phrase, unit: String, decimals: Int, attributes: String = "") {
        func number(_ value: Double) -> String { DisplayNumber.fixed(value, decimals) }
        let suffix = unit.isEmpty ? "" : " " + unit
        var entries: [(String, Phrase)] = []
        for (position, colour) in scale.colours.enumerated() {
            let text: String
            if position == 0 {
                text = "< \(number(scale.edges[0]))\(suffix)"
            } else if position == scale.edges.count {
                text = "≥ \(number(scale.edges[position - 1]))\(suffix)"
            } else {
                text = "\(number(scale.edges[position - 1]))…\(number(scale.edges[position]))\(suffix)"
            }
            entries.append((colour, Phrase(plain: text)))
        }
        body += "<div\(attributes)>" + element("span", " class=\"legendname\"", name)
        legend(entries)
        body += "</div>"
    }

    /// A table that scrolls sideways on narrow screens; `numbers` are the columns set to the right (all but the first by default).
    mutating func table(
        _ header: [Phrase], _ rows: some Sequence<[Phrase]>, numbers: Range<Int>? = nil, attributes: String = ""
    ) {
        let numbers = numbers ?? 1..<max(header.count, 1)
        body += "<div class=\"scroll\" tabindex=\"0\"><table\(attributes)>"
        if header.contains(where: { $0 != Phrase(plain: "") }) {
            body += "<thead><tr>"
            for (column, cell) in header.enumerated() { body += element("th", numbers.contains(column) ? " class=\"n\"" : "", cell) }
            body += "</tr></thead>"
        }
        body += "<tbody>\n"
        for row in rows {
            body += "<tr>"
            for (column, cell) in row.enumerated() { body += element("td", numbers.contains(column) ? " class=\"n\"" : "", cell) }
            body += "</tr>\n"
        }
        body += "</tbody></table></div>\n"
    }

    /// A choice; options are named by number, grouped where they have a group.
    func select(_ name: String, label: Phrase, _ options: [(value: String, name: Phrase)]) -> String {
        "<label>\(html(label)) <select id=\"\(name)\">"
            + options.map { element("option", " value=\"\(Markup.escaped($0.value))\"", $0.name) }.joined() + "</select></label>"
    }

    /// Adds data for the script under a name.
    mutating func data(_ name: String, _ add: (inout ScriptData) -> Void) {
        var value = ScriptData()
        add(&value)
        var key = ScriptData()
        key.string(name)
        data.add(member: key.text, value.text)
    }

    /// The whole document with its script; `styles` and `script` are the page's own.
    mutating func html(style: String, script: String) -> String {
        endSection()
        let nav = script.isEmpty ? "" : navigation
        let data = script.isEmpty ? "" : "<script type=\"application/json\" id=\"data\">{\(data.text)}</script>\n<script>\n\(script)\n</script>\n"
        return """
            <!DOCTYPE html>
            <html lang="\(language == .chinese ? "zh-Hans" : "en")">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
            \(element("title", title))
            <style>
            \(style)
            </style>
            </head>
            <body>
            <svg width="0" height="0" class="defs" aria-hidden="true"><defs>\(Drawing.hatchPattern)</defs></svg>
            \(nav)<main>
            \(body)</main>
            <div id="tip" role="status" hidden></div>
            \(data)</body>
            </html>

            """
    }

    /// Contents and the switch of languages, which names the language it leads to in that language.
    private var navigation: String {
        let other = Phrase { $0.language == .chinese ? "English" : "中文" }
        return "<nav><div>" + contents.map { "<a href=\"#\($0.name)\"\($0.heading.attribute(in: language))>\(Markup.escaped($0.heading.text(in: language)))</a>" }
            .joined(separator: "\n")
            + "</div>\n" + element("button", " id=\"language\" type=\"button\"", other) + "</nav>\n"
    }
}
