import NetworkModel
import Quantities

/// What every dwelling needs in a weather: heat from its building's lattice, flow from its emitter.
///
/// Arrays are by dwelling of the network (``Network/dwellings``), in W, kg/s and °C.
public struct HeatDemand: Sendable {
    /// The weather it is for.
    public let weather: Weather
    /// Room temperature promised, °C.
    public var target: [Double]
    /// Heat that holds the target, W; the share of it for a restricted dwelling; 0 for a closed one.
    public var requiredHeat: [Double]
    /// Heat with the whole building lived in and at its targets, W.
    public var fullOccupancyHeat: [Double]
    /// Flow that gives the required heat at ``supply``, kg/s; where that is more than ``HeatDemandOptions/saturationShare`` of the
    /// emitter's greatest heat, the flow of that share.
    public var requiredFlow: [Double]
    /// Whether no flow gives the required heat at that supply temperature.
    public var isSaturated: [Bool]
    /// Heat at endless flow with the room at ``room``, W.
    public var greatestHeat: [Double]
    /// Supply temperature expected at the emitter, °C.
    public var supply: [Double]
    /// Room temperature when the required heat is given, °C: the target for open dwellings (more where gains alone exceed the need),
    /// floating for closed ones, what their share gives for restricted ones.
    public var room: [Double]
    /// Heat lost to neighbouring dwellings, W; negative where it is gained.
    public var neighbourLoss: [Double]
    /// Load a square metre at full occupancy over that of the best placed dwelling of the building.
    public var positionFactor: [Double]

    /// The needs of all dwellings in a weather.
    ///
    /// - Complexity: O(dwellings · bandwidth²), buildings in parallel; the result does not depend on the number of threads.
    public init(of network: Network, in weather: Weather, options: HeatDemandOptions = HeatDemandOptions()) {
        let count = network.dwellings.count
        self.weather = weather
        target = (0..<count).map { network.target(of: DwellingIndex($0)).celsius }
        supply = Self.supply(of: network, in: weather, options)
        requiredHeat = Array(repeating: 0, count: count)
        fullOccupancyHeat = requiredHeat
        requiredFlow = requiredHeat
        greatestHeat = requiredHeat
        neighbourLoss = requiredHeat
        room = target
        positionFactor = Array(repeating: 1, count: count)
        isSaturated = Array(repeating: false, count: count)

        solve(network.buildings.indices.map { $0 }, of: network, options, neighbours: nil)
        settleNeighbours(of: network, options)
        serveRisers(of: network)
    }

    /// Buildings that stand wall to wall find the rooms of their neighbours by turns, all at once, until none moves.
    ///
    /// The couplings are those of an M-matrix with outdoors at every dwelling, so that each turn contracts.
    private mutating func settleNeighbours(of network: Network, _ options: HeatDemandOptions) {
        let joined = network.buildings.indices.filter { !network.buildings[$0].partyWalls.isEmpty }
        guard !joined.isEmpty else { return }
        for _ in 0..<Self.mostTurns {
            let before = room
            solve(joined, of: network, options, neighbours: before)
            var change = 0.0
            for wall in network.partyWalls {
                let place = wall.dwelling.position
                if room[place].isFinite { change = max(change, (room[place] - before[place]).magnitude) }
            }
            if change < 1e-9 { return }
        }
    }

    private static var mostTurns: Int { 200 }

    /// The needs of some buildings, with the rooms behind party walls as given or at their targets.
    private mutating func solve(_ buildings: [Int], of network: Network, _ options: HeatDemandOptions, neighbours: [Double]?) {
        let (target, supply, weather) = (target, supply, weather)
        let demands = Workers.map(buildings.count, threads: options.threads) { place in
            let position = buildings[place]
            let range = network.buildings[position].dwellings
            return BuildingDemand(
                BuildingIndex(position), of: network, weather: weather, targets: Array(target[range]), supply: Array(supply[range]),
                saturationShare: options.saturationShare, neighbours: neighbours)
        }
        for (position, demand) in zip(buildings, demands) {
            let range = network.buildings[position].dwellings
            requiredHeat.replaceSubrange(range, with: demand.required)
            fullOccupancyHeat.replaceSubrange(range, with: demand.fullOccupancy)
            requiredFlow.replaceSubrange(range, with: demand.flow)
            isSaturated.replaceSubrange(range, with: demand.isSaturated)
            greatestHeat.replaceSubrange(range, with: demand.greatest)
            room.replaceSubrange(range, with: demand.rooms)
            neighbourLoss.replaceSubrange(range, with: demand.neighbourLoss)
            positionFactor.replaceSubrange(range, with: demand.positionFactor)
        }
    }

    /// Supply temperature expected at each dwelling, °C.
    static func supply(of network: Network, in weather: Weather, _ options: HeatDemandOptions) -> [Double] {
        let expected = expectedSupply(of: network, in: weather, options.networkDrop)
        guard let found = options.supply, found.count == expected.count else { return expected }
        return zip(found, expected).map { $0.isFinite ? $0 : $1 }
    }

    private static func expectedSupply(of network: Network, in weather: Weather, _ networkDrop: Double) -> [Double] {
        let points = SetPoints(of: network, in: weather)
        let plant = points.sourceSupply.isEmpty
            ? nil : points.sourceSupply.reduce(0, +) / Double(points.sourceSupply.count)
        var supply = [Double](repeating: 0, count: network.dwellings.count)
        for building in network.buildings {
            let feed = building.substation.map { points.secondarySupply[$0.position] } ?? plant
            for dwelling in building.dwellings {
                let expected = feed.map { $0 - networkDrop }
                supply[dwelling] = expected ?? network.dwellings[dwelling].emitter.nominalSupply.celsius
            }
        }
        return supply
    }
}

/// Assumptions of ``HeatDemand``.
public struct HeatDemandOptions: Sendable {
    /// Supply temperature found at each dwelling, as ``Outcome/dwellingSupply``, °C; where it is not finite and where nil, the set
    /// point of its substation or source less ``networkDrop``.
    public var supply: [Double]?
    /// Cooling assumed from the set point to the dwelling, K (engineering judgement).
    public var networkDrop: Double
    /// Share of an emitter's greatest heat that flow is asked for at most: more would hardly warm the room.
    public var saturationShare: Double
    /// Workers; nil = one a processor.
    public var threads: Int?

    /// The documented defaults.
    public init(supply: [Double]? = nil, networkDrop: Double = 1, saturationShare: Double = 0.9, threads: Int? = nil) {
        self.supply = supply
        self.networkDrop = networkDrop
        self.saturationShare = saturationShare
        self.threads = threads
    }
}
