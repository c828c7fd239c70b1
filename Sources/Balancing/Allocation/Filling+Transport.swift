import Heating
import Hydraulics
import NetworkModel
import Quantities

extension Filling {
    /// Flows and temperatures of one circuit for its load.
    struct CircuitDesign: Sendable {
        /// By local link, kg/s.
        var flow: [Double]
        /// Water temperatures.
        var temperatures: CircuitTemperatures
        /// What finds the flows where there are loops.
        var loops: LoopFlows?
    }

    /// Sends the loads' water through all circuits and takes over the temperatures it finds.
    ///
    /// Circuits that feed substations are settled by themselves first: what a substation draws depends on the temperature it
    /// gets, and in loops that hardly flow both turn with every round.
    /// - Returns: the greatest change of a dwelling's or substation's supply temperature, K.
    mutating func transport(_ loads: inout [Load], _ designs: inout [CircuitDesign]) throws(HydraulicFailure) -> Double {
        respondRisers(loads)
        try update(&designs, for: loads)
        let before = primarySupply
        for circuit in designs.indices where !distribution.feeds[circuit].children.isEmpty {
            try settle(circuit, &loads, &designs[circuit])
        }
        var change = 0.0
        for circuit in designs.indices { change = max(change, take(designs[circuit], circuit)) }
        for position in before.indices { change = max(change, abs(primarySupply[position] - before[position])) }
        if change > 0.7 * lastChange { relaxation = max(0.2, 0.7 * relaxation) }
        lastChange = change
        return change
    }

    /// Tells buildings that stand wall to wall the rooms that each other's dwellings have got; the greatest change, K.
    mutating func meetNeighbours() -> Double {
        let network = distribution.network
        guard !network.partyWalls.isEmpty else { return 0 }
        var found = [Double](repeating: .nan, count: network.dwellings.count)
        for (circuit, feed) in distribution.feeds.enumerated() {
            for (slot, building) in feed.buildings.enumerated() where !network.buildings[building].partyWalls.isEmpty {
                found.replaceSubrange(network.buildings[building].dwellings, with: risen[building]?.room ?? rooms[circuit][slot].room)
            }
        }
        let change = model.setPartyRooms(found, of: network)
        guard change > 0 else { return 0 }
        // Rooms that follow their level along a straight line do not see what is new behind their walls.
        for (circuit, feed) in distribution.feeds.enumerated() {
            for (slot, building) in feed.buildings.enumerated() where !network.buildings[building].partyWalls.isEmpty {
                rooms[circuit][slot].isLinear = false
            }
        }
        return change
    }

    /// Brings flows and temperatures of a circuit with substations to agreement for the loads behind them.
    private mutating func settle(_ circuit: Int, _ loads: inout [Load], _ design: inout CircuitDesign) throws(HydraulicFailure) {
        let feed = distribution.feeds[circuit]
        var (part, last) = (1.0, Double.infinity)
        for _ in 0..<40 {
            var change = 0.0
            for child in feed.children {
                guard let substation = distribution.feeds[child].substation,
                    let position = distribution.primaryConsumer[substation.position]
                else { continue }
                let inlet = design.temperatures.inlet(distribution.circuits[circuit].consumers[position].link)
                if inlet.isFinite {
                    change = max(change, abs(inlet - primarySupply[substation.position]))
                    primarySupply[substation.position] += part * (inlet - primarySupply[substation.position])
                }
                let flow = primaryCapacityFlow(substation, loads[child]) / heatCapacity
                loads[circuit].capacityFlow += (flow - loads[circuit].consumption[position]) * heatCapacity
                loads[circuit].consumption[position] = flow
            }
            if !options.isothermal {
                design.temperatures.mean(into: &designState[circuit].linkTemperature, part: part)
            }
            if change < 0.2 * options.transportTolerance { return }
            if change > 0.7 * last { part = max(0.2, 0.7 * part) }
            last = change
            design = try self.design(circuit, loads, design)
        }
    }

    /// Finds flows and temperatures of all circuits for loads, without taking the temperatures over.
    func update(_ designs: inout [CircuitDesign], for loads: [Load]) throws(HydraulicFailure) {
        let before = designs
        let results = Workers.map(caps.count, threads: options.workers) { circuit in
            Result { () throws(HydraulicFailure) in try design(circuit, loads, before[circuit]) }
        }
        for (circuit, result) in results.enumerated() { designs[circuit] = try result.get() }
    }

