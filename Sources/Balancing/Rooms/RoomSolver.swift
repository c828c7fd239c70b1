import Heating
import SparseAlgebra

/// Solves the rooms of one building after the other for a level; the workspace of one worker.
///
/// Every dwelling takes the least of several heats, each falling or constant in its room temperature, over a
/// lattice whose matrix is an M-matrix: switching to the least one and solving again (Howard's policy iteration, a
/// semi-smooth Newton method: Hintermüller, Ito & Kunisch 2003) converges monotonically to the one solution.
struct RoomSolver {
    private let model: RoomModel
    private let demand: RoomDemand
    private var lattice: BandedCholesky
    private var values: [Double] = []
    private var conductance: [Double] = []

    init(_ model: RoomModel, _ demand: RoomDemand) {
        self.model = model
        self.demand = demand
        lattice = BandedCholesky(order: 0, bandwidth: 0)
    }

    /// Most switches and Newton steps of one building; far beyond what monotone convergence needs.
    private static var greatestSteps: Int { 60 }

    /// The rooms of a building at a level, starting from a state at another level if there is one.
    mutating func solve(_ building: Int, level: Double, from start: RoomState?) -> RoomState {
        let range = model.ranges[building]
        var state = start ?? initial(range, level: level)
        if start != nil && state.isLinear && follow(range, level: level, &state) { return state }
        state.level = level
        for _ in 0..<Self.greatestSteps {
            let moved = step(building, level: level, &state)
            let switched = updateModes(building, level: level, &state)
            if !switched && moved < 1e-9 { break }
        }
        finish(&state)
        return state
    }

    private func initial(_ range: Range<Int>, level: Double) -> RoomState {
        let modes = range.map { position -> RoomMode in
            guard model.isServed[position] else { return .floating }
            if demand.holdsRooms { return .held }
            return demand.heat[position] < .infinity ? .heat : .flow
        }
        let zero = [Double](repeating: 0, count: range.count)
        return RoomState(
            level: level, room: range.map { demand.holdsRooms ? min(level, model.target[$0]) : model.target[$0] },
            roomSlope: zero, heat: zero, heatSlope: zero, mode: modes, sum: 0, slope: 0, isLinear: false)
    }

    /// Moves a linear state to another level; false (and no change) where a mode would switch on the way.
    private func follow(_ range: Range<Int>, level: Double, _ state: inout RoomState) -> Bool {
        let step = level - state.level
        let first = range.lowerBound
        for local in range where state.mode[local - first] != .floating {
            let position = local - first
            let target = model.target[local]
            if demand.holdsRooms && (level <= target) != (state.level <= target) { return false }
            let needed = state.heat[position] + step * state.heatSlope[position]
            let room = state.room[position] + step * state.roomSlope[position]
            let mode = state.mode[position]
            if nextMode(mode, local, level: level, room: room, needed: needed) != mode { return false }
        }
        if step == 0 { return true }
        for local in state.room.indices {
            state.room[local] += step * state.roomSlope[local]
            state.heat[local] = max(0, state.heat[local] + step * state.heatSlope[local])
        }
        state.level = level
        state.sum = state.heat.reduce(0, +)
        return true
    }

    /// The temperature at which a dwelling is held, °C.
    private func held(_ position: Int, _ level: Double) -> Double { min(level, model.target[position]) }
    private func emitterHeat(_ position: Int, room: Double) -> (heat: Double, slope: Double) {
        let excess = demand.supply[position] - room
        let law = model.law[position]
        guard excess > 0 else { return (0, 0) }
        let heat = demand.emitterShare * law.coefficient * power(excess, law.exponent)
        return (heat, law.exponent * heat / excess)
    }

    /// One linear solve with the modes as they stand; the greatest move of a room whose heat depends on it, K.
    private mutating func step(_ building: Int, level: Double, _ state: inout RoomState) -> Double {
        let range = model.ranges[building]
        let (count, first) = (range.count, range.lowerBound)
        // Two right-hand sides: rooms, and their derivative by the level.
        values = [Double](repeating: 0, count: 2 * count)
        conductance = [Double](repeating: 0, count: count)
        var unknowns = 0
        for local in 0..<count {
            let position = first + local
            var (source, slope, rate) = (model.constantHeat[position], 0.0, 0.0)
            switch state.mode[local] {
            case .floating, .idle: break
            case .held:
                values[local] = held(position, level)
                values[count + local] = level <= model.target[position] ? 1 : 0
                conductance[local] = .infinity
                continue
            case .emitter:
                let law = emitterHeat(position, room: state.room[local])
                (source, slope) = (source + law.heat + law.slope * state.room[local], law.slope)
            case .heat:
                source += demand.heatGiven(position, level)
                rate = demand.holdsRooms ? 0 : demand.heat[position]
            case .flow:
                let flow = demand.flowGiven(position, level)
                let law = model.law[position].response(
                    capacityFlow: flow, supply: demand.supply[position], room: state.room[local])
                (source, slope) = (source + law.heat + law.heatPerKelvin * state.room[local], law.heatPerKelvin)
                let isFree = !demand.holdsRooms && flow < demand.branchFlow[position]
                rate = isFree ? law.heatPerCapacityFlow * demand.flow[position] : 0
            }
            unknowns += 1
            values[local] = source
            values[count + local] = rate
            conductance[local] = model.diagonal[position] + slope
        }
        if unknowns > 0 { solveLattice(building) }
        var moved = 0.0
        for local in 0..<count {
            let mode = state.mode[local]
            if mode == .emitter || mode == .flow { moved = max(moved, abs(values[local] - state.room[local])) }
            state.room[local] = values[local]
        }
        return moved
    }

