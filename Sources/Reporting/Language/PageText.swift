/// Texts of the report page around its pictures.
public enum PageText: String, CatalogueText {
    case pageTitle, subtitle, subtitleNoDwellings, footer, stateChoice
    case headline, headlineNote, imbalanceNote, visits, cardBefore, cardVisits
    case map, mapLabel, mapNote, mapSchematicNote, mapKeys, squareHover
    case modeChoice, modeRoom, modeImbalance, modeVelocity, modeWater, modeChange
    case circuitChoice, circuitAll, circuitPrimary, circuitSecondary, searchPrompt, zoomIn, zoomOut, zoomAll
    case legendRoom, legendDwelling, legendImbalance, legendVelocity, legendWater, legendRoomChange, legendFlowChange
    case pressure, pressureLabel, pressureChoice, pressureNote, indexMark, headAxis, distanceAxis
    case supplyLine, returnLine, restingLine, emptyingLine, ruptureLine, boilingLine, pumpLift, houseHover
    case boilingKept, boilingBroken, restingKept, restingBroken, emptyingKept, emptyingBroken, ruptureKept, ruptureBroken
    case section, sectionChoice, sectionLabel, sectionNote, sectionLimited, unitLabel, coldestMark
    case distribution, distributionShort, distributionLabel, distributionNote, roomAxis, zoneTitle
    case zones, tiltLabel, tiltAxis, openRateAxis, tiltNote
    case bottlenecks, bottlenecksNone, bottlenecksNote, bottlenecksMore, bottlenecksByLimit, bottlenecksRanked, bottlenecksShort, bottleneckLabel, barLabel
    case heatingCurve, heatingCurveLabel, heatingCurveNote, heatingCurveMore, outdoorAxis, waterAxis, curveSource, curveSupply, curveReturn
    case visitsCurve, visitsAxis, shareAxis, visitsNote, tradeOff, tradeOffCurve, tradeOffNote, coldestAxis, policy
    case settings, settingsNote, settingsLimited, settingsNone, filter, product, onlyChanged, showMore
    case checks, checksNote, heatGiven, heatToDwellings, heatToLoads, heatLost
    case warnings, warning, warningsNone, warningsMore
    case inputs, file, digest, assumptions, assumptionsNone, assumptionsNote, assumption, value, usedFor, reason

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .pageTitle: ("Balancing report: {0}", "水力平衡调节报告：{0}")
        case .subtitle:
            ("{0} buildings, {1} dwellings, {2} of them open ({3}); {4} outdoors; {5} promised indoors.",
             "{0} 栋楼，{1} 户，其中供热 {2} 户（{3}）；室外 {4}；室内保证 {5}。")
        case .subtitleNoDwellings: ("{0} nodes, {1} pipes, no dwellings; {2} outdoors.", "节点 {0} 个，管道 {1} 条，无住户；室外 {2}。")
        case .footer: ("Made by {0}.", "由 {0} 生成。")
        case .stateChoice: ("Settings", "工况")
        case .headline: ("Before and after", "调节前后对比")
        case .headlineNote:
            ("Both columns are forward simulations of the same roster and weather: today's settings, and the recommended ones as rounded to what a fitter can turn.",
             "两列均为同一开阀名单和同一天气下的正向仿真：现有设定，以及取整到现场可调刻度后的推荐设定。")
        case .imbalanceNote:
            ("Imbalance: spread (standard deviation over mean) of actual over required flow, between buildings (horizontal) and between the floors of a building (vertical); 0 % is even.",
             "失调度：实际流量与需要流量之比的离散程度（标准差/平均值），分楼栋之间（水平）和楼内各层之间（垂直）；0% 为完全均衡。")
        case .visits: ("valves to turn", "需调节的阀门")
        case .cardBefore: ("before: {0}", "调节前：{0}")
        case .cardVisits: ("of {0}, in {1} buildings", "共 {0} 个，涉及 {1} 栋楼")
        case .map: ("Map", "管网图")
        case .mapLabel: ("Map of the network", "管网平面图")
        case .mapNote:
            ("Dark lines: primary network; grey lines: secondary networks; diamonds: substations; squares: buildings. One line stands for supply and return. North is up.",
             "深色线：一次网；灰色线：二次网；菱形：换热站；方块：楼栋。供回水以一条线表示，上方为北。")
        case .mapSchematicNote:
            ("The input has no coordinates: this is a schematic drawing, distances to the right are pipe lengths. Dark lines: primary network; grey lines: secondary networks; diamonds: substations; squares: buildings.",
             "输入文件没有坐标，此为示意图，横向距离为管长。深色线：一次网；灰色线：二次网；菱形：换热站；方块：楼栋。")
        case .mapKeys:
            ("Point at anything for its figures, click a building for its section and pressure diagram below. Drag to move, Ctrl and wheel or two fingers to zoom. Keys on the map: arrows, + and −, 0 for all, n and p from one element to the next, Enter to choose.",
             "指向任意元素查看数值；点击楼栋，下方显示其剖面和水压图。拖动平移，Ctrl 加滚轮或双指缩放。地图上的按键：方向键、+ 和 −、0 显示全部、n 和 p 逐个切换、Enter 选定。")
        case .squareHover: ("{0} dwellings, mean {1}, coldest {2}", "{0} 户，平均 {1}，最冷 {2}")
        case .modeChoice: ("Colours", "着色")
        case .modeRoom: ("room temperature", "室温")
        case .modeImbalance: ("imbalance", "失调度")
        case .modeVelocity: ("velocity", "流速")
        case .modeWater: ("water temperature", "水温")
        case .modeChange: ("change", "前后变化")
        case .circuitChoice: ("Circuit", "环路")
        case .circuitAll: ("whole network", "全网")
        case .circuitPrimary: ("primary", "一次网")
        case .circuitSecondary: ("secondary of {0}", "{0} 二次网")
        case .searchPrompt: ("Find an id …", "按编号查找……")
        case .zoomIn: ("Zoom in", "放大")
        case .zoomOut: ("Zoom out", "缩小")
        case .zoomAll: ("Show all", "显示全部")
        case .legendRoom: ("Room temperature, mean of a building's open dwellings", "室温（楼栋为供热户平均）")
        case .legendDwelling: ("Room temperature", "室温")
        case .legendImbalance: ("Flow of a building over what it requires (0.9…1.2 is balanced)", "楼栋流量与需要流量之比（0.9…1.2 为平衡）")
        case .legendVelocity: ("Velocity in supply pipes", "供水管流速")
        case .legendWater: ("Water temperature in supply pipes, recommended settings", "供水管水温（推荐设定）")
        case .legendRoomChange: ("Buildings: change of the mean room temperature", "楼栋：平均室温变化")
        case .legendFlowChange: ("Pipes: flow after over flow before", "管道：调节后与调节前流量之比")
        case .pressure: ("Pressure diagram", "水压图")
        case .pressureLabel: ("Pressure diagram {0}", "水压图 {0}")
        case .pressureChoice: ("From where to where", "起点与用户")
        case .pressureNote:
            ("Heads in metres of the water in the pipes above the network's datum, with the recommended settings. The index consumer has the least pressure to spare; of a building the dwelling counts whose valves take least. Static: pumps at rest. Limits assumed: 50 kPa above boiling for water above 100 °C, 50 kPa above the highest roof lest it runs empty, 0.8 MPa for emitters; hold them against your own rules (CJJ 34, JGJ 142).",
             "推荐设定下的测压管水头，以管内水柱米数计，自基准面起算。最不利用户为资用压头富余最小者；楼栋取阀门压降最小的住户。静压线：水泵停运。假定限值：水温高于 100 °C 时高于汽化压力 50 kPa；高于最高屋面 50 kPa 以防倒空；散热设备承压 0.8 MPa；请以适用的规范（CJJ 34、JGJ 142）为准。")
        case .indexMark: ("(index)", "（最不利）")
        case .headAxis: ("head, m", "水头 m")
        case .distanceAxis: ("distance along the pipes, m", "沿管距离 m")
        case .supplyLine: ("supply {0} m", "供水 {0} m")
        case .returnLine: ("return {0} m", "回水 {0} m")
        case .restingLine: ("static {0} m", "静压 {0} m")
        case .emptyingLine: ("runs empty below {0} m", "倒空限 {0} m")
        case .ruptureLine: ("emitters burst above {0} m", "承压限 {0} m")
        case .boilingLine: ("boils below {0} m", "汽化限 {0} m")
        case .pumpLift: ("pump {0}: {1} m", "水泵 {0}：{1} m")
        case .houseHover: ("building, {0} m high", "楼栋，高 {0} m")
        case .boilingKept: ("Supply water stays {0} m above the boiling limit.", "供水压力高于汽化限 {0} m。")
        case .boilingBroken: ("Supply water falls {0} m below the boiling limit.", "供水压力低于汽化限 {0} m。")
        case .restingKept: ("With the pumps at rest, water still hot stays {0} m above the boiling limit.", "水泵停运时，尚热的供水压力高于汽化限 {0} m。")
        case .restingBroken:
            ("With the pumps at rest, water still hot falls {0} m below the boiling limit: hold a higher pressure, or let it cool before they stop.",
             "水泵停运时，尚热的供水压力低于汽化限 {0} m：应提高定压值，或待水温降低后再停泵。")
        case .emptyingKept: ("Return and static line stay {0} m above the limit of running empty.", "回水线与静压线高于倒空限 {0} m。")
        case .emptyingBroken:
            ("Return or static line falls {0} m below the limit of running empty: hold a higher pressure.", "回水线或静压线低于倒空限 {0} m：应提高定压值。")
        case .ruptureKept: ("Emitters have {0} m to their rating.", "散热器距承压限 {0} m。")
        case .ruptureBroken: ("Emitters exceed their rating by {0} m.", "散热器超过承压限 {0} m。")
        case .section: ("Building section", "楼栋剖面")
        case .sectionChoice: ("Building", "楼栋")
        case .sectionLabel: ("Section of the building", "楼栋剖面图")
        case .sectionNote:
            ("Floors upwards, units side by side; room temperature in °C; hatched: valve closed; broken border: restricted. Colours count from what is promised to each dwelling.",
             "自下而上为楼层，横向为单元；室温（°C）；斜线：已关阀；虚线框：欠费限供。颜色以各户保证室温为基准。")
        case .sectionLimited: ("{0} of {1} buildings can be chosen: those with the coldest dwellings.", "可选 {1} 栋楼中的 {0} 栋：含最冷户的楼栋。")
        case .unitLabel: ("unit {0}", "{0} 单元")
        case .coldestMark: ("(coldest dwelling)", "（最冷户）")
        case .distribution: ("Room temperatures of open dwellings", "供热户室温分布")
        case .distributionShort: ("Room temperatures", "室温分布")
        case .distributionLabel: ("Number of open dwellings by room temperature", "按室温统计的供热户数")
        case .distributionNote: ("Dwellings in bands of 1 K; the broken line is the promised temperature.", "每 1 K 区间的户数；虚线为保证室温。")
        case .roomAxis: ("room temperature, °C", "室温 °C")
        case .zoneTitle: ("Zone {0}", "分区 {0}")
        case .zones: ("Zones", "分区")
        case .tiltLabel: ("Tilt of each zone against its valve-open rate", "各分区流量倾斜与开阀率")
        case .tiltAxis: ("flow per open m², network mean = 1", "单位供热面积流量（全网平均 = 1）")
        case .openRateAxis: ("valve-open rate, % of heated area", "开阀率（占供热面积 %）")
        case .tiltNote:
            ("Tilt: allocated flow per open square metre over the network's mean. Thinly heated zones need more, since their dwellings heat their neighbours.",
             "流量倾斜：单位供热面积分配流量与全网平均之比。开阀率低的分区因向邻户传热而需要更多流量。")
        case .bottlenecks: ("What stops more dwellings from reaching the target", "制约达标的因素")
        case .bottlenecksShort: ("Bottlenecks", "制约因素")
        case .bottlenecksNone: ("Nothing: every open dwelling reaches its target.", "无：所有供热户均可达标。")
        case .bottlenecksNote:
            ("Ranked by the degrees that dwellings miss: the repair list. After an arrow stands what a remedy changes, neighbours included, found by sharing again; without one it was not computed.",
             "按欠温户度数排序，可作为检修改造清单。箭头之后是采用该措施并重新分配后的效果（含邻户）；无箭头者未计算。")
        case .bottlenecksMore: ("{0} more in bottlenecks.csv.", "其余 {0} 项见 bottlenecks.csv。")
        case .bottlenecksByLimit: ("By kind of limit", "按限制类型")
        case .bottlenecksRanked: ("One by one", "逐项排序")
        case .bottleneckLabel: ("Degrees that dwellings miss, by what stops them", "按限制因素统计的欠温户度数")
        case .barLabel: ("{0} K · {1} dwellings", "{0} 户·K，{1} 户")
        case .heatingCurve: ("Heating curve", "供热调节曲线")
        case .heatingCurveLabel: ("Water temperature by outdoor temperature", "水温随室外温度的变化")
        case .heatingCurveNote:
            ("Set points by outdoor temperature at constant flow. The broken vertical line is the weather of this report.",
             "定流量（质调节）下各设定水温随室外温度的变化；竖向虚线为本报告的天气。")
        case .heatingCurveMore:
            ("Those that heat most are shown; all stand in heating-curve.csv.", "仅显示供热量最大的几组，全部见 heating-curve.csv。")
        case .outdoorAxis: ("outdoors, °C", "室外温度 °C")
        case .waterAxis: ("water, °C", "水温 °C")
        case .curveSource: ("{0} supply", "{0} 供水")
        case .curveSupply: ("{0} supply, secondary", "{0} 二次供水")
        case .curveReturn: ("{0} return, secondary", "{0} 二次回水")
        case .visitsCurve: ("What each visit brings", "调节次数与效果")
        case .visitsAxis: ("valves and pumps set", "已调阀门和水泵数")
        case .shareAxis: ("open dwellings at target, %", "供热户达标率 %")
        case .visitsNote:
            ("The best so many settings out of all, each point a simulation; what nobody visits stays as it is today.",
             "从全部设定中选取效果最好的若干项，每一点均为仿真结果；未调节处保持现状。")
        case .tradeOff: ("Policies side by side", "分配策略对比")
        case .tradeOffCurve: ("most at target", "达标户最多")
        case .tradeOffNote:
            ("What other ways of sharing the same heat would reach. On the curve no more dwellings can reach the target without the coldest getting colder; dwellings that their own emitter or branch stops, whoever shares, are left out of the coldest.",
             "同样热量按其他策略分配的结果。在曲线上，若不让最冷户更冷，就无法使更多住户达标；自身散热器或支管受限的住户不计入最冷户。")
        case .coldestAxis: ("coldest dwelling that sharing decides, °C", "最冷可调户室温 °C")
        case .policy: ("policy", "策略")
        case .settings: ("Settings", "阀门设定")
        case .settingsNote:
            ("In the notation of each valve's maker. With more columns in valves.csv, in the order of the walk in worksheets.html.",
             "按各厂家刻度表示。更多列见 valves.csv，按巡检顺序见 worksheets.html。")
        case .settingsLimited:
            ("{0} of {1} valves are here, those higher up in the network first; all are in valves.csv.",
             "共 {1} 个阀门，此处按级别从高到低列出 {0} 个，全部见 valves.csv。")
        case .settingsNone: ("The network has no balancing valves.", "管网没有平衡阀。")
        case .filter: ("Only rows with …", "筛选……")
        case .product: ("product", "型号")
        case .onlyChanged: ("only those to turn", "仅显示需调节的")
        case .showMore: ("Show more", "显示更多")
        case .checks: ("Checks", "校核")
        case .checksNote:
            ("The answer is judged again, independently of the solver: water at every node, pressure round every loop, heat over the whole network.",
             "结果由独立于求解器的程序重新校核：各节点质量、各环路压力、全网热量。")
        case .heatGiven: ("heat given by sources", "热源供热量")
        case .heatToDwellings: ("heat to dwellings", "住户得热量")
        case .heatToLoads: ("heat to given loads", "给定负荷热量")
        case .heatLost: ("heat lost by pipes", "管网热损失")
        case .warning: ("warning", "警告")
        case .warnings: ("Warnings", "警告")
        case .warningsNone: ("None.", "无。")
        case .warningsMore: ("{0} more in summary.json.", "其余 {0} 条见 summary.json。")
        case .inputs: ("Inputs", "输入文件")
        case .file: ("file", "文件")
        case .digest: ("SHA-256", "SHA-256")
        case .assumptions: ("Assumptions", "采用的默认值")
        case .assumptionsNone: ("None: the input states everything.", "无：输入文件已给出全部数据。")
        case .assumptionsNote:
            ("What the input does not say and the documented defaults fill in.", "输入文件未给出、由已公布的默认值补充的数据。")
        case .assumption: ("field", "字段")
        case .value: ("value", "取值")
        case .usedFor: ("used for", "使用次数")
        case .reason: ("what it is", "说明")
        }
    }
}
