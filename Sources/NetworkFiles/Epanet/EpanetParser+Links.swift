import NetworkModel

/// `[PIPES]`, `[PUMPS]`, `[VALVES]`, `[STATUS]`.
extension EpanetParser {
    /// The two end nodes of a link line and its id's freedom; nil with a problem.
    private mutating func ends(_ line: EpanetLine, _ element: EpanetSubject, form: String) -> (from: Int, to: Int)? {
        guard line.count > 2 else {
            report(.inpMissingField, line, nil, ["end nodes", form], element: element)
            return nil
        }
        let from = reference(line, 1, in: nodeIDs, kind: "node", of: element)
        let to = reference(line, 2, in: nodeIDs, kind: "node", of: element)
        guard let from, let to else { return nil }
        if from == to {
            report(.inpSelfLoop, line, 2, [quote(text(line, 1))], element: element)
            return nil
        }
        return (from, to)
    }

    private mutating func add(_ link: EpanetLink, _ line: EpanetLine) {
        if let first = linkIDs.insert(name(line, 0), position: network.links.count) {
            return report(
                .inpDuplicate, line, 0, [quote(link.id.text), String(network.links[first].line), String(line.number)],
                element: EpanetSubject(link.table, line.tokens[0]))
        }
        network.links.append(link)
    }

    mutating func readPipe(_ line: EpanetLine) {
        let id = ElementID(text(line, 0))
        let element = EpanetSubject("pipes", line.tokens[0])
        let ends = ends(line, element, form: "id node1 node2 length diameter roughness [minor-loss] [OPEN|CLOSED|CV]")
        var pipe = defaultPipe()
        readMeasure(&pipe.length, "length", line, 3, element)
        readMeasure(&pipe.diameter, "diameter", line, 4, element)
        readMeasure(&pipe.roughness, "roughness", line, 5, element)
        judgePlausibility(pipe, line, element)
        var status = EpanetStatus.open
        // Either a loss coefficient or a status may stand alone; with both the coefficient comes first.
        if line.count > 7 {
            pipe.minorLoss = number(line, 6, .notNegative, of: element) ?? 0
            if !readPipeStatus(line, 7, &pipe, &status) { reportUnknown(line, 7, known: ["OPEN", "CLOSED", "CV"], element: element) }
        } else if line.count > 6, !readPipeStatus(line, 6, &pipe, &status) {
            pipe.minorLoss = number(line, 6, .notNegative, of: element) ?? 0
        }
        guard let ends else { return }
        add(EpanetLink(id: id, from: ends.from, to: ends.to, element: .pipe(pipe), status: status, line: line.number), line)
    }

    /// A figure that a pipe must have; where the line ends before it, the one that stands is taken, with a warning.
    private mutating func readMeasure(_ value: inout Double, _ name: String, _ line: EpanetLine, _ word: Int, _ element: EpanetSubject) {
        if line.count > word {
            value = number(line, word, .positive, of: element) ?? value
        } else if line.count > 2 {
            report(.inpDefaultTaken, line, nil, [name, "\(value)"], element: element, severity: .warning)
        }
    }

    /// EPANET 2.3's figures for a pipe whose line ends early.
    private func defaultPipe() -> EpanetPipe {
        let isMetric = network.options.flowUnit.isMetric
        let roughness: Double =
            switch network.options.headLoss {
            case .hazenWilliams: 130
            case .darcyWeisbach: 0.0005
            case .chezyManning: 0.01
            }
        return EpanetPipe(
            length: isMetric ? 100 : 330, diameter: isMetric ? 254 : 10, roughness: roughness, minorLoss: 0, hasCheckValve: false)
    }

    private func readPipeStatus(_ line: EpanetLine, _ word: Int, _ pipe: inout EpanetPipe, _ status: inout EpanetStatus) -> Bool {
        if matches(line, word, "CV") {
            pipe.hasCheckValve = true
        } else if matches(line, word, "CLOSED") {
            status = .closed
        } else if !matches(line, word, "OPEN") {
            return false
        }
        return true
    }

