/// One self-contained HTML page: sections one after another, no request to anywhere.
struct Page {
    private let title: String
    private let language: String
    private var body = ""

    /// An empty page; `language` is its BCP 47 tag.
    init(title: String, language: String) {
        self.title = title
        self.language = language
    }

    /// Whatever else belongs to the current section, already harmless HTML.
    mutating func add(html: String) { body += html + "\n" }

    /// The page's heading with the line under it.
    mutating func heading(_ text: String, subtitle: String) {
        body += "<header><h1>\(Markup.escaped(text))</h1><p>\(Markup.escaped(subtitle))</p></header>\n"
    }

    /// Starts a section.
    mutating func section(_ heading: String) { body += "<h2>\(Markup.escaped(heading))</h2>\n" }

    /// A note in small letters.
    mutating func note(_ text: String) { body += "<p class=\"note\">\(Markup.escaped(text))</p>\n" }

    /// A paragraph.
    mutating func paragraph(_ text: String) { body += "<p>\(Markup.escaped(text))</p>\n" }

    /// A picture.
    mutating func figure(_ svg: String, style: String = "") {
        body += style.isEmpty ? "<figure>\(svg)</figure>\n" : "<figure class=\"\(style)\">\(svg)</figure>\n"
    }

    /// Colours with their meaning.
    mutating func legend(_ entries: [(colour: String, name: String)]) {
        body += "<ul class=\"legend\">"
        for entry in entries { body += "<li><i style=\"background:\(entry.colour)\"></i>\(Markup.escaped(entry.name))</li>" }
        body += "</ul>\n"
    }

    /// A table that scrolls sideways on narrow screens; `numbers` are the columns set to the right (all but the first by default).
    mutating func table(
        _ header: [String], _ rows: [[String]], numbers: Range<Int>? = nil, name: String? = nil, style: String = ""
    ) {
        let numbers = numbers ?? 1..<max(header.count, 1)
        body += "<div class=\"scroll\"><table"
        if let name { body += " id=\"\(name)\"" }
        if !style.isEmpty { body += " class=\"\(style)\"" }
        body += ">"
        if header.contains(where: { !$0.isEmpty }) {
            body += "<thead><tr>"
            for (column, cell) in header.enumerated() { body += Self.cell("th", cell, isNumber: numbers.contains(column)) }
            body += "</tr></thead>"
        }
        body += "<tbody>\n"
        for row in rows {
            body += "<tr>"
            for (column, cell) in row.enumerated() { body += Self.cell("td", cell, isNumber: numbers.contains(column)) }
            body += "</tr>\n"
        }
        body += "</tbody></table></div>\n"
    }

    /// A field that hides the rows of a table which do not contain what is typed.
    mutating func filter(of table: String, prompt: String) {
        let prompt = Markup.escaped(prompt)
        body += "<p class=\"filter\"><input type=\"search\" data-table=\"\(table)\" placeholder=\"\(prompt)\" aria-label=\"\(prompt)\"></p>\n"
    }

    private static func cell(_ element: String, _ text: String, isNumber: Bool) -> String {
        "<\(element)\(isNumber ? " class=\"n\"" : "")>\(Markup.escaped(text))</\(element)>"
    }

    /// The whole document.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="\(language)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
        <title>\(Markup.escaped(title))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <main>
        \(body)</main>
        <script>
        \(Self.script)
        </script>
        </body>
        </html>

        """
    }

    private static let style = """
        body{margin:0;font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#222;background:#fff}
        main{max-width:62rem;margin:0 auto;padding:1rem}
        h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
        h2{font-size:1.2rem;margin:2.2rem 0 .5rem;border-bottom:1px solid #ddd;padding-bottom:.2rem}
        header p,.note{color:#555}
        .note{font-size:.875rem;margin:.4rem 0}
        figure{margin:.8rem 0;overflow-x:auto}
        svg{width:100%;height:auto;display:block;min-width:40rem}
        figure.section svg{width:auto;min-width:0}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-size:.875rem;min-width:50%}
        th,td{padding:.3rem .7rem .3rem 0;text-align:left;border-bottom:1px solid #eee;vertical-align:top}
        th{font-weight:600;border-bottom:1px solid #999}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .headline td:nth-child(3){font-weight:600}
        .hash td:last-child{font-family:ui-monospace,monospace;font-size:.75rem;overflow-wrap:anywhere}
        .legend{display:flex;flex-wrap:wrap;gap:.2rem .9rem;font-size:.8rem;padding:0;margin:.4rem 0;list-style:none}
        .legend i{display:inline-block;width:.9em;height:.9em;margin-right:.3em;vertical-align:-.1em;border:1px solid #999}
        input[type=search]{font:inherit;padding:.3rem .5rem;width:16rem;max-width:100%;box-sizing:border-box}
        text{font:13px system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif;fill:#333}
        .axis{fill:#666;font-size:12px}.label{font-size:12px}.strong{font-weight:600}
        .cell{font-size:11px;fill:#111}.cell.light{fill:#fff}
        .grid{stroke:#e4e4e4}.target{stroke:#222;stroke-dasharray:5 4}
        .primary{stroke:#333}.secondary{stroke:#aaa}.plant{stroke:#111;stroke-width:2}.building,.dwelling{stroke:#555;stroke-width:.6}
        .point{stroke:#fff}
        footer{margin:2.5rem 0 1rem;color:#666;font-size:.8rem}
        @media print{main{max-width:none;padding:0}.filter{display:none}h2{break-after:avoid}figure,tr{break-inside:avoid}svg{min-width:0}}
        """

    private static let script = """
        for(const field of document.querySelectorAll('input[data-table]'))field.addEventListener('input',()=>{
        const wanted=field.value.toLowerCase();
        for(const row of document.getElementById(field.dataset.table).tBodies[0].rows)
        row.hidden=!row.textContent.toLowerCase().includes(wanted);});
        """
}
