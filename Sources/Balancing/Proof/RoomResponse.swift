import Heating
import NetworkModel
import Quantities

/// How rooms follow flows, building by building, round a simulated state.
struct RoomResponse: Sendable {
    private let network: Network
    private let outcome: Outcome
    private let outdoor: Double

    init(_ network: Network, _ weather: Weather, _ outcome: Outcome) {
        self.network = network
        self.outcome = outcome
        outdoor = weather.outdoor.celsius
    }

    /// Variance of each room, K², for the flow changes of valves that err independently.
    ///
    /// - Complexity: a banded solve a dwelling and a valve above it.
    func variance(_ circuits: [CircuitTolerance], threads: Int) -> [Double] {
        var own = [Double](repeating: 0, count: network.dwellings.count)
        // The valves above, building by building: they move all its dwellings together.
        var columns: [[[(dwelling: Int, change: Double)]]] = network.buildings.indices.map { _ in [] }
        for circuit in circuits {
            for (dwelling, change) in circuit.own { own[dwelling] = change }
            for column in circuit.upper {
                var parts: [Int: [(dwelling: Int, change: Double)]] = [:]
                for entry in column { parts[network.dwellings[entry.dwelling].building.position, default: []].append(entry) }
                for building in parts.keys.sorted() { if let part = parts[building] { columns[building].append(part) } }
            }
        }
        let (ownChange, upper) = (own, columns)
        let parts = Workers.map(network.buildings.count, threads: threads) { buildingVariance($0, ownChange, upper[$0]) }
        var variance = [Double](repeating: 0, count: network.dwellings.count)
        for (building, part) in parts.enumerated() {
            for (local, value) in part.enumerated() { variance[network.buildings[building].dwellings.lowerBound + local] = value }
        }
        return variance
    }

    private func buildingVariance(_ building: Int, _ own: [Double], _ upper: [[(dwelling: Int, change: Double)]]) -> [Double] {
        let range = network.buildings[building].dwellings
        var lattice = BuildingLattice(BuildingIndex(building), of: network)
        let heatCapacity = network.conditions.fluid.heatCapacity.value
        let laws = network.dwellings[range].map { EmitterLaw($0.emitter) }
        let flows = range.map { outcome.dwellingSupply[$0].isFinite ? max(0, outcome.dwellingFlow[$0]) * heatCapacity : 0 }
        var rooms = Array(outcome.room[range])
        var heats = [Double](repeating: 0, count: range.count)
        let supply = range.map { outcome.dwellingSupply[$0] }
        lattice.respond(to: EmitterFeed(laws: laws, capacityFlow: flows, supply: supply), outdoor: outdoor, rooms: &rooms, heats: &heats)
        // d heat / d ln flow, W, by a central difference of a thousandth; in kelvin of supply, which the lattice propagates.
        let supplyRise = range.indices.map { index -> Double in
            let local = index - range.lowerBound
            guard flows[local] > 0, lattice.feedback[local] > 0 else { return 0 }
            let high = laws[local].heat(capacityFlow: flows[local] * 1.001, supply: supply[local], room: rooms[local])
            let low = laws[local].heat(capacityFlow: flows[local] * 0.999, supply: supply[local], room: rooms[local])
            return (high - low) / 0.002 / lattice.feedback[local]
        }
        var variance = [Double](repeating: 0, count: range.count)
        var change = variance
        func add(_ column: [(dwelling: Int, change: Double)]) {
            for local in change.indices { change[local] = 0 }
            for entry in column { change[entry.dwelling - range.lowerBound] = entry.change * supplyRise[entry.dwelling - range.lowerBound] }
            lattice.propagate(&change)
            for local in change.indices { variance[local] += change[local] * change[local] }
        }
        for dwelling in range where own[dwelling] != 0 { add([(dwelling, own[dwelling])]) }
        for column in upper { add(column) }
        return variance
    }
}