    mutating func readPump(_ line: EpanetLine) {
        let id = ElementID(text(line, 0))
        let element = EpanetSubject("pumps", line.tokens[0])
        let ends = ends(line, element, form: "id node1 node2 HEAD curve [SPEED s] [PATTERN p], or POWER p")
        var pump = EpanetPump(power: nil, curve: nil, speed: 1, pattern: nil)
        if line.count > 3, case .value = EpanetNumber.read(lines.bytes, line.tokens[3]) {
            readOldPump(line, &pump, element)
        } else {
            var word = 3
            while word < line.count {
                guard readPumpKeyword(line, word, &pump, element) else { break }
                word += 2
            }
        }
        guard let ends else { return }
        add(EpanetLink(id: id, from: ends.from, to: ends.to, element: .pump(pump), status: .open, line: line.number), line)
    }

    /// A keyword and its value; false where reading cannot go on.
    private mutating func readPumpKeyword(
        _ line: EpanetLine, _ word: Int, _ pump: inout EpanetPump, _ element: EpanetSubject
    ) -> Bool {
        let keywords = ["POWER", "HEAD", "PATTERN", "SPEED"]
        guard let keyword = keywords.first(where: { matches(line, word, $0 == "SPEED" ? "SPEE" : $0 == "PATTERN" ? "PATT" : $0) }) else {
            reportUnknown(line, word, known: keywords, element: element)
            return false
        }
        guard word + 1 < line.count else {
            report(.inpMissingField, line, word, ["value of \(keyword)", "\(keyword) value"], element: element)
            return false
        }
        switch keyword {
        case "POWER": pump.power = number(line, word + 1, .positive, of: element)
        case "HEAD": pump.curve = reference(line, word + 1, in: curveIDs, kind: "curve", of: element)
        case "PATTERN": pump.pattern = pattern(line, word + 1, of: element)
        default: pump.speed = number(line, word + 1, .notNegative, of: element) ?? 1
        }
        return true
    }

    /// The form of version 1: a power; a head and a flow; or three heads and two flows, `h0 h1 q1 h2 q2`.
    private mutating func readOldPump(_ line: EpanetLine, _ pump: inout EpanetPump, _ element: EpanetSubject) {
        let values = (3..<line.count).map { number(line, $0, of: element) ?? 0 }
        switch values.count {
        case 1: pump.power = values[0]
        case 2: pump.curve = addCurve(x: [values[1]], y: [values[0]], line, element)
        case 5...: pump.curve = addCurve(x: [0, values[2], values[4]], y: [values[0], values[1], values[3]], line, element)
        default: report(.inpMissingField, line, nil, ["flow", "id node1 node2 h0 h1 q1 h2 q2"], element: element)
        }
    }

    private mutating func addCurve(x: [Double], y: [Double], _ line: EpanetLine, _ element: EpanetSubject) -> Int {
        network.curves.append(EpanetCurve(id: ElementID(lines.text(element.word)).part("curve"), x: x, y: y, line: line.number))
        return network.curves.count - 1
    }

    mutating func readValve(_ line: EpanetLine) {
        let id = ElementID(text(line, 0))
        let element = EpanetSubject("valves", line.tokens[0])
        let form = "id node1 node2 diameter type setting [minor-loss]"
        let ends = ends(line, element, form: form)
        guard line.count > 4 else {
            if line.count > 2 { report(.inpMissingField, line, nil, ["type", form], element: element) }
            return
        }
        guard let kind = valveKind(line, 4) else {
            return reportUnknown(line, 4, known: EpanetValveKind.allCases.map(\.rawValue), element: element)
        }
        var valve = EpanetValve(
            kind: kind, diameter: number(line, 3, .positive, of: element) ?? 1, setting: 0, minorLoss: 0, curve: nil)
        if kind == .generalPurpose {
            if line.count > 5 { valve.curve = reference(line, 5, in: curveIDs, kind: "curve", of: element) }
            if line.count < 6 { report(.inpValveWithoutCurve, line, nil, element: element) }
        } else if line.count > 5 {
            valve.setting = number(line, 5, of: element) ?? 0
        } else {
            report(.inpDefaultTaken, line, nil, ["setting", "0"], element: element, severity: .warning)
        }
        if line.count > 6 { valve.minorLoss = number(line, 6, .notNegative, of: element) ?? 0 }
        if kind == .positionControl, line.count > 7 {
            valve.curve = reference(line, 7, in: curveIDs, kind: "curve", of: element)
        }
        guard let ends else { return }
        let status: EpanetStatus = kind == .generalPurpose ? .open : .active
        add(EpanetLink(id: id, from: ends.from, to: ends.to, element: .valve(valve), status: status, line: line.number), line)
    }

