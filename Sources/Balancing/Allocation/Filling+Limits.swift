import Heating
import Hydraulics
import NetworkModel
import Quantities

extension Filling {
    /// How much of one limit a level uses: 0 = exactly all of it, positive = too much.
    struct Margin: Sendable {
        var limit: Limit
        var excess: Double
        var remedy: Remedy?
        /// Derivative of the excess by the level, where it is known.
        var slope: Double?
        /// The pipe, by its place in ``PipeCuts/cuts``, where it is the limit.
        var cut: Int?
    }

    /// What one circuit's limits allow, and the rooms of all it feeds there.
    struct CapResult: Sendable {
        var cap: LevelCap
        var slack: Double?
        var rooms: [(circuit: Int, states: [RoomState])]
    }

    /// The highest level, up to `greatest`, that a circuit's own limits allow to all it feeds; parts stopped below keep theirs.
    func cap(_ circuit: Int, greatest: Double, threads: Int) throws(HydraulicFailure) -> CapResult {
        var search = LevelSearch(self, circuit, threads: threads)
        return try search.run(greatest: greatest)
    }

    /// Levels at which the circuits of a subtree are stopped by limits below its top.
    func ceilings(_ subtree: [Int]) -> [Double] {
        var ceiling = [Int: Double]()
        for (position, circuit) in subtree.enumerated() {
            if position == 0 {
                ceiling[circuit] = .infinity
            } else {
                let above = distribution.feeds[circuit].parent.flatMap { ceiling[$0] } ?? .infinity
                ceiling[circuit] = min(above, caps[circuit].level)
            }
        }
        return subtree.map { ceiling[$0] ?? .infinity }
    }

    /// How much of each of its own limits a circuit uses with the rooms of its subtree in some state.
    func margins(
        _ circuit: Int, _ subtree: [Int], _ states: [[RoomState]], checksHead: Bool, threads: Int
    ) throws(HydraulicFailure) -> [Margin] {
        let feed = distribution.feeds[circuit]
        let hasPipes = cuts[circuit].cuts.contains { judgesPipes || $0.consumers.isEmpty }
        let needsFlow = feed.substation != nil || checksHead || hasPipes || feed.sources.contains { distribution.network.sources[$0].flowLimit != nil }
        var margins: [Margin] = []
        if !needsFlow {
            var (heat, slope) = (0.0, 0.0)
            for (slot, member) in subtree.enumerated() {
                heat += loss[member] + given[member].heat
                let isStopped = member != circuit && caps[member].site != nil
                    && states[slot].first.map { $0.level >= caps[member].level } ?? true
                for state in states[slot].indices {
                    heat += states[slot][state].sum
                    if !isStopped { slope += states[slot][state].slope }
                }
            }
            appendSourceHeat(&margins, circuit, heat, slope: slope)
            return margins
        }
        let load = subtreeLoad(subtree, states, threads: threads)
        appendSourceHeat(&margins, circuit, load.heat)
        appendSourceFlow(&margins, circuit, load)
        if let substation = feed.substation { appendSubstation(&margins, substation, load) }
        if checksHead { try appendHead(&margins, circuit, load) }
        if hasPipes { try appendPipes(&margins, circuit, load, all: judgesPipes) }
        return margins
    }

    private func subtreeLoad(_ subtree: [Int], _ states: [[RoomState]], threads: Int) -> Load {
        subtreeLoads(subtree, states, threads: threads)[subtree[0]] ?? Load(heat: 0, capacityFlow: 0, consumption: [])
    }

    /// Loads of a circuit and of all that it feeds.
    func subtreeLoads(_ subtree: [Int], _ states: [[RoomState]], threads: Int) -> [Int: Load] {
        var loads = [Int: Load]()
        let slots = Dictionary(uniqueKeysWithValues: subtree.enumerated().map { ($1, $0) })
        // Circuits behind other circuits stand later in the subtree.
        let leaves = subtree.indices.filter { distribution.feeds[subtree[$0]].children.isEmpty }
        let found = Workers.map(leaves.count, threads: threads) { load(subtree[leaves[$0]], states[leaves[$0]], children: []) }
        for (position, slot) in leaves.enumerated() { loads[subtree[slot]] = found[position] }
        for circuit in subtree.reversed() where loads[circuit] == nil {
            let children = distribution.feeds[circuit].children.compactMap { loads[$0] }
            loads[circuit] = load(circuit, states[slots[circuit] ?? 0], children: children)
        }
        return loads
    }

    private func appendSourceHeat(_ margins: inout [Margin], _ circuit: Int, _ heat: Double, slope: Double? = nil) {
        guard let limit = sourceLimit(circuit, { $0.heatLimit?.watts }, share: \.heat) else { return }
        margins.append(Margin(
            limit: .sourceHeat, excess: Self.excess(heat, over: limit), remedy: .moreHeat(Power(watts: heat - limit)),
            slope: limit > 0 ? slope.map { $0 / limit } : nil))
    }

    private func appendSourceFlow(_ margins: inout [Margin], _ circuit: Int, _ load: Load) {
        guard let limit = sourceLimit(circuit, { $0.flowLimit?.value }, share: \.flow) else { return }
        let flow = load.capacityFlow / heatCapacity
        margins.append(Margin(limit: .sourceFlow, excess: Self.excess(flow, over: limit), remedy: .moreFlow(MassFlow(flow - limit))))
    }

