import Balancing

/// Limits as people call them.
public enum LimitText: String, CatalogueText {
    case none, emitter, sourceHeat, sourceFlow, exchanger, primaryFlow, substationHeat, pumpHead, valve
    case noise, pipe, leastFlow, restricted, policy, unreachable

    /// The text of a limit.
    public init(_ limit: Limit) {
        switch limit {
        case .none: self = .none
        case .emitter: self = .emitter
        case .sourceHeat: self = .sourceHeat
        case .sourceFlow: self = .sourceFlow
        case .exchanger: self = .exchanger
        case .primaryFlow: self = .primaryFlow
        case .substationHeat: self = .substationHeat
        case .pumpHead: self = .pumpHead
        case .valve: self = .valve
        case .noise: self = .noise
        case .pipe: self = .pipe
        case .leastFlow: self = .leastFlow
        case .restricted: self = .restricted
        case .policy: self = .policy
        case .unreachable: self = .unreachable
        }
    }

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .none: ("nothing", "无")
        case .emitter: ("emitter too small", "散热器不足")
        case .sourceHeat: ("heat of the source", "热源热量不足")
        case .sourceFlow: ("flow of the source", "热源流量不足")
        case .exchanger: ("heat exchanger too small", "换热器不足")
        case .primaryFlow: ("primary flow of the substation", "换热站一次流量不足")
        case .substationHeat: ("heat of the substation", "换热站热量不足")
        case .pumpHead: ("pump head", "水泵扬程不足")
        case .valve: ("valve and branch too small", "阀门及支管过小")
        case .noise: ("noise of the valve", "阀门噪声限制")
        case .pipe: ("velocity or friction in the pipe", "管道流速或比摩阻超限")
        case .leastFlow: ("least flow of the dwelling", "住户最小流量")
        case .restricted: ("restricted on purpose", "欠费限供")
        case .policy: ("heat shared otherwise by the policy", "分配策略让予他户")
        case .unreachable: ("no water reaches it", "水流不可达")
        }
    }
}
