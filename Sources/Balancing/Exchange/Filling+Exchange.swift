import Heating
import NetworkModel

/// Filling raises everyone together; exchanges do what that cannot: hold some rooms above the common level because that
/// warms a neighbour that nothing else can warm, or because it saves the water that stops everyone.
///
/// Each round one small linear programme a building, on the first-order response of rooms, emitters, branches and of the
/// limit that stops the circuit, says who is held how far above the level. THEORY.md §8 has the equations.
extension Filling {
    /// One round; the greatest move of a held room, K.
    ///
    /// - Parameter isLast: whether only the last round is judged, and taken back where it was no gain.
    mutating func exchange(_ loads: [Load], isLast: Bool = false) -> Double {
        guard shares.demand.holdsRooms else { return 0 }
        let bounds = caps.indices.map { boundCircuit($0) }
        updatePrices(loads, bounds)
        for bound in caps.indices where caps[bound].site != nil {
            judgeLast(bound, bounds)
            if isLast && caps[bound].level <= shares.leastLevel { release(bound, bounds) }
        }
        judgePipes(isLast: isLast)
        if isLast { return 0 }
        var change = 0.0
        let states = statesToExchange(bounds, &change)
        let pipePrices = pipePrices(loads)
        var work: [(circuit: Int, slot: Int, price: LimitPrice?, pipe: Int?)] = []
        for circuit in caps.indices where !rooms[circuit].isEmpty {
            let price = bounds[circuit] == nil ? nil : reach.price[circuit]
            // Nobody on a one-pipe riser can be held warmer than the others by water of its own.
            let hasRisers = !distribution.circuits[circuit].risers.isEmpty
            for slot in rooms[circuit].indices where !hasRisers {
                switch pipeStop(circuit, slot) {
                case .none: if price != nil || isLifted(circuit, slot) { work.append((circuit, slot, price, nil)) }
                case .one(let pipe): work.append((circuit, slot, pipePrices[pipe][circuit], pipe))
                // A building between pipes: what one of them saves is no use to those behind another.
                case .several: if isLifted(circuit, slot) { work.append((circuit, slot, nil, nil)) }
                }
            }
        }
        guard !work.isEmpty else { return change }
        let (snapshot, items) = (self, work)
        let found = Workers.map(items.count, threads: options.workers) { position -> [Lift] in
            let item = items[position]
            guard let price = item.price else { return snapshot.released(item.circuit, item.slot) }
            var state = states[item.circuit][item.slot]
            if let pipe = item.pipe { state.level = snapshot.pipeCaps[pipe].level }
            return snapshot.lifts(item.circuit, item.slot, state, price)
        }
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

    /// What the level may fall in one exchange, for the sake of someone colder, K: more than that prices did not foresee.
    private static var dearest: Double { 1 }

    /// Holds nobody above the level of a circuit any more: the way out where exchanges ask for more than there is.
    private mutating func release(_ bound: Int, _ bounds: [Int?]) {
        for member in caps.indices where bounds[member] == bound {
            for slot in rooms[member].indices {
                rooms[member][slot].isLinear = false
                for position in model.ranges[distribution.feeds[member].buildings[slot]] {
                    (shares.demand.floor[position], shares.demand.floorSlope[position]) = (-.infinity, 0)
                }
            }
        }
    }

    /// Goes back to where the last exchange of a circuit started if that lowered the level by far: where water is short
    /// prices hold only nearby.
    private mutating func judgeLast(_ bound: Int, _ bounds: [Int?]) {
        let members = caps.indices.filter { bounds[$0] == bound }
        guard reach.price[bound]?.hasFlow ?? false else {
            reach.base[bound] = nil
            return
        }
        let level = caps[bound].level
        if let base = reach.base[bound], base.members == members, level < base.level - Self.dearest {
            for (member, states) in zip(members, base.states) { rooms[member] = states }
            for building in members.flatMap({ distribution.feeds[$0].buildings }) {
                for position in model.ranges[building] {
                    (shares.demand.floor[position], shares.demand.floorSlope[position]) = (base.floor[position], base.slope[position])
                    reach.shrink(position)
                }
            }
            // Temperatures of the water move the level too: a start that is never reached again is given up.
            reach.base[bound]?.level -= min(0.02, 0.1 * (base.level - level))
            for member in members { for slot in rooms[member].indices { rooms[member][slot].isLinear = false } }
        } else {
            reach.base[bound] = ExchangeReach.Base(
                level: level, members: members, states: members.map { rooms[$0] }, floor: shares.demand.floor,
                slope: shares.demand.floorSlope)
        }
    }

    /// What heat and water cost in every circuit, by the limit that stops it.
    ///
    /// Half is what they cost before: where several limits stop a circuit at once, paths of a pump or a pump and a source,
    /// prices settle on the mixture of them that all rooms agree with (dual averaging, Nesterov 2009).
    private mutating func updatePrices(_ loads: [Load], _ bounds: [Int?]) {
        let byCircuit = Dictionary(uniqueKeysWithValues: loads.enumerated().map { ($0, $1) })
        var prices: [Int: [Int: LimitPrice]] = [:]
        for circuit in caps.indices {
            guard let bound = bounds[circuit], let limit = caps[bound].site?.limit else {
                reach.price[circuit] = nil
                continue
            }
            if prices[bound] == nil { prices[bound] = self.prices(of: limit, in: bound, byCircuit) }
            reach.take(prices[bound]?[circuit], circuit)
        }
    }

    /// Rooms of all circuits at the levels that exchanges look at: those of the filling, or where these leap to and fro over
    /// the one that is sought, between the last two.
    private mutating func statesToExchange(_ bounds: [Int?], _ change: inout Double) -> [[RoomState]] {
        var states = rooms
        for bound in caps.indices where caps[bound].site != nil && reach.price[bound].map({ !$0.hasFlow }) ?? false {
            let trial = reach.level(caps[bound].level, bound)
            guard trial != caps[bound].level else { continue }
            change = max(change, abs(trial - caps[bound].level))
            let members = caps.indices.filter { bounds[$0] == bound }
            let solved = solve(members, threads: options.workers, from: members.map { rooms[$0] }, levels: members.map { _ in trial })
            for (member, solved) in zip(members, solved) { states[member] = solved }
        }
        return states
    }

    /// A dwelling that is held at `floor` + `slope` · level where that is above the level.
    struct Lift {
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

    func isLifted(_ circuit: Int, _ slot: Int) -> Bool {
        model.ranges[distribution.feeds[circuit].buildings[slot]].contains { shares.demand.floor[$0] > -.infinity }
    }

    /// Nothing stops the circuit any more: nobody needs to be held above the level.
    private func released(_ circuit: Int, _ slot: Int) -> [Lift] {
        model.ranges[distribution.feeds[circuit].buildings[slot]].filter { shares.demand.floor[$0] > -.infinity }
            .map { Lift(dwelling: $0, floor: -.infinity, slope: 0, change: 0) }
    }
}
