import Heating
import NetworkModel
import Quantities

/// One building as a ``FairnessCertificate`` sees it: rooms, heats and laws at the allocation, assembled from the network.
struct JudgedBuilding: Sendable {
    /// The circuit that feeds it.
    let circuit: Int
    /// Room temperature of each chosen dwelling, °C.
    let room: [Double]
    private let first: Int
    private let target: [Double]
    private let isJudged: [Bool]
    private let program: RoomProgram
    /// Use of each limit by a kelvin of each room.
    private let use: [Int: RoomUse]
    private let usesWater: Bool

    /// Farthest move where laws are curved, K.
    private static var radius: Double { 0.3 }

    init(
        _ index: Int, _ circuit: Int, _ allocation: Allocation, _ distribution: Distribution, _ limits: SharedLimits,
        _ options: AllocationOptions
    ) {
        let network = distribution.network
        let range = network.buildings[index].dwellings
        first = range.lowerBound
        self.circuit = circuit
        let shares = allocation.dwellings
        var diagonal = range.map { network.dwellings[$0].exteriorConductance.value + network.dwellings[$0].contact.conductance.value }
        for wall in network.partyWalls[network.buildings[index].partyWalls] {
            diagonal[wall.dwelling.position - range.lowerBound] += wall.conductance.value
        }
        var couplings: [(first: Int, second: Int, conductance: Double)] = []
        for coupling in network.couplings[network.buildings[index].couplings] {
            let (a, b) = (coupling.first.position - range.lowerBound, coupling.second.position - range.lowerBound)
            guard a != b, diagonal.indices.contains(a), diagonal.indices.contains(b) else { continue }
            diagonal[a] += coupling.conductance.value
            diagonal[b] += coupling.conductance.value
            couplings.append((a, b, coupling.conductance.value))
        }
        let isChosen = range.map { position in
            let dwelling = network.dwellings[position]
            return dwelling.state == .open && dwelling.terminal != nil && !shares.supply[position].isNaN && shares.room[position].isFinite
                && shares.limit[position].limit != .unreachable
        }
        let lattice = ReducedLattice(diagonal: diagonal, couplings: couplings, isChosen: isChosen)
        let positions = lattice.chosen.map { range.lowerBound + $0 }
        room = positions.map { shares.room[$0] }
        target = positions.map { network.target(of: DwellingIndex($0)).celsius }
        isJudged = zip(room, target).map { $0 < $1 - FairnessCertificate.sameRoom }
        let zero = [Double](repeating: 0, count: positions.count)
        var program = RoomProgram(
            lattice: lattice, cost: zero, lower: zero, upper: zero, heat: positions.map { shares.heat[$0] }, headroom: zero, capSlope: zero)
        let heatCapacity = network.conditions.fluid.heatCapacity.value
        for (entry, position) in positions.enumerated() {
            let law = EmitterLaw(network.dwellings[position].emitter)
            let (supply, room, heat) = (shares.supply[position], shares.room[position], shares.heat[position])
            var cap = (heat: options.emitterShare * law.greatestHeat(supply: supply, room: room), fall: 0.0)
            cap.fall = supply > room ? law.exponent * cap.heat / (supply - room) : 0
            let limit = shares.flowLimit.isEmpty ? .infinity : shares.flowLimit[position] * heatCapacity
            if limit < .infinity {
                let most = law.response(capacityFlow: limit, supply: supply, room: room)
                if most.heat < cap.heat { cap = (most.heat, most.heatPerKelvin) }
            }
            program.headroom[entry] = max(0, cap.heat - heat)
            // Nobody gets less than its least flow brings.
            if !shares.leastFlow.isEmpty, shares.leastFlow[position] > 0, supply > room {
                let least = law.response(capacityFlow: shares.leastFlow[position] * heatCapacity, supply: supply, room: room)
                program.heat[entry] = max(0, heat - least.heat)
            }
            program.capSlope[entry] = cap.fall
        }
        let laws = positions.map { EmitterLaw(network.dwellings[$0].emitter) }
        let water = WaterUse(
            lattice: lattice, laws: laws, heat: positions.map { shares.heat[$0] }, room: room, supply: positions.map { shares.supply[$0] },
            heatCapacity: heatCapacity)
        var use: [Int: RoomUse] = [:]
        var usesWater = false
        for row in limits.rowsOfCircuit[circuit] {
            guard let price = limits.rows[row].price[circuit] else { continue }
            let flow = positions.map { position -> Double in
                guard let place = distribution.consumer[position], Int(place.circuit) == circuit else { return 0 }
                return price.flow[Int(place.consumer)]
            }
            // A pipe to others is no limit here.
            guard price.heat != 0 || flow.contains(where: { $0 != 0 }) else { continue }
            let heats = RoomProgram.weighted(lattice, zero.map { _ in price.heat })
            var entry = RoomUse(rise: heats, fall: heats.map { -$0 })
            if flow.contains(where: { $0 != 0 }) {
                usesWater = true
                let change = water.change(flow)
                for local in positions.indices {
                    entry.rise[local] += change.rise[local]
                    entry.fall[local] += change.fall[local]
                }
            }
            use[row] = entry
        }
        self.program = program
        self.use = use
        self.usesWater = usesWater
    }

