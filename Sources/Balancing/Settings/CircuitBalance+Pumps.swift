import Hydraulics
import NetworkModel
import Quantities

/// Several pumps in one circuit: those that share the main pump's work, those in line with it, and boosters.
///
/// Heads are the least that serve every consumer; where a curve of efficiency makes another division cheaper, the one of least
/// electric power is taken. Pumps beside each other keep the division of flow that they have at full speed.
extension CircuitBalance {
    /// What boosters give each consumer at most, Pa; empty where there are none.
    func greatestBoost() -> [Double] {
        guard !circuit.pumps.boosters.isEmpty else { return [] }
        let most = circuit.pumps.boosters.map { state.pumpSpeed[$0] > 0 ? max(0, pumpHead(of: $0)) : 0 }
        return circuit.consumers.indices.map { position in circuit.pumps.chain[position].reduce(0) { $0 + most[$1] } }
    }

    /// Head of a pump at its design flow and the speed that the state has, Pa.
    private func pumpHead(of pump: Int) -> Double {
        let link = circuit.compiled.pumps.lowerBound + pump
        return -circuit.compiled.pressureLoss(link: link, massFlow: flow[link], state).loss
    }

    /// Electric power of all pumps that are set, W.
    var electricPower: Double {
        drives.reduce(0) { sum, drive in
            let link = circuit.compiled.pumps.lowerBound + drive.pump
            guard case .pump(let index) = network.links[circuit.compiled.links[link]].element else { return sum }
            let volume = VolumeFlow(MassFlow(flow[link].magnitude), density: Density(circuit.compiled.density(link: link, state)))
            let head = PressureDifference(pumpHead(of: drive.pump))
            return sum + network.pumps[index].electricPower(flow: volume, head: head, speed: state.pumpSpeed[drive.pump]).watts
        }
    }

    /// Sets all pumps; the head of the main pump with those in line with it, Pa.
    ///
    /// - Parameters:
    ///   - least: the least such head that can serve every consumer with the boosters at their most, Pa.
    ///   - available: the most that they have, Pa.
    mutating func setPumps(from least: Double, to available: Double) -> Double {
        let needs = circuit.consumers.indices.map { position in
            spare[position].isNaN ? -.infinity : chains.valves(of: position).reduce(0) { $0 + self.least[Int($1)] } - spare[position]
        }
        let full = self
        var best: (balance: CircuitBalance, head: Double, power: Double)?
        for head in candidates(least, available, needs) {
            var attempt = full
            let boosts = attempt.boosts(beside: head, needs)
            attempt.setStation(to: head)
            for (pump, boost) in zip(circuit.pumps.boosters, boosts) where state.pumpSpeed[pump] > 0 {
                let most = full.state.pumpSpeed[pump]
                attempt.setSpeed(of: pump, head: boost, most: most)
                // One that is not needed turns over: at rest it would shut its branch.
                attempt.state.pumpSpeed[pump] = max(attempt.state.pumpSpeed[pump], Self.idleShare * most)
            }
            attempt.addSpare { position in
                head + (circuit.pumps.chain.isEmpty ? 0 : circuit.pumps.chain[position].reduce(0) { $0 + boosts[$1] })
            }
            // A saving that the noise of a meter would hide is not worth the pressure.
            let power = attempt.electricPower
            if best.map({ power < 0.995 * $0.power }) ?? true { best = (attempt, head, power) }
        }
        guard let best else { return least }
        self = best.balance
        return best.head
    }

    /// Heads of the main pump to look at, the least first: those at which a booster is no longer needed, and some in between.
    private func candidates(_ least: Double, _ available: Double, _ needs: [Double]) -> [Double] {
        guard circuit.mainPump != nil, available > least else { return [least] }
        var heads = [least]
        let boosts = boosts(beside: least, needs)
        heads += boosts.prefix(Self.boostersLookedAt).map { least + $0 }
        for step in 1...Self.divisions { heads.append(least + (available - least) * Double(step) / Double(Self.divisions)) }
        return [least] + heads.filter { $0 > least && $0 <= available }.sorted()
    }

