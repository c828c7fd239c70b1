import NetworkModel

extension Simulation {
    /// What a person must know although the answer is right: hydraulics first, then heat, in the order of the network.
    func findings(_ outcome: Outcome) -> [Problem] {
        var findings: [Problem] = []
        for (level, cell, circuit) in circuitOrder {
            let found = levels[level][cell].circuits[circuit].solution?.findings ?? []
            for finding in found { findings.append(finding.problem(in: network)) }
        }
        for (level, cell, circuit) in circuitOrder where levels[level][cell].circuits[circuit].hasUntoldInflow {
            findings += untoldInflows([levels[level][cell].circuits[circuit]])
        }
        for (position, source) in outcome.sources.enumerated() where source.isHeatLimited
            && outcome.setPoints.sourceSupply[position] - source.supply > Self.worthTelling {
            findings.append(Problem(
                .sourceAtLimit, severity: .warning, element: ElementReference(kind: "sources", id: network.sources[position].id),
                arguments: [tenths(source.supply), tenths(outcome.setPoints.sourceSupply[position])]))
        }
        for (position, substation) in outcome.substations.enumerated() where substation.state != .held {
            let isBelow = outcome.setPoints.secondarySupply[position] - substation.secondarySupply > Self.worthTelling
            guard isBelow || substation.state == .idle else { continue }
            findings.append(Problem(
                substation.state == .idle ? .substationIdle : .substationBelowSetPoint, severity: .warning,
                element: ElementReference(kind: "substations", id: network.substations[position].id),
                arguments: [tenths(substation.secondarySupply), tenths(outcome.setPoints.secondarySupply[position])]))
        }
        findings += dryBuildings(outcome)
        findings += unmetLoads(outcome)
        if let frozen = outcome.temperature.indices.first(where: { outcome.temperature[$0] < 0 || outcome.temperature[$0] > 250 }) {
            findings.append(Problem(
                .implausibleWater, severity: .warning, element: ElementReference(kind: "nodes", id: network.nodes[frozen].id),
                arguments: [tenths(outcome.temperature[frozen])]))
        }
        if let frost = frost(outcome) { findings.append(frost) }
        return findings
    }

    /// Where the circuits stand, in the order of ``Network/circuits()``.
    private var circuitOrder: [(level: Int, cell: Int, circuit: Int)] {
        var order: [(level: Int, cell: Int, circuit: Int, first: Int32)] = []
        for level in levels.indices {
            for cell in levels[level].indices {
                for circuit in levels[level][cell].circuits.indices {
                    order.append((level, cell, circuit, levels[level][cell].circuits[circuit].circuit.nodes.first?.raw ?? 0))
                }
            }
        }
        return order.sorted { $0.first < $1.first }.map { ($0.level, $0.cell, $0.circuit) }
    }

    /// Nodes where water of no given temperature enters.
    private func untoldInflows(_ circuits: [CircuitModel]) -> [Problem] {
        circuits.filter(\.isHeated).flatMap { circuit in
            circuit.untoldNodes.filter { circuit.inflow[$0] > 0 }.map { node in
                Problem(
                    .untoldInflow, severity: .warning,
                    element: ElementReference(kind: "nodes", id: network.nodes[circuit.compiled.nodes[node]].id),
                    arguments: ["\((circuit.inflow[node] * 1000).rounded() / 1000)", tenths(circuit.outside[node])])
            }
        }
    }

    /// Closed dwellings that are in danger of frost, told together.
    private func frost(_ outcome: Outcome) -> Problem? {
        let summary = FrostSummary(of: outcome.room, in: network)
        guard summary.dwellingsBelow > 0, let coldest = summary.coldest else { return nil }
        return Problem(
            .frostDanger, severity: .warning, element: ElementReference(kind: "dwellings", id: network.dwellings[coldest].id),
            arguments: ["\(summary.dwellingsBelow)", tenths(network.conditions.frostLimit.celsius), tenths(summary.lowest)])
    }