    /// What the sources of a circuit allow together: the first of them to reach its limit stops all, as they share in the
    /// proportion that the hydraulics give.
    func sourceLimit(
        _ circuit: Int, _ limit: (Source) -> Double?, share: (SourceShareOfCircuit) -> Double
    ) -> Double? {
        let sources = distribution.feeds[circuit].sources
        guard !sources.isEmpty else { return nil }
        if sources.count == 1 { return limit(distribution.network.sources[sources[0]]) }
        var least: Double?
        var sum = 0.0
        var isWholeLimited = true
        for source in sources {
            guard let value = limit(distribution.network.sources[source]) else {
                isWholeLimited = false
                continue
            }
            sum += value
            if let known = sourceShare[source.position], share(known) > 0 { least = min(least ?? .infinity, value / share(known)) }
        }
        return least ?? (isWholeLimited ? sum : nil)
    }

    private func appendSubstation(_ margins: inout [Margin], _ index: SubstationIndex, _ load: Load) {
        margins += substationMargins(index, load)
    }

    /// What a load uses of the limits at a substation.
    func substationMargins(_ index: SubstationIndex, _ load: Load) -> [Margin] {
        let substation = distribution.network.substations[index]
        guard load.capacityFlow > 0, load.heat > 0 else { return [] }
        var margins: [Margin] = []
        if let limit = substation.heatLimit {
            margins.append(Margin(
                limit: .substationHeat, excess: Self.excess(load.heat, over: limit.watts),
                remedy: .moreHeat(Power(watts: load.heat - limit.watts))))
        }
        let side = secondarySide(index, load)
        let exchanger = HeatExchanger(conductance: substation.exchangerConductance)
        let hot = primarySupply[index.position]
        let greatest = exchanger.heat(hotFlow: .infinity, coldFlow: load.capacityFlow, hotInlet: hot, coldInlet: side.return)
        margins.append(Margin(
            limit: .exchanger, excess: Self.excess(load.heat, over: options.exchangerShare * greatest),
            remedy: largerExchanger(exchanger, load, inlet: hot - side.return)))
        if let limit = substation.primaryFlowLimit {
            let most = exchanger.heat(
                hotFlow: limit.value * heatCapacity, coldFlow: load.capacityFlow, hotInlet: hot, coldInlet: side.return)
            let needed = exchanger.hotFlow(holding: side.supply, coldFlow: load.capacityFlow, hotInlet: hot, coldInlet: side.return)
            margins.append(Margin(
                limit: .primaryFlow, excess: Self.excess(load.heat, over: most),
                remedy: needed.isFinite ? .moreFlow(MassFlow(needed / heatCapacity) - limit) : nil))
        }
        return margins
    }

    /// UA that would give the load at endless primary flow with the share kept in hand: N = −ln(1 − ε).
    private func largerExchanger(_ exchanger: HeatExchanger, _ load: Load, inlet: Double) -> Remedy? {
        let effectiveness = load.heat / (options.exchangerShare * load.capacityFlow * inlet)
        guard effectiveness > 0, effectiveness < 1 else { return nil }
        return .moreExchanger(ThermalConductance(-logarithm(1 - effectiveness) * load.capacityFlow - exchanger.conductance))
    }

    private func appendHead(_ margins: inout [Margin], _ circuit: Int, _ load: Load) throws(HydraulicFailure) {
        let design = distribution.circuits[circuit]
        var loops: LoopFlows?
        let flow = try design.flows(load.consumption, designState[circuit], &loops)
        guard let index = design.index(flow, designState[circuit]) else { return }
        let head = max(design.pumpHead(flow, designState[circuit]) ?? 0, 1000)
        margins.append(Margin(
            limit: .pumpHead, excess: -index.spare / head, remedy: .moreHead(PressureDifference(pascals: -index.spare))))
    }

    private static func excess(_ demand: Double, over limit: Double) -> Double {
        limit > 0 ? demand / limit - 1 : (demand > 0 ? 1 + demand : 0)
    }

    /// The element behind a limit of a circuit.
    func site(_ margin: Margin, _ circuit: Int) -> LimitSite {
        let (feed, limit) = (distribution.feeds[circuit], margin.limit)
        if let cut = margin.cut {
            return LimitSite(limit, at: .link(distribution.circuits[circuit].compiled.links[cuts[circuit].cuts[cut].link]))
        }
        switch limit {
        case .pumpHead:
            let design = distribution.circuits[circuit]
            guard let pump = design.mainPump else {
                return LimitSite(limit, at: feed.substation.map { .substation($0) } ?? feed.sources.first.map { .source($0) })
            }
            let link = design.compiled.links[design.compiled.pumps.lowerBound + pump]
            if case .pump(let index) = distribution.network.links[link].element { return LimitSite(limit, at: .pump(index)) }
            return LimitSite(limit, at: .link(link))
        case .sourceHeat, .sourceFlow: return LimitSite(limit, at: feed.sources.first.map { .source($0) })
        default: return LimitSite(limit, at: feed.substation.map { .substation($0) })
        }
    }
}
