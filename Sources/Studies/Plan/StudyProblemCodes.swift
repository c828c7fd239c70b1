import NetworkModel

/// What can be wrong in a study that its schema alone does not see.
extension ProblemCode {
    static let studyElement = ProblemCode(
        "study-element",
        en: ("the network has no {1} \"{0}\"{2}", "Name one that it has."),
        zh: ("管网中没有{1}“{0}”{2}", "请填写已有的编号。"))
    static let studyElementNeeded = ProblemCode(
        "study-element-needed",
        en: ("{0} needs the element it is about", "Add \"element\"."),
        zh: ("{0} 需要指定对象", "请补充 element。"))
    static let studyRange = ProblemCode(
        "study-range",
        en: ("the factor has neither values nor a range from below to above", "Give \"values\", or \"from\" and a larger \"to\"."),
        zh: ("该因素既无取值列表，也无有效范围", "请给出 values，或 from 及更大的 to。"))
    static let studyValue = ProblemCode(
        "study-value",
        en: ("{0} is no value of {1}: {2} to {3}", "Correct the value."),
        zh: ("{0} 不是 {1} 的合理取值（{2} 至 {3}）", "请更正数值。"))
    static let studyFactor = ProblemCode(
        "study-factor",
        en: ("the study has no factor \"{0}\"{1}", "Name one of its factors."),
        zh: ("研究中没有因素“{0}”{1}", "请填写已有的因素编号。"))
    static let studyWeights = ProblemCode(
        "study-weights",
        en: ("weights must not be negative, and not all zero", "Correct the weights."),
        zh: ("权重不得为负，且不得全为零", "请更正权重。"))
    static let studyTooLarge = ProblemCode(
        "study-too-large",
        en: ("the study has more than {0} scenarios", "Take fewer values, or a latin-hypercube design."),
        zh: ("研究的方案数超过 {0}", "请减少取值，或改用 latin-hypercube。"))
    static let studyWeatherFile = ProblemCode(
        "study-weather-file",
        en: ("{0} cannot be read: {1}", "Name an EPW file, or a CSV file with a column outdoor_c, beside the study."),
        zh: ("无法读取 {0}：{1}", "请给出研究文件旁的 EPW 文件，或含 outdoor_c 列的 CSV 文件。"))
    static let studyWeatherLine = ProblemCode(
        "study-weather-line",
        en: ("this is no line of hourly weather", "EPW needs month, day, hour and dry-bulb temperature; CSV a number in the column outdoor_c."),
        zh: ("该行不是有效的逐时气象数据", "EPW 需含月、日、时和干球温度；CSV 的 outdoor_c 列需为数字。"))
    static let studyDay = ProblemCode(
        "study-day",
        en: ("\"{0}\" is no day MM-DD", "Write for example 11-15."),
        zh: ("“{0}”不是 MM-DD 格式的日期", "请写成例如 11-15。"))
    static let studySeason = ProblemCode(
        "study-season",
        en: ("a season needs both its first and its last day", "Add the one that is missing."),
        zh: ("供暖季需同时给出首日和末日", "请补充缺少的一项。"))
    static let studyPipeLargest = ProblemCode(
        "study-pipe-largest",
        en: ("the catalogue has no size above that of {0}", "Give \"dn\"."),
        zh: ("目录中没有比 {0} 更大的规格", "请给出 dn。"))
    static let studyPipeSize = ProblemCode(
        "study-pipe-size",
        en: ("the catalogue has no pipe DN {0}", "Give a size of the catalogue."),
        zh: ("目录中没有 DN {0} 的管道", "请给出目录中的规格。"))
    static let studyExtendedNetwork = ProblemCode(
        "study-source-impossible",
        en: ("the network with this source is not valid: {0}", "Correct its place, head or supply temperature."),
        zh: ("增设该热源后的管网无效：{0}", "请更正其位置、扬程或供水温度。"))
    static let studyRemedyNeeds = ProblemCode(
        "study-remedy-needs",
        en: ("this kind of measure needs \"{0}\"", "Add it."),
        zh: ("该类措施需要“{0}”", "请补充。"))
    static let studyFlowsAlone = ProblemCode(
        "study-flows-alone",
        en: ("run \"hydraulics\" varies which dwellings are open and nothing else: {0} has no place in it", "Take it out, or run \"solve\"."),
        zh: ("hydraulics 只改变开阀名单，不能包含 {0}", "请删除该项，或改用 solve。"))
    static let studyNothing = ProblemCode(
        "study-nothing",
        en: ("the study varies and asks nothing", "Add factors, draws, remedies, outages, weather or break_evens."),
        zh: ("研究没有任何变化或问题", "请添加 factors、draws、remedies、outages、weather 或 break_evens。"))
}
