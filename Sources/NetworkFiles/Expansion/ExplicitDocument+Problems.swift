import NetworkModel

extension ExplicitDocument {
    /// What the format cannot say of a network: features of other engines' files. An error where the document would
    /// describe another network, a warning where it comes close.
    public static func problems(of network: Network) -> [Problem] {
        var problems: [Problem] = []
        func add(_ what: String, _ severity: Severity, _ link: LinkIndex) {
            let element = ElementReference(kind: network.links[link].element.tableName, id: network.links[link].id)
            problems.append(Problem(.notInFormat, severity: severity, element: element, arguments: [what]))
        }
        if network.conditions.convention != .exact {
            problems.append(Problem(.notInFormat, severity: .warning, arguments: ["conventions of another engine"]))
        }
        for pipe in network.pipes where pipe.friction != .darcyWeisbach { add("Hazen–Williams / Chézy–Manning", .error, pipe.link) }
        for valve in network.valves {
            switch valve.function {
            case .headLossCurve: add("head loss curve", .error, valve.link)
            case .outlet: add("outlet", .error, valve.link)
            default: break
            }
        }
        for pump in network.pumps {
            switch pump.characteristic {
            case .powerFunction, .constantPower: add("pump function", .error, pump.link)
            case .segments: add("straight lines between pump points", .warning, pump.link)
            case .constantHead, .curve: break
            }
        }
        for (position, link) in network.links.enumerated() where link.passes != .both { add("one-way link", .error, LinkIndex(position)) }
        return problems
    }
}

extension ProblemCode {
    /// Something of a network that the format has no words for. Arguments: what.
    public static let notInFormat = ProblemCode(
        "not-in-format",
        en: ("the format cannot describe this: {0}", "Keep the network in its own format, or replace this element."),
        zh: ("本格式无法描述：{0}", "请保留原格式，或替换该元件。"))
}
