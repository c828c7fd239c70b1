import NetworkModel

/// What can be wrong with the text of an EPANET input file.
extension ProblemCode {
    /// A section header that no version of EPANET knows. Arguments: the header, a suggestion or the list of names.
    static let inpUnknownSection = ProblemCode(
        "inp-unknown-section",
        en: ("the section “{0}” is unknown", "{1}"), zh: ("未知的节“{0}”", "{1}"))
    /// The file ends inside a section header. Arguments: what stands there.
    static let inpTruncated = ProblemCode(
        "inp-truncated",
        en: ("the file ends inside a section header: “{0}”", "get the file again: its end is missing"),
        zh: ("文件在节标题内中断：“{0}”", "文件尾部缺失，请重新获取"))
    /// Data before the first section. Arguments: number of lines.
    static let inpStrayText = ProblemCode(
        "inp-stray-text",
        en: ("{0} lines before the first section are not read", "put them into a section, or start them with a semicolon"),
        zh: ("第一节之前的{0}行未读取", "请放入相应的节，或以分号开头作为注释"))
    /// A word that should be a number. Arguments: the word.
    static let inpNotANumber = ProblemCode(
        "inp-not-a-number", en: ("“{0}” is not a number", "write a decimal number with a point, for example 1.5"),
        zh: ("“{0}”不是数字", "请填写带小数点的十进制数，例如 1.5"))
    /// A number with a decimal comma. Arguments: the word, with a point.
    static let inpDecimalComma = ProblemCode(
        "inp-decimal-comma", en: ("“{0}” has a comma", "write {1}"), zh: ("“{0}”中含逗号", "请写成 {1}"))
    /// Infinity or not-a-number. Arguments: the word.
    static let inpNotFinite = ProblemCode(
        "inp-not-finite", en: ("“{0}” is not a finite number", "enter a finite decimal number"),
        zh: ("“{0}”不是有限数", "请填写有限的十进制数"))
    /// A number outside what is possible. Arguments: the word, what it has to be.
    static let inpOutOfRange = ProblemCode(
        "inp-out-of-range", en: ("“{0}” must be {1}", "correct the value; mind the unit of the column"),
        zh: ("“{0}”必须{1}", "请更正数值，并注意该列单位"))
    /// A line that is too short. Arguments: the field that is missing, how the line should look.
    static let inpMissingField = ProblemCode(
        "inp-missing-field", en: ("the line ends before its {0}", "write it as: {1}"), zh: ("该行缺少{0}", "格式应为：{1}"))
    /// A field that EPANET fills with a default. Arguments: the field, the default.
    static let inpDefaultTaken = ProblemCode(
        "inp-default-taken", en: ("no {0} is given; {1} is taken, as EPANET does", "enter the real value"),
        zh: ("未给出{0}，按EPANET默认取{1}", "请填写实际值"))
    /// Two elements of one id. Arguments: the id, line of the first, line of the second.
    static let inpDuplicate = ProblemCode(
        "inp-duplicate-id", en: ("“{0}” is defined twice: in line {1} and in line {2}", "give one of the two another id, or delete it"),
        zh: ("“{0}”重复定义：第{1}行和第{2}行", "请改用其他编号，或删除其中一个"))
    /// An option given twice. Arguments: the option, the line of the first, the value that holds.
    static let inpRepeatedOption = ProblemCode(
        "inp-repeated-option",
        en: ("{0} is given in line {1} already; {2} holds, as in EPANET", "delete one of the two lines"),
        zh: ("选项{0}在第{1}行已给出，按EPANET以后者{2}为准", "请删除其中一行"))
    /// A figure that no network has. Arguments: the word, what it is, the usual range.
    static let inpImplausible = ProblemCode(
        "inp-implausible",
        en: ("“{0}” is unusual for {1}: networks have {2}", "check the value and its unit"),
        zh: ("“{0}”作为{1}不常见，一般为{2}", "请核对数值及其单位"))
    /// A wall rougher than the pipe is wide. Arguments: the roughness, the diameter, with units.
    static let inpRoughnessAboveDiameter = ProblemCode(
        "inp-roughness-above-diameter",
        en: ("the roughness {0} is not far below the diameter {1}", "Darcy-Weisbach takes mm, or thousandths of a foot; a Hazen-Williams C belongs to Headloss H-W"),
        zh: ("粗糙度{0}与管径{1}相近", "Darcy-Weisbach公式的粗糙度单位为毫米或千分之一英尺；Hazen-Williams系数应配合Headloss H-W"))
    /// Demands that nothing serves. Arguments: their number, the first node.
    static let inpUnserved = ProblemCode(
        "inp-unserved",
        en: ("at time 0 no open way leads from a reservoir or tank to {0} nodes with a demand, “{1}” first", "open what is closed before them, or connect them"),
        zh: ("初始时刻，{0}个有需水量的节点（首个为“{1}”）没有通向水源的开启路径", "请打开其前面关闭的管件，或将其接入管网"))
    /// A reference to nothing. Arguments: what is referred to, the id, a remedy.
    static let inpDangling = ProblemCode(
        "inp-dangling-reference", en: ("{0} “{1}” is not defined", "{2}"), zh: ("{0}“{1}”未定义", "{2}"))
    /// A word that is none of the known ones. Arguments: the word, the known ones, a suggestion.
    static let inpUnknownWord = ProblemCode(
        "inp-unknown-word", en: ("“{0}” is none of {1}", "{2}"), zh: ("“{0}”不属于：{1}", "{2}"))
    /// A control or rule that cannot be read. Arguments: how it should look.
    static let inpUnreadableControl = ProblemCode(
        "inp-unreadable-control", en: ("the control cannot be read", "write it as: {0}"),
        zh: ("无法读取该控制语句", "格式应为：{0}"))
    /// A clause of a rule where it may not stand. Arguments: the word.
    static let inpMisplacedClause = ProblemCode(
        "inp-misplaced-clause", en: ("“{0}” may not stand here", "a rule is: RULE, IF, AND/OR …, THEN, AND …, ELSE, AND …, PRIORITY"),
        zh: ("“{0}”不能位于此处", "规则的顺序为：RULE、IF、AND/OR…、THEN、AND…、ELSE、AND…、PRIORITY"))
    /// A check valve that a status or control would move.
    static let inpControlledCheckValve = ProblemCode(
        "inp-controlled-check-valve",
        en: ("a check valve opens and closes by itself and cannot be set", "delete the line, or make the pipe an ordinary one"),
        zh: ("止回阀自行启闭，不能设定状态", "请删除该行，或将该管段改为普通管段"))
}

