import NetworkModel

/// Valves that hold a pressure, as an active set beside the bounds.
///
/// A regulating valve pins the node it holds, and carries whatever balances that node; what it carries is taken from its other
/// end. Flows at the held node thus enter the balance of the other end: the matrix of a Newton step is the symmetric one of the rest
/// plus one rank for each valve (``NewtonSystem`` solves it by Woodbury's formula), so that convergence stays quadratic.
/// There is no content to minimise with such a valve, and no line search while one regulates.
extension HydraulicSolver {
    /// Whether any valve holds a pressure at the moment.
    var isRegulating: Bool { compiled.regulators.contains { iterate.mode[$0.link] == .regulating } }

    /// Begins with every regulator holding its setting, as far as both of its sides have a pressure to go by.
    mutating func startRegulators(_ start: HydraulicSolution?) {
        for regulator in compiled.regulators where iterate.mode[regulator.link] == .free && mayRegulate(regulator) {
            switch start?.linkStatus[regulator.link] {
            case .open: continue
            case .blocked: hold(regulator.link, .lower, 0)
            case .regulating, .closed, .limiting, .prescribed, nil: regulate(regulator)
            }
        }
        system.pin(compiled, isPinned: reach.isPinned)
    }

    /// Gives a node to a regulator: its pressure is the setting from now on.
    private mutating func regulate(_ regulator: Regulator) {
        iterate.mode[regulator.link] = .regulating
        iterate.links[regulator.link].conductance = 0
        let change = regulator.setting - iterate.pressure[regulator.held]
        iterate.pressure[regulator.held] = regulator.setting
        reach.setPinned(regulator.held, true)
        for entry in compiled.adjacency.entries(of: regulator.held) {
            let link = Int(compiled.adjacency.links[entry])
            guard iterate.mode[link] != .closed else { continue }
            iterate.links[link].error += Int(compiled.from[link]) == regulator.held ? change : -change
        }
    }

    /// Takes the node away from a regulator.
    private mutating func endRegulation(_ regulator: Regulator) {
        if iterate.mode[regulator.link] == .regulating { reach.setPinned(regulator.held, false) }
    }

    private mutating func open(_ regulator: Regulator) {
        endRegulation(regulator)
        iterate.mode[regulator.link] = .free
        let slope = laws.loss(regulator.link, iterate.links[regulator.link].flow).slope
        iterate.links[regulator.link].conductance = min(
            laws.conductance(ofSlope: slope), laws.startConductance[regulator.link])
    }

    private mutating func shut(_ regulator: Regulator) {
        endRegulation(regulator)
        hold(regulator.link, .lower, 0)
    }

    /// Gives every regulating valve the flow that balances the node it holds.
    ///
    /// Valves in a row depend on each other, so passes are repeated until nothing changes.
    mutating func settleRegulation(_ demand: [Double]) {
        guard isRegulating else { return }
        for _ in compiled.regulators {
            var isSettled = true
            for regulator in compiled.regulators where iterate.mode[regulator.link] == .regulating {
                var net = demand[regulator.held]
                for entry in compiled.adjacency.entries(of: regulator.held) {
                    let link = Int(compiled.adjacency.links[entry])
                    let flow = iterate.links[link].flow
                    net += Int(compiled.from[link]) == regulator.held ? flow : -flow
                }
                if net == 0 { continue }
                isSettled = isSettled && net.magnitude <= 1e-15 * progress.largestFlow
                iterate.links[regulator.link].flow += regulator.isReducing ? net : -net
                if !reach.isPinned[regulator.other] { iterate.imbalance[regulator.other] += net }
            }
            if isSettled { return }
        }
    }

    /// Lets regulators regulate, open or shut as pressures and flows ask; gives how many changed.
    ///
    /// - Parameter isCautious: at most one changes, which ends most cycles.
    mutating func switchRegulators(isCautious: Bool) -> Int {
        guard !compiled.regulators.isEmpty else { return 0 }
        var switches = 0
        for regulator in compiled.regulators where reach.isReachable[regulator.held] && reach.isReachable[regulator.other] {
            guard let wanted = wantedMode(regulator), wanted != iterate.mode[regulator.link] else { continue }
            switch wanted {
            case .regulating: regulate(regulator)
            case .free: open(regulator)
            default: shut(regulator)
            }
            switches += 1
            if isCautious { break }
        }
        if switches > 0 { system.pin(compiled, isPinned: reach.isPinned) }
        return switches
    }

    /// What a regulator should do; nil = what it does.
    private func wantedMode(_ regulator: Regulator) -> LinkMode? {
        let (flow, error) = (iterate.links[regulator.link].flow, iterate.links[regulator.link].error)
        let pressure = iterate.pressure[regulator.held]
        let (slack, pull) = (0.1 * massTolerance, tolerance)
        // Positive where the held pressure is on the side that calls for throttling.
        let excess = regulator.isReducing ? pressure - regulator.setting : regulator.setting - pressure
        switch iterate.mode[regulator.link] {
        case .regulating:
            if flow < -slack { return .lower }
            return error < -pull ? .free : nil
        case .free:
            if flow < -slack { return .lower }
            return excess > pull && mayRegulate(regulator) ? .regulating : nil
        case .lower:
            guard error > pull && excess < -pull else { return nil }
            // What the held pressure would be if the valve stood open decides whether it has anything to hold.
            return excess + error > 0 && mayRegulate(regulator) ? .regulating : .free
        case .upper, .prescribed, .closed: return nil
        }
    }