    /// The kind that a word starts with the three letters of, whatever the case.
    private func valveKind(_ line: EpanetLine, _ word: Int) -> EpanetValveKind? {
        let token = line.tokens[word]
        guard token.end - token.start >= 3 else { return nil }
        let letters = (0..<3).reduce(UInt32(0)) { ($0 << 8) | UInt32(EpanetLines.capital(lines.bytes[token.start + $1])) }
        return Self.valveKinds.first { $0.letters == letters }?.kind
    }

    private static let valveKinds = EpanetValveKind.allCases.map { kind in
        (letters: kind.rawValue.utf8.reduce(UInt32(0)) { ($0 << 8) | UInt32($1) }, kind: kind)
    }

    mutating func readStatus(_ line: EpanetLine) {
        let last = line.count - 1
        guard last >= 1 else { return report(.inpMissingField, line, nil, ["status", "link OPEN|CLOSED|setting"]) }
        let action: EpanetAction
        if matches(line, last, "OPEN") {
            action = .open
        } else if matches(line, last, "CLOSED") {
            action = .closed
        } else if let value = number(line, last, .notNegative) {
            action = .setting(value)
        } else {
            return
        }
        if last == 1 {
            guard let link = reference(line, 0, in: linkIDs, kind: "link") else { return }
            let element = EpanetSubject(network.links[link].table, line.tokens[0])
            if case .pipe(let pipe) = network.links[link].element, pipe.hasCheckValve {
                return report(.inpControlledCheckValve, line, 0, element: element)
            }
            setInitial(link, action)
        } else {
            for link in network.links.indices where isWithin(network.links[link].id.text, text(line, 0), text(line, 1)) {
                setInitial(link, action)
            }
        }
    }

    /// EPANET's ranges of ids: by number where both ends start with a positive number, by bytes otherwise.
    private func isWithin(_ id: String, _ first: String, _ last: String) -> Bool {
        if let low = Self.leadingNumber(first), let high = Self.leadingNumber(last), low > 0, high > 0 {
            let value = Self.leadingNumber(id) ?? 0
            return value >= low && value <= high
        }
        return !ElementID(id).precedes(first) && !ElementID(last).precedes(id)
    }

    /// What C's `atol` makes of a word.
    private static func leadingNumber(_ word: String) -> Int? {
        let digits = word.utf8.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return Int(String(decoding: Array(digits.prefix(18)), as: UTF8.self))
    }

    private mutating func setInitial(_ position: Int, _ action: EpanetAction) {
        var link = network.links[position]
        switch (link.element, action) {
        case (.pipe(let pipe), .open) where !pipe.hasCheckValve: link.status = .open
        case (.pipe(let pipe), .closed) where !pipe.hasCheckValve: link.status = .closed
        case (.pipe, _): break
        case (.pump(var pump), _):
            switch action {
            case .open: pump.speed = 1
            case .closed: pump.speed = 0
            case .setting(let speed): pump.speed = speed
            }
            link.status = pump.speed == 0 ? .closed : .open
            link.element = .pump(pump)
        case (.valve(let valve), .setting) where valve.kind == .generalPurpose: break
        case (.valve(var valve), .setting(let setting)):
            valve.setting = setting
            link.element = .valve(valve)
            link.status = .active
        case (.valve, .open): link.status = .open
        case (.valve, .closed): link.status = .closed
        }
        network.links[position] = link
    }
}

extension ElementID {
    /// Whether this id stands before a word in byte order.
    fileprivate func precedes(_ word: String) -> Bool { self < ElementID(word) }
}