    /// Open dwellings that get no water, told once a building.
    private func dryBuildings(_ outcome: Outcome) -> [Problem] {
        var findings: [Problem] = []
        for building in network.buildings {
            var dry: [String] = []
            var heated = 0
            for position in building.dwellings where network.dwellings[position].state.isHeated {
                guard network.dwellings[position].terminal != nil else { continue }
                heated += 1
                if outcome.dwellingSupply[position].isNaN { dry.append(network.dwellings[position].id.text) }
            }
            guard !dry.isEmpty else { continue }
            let named = dry.prefix(5).joined(separator: ", ") + (dry.count > 5 ? ", …" : "")
            findings.append(Problem(
                .dwellingsWithoutWater, severity: .warning, element: ElementReference(kind: "buildings", id: building.id),
                arguments: ["\(dry.count)", "\(heated)", named]))
        }
        return findings
    }

    /// Given loads that get less heat than they ask for.
    private func unmetLoads(_ outcome: Outcome) -> [Problem] {
        let capacity = network.conditions.fluid.heatCapacity.value
        var findings: [Problem] = []
        for terminal in network.terminals {
            let wanted: Double
            switch terminal.load {
            case .heat(let heat, _), .flowAndHeat(_, let heat): wanted = heat.watts
            case .emitter, .flow, .none: continue
            }
            let link = terminal.link.position
            let flow = outcome.massFlow[link]
            let inlet = outcome.temperature[(flow >= 0 ? network.links[link].from : network.links[link].to).position]
            let drop = inlet - outcome.linkOutletTemperature[link]
            let heat = drop.isFinite ? flow.magnitude * capacity * drop : 0
            guard wanted > 0, heat < wanted * (1 - 1e-6) else { continue }
            findings.append(Problem(
                .loadUnmet, severity: .warning, element: ElementReference(kind: "terminals", id: network.links[link].id),
                arguments: ["\(heat.rounded())", "\(wanted.rounded())"]))
        }
        return findings
    }

    /// Shortfall of a supply temperature that a reader of tenths sees, K.
    private static var worthTelling: Double { 0.05 }

    private func tenths(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let text = "\(((value * 10).rounded() / 10).magnitude)"
        // The minus that the rest of the page has; no −0.0.
        return value < -0.05 ? "−" + text : text
    }
}

extension ProblemCode {
    static let frostDanger = ProblemCode(
        "frost-danger",
        en: ("{0} closed dwellings are colder than {1} °C; this one is the coldest at {2} °C", "drain their pipes or give them a little heat"),
        zh: ("有 {0} 户停热住户低于 {1} °C，其中该户最低，为 {2} °C", "请放空管道或保持少量供热"))
    static let sourceAtLimit = ProblemCode(
        "source-at-limit",
        en: ("the source gives all the heat it can: its supply is {0} °C instead of {1} °C", "share the heat by a policy, or add capacity"),
        zh: ("热源已达最大出力：供水温度为 {0} °C，设定 {1} °C", "请按策略分配热量，或增加热源能力"))
    static let substationBelowSetPoint = ProblemCode(
        "substation-below-set-point",
        en: ("the secondary supply is {0} °C instead of {1} °C", "see what limits it: exchanger, primary flow or its own limits"),
        zh: ("二次侧供水温度为 {0} °C，设定 {1} °C", "请查看限制原因：换热器、一次流量或自身限值"))
    static let substationIdle = ProblemCode(
        "substation-idle",
        en: ("no water moves on one side of the exchanger", "open its valves, or start its pump"),
        zh: ("换热器一侧无水流动", "请打开阀门或启动水泵"))
    static let dwellingsWithoutWater = ProblemCode(
        "dwellings-without-water",
        en: ("{0} of {1} heated dwellings get no water: {2}", "open the way to them, or mark them closed"),
        zh: ("{1} 户供热住户中有 {0} 户无水：{2}", "请打开其通路，或标记为关闭"))
    static let loadUnmet = ProblemCode(
        "load-unmet",
        en: ("the load gets {0} W of the {1} W it asks for", "raise the supply temperature or the flow"),
        zh: ("负荷仅得到 {0} W，需求 {1} W", "请提高供水温度或流量"))
    static let untoldInflow = ProblemCode(
        "inflow-temperature-not-given",
        en: ("{0} kg/s of water enter here and no temperature is given for it: it is taken as that of the ground, {1} °C", "give its temperature (injection_c)"),
        zh: ("此处进水 {0} kg/s，未给定水温：按地温 {1} °C 计", "请给定补入水温度（injection_c）"))
    static let implausibleWater = ProblemCode(
        "implausible-water-temperature",
        en: ("the water is at {0} °C here", "check loads and temperatures given as data"),
        zh: ("此处水温为 {0} °C", "请检查给定的负荷和温度"))
}
