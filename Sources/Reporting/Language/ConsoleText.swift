import Heating

/// Texts that only the console shows.
public enum ConsoleText: String, CatalogueText {
    case title, ofLimit
    case histogram, zones, bottlenecks, bottlenecksMore, bottlenecksNone
    case valves, valvesNone, levelSubstation, levelBuilding, levelUnit, levelDwelling, levelOther
    case flowsWithin, toleranceLine, firstVisits, cases, ownRoster, flowsBeyond, noisyValves
    case checks, balanceFiles, files, warnings, warningsMore
    case reading, balancing, simulating, writing, generating, simulationRound
    case stageNeed, stageBefore, stageAllocation, stageSettings, stageVerification, zoneRooms
    case checkPassed, counts, errorsFound, converted
    case tooLargeForMemory, interrupted
    case cannotRead, cannotWrite, foreignFile, wrongKind, noAnswer, failOnHolds
    case epanetTitle, epanetChecks, epanetNeedsDwellings
    case failedVerification, contradicted, notConverged, residualHistory, pressureHistory
    case tiltLaw, tiltRule, certified, notCertified, notJudged, leastFlowDropped, floorLowered, floorExempt, policies, zoneFlows, tradeOff, effect
    case noEffect, otherWay, mostInstead
    case conditionUnmet, conditionImbalance, conditionWarning

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .title: ("{0}: dwellings {2}, open {3} ({4}), buildings {1}, outdoors {5}", "{0}：{1} 栋楼，{2} 户，供热 {3} 户（{4}），室外 {5}")
        case .ofLimit: ("limit {0}", "上限 {0}")
        case .histogram: ("Room temperatures of open dwellings, °C", "供热户室温分布（°C）")
        case .zones: ("Zones", "分区")
        case .bottlenecks: ("What stops more dwellings from reaching the target", "制约达标的因素")
        case .bottlenecksMore: ("  {0} more in bottlenecks.csv", "  其余 {0} 项见 bottlenecks.csv")
        case .bottlenecksNone: ("Every open dwelling reaches its target.", "所有供热户均可达标。")
        case .valves: ("Valves to turn: {0} of {1} ({2})", "需调节阀门：{0} / {1}（{2}）")
        case .valvesNone: ("No valve needs turning.", "无需调节阀门。")
        case .levelSubstation: ("substation {0}", "换热站 {0}")
        case .levelBuilding: ("building {0}", "楼栋 {0}")
        case .levelUnit: ("riser {0}", "单元立管 {0}")
        case .levelDwelling: ("dwelling {0}", "户 {0}")
        case .levelOther: ("other {0}", "其他 {0}")
        case .flowsWithin:
            ("Flows within {0} of the design: {1} of dwellings; no choice of presets brings more than {2}",
             "流量偏差不超过 {0} 的户：{1}；任何整定组合最多 {2}")
        case .toleranceLine:
            ("With the valves' own tolerance {0} at target are expected, {1} with bad luck everywhere; {2} and {3} no more than 1 K short",
             "计入阀门自身误差后，预计达标 {0}，最不利 {1}；欠温不超过1 K 的分别为 {2} 和 {3}")
        case .flowsBeyond:
            ("Flows off by more than 5 %: {0} dwellings (valve too large {1}, too small {2}, between two settings {3}, fully open {4}, for other cases or fewer visits {5})",
             "流量偏差超过5%的户：{0}（阀门过大 {1}，过小 {2}，介于两档之间 {3}，已全开 {4}，兼顾多工况或减少上门 {5}）")
        case .noisyValves:
            ("Dwellings' valves that may be heard: {0} of {1}; at {2} a neighbour behind the same riser needs the pressure, at {3} no valve above can take it, at {4} presets fit better so",
             "可能有噪声的户阀：{0} / {1}；其中 {2} 个因同一立管的邻户需要该压差，{3} 个上游无阀门可分担，{4} 个为使整定档位更准")
        case .firstVisits: ("The first {0} visits bring {1} at target, from {2} today", "前 {0} 次上门调节可使达标率由 {2} 升至 {1}")
        case .cases: ("One setting a valve for {0} cases, each proven by a simulation of its own; pump speeds are a case's own", "{0} 个工况共用一套阀门整定，逐一仿真校核；水泵转速各工况不同")
        case .ownRoster: ("as in the network", "网络自带名册")
        case .checks:
            ("Checked: worst node {0} kg/s, worst loop {1} Pa, energy balance {2} W of {3}",
             "校核：节点最大 {0} kg/s，环路最大 {1} Pa，能量平衡 {2} W（总量 {3}）")
        case .files: ("Results are in {0}.", "结果在 {0}。")
        case .balanceFiles:
            ("Results are in {0}; open report.html first, print worksheets.html for the fitters, operations import valves.csv.",
             "结果在 {0}：先看 report.html，打印 worksheets.html 供现场调节，阀门设定导入 valves.csv。")
        case .warnings: ("Warnings: {0}", "警告：{0} 条")
        case .warningsMore: ("  {0} more of this kind in summary.json", "  其余 {0} 条同类警告见 summary.json")
        case .reading: ("reading {0} …", "正在读取 {0} ……")
        case .balancing: ("{0} dwellings, {1} of {2}: {3} …", "{0} 户，第 {1}/{2} 步：{3} ……")
        case .stageNeed: ("what each one needs", "计算各户需热量")
        case .stageBefore: ("today's settings", "仿真现有设定")
        case .stageAllocation: ("sharing heat", "分配热量")
        case .stageSettings: ("settings of valves and pumps", "确定阀门和水泵设定")
        case .stageVerification: ("proof by simulation", "仿真校核")
        case .simulationRound: ("round {0}, last change {1} K", "第 {0} 轮，变化 {1} K")
        case .zoneRooms: ("  zone {0}", "  分区 {0}")
        case .simulating: ("simulating …", "正在仿真 ……")
        case .writing: ("writing {0} …", "正在写入 {0} ……")
        case .generating: ("generating {0} dwellings …", "正在生成 {0} 户 ……")
        case .checkPassed: ("{0}: no errors, {1} warnings", "{0}：无错误，警告 {1} 条")
        case .counts:
            ("nodes {0}, pipes {1}, valves {2}, pumps {3}, sources {4}, substations {5}, buildings {6}, dwellings {7}, open {8}",
             "节点 {0}，管道 {1}，阀门 {2}，水泵 {3}，热源 {4}，换热站 {5}，楼栋 {6}，户 {7}（供热 {8}）")
        case .errorsFound: ("{0} errors, {1} warnings; nothing was written", "错误 {0} 条，警告 {1} 条；未写入任何文件")
        case .converted: ("written to {0}", "已写入 {0}")
        case .interrupted: ("interrupted; {0} is as it was before", "已中断；{0} 保持原状")
        case .tooLargeForMemory:
            ("{0} has {1} MB and reading it takes about four times that; {2} MB of memory are free",
             "{0} 大小为 {1} MB，读取约需四倍内存，而可用内存仅 {2} MB")
        case .cannotRead: ("cannot read {0}: {1}", "无法读取 {0}：{1}")
        case .cannotWrite: ("cannot write {0}: {1}", "无法写入 {0}：{1}")
        case .foreignFile:
            ("it holds {0}, which is no result file; name another folder or an empty one", "其中有非结果文件 {0}；请另选文件夹或空文件夹")
        case .wrongKind: ("a file stands where a folder is to be, or a folder where a file is", "同名的文件或文件夹已存在，类型不符")
        case .noAnswer: ("no trustworthy answer; nothing was written", "没有可信的结果；未写入任何文件")
        case .epanetTitle:
            ("{0}: nodes {1}, links {2}, physics {3}, iterations {4}", "{0}：节点 {1}，管段 {2}，物理模型 {3}，迭代 {4} 次")
        case .epanetChecks: ("Checked: worst node {0} kg/s, worst loop {1} Pa", "校核：节点最大 {0} kg/s，环路最大 {1} Pa")
        case .epanetNeedsDwellings:
            ("{0} is an EPANET file: it says nothing of heat and dwellings; only `solve` and `check` read it",
             "{0} 是 EPANET 文件，不含热用户信息，仅支持 `solve` 和 `check`")
        case .failedVerification: ("the simulation of the recommended settings failed:", "推荐设定的仿真失败：")
        case .contradicted:
            ("the independent check contradicts the flows found ({0}), worst at {1}", "独立校核与求得的流量不符（{0}），最大处为 {1}")
        case .notConverged:
            ("flows and temperatures did not settle in {0} rounds: the last moved {1} K, most at {2}; energy balance off by {3} of the heat given",
             "流量与温度迭代 {0} 轮后仍未收敛：最后一轮变化 {1} K，最大处为 {2}；能量平衡误差为供热量的 {3}")
        case .pressureHistory: ("last pressure errors, Pa: {0}", "最后几次迭代的压力误差（Pa）：{0}")
        case .residualHistory: ("last changes, K: {0}", "最后几轮变化（K）：{0}")
        case .failOnHolds: ("exit code 1 because --fail-on {0}: {1}", "退出码 1，因 --fail-on {0}：{1}")
        case .tiltLaw:
            ("Rule of thumb for the flow of a zone, by valve-open rate p (error {0}, at worst {1}: {2})",
             "分区流量经验公式，p 为开阀率（误差 {0}，最大 {1}：{2}）")
        case .tiltRule: ("{0} {1} {2} × (1 − p) kg/h per open m²", "每开阀 m²：{0} {1} {2} × (1 − p) kg/h")
        case .certified:
            ("Certified fair: none of {0} dwellings below target can gain more than {1} K without a colder or equal one losing.",
             "公平性校验通过：{0} 户未达标户中，任何一户在不使更冷或同温户降温的前提下，最多只能再升 {1} K。")
        case .notCertified:
            ("Not certified fair: {0} might gain up to {1} K without a colder or equal one losing ({2} judged).",
             "公平性校验未通过：{0} 在不使更冷或同温户降温的前提下，可能再升 {1} K（共校验 {2} 户）。")
        case .notJudged:
            ("Not judged: {0} dwellings below target in circuits with one-pipe risers, whose water all on a riser share.",
             "未参与公平性校验：含单管立管的管路中有 {0} 户未达标，同一立管各户共用水流。")
        case .leastFlowDropped:
            ("Least flows (least_flow_kg_s, least settings of valves) are together more than there is; nobody is held to them.",
             "各户最小流量（least_flow_kg_s 或阀门最小开度）之和超出可供水量，本次未予保证。")
        case .floorLowered:
            ("The floor of {0} cannot be kept, or would cost dwellings at target; {1} is kept.", "最低室温 {0} 无法保证，或会减少达标户；实际保证 {1}。")
        case .floorExempt:
            ("{0} dwellings stay below the floor of {1}, which their own emitter or branch forbids (listed in summary.json).",
             "{0} 户因自身散热器或支管限制低于最低室温 {1}（见 summary.json）。")
        case .policies: ("Policies side by side", "各分配策略对比")
        case .zoneFlows: ("Flow and heat of the zones", "各分区流量与热量")
        case .tradeOff: ("Share at target against the coldest dwelling that no emitter or branch of its own stops", "达标率与最冷户室温（自身散热器或支管受限的住户除外）的取舍")
        case .mostInstead:
            ("Shared by temperature everyone comes as near the target as can be, and few reach it; --policy most-at-target brings most to it, --compare shows the choice.",
             "按室温均衡分配时各户尽量接近目标，但达标户少；--policy most-at-target 使达标户最多，--compare 可对比取舍。")
        case .noEffect: ("→ no gain while the other limits stand", "→ 其他限制未解除前无改善")
        case .otherWay: ("; or ", "；或 ")
        case .effect: ("→ {0} at target, −{1} degrees", "→ 达标 {0} 户，欠温 −{1} 户·度")
        case .conditionUnmet: ("{0} of open dwellings stay below their target", "{0} 的供热户未达标")
        case .conditionImbalance:
            ("buildings or floors get {0} to {1} of the flow they require (limits 0.9 to 1.2)", "楼栋或楼层流量为需要流量的 {0} 至 {1}（限值 0.9–1.2）")
        case .conditionWarning: ("{0} warnings", "警告 {0} 条")
        }
    }
}
