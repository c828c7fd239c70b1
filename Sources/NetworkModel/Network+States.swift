import Quantities

/// Changes in place, for whoever runs many variants of one network.
extension Network {
    /// Sets valves and pumps; everything else stays as it was.
    public mutating func apply(_ settings: Settings) {
        for change in settings.valves {
            valves[change.valve].setting = change.setting
            valves[change.valve].kv = change.kv
            switch (change.function, valves[change.valve].function) {
            case (.differentialPressure(let held, _, _), .differentialPressure(_, let high, let low)):
                // Sensors stay where they are.
                valves[change.valve].function = .differentialPressure(held, high: high, low: low)
            case (let function?, _): valves[change.valve].function = function
            case (nil, _): break
            }
        }
        for change in settings.pumps {
            pumps[change.pump].characteristic = change.characteristic
            pumps[change.pump].speed = change.speed
        }
    }

    /// Opens, closes or restricts a dwelling and opens or closes the link that ``shutOff(of:)`` names.
    ///
    /// Spaces that are no dwellings stay without heat.
    public mutating func setState(_ state: DwellingState, of dwelling: DwellingIndex) {
        guard dwellings[dwelling].use == .dwelling else { return }
        dwellings[dwelling].state = state
        if let link = shutOff(of: dwelling) { links[link].isOpen = state.isHeated }
    }

    /// Sets the states of all dwellings, as ``setState(_:of:)`` does of one; what stays as it is is not touched.
    ///
    /// - Precondition: one state a dwelling.
    public mutating func setStates(_ states: [DwellingState]) {
        precondition(states.count == dwellings.count)
        for dwelling in states.indices where dwellings[dwelling].state != states[dwelling] {
            setState(states[dwelling], of: DwellingIndex(dwelling))
        }
    }

    /// The link that shuts a dwelling off: its valve, or its terminal where it has none; nil for a thermal neighbour only.
    public func shutOff(of dwelling: DwellingIndex) -> LinkIndex? {
        if let valve = dwellings[dwelling].valve { return valves[valve].link }
        return dwellings[dwelling].terminal.map { terminals[$0].link }
    }
}
