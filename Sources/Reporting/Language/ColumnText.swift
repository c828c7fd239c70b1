/// Headings of result tables for people; the raw value is the published column name without its unit.
public enum ColumnText: String, CatalogueText {
    case id, kind, from, to, status, setting, zone, building, unit, floor, dwelling, substation, dn, catalogue, note
    case massFlow = "mass_flow"
    case volumeFlow = "volume_flow"
    case velocity
    case pressureLoss = "pressure_loss"
    case headLoss = "head_loss"
    case elevation, head, pressure, temperature, demand, reachable
    case area, open, required, delivered
    case requiredFlow = "required_flow"
    case flow
    case flowRatio = "flow_ratio"
    case room, limit
    case requiredKv = "kv_required"
    case setKv = "kv_set"
    case previousSetting = "previous_setting"
    case changed
    case designFlow = "design_flow"
    case predictedFlow = "predicted_flow"
    case authority, speed, electric, efficiency, heat, supply
    case `return` = "return"
    case heatedArea = "heated_area"
    case openArea = "open_area"
    case openRate = "open_rate"
    case allocated
    case allocatedFlow = "allocated_flow"
    case tilt
    case roomMin = "room_min"
    case roomMean = "room_mean"
    case shareAtTarget = "share_at_target"
    case bottleneck, element, dwellings
    case degreeDwellings = "degree_dwellings"
    case remedy
    case alternatives
    case effectDwellings = "effect_dwellings"
    case effectDegreeDwellings = "effect_degree_dwellings"
    case effect
    case decidedRoomMinC = "decided_room_min_c"
    case alternative1EffectDwellings = "alternative_1_effect_dwellings"
    case alternative1EffectDegreeDwellings = "alternative_1_effect_degree_dwellings"
    case alternative2EffectDwellings = "alternative_2_effect_dwellings"
    case alternative2EffectDegreeDwellings = "alternative_2_effect_degree_dwellings"
    case positionFactor = "position_factor"
    case neighbourLoss = "neighbour_loss"
    case belowFrostLimit = "below_frost_limit"
    case regulation
    case outdoor
    case relativeLoad = "relative_load"
    case relativeFlow = "relative_flow"
    case pumpHead = "pump_head"
    case occupancyFactor = "occupancy_factor"
    case correctedSupply = "corrected_supply"
    case event
    case roomP02 = "room_p02"
    case flowRatioMin = "flow_ratio_min"
    case flowRatioMean = "flow_ratio_mean"
    case flowRatioMax = "flow_ratio_max"
    case shareOfFlowsKept = "share_of_flows_kept"
    case sourceHeat = "source_heat"
    case shareWithin1 = "share_within_1"
    case kvTolerance = "kv_tolerance"
    case flowDeviation = "flow_deviation"
    case roomDeviation = "room_deviation"
    case visit
    case stop
    case level
    case kv
    case gainDwellings = "gain_dwellings"
    case dwellingsAtTarget = "dwellings_at_target"
    case places
    case caseNumber = "case"
    case roster
    case within3 = "share_of_flows_within_3"
    case within5 = "share_of_flows_within_5"
    case mass
    case loop
    case energy
    case aloneShare = "alone_share_at_target"
    case aloneRoomMin = "alone_room_min"
    case aloneRoomP02 = "alone_room_p02"
    case aloneWithin5 = "alone_share_of_flows_within_5"
    case previousSpeed = "previous_speed"

