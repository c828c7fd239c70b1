import Heating
import Hydraulics
import NetworkModel
import Quantities

/// What would lift the limits of an allocation.
extension AllocationRecord {
    /// What would lift the limit of each element that stops a circuit, a pipe or a branch.
    func remedies(_ shares: DwellingShares) -> [LimitSite: Bottlenecks.KnownRemedy] {
        var remedies: [LimitSite: Bottlenecks.KnownRemedy] = [:]
        for (circuit, cap) in filling.caps.enumerated() {
            guard let site = cap.site else { continue }
            if site.limit == .pipe, case .link(let link)? = site.element {
                let cut = filling.cuts[circuit].cuts.firstIndex { filling.distribution.circuits[circuit].compiled.links[$0.link] == link }
                if let cut { remedies[site] = widerPipe(circuit, cut, shares) }
            } else if let remedy = cap.remedy {
                remedies[site] = Bottlenecks.KnownRemedy(remedy: remedy)
            }
        }
        for cap in filling.pipeCaps { remedies[filling.site(of: cap)] = widerPipe(cap.circuit, cap.cut, shares) }
        for position in shares.limit.indices where shares.limit[position].limit == .noise {
            remedies[shares.limit[position]] = quieterValve(DwellingIndex(position), needed: shares.requiredFlow[position])
        }
        for position in shares.limit.indices where shares.limit[position].limit == .valve {
            remedies[shares.limit[position]] = widerBranch(DwellingIndex(position), needed: shares.requiredFlow[position])
        }
        return remedies
    }

    /// For pumps without head left: the pipe on the way to the index consumer that loses most a metre, one size larger.
    func alternatives() -> [LimitSite: [Bottleneck.Alternative]] {
        var found: [LimitSite: [Bottleneck.Alternative]] = [:]
        for circuit in filling.caps.indices {
            guard let site = filling.caps[circuit].site, site.limit == .pumpHead else { continue }
            let part = filling.distribution.circuits[circuit]
            let (flow, state) = (designs[circuit].flow, filling.designState[circuit])
            guard let index = part.index(flow, state)?.consumer else { continue }
            let loss = part.losses(flow, state)
            var (steepest, choice) = (0.0, Int?.none)
            let link = part.consumers[index].link
            for end in [part.compiled.from[link], part.compiled.to[link]] {
                for step in part.way(from: Int(end)) where part.compiled.pipes.contains(step) {
                    guard case .pipe(let pipe) = network.links[part.compiled.links[step]].element else { continue }
                    let slope = abs(loss[step]) / max(network.pipes[pipe].length.metres, 0.1)
                    if slope > steepest { (steepest, choice) = (slope, step) }
                }
            }
            guard let choice, case .pipe(let pipe) = network.links[part.compiled.links[choice]].element else { continue }
            let inner = 1000 * network.pipes[pipe].innerDiameter.metres
            guard let size = Self.nominalSizes.first(where: { Double($0) > 1.12 * inner }) else { continue }
            found[site] = [
                Bottleneck.Alternative(
                    remedy: .largerPipe(network.links[part.compiled.links[choice]].id, nominalSize: size),
                    reinforcements: [.pipe(pipe, Length(millimetres: Double(size)))])
            ]
        }
        return found
    }

    /// Nominal sizes of pipes, ISO 6708. As an inner diameter, a little less than what such a pipe has.
    private static var nominalSizes: [Int] {
        [15, 20, 25, 32, 40, 50, 65, 80, 100, 125, 150, 200, 250, 300, 350, 400, 450, 500, 600, 700, 800, 900, 1000, 1200, 1400]
    }

    /// The next size that carries what everyone behind a pipe needs, for all pipes that carry just this water and could not.
    private func widerPipe(_ circuit: Int, _ place: Int, _ shares: DwellingShares) -> Bottlenecks.KnownRemedy? {
        let cuts = filling.cuts[circuit].cuts
        let consumers = cuts[place].consumers
        // In a loop nobody can say whose water it is: in proportion to what all need.
        let needed = consumers.isEmpty ? loopFlow(circuit, cuts[place], shares) : consumers.reduce(0) { $0 + requiredFlow(circuit, $1, shares) }
        guard needed.isFinite, needed > 0 else { return nil }
        let alike = cuts.filter { $0.link == cuts[place].link || !consumers.isEmpty && $0.consumers == consumers }
            .filter { filling.greatestFlow(circuit, $0) < needed }
        let sizes = alike.compactMap { size(circuit, $0, carrying: needed) }
        guard !alike.isEmpty, sizes.count == alike.count, let largest = sizes.max() else { return nil }
        let compiled = filling.distribution.circuits[circuit].compiled
        return Bottlenecks.KnownRemedy(
            remedy: .largerPipes(alike.map { network.links[compiled.links[$0.link]].id }, nominalSize: largest),
            reinforcements: alike.map { .pipe($0.pipe, Length(millimetres: Double(largest))) })
    }

