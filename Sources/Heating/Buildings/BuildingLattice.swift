import NetworkModel
import Quantities
import SparseAlgebra

/// The dwellings of one building as a thermal network: which heat each needs, how warm the unheated ones are.
///
/// `He,i (Ti − To) + Σk Kik (Ti − Tk) + Σj Kij (Ti − Tj) − gains_i = Qi`, k being what has a given temperature: the ground,
/// heated shops, dwellings of neighbouring buildings. Unheated spaces (stairwells, cellars, attics) are nodes like closed
/// dwellings. A dwelling is *held* (its temperature is known, its heat Q is
/// asked) or *floating* (its heat is known, its temperature asked). The matrix diag(He + ΣK) − K is symmetric positive
/// definite and banded, because dwellings stand floor by floor; it is factored once a set of held dwellings by LAPACK's
/// banded Cholesky. Arrays are by position in the building: °C, W, W/K. Nothing is allocated by a solve.
public struct BuildingLattice: Sendable {
    /// The building.
    public let building: BuildingIndex
    /// Its dwellings in ``Network/dwellings``; position 0 here is `dwellings.lowerBound` there.
    public let dwellings: Range<Int>
    /// Number of dwellings.
    public var count: Int { dwellings.count }
    /// Conductance to outdoors by dwelling, W/K.
    public let exterior: [Double]
    /// Internal gains by dwelling, W: those of the network where the dwelling is heated, none where it is closed.
    public private(set) var gains: [Double]
    /// Whether each dwelling's temperature is held.
    public private(set) var isHeld: [Bool]

    /// Whether each node is a dwelling and no unheated space of the building.
    public let isDwelling: [Bool]
    /// Conductance to what has a given temperature, W/K, and Σ K T of it, W; empty where nothing has.
    private(set) var givenConductance: [Double] = []
    private(set) var givenHeat: [Double] = []
    private let contacts: [ThermalContact]
    private let partyWalls: [PartyWall]
    /// Temperature behind each party wall, °C.
    private var partyRooms: [Double]
    private var ground: Double
    let internalGains: [Double]
    let couplingFirst: [Int32]
    let couplingSecond: [Int32]
    let couplingConductance: [Double]
    /// He + ΣK by dwelling.
    let diagonal: [Double]
    var matrix: BandedCholesky
    /// What stands in `matrix`.
    var form = Form.none
    /// Right-hand side on the way in, solution on the way out.
    var work: [Double]
    /// −∂Q/∂T of each emitter in the last ``respond(to:outdoor:rooms:heats:)``, W/K.
    package var feedback: [Double]
    /// Where the emitters' laws were last solved, see ``EmitterLaw/response(capacityFlow:supply:room:start:)``.
    var starts: [Double]
    /// Where they were, and their tangents.
    var tangent: EmitterTangent

    /// What the factored matrix is: rows of held dwellings replaced by identity, or emitters on the diagonal.
    enum Form: Sendable { case none, held, responding }

    /// The lattice of a building with its heated dwellings held and its closed ones floating.
    ///
    /// Couplings that leave the building, and conductances that are not positive numbers, exchange no heat. A dwelling
    /// without any exterior conductance is given 1 µW/K, so that a building wrapped in nothing still has an answer.
    public init(_ building: BuildingIndex, of network: Network) {
        let range = network.buildings[building].dwellings
        let count = range.count
        self.building = building
        dwellings = range
        exterior = network.dwellings[range].map { max(Self.positive($0.exteriorConductance.value), 1e-6) }
        internalGains = network.dwellings[range].map { $0.gains.watts }
        isHeld = network.dwellings[range].map { $0.state.isHeated && $0.use == .dwelling }
        isDwelling = network.dwellings[range].map { $0.use == .dwelling }
        let contacts = network.dwellings[range].map(\.contact)
        partyWalls = network.partyWalls[network.buildings[building].partyWalls].filter { Self.positive($0.conductance.value) > 0 }
        self.contacts = contacts.contains { $0.conductance.value > 0 } ? contacts : []
        partyRooms = partyWalls.map { wall in
            let dwelling = network.dwellings[wall.neighbour]
            return (dwelling.target ?? network.conditions.room).celsius - (dwelling.state.isHeated ? 0 : 5)
        }
        ground = network.conditions.ground.celsius
        gains = zip(internalGains, isHeld).map { $1 ? $0 : 0 }
        var first: [Int32] = []
        var second: [Int32] = []
        var conductance: [Double] = []
        var sum = exterior
        var bandwidth = 0
        for coupling in network.couplings[network.buildings[building].couplings] {
            let (a, b) = (coupling.first.position - range.lowerBound, coupling.second.position - range.lowerBound)
            let k = Self.positive(coupling.conductance.value)
            guard a != b, a >= 0, b >= 0, a < count, b < count, k > 0 else { continue }
            first.append(Int32(a))
            second.append(Int32(b))
            conductance.append(k)
            sum[a] += k
            sum[b] += k
            bandwidth = max(bandwidth, abs(a - b))
        }
        let hasContacts = contacts.contains { $0.conductance.value > 0 }
        if hasContacts || !partyWalls.isEmpty {
            var given = contacts.map { hasContacts ? Self.positive($0.conductance.value) : 0 }
            for wall in partyWalls { given[wall.dwelling.position - range.lowerBound] += wall.conductance.value }
            for i in 0..<count { sum[i] += given[i] }
            givenConductance = given
        }
        couplingFirst = first
        couplingSecond = second
        couplingConductance = conductance
        diagonal = sum
        matrix = BandedCholesky(order: count, bandwidth: bandwidth)
        work = Array(repeating: 0, count: count)
        feedback = work
        starts = Array(repeating: .nan, count: count)
        tangent = EmitterTangent(count: count)
        gatherGivenHeat()
    }

