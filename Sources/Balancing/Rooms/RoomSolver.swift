import Heating
import SparseAlgebra

/// Solves the rooms of one building after the other for a level; the workspace of one worker.
///
/// Every dwelling takes the least of several heats, each falling or constant in its room temperature, over a
/// lattice whose matrix is an M-matrix: switching to the least one and solving again (Howard's policy iteration, a
/// semi-smooth Newton method: Hintermüller, Ito & Kunisch 2003) converges monotonically to the one solution.
struct RoomSolver {
    private let rule: RoomRule
    private var lattice: BandedCholesky
    /// Rooms and their derivatives by the level, one after the other; the right-hand sides before the solve.
    private var values: [Double] = []
    private var conductance: [Double] = []
    private var needed: [Double] = []
    private var slope: [Double] = []
    /// By coupling: what stands in the matrix.
    private var entries: [Double] = []

    init(_ model: RoomModel, _ demand: RoomDemand) {
        rule = RoomRule(model: model, demand: demand)
        lattice = BandedCholesky(order: 0, bandwidth: 0)
    }

    /// Most switches and Newton steps of one building; far beyond what monotone convergence needs.
    private static var greatestSteps: Int { 60 }
    /// A step this small, K, was the last: Newton squares it, by the curvature of the emitter law (n − 1)/2(ts − Ti) ≈ 0.01/K
    /// to less than 1e-9 K.
    private static var lastMove: Double { 1e-4 }

    /// The rooms of a building at a level, starting from a state at another level if there is one.
    mutating func solve(_ building: Int, level: Double, from start: RoomState?) -> RoomState {
        let rule = rule
        let range = rule.model.ranges[building]
        var state = start ?? initial(range, level: level)
        if start != nil && state.isLinear && follow(range, level: level, &state) { return state }
        if start != nil { predict(level: level, &state) }
        state.level = level
        for _ in 0..<Self.greatestSteps {
            let moved = step(building, level: level, &state)
            let switched = updateModes(building, level: level, &state)
            if !switched && moved < Self.lastMove { break }
        }
        finish(&state)
        return state
    }

    /// Moves the rooms along their derivatives, the start of the next solve.
    private func predict(level: Double, _ state: inout RoomState) {
        let step = level - state.level
        guard step != 0, abs(step) < 1 else { return }
        for local in state.room.indices { state.room[local] += step * state.roomSlope[local] }
    }

    private func initial(_ range: Range<Int>, level: Double) -> RoomState {
        let modes = range.map { position -> RoomMode in
            guard rule.model.isServed[position] else { return .floating }
            if rule.demand.holdsRooms { return .held }
            return rule.demand.heat[position] < .infinity ? .heat : .flow
        }
        let zero = [Double](repeating: 0, count: range.count)
        return RoomState(
            level: level, room: range.map { rule.demand.holdsRooms ? min(level, rule.model.target[$0]) : rule.model.target[$0] },
            roomSlope: zero, heat: zero, heatSlope: zero, mode: modes, sum: 0, slope: 0, isLinear: false)
    }

