import NetworkModel

/// What keeps a dwelling below its target.
public enum Limit: String, Hashable, Sendable, CaseIterable {
    /// Nothing: it is at its target.
    case none
    /// Its emitter gives no more, however much water passes.
    case emitter
    /// The sources of its network give no more heat.
    case sourceHeat = "source-heat"
    /// The sources pass no more water.
    case sourceFlow = "source-flow"
    /// The substation's exchanger is too small for the set point.
    case exchanger
    /// The substation may take no more primary water.
    case primaryFlow = "primary-flow"
    /// The substation may take no more heat.
    case substationHeat = "substation-heat"
    /// The pump of its circuit has no head left on the index path.
    case pumpHead = "pump-head"
    /// Its own valve and branch, fully open, take more than half the head or more than is quiet.
    case valve
    /// Its valve, fully open, would be heard.
    case noise
    /// A pipe or riser on its way carries as much as its velocity or friction may be.
    case pipe
    /// Its least flow, or what the least setting of its valve lets through, gives it more than its share.
    case leastFlow = "least-flow"
    /// It is in arrears and gets a share on purpose.
    case restricted
    /// No limit binds: the policy gives its heat to others.
    case policy
    /// No water reaches it.
    case unreachable
}

/// A limit with the element that sets it.
public struct LimitSite: Hashable, Sendable {
    /// Which limit.
    public var limit: Limit
    /// The element that would have to be larger; nil for ``Limit/none`` and ``Limit/policy``.
    public var element: LimitElement?

    /// Names a limit at an element.
    public init(_ limit: Limit, at element: LimitElement? = nil) { (self.limit, self.element) = (limit, element) }
}

/// The element that sets a limit.
public enum LimitElement: Hashable, Sendable {
    case source(SourceIndex)
    case substation(SubstationIndex)
    case pump(PumpIndex)
    case building(BuildingIndex)
    case dwelling(DwellingIndex)
    case link(LinkIndex)
}

extension Network {
    /// The table and id of the element that sets a limit.
    public func reference(to element: LimitElement) -> ElementReference {
        switch element {
        case .source(let source): ElementReference(kind: "sources", id: sources[source].id)
        case .substation(let substation): ElementReference(kind: "substations", id: substations[substation].id)
        case .pump(let pump): ElementReference(kind: "pumps", id: links[pumps[pump].link].id)
        case .building(let building): ElementReference(kind: "buildings", id: buildings[building].id)
        case .dwelling(let dwelling): ElementReference(kind: "dwellings", id: dwellings[dwelling].id)
        case .link(let link): ElementReference(kind: links[link].element.tableName, id: links[link].id)
        }
    }
}
