import NetworkModel

/// Writes the reference of a format for people, from the same schema that reads and writes files.
public struct FormatReferenceWriter {
    private let schema: Schema
    private let language: Language

    /// A writer for a format in a language.
    public init(_ schema: Schema, language: Language) { (self.schema, self.language) = (schema, language) }

    /// The text in Markdown.
    public var text: String {
        var lines = introduction
        lines += ["", "## " + say("Tables", "表"), ""]
        for table in schema.tables { lines.append("- [`\(table.name.rawValue)`](#\(table.name.rawValue)): \(words(table.documentation))") }
        for table in schema.tables { lines += [""] + section(table) }
        lines += [""] + defaults + [""] + headings
        return lines.joined(separator: "\n") + "\n"
    }

    private func say(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

    private func words(_ documentation: Documentation) -> String {
        documentation.text(in: language).replacing("|", with: "\\|")
    }

    // MARK: Parts

    private var introduction: [String] {
        [
            "# " + say("Reference of the format \(schema.format)", "格式 \(schema.format) 说明"), "",
            say(
                "Made from the schema that reads and writes files (`make docs`); do not edit. Machines read [equitherm-1.schema.json](../networks/equitherm-1.schema.json).",
                "由读写文件所用的同一模式生成（`make docs`），请勿手工修改。机器可读版本见 [equitherm-1.schema.json](../networks/equitherm-1.schema.json)。"),
            "",
            say(
                "A network is one JSON document, or a folder with a small `network.json` and a CSV table for each kind of element, or a workbook (`.xlsx`) with a sheet a table. Tables of rows are arrays in JSON and files or sheets of that name elsewhere; `design` and `defaults` have one row; fields of `manifest` stand in the document itself. A dot in a name is an object inside the row in JSON and part of the column's name in CSV. Numbers are decimals with a point. An empty cell, or a key that is left out, means that nothing is known: the defaults below stand in.",
                "管网可以是一个 JSON 文件，或一个文件夹（内含小的 `network.json` 和每类元件一张 CSV 表），或一个工作簿（`.xlsx`，每表一个工作表）。多行的表在 JSON 中为数组，在其他形式中为同名文件或工作表；`design` 和 `defaults` 只有一行；`manifest` 的字段写在文件顶层。名称中的点在 JSON 中表示行内的对象，在 CSV 中是列名的一部分。数值为十进制，小数点用“.”。空单元格或省略的键表示未知，按下文的缺省值处理。"),
            "",
            say(
                "A number outside its range is an error; one outside the range in brackets is a warning.",
                "数值超出范围为错误；超出括号内的常见范围为警告。"),
        ]
    }

    private func section(_ table: TableSchema) -> [String] {
        var lines = ["### \(table.name.rawValue)", "", words(table.documentation), ""]
        lines.append("| " + [say("field", "字段"), say("holds", "内容"), say("meaning", "含义")].joined(separator: " | ") + " |")
        lines.append("| --- | --- | --- |")
        for field in table.fields {
            let name = "`\(field.name)`" + (field.isRequired ? say(" (required)", "（必填）") : "")
            lines.append("| \(name) | \(holds(field)) | \(words(field.documentation)) |")
        }
        return lines
    }

    private func holds(_ field: Field) -> String {
        switch field.type {
        case .text: return say("text", "文本")
        case .id: return say("id", "编号")
        case .reference(let tables):
            return say("id in ", "编号，见 ") + tables.map { "`\($0.rawValue)`" }.joined(separator: say(", ", "、"))
        case .number(let unit, let range):
            return (unit == "1" ? say("number", "数值") : unit) + ", " + limits(range)
        case .integer(let range): return say("whole number", "整数") + ", " + limits(range)
        case .flag: return "`true`, `false`"
        case .choice(let words): return words.map { "`\($0)`" }.joined(separator: ", ")
        case .points(let first, let second): return say("list of pairs ", "数对列表 ") + "\(first), \(second)"
        case .values(let unit, _): return say("list of values ", "数值列表 ") + unit
        }
    }

    private func limits(_ range: NumberRange) -> String {
        let open = range.excludesLowerBound ? "]" : "["
        let valid = "\(open)\(NumberText.shortest(range.valid.lowerBound)), \(NumberText.shortest(range.valid.upperBound))]"
        if range.plausible == range.valid { return valid }
        return valid + " (\(NumberText.shortest(range.plausible.lowerBound))…\(NumberText.shortest(range.plausible.upperBound)))"
    }

    private var defaults: [String] {
        var lines = [
            "## " + say("Defaults", "缺省值"), "",
            say(
                "What is assumed where a document says nothing; reports list what was used. A name that is a field can be set in `defaults`, a zone, a building or a dwelling; the narrowest place wins.",
                "文件未给出时采用的取值，报告会列出所用的缺省值。与字段同名者可在 `defaults`、区域、楼栋或住户中设定，范围最小者优先。"),
            "", "| " + [say("name", "名称"), say("value", "取值"), say("basis", "依据"), say("meaning", "含义")].joined(separator: " | ") + " |",
            "| --- | --- | --- | --- |",
        ]
        for value in Defaults.all {
            let number = value.unit.isEmpty ? value.value : "\(value.value) \(value.unit)"
            lines.append("| `\(value.name)` | \(number) | \(basis(value.basis)) | \(words(value.documentation)) |")
        }
        return lines
    }

    private func basis(_ basis: DefaultValue.Basis) -> String {
        switch basis {
        case .standard: say("standard", "标准")
        case .judgement: say("judgement", "经验")
        case .rule: say("rule", "规则")
        }
    }

    /// What tables of utilities may call things.
    private var headings: [String] {
        var lines = [
            "## " + say("Headings and words of your own tables", "自有表格的表头与取值"), "",
            say(
                "Rosters and topology tables as CSV or XLSX may use these headings and words instead of the names above. Case, blanks and punctuation do not count; a unit may follow in brackets or behind a slash (`管长(km)`, `Length [m]`, `面积/㎡`) and is converted. A title above the line of headings is passed. `check` says what was taken for what and what was not used. A heading that can mean two fields is an error.",
                "名册和拓扑表（CSV 或 XLSX）可用下列表头和取值代替上述名称。大小写、空格和标点不影响识别；单位可写在括号内或斜杠后（`管长(km)`、`Length [m]`、`面积/㎡`），并自动换算。表头上方的标题行会被跳过。`check` 会列出识别结果和未使用的列。含义不唯一的表头视为错误。"),
            "", "| " + [say("means", "含义"), say("written as", "写法")].joined(separator: " | ") + " |", "| --- | --- |",
        ]
        for line in HeadingText.lines.split(separator: "\n") {
            guard let colon = line.range(of: ": ") else { continue }
            lines.append("| `\(line[..<colon.lowerBound].replacing("|", with: "` / `"))` | \(line[colon.upperBound...]) |")
        }
        lines += [
            "",
            say(
                "`*` is any table, `=` a word of a choice, `@room` floor and door in one number (501 is door 1 on floor 5).",
                "`*` 表示任意表，`=` 表示选项取值，`@room` 表示由楼层和户序组成的房号（501 即 5 层 1 号）。"),
        ]
        return lines
    }
}
