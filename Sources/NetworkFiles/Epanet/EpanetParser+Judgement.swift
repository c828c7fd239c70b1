import NetworkModel

/// What only the whole file shows.
extension EpanetParser {
    mutating func judge() {
        if network.nodes.isEmpty {
            if !log.hasErrors { log.report(Problem(.inpNoNodes, location: SourceLocation(file: source.path, line: 1))) }
            return
        }
        if !network.nodes.contains(where: \.isSource), lines.places(.reservoirs).isEmpty, lines.places(.tanks).isEmpty {
            log.report(Problem(.inpNoSource, location: SourceLocation(file: source.path, line: 1)))
        }
        judgeLinkedness()
        judgeCurves()
        for link in network.links {
            switch link.element {
            case .pump(let pump): judge(pump, link)
            case .valve(let valve): judge(valve, link)
            case .pipe: break
            }
        }
        judgeNeighbours()
        judgeIDs()
        judgeSupply()
    }

    private mutating func report(_ code: ProblemCode, _ link: EpanetLink, _ arguments: [String] = []) {
        log.report(
            Problem(
                code, element: ElementReference(kind: link.table, id: link.id), arguments: arguments,
                location: SourceLocation(file: source.path, line: link.line)))
    }

    /// Nodes without any link; a broken link line is a worse problem, so nothing is said beside others.
    private mutating func judgeLinkedness() {
        guard !log.hasErrors else { return }
        var isLinked = [Bool](repeating: false, count: network.nodes.count)
        for link in network.links {
            isLinked[link.from] = true
            isLinked[link.to] = true
        }
        for (node, linked) in zip(network.nodes, isLinked) where !linked {
            log.report(
                Problem(
                    .inpUnlinkedNode, severity: .warning, element: ElementReference(kind: "nodes", id: node.id),
                    location: SourceLocation(file: source.path, line: node.line)))
        }
    }

    private mutating func judgeCurves() {
        for curve in network.curves where zip(curve.x, curve.x.dropFirst()).contains(where: { $0 >= $1 }) {
            log.report(
                Problem(
                    .inpCurveOrder, element: ElementReference(kind: "curves", id: curve.id), arguments: [quote(curve.id.text)],
                    location: SourceLocation(file: source.path, line: curve.line)))
        }
    }

    private mutating func judge(_ pump: EpanetPump, _ link: EpanetLink) {
        guard let position = pump.curve else {
            if pump.power == nil { report(.inpPumpWithoutCurve, link) }
            return
        }
        let curve = network.curves[position]
        // Points that could not be read are reported where they stand.
        guard !curve.x.isEmpty else { return }
        switch EpanetPumpCurve(curve) {
        case .powerFunction, .points: break
        case nil:
            let isPowerFunction = EpanetPumpCurve.isPowerFunction(curve)
            report(isPowerFunction ? .inpPumpCurveShape : .inpPumpCurve, link, [quote(curve.id.text)])
        }
    }

    private mutating func judge(_ valve: EpanetValve, _ link: EpanetLink) {
        if valve.kind == .generalPurpose, let curve = valve.curve, network.curves[curve].x.count < 2 {
            report(.inpValveWithoutCurve, link)
        }
        guard valve.kind.regulates else { return }
        for end in [link.from, link.to] where network.nodes[end].isSource {
            report(.inpValveAtSource, link, [quote(network.nodes[end].id.text)])
        }
    }

    /// Pairs of regulating valves at one node of which each would undo what the other does (EPANET's error 220).
    private mutating func judgeNeighbours() {
        var starting: [Int: [(EpanetLink, EpanetValveKind)]] = [:]
        var ending: [Int: [(EpanetLink, EpanetValveKind)]] = [:]
        for link in network.links {
            guard case .valve(let valve) = link.element, valve.kind.regulates else { continue }
            let (from, to) = (starting[link.to] ?? [], ending[link.from] ?? [])
            // Two in a row: reducing then sustaining, flow control then sustaining, reducing then flow control, or alike.
            let after = from.first { Self.fight(first: valve.kind, second: $0.1) }
            let before = to.first { Self.fight(first: $0.1, second: valve.kind) }
            let beside =
                valve.kind == .pressureReducing
                ? ending[link.to]?.first { $0.1 == .pressureReducing }
                : valve.kind == .pressureSustaining ? starting[link.from]?.first { $0.1 == .pressureSustaining } : nil
            if let other = after ?? before ?? beside { report(.inpValvesInSeries, link, [quote(other.0.id.text)]) }
            starting[link.from, default: []].append((link, valve.kind))
            ending[link.to, default: []].append((link, valve.kind))
        }
    }

    /// Whether a regulating valve right behind another leaves the node between them undetermined.
    private static func fight(first: EpanetValveKind, second: EpanetValveKind) -> Bool {
        switch (first, second) {
        case (.pressureReducing, .pressureReducing), (.pressureSustaining, .pressureSustaining),
            (.pressureReducing, .pressureSustaining), (.flowControl, .pressureSustaining), (.pressureReducing, .flowControl):
            true
        default: false
        }
    }
}

extension EpanetValveKind {
    /// Whether it holds a pressure or flow against the network.
    var regulates: Bool { self == .pressureReducing || self == .pressureSustaining || self == .flowControl }
}
