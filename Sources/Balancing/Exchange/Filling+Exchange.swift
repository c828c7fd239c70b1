import Heating
import NetworkModel

/// How far the rooms may move in one exchange where water is short, whose laws are curved.
///
/// Each reach grows while its room goes on one way and shrinks when it turns, so that rooms end where neither way gains
/// (the rule of Riedmiller & Braun's resilient propagation, 1993, with a programme in place of the gradient).
struct ExchangeReach: Sendable {
    /// Farthest move of each dwelling, K.
    private(set) var distance: [Double]
    private var last: [Double]

    init(count: Int) {
        distance = [Double](repeating: 0.5, count: count)
        last = [Double](repeating: 0, count: count)
    }

    /// Takes note of a move.
    mutating func note(_ dwelling: Int, move: Double) {
        guard move != 0 else { return }
        if last[dwelling] * move > 0 { distance[dwelling] = min(2, 1.5 * distance[dwelling]) }
        if last[dwelling] * move < 0 { distance[dwelling] *= 0.4 }
        last[dwelling] = move
    }
}

/// Filling raises everyone together; exchanges do what that cannot: hold some rooms above the common level because that
/// warms a neighbour that nothing else can warm, or because it saves the water that stops everyone.
///
/// Each round one small linear programme a building, on the first-order response of rooms, emitters, branches and of the
/// limit that stops the circuit, says who is held how far above the level. THEORY.md §8 has the equations.
extension Filling {
    /// One round; the greatest move of a held room, K.
    ///
    /// - Parameter part: part of the way to the programmes' optimum that is taken: less than all where optima alternate.
    mutating func exchange(_ loads: [Load], part: Double) -> Double {
        guard shares.demand.holdsRooms else { return 0 }
        var prices: [Int: [Int: LimitPrice]] = [:]
        let byCircuit = Dictionary(uniqueKeysWithValues: loads.enumerated().map { ($0, $1) })
        var work: [(circuit: Int, slot: Int, price: LimitPrice?)] = []
        for circuit in caps.indices where !rooms[circuit].isEmpty {
            var price: LimitPrice?
            if let bound = boundCircuit(circuit) {
                if prices[bound] == nil, let limit = caps[bound].site?.limit { prices[bound] = self.prices(of: limit, in: bound, byCircuit) }
                price = prices[bound]?[circuit]
            }
            // Nobody on a one-pipe riser can be held warmer than the others by water of its own.
            let hasRisers = !distribution.circuits[circuit].risers.isEmpty
            for slot in rooms[circuit].indices where !hasRisers && (price != nil || isLifted(circuit, slot)) {
                work.append((circuit, slot, price))
            }
        }
        guard !work.isEmpty else { return 0 }
        let (snapshot, items) = (self, work)
        let found = Workers.map(items.count, threads: options.workers) { position -> [Lift] in
            let item = items[position]
            guard let price = item.price else { return snapshot.released(item.circuit, item.slot) }
            return snapshot.lifts(item.circuit, item.slot, price, part: part)
        }
        var change = 0.0
        // Rooms that follow their level along a straight line do not see a new floor.
        for (item, lifts) in zip(items, found) where !lifts.isEmpty { rooms[item.circuit][item.slot].isLinear = false }
        for lift in found.joined() {
            change = max(change, lift.change)
            shares.demand.floor[lift.dwelling] = lift.floor
            shares.demand.floorSlope[lift.dwelling] = lift.slope
            reach.note(lift.dwelling, move: lift.move)
        }
        return change
    }

    /// A dwelling that is held at `floor` + `slope` · level where that is above the level.
    private struct Lift {
        var dwelling: Int
        var floor: Double
        var slope: Double
        /// How far its held room moves, K.
        var change: Double
        /// How far the programme would have it move, K.
        var move = 0.0
    }

    /// The circuit whose own limit stops a circuit's level: the lowest cap on the way to its source.
    func boundCircuit(_ circuit: Int) -> Int? {
        var lowest: Int?
        var walk: Int? = circuit
        while let here = walk {
            if caps[here].site != nil, caps[here].level < lowest.map({ caps[$0].level }) ?? .infinity { lowest = here }
            walk = distribution.feeds[here].parent
        }
        return lowest
    }

