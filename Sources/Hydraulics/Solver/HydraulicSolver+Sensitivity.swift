import NetworkModel

/// First-order response of a solution, for the inverse problem: settings, tolerances, bottlenecks.
///
/// Call ``linearise(_:at:)`` once, then any number of responses; each costs a solve with the factor in hand, two where devices
/// regulate. Held links (limiting, blocked, prescribed, closed) keep their flow and regulating devices their reading, as they do
/// for small changes.
extension HydraulicSolver {
    /// Factorises the equations at a solution.
    public mutating func linearise(_ state: CircuitState, at solution: HydraulicSolution) throws(HydraulicFailure) {
        progress = Progress()
        try prepare(state, solution)
        for link in 0..<iterate.links.count {
            iterate.links[link].flow = solution.massFlow[link]
            switch solution.linkStatus[link] {
            case .open: iterate.mode[link] = .free
            case .blocked: iterate.mode[link] = .lower
            case .limiting: iterate.mode[link] = .upper
            case .prescribed: iterate.mode[link] = .prescribed
            case .regulating: iterate.mode[link] = .regulating
            case .closed: iterate.mode[link] = .closed
            }
            if iterate.mode[link] != .free { iterate.links[link].conductance = 0 }
        }
        evaluate()
        try factoriseWithRegulation()
    }

    /// How flows and pressures follow extra drives: pressure differences added in links (like a pump's head), Pa, by local link.
    /// - Returns: changes of mass flow by local link, kg/s, and of pressure by local node, Pa.
    public mutating func response(toDrive drive: [Double]) -> (massFlow: [Double], pressure: [Double]) {
        var pressure = [Double](repeating: 0, count: compiled.nodes.count)
        for link in drive.indices {
            let flow = iterate.links[link].conductance * drive[link]
            pressure[Int(compiled.from[link])] -= flow
            pressure[Int(compiled.to[link])] += flow
        }
        system.solve(&pressure)
        var sources = border.answers(to: [Double](repeating: 0, count: border.rows.count), pressure)
        if !border.rows.isEmpty {
            solveBorder(&sources)
            let shift = pressures(ofSources: sources)
            for node in pressure.indices { pressure[node] -= shift[node] }
        }
        var flow = drive.indices.map { link in
            iterate.links[link].conductance
                * (drive[link] + pressure[Int(compiled.from[link])] - pressure[Int(compiled.to[link])])
        }
        for (row, source) in zip(border.rows, sources) { flow[row.link] = source + row.weight * row.difference(pressure) }
        return (flow, pressure)
    }

    /// The adjoint: how a weighted sum of flows (and pressures) follows a drive in each link.
    ///
    /// - Parameters:
    ///   - flowWeights: weight of each flow, by local link.
    ///   - pressureWeights: weight of each pressure, by local node; empty = none.
    /// - Returns: d(Σ w ṁ + Σ v p)/d(drive), by local link, in the unit of the sum a Pa.
    public mutating func adjoint(flowWeights: [Double], pressureWeights: [Double] = []) -> [Double] {
        var dual = pressureWeights.isEmpty ? [Double](repeating: 0, count: compiled.nodes.count) : pressureWeights
        for link in flowWeights.indices {
            let weight = iterate.links[link].conductance * flowWeights[link]
            dual[Int(compiled.from[link])] += weight
            dual[Int(compiled.to[link])] -= weight
        }
        for row in border.rows {
            dual[row.from] += row.weight * flowWeights[row.link]
            dual[row.to] -= row.weight * flowWeights[row.link]
        }
        let asked = dual
        system.solve(&dual)
        if !border.rows.isEmpty {
            // What the devices do about it, seen from the sensors.
            var shares = border.rows.map { flowWeights[$0.link] - $0.difference(dual) }
            solveBorder(&shares, isTransposed: true)
            dual = asked
            border.addSensors(shares, to: &dual)
            system.solve(&dual)
        }
        return flowWeights.indices.map { link in
            iterate.links[link].conductance
                * (flowWeights[link] - dual[Int(compiled.from[link])] + dual[Int(compiled.to[link])])
        }
    }

    /// How a weighted sum of flows follows ln Kv of every link: d(Σ w ṁ)/d ln Kv, kg/s, zero for pipes and pumps.
    ///
    /// The loss r ṁ|ṁ| falls by twice the relative rise of Kv, which acts like a drive of twice the loss.
    public mutating func kvSensitivities(flowWeights: [Double]) -> [Double] {
        var sensitivity = adjoint(flowWeights: flowWeights)
        for link in sensitivity.indices {
            sensitivity[link] *= compiled.resistances.contains(link) ? 2 * laws.loss(link, iterate.links[link].flow).loss : 0
        }
        return sensitivity
    }

    /// How all flows follow ln Kv of given links: one array by local link for each, kg/s.
    /// - Complexity: one solve a link.
    public mutating func sensitivities(toKvOf links: [Int]) -> [[Double]] {
        var drive = [Double](repeating: 0, count: compiled.links.count)
        return links.map { link in
            guard compiled.resistances.contains(link) else { return [Double](repeating: 0, count: compiled.links.count) }
            drive[link] = 2 * laws.loss(link, iterate.links[link].flow).loss
            defer { drive[link] = 0 }
            return response(toDrive: drive).massFlow
        }
    }
}
