import NetworkModel

/// Problems of the text itself, whatever it means.
extension ProblemCode {
    static let tooManyProblems = ProblemCode(
        "given-up",
        en: ("more than {0} problems; reading stops here", "Mend those listed first."),
        zh: ("问题超过 {0} 个，停止读取", "请先修正已列出的问题。"))
    static let tooManyColumns = ProblemCode(
        "csv-columns",
        en: ("more than {0} columns", "This is no table of the format; check separators and line ends."),
        zh: ("列数超过 {0}", "这不是本格式的表，请检查分隔符和换行。"))

    // Files

    static let emptyFile = ProblemCode(
        "empty-file",
        en: ("the file is empty", "Export or copy it again; a document starts with {\"format\": \"equitherm/1\"}, a table with a line of column names, an .inp with a section."),
        zh: ("文件为空", "请重新导出或复制；JSON 文件应以 {\"format\": \"equitherm/1\"} 开头，表格应以列名行开头，.inp 应以节标题开头。"))
    static let binaryFile = ProblemCode(
        "binary-file",
        en: ("this is no text file ({0})", "Give JSON, GeoJSON, CSV tables, a workbook (.xlsx) or an .inp file; a damaged file has to be copied or saved again."),
        zh: ("不是文本文件（{0}）", "请提供 JSON、GeoJSON、CSV 表格、工作簿（.xlsx）或 .inp 文件；损坏的文件请重新复制或保存。"))
    static let nulBytes = ProblemCode(
        "nul-bytes",
        en: ("the text ends with {0} NUL bytes", "The file was not written to its end; copy or export it again."),
        zh: ("文件末尾有 {0} 个空字节（NUL）", "文件写入不完整，请重新复制或导出。"))
    static let invalidUTF8 = ProblemCode(
        "invalid-utf8",
        en: ("this byte (0x{0}) is neither UTF-8 nor GB18030", "Save the file as UTF-8."),
        zh: ("该字节（0x{0}）既不是 UTF-8 也不是 GB18030", "请将文件另存为 UTF-8 编码。"))
    static let assumedEncoding = ProblemCode(
        "assumed-encoding",
        en: ("read as {0}, because it is not UTF-8", "Check names in the result, or save the file as UTF-8."),
        zh: ("文件不是 UTF-8 编码，按 {0} 读取", "请核对结果中的名称，或将文件另存为 UTF-8。"))
    static let changedWhileRead = ProblemCode(
        "changed-while-read",
        en: ("the file changed while it was read", "Wait until it is written and run again."),
        zh: ("读取过程中文件发生变化", "请等待文件写入完成后重新运行。"))
    static let tableFileMissing = ProblemCode(
        "table-file-missing",
        en: ("table {0} names the file {1}, which cannot be read: {2}", "Put the file beside the document or correct its name."),
        zh: ("表 {0} 引用的文件 {1} 无法读取：{2}", "请将该文件放在主文件旁边，或更正文件名。"))
    static let tableFileOutside = ProblemCode(
        "table-file-outside",
        en: ("table {0} names {1}, which is outside the document's folder", "Give a path below the folder of the document."),
        zh: ("表 {0} 引用的 {1} 位于主文件所在文件夹之外", "请使用主文件所在文件夹内的相对路径。"))
    static let tableFileItself = ProblemCode(
        "table-file-itself",
        en: ("table {0} names {1}, the document itself", "Name a CSV file or a workbook that holds the table."),
        zh: ("表 {0} 引用了主文件自身 {1}", "请改为保存该表的 CSV 文件或工作簿。"))
    static let tableTwice = ProblemCode(
        "table-twice",
        en: ("the document names another file for table {0}, and {1} lies beside it", "Keep one of the two."),
        zh: ("主文件为表 {0} 指定了另一文件，而同一文件夹中还有 {1}", "请只保留其中一个。"))
    static let tableNotNamed = ProblemCode(
        "table-not-named",
        en: ("{0} lies beside the document but is not read, because the document does not name it", "Add \"{1}\": \"{0}\" to the document."),
        zh: ("{0} 位于主文件旁边，但主文件没有引用它，因此未读取", "请在主文件中加入 \"{1}\": \"{0}\"。"))
    static let unknownTableFile = ProblemCode(
        "unknown-table-file",
        en: ("{0} is no table of the format and is not read{1}", "Rename it, or move it out of the folder."),
        zh: ("{0} 不是本格式的表，未读取{1}", "请改名或移出该文件夹。"))

    // JSON

