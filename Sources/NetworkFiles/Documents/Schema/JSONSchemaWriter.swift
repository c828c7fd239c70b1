/// Writes a ``Schema`` as a JSON Schema (draft 2020-12), for editors that complete and check while one types.
///
/// It says what a JSON document may hold; what only the whole network shows (references, loops) is `check`'s work.
public enum JSONSchemaWriter {
    /// The text of the schema file.
    public static func text(_ schema: Schema) -> String {
        var properties: [(String, Tree)] = []
        var definitions: [(String, Tree)] = []
        for table in schema.tables {
            switch table.shape {
            case .document: properties += object(of: table, schema).properties
            case .object:
                properties.append((table.name.rawValue, reference(table)))
                definitions.append((table.name.rawValue, row(table, schema)))
            case .rows:
                properties.append((table.name.rawValue, rows(table)))
                definitions.append((table.name.rawValue, row(table, schema)))
            }
        }
        let root = Tree.object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text(schema.format)),
            ("description", .text(schema.summary)),
            ("type", .text("object")),
            ("required", .list([.text("format")])),
            ("properties", .object(properties)),
            ("additionalProperties", .flag(false)),
            ("$defs", .object(definitions)),
        ])
        return root.text + "\n"
    }

    private static func reference(_ table: TableSchema) -> Tree {
        .object([("$ref", .text("#/$defs/" + table.name.rawValue))])
    }

    private static func rows(_ table: TableSchema) -> Tree {
        .object([
            ("description", .text(table.documentation.english)),
            ("oneOf", .list([
                .object([("type", .text("array")), ("items", reference(table))]),
                .object([("type", .text("string")), ("description", .text("A CSV file, relative to this document."))]),
            ])),
        ])
    }

    private static func row(_ table: TableSchema, _ schema: Schema) -> Tree {
        var members: [(String, Tree)] = [("description", .text(table.documentation.english))]
        members += object(of: table, schema).members
        return .object(members)
    }

    /// An object of a table's fields, dotted names nested.
    private struct Nested {
        var properties: [(String, Tree)] = []
        var required: [String] = []

        var members: [(String, Tree)] {
            var members: [(String, Tree)] = [("type", .text("object"))]
            if !required.isEmpty { members.append(("required", .list(required.map { .text($0) }))) }
            members.append(("properties", .object(properties)))
            members.append(("additionalProperties", .flag(false)))
            return members
        }
    }

    private static func object(of table: TableSchema, _ schema: Schema) -> Nested {
        let order = KeyOrder(table)
        return nested(order.members, level: 0, order, table)
    }

    private static func nested(_ groups: [[Int]], level: Int, _ order: KeyOrder, _ table: TableSchema) -> Nested {
        var nested = Nested()
        for group in groups {
            let path = order.paths[group[0]]
            if path.count == level + 1 {
                let field = table.fields[group[0]]
                nested.properties.append((path[level], value(field)))
                if field.isRequired { nested.required.append(path[level]) }
            } else {
                let inner = Self.nested(order.grouped(group, level: level + 1), level: level + 1, order, table)
                nested.properties.append((path[level], .object(inner.members)))
            }
        }
        return nested
    }

    private static func value(_ field: Field) -> Tree {
        var description = field.documentation.english
        var members: [(String, Tree)] = []
        switch field.type {
        case .text: members = type("string")
        case .id: members = type("string") + [("minLength", .number(1))]
        case .reference(let tables):
            members = type("string")
            description += " Refers to \(tables.map(\.rawValue).joined(separator: ", "))."
        case .number(let unit, let range):
            members = type("number") + bounds(range)
            description += unit == "1" ? "" : " Unit: \(unit)."
            description += " Usual: \(NumberText.shortest(range.plausible.lowerBound)) to \(NumberText.shortest(range.plausible.upperBound))."
        case .integer(let range): members = type("integer") + bounds(range)
        case .flag: members = type("boolean")
        case .choice(let words): members = [("enum", .list(words.map { .text($0) } + (field.isRequired ? [] : [.null])))]
        case .points(let first, let second):
            let number = Tree.object([("type", .text("number"))])
            let pair = Tree.object([("type", .text("array")), ("prefixItems", .list([number, number])), ("minItems", .number(2)), ("maxItems", .number(2))])
            members = type("array") + [("items", pair)]
            description += " Pairs of \(first) and \(second)."
        case .values(let unit, _):
            let number = Tree.object([("type", .text("number"))])
            let pair = Tree.object([("type", .text("array")), ("prefixItems", .list([number, number])), ("minItems", .number(2)), ("maxItems", .number(2))])
            members = type("array") + [("items", .object([("oneOf", .list([number, pair]))]))]
            description += " A list of \(unit == "1" ? "numbers" : unit), or of pairs of a number and its weight."
        }
        if !field.isRequired { members = optional(members) }
        return .object([("description", .text(description))] + members)
    }

    private static func type(_ name: String) -> [(String, Tree)] { [("type", .text(name))] }

    /// `null` is an empty cell.
    private static func optional(_ members: [(String, Tree)]) -> [(String, Tree)] {
        members.map { name, value in
            if name == "type", case .text = value { (name, .list([value, .text("null")])) } else { (name, value) }
        }
    }

    private static func bounds(_ range: NumberRange) -> [(String, Tree)] {
        [
            (range.excludesLowerBound ? "exclusiveMinimum" : "minimum", .number(range.valid.lowerBound)),
            ("maximum", .number(range.valid.upperBound)),
        ]
    }
}

extension JSONSchemaWriter {
    /// A JSON value to be written.
    indirect enum Tree {
        case object([(String, Tree)])
        case list([Tree])
        case text(String)
        case number(Double)
        case flag(Bool)
        case null

        /// The value, objects one member a line, lists of plain values in one line.
        var text: String {
            var result = ""
            write(into: &result, indent: "")
            return result
        }

        private var isPlain: Bool {
            switch self {
            case .object, .list: false
            default: true
            }
        }

        private func write(into result: inout String, indent: String) {
            switch self {
            case .object(let members):
                let inner = indent + "  "
                result += "{"
                for (position, (name, value)) in members.enumerated() {
                    result += (position == 0 ? "\n" : ",\n") + inner + Self.quoted(name) + ": "
                    value.write(into: &result, indent: inner)
                }
                result += "\n" + indent + "}"
            case .list(let values):
                let isPlain = values.allSatisfy(\.isPlain)
                let inner = indent + "  "
                result += "["
                for (position, value) in values.enumerated() {
                    result += position == 0 ? "" : isPlain ? ", " : ","
                    if !isPlain { result += "\n" + inner }
                    value.write(into: &result, indent: inner)
                }
                result += isPlain ? "]" : "\n" + indent + "]"
            case .text(let text): result += Self.quoted(text)
            case .number(let number): result += NumberText.shortest(number)
            case .flag(let flag): result += flag ? "true" : "false"
            case .null: result += "null"
            }
        }

        /// Documentation holds no control characters; quotes and backslashes are all that needs escaping.
        private static func quoted(_ text: String) -> String {
            "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
    }
}