    /// Whether the other end of a regulator keeps a way to a given pressure when the valve itself gives none.
    ///
    /// Without one the flow through the valve is decided by demands alone, and no setting can be held.
    /// - Complexity: O(nodes + links); asked only when a valve is about to regulate.
    private func mayRegulate(_ regulator: Regulator) -> Bool {
        var isKnown = [Bool](repeating: false, count: compiled.nodes.count)
        var queue = reach.isPinned.indices.filter { reach.isPinned[$0] && reach.isReachable[$0] && $0 != regulator.other }
        queue.append(regulator.held)
        for node in queue { isKnown[node] = true }
        if reach.isPinned[regulator.other] { return true }
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            for entry in compiled.adjacency.entries(of: node) {
                let link = Int(compiled.adjacency.links[entry])
                guard link != regulator.link, [.free, .lower, .upper].contains(iterate.mode[link]) else { continue }
                let other = Int(compiled.from[link]) == node ? Int(compiled.to[link]) : Int(compiled.from[link])
                if other == regulator.other { return true }
                if isKnown[other] { continue }
                isKnown[other] = true
                queue.append(other)
            }
        }
        return false
    }

    /// What the flows of regulating valves add to the equations of their other ends, linearised.
    func regulatorCouplings() -> [RegulatorCoupling] {
        compiled.regulators.compactMap { regulator in
            guard iterate.mode[regulator.link] == .regulating else { return nil }
            var coupling = RegulatorCoupling(target: target(of: regulator))
            for entry in compiled.adjacency.entries(of: regulator.held) {
                let link = Int(compiled.adjacency.links[entry])
                let value = iterate.links[link]
                guard value.conductance != 0 else { continue }
                let isOutgoing = Int(compiled.from[link]) == regulator.held
                let other = Int(isOutgoing ? compiled.to[link] : compiled.from[link])
                coupling.drive += isOutgoing ? value.conductance * value.error : -value.conductance * value.error
                coupling.terms.append((node: other, weight: -value.conductance))
            }
            return coupling
        }
    }

    /// The node whose balance feels the flow of a regulator: its other end, or beyond, where that is held too.
    private func target(of regulator: Regulator) -> Int {
        var node = regulator.other
        for _ in compiled.regulators {
            guard reach.isPinned[node] else { return node }
            guard let next = compiled.regulators.first(where: { $0.held == node && iterate.mode[$0.link] == .regulating }) else {
                return -1
            }
            node = next.other
        }
        return -1
    }
}

/// The linearised flow of a regulating valve: drive + Σ weight · change of pressure, taken from the balance of `target`.
struct RegulatorCoupling: Sendable {
    /// Local node; −1 where the other end has no unknown.
    var target: Int
    /// Flow that the present errors ask for, kg/s.
    var drive = 0.0
    /// Response to pressure changes, kg/(s Pa).
    var terms: [(node: Int, weight: Double)] = []

    /// A coupling without terms yet.
    init(target: Int) { self.target = target }

    /// The flow that pressure changes make.
    func response(_ change: [Double]) -> Double { terms.reduce(0) { $0 + $1.weight * change[$1.node] } }
}

extension NewtonSystem {
    /// Solves with the couplings of regulating valves: (A + Σ e_target cᵀ) δp = r − Σ e_target drive (Woodbury 1950).
    /// - Complexity: one solve with the factor a coupling beside the one for the right-hand side.
    mutating func solve(_ compiled: CompiledNetwork, _ iterate: Iterate, _ couplings: [RegulatorCoupling]) {
        let couplings = couplings.filter { $0.target >= 0 }
        solve(compiled, iterate) { deficit in
            for coupling in couplings { deficit[coupling.target] -= coupling.drive }
        }
        guard !couplings.isEmpty else { return }
        let columns = couplings.map { coupling in
            var column = [Double](repeating: 0, count: compiled.nodes.count)
            column[coupling.target] = 1
            solve(&column)
            return column
        }
        let matrix = couplings.indices.map { row in
            couplings.indices.map { (row == $0 ? 1 : 0) + couplings[row].response(columns[$0]) }
        }
        guard let weights = solveDense(matrix, couplings.map { $0.response(change) }) else { return }
        correct(by: columns, weights)
    }

    /// Solves a small dense system by elimination with partial pivoting; nil where it is singular.
    private func solveDense(_ matrix: [[Double]], _ rightHandSide: [Double]) -> [Double]? {
        var (a, b) = (matrix, rightHandSide)
        for pivot in a.indices {
            let best = (pivot..<a.count).max { a[$0][pivot].magnitude < a[$1][pivot].magnitude } ?? pivot
            a.swapAt(pivot, best)
            b.swapAt(pivot, best)
            guard a[pivot][pivot].magnitude > 1e-12 else { return nil }
            for row in pivot + 1..<max(a.count, pivot + 1) {
                let factor = a[row][pivot] / a[pivot][pivot]
                if factor == 0 { continue }
                for column in pivot..<a.count { a[row][column] -= factor * a[pivot][column] }
                b[row] -= factor * b[pivot]
            }
        }
        for row in a.indices.reversed() {
            for column in row + 1..<max(a.count, row + 1) { b[row] -= a[row][column] * b[column] }
            b[row] /= a[row][row]
        }
        return b
    }
}