    /// Moves a linear state to another level; false (and no change) where a mode would switch on the way.
    private func follow(_ range: Range<Int>, level: Double, _ state: inout RoomState) -> Bool {
        let step = level - state.level
        for position in range {
            let local = position - range.lowerBound
            let mode = state.mode[local]
            if mode == .floating { continue }
            let target = rule.model.target[position]
            if !rule.demand.ceiling.isEmpty && (level <= rule.demand.ceiling[position]) != (state.level <= rule.demand.ceiling[position]) {
                return false
            }
            if rule.demand.holdsRooms {
                if (level <= target) != (state.level <= target) { return false }
                if rule.demand.floor[position] > -.infinity
                    && rule.hold(position, level).slope != rule.hold(position, state.level).slope { return false }
            }
            let needed = state.heat[local] + step * state.heatSlope[local]
            let room = state.room[local] + step * state.roomSlope[local]
            if rule.nextMode(mode, position, level: level, room: room, needed: needed) != mode { return false }
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

    /// One linear solve with the modes as they stand; the greatest move of a room whose heat depends on it, K.
    private mutating func step(_ building: Int, level: Double, _ state: inout RoomState) -> Double {
        let rule = rule
        let range = rule.model.ranges[building]
        let (count, first) = (range.count, range.lowerBound)
        resize(count)
        var unknowns = 0
        for local in 0..<count {
            let position = first + local
            var (source, slope, rate) = (rule.model.constantHeat[position], 0.0, 0.0)
            switch state.mode[local] {
            case .floating, .idle: break
            case .held:
                (values[local], values[count + local]) = rule.hold(position, level)
                conductance[local] = .infinity
                continue
            case .emitter:
                let law = rule.emitterHeat(position, room: state.room[local])
                (source, slope) = (source + law.heat + law.slope * state.room[local], law.slope)
            case .least:
                let law = rule.leastHeat(position, room: state.room[local])
                (source, slope) = (source + law.heat + law.slope * state.room[local], law.slope)
            case .heat:
                source += rule.demand.heatGiven(position, level)
                rate = rule.demand.holdsRooms || rule.demand.level(position, level) < level ? 0 : rule.demand.heat[position]
            case .flow:
                let flow = rule.demand.flowGiven(position, level)
                let law = rule.model.law[position].response(
                    capacityFlow: flow, supply: rule.demand.supply[position], room: state.room[local])
                (source, slope) = (source + law.heat + law.heatPerKelvin * state.room[local], law.heatPerKelvin)
                let isFree = !rule.demand.holdsRooms && flow < rule.demand.branchFlow[position] && rule.demand.level(position, level) == level
                rate = isFree ? law.heatPerCapacityFlow * rule.demand.flow[position] : 0
            }
            unknowns += 1
            values[local] = source
            values[count + local] = rate
            conductance[local] = rule.model.diagonal[position] + slope
        }
        if unknowns > 0 { solveLattice(building) }
        var moved = 0.0
        for local in 0..<count {
            let mode = state.mode[local]
            if mode == .emitter || mode == .flow || mode == .least { moved = max(moved, abs(values[local] - state.room[local])) }
            state.room[local] = values[local]
        }
        return moved
    }

    private mutating func resize(_ count: Int) {
        guard conductance.count != count else { return }
        values = [Double](repeating: 0, count: 2 * count)
        conductance = [Double](repeating: 0, count: count)
        needed = conductance
        slope = conductance
    }

    /// Replaces ``values`` by rooms and their derivatives; held rooms (infinite conductance) stay.
    private mutating func solveLattice(_ building: Int) {
        let count = rule.model.ranges[building].count
        let width = min(rule.model.bandwidth[building], max(count - 1, 0))
        if lattice.order != count || lattice.bandwidth != width {
            lattice = BandedCholesky(order: count, bandwidth: width)
        }
        let couplings = rule.model.couplings[building]
        if entries.count != couplings.count { entries = [Double](repeating: 0, count: couplings.count) }
        entries.couple(couplings, conductance, &values)
        conductance.holdRows()
        lattice.assemble(diagonal: conductance, entries, at: rule.model.bandPlaces[building])
        // A dwelling without any conductance has no temperature of its own: it keeps its level.
        do { try lattice.factor() } catch { return }
        lattice.solve(&values)
    }

    /// Finds heats and switches modes; whether one switched.
    private mutating func updateModes(_ building: Int, level: Double, _ state: inout RoomState) -> Bool {
        let rule = rule
        let range = rule.model.ranges[building]
        let (count, first) = (range.count, range.lowerBound)
        for local in 0..<count {
            let position = first + local
            needed[local] = rule.model.diagonal[position] * state.room[local] - rule.model.constantHeat[position]
            slope[local] = rule.model.diagonal[position] * values[count + local]
        }
        for coupling in rule.model.couplings[building] {
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
            let next = rule.nextMode(mode, first + local, level: level, room: state.room[local], needed: needed[local])
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

    private func finish(_ state: inout RoomState) {
        let count = state.room.count
        state.roomSlope = Array(values[count...])
        state.sum = state.heat.reduce(0, +)
        state.isLinear = !state.mode.contains { $0 == .emitter || $0 == .flow || $0 == .least }
    }
}

extension [Double] {
    /// Becomes the entries of couplings in the matrix: none where a room is held (infinite conductance), whose temperature, and its derivative
    /// behind all temperatures, is then a source of heat to the other.
    fileprivate mutating func couple(_ couplings: [RoomModel.LocalCoupling], _ conductance: [Double], _ values: inout [Double]) {
        let (couplings, conductance, count) = (couplings.span, conductance.span, conductance.count)
        var own = mutableSpan
        var values = values.mutableSpan
        for place in 0..<own.count {
            let (a, b, k) = (Int(couplings[place].first), Int(couplings[place].second), couplings[place].conductance)
            let (first, second) = (conductance[a] == .infinity, conductance[b] == .infinity)
            own[place] = first || second ? 0 : -k
            if first == second { continue }
            let (held, free) = first ? (a, b) : (b, a)
            values[free] += k * values[held]
            values[count + free] += k * values[count + held]
        }
    }

    /// Rows of held rooms become those of the identity.
    fileprivate mutating func holdRows() {
        var own = mutableSpan
        for row in 0..<own.count where own[row] == .infinity { own[row] = 1 }
    }
}
