import Heating
import Hydraulics
import NetworkModel
import Quantities

/// Who is fed by what: circuits, the substations that join them, and the buildings behind each.
///
/// The topology of a network for allocation and settings, made once and shared by both.
struct Distribution: Sendable {
    /// The network with today's settings.
    let network: Network
    /// The circuits in the order of ``Network/circuits()``.
    let circuits: [DesignCircuit]
    /// How each circuit is fed and whom it feeds.
    let feeds: [Feed]
    /// Circuits by their distance from the sources, farthest first; the roots come last.
    let depths: [[Int]]
    /// Circuit and consumer of each dwelling; nil where it has no terminal.
    let consumer: [ConsumerPlace?]
    /// Circuit that each substation heats; nil where its secondary side leads nowhere.
    let secondaryCircuit: [Int?]
    /// Circuit on the primary side of each substation, and its place among that circuit's consumers.
    let primaryCircuit: [Int?]
    let primaryConsumer: [Int?]

    /// A consumer's place.
    struct ConsumerPlace: Sendable {
        var circuit: Int32
        var consumer: Int32
    }

    /// A dwelling's place among the buildings of a circuit.
    struct RoomPlace: Sendable {
        /// Position in ``Feed/buildings``.
        var building: Int32
        /// Position in the building.
        var local: Int32
        /// Position in the network.
        var dwelling: Int32
    }

    /// How a circuit is fed and whom it feeds.
    struct Feed: Sendable {
        /// The substation that heats the circuit; nil for one with sources of its own.
        var substation: SubstationIndex?
        /// The circuit on the substation's primary side.
        var parent: Int?
        /// Circuits that this one heats through substations.
        var children: [Int] = []
        /// Sources in the circuit.
        var sources: [SourceIndex] = []
        /// Buildings whose dwellings the circuit feeds.
        var buildings: [Int] = []
        /// Where the rooms of each consumer stand; nil for one that is no dwelling.
        var rooms: [RoomPlace?] = []
        /// Where the rooms of each one-pipe riser's emitters stand, by riser of the circuit, by stage.
        var riserRooms: [[[RoomPlace?]]] = []
    }

    /// Analyses a network. - Complexity: O(nodes + links), circuits in parallel.
    init(of network: Network, threads: Int?) {
        let parts = network.circuits()
        let risers = network.onePipeRisers()
        let circuits = Workers.map(parts.count, threads: threads) { DesignCircuit(parts[$0], index: $0, of: network, risers: risers) }
        self.init(of: network, circuits, substations: parts.map(\.substation))
    }

    /// The same network with other states of dwellings, settings or temperatures: what is compiled is used again.
    ///
    /// - Precondition: topology, pipes and pump curves are those of `other`.
    init(of network: Network, reusing other: Distribution, threads: Int?) {
        let risers = network.onePipeRisers()
        let circuits = Workers.map(other.circuits.count, threads: threads) {
            DesignCircuit(other.circuits[$0].compiled, index: $0, of: network, risers: risers)
        }
        self.init(of: network, circuits, substations: other.feeds.map(\.substation))
    }

    private init(of network: Network, _ circuits: [DesignCircuit], substations: [SubstationIndex?]) {
        self.network = network
        var feeds = [Feed](repeating: Feed(), count: circuits.count)
        var consumer = [ConsumerPlace?](repeating: nil, count: network.dwellings.count)
        var primaryCircuit = [Int?](repeating: nil, count: network.substations.count)
        var primaryConsumer = primaryCircuit
        for (index, circuit) in circuits.enumerated() {
            feeds[index].substation = substations[index]
            for (position, entry) in circuit.consumers.enumerated() {
                switch entry.kind {
                case .dwelling(let dwelling):
                    consumer[dwelling.position] = ConsumerPlace(circuit: Int32(index), consumer: Int32(position))
                case .substation(let substation):
                    primaryCircuit[substation.position] = index
                    primaryConsumer[substation.position] = position
                case .riser(let riser):
                    for emitter in circuit.risers[riser].stages.joined() {
                        consumer[emitter.dwelling] = ConsumerPlace(circuit: Int32(index), consumer: Int32(position))
                    }
                case .load, .source: break
                }
            }
        }
        for index in feeds.indices {
            guard let substation = feeds[index].substation, let parent = primaryCircuit[substation.position], parent != index
            else { continue }
            feeds[index].parent = parent
        }
        Self.cutCycles(&feeds)
        for index in feeds.indices { if let parent = feeds[index].parent { feeds[parent].children.append(index) } }
        for (position, source) in network.sources.enumerated() {
            guard let circuit = circuits.firstIndex(where: { $0.compiled.local(source.link) != nil }) else { continue }
            feeds[circuit].sources.append(SourceIndex(position))
        }
        for (position, building) in network.buildings.enumerated() {
            let place = building.dwellings.lazy.compactMap { consumer[$0] }.first
            if let place { feeds[Int(place.circuit)].buildings.append(position) }
        }
        Self.placeRooms(&feeds, circuits, network)
        self.circuits = circuits
        self.feeds = feeds
        self.consumer = consumer
        var secondary = [Int?](repeating: nil, count: network.substations.count)
        for (index, feed) in feeds.enumerated() { if let substation = feed.substation { secondary[substation.position] = index } }
        secondaryCircuit = secondary
        self.primaryCircuit = primaryCircuit
        self.primaryConsumer = primaryConsumer
        depths = Self.farthestFirst(feeds)
    }

