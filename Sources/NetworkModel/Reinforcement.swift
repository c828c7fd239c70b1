import Quantities

/// One limit of a network raised: what a repair or a larger plant would make of it.
public enum Reinforcement: Hashable, Sendable {
    /// A source gives so much more heat.
    case sourceHeat(SourceIndex, Power)
    /// A source passes so much more water.
    case sourceFlow(SourceIndex, MassFlow)
    /// A substation may take so much more heat.
    case substationHeat(SubstationIndex, Power)
    /// A substation may take so much more primary water.
    case primaryFlow(SubstationIndex, MassFlow)
    /// An exchanger has so much more UA.
    case exchanger(SubstationIndex, ThermalConductance)
    /// A pump gives so much more head at every flow.
    case pumpHead(PumpIndex, PressureDifference)
    /// A valve has this Kv fully open.
    case valve(ValveIndex, FlowCoefficient)
    /// A dwelling's emitters have so much more nominal power.
    case emitter(DwellingIndex, Power)
    /// Terminal and fully open valve of a dwelling pass so many times the flow at one loss.
    case branch(DwellingIndex, factor: Double)
    /// A dwelling loses so much less to the outside a kelvin; a tenth of it stays in any case.
    case envelope(DwellingIndex, ThermalConductance)
    /// A source supplies so many kelvins hotter.
    case sourceSupply(SourceIndex, TemperatureDifference)
    /// A substation supplies its secondary circuit so many kelvins hotter.
    case secondarySupply(SubstationIndex, TemperatureDifference)
    /// A pipe has this inner diameter.
    case pipe(PipeIndex, Length)
}

extension Network {
    /// This network with limits raised; its topology stays.
    public func reinforced(by changes: [Reinforcement]) -> Network {
        var copy = self
        for change in changes { copy.apply(change) }
        return copy
    }

    private mutating func apply(_ change: Reinforcement) {
        switch change {
        case .sourceHeat(let source, let more):
            if let limit = sources[source].heatLimit { sources[source].heatLimit = limit + more }
        case .sourceFlow(let source, let more):
            if let limit = sources[source].flowLimit { sources[source].flowLimit = limit + more }
        case .substationHeat(let substation, let more):
            if let limit = substations[substation].heatLimit { substations[substation].heatLimit = limit + more }
        case .primaryFlow(let substation, let more):
            if let limit = substations[substation].primaryFlowLimit { substations[substation].primaryFlowLimit = limit + more }
        case .exchanger(let substation, let more):
            substations[substation].exchangerConductance = substations[substation].exchangerConductance + more
        case .pumpHead(let pump, let more):
            pumps[pump].characteristic = pumps[pump].characteristic.raised(by: more)
        case .valve(let valve, let kv):
            (valves[valve].model, valves[valve].setting, valves[valve].kv) = (nil, nil, kv)
        case .emitter(let dwelling, let more):
            dwellings[dwelling].emitter.nominalPower = dwellings[dwelling].emitter.nominalPower + more
        case .pipe(let pipe, let diameter): pipes[pipe].innerDiameter = diameter
        case .branch(let dwelling, let factor): widen(dwelling, by: factor)
        case .envelope(let dwelling, let less):
            let now = dwellings[dwelling].exteriorConductance
            dwellings[dwelling].exteriorConductance = max(now - less, 0.1 * now)
        case .sourceSupply(let source, let more): sources[source].supplyTemperature = sources[source].supplyTemperature + more
        case .secondarySupply(let substation, let more):
            substations[substation].secondarySupply = substations[substation].secondarySupply + more
        }
    }
}

extension Network {
    private mutating func widen(_ dwelling: DwellingIndex, by factor: Double) {
        if let valve = dwellings[dwelling].valve {
            let open = valves[valve].model.flatMap { valveModels[$0].points.last?.kv } ?? valves[valve].kv
            (valves[valve].model, valves[valve].setting, valves[valve].kv) = (nil, nil, factor * open)
        }
        if let terminal = dwellings[dwelling].terminal, let kv = terminals[terminal].kv { terminals[terminal].kv = factor * kv }
    }
}

extension PumpCharacteristic {
    /// The same pump with so much more head at every flow; one of constant power has none to raise.
    func raised(by head: PressureDifference) -> PumpCharacteristic {
        func raised(_ points: [PumpPoint]) -> [PumpPoint] { points.map { PumpPoint(flow: $0.flow, head: $0.head + head) } }
        switch self {
        case .constantHead(let now): return .constantHead(now + head)
        case .curve(let points): return .curve(raised(points))
        case .segments(let points): return .segments(raised(points))
        case .powerFunction(let shutoff, let coefficient, let exponent):
            return .powerFunction(shutoff: shutoff + head, coefficient: coefficient, exponent: exponent)
        case .constantPower: return self
        }
    }
}
