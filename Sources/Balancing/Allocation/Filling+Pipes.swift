import Heating
import Hydraulics
import NetworkModel
import Quantities

/// Velocity and friction in pipes and risers as limits of the shares.
///
/// A pipe that belongs to no loop gets a level of its own: the highest at which all whose water passes it keep within its greatest
/// flow. Whoever is behind several takes the lowest of their levels, and nobody else is held back (the sets that share pipes are nested
/// like the limits above them, so that this is progressive filling still). Risers of one building are joined by its walls: pipes and
/// levels are found in turn until they agree. In a loop the flow is divided by pressures; such a pipe stops its circuit as a whole.
extension Filling {
    /// A pipe that stops those behind it.
    struct PipeCap: Sendable {
        var circuit: Int
        /// Position in ``PipeCuts/cuts``.
        var cut: Int
        /// The level it allows.
        var level: Double
        /// Its greatest flow, kg/s.
        var greatest: Double
        /// Dwellings behind it, rising.
        var members: [Int]
        /// Buildings behind it.
        var buildings: [(circuit: Int, slot: Int)]
        /// Circuits behind it that its consumers heat.
        var children: [Int]
    }

    /// Fills all levels, then gives pipes that carry too much levels of their own, until both agree.
    mutating func fill() throws(HydraulicFailure) -> [Load] {
        var loads = try fillLevels()
        guard cuts.contains(where: { !$0.cuts.isEmpty }) else { return loads }
        pipeMove = 0
        // Rounds go on anyway; only what is reported has to agree to the last digit.
        for pass in 0..<(isLastRound ? 40 : 2) {
            let move = try settlePipes(&loads)
            if pass == 0 { pipeMove = move }
            if move <= (isLastRound ? 1e-11 : 1e-3) { return loads }
            loads = try fillLevels()
        }
        _ = try settlePipes(&loads)
        return loads
    }

    /// Finds the levels of all pipes that stop someone at the present levels of circuits; the greatest move of one, in units of the level.
    private mutating func settlePipes(_ loads: inout [Load]) throws(HydraulicFailure) -> Double {
        let found = overloaded(loads)
        let known = Set(pipeCaps.map { PipeKey($0.circuit, $0.cut) })
        for key in found where !known.contains(key) { addPipe(key) }
        guard !pipeCaps.isEmpty else { return 0 }
        // Those nearest to the dwellings first: what they hold back the pipes before them need not carry.
        pipeCaps.sort { ($0.members.count, $0.circuit, $0.cut) < ($1.members.count, $1.circuit, $1.cut) }
        pipesOfDwelling = [:]
        for (position, cap) in pipeCaps.enumerated() { for member in cap.members { pipesOfDwelling[member, default: []].append(position) } }
        if shares.demand.ceiling.isEmpty { shares.demand.ceiling = [Double](repeating: .infinity, count: model.target.count) }
        var move = 0.0
        for position in pipeCaps.indices {
            let before = pipeCaps[position].level
            search(position)
            let after = pipeCaps[position].level
            // What lies above everybody's level stops nobody, wherever it is.
            let greatest = highestLevel(behind: pipeCaps[position])
            let (low, high) = (min(before, greatest), min(after, greatest))
            if low != high { move = max(move, abs(high - low)) }
        }
        let loose = pipeCaps.filter { $0.level == .infinity }.flatMap(\.members)
        if !loose.isEmpty {
            pipeCaps.removeAll { $0.level == .infinity }
            pipesOfDwelling = [:]
            for (position, cap) in pipeCaps.enumerated() { for member in cap.members { pipesOfDwelling[member, default: []].append(position) } }
        }
        if move > 0 { loads = self.loads() }
        return move
    }

    /// Names a pipe.
    private struct PipeKey: Hashable {
        var circuit: Int
        var cut: Int
        init(_ circuit: Int, _ cut: Int) { (self.circuit, self.cut) = (circuit, cut) }
    }

