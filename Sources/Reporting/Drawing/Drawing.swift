import NetworkModel

/// A small SVG picture that grows shape by shape.
///
/// Coordinates are in picture units with the origin at the top left. Colours that mean data are written into the
/// shape; everything else is styled through class names, see ``style``. Texts carry both languages, so that the script of a
/// page can switch them.
struct Drawing {
    /// Width of the picture, units.
    let width: Double
    /// Height of the picture, units.
    let height: Double
    /// The language shown first.
    let language: Language
    private let label: Phrase
    private var body = ""

    /// An empty picture; `label` says what it shows to those who cannot see it.
    init(width: Double, height: Double, label: Phrase, language: Language) {
        self.width = width
        self.height = height
        self.label = label
        self.language = language
    }

    /// The picture as an inline `svg` element that fills the width it is given.
    var svg: String { svg(attributes: "") }

    /// The picture as an inline `svg` element of its own size, smaller only where the page is narrower.
    var svgInOwnSize: String { svg(attributes: " width=\"\(Self.number(width))\" height=\"\(Self.number(height))\"") }

    /// The picture as an inline `svg` element with further attributes, each with a blank before it.
    func svg(attributes: String) -> String {
        "<svg\(attributes) viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" role=\"img\"><title\(label.attribute(in: language))>"
            + "\(Markup.escaped(label.text(in: language)))</title>\(body)</svg>"
    }

    /// The picture as a file of its own, with the styles it needs.
    var file: String {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
            + "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\"><title>\(Markup.escaped(label.text(in: language)))</title>"
            + "<style>\(Self.style)</style><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\(body)</svg>\n"
    }

    /// Starts a group, until ``endGroup()``; attributes have a blank before each.
    mutating func group(_ attributes: String) { body += "<g\(attributes)>" }

    /// Ends a group.
    mutating func endGroup() { body += "</g>" }

    /// A straight line.
    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
        body += "<path d=\"M\(Self.number(x1)) \(Self.number(y1))L\(Self.number(x2)) \(Self.number(y2))\" class=\"\(style)\"/>"
    }

    /// A filled rectangle with an optional text shown on hovering.
    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: String? = nil, style: String = "", hover: Phrase? = nil
    ) {
        body += "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
        finish("rect", fill: fill, style: style, hover: hover)
    }

    /// A filled circle with an optional text shown on hovering.
    mutating func circle(x: Double, y: Double, radius: Double, fill: String? = nil, style: String = "", hover: Phrase? = nil) {
        body += "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\""
        finish("circle", fill: fill, style: style, hover: hover)
    }

    /// A path in SVG's own path language, made by ``Path``.
    mutating func path(
        _ path: Path, stroke: String? = nil, fill: String? = nil, width: Double? = nil, style: String = "", hover: Phrase? = nil
    ) {
        guard !path.data.isEmpty else { return }
        body += "<path d=\"\(path.data)\""
        if let stroke { body += " stroke=\"\(stroke)\"" }
        if let width { body += " stroke-width=\"\(Self.number(width))\"" }
        finish("path", fill: fill, style: style, hover: hover)
    }

    /// A text at its baseline, the same in both languages.
    mutating func text(_ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "") {
        self.text(Phrase(plain: text), x: x, y: y, anchor: anchor, style: style)
    }

    /// A text at its baseline.
    mutating func text(_ phrase: Phrase, x: Double, y: Double, anchor: Anchor = .start, style: String = "") {
        body += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        if !style.isEmpty { body += " class=\"\(style)\"" }
        body += "\(phrase.attribute(in: language))>\(Markup.escaped(phrase.text(in: language)))</text>"
    }

    /// Fill of what is closed; a page has the pattern once, see ``hatchPattern``.
    static let hatch = "url(#hatch)"

    /// Diagonal hatching that ``hatch`` refers to.
    static let hatchPattern = """
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <rect width="6" height="6" fill="#f2f2f2"/><path d="M0 0V6" stroke="#9a9a9a" stroke-width="2"/></pattern>
        """

    /// Puts the hatching into this picture, for one that stands alone.
    mutating func defineHatch() { body += "<defs>\(Self.hatchPattern)</defs>" }

    /// Where a text stands beside its point.
    enum Anchor: String { case start, middle, end }

    private mutating func finish(_ element: String, fill: String?, style: String, hover: Phrase?) {
        if let fill { body += " fill=\"\(fill)\"" }
        if !style.isEmpty { body += " class=\"\(style)\"" }
        if let hover {
            body += "><title\(hover.attribute(in: language))>\(Markup.escaped(hover.text(in: language)))</title></\(element)>"
        } else {
            body += "/>"
        }
    }

    /// A coordinate with at most one decimal: a tenth of a unit is below a pixel.
    static func number(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e9 else { return "0" }
        let tenths = Int((value * 10).rounded())
        let whole = tenths / 10
        let tenth = tenths.magnitude % 10
        if tenth == 0 { return String(whole) }
        return (tenths < 0 && whole == 0 ? "-0." : "\(whole).") + String(tenth)
    }

    /// Styles of all pictures, in a page or alone.
    static let style = """
        text{font:13px system-ui,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei",sans-serif;fill:#333}\
        .axis{fill:#555;font-size:12px}.label{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:3px}\
        .strong{font-weight:600}.cell{font-size:11px;fill:#111}.light{fill:#fff}\
        .grid{stroke:#e4e4e4;fill:none}.frame{stroke:#999;fill:none}.target{stroke:#222;stroke-dasharray:5 4;fill:none}\
        .pipe{fill:none;stroke:#999;stroke-linecap:round}.primary{stroke:#333}.plant{stroke:#111;stroke-width:2}\
        .building,.dwelling{stroke:#555;stroke-width:.6}.restricted{stroke:#111;stroke-width:1.6;stroke-dasharray:3 2}.point{stroke:#fff}\
        .supply{stroke:#b2182b;stroke-width:2.2;fill:none}.return{stroke:#2166ac;stroke-width:2.2;fill:none}\
        .consumer{stroke:#777;stroke-width:2.2}.static{stroke:#222;stroke-dasharray:9 4;fill:none}.limit{stroke:#7b3294;stroke-dasharray:2 3;stroke-width:1.4;fill:none}\
        .ground{fill:#ece7df;stroke:#8c7a5b}.house{fill:#d9d9d9;stroke:#777}\
        .curve{stroke-width:2.2;fill:none}.dashed{stroke-dasharray:6 4}
        """
}

/// The outline of lines, many of them in one element so that large networks stay light.
struct Path {
    /// The path in SVG's language.
    private(set) var data = ""

    /// An empty outline.
    init() {}

    /// A line through points.
    init(through points: some Sequence<(x: Double, y: Double)>) {
        for point in points { data.isEmpty ? move(point.x, point.y) : line(point.x, point.y) }
    }

    /// Starts a new line.
    mutating func move(_ x: Double, _ y: Double) { data += "M\(Drawing.number(x)) \(Drawing.number(y))" }

    /// Draws on to a point.
    mutating func line(_ x: Double, _ y: Double) { data += "L\(Drawing.number(x)) \(Drawing.number(y))" }

    /// Draws back to where the line started.
    mutating func close() { data += "Z" }
}