    private func loopFlow(_ circuit: Int, _ cut: PipeCuts.Cut, _ shares: DwellingShares) -> Double {
        let all = filling.distribution.circuits[circuit].consumers.indices
        let (now, then) = all.reduce((0.0, 0.0)) { ($0.0 + loads[circuit].consumption[$1], $0.1 + requiredFlow(circuit, $1, shares)) }
        return now > 0 ? abs(designs[circuit].flow[cut.link]) * then / now : .nan
    }

    /// Flow that a consumer takes when everyone behind it has what it needs, kg/s.
    private func requiredFlow(_ circuit: Int, _ consumer: Int, _ shares: DwellingShares) -> Double {
        let part = filling.distribution.circuits[circuit]
        switch part.consumers[consumer].kind {
        case .dwelling(let dwelling): return shares.requiredFlow[dwelling.position]
        case .riser(let riser): return filling.requiredRiserFlow(circuit, riser, heat: need.requiredHeat, room: need.room)
        case .substation(let substation):
            guard let child = filling.distribution.secondaryCircuit[substation.position], loads[child].capacityFlow > 0 else { return 0 }
            var load = loads[child]
            for circuit in filling.distribution.subtree(of: child) {
                for position in filling.distribution.feeds[circuit].buildings.flatMap({ Array(network.buildings[$0].dwellings) }) {
                    load.heat += need.requiredHeat[position] - shares.heat[position]
                    if circuit == child {
                        let share = shares.waterShare.isEmpty ? 1 : shares.waterShare[position]
                        load.capacityFlow += (shares.requiredFlow[position] - shares.massFlow[position]) * share * heatCapacity
                    }
                }
            }
            return filling.primaryCapacityFlow(substation, load) / heatCapacity
        case .load, .source: return loads[circuit].consumption[consumer]
        }
    }

    /// The least nominal size in which a pipe carries a flow within its limits.
    ///
    /// At one velocity flow goes with d², at one friction with d^2.5 or more, since λ falls as pipes widen.
    private func size(_ circuit: Int, _ cut: PipeCuts.Cut, carrying needed: Double) -> Int? {
        let pipe = network.pipes[cut.pipe]
        let compiled = filling.distribution.circuits[circuit].compiled
        let state = filling.designState[circuit]
        let byVelocity = PipeLimits(velocity: pipe.limits.velocity).greatestFlow(cut.link, pipe, compiled, state)
        let byFriction = PipeLimits(friction: pipe.limits.friction).greatestFlow(cut.link, pipe, compiled, state)
        return Self.nominalSizes.first { size in
            let ratio = Double(size) / (1000 * pipe.innerDiameter.metres)
            guard ratio > 1 else { return false }
            return min(byVelocity * ratio * ratio, byFriction * ratio * ratio * ratio.squareRoot()) >= needed
        }
    }

    /// A valve that passes what the dwelling needs at the loss that is quiet.
    private func quieterValve(_ dwelling: DwellingIndex, needed: Double) -> Bottlenecks.KnownRemedy? {
        let limit = filling.quietFlow[dwelling.position] / heatCapacity
        guard let valve = network.dwellings[dwelling].valve, needed > limit, limit > 0 else { return nil }
        return Bottlenecks.KnownRemedy(remedy: .largerValve(FlowCoefficient(network.fullyOpenKv(of: valve) * needed / limit)))
    }

    /// What would let a dwelling's branch pass the flow it needs at the same loss: a wider valve, or where its terminal alone forbids
    /// that, wider pipework too; nil where the branch passes it.
    private func widerBranch(_ dwelling: DwellingIndex, needed: Double) -> Bottlenecks.KnownRemedy? {
        let limit = filling.shares.demand.branchFlow[dwelling.position] / heatCapacity
        guard let valve = network.dwellings[dwelling].valve, let terminal = network.dwellings[dwelling].terminal, needed > limit
        else { return nil }
        // Resistances relative to 1/Kv²; the density is the same in both.
        let open = 1 / (network.fullyOpenKv(of: valve) * network.fullyOpenKv(of: valve))
        let fixed = network.terminals[terminal].kv.map { 1 / ($0.value * $0.value) } ?? 0
        let left = (open + fixed) * (limit / needed) * (limit / needed) - fixed
        if left > 0 { return Bottlenecks.KnownRemedy(remedy: .largerValve(FlowCoefficient(1 / left.squareRoot()))) }
        return Bottlenecks.KnownRemedy(
            remedy: .widerBranch(FlowCoefficient(needed / limit / (open + fixed).squareRoot())),
            reinforcements: [.branch(dwelling, factor: 1.001 * needed / limit)])
    }
}
