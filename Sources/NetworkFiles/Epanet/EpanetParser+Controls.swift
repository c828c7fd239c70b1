import NetworkModel

/// `[CONTROLS]` and `[RULES]`.
extension EpanetParser {
    private static let controlForms =
        "LINK id OPEN|CLOSED|setting IF NODE id ABOVE|BELOW value; LINK id … AT TIME hours; LINK id … AT CLOCKTIME time [AM|PM]"

    mutating func readControl(_ whole: EpanetLine) {
        var line = whole
        var isEnabled = true
        if line.count > 1, matches(line, line.count - 1, "DISABLED") {
            isEnabled = false
            line.tokens.removeLast()
        }
        guard line.count > 5 else { return report(.inpUnreadableControl, whole, nil, [Self.controlForms]) }
        guard let link = reference(line, 1, in: linkIDs, kind: "link") else { return }
        let element = EpanetSubject(network.links[link].table, line.tokens[1])
        if case .pipe(let pipe) = network.links[link].element, pipe.hasCheckValve {
            return report(.inpControlledCheckValve, line, 1, element: element)
        }
        guard let action = controlAction(line, 2, link, element) else { return }
        guard let condition = controlCondition(line, element) else { return }
        network.controls.append(
            EpanetControl(link: link, action: action, condition: condition, isEnabled: isEnabled, line: line.number))
    }

    private mutating func controlAction(_ line: EpanetLine, _ word: Int, _ link: Int, _ element: EpanetSubject) -> EpanetAction? {
        if matches(line, word, "OPEN") { return .open }
        if matches(line, word, "CLOSED") { return .closed }
        if case .valve(let valve) = network.links[link].element, valve.kind == .generalPurpose {
            reportUnknown(line, word, known: ["OPEN", "CLOSED"], element: element)
            return nil
        }
        let range: Range = if case .valve = network.links[link].element { .any } else { .notNegative }
        guard let value = number(line, word, range, of: element) else { return nil }
        // A pipe has no setting: zero closes it, anything else opens it.
        if case .pipe = network.links[link].element { return value == 0 ? .closed : .open }
        return .setting(value)
    }

    private mutating func controlCondition(_ line: EpanetLine, _ element: EpanetSubject) -> EpanetControl.Condition? {
        let isTime = matches(line, 4, "TIME")
        if isTime || matches(line, 4, "CLOCKTIME") {
            guard let hours = hours(line, 5, unit: line.count > 6 ? 6 : nil) else {
                report(.inpUnreadableControl, line, 5, [Self.controlForms], element: element)
                return nil
            }
            // EPANET cuts the seconds of a control off, though it rounds those of [TIMES].
            let seconds = Int(hours * 3600)
            return isTime ? .time(seconds) : .clock(seconds % 86400)
        }
        guard line.count > 7 else {
            report(.inpUnreadableControl, line, nil, [Self.controlForms], element: element)
            return nil
        }
        guard let node = reference(line, 5, in: nodeIDs, kind: "node", of: element) else { return nil }
        let isBelow = matches(line, 6, "BELOW")
        guard isBelow || matches(line, 6, "ABOVE") else {
            reportUnknown(line, 6, known: ["BELOW", "ABOVE"], element: element)
            return nil
        }
        guard let level = number(line, 7, of: element) else { return nil }
        return isBelow ? .below(node: node, level: level) : .above(node: node, level: level)
    }

    /// Where in a rule the reader stands.
    private enum RuleState { case outside, label, premises, then, otherwise, priority, broken }

    mutating func readRules() {
        var state = RuleState.outside
        forEachLine(.rules) { parser, line in
            if parser.matches(line, 0, "RULE") {
                state = parser.startRule(line)
            } else if state != .broken {
                state = parser.readClause(line, state)
            }
        }
    }

    private mutating func startRule(_ line: EpanetLine) -> RuleState {
        guard line.count > 1 else {
            report(.inpMissingField, line, nil, ["label", "RULE label"])
            return .broken
        }
        network.rules.append(
            EpanetRule(
                label: text(line, 1), premises: [], then: [], otherwise: [], priority: 0, isEnabled: true, line: line.number))
        return .label
    }

    private mutating func readClause(_ line: EpanetLine, _ state: RuleState) -> RuleState {
        func misplaced() -> RuleState {
            report(.inpMisplacedClause, line, 0, [quote(text(line, 0))])
            return .broken
        }
        let last = network.rules.count - 1
        guard last >= 0 else { return misplaced() }
        if matches(line, 0, "IF") {
            return state == .label ? readPremise(line, isAlternative: false) : misplaced()
        }
        if matches(line, 0, "AND") {
            switch state {
            case .premises: return readPremise(line, isAlternative: false)
            case .then, .otherwise: return readAction(line, state)
            case .outside, .label, .priority, .broken: return misplaced()
            }
        }
        if matches(line, 0, "OR") { return state == .premises ? readPremise(line, isAlternative: true) : misplaced() }
        if matches(line, 0, "THEN") { return state == .premises ? readAction(line, .then) : misplaced() }
        if matches(line, 0, "ELSE") { return state == .then ? readAction(line, .otherwise) : misplaced() }
        if matches(line, 0, "PRIO") {
            guard state == .then || state == .otherwise else { return misplaced() }
            guard line.count > 1 else {
                report(.inpMissingField, line, nil, ["priority", "PRIORITY number"])
                return .broken
            }
            network.rules[last].priority = number(line, 1) ?? 0
            return .priority
        }
        if matches(line, 0, "DISABLED"), state == .then || state == .otherwise || state == .priority {
            network.rules[last].isEnabled = false
            return state
        }
        reportUnknown(line, 0, known: ["RULE", "IF", "AND", "OR", "THEN", "ELSE", "PRIORITY", "DISABLED"])
        return .broken
    }