    private static func positive(_ value: Double) -> Double { value > 0 && value.isFinite ? value : 0 }

    /// Whether walls lead to dwellings of other buildings.
    public var hasPartyWalls: Bool { !partyWalls.isEmpty }

    /// Sets the temperature of the ground, °C; that of the network's design before.
    public mutating func setGround(_ temperature: Double) {
        guard temperature != ground else { return }
        ground = temperature
        gatherGivenHeat()
    }

    /// Sets the temperatures behind party walls from the rooms of the whole network, °C by dwelling; NaN leaves one as it is.
    ///
    /// - Returns: the largest change, K.
    @discardableResult
    public mutating func setNeighbours(_ rooms: [Double]) -> Double {
        var change = 0.0
        for (position, wall) in partyWalls.enumerated() where rooms[wall.neighbour.position].isFinite {
            let room = rooms[wall.neighbour.position]
            change = max(change, (room - partyRooms[position]).magnitude)
            partyRooms[position] = room
        }
        if change > 0 { gatherGivenHeat() }
        return change
    }

    private mutating func gatherGivenHeat() {
        guard !givenConductance.isEmpty else { return }
        givenHeat = contacts.isEmpty
            ? Array(repeating: 0, count: count) : contacts.map { $0.conductance.value > 0 ? $0.heatAtZero(ground: ground) : 0 }
        for (wall, room) in zip(partyWalls, partyRooms) {
            givenHeat[wall.dwelling.position - dwellings.lowerBound] += wall.conductance.value * room
        }
    }

    /// Says which dwellings are heated and so have internal gains.
    ///
    /// - Precondition: one value a dwelling.
    public mutating func setHeated(_ isHeated: [Bool]) {
        precondition(isHeated.count == count)
        for i in 0..<count { gains[i] = isHeated[i] ? internalGains[i] : 0 }
    }

    /// Holds these dwellings and lets the others float; factors anew only if that changes anything.
    ///
    /// - Precondition: one value a dwelling.
    /// - Complexity: O(n bandwidth²) at the next solve where something changed.
    public mutating func hold(_ isHeld: [Bool]) {
        precondition(isHeld.count == count)
        if isHeld != self.isHeld {
            self.isHeld = isHeld
            if form == .held { form = .none }
        }
    }

    /// Solves the building: fills the rooms of floating dwellings and the heats of held ones.
    ///
    /// - Parameters:
    ///   - outdoor: outdoor temperature, °C.
    ///   - rooms: by dwelling, °C; held ones are read, floating ones written (NaN where conductances are absurd).
    ///   - heats: by dwelling, W; floating ones are read, held ones written.
    /// - Complexity: O(n bandwidth) after factorisation.
    public mutating func solve(outdoor: Double, rooms: inout [Double], heats: inout [Double]) {
        precondition(rooms.count == count && heats.count == count)
        for i in 0..<count { work[i] = isHeld[i] ? rooms[i] : exterior[i] * outdoor + gains[i] + heats[i] }
        for i in givenHeat.indices where !isHeld[i] { work[i] += givenHeat[i] }
        for k in couplingConductance.indices {
            let (a, b) = (Int(couplingFirst[k]), Int(couplingSecond[k]))
            if isHeld[a] && !isHeld[b] { work[b] += couplingConductance[k] * rooms[a] }
            if isHeld[b] && !isHeld[a] { work[a] += couplingConductance[k] * rooms[b] }
        }
        solveHeld()
        for i in 0..<count where !isHeld[i] { rooms[i] = work[i] }
        balanceWork(outdoor: outdoor, rooms: rooms)
        for i in 0..<count where isHeld[i] { heats[i] = work[i] - gains[i] }
    }

