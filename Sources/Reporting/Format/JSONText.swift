import NetworkFiles

/// A JSON value whose text is the same for the same value: keys keep their order, numbers are shortest decimals.
package enum JSONText {
    case object(KeyValuePairs<String, JSONText>)
    case list([JSONText])
    case text(String)
    /// NaN and infinity, which JSON does not have, become `null`: an undefined figure.
    case number(Double)
    case count(Int)
    case flag(Bool)
    case null

    /// A number, `null` for nil.
    package static func number(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }

    /// The text, indented by two blanks a level.
    package var text: String {
        var result = ""
        write(into: &result, indent: "")
        return result + "\n"
    }

    private func write(into result: inout String, indent: String) {
        switch self {
        case .object(let members):
            let inner = indent + "  "
            result += "{"
            for (position, (key, value)) in members.enumerated() {
                result += position == 0 ? "\n\(inner)" : ",\n\(inner)"
                Self.write(key, into: &result)
                result += ": "
                value.write(into: &result, indent: inner)
            }
            result += members.isEmpty ? "}" : "\n\(indent)}"
        case .list(let values):
            let inner = indent + "  "
            result += "["
            for (position, value) in values.enumerated() {
                result += position == 0 ? "\n\(inner)" : ",\n\(inner)"
                value.write(into: &result, indent: inner)
            }
            result += values.isEmpty ? "]" : "\n\(indent)]"
        case .text(let text): Self.write(text, into: &result)
        case .number(let number):
            guard number.isFinite else { return result += "null" }
            result += NumberText.shortest(number)
        case .count(let count): result += String(count)
        case .flag(let flag): result += flag ? "true" : "false"
        case .null: result += "null"
        }
    }

    /// Quotes a text (RFC 8259 §7).
    private static func write(_ text: String, into result: inout String) {
        result += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        result += "\""
    }
}
