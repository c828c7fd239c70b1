import NetworkModel

/// Which circuits and buildings are settled together, and in which order.
struct CellPlan {
    struct Planned {
        var circuits: [Int] = []
        var buildings: [BuildingIndex] = []
    }

    /// Cells by level; a cell's exchangers heat cells of lower levels, as far as circuits do not heat each other in a ring.
    var levels: [[Planned]] = []
    let circuitOfLink: [Int]

    init(_ network: Network, _ circuits: [Circuit]) {
        var circuitOfLink = [Int](repeating: 0, count: network.links.count)
        for (number, circuit) in circuits.enumerated() {
            for link in circuit.links { circuitOfLink[link.position] = number }
        }
        self.circuitOfLink = circuitOfLink
        let groups = Self.groups(network, circuits.count, circuitOfLink)
        let depth = Self.depths(network, groups, circuitOfLink)
        var cells = [Planned](repeating: Planned(), count: groups.count)
        for circuit in circuits.indices { cells[groups.ofCircuit[circuit]].circuits.append(circuit) }
        for building in network.buildings.indices {
            guard let group = groups.ofBuilding[building] else { continue }
            cells[group].buildings.append(BuildingIndex(building))
        }
        // Buildings without any water float by themselves.
        let dry = network.buildings.indices.filter { groups.ofBuilding[$0] == nil }.map { BuildingIndex($0) }
        levels = Array(repeating: [], count: max(1, (depth.max() ?? 0) + 1))
        for (cell, depth) in zip(cells, depth) { levels[depth].append(cell) }
        if !dry.isEmpty { levels[0].append(Planned(circuits: [], buildings: dry)) }
    }

    private struct Groups {
        var ofCircuit: [Int]
        var ofBuilding: [Int?]
        var count: Int
    }

    /// Circuits that feed one building together belong together.
    private static func groups(_ network: Network, _ count: Int, _ circuitOfLink: [Int]) -> Groups {
        var parent = Array(0..<count)
        func root(_ circuit: Int) -> Int {
            var walk = circuit
            while parent[walk] != walk { walk = parent[walk] }
            return walk
        }
        var circuitOfBuilding = [Int?](repeating: nil, count: network.buildings.count)
        for (position, building) in network.buildings.enumerated() {
            for dwelling in network.dwellings[building.dwellings] {
                guard let terminal = dwelling.terminal else { continue }
                let circuit = root(circuitOfLink[network.terminals[terminal].link.position])
                if let other = circuitOfBuilding[position].map(root), other != circuit {
                    parent[max(circuit, other)] = min(circuit, other)
                }
                circuitOfBuilding[position] = root(circuit)
            }
        }
        var number = [Int](repeating: -1, count: count)
        var next = 0
        for circuit in 0..<count where root(circuit) == circuit {
            number[circuit] = next
            next += 1
        }
        return Groups(
            ofCircuit: (0..<count).map { number[root($0)] }, ofBuilding: circuitOfBuilding.map { $0.map { number[root($0)] } },
            count: next)
    }

    /// Longest way down to a group that heats no other; groups in a ring of exchangers stop at the number of groups.
    private static func depths(_ network: Network, _ groups: Groups, _ circuitOfLink: [Int]) -> [Int] {
        var depth = [Int](repeating: 0, count: groups.count)
        let pairs = network.substations.map {
            (primary: groups.ofCircuit[circuitOfLink[$0.primaryLink.position]],
             secondary: groups.ofCircuit[circuitOfLink[$0.secondaryLink.position]])
        }
        for _ in 0..<min(groups.count, 16) {
            var isSettled = true
            for pair in pairs where pair.primary != pair.secondary && depth[pair.primary] <= depth[pair.secondary] {
                depth[pair.primary] = depth[pair.secondary] + 1
                isSettled = false
            }
            if isSettled { break }
        }
        return depth
    }
}

/// First guesses of temperatures by circuit.
struct GuessRule {
    private let network: Network
    private let setPoints: SetPoints
    private let primary: TemperatureGuess

    init(_ network: Network, _ setPoints: SetPoints, _ weather: Weather) {
        self.network = network
        self.setPoints = setPoints
        guard let supply = setPoints.sourceSupply.max() else {
            primary = TemperatureGuess(supply: weather.ground.celsius, return: weather.ground.celsius)
            return
        }
        let returns = setPoints.secondaryReturn
        // A primary return stands some kelvin above the secondary ones; anything near will do for a first density.
        let expected = returns.isEmpty ? supply - 20 : returns.reduce(0, +) / Double(returns.count) + 5
        primary = TemperatureGuess(supply: supply, return: min(expected, supply))
    }

    func guess(for circuit: Circuit) -> TemperatureGuess {
        guard let substation = circuit.substation?.position else { return primary }
        return TemperatureGuess(supply: setPoints.secondarySupply[substation], return: setPoints.secondaryReturn[substation])
    }
}
