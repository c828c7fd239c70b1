/// Texts of studies, on the console and on their page.
public enum StudyText: String, CatalogueText {
    case pageTitle, subtitle, runsBalance, runsSolve, runsOnce, runsHydraulics
    case running, timeLeft, finished, sliceFinished, filesAre, failedScenarios, otherStudy, inUse, slices, merged
    case base, baseNote, column, value
    case breakEvens, breakEvensNote, breakEvenFound, breakEvenNever, breakEvenFailed, question, answer, inZone, several
    case curves, curvesNote, curveLabel
    case sensitivities, sensitivitiesNote, swingNote, sensitivityLabel, factor, slope, explained
    case rooms, roomsNote, roomsLabel, boxLabel, boxNote, all, roomAxis, dwellingsNote
    case remedies, remediesNote, remediesBalanced, remediesStanding, remedyLabel, cost, gain, gainPerCost
    case outages, outagesNote, outageLabel, noAnswer
    case outPumpOff, outSourceOff, outMainOff
    case year, yearNote, yearLabel, heatAxis, outdoorLabel, outdoorAxis, month, hours, heat, pump, losses, yearHours
    case spread, spreadNote, mean, deviation, least, greatest
    case failures, scenario, reason, severalNewSources
    case files, filesNote, inputs, inputsNote
    case outOpenRate, outColdest, outSecondPercentile, outMean, outShare, outBelow, outDegrees, outHeat, outLosses, outReturn, outPump, outHorizontal, outVertical, outValves
    case outFlow, outFlowLowest, outFlowMean, outFlowShort, unitDwellings
    case unitHeat, unitPump, unitShare
    case consoleStandard, consoleSwing, consoleRemedies, consolePerCost, consoleOutages, consoleYear

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .pageTitle: ("Balance study: {0}", "平衡研究：{0}")
        case .subtitle:
            ("{0} scenarios of {1}; {2}; seed {3}; {4} without an answer.", "{1} 的 {0} 个方案；{2}；随机种子 {3}；无解 {4} 个。")
        case .runsBalance: ("each scenario balanced anew", "各方案重新平衡")
        case .runsSolve: ("settings of the file solved forward", "按文件设定正向求解")
        case .runsOnce: ("settings of the balanced base case solved forward", "以基准方案平衡后的设定正向求解")
        case .runsHydraulics:
            ("flows with the settings of the file, water as warm as in the base case", "按文件设定计算流量，水温同基准方案")
        case .running: ("study: {0} of {1} scenarios{2}", "研究：已完成 {0}/{1} 个方案{2}")
        case .timeLeft: (", {0} left", "，剩余 {0}")
        case .finished: ("{0} scenarios, {1} without an answer", "共 {0} 个方案，其中 {1} 个无解")
        case .sliceFinished: ("slice {0} is in {1}; join all with: equitherm study merge SLICES... --out DIR", "分片 {0} 已写入 {1}；合并全部分片：equitherm study merge 分片... --out 目录")
        case .filesAre: ("Results are in {0}; open study.html first.", "结果在 {0}；请先打开 study.html。")
        case .failedScenarios: ("scenario {0}: {1}", "方案 {0}：{1}")
        case .otherStudy: ("{0} holds an unfinished run of another study, network or version: remove it, or give --restart", "{0} 中是其他研究、管网或版本的未完成计算：请删除，或使用 --restart")
        case .inUse: ("another run is writing into {0}: wait for it, or give another --out", "另一个计算正在写入 {0}：请等待其结束，或使用其他 --out")
        case .slices: ("the slices cannot be joined: {0}", "分片无法合并：{0}")
        case .merged: ("{0} slices joined", "已合并 {0} 个分片")
        case .base: ("Base case", "基准方案")
        case .baseNote: ("What every delta is against.", "各项变化均相对于此。")
        case .column: ("figure", "指标")
        case .value: ("value", "数值")
        case .breakEvens: ("Break-even points", "临界点")
        case .breakEvensNote:
            ("The range of the factor is searched in eight parts; a part in which the output crosses its limit is halved down to the width given and interpolated, all else as in the base case.",
             "将因素范围分为八段搜索；输出越过限值的区段逐次对分至所给宽度后线性插值，其余条件同基准方案。")
        case .breakEvenFound: ("{0} = {1} (± {2})", "{0} = {1}（误差 ± {2}）")
        case .breakEvenNever: ("not between {0} and {1}: the output goes from {2} to {3}", "在 {0} 至 {1} 之间不越限：输出由 {2} 变到 {3}")
        case .breakEvenFailed: ("a scenario on the way has no answer", "搜索途中有方案无解")
        case .question: ("question", "问题")
        case .answer: ("answer", "结果")
        case .inZone: ("{0} in zone {1}", "分区 {1} 的{0}")
        case .several: ("; {0} crossings, the one nearest the base case", "；共 {0} 处越限，取最接近基准者")
        case .curves: ("How figures follow the factors", "指标随因素的变化")
        case .curvesNote: ("Means over all scenarios of the design at each value of the factor.", "各因素取值下全部设计方案的平均值。")
        case .curveLabel: ("{0} by {1}", "{0} 随 {1} 的变化")
        case .sensitivities: ("What matters most", "敏感性排序")
        case .sensitivitiesNote:
            ("Linear regression over the design: change of the output, in its standard deviations, when a factor moves by one of its own. Explained: share of the variance that the factors together explain linearly.",
             "对设计方案作线性回归：因素变化一个标准差时输出变化的标准差倍数。解释率：全部因素线性解释的方差比例。")
        case .swingNote: ("One factor at a time: greatest less least output over the values of each factor.", "单因素变化：各因素取值范围内输出的最大差。")
        case .sensitivityLabel: ("Sensitivity of {0}", "{0} 的敏感性")
        case .factor: ("factor", "因素")
        case .slope: ("change for one unit", "单位变化的影响")
        case .explained: ("explained", "解释率")
        case .rooms: ("Room temperatures over all scenarios", "全部方案的室温分布")
        case .roomsNote: ("Open dwellings of {0} scenarios in bands of 0.5 K; the line is the promised temperature.", "{0} 个方案中的供热户，每 0.5 K 一档；竖线为保证室温。")
        case .roomsLabel: ("Distribution of room temperatures", "室温分布")
        case .boxLabel: ("Room temperatures by zone", "各分区室温")
        case .boxNote: ("By zone: bar from 10 to 90 %, line from 2 to 98 %, mark at the median of dwellings and scenarios.", "各分区：条形为 10–90 %，细线为 2–98 %，标记为中位数。")
        case .all: ("all", "全部")
        case .roomAxis: ("room temperature, °C", "室温 °C")
        case .dwellingsNote: ("dwelling_rooms.csv has the same for each dwelling.", "各户分布见 dwelling_rooms.csv。")
        case .remedies: ("Measures ranked", "措施排序")
        case .remediesNote:
            ("Mean change against the same scenarios without the measure; ranked by degree-dwellings gained for a unit of cost. A degree-dwelling is one kelvin below target in one dwelling.",
             "相对于未采取措施的相同方案的平均变化；按单位费用减少的欠温户度数排序。一户欠温 1 K 为一个户度。")
        case .remediesBalanced: ("Each is balanced anew.", "各方案均重新平衡。")
        case .remediesStanding:
            ("Settings stay as they stand, so that a measure which moves flows, such as another source, may show what it costs those far from it.",
             "阀门设定保持不变，因此改变流量分配的措施（如增设热源）会显示其对远端用户的影响。")
        case .remedyLabel: ("Degree-dwellings gained for a unit of cost", "单位费用减少的欠温户度数")
        case .cost: ("cost", "费用")
        case .gain: ("degree-dwellings gained", "减少的欠温户度数")
        case .gainPerCost: ("gained per cost", "单位费用收益")
        case .outages: ("One out at a time (N−1)", "单一设备停运（N−1）")
        case .outagesNote: ("Each in the base case, settings as they stand, after rooms have settled; most degree-dwellings short first.", "均在基准方案下，设定不变，室温稳定后；欠温户度数最大者在前。")
        case .outageLabel: ("Open dwellings below target with each outage", "各设备停运时的未达标户数")
        case .noAnswer: ("no answer", "无解")
        case .outPumpOff: ("pump {0}", "水泵 {0}")
        case .outSourceOff: ("source {0}", "热源 {0}")
        case .outMainOff: ("main {0}", "干管 {0}")
        case .year: ("A year of heat and pump energy", "全年热量与水泵电耗")
        case .yearNote:
            ("{0} hours solved forward, {1} not heated, {2} without an answer; in {3} hours fewer than 98 % of open dwellings reach their target; peak {4}; coldest dwelling {5} ({6}).",
             "正向求解 {0} 小时，{1} 小时不供热，{2} 小时无解；{3} 小时达标率低于 98 %；峰值 {4}；最冷户 {5}（{6}）。")
        case .yearLabel: ("Heat by month", "各月供热量")
        case .heatAxis: ("heat, MWh", "热量 MWh")
        case .outdoorLabel: ("Mean heat by outdoor temperature", "平均供热负荷与室外温度")
        case .outdoorAxis: ("outdoor temperature, °C", "室外温度 °C")
        case .month: ("month", "月份")
        case .hours: ("hours", "小时")
        case .heat: ("heat, MWh", "热量 MWh")
        case .pump: ("pumps, MWh", "水泵 MWh")
        case .losses: ("losses, MWh", "热损失 MWh")
        case .yearHours: ("degree-dwelling hours", "欠温户度时")
        case .spread: ("Spread over all scenarios of the design", "全部设计方案的指标分布")
        case .spreadNote: ("Each scenario counts once.", "每个方案计一次。")
        case .mean: ("mean", "平均")
        case .deviation: ("standard deviation", "标准差")
        case .least: ("least", "最小")
        case .greatest: ("greatest", "最大")
        case .failures: ("Scenarios without an answer", "无解的方案")
        case .scenario: ("scenario", "方案")
        case .reason: ("reason", "原因")
        case .severalNewSources: ("more than one new source at once", "同时新增了一个以上的热源")
        case .files: ("Tables", "数据表")
        case .filesNote:
            ("scenarios.csv has a row a scenario with all inputs and figures; study.sqlite has all tables in one file.",
             "scenarios.csv 每行一个方案，含全部输入与指标；study.sqlite 将所有表汇于一个文件。")
        case .inputs: ("Inputs", "输入")
        case .inputsNote: ("SHA-256 of what was read.", "所读文件的 SHA-256。")
        case .outOpenRate: ("valve-open rate", "开阀率")
        case .outColdest: ("coldest dwelling", "最冷户室温")
        case .outSecondPercentile: ("2 % are colder than", "最冷 2 % 户低于")
        case .outMean: ("mean room temperature", "平均室温")
        case .outShare: ("open dwellings at target", "达标率")
        case .outBelow: ("dwellings below target", "未达标户数")
        case .outDegrees: ("degree-dwellings short", "欠温户度数")
        case .outHeat: ("heat from sources", "热源供热量")
        case .outLosses: ("heat lost by pipes", "管网热损失")
        case .outReturn: ("return to sources", "热源回水温度")
        case .outPump: ("pump power", "水泵电功率")
        case .outHorizontal: ("horizontal imbalance", "水平失调度")
        case .outVertical: ("vertical imbalance", "垂直失调度")
        case .outValves: ("valves to turn", "需调节阀门数")
        case .outFlow: ("flow through dwellings, kg/s", "各户总流量 kg/s")
        case .outFlowLowest: ("least flow of a dwelling, of what it requires", "各户流量与需要量之比的最小值")
        case .outFlowMean: ("flow over what is required", "总流量与需要量之比")
        case .outFlowShort: ("dwellings with less than 90 % of the flow they require", "流量不足需要量 90 % 的户数")
        case .unitDwellings: ("dwellings", "户")
        case .unitHeat: ("heat, kW", "热量 kW")
        case .unitPump: ("pump power, kW", "水泵功率 kW")
        case .unitShare: ("open dwellings at target, %", "达标率 %")
        case .consoleStandard:
            ("What matters most for {0}: change in its standard deviations for one of the factor's", "对{0}影响最大的因素：因素变化一个标准差时的变化（标准差倍数）")
        case .consoleSwing: ("What matters most for {0}: greatest less least while the factor alone moves", "对{0}影响最大的因素：单因素变化时的最大差")
        case .consoleRemedies: ("Measures ranked: degree-dwellings gained", "措施排序：减少的欠温户度数")
        case .consolePerCost: ("{0} for a unit of cost", "单位费用 {0}")
        case .consoleOutages: ("One out at a time (N−1), worst first: {0}", "单一设备停运（N−1），最不利者在前：{0}")
        case .consoleYear: ("heat {0} MWh, pumps {1} MWh", "热量 {0} MWh，水泵 {1} MWh")
        }
    }
}