    /// Speed of a booster that is not needed, as a ratio of its full one.
    private static var idleShare: Double { 0.01 }
    /// Boosters whose end of work is looked at exactly.
    private static var boostersLookedAt: Int { 16 }
    /// Heads looked at between the least and the most.
    private static var divisions: Int { 30 }

    /// The least heads of the boosters beside a head of the main pump, Pa: each gives what those need whom no further one serves.
    private func boosts(beside head: Double, _ needs: [Double]) -> [Double] {
        var left = [Double](repeating: 0, count: circuit.pumps.boosters.count)
        guard !left.isEmpty else { return left }
        var last: [[Int]] = left.map { _ in [] }
        for position in needs.indices {
            if let booster = circuit.pumps.chain[position].last, needs[position] > -.infinity { last[booster].append(position) }
        }
        let most = circuit.pumps.boosters.map { state.pumpSpeed[$0] > 0 ? max(0, pumpHead(of: $0)) : 0 }
        // Outermost first, so that those further in know what is given before them.
        for booster in left.indices {
            for position in last[booster] {
                let given = circuit.pumps.chain[position].dropLast().reduce(head) { $0 + left[$1] }
                left[booster] = max(left[booster], needs[position] - given)
            }
            left[booster] = min(left[booster], most[booster])
        }
        // What an inner one cannot give, those before it give where they can.
        for position in needs.indices where needs[position] > -.infinity {
            var short = needs[position] - circuit.pumps.chain[position].reduce(head) { $0 + left[$1] }
            for booster in circuit.pumps.chain[position] where short > 0 {
                let more = min(short, most[booster] - left[booster])
                left[booster] += more
                short -= more
            }
        }
        return left
    }

    /// Brings the main pump, those in line with it and those beside it to a head, all in line at one share of their full speed.
    private mutating func setStation(to head: Double) {
        guard let main = circuit.mainPump else { return }
        let line = ([main] + circuit.pumps.series).filter { state.pumpSpeed[$0] > 0 }
        let full = Dictionary(uniqueKeysWithValues: drives.map { ($0.pump, $0.fullSpeed) })
        let beside = circuit.pumps.mates.filter { state.pumpSpeed[$0] > 0 }.map { (pump: $0, more: pumpHead(of: $0) - pumpHead(of: main)) }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            for pump in line { state.pumpSpeed[pump] = middle * (full[pump] ?? 1) }
            if line.reduce(0, { $0 + pumpHead(of: $1) }) < head { low = middle } else { high = middle }
        }
        for pump in line {
            state.pumpSpeed[pump] = high * (full[pump] ?? 1)
            pumpHeads[circuit.compiled.pumps.lowerBound + pump] = pumpHead(of: pump)
        }
        let lead = pumpHead(of: main)
        for (pump, more) in beside { setSpeed(of: pump, head: max(0, lead + more), most: full[pump] ?? 1) }
    }

    /// The same with as many of the pumps beside the main one at rest as saves electric power.
    ///
    /// Where efficiency follows a curve, one pump near its best point takes less than two far below it.
    ///
    /// - Parameter design: the state of the design: valves open, pumps at full speed.
    func withFewerPumps(from design: CircuitState) -> CircuitBalance {
        let running = circuit.pumps.mates.filter { pump in drives.contains { $0.pump == pump } }
        guard !running.isEmpty, !isShort else { return self }
        var best = (balance: self, power: 0.995 * electricPower)
        let consumption = circuit.consumers.map { flow[$0.link] }
        for count in 1...running.count {
            var open = design
            for pump in running.suffix(count) { open.pumpSpeed[pump] = 0 }
            var loops: LoopFlows?
            guard let there = try? circuit.flows(consumption, open, &loops) else { continue }
            let fewer = CircuitBalance(network, circuit, flow: there, limits: limits, state: open, options: options)
            let power = fewer.electricPower
            if !fewer.isShort, power > 0, power < best.power { best = (fewer, 0.995 * power) }
        }
        return best.balance
    }
}
