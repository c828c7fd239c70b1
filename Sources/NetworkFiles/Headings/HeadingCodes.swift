import NetworkModel

/// Problems with tables and files of other programs.
extension ProblemCode {
    static let ambiguousHeading = ProblemCode(
        "ambiguous-heading",
        en: ("the heading \"{0}\" can mean {1}", "Name the column exactly as the one that is meant."),
        zh: ("表头“{0}”含义不明，可能是 {1}", "请直接使用所指字段的名称作为列名。"))
    static let headingTwice = ProblemCode(
        "heading-twice",
        en: ("the headings \"{0}\" and \"{1}\" both mean {2}", "Remove or rename one of the two columns."),
        zh: ("表头“{0}”与“{1}”都表示 {2}", "请删除或改名其中一列。"))
    static let headingUnit = ProblemCode(
        "heading-unit",
        en: ("\"{0}\" is in {1}, which cannot become {2} in {3}", "Convert the column to {3}, or correct the unit in the heading."),
        zh: ("“{0}”的单位 {1} 不能换算为 {2} 的单位 {3}", "请将该列换算为 {3}，或更正表头中的单位。"))
    static let headingUnitUnknown = ProblemCode(
        "heading-unit-unknown",
        en: ("\"{1}\" in the heading \"{0}\" is no unit that is known; read as {2}", "Write the unit as in the list of units of the format reference."),
        zh: ("表头“{0}”中的“{1}”不是已知单位，按 {2} 读取", "请按格式说明中的单位表书写单位。"))
    static let unusedHeading = ProblemCode(
        "unused-heading",
        en: ("the column \"{0}\" is not used; it looks like {1}", "Correct the heading if it is meant to be {1}."),
        zh: ("列“{0}”未使用，其名称与 {1} 相近", "如确为 {1}，请更正表头。"))
    static let badRoom = ProblemCode(
        "bad-room-number",
        en: ("\"{0}\" is no room number of floor and door, such as 501 or 1203", "Give floor and door in columns of their own."),
        zh: ("“{0}”不是由楼层和户序组成的房号（如 501、1203）", "请分列给出楼层和门号。"))
    static let badWorkbook = ProblemCode(
        "bad-workbook",
        en: ("the workbook cannot be read: {0} is missing or damaged", "Open it in a spreadsheet program and save it again as .xlsx."),
        zh: ("无法读取该工作簿：{0} 缺失或损坏", "请在电子表格软件中打开并重新另存为 .xlsx。"))
    static let largeWorkbook = ProblemCode(
        "large-workbook",
        en: ("the workbook holds more than can be read: {0}", "Remove empty formatted columns, or give the tables as CSV."),
        zh: ("工作簿内容超出可读取范围：{0}", "请删除多余的空白列，或改用 CSV 表格。"))
    static let uncomputedFormula = ProblemCode(
        "uncomputed-formula",
        en: ("the formula in cell {0} of sheet {1} has no value in the file; read as empty", "Open the workbook in a spreadsheet program and save it."),
        zh: ("工作表 {1} 单元格 {0} 的公式在文件中没有计算值，按空单元格读取", "请用电子表格软件打开该工作簿并保存。"))
    static let noTable = ProblemCode(
        "no-table",
        en: ("no sheet or file is a table of the format: {0}", "Name the sheets nodes, trenches, buildings … or 节点, 管段, 楼栋 …"),
        zh: ("没有任何工作表或文件可识别为本格式的表：{0}", "请将工作表命名为 nodes、trenches、buildings 等，或 节点、管段、楼栋 等。"))
    static let oneRow = ProblemCode(
        "one-row",
        en: ("the table {0} has more than one row", "Keep the row of headings and one row below it."),
        zh: ("表 {0} 的数据多于一行", "请只保留表头和一行数据。"))
    static let sheetTwice = ProblemCode(
        "sheet-twice",
        en: ("{0} and {1} are both taken for the table {2}", "Rename or remove one of the two."),
        zh: ("{0} 与 {1} 都被识别为表 {2}", "请改名或删除其中一个。"))
}