    /// Cuts that carry more than they may.
    private func overloaded(_ loads: [Load]) -> [PipeKey] {
        let found = Workers.map(cuts.count, threads: options.workers) { circuit -> [PipeKey] in
            cuts[circuit].cuts.indices.compactMap { position in
                let cut = cuts[circuit].cuts[position]
                guard !cut.consumers.isEmpty else { return nil }
                let flow = cut.consumers.reduce(0) { $0 + loads[circuit].consumption[$1] }
                return flow > greatestFlow(circuit, cut) * (1 + accuracy) ? PipeKey(circuit, position) : nil
            }
        }
        return found.flatMap { $0 }
    }

    /// Greatest flow of a limited pipe at the present temperatures, kg/s.
    func greatestFlow(_ circuit: Int, _ cut: PipeCuts.Cut) -> Double {
        let pipe = distribution.network.pipes[cut.pipe]
        return pipe.limits.greatestFlow(cut.link, pipe, distribution.circuits[circuit].compiled, designState[circuit])
    }

    private mutating func addPipe(_ key: PipeKey) {
        let cut = cuts[key.circuit].cuts[key.cut]
        let feed = distribution.feeds[key.circuit]
        var (members, children): ([Int], [Int]) = ([], [])
        for consumer in cut.consumers {
            switch distribution.circuits[key.circuit].consumers[consumer].kind {
            case .dwelling(let dwelling): members.append(dwelling.position)
            case .riser(let riser): members += distribution.circuits[key.circuit].risers[riser].stages.joined().map(\.dwelling)
            case .substation(let substation):
                guard let child = distribution.secondaryCircuit[substation.position], feed.children.contains(child) else { continue }
                children += distribution.subtree(of: child)
            case .load, .source: break
            }
        }
        for child in children {
            for building in distribution.feeds[child].buildings { members += Array(model.ranges[building]) }
        }
        members = Set(members).filter { model.isServed[$0] }.sorted()
        var buildings: [(circuit: Int, slot: Int)] = []
        let touched = Set(members.map { distribution.network.dwellings[$0].building.position })
        for circuit in [key.circuit] + children {
            for (slot, building) in distribution.feeds[circuit].buildings.enumerated() where touched.contains(building) {
                buildings.append((circuit, slot))
            }
        }
        pipeCaps.append(PipeCap(
            circuit: key.circuit, cut: key.cut, level: .infinity, greatest: 0, members: members, buildings: buildings, children: children))
    }

    private func highestLevel(behind cap: PipeCap) -> Double {
        cap.buildings.reduce(shares.leastLevel) { max($0, rooms[$1.circuit][$1.slot].level) }
    }

    /// Finds the highest level that one pipe allows with all others as they are.
    private mutating func search(_ position: Int) {
        let cap = pipeCaps[position]
        pipeCaps[position].greatest = greatestFlow(cap.circuit, cuts[cap.circuit].cuts[cap.cut])
        let top = highestLevel(behind: cap)
        let excess = excess(position, at: .infinity)
        guard excess > 0 else { return }
        let least = shares.leastLevel
        let start = cap.level.isFinite && cap.level < top ? cap.level : top
        // Steps downward that grow until the pipe carries less than it may.
        var (high, low): ((x: Double, f: Double), (x: Double, f: Double)) = ((top, excess), (least, -1))
        var x = start < top ? start : top - max(top - least, 1e-6) * min(excess, 1) / (1 + excess)
        var step = 0.02 * max(top - least, 1e-6)
        for _ in 0..<40 where x > least {
            let value = self.excess(position, at: x)
            if value <= 0 {
                low = (x, value)
                break
            }
            high = (x, value)
            x = max(least, x - step)
            step *= 3
        }
        if low.x == least {
            let value = self.excess(position, at: least)
            // Not even nothing fits: what is given otherwise fills the pipe.
            guard value <= 0 else { return }
            low.f = value
        }
        if low.f < -accuracy && start < top && low.x == start {
            // It may rise: enclose it from above.
            var (rise, bound) = (0.01 * max(top - least, 1e-6), low.x)
            for _ in 0..<40 where bound < high.x {
                bound = min(high.x, bound + rise)
                let value = bound < high.x ? self.excess(position, at: bound) : high.f
                if value > 0 {
                    high = (bound, value)
                    break
                }
                low = (bound, value)
                rise *= 3
            }
        }
        let found = RisingRoot.find(low: low, high: high, width: 1e-14 * max(abs(top), 1), height: accuracy) { self.excess(position, at: $0) }
        _ = self.excess(position, at: found)
    }

