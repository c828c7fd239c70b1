import Heating
import NetworkModel

/// The small linear programme of one building in a round of exchanges: who is held how far above the level.
extension Filling {
    func lifts(_ circuit: Int, _ slot: Int, _ state: RoomState, _ price: LimitPrice) -> [Lift] {
        let building = distribution.feeds[circuit].buildings[slot]
        let level = state.level
        let range = model.ranges[building]
        let goals = goals(building, state)
        let lacks = range.contains {
            let local = $0 - range.lowerBound
            return isColder($0, state, range.lowerBound) && state.room[local] < goals[local] - Self.sameRoom
        }
        if !lacks && !price.hasFlow && !isLifted(circuit, slot) { return [] }
        guard let program = program(building, circuit, state, price, goals) else { return [] }
        let chosen = program.lattice.chosen
        if !lacks && !isLifted(circuit, slot) {
            // Without anyone to help only a room that saves water when it is warmer is worth a programme.
            let scale = program.cost.reduce(0) { max($0, $1.magnitude) }
            guard program.cost.indices.contains(where: { program.cost[$0] < -1e-6 * scale && program.upper[$0] > 1e-6 })
            else { return [] }
        }
        var simplex = program.simplex()
        guard simplex.solve() else { return [] }
        var move = Array(simplex.value[0..<chosen.count])
        for (position, part) in program.urgent.enumerated() { move[part.entry] += simplex.value[chosen.count + position] }
        // Rooms that stand at the level or are helped up to it move with it, and whoever helps them answers.
        let follows = (0..<chosen.count + program.urgent.count).map { variable -> Double in
            let entry = variable < chosen.count ? variable : program.urgent[variable - chosen.count].entry
            let isAtGoal = variable < chosen.count
                ? simplex.value[variable] == program.lower[variable] : simplex.value[variable] == program.urgent[variable - chosen.count].rise
            return isAtGoal && goals[chosen[entry]] >= min(level, model.target[position(range, chosen[entry])]) - 2 * Self.neglected ? 1 : 0
        }
        func rate(of variable: Int) -> Double {
            simplex.rate(of: variable) { $0 < follows.count ? follows[$0] : 0 }
        }
        var slopes = chosen.indices.map { rate(of: $0) }
        for (position, part) in program.urgent.enumerated() { slopes[part.entry] += rate(of: chosen.count + position) }
        // Where water is short the lines hold only nearby.
        let steepest = price.hasFlow ? 5.0 : 100
        for entry in slopes.indices { slopes[entry] = max(-steepest, min(steepest, slopes[entry])) }
        let room = chosen.map { state.room[$0] }
        spread(&move, &slopes, program, room)
        return chosen.indices.compactMap { entry -> Lift? in
            let dwelling = position(range, chosen[entry])
            let room = state.room[chosen[entry]]
            guard room >= level - Self.sameRoom, model.target[dwelling] > level else {
                return clearing(dwelling)
            }
            let next = room + move[entry]
            guard next > level + 1e-7, !isIdle(entry, program, move) else {
                return clearing(dwelling, change: max(0, room - level), move: move[entry])
            }
            return Lift(
                dwelling: dwelling, floor: next - slopes[entry] * level, slope: slopes[entry], change: abs(move[entry]),
                move: move[entry])
        }
    }