    private func design(_ circuit: Int, _ loads: [Load], _ before: CircuitDesign) throws(HydraulicFailure) -> CircuitDesign {
        let part = distribution.circuits[circuit]
        let feed = distribution.feeds[circuit]
        var heat = given[circuit].heats
        for (position, place) in feed.rooms.enumerated() {
            if let place { heat[position] = rooms[circuit][Int(place.building)].heat[Int(place.local)] }
        }
        for child in feed.children {
            guard let substation = distribution.feeds[child].substation,
                let position = distribution.primaryConsumer[substation.position]
            else { continue }
            heat[position] = loads[child].heat
        }
        var design = before
        design.flow = try part.flows(loads[circuit].consumption, designState[circuit], &design.loops)
        design.temperatures.update(
            flow: design.flow, heat: heat, riserHeat: part.risers.isEmpty ? [] : riserHeats(), heatCapacity: heatCapacity, seed: designState[circuit].linkTemperature.first ?? 0)
        return design
    }

    /// Takes over temperatures of a circuit; the greatest change at a dwelling or substation, K.
    private mutating func take(_ design: CircuitDesign, _ circuit: Int) -> Double {
        let part = distribution.circuits[circuit]
        var change = 0.0
        loss[circuit] += relaxation * (design.temperatures.loss - loss[circuit])
        if !options.isothermal {
            design.temperatures.mean(into: &designState[circuit].linkTemperature, part: relaxation)
        }
        for (position, consumer) in part.consumers.enumerated() {
            // A consumer at rest keeps what it would get if it asked.
            let inlet = design.temperatures.inlet(consumer.link)
            guard inlet.isFinite else { continue }
            switch consumer.kind {
            case .dwelling(let dwelling):
                change = max(change, abs(inlet - shares.demand.supply[dwelling.position]))
                shares.demand.supply[dwelling.position] += relaxation * (inlet - shares.demand.supply[dwelling.position])
            case .substation(let substation):
                change = max(change, abs(inlet - primarySupply[substation.position]))
                primarySupply[substation.position] += relaxation * (inlet - primarySupply[substation.position])
            case .load(let terminal): updateGiven(circuit, position, terminal, inlet: inlet)
            case .source(let source): updateGiven(circuit, position, source, inlet: inlet)
            case .riser(let riser): change = max(change, take(riser, design, circuit))
            }
        }
        takeSourceShares(design, circuit)
        return change
    }

    private mutating func takeSourceShares(_ design: CircuitDesign, _ circuit: Int) {
        let part = distribution.circuits[circuit]
        var flows: [(source: Int, heat: Double, flow: Double)] = []
        for source in distribution.feeds[circuit].sources {
            guard let link = part.compiled.local(distribution.network.sources[source].link) else { continue }
            let flow = max(design.flow[link], 0)
            let inlet = design.temperatures.inlet(link)
            let heat = inlet.isFinite ? max(0, flow * heatCapacity * (setPoints.sourceSupply[source.position] - inlet)) : 0
            flows.append((source.position, heat, flow))
        }
        let (heat, flow) = (flows.reduce(0) { $0 + $1.heat }, flows.reduce(0) { $0 + $1.flow })
        guard heat > 0, flow > 0 else { return }
        for entry in flows {
            sourceShare[entry.source] = SourceShareOfCircuit(heat: entry.heat / heat, flow: entry.flow / flow)
        }
    }

    /// Flow of a load given as heat follows the temperature it gets.
    private mutating func updateGiven(_ circuit: Int, _ position: Int, _ terminal: TerminalIndex, inlet: Double) {
        guard case .heat(let heat, let outlet) = distribution.network.terminals[terminal].load else { return }
        setGiven(circuit, position, flow: heat.watts / (heatCapacity * max(inlet - outlet.celsius, 1)), heat: heat.watts)
    }

    /// So does that of a source of given heat.
    private mutating func updateGiven(_ circuit: Int, _ position: Int, _ index: SourceIndex, inlet: Double) {
        let source = distribution.network.sources[index]
        let heat = max(0, min(source.givenHeat?.watts ?? 0, source.heatLimit?.watts ?? .infinity))
        given[circuit].consumption[position] = heat / (heatCapacity * max(setPoints.sourceSupply[index.position] - inlet, 1))
    }

