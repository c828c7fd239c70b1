import Hydraulics

extension DesignCircuit {
    /// Flow of every link for given flows of the consumers, kg/s; nil where loops are left (see ``solvedFlows``).
    ///
    /// - Parameter consumption: flow by consumer from `from` to `to`, kg/s; that of unreachable ones is not read.
    /// - Complexity: O(nodes + links).
    func summedFlows(_ consumption: [Double], demand: [Double]) -> [Double] {
        var outflow = demand
        var flow = [Double](repeating: 0, count: compiled.links.count)
        for (position, consumer) in consumers.enumerated() where consumer.isReachable {
            let value = consumption[position]
            flow[consumer.link] = value
            outflow[Int(compiled.from[consumer.link])] += value
            outflow[Int(compiled.to[consumer.link])] -= value
        }
        for node in order.reversed() {
            let link = Int(treeLink[Int(node)])
            guard link >= 0 else { continue }
            let inward = compiled.to[link] == node
            let parent = inward ? compiled.from[link] : compiled.to[link]
            let value = outflow[Int(node)]
            flow[link] = inward ? value : -value
            outflow[Int(parent)] += value
        }
        return flow
    }

    /// Flow of every link by mass balance, or by the hydraulic solver where loops share it.
    func flows(_ consumption: [Double], _ state: CircuitState, _ loops: inout LoopFlows?) throws(HydraulicFailure) -> [Double] {
        if isTree { return summedFlows(consumption, demand: state.demand) }
        var prescribed = state
        for (position, consumer) in consumers.enumerated() {
            prescribed.prescribedFlow[consumer.link] = consumer.isReachable ? consumption[position] : 0
            prescribed.flowLimit[consumer.link] = .infinity
        }
        var working = loops ?? LoopFlows(compiled)
        let flow = try working.solve(prescribed)
        loops = working
        return flow
    }

    /// Links from a node along the tree to its root.
    func way(from node: Int) -> [Int] {
        var links: [Int] = []
        var here = node
        while treeLink[here] >= 0 {
            let link = Int(treeLink[here])
            links.append(link)
            here = Int(compiled.to[link]) == here ? Int(compiled.from[link]) : Int(compiled.to[link])
        }
        return links
    }

    /// Pressure of every node along the tree, Pa, for flows and a loss of every link (pump heads negative); NaN if unreached.
    ///
    /// - Parameter loss: p_from − p_to less the gravity head, by local link.
    func pressures(_ state: CircuitState, loss: [Double]) -> [Double] {
        var pressure = [Double](repeating: .nan, count: compiled.nodes.count)
        for node in order {
            let link = Int(treeLink[Int(node)])
            guard link >= 0 else {
                pressure[Int(node)] = state.fixedPressure[Int(node)]
                continue
            }
            let drop = loss[link] + compiled.gravityHead(link: link, state)
            if compiled.to[link] == node {
                pressure[Int(node)] = pressure[Int(compiled.from[link])] - drop
            } else {
                pressure[Int(node)] = pressure[Int(compiled.to[link])] + drop
            }
        }
        return pressure
    }
}

/// The hydraulic solver of a circuit with loops, warm from its last solution.
struct LoopFlows: Sendable {
    private var solver: HydraulicSolver
    private var solution: HydraulicSolution?

    init(_ compiled: CompiledNetwork) {
        var options = HydraulicOptions()
        // Provisional: what comes of these flows is judged by a simulation.
        options.isJudged = false
        solver = HydraulicSolver(compiled, options: options)
    }

    mutating func solve(_ state: CircuitState) throws(HydraulicFailure) -> [Double] {
        let found = try solver.solve(state, from: solution)
        solution = found
        return found.massFlow
    }
}
