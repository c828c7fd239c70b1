import NetworkModel

/// `[PATTERNS]`, `[CURVES]`, and everything about nodes.
extension EpanetParser {
    mutating func readPattern(_ line: EpanetLine) {
        let id = ElementID(text(line, 0))
        let element = EpanetSubject("patterns", line.tokens[0])
        guard line.count > 1 else { return report(.inpMissingField, line, nil, ["multiplier", "id multiplier …"], element: element) }
        let position = patternIDs.insert(name(line, 0), position: network.patterns.count) ?? network.patterns.count
        if position == network.patterns.count {
            network.patterns.append(EpanetPattern(id: id, multipliers: []))
        }
        for word in 1..<line.count {
            network.patterns[position].multipliers.append(number(line, word, of: element) ?? 1)
        }
    }

    mutating func readCurve(_ line: EpanetLine) {
        let id = ElementID(text(line, 0))
        let element = EpanetSubject("curves", line.tokens[0])
        guard line.count > 2 else { return report(.inpMissingField, line, nil, ["x and y", "id x y"], element: element) }
        let position = curveIDs.insert(name(line, 0), position: network.curves.count) ?? network.curves.count
        if position == network.curves.count {
            network.curves.append(EpanetCurve(id: id, x: [], y: [], line: line.number))
        }
        let x = number(line, 1, of: element)
        let y = number(line, 2, of: element)
        if let x, let y {
            network.curves[position].x.append(x)
            network.curves[position].y.append(y)
        }
    }

    /// Adds a node unless its id is taken; its position.
    private mutating func add(_ node: EpanetNode, _ line: EpanetLine, section: String) {
        if let first = nodeIDs.insert(name(line, 0), position: network.nodes.count) {
            return report(
                .inpDuplicate, line, 0,
                [quote(node.id.text), String(network.nodes[first].line), String(line.number)],
                element: EpanetSubject(section, line.tokens[0]))
        }
        network.nodes.append(node)
    }

    mutating func readJunction(_ line: EpanetLine) {
        let id = ElementID(text(line, 0))
        let element = EpanetSubject("junctions", line.tokens[0])
        if line.count < 2 { report(.inpDefaultTaken, line, nil, ["elevation", "0"], element: element, severity: .warning) }
        let elevation = line.count > 1 ? number(line, 1, of: element) : 0
        let demand = line.count > 2 ? number(line, 2, of: element) : 0
        if let elevation { judgePlausibility(elevation: elevation, line, element) }
        if let demand { judgePlausibility(demand: demand, line, 2, element) }
        let pattern = pattern(line, 3, of: element)
        let junction = EpanetJunction(demands: [EpanetDemand(base: demand ?? 0, pattern: pattern)])
        add(
            EpanetNode(id: id, kind: .junction(junction), elevation: elevation ?? 0, position: nil, line: line.number), line,
            section: "junctions")
    }

    /// A line of `[RESERVOIRS]` or `[TANKS]`: EPANET tells the two apart by the number of words, not by the section.
    mutating func readSource(_ line: EpanetLine, section: String) {
        let id = ElementID(text(line, 0))
        let element = EpanetSubject(section, line.tokens[0])
        guard line.count > 1 else {
            return report(.inpMissingField, line, nil, ["elevation", "id elevation [pattern]"], element: element)
        }
        let elevation = number(line, 1, of: element) ?? 0
        if line.count <= 3 {
            let pattern = pattern(line, 2, of: element)
            return add(
                EpanetNode(id: id, kind: .reservoir(pattern: pattern), elevation: elevation, position: nil, line: line.number), line,
                section: section)
        }
        guard line.count > 5 else {
            return report(
                .inpMissingField, line, nil, ["diameter", "id elevation initial-level minimum maximum diameter"], element: element)
        }
        let values = (2...5).map { number(line, $0, .notNegative, of: element) ?? 0 }
        if line.count > 6 { _ = number(line, 6, .notNegative, of: element) }
        if line.count > 7, !text(line, 7).isEmpty, text(line, 7) != "*" {
            _ = reference(line, 7, in: curveIDs, kind: "curve", of: element)
        }
        if line.count > 8, !matches(line, 8, "YES"), !matches(line, 8, "NO") {
            reportUnknown(line, 8, known: ["YES", "NO"], element: element)
        }
        // EPANET takes a tank without diameter for a reservoir at its elevation.
        let tank = EpanetTank(
            initialLevel: values[0], minimumLevel: values[1], maximumLevel: values[2], diameter: values[3],
            canOverflow: matches(line, 8, "YES"))
        if tank.initialLevel > tank.maximumLevel || tank.initialLevel < tank.minimumLevel {
            report(.inpTankLevels, line, 2, element: element)
        }
        add(EpanetNode(id: id, kind: .tank(tank), elevation: elevation, position: nil, line: line.number), line, section: section)
    }