    /// Replaces ``values`` by rooms and their derivatives; held rooms (infinite conductance) stay.
    private mutating func solveLattice(_ building: Int) {
        let count = model.ranges[building].count
        let width = min(model.bandwidth[building], max(count - 1, 0))
        if lattice.order != count || lattice.bandwidth != width {
            lattice = BandedCholesky(order: count, bandwidth: width)
        } else {
            lattice.clear()
        }
        for local in 0..<count { lattice.addToDiagonal(local, conductance[local] == .infinity ? 1 : conductance[local]) }
        for coupling in model.couplings[building] {
            let (a, b, k) = (Int(coupling.first), Int(coupling.second), coupling.conductance)
            switch (conductance[a] == .infinity, conductance[b] == .infinity) {
            case (false, false): lattice[max(a, b), min(a, b)] -= k
            case (true, false):
                values[b] += k * values[a]
                values[count + b] += k * values[count + a]
            case (false, true):
                values[a] += k * values[b]
                values[count + a] += k * values[count + b]
            case (true, true): break
            }
        }
        // A dwelling without any conductance has no temperature of its own: it keeps its level.
        do { try lattice.factor() } catch { return }
        lattice.solve(&values)
    }

    /// Finds heats and switches modes; whether one switched.
    private mutating func updateModes(_ building: Int, level: Double, _ state: inout RoomState) -> Bool {
        let range = model.ranges[building]
        let (count, first) = (range.count, range.lowerBound)
        var needed = [Double](repeating: 0, count: count)
        var slope = [Double](repeating: 0, count: count)
        for local in 0..<count {
            let position = first + local
            needed[local] = model.diagonal[position] * state.room[local] - model.constantHeat[position]
            slope[local] = model.diagonal[position] * values[count + local]
        }
        for coupling in model.couplings[building] {
            let (a, b, k) = (Int(coupling.first), Int(coupling.second), coupling.conductance)
            needed[a] -= k * state.room[b]
            needed[b] -= k * state.room[a]
            slope[a] -= k * values[count + b]
            slope[b] -= k * values[count + a]
        }
        var switched = false
        state.slope = 0
        for local in 0..<count where state.mode[local] != .floating {
            let mode = state.mode[local]
            let next = nextMode(mode, first + local, level: level, room: state.room[local], needed: needed[local])
            if next != mode {
                state.mode[local] = next
                switched = true
            }
            state.heat[local] = mode == .idle ? 0 : max(needed[local], 0)
            state.heatSlope[local] = mode == .idle ? 0 : slope[local]
            state.slope += state.heatSlope[local]
        }
        return switched
    }

    private func nextMode(_ mode: RoomMode, _ position: Int, level: Double, room: Double, needed: Double) -> RoomMode {
        if demand.holdsRooms {
            let temperature = held(position, level)
            switch mode {
            case .held where needed < 0: return .idle
            case .idle: return room < temperature - 1e-10 ? .held : .idle
            case .emitter, .heat, .flow:
                if room > temperature + 1e-10 { return .held }
            default: break
            }
        }
        // The least heat on offer at this room temperature decides.
        let slack = 1e-9 * abs(needed) + 1e-12
        var (least, choice) = (mode == .held ? needed - slack : .infinity, mode)
        func offer(_ heat: Double, _ other: RoomMode) {
            let value = other == mode ? heat - slack : heat
            if value < least { (least, choice) = (value, other) }
        }
        offer(emitterHeat(position, room: room).heat, .emitter)
        let given = demand.heatGiven(position, level)
        if given < .infinity { offer(given, .heat) }
        let flow = demand.flowGiven(position, level)
        if flow < .infinity {
            offer(model.law[position].heat(capacityFlow: flow, supply: demand.supply[position], room: room), .flow)
        }
        return choice
    }

    private func finish(_ state: inout RoomState) {
        let count = state.room.count
        state.roomSlope = Array(values[count...])
        state.sum = state.heat.reduce(0, +)
        state.isLinear = !state.mode.contains { $0 == .emitter || $0 == .flow }
    }
}
