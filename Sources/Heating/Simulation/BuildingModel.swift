import NetworkModel

/// One building in a simulation: its lattice, the water its emitters get, its rooms.
struct BuildingModel: Sendable {
    let building: Int
    let dwellings: Range<Int>
    var lattice: BuildingLattice
    var feed: EmitterFeed
    var rooms: [Double]
    var heats: [Double]
    /// Sensitivity of each return to supply and room at the last response.
    var returnPerSupply: [Double]
    var tangent: [Double]
    private var before: [Double]

    init(_ network: Network, _ building: BuildingIndex) {
        self.building = building.position
        lattice = BuildingLattice(building, of: network)
        dwellings = lattice.dwellings
        let count = lattice.count
        feed = EmitterFeed(
            laws: network.dwellings[dwellings].map { EmitterLaw($0.emitter) },
            capacityFlow: Array(repeating: 0, count: count), supply: Array(repeating: .nan, count: count))
        rooms = dwellings.map {
            let target = network.target(of: DwellingIndex($0)).celsius
            return network.dwellings[$0].state.isHeated ? target : target - 5
        }
        heats = Array(repeating: 0, count: count)
        returnPerSupply = Array(repeating: 1, count: count)
        tangent = heats
        before = heats
    }

    /// Takes over what water reaches the emitters of a circuit.
    ///
    /// - Parameters:
    ///   - inletNode: by link, where its water comes from; −1 where none does.
    ///   - temperature: by node, °C.
    ///   - flow: by link, kg/s.
    mutating func takeFeed(
        _ emitters: ArraySlice<CircuitModel.EmitterLink>, inletNode: [Int32], temperature: [Double], flow: [Double], heatCapacity: Double
    ) {
        for emitter in emitters {
            let node = Int(inletNode[emitter.link])
            let inlet = node >= 0 ? temperature[node] : .nan
            feed.capacityFlow[emitter.place] = inlet.isFinite ? flow[emitter.link] * heatCapacity : 0
            feed.supply[emitter.place] = inlet
        }
    }

    /// Outlet laws of emitters, linear about the present state.
    func giveReturns(_ emitters: ArraySlice<CircuitModel.EmitterLink>, factor: inout [Double], offset: inout [Double]) {
        for emitter in emitters {
            let slope = returnPerSupply[emitter.place]
            let flow = feed.capacityFlow[emitter.place]
            factor[emitter.link] = slope
            // Return temperature at a supply of 0 °C by the tangent; 0 where no water comes.
            offset[emitter.link] = flow > 0 ? feed.supply[emitter.place] * (1 - slope) - heats[emitter.place] / flow : 0
        }
    }

    /// Lets rooms follow the feed by one Newton step; returns the largest change of a room, K.
    ///
    /// The next round brings new water anyway, and by the last one a step is exact.
    mutating func respond(outdoor: Double) -> Double {
        for i in rooms.indices { before[i] = rooms[i] }
        lattice.respond(to: feed, outdoor: outdoor, rooms: &rooms, heats: &heats, iterations: 1)
        var worst = 0.0
        for i in rooms.indices {
            let change = (rooms[i] - before[i]).magnitude
            worst = change.isNaN ? .infinity : max(worst, change)
            let flow = feed.capacityFlow[i]
            returnPerSupply[i] = flow > 0 ? 1 - lattice.feedback[i] / flow : 1
        }
        return worst
    }

    /// Replaces changes of supplies by the changes of rooms that they cause.
    mutating func propagateTangent() {
        var changes: [Double] = []
        swap(&changes, &tangent)
        lattice.propagate(&changes)
        tangent = changes
    }
}
