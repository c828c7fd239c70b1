import NetworkModel

/// Writes an EPANET network back as an input file, in its own units and with its own ids.
///
/// Everything that was read is written: statuses, patterns, categories of demand, controls and rules as they are, not what they come to at
/// time 0. What reading leaves out (water quality, energy prices, drawing of backdrops) is left out here. Reading the text gives the
/// same network again, so both solve to the same answer.
public enum EpanetFormat {
    /// The text of a network in UTF-8.
    ///
    /// - Complexity: O(elements).
    public static func bytes(of network: EpanetNetwork) -> [UInt8] {
        let text = EpanetText(network)
        let parts: [(String, [String])] = [
            ("TITLE", network.title), ("OPTIONS", text.options()), ("TIMES", text.times()), ("JUNCTIONS", text.junctions()),
            ("RESERVOIRS", text.reservoirs()), ("TANKS", text.tanks()), ("PIPES", text.pipes()), ("PUMPS", text.pumps()),
            ("VALVES", text.valves()), ("STATUS", text.status()), ("DEMANDS", text.demands()), ("EMITTERS", text.emitters()),
            ("LEAKAGE", text.leakage()), ("PATTERNS", text.patterns()), ("CURVES", text.curves()), ("CONTROLS", text.controls()),
            ("RULES", text.rules()), ("COORDINATES", text.coordinates()), ("VERTICES", text.vertices()),
        ]
        let sections = parts.filter { !$0.1.isEmpty }.map { "[\($0.0)]\n" + $0.1.map { $0 + "\n" }.joined() }
        return [UInt8]((sections.joined(separator: "\n") + "\n[END]\n").utf8)
    }
}

/// Lines of a file, section by section.
private struct EpanetText {
    let network: EpanetNetwork

    init(_ network: EpanetNetwork) { self.network = network }

    // MARK: Words

    private func text(_ value: Double) -> String { NumberText.shortest(value) }

    /// An id, in quotes where a blank or a semicolon would end it.
    private func name(_ id: ElementID) -> String {
        id.text.contains { $0 == " " || $0 == "\t" || $0 == ";" || $0 == "[" || $0 == "\"" } ? "\"\(id.text)\"" : id.text
    }

    private func node(_ position: Int) -> String { name(network.nodes[position].id) }
    private func link(_ position: Int) -> String { name(network.links[position].id) }
    private func pattern(_ position: Int) -> String { name(network.patterns[position].id) }
    private func curve(_ position: Int) -> String { name(network.curves[position].id) }
    private func start(_ link: EpanetLink) -> String { "\(name(link.id)) \(node(link.from)) \(node(link.to))" }

    private func time(_ seconds: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }

    // MARK: Options

    func options() -> [String] {
        let options = network.options
        var lines = ["UNITS \(options.flowUnit.rawValue)", "HEADLOSS \(options.headLoss.rawValue)"]
        if let unit = options.pressureUnit { lines.append("PRESSURE \(unit.rawValue)") }
        if let viscosity = options.viscosity { lines.append("VISCOSITY \(text(viscosity))") }
        if let pattern = options.defaultPattern { lines.append("PATTERN \(self.pattern(pattern))") }
        lines += [
            "SPECIFIC GRAVITY \(text(options.specificGravity))", "DEMAND MULTIPLIER \(text(options.demandMultiplier))",
            "EMITTER EXPONENT \(text(options.emitterExponent))",
        ]
        if !options.emitterBackflow { lines.append("BACKFLOW ALLOWED NO") }
        if options.isPressureDriven {
            lines += [
                "DEMAND MODEL PDA", "MINIMUM PRESSURE \(text(options.minimumPressure))",
                "REQUIRED PRESSURE \(text(options.requiredPressure))", "PRESSURE EXPONENT \(text(options.pressureExponent))",
            ]
        }
        return lines
    }

    func times() -> [String] {
        [
            "DURATION 0", "PATTERN TIMESTEP \(time(network.times.patternStep))", "PATTERN START \(time(network.times.patternStart))",
            "START CLOCKTIME \(time(network.times.startClock))",
        ]
    }

