/// From strands back to links and nodes.
struct StrandExpansion {
    /// By local link, kg/s.
    private(set) var flow: [Double]
    private(set) var status: [LinkStatus]
    /// By local node, Pa; NaN where no open path leads.
    private(set) var pressure: [Double]
    /// The open paths that pressures go along.
    private(set) var walk: SpanningWalk
    /// Whether every node that an open path reaches has a pressure.
    private(set) var isComplete = true
    /// The largest pressure, Pa.
    private(set) var level = 0.0
    /// What the law and the height of a link take of the pressure, Pa; NaN where a device holds the flow.
    private var drop: [Double]

    /// - Complexity: O(nodes + links).
    init(_ compiled: CompiledNetwork, _ newton: StrandNewton, _ laws: LinkLaws, _ state: CircuitState) {
        flow = [Double](repeating: 0, count: compiled.links.count)
        status = [LinkStatus](repeating: .closed, count: compiled.links.count)
        pressure = [Double](repeating: .nan, count: compiled.nodes.count)
        drop = laws.gravity
        walk = newton.network.walk
        flow.take(newton.network, newton.values)
        status.open(compiled, newton.mayPass, walk.isReached)
        drop.addLosses(compiled, newton.table, laws, flow)
        hold(compiled, newton)
        guard isComplete, let first = walk.order.first else { return }
        pressure[Int(first)] = state.fixedPressure[Int(first)]
        level = pressure.follow(compiled, walk, drop)
    }

    /// Takes the links that hold their flow out of the paths.
    private mutating func hold(_ compiled: CompiledNetwork, _ newton: StrandNewton) {
        var isCut = false
        for bound in newton.table.bounds where newton.values[bound.strand].hold != .free {
            let isLower = newton.values[bound.strand].hold == .lower
            let link = isLower ? bound.lowerLink : bound.upperLink
            status[link] = isLower != newton.network.isAgainst[link] ? .blocked : .limiting
            drop[link] = .nan
            isCut = isCut || walk.holds(link, compiled)
        }
        guard isCut, let first = walk.order.first else { return }
        var mayPass = newton.mayPass
        for link in drop.indices where drop[link].isNaN { mayPass[link] = false }
        let reached = walk.order.count
        walk = SpanningWalk(compiled, from: Int(first), mayPass)
        isComplete = walk.order.count == reached
    }

    /// The greatest error of the pressure equation of a link that follows its law, Pa.
    func greatestError(_ compiled: CompiledNetwork) -> Double {
        let (from, to, drop, status, pressure) = (compiled.from.span, compiled.to.span, drop.span, status.span, pressure.span)
        var worst = 0.0
        for link in 0..<drop.count where status[link] == .open {
            let error = (pressure[Int(from[link])] - pressure[Int(to[link])] - drop[link]).magnitude
            if !(error <= worst) { worst = error.isNaN ? .infinity : error }
        }
        return worst
    }
}

extension [Double] {
    /// The flow of each link.
    fileprivate mutating func take(_ network: StrandNetwork, _ values: [StrandFlow]) {
        let (strandOfLink, isAgainst, values) = (network.strandOfLink.span, network.isAgainst.span, values.span)
        var own = mutableSpan
        for link in 0..<own.count {
            let strand = Int(strandOfLink[link])
            guard strand >= 0 else { continue }
            own[link] = isAgainst[link] ? 0 - values[strand].flow : values[strand].flow
        }
    }

    /// Adds what the laws of all links lose at their flows.
    fileprivate mutating func addLosses(_ compiled: CompiledNetwork, _ table: StrandTable, _ laws: LinkLaws, _ flow: [Double]) {
        let (pipes, resistances, flow) = (laws.pipes.span, laws.resistances.span, flow.span)
        var own = mutableSpan
        for link in 0..<pipes.count { own[link] += table.loss(pipes[link], link, flow[link]) }
        for place in 0..<resistances.count {
            let link = pipes.count + place
            own[link] += resistances[place].loss(flow[link]).loss
        }
        for link in compiled.pumps { own[link] += laws.loss(link, flow[link]).loss }
    }

    /// Sets pressures along the paths; gives the largest.
    fileprivate mutating func follow(_ compiled: CompiledNetwork, _ walk: SpanningWalk, _ drop: [Double]) -> Double {
        let (from, to, drop, order, link) = (compiled.from.span, compiled.to.span, drop.span, walk.order.span, walk.link.span)
        var own = mutableSpan
        var level = own[Int(order[0])].magnitude
        for place in 1..<Swift.max(order.count, 1) {
            let node = Int(order[place])
            let branch = Int(link[node])
            let pressure = Int(to[branch]) == node ? own[Int(from[branch])] - drop[branch] : own[Int(to[branch])] + drop[branch]
            own[node] = pressure
            if pressure.magnitude > level { level = pressure.magnitude }
        }
        return level
    }
}

extension [LinkStatus] {
    /// Opens what may pass and is reached.
    fileprivate mutating func open(_ compiled: CompiledNetwork, _ mayPass: [Bool], _ isReached: [Bool]) {
        let (from, mayPass, isReached) = (compiled.from.span, mayPass.span, isReached.span)
        var own = mutableSpan
        for link in 0..<own.count where mayPass[link] && isReached[Int(from[link])] { own[link] = .open }
    }
}