    /// The least temperature of each dwelling of a building at the level it stands at, °C.
    ///
    /// That is the level, or for one that is stopped by itself what it reaches with every neighbour as warm as it can be: less
    /// a trifle, because the last hundredths need rooms far away, each of which is hardly felt.
    private func goals(_ building: Int, _ state: RoomState) -> [Double] {
        let range = model.ranges[building]
        let base = range.map { min(state.level, model.target[$0]) }
        guard range.contains(where: { isColder($0, state, range.lowerBound) }) else { return base }
        // As warm as the dwellings themselves can be, whatever pipes bring them now.
        var demand = shares.demand
        demand.ceiling = []
        var solver = RoomSolver(model, demand)
        let best = solver.solve(building, level: range.map { model.target[$0] }.max() ?? state.level, from: nil)
        return range.map { position in
            let local = position - range.lowerBound
            guard isColder(position, state, range.lowerBound) else { return base[local] }
            // Who is close enough keeps what it has: rooms far away would come and go with every change of the water.
            let (most, room) = (min(base[local], best.room[local]), state.room[local])
            let isClose = room > most - 1.5 * Self.neglected && room < most - 0.2 * Self.neglected
            return isClose ? room : most - Self.neglected
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
    /// How far a dwelling that is helped may stay below what all help together could do, K: under half of what fairness is certified to.
    static var neglected: Double { 0.003 }

    /// Whether a dwelling is stopped by itself below its circuit's level.
    private func isColder(_ position: Int, _ state: RoomState, _ first: Int) -> Bool {
        let mode = state.mode[position - first]
        guard mode == .emitter || mode == .flow, !shares.demand.supply[position].isNaN else { return false }
        return state.room[position - first] < min(state.level, model.target[position]) - Self.sameRoom
    }

    private func program(
        _ building: Int, _ circuit: Int, _ state: RoomState, _ price: LimitPrice, _ goals: [Double]
    ) -> RoomProgram? {
        let range = model.ranges[building]
        let level = state.level
        let (lattice, cost) = costs(building, circuit, state, price)
        let count = lattice.chosen.count
        guard count > 0 else { return nil }
        let zero = [Double](repeating: 0, count: count)
        var program = RoomProgram(
            lattice: lattice, cost: cost, lower: zero, upper: zero, heat: zero, headroom: zero, capSlope: zero)
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
                // Whoever is colder comes first, whatever it costs the warmer ones; beyond its goal it is as any other.
                let goal = goals[local]
                if goal > room { program.urgent.append((entry, goal - room)) }
                (program.lower[entry], program.upper[entry]) = (max(-radius, min(0, goal - room)), max(0, model.target[position] - room))
            } else {
                // Exactly to the level, so that who stands there is known.
                program.lower[entry] = room - base <= radius ? base - room : -radius
                program.upper[entry] = min(max(0, model.target[position] - room), radius)
            }
        }
        if price.hasFlow { program.curvature = curvature(range, circuit, lattice, state, price) }
        return program
    }

    /// How the prices of rooms rise as they move: near the most that an emitter gives the next watt takes ever more water.
    private func curvature(
        _ range: Range<Int>, _ circuit: Int, _ lattice: ReducedLattice, _ state: RoomState, _ price: LimitPrice
    ) -> [Double] {
        var (heat, mixed, room) = ([Double](), [Double](), [Double]())
        for local in lattice.chosen {
            let (position, now, here) = (range.lowerBound + local, state.heat[local], state.room[local])
            // One-sided: a thousandth and a twentieth of a kelvin are far from rounding.
            let more = 1e-3 * now
            let use = use(position, circuit, heat: now, room: here, price)
            let heated = self.use(position, circuit, heat: now + more, room: here, price)
            let warmer = self.use(position, circuit, heat: now, room: here + 0.05, price)
            let isKnown = more > 0 && use.watt != price.heat && heated.watt != price.heat && warmer.watt != price.heat
            heat.append(isKnown ? (heated.watt - use.watt) / more : 0)
            mixed.append(isKnown ? (heated.kelvin - use.kelvin) / more : 0)
            room.append(isKnown ? (warmer.kelvin - use.kelvin) / 0.05 : 0)
        }
        return RoomProgram.curvature(lattice, heat: heat, mixed: mixed, room: room)
    }

    /// The lattice of those whose heat can be chosen, and what a kelvin of each uses of the limit behind a price.
    func costs(_ building: Int, _ circuit: Int, _ state: RoomState, _ price: LimitPrice) -> (lattice: ReducedLattice, cost: [Double]) {
        let range = model.ranges[building]
        let isChosen = range.map { position -> Bool in
            switch state.mode[position - range.lowerBound] {
            case .held, .idle, .emitter, .flow: !shares.demand.supply[position].isNaN
            case .floating, .heat, .least: false
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
}