    /// The heading in both languages.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .id: ("id", "编号")
        case .kind: ("kind", "类别")
        case .from: ("from", "起点")
        case .to: ("to", "终点")
        case .status: ("status", "状态")
        case .setting: ("setting", "整定值")
        case .zone: ("zone", "区域")
        case .building: ("building", "楼栋")
        case .unit: ("unit", "单元")
        case .floor: ("floor", "楼层")
        case .dwelling: ("dwelling", "住户")
        case .substation: ("substation", "换热站")
        case .dn: ("nominal size DN", "公称直径")
        case .catalogue: ("catalogue", "阀门型号")
        case .note: ("note", "备注")
        case .massFlow: ("mass flow", "质量流量")
        case .volumeFlow: ("volume flow", "体积流量")
        case .velocity: ("velocity", "流速")
        case .pressureLoss: ("pressure loss", "压降")
        case .headLoss: ("head loss", "水头损失")
        case .elevation: ("elevation", "高程")
        case .head: ("head", "扬程或水头")
        case .pressure: ("pressure", "压力")
        case .temperature: ("temperature", "温度")
        case .demand: ("demand", "取水量")
        case .reachable: ("reachable", "是否连通")
        case .area: ("area", "供热面积")
        case .open: ("open", "是否供热")
        case .required: ("required heat", "需热量")
        case .delivered: ("delivered heat", "实供热量")
        case .requiredFlow: ("required flow", "需要流量")
        case .flow: ("flow", "流量")
        case .flowRatio: ("flow over required", "流量比")
        case .room: ("room temperature", "室温")
        case .limit: ("limit", "限制因素或上限")
        case .requiredKv: ("Kv required", "需要 Kv")
        case .setKv: ("Kv set", "设定 Kv")
        case .previousSetting: ("previous setting", "原整定值")
        case .changed: ("to be turned", "是否需调节")
        case .designFlow: ("design flow", "设计流量")
        case .predictedFlow: ("predicted flow", "预测流量")
        case .authority: ("authority", "阀权度")
        case .speed: ("speed ratio", "转速比")
        case .electric: ("electric power", "电功率")
        case .efficiency: ("efficiency", "效率")
        case .heat: ("heat", "热功率")
        case .supply: ("supply temperature", "供水温度")
        case .return: ("return temperature", "回水温度")
        case .heatedArea: ("heated area", "供热面积")
        case .openArea: ("open area", "开栓面积")
        case .openRate: ("valve-open rate", "开栓率")
        case .allocated: ("allocated heat", "分配热量")
        case .allocatedFlow: ("allocated flow", "分配流量")
        case .tilt: ("tilt", "倾斜系数")
        case .roomMin: ("coldest room", "最低室温")
        case .roomMean: ("mean room temperature", "平均室温")
        case .shareAtTarget: ("share at target", "达标率")
        case .bottleneck: ("limited by", "制约因素")
        case .element: ("element", "元件")
        case .dwellings: ("dwellings", "户数")
        case .degreeDwellings: ("degrees short, summed", "欠温度户数")
        case .remedy: ("remedy", "措施")
        case .alternatives: ("other ways to the same end", "其他可选措施")
        case .effectDwellings: ("more dwellings at target", "可增加达标户数")
        case .effectDegreeDwellings: ("fewer degrees short", "可减少欠温度户数")
        case .decidedRoomMinC: ("coldest that sharing decides °C", "最冷可调户室温 °C")
        case .effect: ("effect of the remedy", "措施效果")
        case .alternative1EffectDwellings: ("more dwellings at target by the first other way", "其他措施一可增加达标户数")
        case .alternative1EffectDegreeDwellings: ("fewer degrees short by the first other way", "其他措施一可减少欠温度户数")
        case .alternative2EffectDwellings: ("more dwellings at target by the second other way", "其他措施二可增加达标户数")
        case .alternative2EffectDegreeDwellings: ("fewer degrees short by the second other way", "其他措施二可减少欠温度户数")
        case .positionFactor: ("need over a middle dwelling", "位置系数")
        case .neighbourLoss: ("heat to neighbours", "户间传热")
        case .belowFrostLimit: ("below the frost limit", "低于防冻温度")
        case .regulation: ("regulation", "调节方式")
        case .outdoor: ("outdoors", "室外温度")
        case .relativeLoad: ("relative load", "相对热负荷")
        case .relativeFlow: ("relative flow", "相对流量")
        case .pumpHead: ("pump head", "水泵扬程")
        case .occupancyFactor: ("occupancy factor", "入住修正系数")
        case .correctedSupply: ("corrected supply temperature", "修正供水温度")
        case .event: ("what changes", "变化")
        case .roomP02: ("2 % of rooms are colder than", "最冷2%户低于")
        case .flowRatioMin: ("least flow ratio", "最小流量比")
        case .flowRatioMean: ("mean flow ratio", "平均流量比")
        case .flowRatioMax: ("greatest flow ratio", "最大流量比")
        case .shareOfFlowsKept: ("flow kept within 5 %", "流量变化≤5%的比例")
        case .sourceHeat: ("heat from sources", "热源供热量")
        case .shareWithin1: ("at target or short by up to", "达标或欠温不超过此值的比例")
        case .kvTolerance: ("tolerance of Kv", "Kv 误差")
        case .flowDeviation: ("deviation of flow by tolerance", "误差引起的流量偏差")
        case .roomDeviation: ("deviation of room by tolerance", "误差引起的室温偏差")
        case .visit: ("visit", "上门序号")
        case .stop: ("stop", "站点")
        case .level: ("level", "阀门层级")
        case .kv: ("Kv", "Kv 值")
        case .gainDwellings: ("dwellings gained, estimated", "预计增加达标户数")
        case .dwellingsAtTarget: ("dwellings at target by then", "累计达标户数")
        case .places: ("places visited by then", "累计站点数")
        case .caseNumber: ("case", "工况")
        case .roster: ("roster", "名册")
        case .within3: ("flow within 3 %", "流量偏差≤3%")
        case .within5: ("flow within 5 %", "流量偏差≤5%")
        case .mass: ("worst node imbalance", "节点质量不平衡最大值")
        case .loop: ("worst loop error", "环路压力闭合差最大值")
        case .energy: ("energy balance error", "能量平衡误差")
        case .aloneShare: ("at target, set for this case alone", "单独整定达标率")
        case .aloneRoomMin: ("coldest room, set for this case alone", "单独整定最低室温")
        case .aloneRoomP02: ("2 % are colder than, set for this case alone", "单独整定最冷2%户低于")
        case .aloneWithin5: ("flow within 5 %, set for this case alone", "单独整定流量偏差≤5%")
        case .previousSpeed: ("speed ratio today", "现转速比")
        }
    }
}

/// Names of the sheets of `results.xlsx`; the raw value is the name of the CSV file.
public enum TableSheetText: String, CatalogueText {
    case valves, pumps, sources, substations, zones, bottlenecks, dwellings, links, nodes
    case visits, robustness, policies, spaces, cases
    case casePumps = "case-pumps"
    case heatingCurve = "heating-curve"
    case tradeOff = "trade-off"

    /// The name in both languages, at most 31 characters.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .valves: ("valves", "阀门设定")
        case .pumps: ("pumps", "水泵")
        case .sources: ("sources", "热源")
        case .substations: ("substations", "换热站")
        case .zones: ("zones", "区域")
        case .bottlenecks: ("bottlenecks", "制约因素")
        case .dwellings: ("dwellings", "住户")
        case .links: ("links", "管段")
        case .nodes: ("nodes", "节点")
        case .heatingCurve: ("heating curve", "供热曲线")
        case .visits: ("visits", "上门次序")
        case .robustness: ("robustness", "工况变化")
        case .policies: ("policies", "分配策略")
        case .cases: ("cases", "多工况")
        case .casePumps: ("pumps of the cases", "多工况水泵")
        case .spaces: ("spaces", "非住宅空间")
        case .tradeOff: ("trade-off", "取舍曲线")
        }
    }
}
