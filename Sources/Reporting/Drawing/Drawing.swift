/// A small SVG picture that grows shape by shape.
///
/// Coordinates are in picture units with the origin at the top left. Colours that mean data are written into the
/// shape; everything else is styled by the page through the class names.
struct Drawing {
    /// Width of the picture, units.
    let width: Double
    /// Height of the picture, units.
    let height: Double
    private let label: String
    private var body = ""

    /// An empty picture; `label` says what it shows to those who cannot see it.
    init(width: Double, height: Double, label: String) {
        self.width = width
        self.height = height
        self.label = label
    }

    /// The picture as an inline `svg` element that fills the width it is given.
    var svg: String { element(attributes: "") }

    /// The picture as an inline `svg` element of its own size, smaller only where the page is narrower.
    var svgInOwnSize: String { element(attributes: " width=\"\(Self.number(width))\" height=\"\(Self.number(height))\"") }

    private func element(attributes: String) -> String {
        let title = Markup.escaped(label)
        return """
            <svg\(attributes) viewBox="0 0 \(Self.number(width)) \(Self.number(height))" role="img" aria-label="\(title)"><title>\(title)</title>\(body)</svg>
            """
    }

    /// A straight line.
    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
        body += "<line x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\" class=\"\(style)\"/>"
    }

    /// A filled rectangle with an optional text shown on hovering.
    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: String? = nil, style: String = "", hover: String? = nil
    ) {
        body += "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
        finish("rect", fill: fill, style: style, hover: hover)
    }

    /// A filled circle with an optional text shown on hovering.
    mutating func circle(x: Double, y: Double, radius: Double, fill: String? = nil, style: String = "", hover: String? = nil) {
        body += "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\""
        finish("circle", fill: fill, style: style, hover: hover)
    }

    /// A path in SVG's own path language, made by ``Path``.
    mutating func path(_ path: Path, stroke: String? = nil, fill: String = "none", width: Double? = nil, style: String = "") {
        guard !path.data.isEmpty else { return }
        body += "<path d=\"\(path.data)\""
        if let stroke { body += " stroke=\"\(stroke)\"" }
        if let width { body += " stroke-width=\"\(Self.number(width))\"" }
        finish("path", fill: fill, style: style, hover: nil)
    }

    /// A text at its baseline.
    mutating func text(_ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "") {
        body += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        if !style.isEmpty { body += " class=\"\(style)\"" }
        body += ">\(Markup.escaped(text))</text>"
    }

    /// Diagonal hatching that ``hatch`` as a fill refers to.
    mutating func defineHatch() {
        body += """
            <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
            <rect width="6" height="6" fill="#f2f2f2"/><line x1="0" y1="0" x2="0" y2="6" stroke="#9a9a9a" stroke-width="2"/></pattern></defs>
            """
    }

    /// Fill of what is closed, after ``defineHatch()``.
    static let hatch = "url(#hatch)"

    /// Where a text stands beside its point.
    enum Anchor: String { case start, middle, end }

    private mutating func finish(_ element: String, fill: String?, style: String, hover: String?) {
        if let fill { body += " fill=\"\(fill)\"" }
        if !style.isEmpty { body += " class=\"\(style)\"" }
        if let hover {
            body += "><title>\(Markup.escaped(hover))</title></\(element)>"
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
}

/// The outline of lines, many of them in one element so that large networks stay light.
struct Path {
    /// The path in SVG's language.
    private(set) var data = ""

    /// Starts a new line.
    mutating func move(_ x: Double, _ y: Double) { data += "M\(Drawing.number(x)) \(Drawing.number(y))" }

    /// Draws on to a point.
    mutating func line(_ x: Double, _ y: Double) { data += "L\(Drawing.number(x)) \(Drawing.number(y))" }
}
