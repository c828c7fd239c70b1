import Heating

/// Names of figures and things that console, report and tables of people share.
public enum FigureText: String, CatalogueText {
    case before, after, today, recommended
    case shareAtTarget, coldest, secondPercentile, meanRoom, hottest, sharedAtTarget, sharedColdest
    case sourceHeat, sourceHeatLimit, unlimited
    case flowOfFloors, flowAtEnd
    case horizontalImbalance, verticalImbalance, pumpPower, returnTemperature
    case zone, openRate, tilt, atTarget, limitedBy, dwellings, openDwellings, buildings, substations
    case element, kind, limit, degrees, remedy
    case valve, setting, previousSetting, designFlow, predictedFlow, pressureLoss, authority, note, changed
    case closed, restricted, yes, no, total
    case rosterOfCase, outdoorOfCase, flowsWithinTwentieth, atTargetAlone, coldestAlone
    case robustness, event, nearTarget, flowsKept, asPlanned, dwellingsClose, dwellingsOpen, pumpsSlower, colder
    case massResidual, loopResidual, energyResidual

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .before: ("before", "调节前")
        case .after: ("after", "调节后")
        case .rosterOfCase: ("roster", "名册")
        case .outdoorOfCase: ("outdoors", "室外")
        case .flowsWithinTwentieth: ("flow within 5 %", "流量偏差≤5%")
        case .atTargetAlone: ("set for it alone", "单独整定")
        case .coldestAlone: ("set for it alone", "单独整定")
        case .robustness: ("How the settings hold when things change", "工况变化时的适应性")
        case .event: ("what changes", "变化")
        case .nearTarget: ("or up to 1 K short", "欠温≤1 K")
        case .flowsKept: ("flow kept within 5 %", "流量变化≤5%")
        case .asPlanned: ("as planned", "按计划")
        case .dwellingsClose: ("a twentieth of the open dwellings closes", "5%的供热户停热")
        case .dwellingsOpen: ("a twentieth of the closed dwellings opens", "5%的停热户复热")
        case .pumpsSlower: ("all pumps run a tenth slower", "水泵转速降低10%")
        case .colder: ("10 K colder outdoors", "室外降温10 K")
        case .today: ("today", "现状")
        case .recommended: ("recommended", "推荐值")
        case .shareAtTarget: ("open dwellings at {0}", "室温达到 {0} 的供热户")
        case .coldest: ("coldest dwelling", "最冷户室温")
        case .secondPercentile: ("2 % are colder than", "最冷 2 % 户低于")
        case .meanRoom: ("mean room temperature", "平均室温")
        case .hottest: ("warmest dwelling", "最热户室温")
        case .sharedAtTarget: ("at target as shared", "分配达标率")
        case .sharedColdest: ("coldest as shared", "分配最冷户室温")
        case .sourceHeat: ("heat from sources", "热源供热量")
        case .sourceHeatLimit: ("heat limit of sources", "热源供热上限")
        case .unlimited: ("no limit", "无上限")
        case .flowOfFloors: ("flow/need low, top floors", "低层/顶层水力平衡度")
        case .flowAtEnd: ("flow/need network's end", "管网末端水力平衡度")
        case .horizontalImbalance: ("horizontal imbalance", "水平失调度")
        case .verticalImbalance: ("vertical imbalance", "垂直失调度")
        case .pumpPower: ("pump power", "水泵电功率")
        case .returnTemperature: ("return to sources", "热源回水温度")
        case .zone: ("zone", "分区")
        case .openRate: ("valve-open rate", "开阀率")
        case .tilt: ("tilt", "流量倾斜")
        case .atTarget: ("at target", "达标率")
        case .limitedBy: ("limited by", "限制因素")
        case .dwellings: ("dwellings", "户数")
        case .openDwellings: ("open dwellings", "供热户")
        case .buildings: ("buildings", "楼栋")
        case .substations: ("substations", "换热站")
        case .element: ("element", "部位")
        case .kind: ("kind", "类型")
        case .limit: ("limit", "限制")
        case .degrees: ("degrees short, K", "欠温户度数（户·K）")
        case .remedy: ("what helps", "建议措施")
        case .valve: ("valve", "阀门")
        case .setting: ("setting", "设定值")
        case .previousSetting: ("setting today", "原设定")
        case .designFlow: ("design flow, m³/h", "设计流量 m³/h")
        case .predictedFlow: ("predicted flow, m³/h", "预测流量 m³/h")
        case .pressureLoss: ("pressure loss, kPa", "压降 kPa")
        case .authority: ("authority", "阀权度")
        case .note: ("note", "备注")
        case .changed: ("change", "需调节")
        case .closed: ("closed", "关阀")
        case .restricted: ("restricted", "限供")
        case .yes: ("yes", "是")
        case .no: ("no", "否")
        case .total: ("all", "合计")
        case .massResidual: ("worst mass imbalance of a node", "节点质量不平衡最大值")
        case .loopResidual: ("worst pressure error of a loop", "环路压力闭合差最大值")
        case .energyResidual: ("energy balance error", "能量平衡误差")
        }
    }
}