    private static let premiseForm = "IF NODE|LINK id quantity =|<>|<|<=|>|>=|IS|NOT|BELOW|ABOVE value, or IF SYSTEM TIME|CLOCKTIME|DEMAND … value"

    private mutating func readPremise(_ line: EpanetLine, isAlternative: Bool) -> RuleState {
        guard line.count > 4, let subject = premiseSubject(line) else {
            if line.count <= 4 { report(.inpUnreadableControl, line, nil, [Self.premiseForm]) }
            return .broken
        }
        let isSystem = matches(line, 1, "SYSTEM")
        let word = isSystem ? 3 : 4
        guard line.count > word + 1, let relation = relation(line, word) else {
            report(.inpUnreadableControl, line, min(word, line.count - 1), [Self.premiseForm])
            return .broken
        }
        guard let value = premiseValue(line, word + 1, subject) else { return .broken }
        network.rules[network.rules.count - 1].premises.append(
            EpanetPremise(isAlternative: isAlternative, subject: subject, relation: relation, value: value))
        return .premises
    }

    private mutating func premiseSubject(_ line: EpanetLine) -> EpanetPremise.Subject? {
        if matches(line, 1, "SYSTEM") {
            if matches(line, 2, "DEMAND") { return .systemDemand }
            if matches(line, 2, "TIME") { return .time }
            if matches(line, 2, "CLOCKTIME") { return .clockTime }
            reportUnknown(line, 2, known: ["DEMAND", "TIME", "CLOCKTIME"])
            return nil
        }
        if ["Node", "Junc", "Reser", "Tank"].contains(where: { matches(line, 1, $0) }) {
            guard let node = reference(line, 2, in: nodeIDs, kind: "node") else { return nil }
            guard let quantity = EpanetPremise.NodeQuantity.allCases.first(where: { matches(line, 3, $0.rawValue) }) else {
                reportUnknown(line, 3, known: EpanetPremise.NodeQuantity.allCases.map(\.rawValue))
                return nil
            }
            return .node(node, quantity)
        }
        if ["Link", "Pipe", "Pump", "Valve"].contains(where: { matches(line, 1, $0) }) {
            guard let link = reference(line, 2, in: linkIDs, kind: "link") else { return nil }
            guard let quantity = EpanetPremise.LinkQuantity.allCases.first(where: { matches(line, 3, $0.rawValue) }) else {
                reportUnknown(line, 3, known: EpanetPremise.LinkQuantity.allCases.map(\.rawValue))
                return nil
            }
            return .link(link, quantity)
        }
        reportUnknown(line, 1, known: ["NODE", "JUNCTION", "RESERVOIR", "TANK", "LINK", "PIPE", "PUMP", "VALVE", "SYSTEM"])
        return nil
    }

    private func relation(_ line: EpanetLine, _ word: Int) -> EpanetPremise.Relation? {
        // Two-character signs first: the comparison is by beginnings.
        let words: [(String, EpanetPremise.Relation)] = [
            ("=", .equal), ("<>", .unequal), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater),
            ("IS", .equal), ("NOT", .unequal), ("BELOW", .less), ("ABOVE", .greater),
        ]
        return words.first { matches(line, word, $0.0) }?.1
    }

    private mutating func premiseValue(_ line: EpanetLine, _ word: Int, _ subject: EpanetPremise.Subject) -> EpanetPremise.Value? {
        if subject == .time || subject == .clockTime {
            guard let hours = hours(line, word, unit: line.count > word + 1 ? word + 1 : nil) else {
                report(.inpUnreadableControl, line, word, [Self.premiseForm])
                return nil
            }
            return .number((hours * 3600).rounded(.down))
        }
        if matches(line, line.count - 1, "OPEN") { return .status(.open) }
        if matches(line, line.count - 1, "CLOSED") { return .status(.closed) }
        if matches(line, line.count - 1, "ACTIVE") { return .status(.active) }
        return number(line, line.count - 1).map { .number($0) }
    }

    private mutating func readAction(_ line: EpanetLine, _ state: RuleState) -> RuleState {
        let form = "THEN LINK id STATUS|SETTING IS OPEN|CLOSED|number"
        guard line.count > 5 else {
            report(.inpUnreadableControl, line, nil, [form])
            return .broken
        }
        guard let link = reference(line, 2, in: linkIDs, kind: "link") else { return .broken }
        let element = EpanetSubject(network.links[link].table, line.tokens[2])
        if case .pipe(let pipe) = network.links[link].element, pipe.hasCheckValve {
            report(.inpControlledCheckValve, line, 2, element: element)
            return .broken
        }
        guard let action = controlAction(line, 5, link, element) else { return .broken }
        let last = network.rules.count - 1
        if state == .then {
            network.rules[last].then.append((link, action))
        } else {
            network.rules[last].otherwise.append((link, action))
        }
        return state
    }
}
