/// From strands back to links and nodes.
extension StrandSolver {
    /// Flows and pressures of every link and node in one of the four states; not judged.
    ///
    /// Pressures go from the fixed one along open links by their own laws.
    /// - Complexity: O(nodes + links).
    func solution(_ lane: Int, _ state: CircuitState) -> HydraulicSolution {
        let links = compiled.links.indices
        let isOpen = links.map { compiled.passes($0, state) }
        let flow = links.map { link -> Double in
            let strand = Int(network.strandOfLink[link])
            guard strand >= 0, share[strand][lane] == 1 else { return 0 }
            return network.isAgainst[link] ? -values[strand].flow[lane] : values[strand].flow[lane]
        }
        var pressure = [Double](repeating: .nan, count: compiled.nodes.count)
        var queue = pressure.indices.filter { !state.fixedPressure[$0].isNaN }
        for node in queue { pressure[node] = state.fixedPressure[node] }
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            for entry in compiled.adjacency.entries(of: node) {
                let link = Int(compiled.adjacency.links[entry])
                guard isOpen[link] else { continue }
                let leaves = Int(compiled.from[link]) == node
                let other = Int(leaves ? compiled.to[link] : compiled.from[link])
                guard pressure[other].isNaN else { continue }
                let drop = laws.single.gravity[link] + laws.single.loss(link, flow[link]).loss
                pressure[other] = pressure[node] + (leaves ? -drop : drop)
                queue.append(other)
            }
        }
        let isReachable = pressure.map { !$0.isNaN }
        let status = links.map { link -> LinkStatus in
            isOpen[link] && isReachable[Int(compiled.from[link])] && isReachable[Int(compiled.to[link])] ? .open : .closed
        }
        return HydraulicSolution(
            massFlow: flow, pressure: pressure, isReachable: isReachable, linkStatus: status, pumpSpeed: state.pumpSpeed,
            iterations: iterations[lane], residualHistory: [], findings: [], check: nil)
    }
}

extension [Quad] {
    /// Sets the flow of each link of a list by the strand it belongs to; zero for one that no ring passes.
    mutating func take(_ strands: [Int32], _ isAgainst: [Bool], _ values: [StrandValue]) {
        let (strands, isAgainst, values) = (strands.span, isAgainst.span, values.span)
        var own = mutableSpan
        for place in 0..<own.count {
            let strand = Int(strands[place])
            guard strand >= 0 else {
                own[place] = .zero
                continue
            }
            own[place] = isAgainst[place] ? -values[strand].flow : values[strand].flow
        }
    }
}
