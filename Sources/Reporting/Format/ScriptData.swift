import NetworkFiles

/// Data for the script of a page: JSON as short as it gets, safe inside a `script` element.
struct ScriptData {
    /// The text so far.
    private(set) var text = ""

    /// Adds a list, its values made by `add` one after the other.
    mutating func list<Elements: Sequence>(_ elements: Elements, _ add: (Elements.Element, inout ScriptData) -> Void) {
        text += "["
        var isFirst = true
        for element in elements {
            if !isFirst { text += "," }
            isFirst = false
            add(element, &self)
        }
        text += "]"
    }

    /// Adds an object of parts that are added by themselves.
    mutating func object(_ members: [(name: String, add: (inout ScriptData) -> Void)]) {
        text += "{"
        for (position, member) in members.enumerated() {
            if position > 0 { text += "," }
            string(member.name)
            text += ":"
            member.add(&self)
        }
        text += "}"
    }

    /// Adds a member of an object that somebody else puts into braces; both are JSON already.
    mutating func add(member name: String, _ value: String) { text += (text.isEmpty ? "" : ",\n") + name + ":" + value }

    /// Adds a text. `<` is escaped, so that nothing can end the script element; so are the line ends of JavaScript.
    mutating func string(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// Adds both languages of a text.
    mutating func phrase(_ phrase: Phrase) { list([phrase.english, phrase.chinese]) { $1.string($0) } }

    /// Adds a number with at most so many decimals; `null` where there is none.
    mutating func number(_ value: Double, _ decimals: Int) {
        var unit = 1.0
        for _ in 0..<decimals { unit *= 10 }
        let scaled = (value * unit).rounded()
        guard scaled.isFinite, scaled.magnitude < 9e15 else {
            text += "null"
            return
        }
        let digits = Int(scaled)
        let whole = digits.magnitude / UInt(unit)
        var fraction = digits.magnitude % UInt(unit)
        if digits < 0 { text += "-" }
        text += String(whole)
        guard fraction > 0 else { return }
        var places = decimals
        while fraction % 10 == 0 { (fraction, places) = (fraction / 10, places - 1) }
        let shown = String(fraction)
        text += "." + String(repeating: "0", count: places - shown.count) + shown
    }

    /// Adds a number behind others of a list.
    mutating func next(_ value: Double, _ decimals: Int) {
        text += ","
        number(value, decimals)
    }

    /// Adds a text behind others of a list.
    mutating func next(text value: String) {
        text += ","
        string(value)
    }

    /// Adds a whole number.
    mutating func count(_ value: Int) { text += String(value) }
}