    // MARK: Nodes

    func junctions() -> [String] {
        network.nodes.compactMap { if case .junction = $0.kind { "\(name($0.id)) \(text($0.elevation))" } else { nil } }
    }

    func reservoirs() -> [String] {
        network.nodes.compactMap { node in
            guard case .reservoir(let pattern) = node.kind else { return nil }
            return "\(name(node.id)) \(text(node.elevation))" + (pattern.map { " \(self.pattern($0))" } ?? "")
        }
    }

    func tanks() -> [String] {
        network.nodes.compactMap { node in
            guard case .tank(let tank) = node.kind else { return nil }
            let levels = [node.elevation, tank.initialLevel, tank.minimumLevel, tank.maximumLevel, tank.diameter]
            return "\(name(node.id)) \(levels.map(text).joined(separator: " ")) 0" + (tank.canOverflow ? " * YES" : "")
        }
    }

    func demands() -> [String] {
        network.nodes.flatMap { node -> [String] in
            guard case .junction(let junction) = node.kind else { return [] }
            return junction.demands.map { "\(name(node.id)) \(text($0.base))" + ($0.pattern.map { " \(pattern($0))" } ?? "") }
        }
    }

    func emitters() -> [String] {
        network.nodes.compactMap { node in
            guard case .junction(let junction) = node.kind, let emitter = junction.emitter else { return nil }
            return "\(name(node.id)) \(text(emitter))"
        }
    }

    func coordinates() -> [String] {
        network.nodes.compactMap { node in node.position.map { "\(name(node.id)) \(text($0.x)) \(text($0.y))" } }
    }

    // MARK: Links

    func pipes() -> [String] {
        network.links.compactMap { link in
            guard case .pipe(let pipe) = link.element else { return nil }
            let figures = [pipe.length, pipe.diameter, pipe.roughness, pipe.minorLoss].map(text).joined(separator: " ")
            return "\(start(link)) \(figures) \(pipe.hasCheckValve ? "CV" : link.status == .closed ? "Closed" : "Open")"
        }
    }

    func leakage() -> [String] {
        network.links.compactMap { link in
            guard case .pipe(let pipe) = link.element, pipe.leakArea > 0 || pipe.leakExpansion > 0 else { return nil }
            return "\(name(link.id)) \(text(pipe.leakArea)) \(text(pipe.leakExpansion))"
        }
    }

    func pumps() -> [String] {
        network.links.compactMap { link in
            guard case .pump(let pump) = link.element else { return nil }
            let law = pump.curve.map { "HEAD \(curve($0))" } ?? "POWER \(text(pump.power ?? 0))"
            let speed = pump.speed == 1 ? "" : " SPEED \(text(pump.speed))"
            return "\(start(link)) \(law)\(speed)" + (pump.pattern.map { " PATTERN \(pattern($0))" } ?? "")
        }
    }

    func valves() -> [String] {
        network.links.compactMap { link in
            guard case .valve(let valve) = link.element else { return nil }
            let line = "\(start(link)) \(text(valve.diameter)) \(valve.kind.rawValue)"
            switch valve.kind {
            case .generalPurpose: return "\(line) \(valve.curve.map(curve) ?? "0") \(text(valve.minorLoss))"
            case .positionControl:
                return "\(line) \(text(valve.setting)) \(text(valve.minorLoss))" + (valve.curve.map { " \(curve($0))" } ?? "")
            default: return "\(line) \(text(valve.setting)) \(text(valve.minorLoss))"
            }
        }
    }

    func status() -> [String] {
        network.links.compactMap { link in
            switch link.element {
            case .pipe: nil
            case .pump: link.status == .closed ? "\(name(link.id)) Closed" : nil
            case .valve: link.status == .active ? nil : "\(name(link.id)) \(link.status == .closed ? "Closed" : "Open")"
            }
        }
    }