    /// The dwelling of an entry.
    func dwelling(_ entry: Int) -> DwellingIndex { DwellingIndex(first + program.lattice.chosen[entry]) }

    /// Whether anyone in it uses a limit.
    func shares(_ row: Int) -> Bool { use[row] != nil }

    /// Dwellings below target, those equally cold together.
    func coldGroups() -> [[Int]] {
        let cold = room.indices.filter { isJudged[$0] }.sorted { (room[$0], $0) < (room[$1], $1) }
        var groups: [[Int]] = []
        for entry in cold {
            if let last = groups.last, let lead = last.first, room[entry] - room[lead] < 0.2 * FairnessCertificate.sameRoom {
                groups[groups.count - 1].append(entry)
            } else {
                groups.append([entry])
            }
        }
        return groups
    }

    /// Rooms at or below a temperature may not fall, warmer ones not below it; nobody rises above the target.
    private func bounded(_ level: Double) -> RoomProgram {
        var program = program
        let radius = usesWater ? Self.radius : .infinity
        for entry in room.indices {
            let isColder = room[entry] <= level + FairnessCertificate.sameRoom
            program.lower[entry] = isColder ? 0 : max(level - room[entry], -radius)
            program.upper[entry] = min(max(0, target[entry] - room[entry]), radius)
        }
        return program
    }

    /// Most that rooms could rise together, K; infinite where the programme failed.
    func gain(_ entries: [Int], _ level: Double, shared: [SharedUse]) -> Double {
        var program = bounded(level)
        for entry in entries { program.cost[entry] = -1 }
        program.shared = shared.compactMap { limit in use(of: limit).map { ($0, limit.left) } }
        return -least(program, fallCost: program.cost.map { -$0 })
    }

    private func use(of limit: SharedUse) -> RoomUse? {
        guard let use = use[limit.row], let mix = limit.mix, let other = self.use[mix.row] else { return use[limit.row] }
        return RoomUse(
            rise: zip(use.rise, other.rise).map { $0 + mix.weight * $1 }, fall: zip(use.fall, other.fall).map { $0 + mix.weight * $1 })
    }

    /// Most of a limit that the building could free.
    func freed(_ limit: SharedUse, _ level: Double) -> Double {
        guard let use = use(of: limit) else { return 0 }
        var program = bounded(level)
        let scale = use.rise.reduce(0) { max($0, $1.magnitude) }
        let canFree = room.indices.contains { entry in
            use.fall[entry] < 0 && program.lower[entry] < 0 || use.rise[entry] < -1e-9 * scale && program.upper[entry] > 0
        }
        guard canFree else { return 0 }
        program.cost = use.rise
        return max(0, -least(program, fallCost: use.fall))
    }

    /// Least cost of a programme; −∞ where it failed, so that nothing is proved by it.
    private func least(_ program: RoomProgram, fallCost: [Double]) -> Double {
        var simplex = usesWater ? program.splitSimplex(fallCost: fallCost) : program.simplex()
        guard simplex.solve() else { return -.infinity }
        return simplex.objective(usesWater ? program.cost + fallCost : program.cost)
    }
}

/// What water a building's rooms need, by finite steps: near a limit of emitters the law is too curved for a derivative.
private struct WaterUse {
    let lattice: ReducedLattice
    let laws: [EmitterLaw]
    let heat: [Double]
    let room: [Double]
    let supply: [Double]
    let heatCapacity: Double

    /// Step of a room, K: a few times what counts as a gain.
    private static var step: Double { 0.03 }

    /// Change of Σ price · flow by a kelvin of each room, upward and downward.
    func change(_ price: [Double]) -> RoomUse {
        let count = heat.count
        let flow = heat.indices.map { self.flow($0, heat[$0], room[$0]) }
        var use = RoomUse(rise: [Double](repeating: 0, count: count), fall: [Double](repeating: 0, count: count))
        for moved in 0..<count {
            for other in 0..<count where price[other] != 0 {
                let rate = lattice.matrix[other * count + moved]
                guard rate != 0 else { continue }
                let own = other == moved ? Self.step : 0
                let up = self.flow(other, heat[other] + rate * Self.step, room[other] + own)
                let down = self.flow(other, heat[other] - rate * Self.step, room[other] - own)
                // Where no flow would do the cap forbids it already.
                if up.isFinite && flow[other].isFinite { use.rise[moved] += price[other] * (up - flow[other]) / Self.step }
                if down.isFinite && flow[other].isFinite { use.fall[moved] += price[other] * (down - flow[other]) / Self.step }
            }
        }
        return use
    }

    private func flow(_ entry: Int, _ heat: Double, _ room: Double) -> Double {
        laws[entry].capacityFlow(delivering: max(heat, 0), supply: supply[entry], room: room) / heatCapacity
    }
}
