import NetworkModel

/// Figures that can be computed with and that no network has: most are in another unit.
extension EpanetParser {
    /// Warns of a pipe's figures outside what pipes of water and heating networks have.
    mutating func judgePlausibility(_ pipe: EpanetPipe, _ line: EpanetLine, _ element: EpanetSubject) {
        let isMetric = network.options.flowUnit.isMetric
        let length = isMetric ? 1 : EpanetUnits.foot
        // From the stub that joins two nodes to the longest main of any network; from a capillary to a tunnel.
        warn(pipe.length, times: length, line, 3, usual: 1e-5...200_000, "length", isMetric ? "m" : "ft", element)
        warn(pipe.diameter, times: isMetric ? 0.001 : 0.0254, line, 4, usual: 0.001...15, "diameter", isMetric ? "mm" : "in", element)
        switch network.options.headLoss {
        case .hazenWilliams: warn(pipe.roughness, times: 1, line, 5, usual: 1...1000, "C", "", element)
        case .chezyManning: warn(pipe.roughness, times: 1, line, 5, usual: 0.001...1, "n", "", element)
        case .darcyWeisbach:
            let (roughness, diameter) = (pipe.roughness * length / 1000, pipe.diameter * (isMetric ? 0.001 : 0.0254))
            // Colebrook and White's law ends at a twentieth; half the diameter leaves no pipe.
            guard roughness >= diameter / 2, line.count > 5 else { return }
            report(
                .inpRoughnessAboveDiameter, line, 5,
                ["\(pipe.roughness) \(isMetric ? "mm" : "ft/1000")", "\(pipe.diameter) \(isMetric ? "mm" : "in")"], element: element,
                severity: .warning)
        }
    }

    /// Warns of an elevation that no place on earth has.
    mutating func judgePlausibility(elevation: Double, _ line: EpanetLine, _ element: EpanetSubject) {
        let isMetric = network.options.flowUnit.isMetric
        warn(elevation, times: isMetric ? 1 : EpanetUnits.foot, line, 1, usual: -11_000...9_000, "elevation", isMetric ? "m" : "ft", element)
    }

    /// Warns of a demand larger than that of the largest cities.
    mutating func judgePlausibility(demand: Double, _ line: EpanetLine, _ word: Int, _ element: EpanetSubject) {
        let unit = network.options.flowUnit
        warn(demand, times: unit.cubicMetresPerSecond, line, word, usual: -300...300, "demand", unit.rawValue, element)
    }

    /// Warns of a value outside a range of SI, which is told in the file's unit. A value that is a default has no word to show.
    private mutating func warn(
        _ value: Double, times unit: Double, _ line: EpanetLine, _ word: Int, usual: ClosedRange<Double>, _ what: String, _ name: String,
        _ element: EpanetSubject
    ) {
        guard !usual.contains(value * unit), value != 0, line.count > word else { return }
        let ends = [usual.lowerBound, usual.upperBound].map { DisplayedRange.text($0 / unit) }
        report(
            .inpImplausible, line, word, [quote(text(line, word)), what, "\(ends[0])…\(ends[1])\(name.isEmpty ? "" : " " + name)"],
            element: element, severity: .warning)
    }

    /// Warns of ids that only case or Unicode form tells apart.
    mutating func judgeIDs() {
        guard !log.hasErrors else { return }
        for pair in ElementID.lookalikes(network.nodes.map(\.id)) {
            let node = network.nodes[pair.position]
            warnOfLookalike(node.id, network.nodes[pair.earlier].id, "nodes", node.line)
        }
        for pair in ElementID.lookalikes(network.links.map(\.id)) {
            let link = network.links[pair.position]
            warnOfLookalike(link.id, network.links[pair.earlier].id, link.table, link.line)
        }
    }

    private mutating func warnOfLookalike(_ id: ElementID, _ earlier: ElementID, _ kind: String, _ line: Int) {
        log.report(
            Problem(
                .lookalikeID, severity: .warning, element: ElementReference(kind: kind, id: id), arguments: [quote(earlier.text), quote(id.text)],
                location: SourceLocation(file: source.path, line: line)))
    }

    /// Warns of demands that no water can reach at time 0: parts without a source, and what closed links cut off.
    mutating func judgeSupply() {
        guard !log.hasErrors else { return }
        let state = EpanetTimeZero(network)
        let isServed = EpanetReach(network).served(state)
        let unserved = network.nodes.indices.filter { !isServed[$0] && state.demand[$0] > 0 }
        guard let first = unserved.first else { return }
        let node = network.nodes[first]
        log.report(
            Problem(
                .inpUnserved, severity: .warning, element: ElementReference(kind: "nodes", id: node.id),
                arguments: [String(unserved.count), quote(node.id.text)], location: SourceLocation(file: source.path, line: node.line)))
    }
}

/// Ends of ranges as messages show them.
enum DisplayedRange {
    /// Three digits of a number, as short as they can be.
    static func text(_ value: Double) -> String {
        guard value != 0 else { return "0" }
        var scale = 1.0
        while abs(value) * scale < 100, scale < 1e12 { scale *= 10 }
        return NumberText.shortest((value * scale).rounded() / scale)
    }
}
