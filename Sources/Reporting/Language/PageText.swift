import Heating

/// Texts of the report page.
public enum PageText: String, CatalogueText {
    case pageTitle, subtitle, headline, headlineNote, imbalanceNote, visits
    case map, mapLabel, mapNote, mapMissing, buildingHover, squareHover
    case section, sectionLabel, sectionNote, unitLabel
    case distribution, distributionLabel, distributionNote, roomAxis
    case zones, tiltLabel, tiltAxis, tiltNote
    case bottlenecks, bottlenecksNone, bottlenecksNote, bottlenecksMore
    case settings, settingsNote, settingsLimited, settingsNone, filter, product
    case checks, checksNote, heatGiven, heatToDwellings, heatToLoads, heatLost
    case warnings, warning, warningsNone, warningsMore
    case inputs, file, digest, assumptions, assumptionsNone, assumptionsNote, assumption, value, usedFor, reason
    case footer

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .pageTitle: ("Balancing report: {0}", "水力平衡调节报告：{0}")
        case .subtitle:
            ("{0} buildings, {1} dwellings, {2} of them open ({3}); {4} outdoors; {5} promised indoors.",
             "{0} 栋楼，{1} 户，其中供热 {2} 户（{3}）；室外 {4}；室内保证 {5}。")
        case .headline: ("Before and after", "调节前后对比")
        case .headlineNote:
            ("Both columns are forward simulations of the same roster and weather: today's settings, and the recommended ones as rounded to what a fitter can turn.",
             "两列均为同一开阀名单和同一天气下的正向仿真：现有设定，以及取整到现场可调刻度后的推荐设定。")
        case .imbalanceNote:
            ("Imbalance: spread (standard deviation over mean) of actual over required flow, between buildings (horizontal) and between the floors of a building (vertical); 0 % is even.",
             "失调度：实际流量与需要流量之比的离散程度（标准差/平均值），分楼栋之间（水平）和楼内各层之间（垂直）；0 % 为完全均衡。")
        case .visits: ("valves to turn", "需调节的阀门")
        case .map: ("Map", "管网图")
        case .mapLabel: ("Map of the network", "管网平面图")
        case .mapNote:
            ("Dark lines: primary network. Light lines: secondary networks. Diamonds: substations. Squares: buildings by the mean room temperature of their open dwellings with the recommended settings.",
             "深色线：一次网；浅色线：二次网；菱形：换热站；方块：楼栋，颜色为推荐设定下供热户的平均室温。")
        case .mapMissing: ("The input has no coordinates, so there is no map.", "输入文件没有坐标，无法绘制平面图。")
        case .buildingHover: ("{0}: {1} of {2} dwellings open, mean {3}, coldest {4}", "{0}：{2} 户中供热 {1} 户，平均 {3}，最冷 {4}")
        case .squareHover: ("{0} dwellings, mean {1}, coldest {2}", "{0} 户，平均 {1}，最冷 {2}")
        case .section: ("The building with the coldest dwelling: {0}", "最冷户所在楼栋：{0}")
        case .sectionLabel: ("Section of building {0}", "楼栋 {0} 剖面")
        case .sectionNote:
            ("Floors upwards, units side by side; room temperature in °C with the recommended settings; hatched: valve closed.",
             "自下而上为楼层，横向为单元；推荐设定下的室温（°C）；斜线：已关阀。")
        case .unitLabel: ("unit {0}", "{0} 单元")
        case .distribution: ("Room temperatures of open dwellings", "供热户室温分布")
        case .distributionLabel: ("Number of open dwellings by room temperature", "按室温统计的供热户数")
        case .distributionNote: ("Dwellings a band of 1 K; the line is the promised temperature.", "每 1 K 区间的户数；竖线为保证室温。")
        case .roomAxis: ("room temperature, °C", "室温 °C")
        case .zones: ("Zones", "分区")
        case .tiltLabel: ("Tilt of each zone against its valve-open rate", "各分区流量倾斜与开阀率")
        case .tiltAxis: ("flow per open m², network mean = 1", "单位供热面积流量（全网平均 = 1）")
        case .tiltNote:
            ("Tilt: allocated flow per open square metre over the network's mean. Thinly heated zones need more, since their dwellings heat their neighbours.",
             "流量倾斜：单位供热面积分配流量与全网平均之比。开阀率低的分区因向邻户传热而需要更多流量。")
        case .bottlenecks: ("What stops more dwellings from reaching the target", "制约达标的因素")
        case .bottlenecksNone: ("Nothing: every open dwelling reaches its target.", "无：所有供热户均可达标。")
        case .bottlenecksNote: ("Ranked by the degrees that dwellings miss: the repair list.", "按欠温户度数排序，可作为检修改造清单。")
        case .bottlenecksMore: ("{0} more in bottlenecks.csv.", "其余 {0} 项见 bottlenecks.csv。")
        case .settings: ("Settings", "阀门设定")
        case .settingsNote:
            ("In the notation of each valve's maker. All of them, with more columns, are in valves.csv.",
             "按各厂家刻度表示。完整列表及更多列见 valves.csv。")
        case .settingsLimited:
            ("{0} of {1} valves are shown, those higher up in the network first; all are in valves.csv.",
             "共 {1} 个阀门，此处按级别从高到低列出 {0} 个，全部见 valves.csv。")
        case .settingsNone: ("The network has no balancing valves.", "管网没有平衡阀。")
        case .product: ("product", "型号")
        case .filter: ("Show only rows with …", "筛选……")
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
        case .footer: ("Made by equitherm {0}.", "由 equitherm {0} 生成。")
        }
    }
}
