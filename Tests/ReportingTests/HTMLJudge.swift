/// A small strict reader of HTML as the report writes it: every tag closed in order, attributes quoted, no bare `<` or `&`.
struct HTMLJudge {
    private(set) var faults: [String] = []
    /// How often each element occurs.
    private(set) var elements: [String: Int] = [:]

    private static let void: Set<String> = ["meta", "input", "!DOCTYPE"]

    init(_ html: String) {
        var open: [String] = []
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            judge(text: rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else {
                faults.append("tag without end: \(rest[start...].prefix(40))")
                return
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                if open.popLast() != String(tag.dropFirst()) { faults.append("</\(tag.dropFirst())> closes something else") }
                continue
            }
            let name = String(tag.prefix { $0 != " " && $0 != "/" })
            elements[name, default: 0] += 1
            judge(attributes: tag)
            if Self.void.contains(name) || tag.hasSuffix("/") { continue }
            open.append(name)
            // The content of these is not HTML.
            if name == "style" || name == "script" {
                guard let close = rest.range(of: "</\(name)>") else {
                    faults.append("<\(name)> without end")
                    return
                }
                rest = rest[close.upperBound...]
                open.removeLast()
            }
        }
        judge(text: rest)
        if !open.isEmpty { faults.append("never closed: \(open)") }
    }

    private mutating func judge(text: Substring) {
        var rest = text
        while let mark = rest.firstIndex(of: "&") {
            rest = rest[mark...]
            if !["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].contains(where: rest.hasPrefix) {
                faults.append("bare &: \(rest.prefix(20))")
            }
            rest = rest.dropFirst()
        }
    }

    private mutating func judge(attributes tag: Substring) {
        let quotes = tag.filter { $0 == "\"" }.count
        if !quotes.isMultiple(of: 2) { faults.append("unbalanced quotes: \(tag)") }
        if tag.contains("<") { faults.append("< inside a tag: \(tag)") }
    }
}