    private func isLifted(_ circuit: Int, _ slot: Int) -> Bool {
        model.ranges[distribution.feeds[circuit].buildings[slot]].contains { shares.demand.floor[$0] > -.infinity }
    }

    /// Nothing stops the circuit any more: nobody needs to be held above the level.
    private func released(_ circuit: Int, _ slot: Int) -> [Lift] {
        model.ranges[distribution.feeds[circuit].buildings[slot]].filter { shares.demand.floor[$0] > -.infinity }
            .map { Lift(dwelling: $0, floor: -.infinity, slope: 0, change: 0) }
    }

    private func lifts(_ circuit: Int, _ slot: Int, _ price: LimitPrice, part whole: Double) -> [Lift] {
        // Where water is short the reach of every room does what taking a part does elsewhere.
        let part = price.hasFlow ? 1 : whole
        let building = distribution.feeds[circuit].buildings[slot]
        let state = rooms[circuit][slot]
        let level = state.level
        let range = model.ranges[building]
        let hasColder = range.contains { isColder($0, state, range.lowerBound) }
        if !hasColder && !price.hasFlow && !isLifted(circuit, slot) { return [] }
        guard let program = program(building, circuit, state, price) else { return [] }
        let chosen = program.lattice.chosen
        if !hasColder && !isLifted(circuit, slot) {
            // Without anyone to help only a room that saves water when it is warmer is worth a programme.
            let scale = program.cost.reduce(0) { max($0, $1.magnitude) }
            guard program.cost.indices.contains(where: { program.cost[$0] < -1e-6 * scale && program.upper[$0] > 1e-6 }) else { return [] }
        }
        var simplex = program.simplex()
        guard simplex.solve() else { return [] }
        let colder = chosen.indices.filter { isColder(self.position(range, chosen[$0]), state, range.lowerBound) }
        var move = Array(simplex.value[0..<chosen.count])
        let room = chosen.map { state.room[$0] }
        prune(&move, program, simplex, colder: colder, level: level, room: room)
        // Rooms that stand at the level or are helped up to it move with it, and whoever helps them answers.
        var slopes = chosen.indices.map { entry -> Double in
            guard move[entry] == simplex.value[entry] else { return 1 }
            let slope = simplex.rate(of: entry) { variable in
                guard variable < chosen.count else { return 0 }
                let value = simplex.value[variable]
                return value == level - room[variable] || value == level - Self.neglected - room[variable] ? 1 : 0
            }
            return max(-20, min(20, slope))
        }
        spread(&move, &slopes, program, room)
        return chosen.indices.compactMap { entry in
            let dwelling = position(range, chosen[entry])
            let room = state.room[chosen[entry]]
            guard room >= level - Self.sameRoom, model.target[dwelling] > level else {
                return clearing(dwelling)
            }
            let next = room + part * move[entry]
            guard next > level + 1e-7, !isIdle(entry, program, move) else { 
                return clearing(dwelling, change: max(0, room - level), move: move[entry])
            }
            let before = shares.demand.floor[dwelling] > -.infinity && room > level ? shares.demand.floorSlope[dwelling] : 1
            let rate = part * slopes[entry] + (1 - part) * before
            return Lift(
                dwelling: dwelling, floor: next - rate * level, slope: rate, change: abs(move[entry]), move: move[entry])
        }
    }

    /// Whether neighbours alone keep a room where it is to be.
    private func isIdle(_ entry: Int, _ program: RoomProgram, _ move: [Double]) -> Bool {
        let count = move.count
        guard program.heat[entry] <= 0 else { return false }
        return move.indices.reduce(0) { $0 + program.lattice.matrix[entry * count + $1] * move[$1] } < 1e-6
    }

    private func position(_ range: Range<Int>, _ local: Int) -> Int { range.lowerBound + local }

    private func clearing(_ dwelling: Int, change: Double = 0, move: Double = 0) -> Lift? {
        shares.demand.floor[dwelling] > -.infinity
            ? Lift(dwelling: dwelling, floor: -.infinity, slope: 0, change: change, move: move) : nil
    }

    /// Rooms this close are equal, K.
    static var sameRoom: Double { 1e-6 }
    /// Help that would warm nobody by more than this is left out, K: under half of what fairness is certified to. The last
    /// hundredths cost most: rooms far away, each of which is hardly felt.
    static var neglected: Double { 0.003 }

