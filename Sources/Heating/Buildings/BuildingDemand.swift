import NetworkModel

/// The needs of one building, by position in the building.
struct BuildingDemand: Sendable {
    var required: [Double]
    var fullOccupancy: [Double]
    var flow: [Double]
    var greatest: [Double]
    var isSaturated: [Bool]
    var rooms: [Double]
    var neighbourLoss: [Double]
    var positionFactor: [Double]

    init(
        _ building: BuildingIndex, of network: Network, weather: Weather, targets: [Double], supply: [Double],
        saturationShare: Double, neighbours: [Double]?
    ) {
        let outdoor = weather.outdoor.celsius
        var lattice = BuildingLattice(building, of: network)
        lattice.setGround(weather.ground.celsius)
        if let neighbours { lattice.setNeighbours(neighbours) }
        let dwellings = network.dwellings[lattice.dwellings]
        rooms = targets
        required = Array(repeating: 0, count: lattice.count)
        fullOccupancy = lattice.fullOccupancyLoads(outdoor: outdoor, temperatures: targets)
        Self.solve(&lattice, states: dwellings.map { $0.use == .dwelling ? $0.state : .closed }, outdoor: outdoor, rooms: &rooms, heats: &required)
        neighbourLoss = lattice.neighbourLosses(rooms: rooms)
        positionFactor = Self.positionFactors(loads: fullOccupancy, areas: dwellings.map { $0.use == .dwelling ? $0.area.squareMetres : 0 })

        let capacity = network.conditions.fluid.heatCapacity.value
        flow = required
        greatest = required
        isSaturated = Array(repeating: false, count: lattice.count)
        for (i, dwelling) in dwellings.enumerated() {
            let law = EmitterLaw(dwelling.emitter)
            greatest[i] = law.greatestHeat(supply: supply[i], room: rooms[i])
            isSaturated[i] = required[i] > 0 && greatest[i] <= required[i]
            flow[i] = law.requiredCapacityFlow(required[i], share: saturationShare, supply: supply[i], room: rooms[i]) / capacity
        }
    }

    /// Required heats with heated dwellings at their targets, then with restricted ones at their share of that.
    ///
    /// A dwelling whose gains and neighbours warm it beyond its target needs nothing and floats. Releasing one only warms the
    /// others, so this ends after at most as many rounds as there are dwellings.
    static func solve(
        _ lattice: inout BuildingLattice, states: [DwellingState], outdoor: Double, rooms: inout [Double], heats: inout [Double]
    ) {
        var held = states.map(\.isHeated)
        func settle() {
            while true {
                lattice.hold(held)
                lattice.solve(outdoor: outdoor, rooms: &rooms, heats: &heats)
                var released = false
                for i in held.indices where held[i] && heats[i] < 0 {
                    held[i] = false
                    heats[i] = 0
                    released = true
                }
                if !released { return }
            }
        }
        settle()
        var isShared = false
        for i in held.indices {
            if case .restricted(let share) = states[i], held[i] {
                held[i] = false
                heats[i] *= min(1, max(0, share))
                isShared = true
            }
        }
        if isShared { settle() }
    }

    /// Load a square metre over the smallest positive one of the building.
    private static func positionFactors(loads: [Double], areas: [Double]) -> [Double] {
        let specific = zip(loads, areas).map { $1 > 0 ? $0 / $1 : 0 }
        let least = specific.filter { $0 > 0 }.min() ?? 0
        return specific.map { least > 0 ? $0 / least : 1 }
    }
}
