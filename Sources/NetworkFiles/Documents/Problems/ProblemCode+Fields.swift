import NetworkModel

/// Problems of names, types and values of fields.
extension ProblemCode {
    static let unknownFormat = ProblemCode(
        "unknown-format",
        en: ("the document does not say that it is {0}", "Begin with \"format\": \"{0}\"."),
        zh: ("文件未声明格式 {0}", "请在开头写明 \"format\": \"{0}\"。"))
    static let unknownTable = ProblemCode(
        "unknown-table",
        en: ("\"{0}\" is no table or field of the document{1}", "Correct the name or remove it; remarks go into \"description\"."),
        zh: ("“{0}”不是本格式的表或字段{1}", "请更正名称或删除；说明文字请写入 description。"))
    static let unknownField = ProblemCode(
        "unknown-field",
        en: ("table {1} has no field \"{0}\"{2}, met in {3} row(s)", "Correct the name or remove it; remarks go into \"note\"."),
        zh: ("表 {1} 没有字段“{0}”{2}，共出现于 {3} 行", "请更正名称或删除；备注请写入 note。"))
    static let repeatedField = ProblemCode(
        "repeated-field",
        en: ("\"{0}\" is given twice", "Keep one of the two."),
        zh: ("“{0}”重复给出", "请只保留一个。"))
    static let missingField = ProblemCode(
        "missing-field",
        en: ("{0} of table {1} needs \"{2}\"", "Add it ({3})."),
        zh: ("表 {1} 的 {0} 缺少“{2}”", "请补充（{4}）。"))
    static let needsNumber = ProblemCode(
        "needs-number",
        en: ("\"{0}\" needs a number, found {1}", "Write the number without quotes."),
        zh: ("“{0}”应为数字，实际为 {1}", "请直接填写数字，不加引号。"))
    static let needsText = ProblemCode(
        "needs-text",
        en: ("\"{0}\" needs a text, found {1}", "Write it in double quotes."),
        zh: ("“{0}”应为文本，实际为 {1}", "请加双引号。"))
    static let needsFlag = ProblemCode(
        "needs-flag",
        en: ("\"{0}\" needs true or false, found {1}", "Write true or false."),
        zh: ("“{0}”应为true 或 false，实际为 {1}", "请填写 true 或 false。"))
    static let needsObject = ProblemCode(
        "needs-object",
        en: ("\"{0}\" needs an object {…}, found {1}", "Write its fields inside braces."),
        zh: ("“{0}”应为对象 {…}，实际为 {1}", "请将字段写在花括号内。"))
    static let needsRows = ProblemCode(
        "needs-rows",
        en: ("\"{0}\" needs an array of objects, or the name of a CSV file, found {1}", "Write [ {…}, {…} ] or \"FILE.csv\"."),
        zh: ("“{0}”应为对象数组或 CSV 文件名，实际为 {1}", "请写成 [ {…}, {…} ] 或 \"文件名.csv\"。"))
    static let notNumber = ProblemCode(
        "not-a-number",
        en: ("{0} is no decimal number", "Write digits with a point, such as 12.5 or 3e-4; leave the cell empty (null) where nothing is known."),
        zh: ("{0} 不是十进制数", "请用数字和小数点书写，例如 12.5 或 3e-4；未知时留空（null）。"))
    static let decimalComma = ProblemCode(
        "decimal-comma",
        en: ("{0} has a decimal comma", "Write a decimal point: {1}."),
        zh: ("{0} 使用了小数逗号", "请改用小数点：{1}。"))
    static let numberForm = ProblemCode(
        "number-form",
        en: ("{0} is not how JSON writes a number", "Write {1}."),
        zh: ("{0} 不是 JSON 的数字写法", "请写成 {1}。"))
    static let numberOverflow = ProblemCode(
        "number-overflow",
        en: ("{0} is larger than any number that can be computed with", "Correct the exponent."),
        zh: ("{0} 超出可计算的范围", "请更正指数。"))
    static let notWhole = ProblemCode(
        "not-whole",
        en: ("\"{0}\" counts something, {1} is no whole number", "Write a whole number."),
        zh: ("“{0}”应为整数，实际为 {1}", "请填写整数。"))
    static let outOfRange = ProblemCode(
        "out-of-range",
        en: ("\"{0}\" = {1} is outside {2}", "Correct the value{3}."),
        zh: ("“{0}” = {1} 超出 {2}", "请更正数值{4}。"))
    static let implausible = ProblemCode(
        "implausible",
        en: ("\"{0}\" = {1} is unusual: networks have {2}", "Check the value{3}."),
        zh: ("“{0}” = {1} 不常见，一般为 {2}", "请核对数值{4}。"))
    static let unknownChoice = ProblemCode(
        "unknown-choice",
        en: ("\"{0}\" cannot be \"{1}\"{2}", "Write one of: {3}."),
        zh: ("“{0}”不能为“{1}”{2}", "请从以下取值中选择：{3}。"))
    static let badPoints = ProblemCode(
        "bad-points",
        en: ("\"{0}\" needs pairs of numbers, found {1}", "Write {2}."),
        zh: ("“{0}”应为成对的数字，实际为 {1}", "请写成 {2}。"))

    // Texts and ids

    static let textTooLong = ProblemCode(
        "text-too-long",
        en: ("\"{0}\" has {1} bytes, more than {2}", "Shorten it; a quote that is not closed may be the cause."),
        zh: ("“{0}”长 {1} 字节，超过 {2} 字节", "请缩短；也可能是引号未闭合。"))
    static let badCharacter = ProblemCode(
        "bad-character",
        en: ("\"{0}\" contains {1}, which cannot be seen", "Remove the character; two ids that look alike must be alike."),
        zh: ("“{0}”含有不可见字符 {1}", "请删除该字符，避免外观相同而实际不同的编号。"))
    static let spacesAround = ProblemCode(
        "spaces-around",
        en: ("\"{0}\" begins or ends with a space", "Remove the space."),
        zh: ("“{0}”首尾有空格", "请删除空格。"))
    static let duplicateID = ProblemCode(
        "duplicate-id",
        en: ("{0} stands in table {1} already, on line {2}", "Give each element an id of its own."),
        zh: ("表 {1} 中已有编号 {0}（第 {2} 行）", "每个元件的编号必须唯一。"))
    static let similarID = ProblemCode(
        "similar-id",
        en: ("{0} and {1} (line {2}) differ only in case or in Unicode form", "Make sure that these are two elements."),
        zh: ("{0} 与 {1}（第 {2} 行）仅大小写或 Unicode 形式不同", "请确认确为两个元件。"))
}