    /// Whether a dwelling is stopped by itself below its circuit's level.
    private func isColder(_ position: Int, _ state: RoomState, _ first: Int) -> Bool {
        let mode = state.mode[position - first]
        guard mode == .emitter || mode == .flow, !shares.demand.supply[position].isNaN else { return false }
        return state.room[position - first] < min(state.level, model.target[position]) - Self.sameRoom
    }

    private func program(
        _ building: Int, _ circuit: Int, _ state: RoomState, _ price: LimitPrice
    ) -> RoomProgram? {
        let range = model.ranges[building]
        let level = state.level
        let (lattice, cost) = costs(building, circuit, state, price)
        let count = lattice.chosen.count
        guard count > 0 else { return nil }
        let zero = [Double](repeating: 0, count: count)
        var program = RoomProgram(
            lattice: lattice, cost: cost, lower: zero, upper: zero, heat: zero, headroom: zero, capSlope: zero)
        let greatest = cost.reduce(0) { max($0, $1.magnitude) }
        for (entry, local) in lattice.chosen.enumerated() {
            let position = range.lowerBound + local
            let (room, heat) = (state.room[local], state.heat[local])
            program.heat[entry] = heat
            let cap = heatCap(position, room: room)
            program.headroom[entry] = state.mode[local] == .held || state.mode[local] == .idle ? max(0, cap.heat - heat) : 0
            program.capSlope[entry] = cap.fall
            let base = min(level, model.target[position])
            let radius = price.hasFlow ? reach.distance[position] : .infinity
            if room < base - Self.sameRoom {
                (program.lower[entry], program.upper[entry]) = (-5, max(0, base - Self.neglected - room))
                // Whoever is colder comes first, whatever it costs the warmer ones.
                program.cost[entry] -= 1e5 * greatest
            } else {
                // Exactly to the level, so that who stands there is known.
                program.lower[entry] = room - base <= radius ? base - room : -radius
                program.upper[entry] = min(max(0, model.target[position] - room), radius)
            }
        }
        return program
    }

    /// The lattice of those whose heat can be chosen, and what a kelvin of each uses of the limit behind a price.
    func costs(_ building: Int, _ circuit: Int, _ state: RoomState, _ price: LimitPrice) -> (lattice: ReducedLattice, cost: [Double]) {
        let range = model.ranges[building]
        let isChosen = range.map { position -> Bool in
            switch state.mode[position - range.lowerBound] {
            case .held, .idle, .emitter, .flow: !shares.demand.supply[position].isNaN
            case .floating, .heat: false
            }
        }
        let lattice = ReducedLattice(
            diagonal: Array(model.diagonal[range]),
            couplings: model.couplings[building].map { (Int($0.first), Int($0.second), $0.conductance) }, isChosen: isChosen)
        var weight = [Double](repeating: 0, count: lattice.chosen.count)
        var own = weight
        for (entry, local) in lattice.chosen.enumerated() {
            (weight[entry], own[entry]) = use(
                range.lowerBound + local, circuit, heat: state.heat[local], room: state.room[local], price)
        }
        let heats = RoomProgram.weighted(lattice, weight)
        return (lattice, zip(heats, own).map { $0 + $1 })
    }

    /// Most heat a dwelling's emitter and branch give at a room temperature, and how it falls as the room warms.
    private func heatCap(_ position: Int, room: Double) -> (heat: Double, fall: Double) {
        let demand = shares.demand
        let emitter = RoomRule(model: model, demand: demand).emitterHeat(position, room: room)
        var cap = (heat: emitter.heat, fall: emitter.slope)
        let flow = demand.branchFlow[position]
        if flow < .infinity {
            let law = model.law[position].response(capacityFlow: flow, supply: demand.supply[position], room: room)
            if law.heat < cap.heat { cap = (law.heat, law.heatPerKelvin) }
        }
        if demand.heat[position] < cap.heat { cap = (demand.heat[position], 0) }
        return cap
    }

