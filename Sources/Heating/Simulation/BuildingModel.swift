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
    }

    /// Takes over which dwellings of the network are heated.
    mutating func setHeated(_ states: [DwellingState]) { lattice.setHeated(states[dwellings].map(\.isHeated)) }

    /// Takes over what water reaches the emitters of a circuit.
    ///
    /// - Parameters:
    ///   - inletNode: by link, where its water comes from; −1 where none does.
    ///   - temperature: by node, °C.
    ///   - flow: by link, kg/s.
    mutating func takeFeed(
        _ emitters: ArraySlice<CircuitModel.EmitterLink>, inletNode: [Int32], temperature: [Double], flow: [Double], heatCapacity: Double
    ) {
        Arrival(emitters: emitters, inletNode: inletNode, temperature: temperature, flow: flow, heatCapacity: heatCapacity)
            .give(&feed.capacityFlow, &feed.supply)
    }

    /// Lets rooms follow the feed by one Newton step; returns the largest change of a room, K.
    ///
    /// The next round brings new water anyway, and by the last one a step is exact.
    mutating func respond(outdoor: Double) -> Double {
        if let change = lattice.follow(feed, outdoor: outdoor, rooms: &rooms, heats: &heats) { return change.isNaN ? .infinity : change }
        let change = lattice.respond(to: feed, outdoor: outdoor, rooms: &rooms, heats: &heats, iterations: 1).change
        returnPerSupply.follow(lattice.feedback, feed.capacityFlow)
        return change.isNaN ? .infinity : change
    }

    /// Replaces changes of supplies by the changes of rooms that they cause.
    mutating func propagateTangent() {
        var changes: [Double] = []
        swap(&changes, &tangent)
        lattice.propagate(&changes)
        tangent = changes
    }
}

/// What the water that leaves the emitters of a building follows from, by place in the building.
struct EmitterReturns {
    /// d return / d supply.
    let slope: [Double]
    /// ṁ cp, W/K.
    let flow: [Double]
    /// °C.
    let supply: [Double]
    /// W.
    let heat: [Double]

    /// Sets the outlet laws of emitters, linear about the present state.
    func give(_ emitters: ArraySlice<CircuitModel.EmitterLink>, factor: inout [Double], offset: inout [Double]) {
        let (slopes, flows, supply, heat, emitters) = (slope.span, flow.span, supply.span, heat.span, emitters.span)
        var factor = factor.mutableSpan
        var offset = offset.mutableSpan
        for position in 0..<emitters.count {
            let (link, place) = (emitters[position].link, emitters[position].place)
            let (slope, flow) = (slopes[place], flows[place])
            factor[link] = slope
            // Return temperature at a supply of 0 °C by the tangent; 0 where no water comes.
            offset[link] = flow > 0 ? supply[place] * (1 - slope) - heat[place] / flow : 0
        }
    }
}

/// The water of a circuit where it reaches emitters.
private struct Arrival {
    let emitters: ArraySlice<CircuitModel.EmitterLink>
    let inletNode: [Int32]
    let temperature: [Double]
    let flow: [Double]
    let heatCapacity: Double

    /// Sets capacity flows, W/K, and supplies, °C, by place in the building.
    func give(_ capacityFlow: inout [Double], _ supply: inout [Double]) {
        let (emitters, inletNode, temperature, flow) = (emitters.span, inletNode.span, temperature.span, flow.span)
        var capacityFlow = capacityFlow.mutableSpan
        var supply = supply.mutableSpan
        for position in 0..<emitters.count {
            let (link, place) = (emitters[position].link, emitters[position].place)
            let node = Int(inletNode[link])
            let inlet = node >= 0 ? temperature[node] : .nan
            capacityFlow[place] = inlet.isFinite ? flow[link] * heatCapacity : 0
            supply[place] = inlet
        }
    }
}

extension [Double] {
    /// Becomes what returns follow supplies by when heats do so by `feedback`, W/K, at capacity flows in W/K.
    fileprivate mutating func follow(_ feedback: [Double], _ flow: [Double]) {
        let (feedback, flow) = (feedback.span, flow.span)
        var own = mutableSpan
        for i in 0..<own.count { own[i] = flow[i] > 0 ? 1 - feedback[i] / flow[i] : 1 }
    }
}