    /// Finds the rooms behind each consumer. A building whose dwellings hang on two circuits belongs to the circuit of its
    /// first dwelling; the others of its dwellings have no place here and get what their need says.
    private static func placeRooms(_ feeds: inout [Feed], _ circuits: [DesignCircuit], _ network: Network) {
        var slot = [Int32](repeating: -1, count: network.buildings.count)
        var owner = slot
        for index in feeds.indices {
            for (position, building) in feeds[index].buildings.enumerated() {
                slot[building] = Int32(position)
                owner[building] = Int32(index)
            }
        }
        func place(_ dwelling: DwellingIndex, in circuit: Int) -> RoomPlace? {
            let building = network.dwellings[dwelling].building.position
            guard network.buildings.indices.contains(building), owner[building] == Int32(circuit) else { return nil }
            let local = dwelling.position - network.buildings[building].dwellings.lowerBound
            return RoomPlace(building: slot[building], local: Int32(local), dwelling: dwelling.raw)
        }
        for index in feeds.indices {
            feeds[index].rooms = circuits[index].consumers.map { consumer in
                guard case .dwelling(let dwelling) = consumer.kind else { return nil }
                return place(dwelling, in: index)
            }
            feeds[index].riserRooms = circuits[index].risers.map { riser in
                riser.stages.map { $0.map { place(DwellingIndex($0.dwelling), in: index) } }
            }
        }
    }

    /// Makes a circuit that would feed itself by a ring of substations a root.
    private static func cutCycles(_ feeds: inout [Feed]) {
        for index in feeds.indices {
            var walk = feeds[index].parent
            var steps = 0
            while let next = walk, steps <= feeds.count {
                if next == index {
                    feeds[index].parent = nil
                    break
                }
                walk = feeds[next].parent
                steps += 1
            }
        }
    }

    private static func farthestFirst(_ feeds: [Feed]) -> [[Int]] {
        var depths: [[Int]] = []
        var layer = feeds.indices.filter { feeds[$0].parent == nil }
        while !layer.isEmpty {
            depths.append(layer)
            layer = layer.flatMap { feeds[$0].children }
        }
        return depths.reversed()
    }

    /// A circuit and all that it feeds through substations, itself first.
    func subtree(of circuit: Int) -> [Int] {
        var all = [circuit]
        var position = 0
        while position < all.count {
            all += feeds[all[position]].children
            position += 1
        }
        return all
    }

    /// The state of a circuit for design: settable valves fully open, its pumps at full speed.
    func designState(of circuit: Int, supply: Double, return cold: Double, isothermal: Bool) -> CircuitState {
        let design = circuits[circuit]
        let mean = 0.5 * (supply + cold)
        var state = CircuitState(design.compiled, of: network, temperature: Temperature(celsius: mean))
        for (local, valve) in design.setValve.enumerated() {
            guard let valve else { continue }
            state.kv[local] = network.fullyOpenKv(of: valve)
            // Controllers are given their set points later.
            if network.valves[valve].isController { (state.flowLimit[local], state.setPoint[local]) = (.infinity, .infinity) }
        }
        for pump in [design.mainPump].compactMap({ $0 }) + design.pumps.mates + design.pumps.series + design.pumps.boosters {
            state.pumpSpeed[pump] = max(1, state.pumpSpeed[pump])
        }
        guard !isothermal else { return state }
        func temperature(of node: Int32) -> Double {
            switch network.nodes[design.compiled.nodes[Int(node)]].line {
            case .supply: supply
            case .return: cold
            case .single: mean
            }
        }
        for link in design.compiled.links.indices {
            state.linkTemperature[link] = 0.5 * (temperature(of: design.compiled.from[link]) + temperature(of: design.compiled.to[link]))
        }
        return state
    }
}
