import NetworkFiles
import NetworkModel

/// Finds elements of a network by the ids that people write in studies.
struct PartFinder {
    private let network: Network
    private let zones: [ElementID: Int]
    private let buildings: [ElementID: Int]
    private let dwellings: [ElementID: Int]
    private let links: [ElementID: Int]

    init(_ network: Network) {
        self.network = network
        zones = Self.positions(network.zones.map(\.id))
        buildings = Self.positions(network.buildings.map(\.id))
        dwellings = Self.positions(network.dwellings.map(\.id))
        links = Self.positions(network.links.map(\.id))
    }

    private static func positions(_ ids: [ElementID]) -> [ElementID: Int] {
        Dictionary(zip(ids, 0...), uniquingKeysWith: { first, _ in first })
    }

    func zone(_ id: String) -> ZoneIndex? { zones[ElementID(id)].map { ZoneIndex($0) } }

    /// A zone or a building; in that order where both have the id.
    func area(_ id: String) -> NetworkPart? {
        if let zone = zone(id) { return .zone(zone) }
        return buildings[ElementID(id)].map { .building(BuildingIndex($0)) }
    }

    func dwelling(_ id: String) -> DwellingIndex? { dwellings[ElementID(id)].map { DwellingIndex($0) } }

    func source(_ id: String) -> SourceIndex? {
        network.sources.firstIndex { $0.id == ElementID(id) }.map { SourceIndex($0) }
    }

    func substation(_ id: String) -> SubstationIndex? {
        network.substations.firstIndex { $0.id == ElementID(id) }.map { SubstationIndex($0) }
    }

    /// A pump by its own id, or that of its source or substation.
    func pump(_ id: String) -> PumpIndex? {
        if let link = links[ElementID(id)], case .pump(let pump) = network.links[link].element { return pump }
        if let source = source(id), let pump = network.sources[source].pump { return pump }
        return substation(id).flatMap { network.substations[$0].secondaryPump }
    }

    func valve(_ id: String) -> ValveIndex? {
        guard let link = links[ElementID(id)], case .valve(let valve) = network.links[link].element else { return nil }
        return valve
    }

    /// A pipe, or supply and return of a trench.
    func pipes(_ id: String) -> [PipeIndex] {
        let id = ElementID(id)
        return [id, id.part("supply"), id.part("return")].compactMap { name in
            guard let link = links[name], case .pipe(let pipe) = network.links[link].element else { return nil }
            return pipe
        }
    }

    /// Dwellings of a part, as ranges.
    func ranges(of part: NetworkPart?) -> [Range<Int>] {
        switch part {
        case nil: [0..<network.dwellings.count]
        case .zone(let zone): network.buildings.filter { $0.zone == zone }.map(\.dwellings)
        case .building(let building): [network.buildings[building].dwellings]
        case .dwelling(let dwelling): [dwelling.position..<dwelling.position + 1]
        default: []
        }
    }

    /// Buildings of a part.
    func buildings(of part: NetworkPart?) -> [BuildingIndex] {
        switch part {
        case nil: network.buildings.indices.map { BuildingIndex($0) }
        case .zone(let zone): network.buildings.indices.filter { network.buildings[$0].zone == zone }.map { BuildingIndex($0) }
        case .building(let building): [building]
        default: []
        }
    }

    /// ` (NAME?)` for a misspelled id of a kind, nothing where none is near.
    func hint(_ id: String, _ kinds: [Kind]) -> String {
        let names = kinds.lazy.flatMap { kind -> [String] in
            switch kind {
            case .zone: network.zones.map(\.id.text)
            case .building: network.buildings.map(\.id.text)
            case .dwelling: network.dwellings.map(\.id.text)
            case .source: network.sources.map(\.id.text)
            case .substation: network.substations.map(\.id.text)
            case .pump: network.pumps.map { network.links[$0.link].id.text }
            case .valve: network.valves.map { network.links[$0.link].id.text }
            case .pipe: network.pipes.map { network.links[$0.link].id.text.dropping("/supply").dropping("/return") }
            case .node: network.nodes.map { $0.id.text.dropping("/supply").dropping("/return") }
            }
        }
        return NearestName.nearest(to: id, in: names).map { " (\($0)?)" } ?? ""
    }

    /// Kinds of elements, by the words of messages.
    enum Kind: String { case zone, building, dwelling, source, substation, pump, valve, pipe, node }
}

extension String {
    /// The text without an ending that it may have.
    func dropping(_ ending: String) -> String { hasSuffix(ending) ? String(dropLast(ending.count)) : self }
}
