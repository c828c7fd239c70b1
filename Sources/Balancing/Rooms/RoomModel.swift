import Heating
import NetworkModel
import Quantities

/// The thermal network of all buildings as plain arrays, fixed while rooms are solved for many levels and flows.
///
/// Arrays run over ``Network/dwellings``; He,i (Ti − To) + Σ Kij (Ti − Tj) − gains_i = Qi (THEORY.md, building lattice).
struct RoomModel: Sendable {
    /// Outdoor temperature, °C.
    let outdoor: Double
    /// He + ΣK, W/K.
    private(set) var diagonal: [Double]
    /// He To + gains, W; a closed dwelling has no gains.
    private(set) var constantHeat: [Double]
    /// Temperature promised, °C.
    private(set) var target: [Double]
    /// Law of the emitter; gives nothing in a dwelling that is closed or has no terminal.
    private(set) var law: [EmitterLaw]
    /// ln K of the emitter's law; no number where vectors of four do not know it (``EmitterQuad``).
    private(set) var logarithm: [Double]
    /// A tangent to the emitter's law, which lies below it.
    private(set) var tangent: [Tangent] = []
    /// Whether heat is meant to reach the dwelling.
    private(set) var isServed: [Bool]
    /// Couplings of each building with positions counted from its first dwelling.
    private(set) var couplings: [[LocalCoupling]]
    /// Greatest distance of two coupled dwellings, by building.
    private(set) var bandwidth: [Int]
    /// Dwellings of each building.
    private(set) var ranges: [Range<Int>]
    /// Where each coupling stands in the band of its building's matrix.
    private(set) var bandPlaces: [[Int32]] = []
    /// Temperature behind each wall to another building, °C, in the order of ``Network/partyWalls``.
    private var partyRooms: [Double] = []

    /// A wall or slab between two dwellings of one building.
    struct LocalCoupling: Sendable {
        var first: Int32
        var second: Int32
        var conductance: Double
    }

    /// Heat at endless flow as a straight line of the excess over the room. K ΔTⁿ with n ≥ 1 is convex, so none of its tangents is above it.
    struct Tangent: Sendable {
        private var constant = 0.0
        private var slope = 0.0

        /// Excess that it touches the law at, K: that of radiators at 55 °C and rooms at 18 °C.
        private static var middle: Double { 37 }

        /// Touches a law; gives no heat for one that is not convex.
        init(_ law: EmitterLaw) {
            guard law.exponent >= 1, law.coefficient > 0 else { return }
            let heat = law.coefficient * power(Self.middle, law.exponent)
            slope = law.exponent * heat / Self.middle
            constant = heat - slope * Self.middle
        }

        /// No more than the law gives, W; −∞ for no excess.
        @inline(__always)
        func heat(excess: Double) -> Double { excess > 0 ? constant + slope * excess : -.infinity }
    }

    /// Collects the arrays. - Complexity: O(dwellings + couplings).
    ///
    /// Dwellings of neighbouring buildings behind party walls are taken at `rooms` (°C by dwelling), their targets without it.
    init(of network: Network, in weather: Weather, rooms: [Double]? = nil) {
        let count = network.dwellings.count
        outdoor = weather.outdoor.celsius
        diagonal = [Double](repeating: 0, count: count)
        constantHeat = diagonal
        target = diagonal
        isServed = [Bool](repeating: false, count: count)
        law = []
        law.reserveCapacity(count)
        tangent.reserveCapacity(count)
        logarithm = diagonal
        for position in 0..<count {
            let dwelling = network.dwellings[position]
            let heated = dwelling.state.isHeated
            let emitter = EmitterLaw(dwelling.emitter)
            law.append(emitter)
            tangent.append(Tangent(emitter))
            logarithm[position] = emitter.coefficient > 0 && !emitter.isArithmetic ? Balancing.logarithm(emitter.coefficient) : .nan
            isServed[position] = heated && dwelling.terminal != nil
            target[position] = network.target(of: DwellingIndex(position)).celsius
            diagonal[position] = dwelling.exteriorConductance.value
            constantHeat[position] = dwelling.exteriorConductance.value * outdoor + (heated ? dwelling.gains.watts : 0)
        }
        couplings = []
        bandwidth = []
        ranges = network.buildings.map(\.dwellings)
        for building in network.buildings {
            let first = building.dwellings.lowerBound
            var widest = 0
            var local: [LocalCoupling] = []
            local.reserveCapacity(building.couplings.count)
            for coupling in network.couplings[building.couplings] {
                let (a, b) = (coupling.first.position, coupling.second.position)
                guard a != b, building.dwellings.contains(a), building.dwellings.contains(b) else { continue }
                let conductance = coupling.conductance.value
                diagonal[a] += conductance
                diagonal[b] += conductance
                widest = max(widest, abs(a - b))
                local.append(LocalCoupling(first: Int32(a - first), second: Int32(b - first), conductance: conductance))
            }
            couplings.append(local)
            bandwidth.append(widest)
            let width = Int32(min(widest, max(building.dwellings.count - 1, 0)) + 1)
            bandPlaces.append(local.map { min($0.first, $0.second) * width + max($0.first, $0.second) - min($0.first, $0.second) })
        }
        addGivenTemperatures(of: network, in: weather, rooms)
    }

    /// What has a temperature of its own: the ground, heated shops, dwellings of other buildings.
    private mutating func addGivenTemperatures(of network: Network, in weather: Weather, _ rooms: [Double]?) {
        for position in network.dwellings.indices where network.dwellings[position].contact != .none {
            let contact = network.dwellings[position].contact
            diagonal[position] += contact.conductance.value
            constantHeat[position] += contact.heatAtZero(ground: weather.ground.celsius)
        }
        for wall in network.partyWalls {
            let behind = rooms?[wall.neighbour.position] ?? target[wall.neighbour.position]
            diagonal[wall.dwelling.position] += wall.conductance.value
            constantHeat[wall.dwelling.position] += wall.conductance.value * behind
            partyRooms.append(behind)
        }
    }

    /// Takes over the rooms behind walls to other buildings, °C by dwelling of the network; NaN leaves one as it is.
    ///
    /// - Returns: the greatest change, K.
    mutating func setPartyRooms(_ rooms: [Double], of network: Network) -> Double {
        var change = 0.0
        for (position, wall) in network.partyWalls.enumerated() where rooms[wall.neighbour.position].isFinite {
            let step = rooms[wall.neighbour.position] - partyRooms[position]
            change = max(change, step.magnitude)
            constantHeat[wall.dwelling.position] += wall.conductance.value * step
            partyRooms[position] += step
        }
        return change
    }
}
