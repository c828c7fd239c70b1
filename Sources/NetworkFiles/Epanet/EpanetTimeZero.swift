/// What holds at time 0: demands and heads by their patterns, statuses and settings after patterns and controls.
///
/// In EPANET's order: initial status, then speed patterns of pumps, then the simple controls in the order of the file.
/// Controls on the pressure of a junction need a solution first (``pressureControls``). Rules do not act at time 0:
/// EPANET looks at them only after the first rule time step.
public struct EpanetTimeZero: Sendable {
    /// Demand of every node in the file's flow unit, times the demand multiplier; 0 for reservoirs and tanks.
    public private(set) var demand: [Double]
    /// Head of every reservoir and tank, nil for junctions, in m or ft.
    public private(set) var head: [Double?]
    /// Status of every link; a pump of speed 0 is closed.
    public private(set) var status: [EpanetStatus]
    /// Speed of a pump, setting of an active valve, in the file's unit; 0 for pipes.
    public private(set) var setting: [Double]
    /// Enabled controls whose condition is the pressure of a junction, as positions in ``EpanetNetwork/controls``.
    public private(set) var pressureControls: [Int] = []
    private let network: EpanetNetwork

    /// Evaluates patterns and controls at time 0.
    ///
    /// - Complexity: O(nodes + links + controls).
    public init(_ network: EpanetNetwork) {
        self.network = network
        demand = network.nodes.map { Self.demand(of: $0, in: network) }
        head = network.nodes.map { Self.head(of: $0, in: network) }
        status = network.links.map(\.status)
        setting = network.links.map { link in
            switch link.element {
            case .pipe: 0
            case .pump(let pump): pump.speed
            case .valve(let valve): valve.setting
            }
        }
        applyPumpPatterns()
        for (position, control) in network.controls.enumerated() where control.isEnabled {
            switch holds(control.condition) {
            case true?: apply(control.action, to: control.link)
            case false?: break
            case nil: pressureControls.append(position)
            }
        }
    }

    private static func demand(of node: EpanetNode, in network: EpanetNetwork) -> Double {
        guard case .junction(let junction) = node.kind else { return 0 }
        return junction.demands.reduce(0) { sum, demand in
            let pattern = demand.pattern ?? network.options.defaultPattern
            let multiplier = pattern.map { network.patterns[$0].multiplier(period: network.times.patternPeriod) } ?? 1
            return sum + demand.base * multiplier * network.options.demandMultiplier
        }
    }

    private static func head(of node: EpanetNode, in network: EpanetNetwork) -> Double? {
        switch node.kind {
        case .junction: nil
        case .reservoir(let pattern):
            node.elevation * (pattern.map { network.patterns[$0].multiplier(period: network.times.patternPeriod) } ?? 1)
        case .tank(let tank): node.elevation + tank.initialLevel
        }
    }

    private mutating func applyPumpPatterns() {
        for position in network.links.indices {
            guard case .pump(let pump) = network.links[position].element else { continue }
            if let pattern = pump.pattern {
                // The multiplier is the speed, whatever status and speed were before.
                apply(.setting(network.patterns[pattern].multiplier(period: network.times.patternPeriod)), to: position)
            } else if setting[position] == 0 {
                status[position] = .closed
            }
        }
    }

    /// Does to a link what a control says.
    public mutating func apply(_ action: EpanetAction, to link: Int) {
        switch (network.links[link].element, action) {
        case (.pipe, .open), (.valve, .open): status[link] = .open
        case (.pipe, .closed), (.valve, .closed): status[link] = .closed
        case (.pipe, .setting(let value)): status[link] = value == 0 ? .closed : .open
        case (.pump, .open):
            setting[link] = 1
            status[link] = .open
        case (.pump, .closed):
            setting[link] = 0
            status[link] = .closed
        case (.pump, .setting(let speed)):
            setting[link] = speed
            status[link] = speed > 0 ? .open : .closed
        case (.valve, .setting(let value)):
            setting[link] = value
            status[link] = .active
        }
    }

    /// Whether a condition holds at time 0; nil where that depends on the solution.
    private func holds(_ condition: EpanetControl.Condition) -> Bool? {
        switch condition {
        case .time(let seconds): seconds == 0
        case .clock(let seconds): seconds == network.times.startClock
        case .below(let node, let level): self.level(of: node).map { $0 <= level }
        case .above(let node, let level): self.level(of: node).map { $0 >= level }
        }
    }

    /// Level of a tank or reservoir over its elevation; nil for a junction.
    private func level(of node: Int) -> Double? {
        switch network.nodes[node].kind {
        case .junction: nil
        case .tank(let tank): tank.initialLevel
        case .reservoir: head[node].map { $0 - network.nodes[node].elevation }
        }
    }
}

/// Rules, for the note that says which of them hold.
extension EpanetTimeZero {
    /// Enabled rules whose premises hold at time 0 as far as that is known without a solution.
    var holdingRules: [Int] {
        network.rules.indices.filter { rule in
            guard network.rules[rule].isEnabled, !network.rules[rule].premises.isEmpty else { return false }
            var result = true
            for premise in network.rules[rule].premises {
                if premise.isAlternative {
                    if !result { result = holds(premise) }
                } else if result {
                    result = holds(premise)
                } else {
                    return false
                }
            }
            return result
        }
    }

    private func holds(_ premise: EpanetPremise) -> Bool {
        switch (premise.subject, premise.value) {
        case (.time, .number(let value)): compare(0, premise.relation, value, tolerance: 0)
        case (.clockTime, .number(let value)): compare(Double(network.times.startClock), premise.relation, value, tolerance: 0)
        case (.node(let node, .level), .number(let value)):
            level(of: node).map { compare($0, premise.relation, value, tolerance: 1e-3) } ?? false
        case (.node(let node, .head), .number(let value)), (.node(let node, .grade), .number(let value)):
            head[node].map { compare($0, premise.relation, value, tolerance: 1e-3) } ?? false
        case (.link(let link, .status), .status(let value)): (status[link] == value) == (premise.relation == .equal)
        case (.link(let link, .setting), .number(let value)): compare(setting[link], premise.relation, value, tolerance: 1e-3)
        default: false
        }
    }

    /// EPANET's comparisons with their tolerance.
    private func compare(_ x: Double, _ relation: EpanetPremise.Relation, _ value: Double, tolerance: Double) -> Bool {
        switch relation {
        case .equal: abs(x - value) <= tolerance
        case .unequal: abs(x - value) > tolerance
        case .less: tolerance > 0 ? x <= value + tolerance : x < value
        case .lessOrEqual: x <= value - tolerance
        case .greater: tolerance > 0 ? x >= value - tolerance : x > value
        case .greaterOrEqual: x >= value + tolerance
        }
    }
}
