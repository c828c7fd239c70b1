/// Texts that the script of the report puts together itself; it knows them by the names of the cases.
public enum ScriptText: String, CatalogueText {
    case open, room, coldest, degree, substation, heat, primaryFlow, secondary, velocity, friction, water
    case unit, floor, door, closed, restricted, yes, no, rows

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .open: ("open dwellings", "供热户")
        case .room: ("room", "室温")
        case .coldest: ("coldest dwelling", "最冷户室温")
        case .degree: ("flow over required", "流量/需要流量")
        case .substation: ("substation", "换热站")
        case .heat: ("heat", "供热量")
        case .primaryFlow: ("primary flow", "一次流量")
        case .secondary: ("secondary supply / return", "二次供/回水")
        case .velocity: ("velocity", "流速")
        case .friction: ("friction", "比摩阻")
        case .water: ("water", "水温")
        case .unit: ("unit", "单元")
        case .floor: ("floor", "楼层")
        case .door: ("door", "户号")
        case .closed: ("valve closed", "已关阀")
        case .restricted: ("restricted", "欠费限供")
        case .yes: ("yes", "是")
        case .no: ("no", "否")
        case .rows: ("{0} of {1} rows shown", "显示 {0} 行，共 {1} 行")
        }
    }
}