    static let unexpected = ProblemCode(
        "json-syntax",
        en: ("expected {0}, found {1}", "Correct the JSON here; what follows may be read wrongly until then."),
        zh: ("此处应为 {0}，实际为 {1}", "请更正此处的 JSON 语法，否则后续内容可能被误读。"))
    static let missingValue = ProblemCode(
        "json-missing-value",
        en: ("a value is missing before {0}", "Write the value, or null where nothing is known."),
        zh: ("{0} 之前缺少值", "请填写数值；未知时写 null。"))
    static let truncated = ProblemCode(
        "json-truncated",
        en: ("the document ends before the {0} of line {1} is closed", "The file was not written to its end; copy or export it again."),
        zh: ("文件中断，第 {1} 行的 {0} 没有闭合", "文件不完整，请重新复制或导出。"))
    static let trailingGarbage = ProblemCode(
        "json-trailing",
        en: ("{0} follows the end of the document", "Remove what stands behind the closing brace."),
        zh: ("文件结束后仍有内容 {0}", "请删除最后一个右花括号之后的内容。"))
    static let missingComma = ProblemCode(
        "json-missing-comma",
        en: ("a comma is missing before {0}", "Add the comma."),
        zh: ("{0} 之前缺少逗号", "请补上逗号。"))
    static let trailingComma = ProblemCode(
        "json-trailing-comma",
        en: ("a comma before {0}", "Remove the comma."),
        zh: ("{0} 之前多了一个逗号", "请删除该逗号。"))
    static let comment = ProblemCode(
        "json-comment",
        en: ("JSON has no comments", "Use the field \"note\" of a row, or \"description\" of the document."),
        zh: ("JSON 不支持注释", "请使用行的 note 字段或文件的 description 字段。"))
    static let unquoted = ProblemCode(
        "json-unquoted",
        en: ("{0} needs double quotes", "Write \"{1}\"."),
        zh: ("{0} 需要加双引号", "请写成 \"{1}\"。"))
    static let unterminatedText = ProblemCode(
        "unterminated-text",
        en: ("the quote opened here is not closed", "Close it on the same line; inside a text write {0} for a quote."),
        zh: ("此处的引号没有闭合", "请补上右引号；文本中的引号请写作 {0}。"))
    static let badEscape = ProblemCode(
        "json-escape",
        en: ("{0} is no escape of JSON", "Write \\\\ for a backslash and \\uXXXX for a character by number."),
        zh: ("{0} 不是有效的 JSON 转义", "反斜杠请写作 \\\\，按编码写字符请用 \\uXXXX。"))
    static let rawControl = ProblemCode(
        "json-control-character",
        en: ("control character {0} inside a text", "Remove it, or write it as an escape (\\n, \\t)."),
        zh: ("文本中含有控制字符 {0}", "请删除，或写成转义（\\n、\\t）。"))
    static let tooDeep = ProblemCode(
        "json-depth",
        en: ("more than {0} levels of nesting", "Nothing in this format nests so deep; remove it."),
        zh: ("嵌套超过 {0} 层", "本格式没有如此深的嵌套，请删除。"))
    static let tooManyErrors = ProblemCode(
        "json-given-up",
        en: ("too many mistakes of syntax; the rest of the document is not read", "Mend those listed first."),
        zh: ("语法错误过多，其余内容未读取", "请先修正已列出的错误。"))

    // CSV

    static let cellCount = ProblemCode(
        "csv-cells",
        en: ("this row has {0} cell(s), the header {1}", "Check commas and quotes; a decimal comma (1,5) splits a cell in two."),
        zh: ("该行有 {0} 个单元格，表头有 {1} 个", "请检查逗号与引号；小数逗号（1,5）会把一个单元格拆成两个。"))
    static let strayQuote = ProblemCode(
        "csv-quote",
        en: ("a quote inside a cell that does not start with one, or text behind a closing quote", "Quote the whole cell and double the quotes inside: \"a \"\"b\"\" c\"."),
        zh: ("引号出现在未加引号的单元格中，或右引号之后还有内容", "请为整个单元格加引号，内部引号写两次：\"a \"\"b\"\" c\"。"))
    static let delimiter = ProblemCode(
        "csv-delimiter",
        en: ("columns are separated by {0}", "Save with commas between cells and points in decimals."),
        zh: ("列之间用 {0} 分隔", "请用逗号分隔单元格，小数使用小数点。"))
    static let unnamedColumn = ProblemCode(
        "csv-unnamed-column",
        en: ("column {0} has no name but has cells", "Name the column or remove it."),
        zh: ("第 {0} 列没有列名但有内容", "请填写列名或删除该列。"))
    static let unknownColumn = ProblemCode(
        "unknown-column",
        en: ("table {1} has no column \"{0}\"{2}", "Correct the name or remove the column; remarks go into \"note\"."),
        zh: ("表 {1} 没有列“{0}”{2}", "请更正列名或删除该列；备注请写入 note。"))
    static let missingColumn = ProblemCode(
        "missing-column",
        en: ("table {0} needs a column \"{1}\"", "Add it ({2})."),
        zh: ("表 {0} 缺少列“{1}”", "请补充（{3}）。"))
}
