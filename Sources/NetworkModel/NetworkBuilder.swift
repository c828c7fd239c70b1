import Quantities

/// Builds a ``Network`` element by element; readers, the generator and tests all use it.
///
/// The builder wires indices; ``Network/problems()`` judges the whole.
public struct NetworkBuilder: Sendable {
    private var network: Network

    /// Starts an empty network.
    public init(title: String = "", conditions: DesignConditions = DesignConditions()) {
        network = Network(title: title, conditions: conditions)
    }

    /// The network as built so far; not yet judged, see ``Network/problems()``.
    public func build() -> Network { network }

    /// What stands so far, for lookups while building.
    public var current: Network { _read { yield network } }

    /// Makes room for about this many elements.
    public mutating func reserve(nodes: Int, links: Int, dwellings: Int) {
        network.nodes.reserveCapacity(nodes)
        network.links.reserveCapacity(links)
        network.pipes.reserveCapacity(links / 2)
        network.valves.reserveCapacity(dwellings + dwellings / 8)
        network.terminals.reserveCapacity(dwellings)
        network.dwellings.reserveCapacity(dwellings)
        network.couplings.reserveCapacity(2 * dwellings)
    }

    /// Adds a node.
    @discardableResult
    public mutating func add(_ node: Node) -> NodeIndex {
        network.nodes.append(node)
        return NodeIndex(network.nodes.count - 1)
    }

    /// Changes a node that was added before.
    public mutating func update(_ node: NodeIndex, _ change: (inout Node) -> Void) { change(&network.nodes[node]) }

    private mutating func link(_ id: ElementID, _ from: NodeIndex, _ to: NodeIndex, _ element: LinkElement, _ isOpen: Bool) -> LinkIndex {
        network.links.append(Link(id: id, from: from, to: to, element: element, isOpen: isOpen))
        return LinkIndex(network.links.count - 1)
    }

    /// Adds a pipe.
    @discardableResult
    public mutating func add(_ pipe: Pipe, id: ElementID, from: NodeIndex, to: NodeIndex, isOpen: Bool = true) -> PipeIndex {
        let index = PipeIndex(network.pipes.count)
        network.pipes.append(pipe)
        network.pipes[index].link = link(id, from, to, .pipe(index), isOpen)
        return index
    }

    /// Adds a valve.
    @discardableResult
    public mutating func add(_ valve: Valve, id: ElementID, from: NodeIndex, to: NodeIndex, isOpen: Bool = true) -> ValveIndex {
        let index = ValveIndex(network.valves.count)
        network.valves.append(valve)
        network.valves[index].link = link(id, from, to, .valve(index), isOpen)
        return index
    }

    /// Adds a pump.
    @discardableResult
    public mutating func add(_ pump: Pump, id: ElementID, from: NodeIndex, to: NodeIndex, isOpen: Bool = true) -> PumpIndex {
        let index = PumpIndex(network.pumps.count)
        network.pumps.append(pump)
        network.pumps[index].link = link(id, from, to, .pump(index), isOpen)
        return index
    }

    /// Adds a heat source with its link from the return node to the supply node.
    @discardableResult
    public mutating func add(_ source: Source, from: NodeIndex, to: NodeIndex) -> SourceIndex {
        let index = SourceIndex(network.sources.count)
        network.sources.append(source)
        network.sources[index].link = link(source.id, from, to, .source(index), true)
        return index
    }

    /// Adds a substation with its two exchanger links `ID/primary` and `ID/secondary`.
    @discardableResult
    public mutating func add(
        _ substation: Substation, primary: (from: NodeIndex, to: NodeIndex), secondary: (from: NodeIndex, to: NodeIndex)
    ) -> SubstationIndex {
        let index = SubstationIndex(network.substations.count)
        network.substations.append(substation)
        network.substations[index].primaryLink = link(
            substation.id.part("primary"), primary.from, primary.to, .exchangerPrimary(index), true)
        network.substations[index].secondaryLink = link(
            substation.id.part("secondary"), secondary.from, secondary.to, .exchangerSecondary(index), true)
        return index
    }

    /// Adds a terminal, supply to return.
    @discardableResult
    public mutating func add(_ terminal: Terminal, id: ElementID, from: NodeIndex, to: NodeIndex, isOpen: Bool = true) -> TerminalIndex {
        let index = TerminalIndex(network.terminals.count)
        network.terminals.append(terminal)
        network.terminals[index].link = link(id, from, to, .terminal(index), isOpen)
        return index
    }

