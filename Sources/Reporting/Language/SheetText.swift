/// Texts of the work sheets.
public enum SheetText: String, CatalogueText {
    case title, part, subtitle, howTo, turns, plants, plantFacts, building, buildingFacts, counts, signature
    case pumps, pump, head, speed, speedBefore, off, pumpsOfCase, casesNote
    case done, place, valve, product, before, turnTo, flow, pressure, note, found
    case missOfNext, missAtEnd
    case dwellingPlace, unitPlace, inletPlace, substationPlace, networkPlace

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .title: ("Work sheets: {0}", "现场调节单：{0}")
        case .part: (", part {0} of {1}", "（第 {0} 部分，共 {1} 部分）")
        case .subtitle: ("For {0} outdoors; input {1}; {2}.", "室外 {0} 工况；输入校验码 {1}；{2}。")
        case .howTo:
            ("One page a building, valves in the order of the walk: inlet, then riser by riser from the ground up. Turn to the setting in bold, tick, and note a setting found that is not the one given, a valve that cannot be turned, an empty or reopened flat.",
             "每栋楼一页，按行走顺序排列：入口阀，然后逐单元自下而上。调至粗体所示刻度并打勾；若原刻度不符、阀门无法调节、空置或已复热，请在备注栏记录。")
        case .turns: ("{0} to turn", "需调 {0} 个")
        case .plants: ("Plants and substations", "热源与换热站")
        case .plantFacts: ("Valves of the network outside buildings.", "楼栋以外的阀门。")
        case .building: ("Building {0}", "楼栋 {0}")
        case .buildingFacts: ("Zone {0}, substation {1}, {2} of {3} dwellings open.", "分区 {0}，换热站 {1}，{3} 户中供热 {2} 户。")
        case .counts: ("To turn: {0}; stay as they are: {1}.", "需调节 {0} 个，保持原状 {1} 个。")
        case .signature: ("Done by ______________________    on ______________    remarks ________________________________________", "执行人 ______________________    日期 ______________    备注 ________________________________________")
        case .pumps: ("Pumps", "水泵")
        case .pump: ("pump", "水泵")
        case .head: ("head, kPa", "扬程 kPa")
        case .speed: ("speed to set", "设定转速")
        case .speedBefore: ("runs at", "现转速")
        case .off: ("off", "停")
        case .pumpsOfCase: ("Pumps: {0}, {1} outdoors", "水泵：{0}，室外 {1}")
        case .casesNote:
            ("Valves are turned once for {0} cases of roster and weather; flows and losses are those of the first. Pump speeds are set on the day.",
             "阀门整定同时适用于 {0} 个名册与气温工况，只调一次；流量和压降按第一个工况列出。水泵转速按当日工况设定。")
        case .done: ("done", "完成")
        case .place: ("place", "位置")
        case .valve: ("valve", "阀门")
        case .product: ("product", "型号")
        case .before: ("stands at", "现刻度")
        case .turnTo: ("turn to", "调至")
        case .flow: ("flow then, m³/h", "调后流量 m³/h")
        case .pressure: ("loss then, kPa", "调后压降 kPa")
        case .note: ("note", "说明")
        case .found: ("found / remarks", "现场情况/备注")
        case .missOfNext: (" ({0} gives {1}, {2} would give {3})", "（整定 {0} 偏差 {1}，整定 {2} 偏差 {3}）")
        case .missAtEnd: (" ({0}, the end of the scale, gives {1})", "（刻度端点 {0}，偏差 {1}）")
        case .dwellingPlace: ("unit {0}, floor {1}, door {2}", "{0} 单元 {1} 层 {2} 号")
        case .unitPlace: ("riser of unit {0}", "{0} 单元立管")
        case .inletPlace: ("building inlet", "楼栋入口")
        case .substationPlace: ("substation {0}", "换热站 {0}")
        case .networkPlace: ("network", "管网")
        }
    }
}