    /// Heats of the held dwellings as `constant + slope · T` in one common held temperature T, floating ones without heat.
    ///
    /// Two solves: held dwellings at 0 °C, and the response to 1 K more.
    /// - Parameters:
    ///   - constant: written, W by dwelling; 0 for floating ones.
    ///   - slope: written, W/K by dwelling; 0 for floating ones.
    public mutating func affineLoads(outdoor: Double, constant: inout [Double], slope: inout [Double]) {
        precondition(constant.count == count && slope.count == count)
        var rooms = [Double](repeating: 0, count: count)
        for i in 0..<count { constant[i] = 0 }
        solve(outdoor: outdoor, rooms: &rooms, heats: &constant)
        // The response is the same building without weather and gains.
        for i in 0..<count { work[i] = isHeld[i] ? 1 : 0 }
        for k in couplingConductance.indices {
            let (a, b) = (Int(couplingFirst[k]), Int(couplingSecond[k]))
            if isHeld[a] && !isHeld[b] { work[b] += couplingConductance[k] }
            if isHeld[b] && !isHeld[a] { work[a] += couplingConductance[k] }
        }
        solveHeld()
        for i in 0..<count { rooms[i] = work[i] }
        balance(outdoor: 0, rooms: rooms, into: &slope)
        for i in givenHeat.indices { slope[i] += givenHeat[i] }
        for i in 0..<count where !isHeld[i] { (constant[i], slope[i]) = (0, 0) }
    }

    /// Heat of every dwelling with all of them lived in and at one temperature, W; 0 for unheated spaces.
    public func fullOccupancyLoads(outdoor: Double, temperature: Double) -> [Double] {
        fullOccupancyLoads(outdoor: outdoor, temperatures: Array(repeating: temperature, count: count))
    }

    /// Heat of every dwelling with all of them lived in and each at its own temperature, W; 0 for unheated spaces, which float.
    public func fullOccupancyLoads(outdoor: Double, temperatures: [Double]) -> [Double] {
        var rooms = temperatures
        var heats = [Double](repeating: 0, count: count)
        if isDwelling.contains(false) {
            var full = self
            full.setHeated(isDwelling)
            full.hold(isDwelling)
            full.solve(outdoor: outdoor, rooms: &rooms, heats: &heats)
            return heats
        }
        balance(outdoor: outdoor, rooms: rooms, into: &heats)
        for i in 0..<count { heats[i] -= internalGains[i] }
        return heats
    }

    /// Heat that each dwelling loses to its neighbours, Σ K (Ti − Tj), W; negative where it gains. Walls to unheated spaces
    /// and to other buildings count, the ground and shops with their own heating do not.
    public func neighbourLosses(rooms: [Double]) -> [Double] {
        var losses = [Double](repeating: 0, count: count)
        for (wall, behind) in zip(partyWalls, partyRooms) {
            let place = wall.dwelling.position - dwellings.lowerBound
            losses[place] += wall.conductance.value * (rooms[place] - behind)
        }
        for k in couplingConductance.indices {
            let (a, b) = (Int(couplingFirst[k]), Int(couplingSecond[k]))
            let heat = couplingConductance[k] * (rooms[a] - rooms[b])
            losses[a] += heat
            losses[b] -= heat
        }
        return losses
    }

    /// He (Ti − To) + Σ K (Ti − Tj) by dwelling, W. Written as differences, which keeps the digits of large couplings.
    func balance(outdoor: Double, rooms: [Double], into heats: inout [Double]) {
        for i in 0..<count { heats[i] = exterior[i] * (rooms[i] - outdoor) }
        for i in givenHeat.indices { heats[i] += givenConductance[i] * rooms[i] - givenHeat[i] }
        for k in couplingConductance.indices {
            let (a, b) = (Int(couplingFirst[k]), Int(couplingSecond[k]))
            let heat = couplingConductance[k] * (rooms[a] - rooms[b])
            heats[a] += heat
            heats[b] -= heat
        }
    }

    /// The same into the workspace, which is taken out of this value so that nobody shares its storage.
    mutating func balanceWork(outdoor: Double, rooms: [Double]) {
        var heats: [Double] = []
        swap(&heats, &work)
        balance(outdoor: outdoor, rooms: rooms, into: &heats)
        swap(&heats, &work)
    }

    private mutating func solveHeld() {
        if form != .held {
            assemble(isolating: isHeld)
            do { try matrix.factor() } catch { return fail() }
            form = .held
        }
        matrix.solve(&work)
    }

    /// Absurd conductances (overflow) have no answer; it is said in every room rather than by a crash.
    mutating func fail() {
        form = .none
        for i in 0..<count { work[i] = .nan }
    }

    /// Fills the matrix; rows and columns of isolated dwellings are those of the identity.
    mutating func assemble(isolating isolated: [Bool]?) {
        matrix.clear()
        for i in 0..<count { matrix[i, i] = isolated?[i] == true ? 1 : diagonal[i] }
        for k in couplingConductance.indices {
            let (a, b) = (Int(couplingFirst[k]), Int(couplingSecond[k]))
            if isolated?[a] == true || isolated?[b] == true { continue }
            matrix[a, b] -= couplingConductance[k]
        }
    }
}