    /// Changes a substation that was added before (its valve and pump are known only afterwards).
    public mutating func update(_ substation: SubstationIndex, _ change: (inout Substation) -> Void) {
        change(&network.substations[substation])
    }

    /// Changes a source that was added before.
    public mutating func update(_ source: SourceIndex, _ change: (inout Source) -> Void) { change(&network.sources[source]) }

    /// Changes a valve that was added before.
    public mutating func update(_ valve: ValveIndex, _ change: (inout Valve) -> Void) { change(&network.valves[valve]) }

    /// Changes a pump that was added before.
    public mutating func update(_ pump: PumpIndex, _ change: (inout Pump) -> Void) { change(&network.pumps[pump]) }

    /// Changes a dwelling that was added before.
    public mutating func update(_ dwelling: DwellingIndex, _ change: (inout Dwelling) -> Void) { change(&network.dwellings[dwelling]) }

    /// Changes a building that was added before.
    public mutating func update(_ building: BuildingIndex, _ change: (inout Building) -> Void) { change(&network.buildings[building]) }

    /// Limits the directions in which a link passes water.
    public mutating func setDirections(_ link: LinkIndex, _ passes: FlowDirections) { network.links[link].passes = passes }

    /// Opens or closes a link.
    public mutating func setOpen(_ link: LinkIndex, _ isOpen: Bool) { network.links[link].isOpen = isOpen }

    /// Adds a zone.
    @discardableResult
    public mutating func add(_ zone: Zone) -> ZoneIndex {
        network.zones.append(zone)
        return ZoneIndex(network.zones.count - 1)
    }

    /// Adds a valve model.
    @discardableResult
    public mutating func add(_ model: ValveModel) -> ValveModelIndex {
        network.valveModels.append(model)
        return ValveModelIndex(network.valveModels.count - 1)
    }

    /// Adds a building; its `dwellings` and `couplings` ranges refer to what is added around it.
    @discardableResult
    public mutating func add(_ building: Building) -> BuildingIndex {
        network.buildings.append(building)
        return BuildingIndex(network.buildings.count - 1)
    }

    /// Adds a dwelling; those of one building are added one after another, floor by floor.
    @discardableResult
    public mutating func add(_ dwelling: Dwelling) -> DwellingIndex {
        network.dwellings.append(dwelling)
        return DwellingIndex(network.dwellings.count - 1)
    }

    /// Adds a shared wall or slab; those of one building are added one after another.
    public mutating func add(_ coupling: Coupling) { network.couplings.append(coupling) }

    /// Takes over all walls between dwellings of different buildings, each given once.
    ///
    /// Walls of one building and those of impossible dwellings are left out.
    public mutating func setPartyWalls(_ walls: [Coupling]) {
        var sides: [[PartyWall]] = Array(repeating: [], count: network.buildings.count)
        for wall in walls {
            let (a, b) = (wall.first, wall.second)
            guard network.dwellings.indices.contains(a.position), network.dwellings.indices.contains(b.position) else { continue }
            let (one, other) = (network.dwellings[a].building, network.dwellings[b].building)
            guard one != other else { continue }
            sides[one.position].append(PartyWall(dwelling: a, neighbour: b, conductance: wall.conductance))
            sides[other.position].append(PartyWall(dwelling: b, neighbour: a, conductance: wall.conductance))
        }
        network.partyWalls = []
        for building in network.buildings.indices {
            let start = network.partyWalls.count
            network.partyWalls += sides[building].sorted {
                ($0.dwelling.position, $0.neighbour.position) < ($1.dwelling.position, $1.neighbour.position)
            }
            network.buildings[building].partyWalls = start..<network.partyWalls.count
        }
    }

    /// Puts links into a given order, which must name every link once.
    mutating func reorderLinks(_ order: [LinkIndex]) {
        precondition(order.count == network.links.count, "every link is named once")
        network.links = order.map { network.links[$0] }
        for (position, link) in network.links.enumerated() {
            let index = LinkIndex(position)
            switch link.element {
            case .pipe(let pipe): network.pipes[pipe].link = index
            case .valve(let valve): network.valves[valve].link = index
            case .pump(let pump): network.pumps[pump].link = index
            case .source(let source): network.sources[source].link = index
            case .exchangerPrimary(let substation): network.substations[substation].primaryLink = index
            case .exchangerSecondary(let substation): network.substations[substation].secondaryLink = index
            case .terminal(let terminal): network.terminals[terminal].link = index
            }
        }
    }
}