    mutating func readDemand(_ line: EpanetLine) {
        guard line.count > 1 else { return report(.inpMissingField, line, nil, ["demand", "junction demand [pattern]"]) }
        guard let node = reference(line, 0, in: nodeIDs, kind: "node") else { return }
        let element = EpanetSubject("demands", line.tokens[0])
        let base = number(line, 1, of: element)
        let pattern = pattern(line, 2, of: element)
        guard case .junction(var junction) = network.nodes[node].kind, let base else { return }
        let demand = EpanetDemand(base: base, pattern: pattern)
        if hasOwnDemands.insert(node).inserted { junction.demands = [demand] } else { junction.demands.append(demand) }
        network.nodes[node].kind = .junction(junction)
    }

    mutating func readEmitter(_ line: EpanetLine) {
        guard line.count > 1 else { return report(.inpMissingField, line, nil, ["coefficient", "junction coefficient"]) }
        guard let node = reference(line, 0, in: nodeIDs, kind: "node") else { return }
        let element = EpanetSubject("emitters", line.tokens[0])
        guard let coefficient = number(line, 1, .notNegative, of: element) else { return }
        guard case .junction(var junction) = network.nodes[node].kind else { return }
        junction.emitter = coefficient > 0 ? coefficient : nil
        network.nodes[node].kind = .junction(junction)
    }

    mutating func readLeakage(_ line: EpanetLine) {
        guard line.count > 2 else { return report(.inpMissingField, line, nil, ["leak area and expansion", "pipe area expansion"]) }
        guard let link = reference(line, 0, in: linkIDs, kind: "pipe") else { return }
        let element = EpanetSubject("leakage", line.tokens[0])
        guard let area = number(line, 1, .notNegative, of: element), let expansion = number(line, 2, .notNegative, of: element),
            case .pipe(var pipe) = network.links[link].element
        else { return }
        (pipe.leakArea, pipe.leakExpansion) = (area, expansion)
        network.links[link].element = .pipe(pipe)
    }

    mutating func readCoordinate(_ line: EpanetLine) {
        guard let point = point(line), let node = nodeIDs.position(of: name(line, 0)) else { return }
        network.nodes[node].position = point
    }

    mutating func readVertex(_ line: EpanetLine) {
        guard let point = point(line), let link = linkIDs.position(of: name(line, 0)) else { return }
        network.links[link].vertices.append(point)
    }

    /// The two numbers after an id; nil where they are none. Drawing never stops a calculation, in EPANET and here.
    private mutating func point(_ line: EpanetLine) -> MapPoint? {
        guard line.count > 2 else {
            unusedOptions += 1
            return nil
        }
        guard case .value(let x) = EpanetNumber.read(lines.bytes, line.tokens[1]),
            case .value(let y) = EpanetNumber.read(lines.bytes, line.tokens[2])
        else {
            unusedOptions += 1
            return nil
        }
        return MapPoint(x: x, y: y)
    }
}