    private mutating func setGiven(_ circuit: Int, _ position: Int, flow: Double, heat: Double) {
        given[circuit].flow += flow - given[circuit].consumption[position]
        given[circuit].heat += heat - given[circuit].heats[position]
        given[circuit].consumption[position] = flow
        given[circuit].heats[position] = heat
    }
}

extension Filling {
    /// The start of an allocation: expected temperatures, no losses, nothing asked of the pumps yet.
    init(
        _ distribution: Distribution, _ model: RoomModel, _ shares: PolicyShares, _ setPoints: SetPoints,
        _ options: AllocationOptions
    ) {
        let network = distribution.network
        let circuits = distribution.circuits.indices
        self.distribution = distribution
        self.model = model
        self.options = options
        self.setPoints = setPoints
        self.shares = shares
        heatCapacity = network.conditions.fluid.heatCapacity.value
        loss = circuits.map { _ in 0 }
        sourceShare = network.sources.map { _ in nil }
        slack = circuits.map { _ in nil }
        isRaised = circuits.map { _ in false }
        rooms = circuits.map { _ in [] }
        caps = circuits.map { _ in LevelCap(level: 0, site: nil, remedy: nil) }
        lastCaps = caps
        reach = ExchangeReach(dwellings: network.dwellings.count, circuits: distribution.circuits.count)
        primarySupply = network.substations.map { _ in 0 }
        given = circuits.map { circuit in
            let none = [Double](repeating: 0, count: distribution.circuits[circuit].consumers.count)
            return GivenLoads(consumption: none, heats: none)
        }
        let supply = circuits.map { Self.supply(of: $0, distribution, setPoints) }
        let isLimited = network.pipes.contains { !$0.limits.isNone }
        cuts = Workers.map(circuits.count, threads: options.workers) { isLimited ? PipeCuts(distribution.circuits[$0], network) : PipeCuts() }
        riserSupply = circuits.map { circuit in
            distribution.circuits[circuit].risers.map { riser in
                riser.stages.first?.first.map { shares.demand.supply[$0.dwelling] } ?? .nan
            }
        }
        designState = circuits.map { circuit in
            let substation = distribution.feeds[circuit].substation
            let cold = substation.map { setPoints.secondaryReturn[$0.position] } ?? supply[circuit] - 40
            return distribution.designState(of: circuit, supply: supply[circuit], return: cold, isothermal: options.isothermal)
        }
        for circuit in circuits { prepareConsumers(circuit, supply: supply[circuit]) }
    }

    /// Set point of what feeds a circuit, °C.
    static func supply(of circuit: Int, _ distribution: Distribution, _ setPoints: SetPoints) -> Double {
        let feed = distribution.feeds[circuit]
        if let substation = feed.substation { return setPoints.secondarySupply[substation.position] }
        return feed.sources.map { setPoints.sourceSupply[$0.position] }.max() ?? 60
    }

    private mutating func prepareConsumers(_ circuit: Int, supply: Double) {
        let part = distribution.circuits[circuit]
        for (position, consumer) in part.consumers.enumerated() {
            switch consumer.kind {
            case .dwelling(let dwelling):
                if !consumer.isReachable { shares.demand.supply[dwelling.position] = .nan }
            case .substation(let substation): primarySupply[substation.position] = supply
            case .riser(let riser):
                guard !consumer.isReachable else { continue }
                for emitter in part.risers[riser].stages.joined() { shares.demand.supply[emitter.dwelling] = .nan }
            case .source(let source): updateGiven(circuit, position, source, inlet: supply - 40)
            case .load(let terminal):
                guard consumer.isReachable else { continue }
                switch distribution.network.terminals[terminal].load {
                case .heat: updateGiven(circuit, position, terminal, inlet: supply)
                case .flow(let flow, let drop):
                    setGiven(circuit, position, flow: flow.value, heat: flow.value * heatCapacity * drop.value)
                case .flowAndHeat(let flow, let heat): setGiven(circuit, position, flow: flow.value, heat: heat.watts)
                case .emitter, .none: break
                }
            }
        }
    }
}