    /// Use of the limit by a watt, and by a kelvin of the dwelling's own room at the same heat.
    private func use(_ position: Int, _ circuit: Int, heat: Double, room: Double, _ price: LimitPrice) -> (watt: Double, kelvin: Double) {
        guard price.hasFlow, heat > 0, let place = distribution.consumer[position], Int(place.circuit) == circuit
        else { return (price.heat, 0) }
        let water = price.flow[Int(place.consumer)] / heatCapacity
        let (law, supply) = (model.law[position], shares.demand.supply[position])
        let flow = law.capacityFlow(delivering: heat, supply: supply, room: room)
        let response = law.response(capacityFlow: flow, supply: supply, room: room)
        guard flow.isFinite, response.heatPerCapacityFlow > 0 else { return (price.heat, 0) }
        let perWatt = water / response.heatPerCapacityFlow
        return (price.heat + perWatt, perWatt * response.heatPerKelvin)
    }

    /// Shares a burden equally among rooms that would bear it equally well, whichever of them the programme took first.
    private func spread(_ move: inout [Double], _ slope: inout [Double], _ program: RoomProgram, _ room: [Double]) {
        let count = move.count
        // Rows that bind or may soon bind: those at their cap and those that hardly need heat.
        let capped = (0..<count).filter {
            program.headroom[$0] <= 0.1 * program.heat[$0] || program.heat[$0] <= 0.1 * program.headroom[$0]
        }
        let scale = program.cost.reduce(0) { max($0, $1.magnitude) }
        var isDone = move.map { _ in false }
        for entry in 0..<count where !isDone[entry] && program.headroom[entry] > 0 {
            var alike = [entry]
            for other in (entry + 1)..<max(count, entry + 1) where !isDone[other] && program.headroom[other] > 0 {
                guard abs(program.cost[other] - program.cost[entry]) < 1e-8 * scale else { continue }
                let isAlike = capped.allSatisfy { row in
                    let (a, b) = (program.lattice.matrix[row * count + entry], program.lattice.matrix[row * count + other])
                    return abs(a - b) <= 1e-8 * program.lattice.matrix[row * count + row]
                }
                if isAlike { alike.append(other) }
            }
            for other in alike { isDone[other] = true }
            guard alike.count > 1, alike.contains(where: { move[$0] != move[entry] || room[$0] != room[entry] }) else { continue }
            let mean = alike.reduce(0) { $0 + room[$1] + move[$1] } / Double(alike.count)
            guard alike.allSatisfy({ mean - room[$0] >= program.lower[$0] - 1e-9 && mean - room[$0] <= program.upper[$0] + 1e-9 })
            else { continue }
            let rate = alike.reduce(0) { $0 + slope[$1] } / Double(alike.count)
            for other in alike { (move[other], slope[other]) = (mean - room[other], rate) }
        }
    }

    /// Takes back the help that is hardly felt: as much as costs nobody colder more than half of what fairness is certified to.
    private func prune(
        _ move: inout [Double], _ program: RoomProgram, _ simplex: BoundedSimplex, colder: [Int], level: Double, room: [Double]
    ) {
        var left = colder.map { _ in Self.neglected }
        // Whoever is helped exactly as far as it should be stands on its bound, and another helper would have to step in.
        guard !colder.isEmpty, !colder.contains(where: { simplex.isNonbasic($0) && program.upper[$0] > 0 }) else { return }
        var candidates: [(entry: Int, effect: [Double], worth: Double)] = []
        for entry in move.indices where !colder.contains(entry) && room[entry] + move[entry] > level + 1e-7 {
            guard simplex.value[entry] == program.upper[entry], simplex.isNonbasic(entry), program.cost[entry] > 0 else { continue }
            let rise = room[entry] + move[entry] - level
            let effect = colder.map { max(0, simplex.effect(on: $0, of: entry) ?? 0) * rise }
            let greatest = effect.reduce(0, max)
            guard greatest <= Self.neglected else { continue }
            candidates.append((entry, effect, greatest / (program.cost[entry] * rise)))
        }
        for candidate in candidates.sorted(by: { $0.worth != $1.worth ? $0.worth < $1.worth : $0.entry < $1.entry }) {
            guard candidate.effect.indices.allSatisfy({ candidate.effect[$0] <= left[$0] }) else { return }
            for position in left.indices { left[position] -= candidate.effect[position] }
            move[candidate.entry] = level - room[candidate.entry]
        }
    }
}