    func vertices() -> [String] {
        network.links.flatMap { link in link.vertices.map { "\(name(link.id)) \(text($0.x)) \(text($0.y))" } }
    }

    // MARK: Patterns, curves, controls

    func patterns() -> [String] {
        network.patterns.flatMap { pattern in
            stride(from: 0, to: pattern.multipliers.count, by: 6).map { first in
                let last = min(first + 6, pattern.multipliers.count)
                return "\(name(pattern.id)) \(pattern.multipliers[first..<last].map(text).joined(separator: " "))"
            }
        }
    }

    func curves() -> [String] {
        network.curves.flatMap { curve in zip(curve.x, curve.y).map { "\(name(curve.id)) \(text($0)) \(text($1))" } }
    }

    private func word(_ action: EpanetAction) -> String {
        switch action {
        case .open: "OPEN"
        case .closed: "CLOSED"
        case .setting(let value): text(value)
        }
    }

    func controls() -> [String] {
        network.controls.map { control in
            let condition =
                switch control.condition {
                case .time(let seconds): "AT TIME \(time(seconds))"
                case .clock(let seconds): "AT CLOCKTIME \(time(seconds))"
                case .below(let node, let level): "IF NODE \(self.node(node)) BELOW \(text(level))"
                case .above(let node, let level): "IF NODE \(self.node(node)) ABOVE \(text(level))"
                }
            return "LINK \(link(control.link)) \(word(control.action)) \(condition)" + (control.isEnabled ? "" : " DISABLED")
        }
    }

    func rules() -> [String] {
        network.rules.flatMap { rule -> [String] in
            var lines = ["RULE \(rule.label)"]
            for (position, premise) in rule.premises.enumerated() {
                lines.append("\(position == 0 ? "IF" : premise.isAlternative ? "OR" : "AND") \(clause(premise))")
            }
            for (position, action) in rule.then.enumerated() { lines.append("\(position == 0 ? "THEN" : "AND") \(clause(action))") }
            for (position, action) in rule.otherwise.enumerated() { lines.append("\(position == 0 ? "ELSE" : "AND") \(clause(action))") }
            if rule.priority != 0 { lines.append("PRIORITY \(text(rule.priority))") }
            if !rule.isEnabled { lines.append("DISABLED") }
            return lines
        }
    }

    private func clause(_ action: (link: Int, action: EpanetAction)) -> String {
        let kind = network.links[action.link].table.dropLast()
        if case .setting(let value) = action.action { return "\(kind) \(link(action.link)) SETTING IS \(text(value))" }
        return "\(kind) \(link(action.link)) STATUS IS \(word(action.action))"
    }

    private func clause(_ premise: EpanetPremise) -> String {
        let (subject, isTime) = subject(premise.subject)
        let relation =
            switch premise.relation {
            case .equal: "="
            case .unequal: "<>"
            case .less: "<"
            case .lessOrEqual: "<="
            case .greater: ">"
            case .greaterOrEqual: ">="
            }
        switch premise.value {
        case .number(let value): return "\(subject) \(relation) \(isTime ? time(Int(value)) : text(value))"
        case .status(let status): return "\(subject) \(relation) \(status == .open ? "OPEN" : status == .closed ? "CLOSED" : "ACTIVE")"
        }
    }

    private func subject(_ subject: EpanetPremise.Subject) -> (text: String, isTime: Bool) {
        switch subject {
        case .systemDemand: return ("SYSTEM DEMAND", false)
        case .time: return ("SYSTEM TIME", true)
        case .clockTime: return ("SYSTEM CLOCKTIME", true)
        case .node(let position, let quantity):
            let kind =
                switch network.nodes[position].kind {
                case .junction: "JUNCTION"
                case .reservoir: "RESERVOIR"
                case .tank: "TANK"
                }
            return ("\(kind) \(node(position)) \(quantity.rawValue)", false)
        case .link(let position, let quantity):
            let kind = network.links[position].table.dropLast().uppercased()
            return ("\(kind) \(link(position)) \(quantity.rawValue)", false)
        }
    }
}