    /// Relative excess over a pipe's greatest flow with its level there; rooms behind it follow.
    private mutating func excess(_ position: Int, at level: Double) -> Double {
        pipeCaps[position].level = level
        let cap = pipeCaps[position]
        for member in cap.members {
            let lowest = (pipesOfDwelling[member] ?? []).reduce(Double.infinity) { min($0, pipeCaps[$1].level) }
            shares.demand.ceiling[member] = lowest
        }
        let states = Workers.map(cap.buildings.count, threads: options.workers) { [self] place -> RoomState in
            let (circuit, slot) = cap.buildings[place]
            var state = rooms[circuit][slot]
            state.isLinear = false
            var solver = RoomSolver(model, shares.demand)
            return solver.solve(distribution.feeds[circuit].buildings[slot], level: state.level, from: state)
        }
        for (place, state) in zip(cap.buildings, states) { rooms[place.circuit][place.slot] = state }
        let flow = flow(through: cap)
        return cap.greatest > 0 ? flow / cap.greatest - 1 : (flow > 0 ? 1 + flow : 0)
    }

    /// Flow through a pipe with the rooms as they stand, kg/s.
    private func flow(through cap: PipeCap) -> Double {
        var below: [Int: Load] = [:]
        for child in cap.children where distribution.feeds[child].parent == cap.circuit {
            let subtree = distribution.subtree(of: child)
            below[child] = subtreeLoads(subtree, subtree.map { rooms[$0] }, threads: options.workers)[child]
        }
        let circuit = distribution.circuits[cap.circuit]
        return cuts[cap.circuit].cuts[cap.cut].consumers.reduce(0) { sum, position in
            switch circuit.consumers[position].kind {
            case .dwelling: sum + flow(of: position, in: cap.circuit, rooms[cap.circuit])
            case .riser(let riser): sum + riserFlow(cap.circuit, riser, rooms[cap.circuit])
            case .substation(let substation):
                sum + (distribution.secondaryCircuit[substation.position].flatMap { below[$0] }.map { primaryCapacityFlow(substation, $0) / heatCapacity } ?? 0)
            case .load, .source: sum + given[cap.circuit].consumption[position]
            }
        }
    }

    /// The pipe that holds a dwelling below a level; nil where none does.
    func pipe(stopping position: Int, below level: Double) -> LimitSite? {
        guard !shares.demand.ceiling.isEmpty, shares.demand.ceiling[position] < level else { return nil }
        let stops = pipesOfDwelling[position]?.first { pipeCaps[$0].level <= shares.demand.ceiling[position] }
        return stops.map { site(of: pipeCaps[$0]) }
    }

    /// The limit of a pipe.
    func site(of cap: PipeCap) -> LimitSite {
        LimitSite(.pipe, at: .link(distribution.circuits[cap.circuit].compiled.links[cuts[cap.circuit].cuts[cap.cut].link]))
    }

    /// What pipes use of their greatest flows: those in loops, and all where `all` is set.
    func appendPipes(_ margins: inout [Margin], _ circuit: Int, _ load: Load, all: Bool) throws(HydraulicFailure) {
        guard !cuts[circuit].cuts.isEmpty else { return }
        var solved: [Double]?
        for (position, cut) in cuts[circuit].cuts.enumerated() where all || cut.consumers.isEmpty {
            var flow = cut.consumers.reduce(0) { $0 + load.consumption[$1] }
            if cut.consumers.isEmpty {
                var loops: LoopFlows?
                if solved == nil { solved = try distribution.circuits[circuit].flows(load.consumption, designState[circuit], &loops) }
                flow = abs(solved?[cut.link] ?? 0)
            }
            let greatest = greatestFlow(circuit, cut)
            var margin = Margin(limit: .pipe, excess: greatest > 0 ? flow / greatest - 1 : 1 + flow, remedy: nil)
            margin.cut = position
            margins.append(margin)
        }
    }
}
