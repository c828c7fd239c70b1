import NetworkModel

/// Lines of a file by section.
struct EpanetSections {
    var junctions: [String] = []
    var reservoirs: [String] = []
    var pipes: [String] = []
    var pumps: [String] = []
    var valves: [String] = []
    var status: [String] = []
    var curves: [String] = []
    var coordinates: [String] = []
}

extension EpanetWriting {
    /// The file and its notes, those about the whole first.
    func output() -> EpanetWriter.Output {
        EpanetWriter.Output(
            bytes: [UInt8](text().utf8), notes: generalNotes() + notes, links: links, nodes: nodes,
            density: network.links.map { water.density[$0.from.position] }, temperature: water.temperature)
    }

    private func generalNotes() -> [Problem] {
        let celsius = (water.temperature.celsius * 10).rounded() / 10
        var notes = [
            Problem(.inpOutOneWater, severity: .warning, arguments: [text(celsius)]), Problem(.inpOutConstants, severity: .warning),
        ]
        let counts = [
            (ProblemCode.inpOutExchangers, network.substations.count), (.inpOutLevelPumps, levelPumps), (.inpOutGivenFlows, givenFlows),
        ]
        for (code, count) in counts where count > 0 { notes.append(Problem(code, severity: .warning, arguments: [String(count)])) }
        return notes
    }

    private func text() -> String {
        // One line, without what would end it or begin a section; EPANET reads at most 1024 bytes of one.
        let title = String(network.title.unicodeScalars.filter { $0.value >= 32 && $0 != "[" && $0 != ";" }.prefix(200).map(Character.init))
        let parts: [(String, [String])] = [
            ("TITLE", [title.isEmpty ? "heating network" : title]),
            ("OPTIONS", [
                "UNITS CMH", "PRESSURE METERS", "HEADLOSS D-W", "SPECIFIC GRAVITY \(text(water.meanDensity / 1000))",
                "VISCOSITY \(text(water.viscosity))", "TRIALS 500", "ACCURACY 0.00001", "FLOWCHANGE 0.00001",
                "HEADERROR 0.00001", "UNBALANCED STOP", "QUALITY NONE",
            ]),
            ("TIMES", ["DURATION 0"]),
            ("JUNCTIONS", [";id elevation_m demand_m3/h"] + section.junctions),
            ("RESERVOIRS", [";id head_m"] + section.reservoirs),
            ("PIPES", [";id from to length_m diameter_mm roughness_mm loss status"] + section.pipes),
            ("PUMPS", [";id from to"] + section.pumps),
            ("VALVES", [";id from to diameter_mm type setting loss"] + section.valves),
            ("STATUS", section.status), ("CURVES", [";id flow_m3/h head_m"] + section.curves),
            ("COORDINATES", section.coordinates),
        ]
        return parts.map { "[\($0.0)]\n" + $0.1.map { $0 + "\n" }.joined() }.joined(separator: "\n") + "\n[END]\n"
    }
}