/// What can be wrong with the network that an EPANET input file describes.
extension ProblemCode {
    /// Nothing fixes a head.
    static let inpNoSource = ProblemCode(
        "inp-no-source-of-head",
        en: ("no reservoir or tank fixes a head", "add a reservoir where the water comes from"),
        zh: ("没有水库或水箱给定水头", "请在供水处添加水库"))
    /// Nothing at all.
    static let inpNoNodes = ProblemCode(
        "inp-no-nodes", en: ("the file describes no network", "check that it is an EPANET input file with [JUNCTIONS] and [PIPES]"),
        zh: ("文件中没有管网", "请检查是否为含[JUNCTIONS]和[PIPES]的EPANET输入文件"))
    /// A node without links.
    static let inpUnlinkedNode = ProblemCode(
        "inp-unlinked-node", en: ("no pipe, pump or valve leads to it", "connect it, or delete it"),
        zh: ("没有管段、水泵或阀门与其相连", "请将其连接或删除"))
    /// A link from a node to itself. Arguments: the node.
    static let inpSelfLoop = ProblemCode(
        "inp-self-loop", en: ("it starts and ends at the same node “{0}”", "correct one of its two nodes"),
        zh: ("起点和终点是同一节点“{0}”", "请更正其中一个节点"))
    /// A pump with neither curve nor power.
    static let inpPumpWithoutCurve = ProblemCode(
        "inp-pump-without-head", en: ("the pump has neither a head curve nor a power", "add HEAD and a curve, or POWER and a number"),
        zh: ("水泵既无扬程曲线也无功率", "请补充HEAD及曲线，或POWER及数值"))
    /// A pump curve that is no pump curve. Arguments: the curve.
    static let inpPumpCurve = ProblemCode(
        "inp-pump-curve-rising",
        en: ("the head of curve “{0}” does not fall steadily with the flow", "correct the points, or leave out the rising part"),
        zh: ("曲线“{0}”的扬程未随流量单调下降", "请更正各点，或去掉上升段"))
    /// A one- or three-point curve through which no power function fits. Arguments: the curve.
    static let inpPumpCurveShape = ProblemCode(
        "inp-pump-curve-shape",
        en: (
            "no curve h₀ − r qⁿ goes through the points of “{0}”", "correct the points, or give two or more than three of them"
        ),
        zh: ("曲线“{0}”的各点不能用 h₀ − r qⁿ 表示", "请更正各点，或给出两点或三点以上"))
    /// Curve points out of order. Arguments: the curve.
    static let inpCurveOrder = ProblemCode(
        "inp-curve-order", en: ("the x values of curve “{0}” do not rise", "sort its points"), zh: ("曲线“{0}”的x值未递增", "请按x排序"))
    /// A valve without its curve.
    static let inpValveWithoutCurve = ProblemCode(
        "inp-valve-without-curve", en: ("a GPV needs a head loss curve as its setting", "name a curve of two points or more"),
        zh: ("GPV须以水头损失曲线作为设定", "请填写含两点以上的曲线编号"))
    /// A regulating valve right at a fixed head. Arguments: the node.
    static let inpValveAtSource = ProblemCode(
        "inp-valve-at-source",
        en: ("a PRV, PSV or FCV may not touch the reservoir or tank “{0}”", "put a short pipe between the two"),
        zh: ("PRV、PSV或FCV不能直接连接水库或水箱“{0}”", "请在两者之间加一小段管"))
    /// Two regulating valves that would fight. Arguments: the other valve.
    static let inpValvesInSeries = ProblemCode(
        "inp-valves-in-series",
        en: ("it regulates against the valve “{0}” at the same node", "put a short pipe between the two"),
        zh: ("与同一节点上的阀门“{0}”相互冲突", "请在两者之间加一小段管"))
    /// Tank levels that contradict each other.
    static let inpTankLevels = ProblemCode(
        "inp-tank-levels", en: ("the initial level lies outside minimum and maximum", "correct the three levels"),
        zh: ("初始水位不在最低与最高水位之间", "请更正三个水位"))
    /// Demands that fall with pressure and are not met. Arguments: number of junctions, share the worst one gets in %.
    static let inpDemandShort = ProblemCode(
        "inp-demand-short",
        en: ("{0} junctions lack pressure for their demand; the worst, here, gets {1} %", "raise the pressure before them, or widen the pipes that lead there"),
        zh: ("{0}个节点因压力不足未满足用水量；最差节点（此处）仅得{1}%", "请提高前端压力或加大供水管径"))
    /// Lines that do not matter for a steady state. Arguments: number of lines, the sections.
    static let inpLeftOut = ProblemCode(
        "inp-left-out", en: ("{0} lines that steady hydraulics do not need were not used: {1}", ""),
        zh: ("{0}行与稳态水力无关，未使用：{1}", ""))
    /// Rules that exist. Arguments: number of rules, those whose premises hold at time 0.
    static let inpRulesLater = ProblemCode(
        "inp-rules-later",
        en: ("{0} rules do not act at time 0: EPANET applies rules only after the first rule time step; holding at time 0: {1}", ""),
        zh: ("{0}条规则在时刻0不起作用：EPANET在首个规则步长之后才执行规则；时刻0满足条件的有：{1}", ""))
    /// A pump of constant power that EPANET leaves at rest.
    static let inpRestingPump = ProblemCode(
        "inp-resting-pump",
        en: (
            "this dead end between a pump of constant power and a reducing valve has two solutions; as in EPANET nothing flows",
            "give the pump a curve, or solve with --physics exact, where it works"
        ),
        zh: ("恒功率水泵与减压阀之间的支路有两个解，此处与EPANET一致取无流量", "请给出水泵曲线，或用 --physics exact 求解"))
    /// A flow control valve that cannot hold its setting.
    static let inpPowerlessLimiter = ProblemCode(
        "inp-powerless-limiter",
        en: ("the demand behind this flow control valve exceeds its setting and has no other supply; the valve stands open", "raise the setting, or lower the demand"),
        zh: ("该流量控制阀后的用水量超过其设定值且没有其他水源，阀门按全开计算", "请提高设定值或减少用水量"))
    /// Controls on pressures that undo each other.
    static let inpControlCycle = ProblemCode(
        "inp-control-cycle",
        en: ("controls on pressures switch this link on and off for ever; the last state is shown", "move the two pressures further apart"),
        zh: ("压力控制使该管段反复启闭，显示最后一次状态", "请拉开两个压力限值"))
}
