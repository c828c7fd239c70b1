import NetworkModel

/// Why dwellings' valves of a circuit have to take more pressure than is quiet.
///
/// A valve above could take a dwelling's excess only as far as every dwelling behind it has some: the one with the least decides.
struct NoiseReason: Sendable {
    private let balance: CircuitBalance
    /// Pressure that every dwelling behind a valve could do without at the predicted flows, Pa, by local link; ∞ where none takes water.
    private var slack: [Double]
    /// Consumer behind each dwelling's own valve, by local link; −1 elsewhere.
    private var consumer: [Int32]

    /// - Complexity: O(links + chains).
    init(_ circuit: BalancedCircuit) {
        balance = circuit.balance
        let compiled = balance.circuit.compiled
        slack = [Double](repeating: .infinity, count: compiled.links.count)
        consumer = [Int32](repeating: -1, count: compiled.links.count)
        for position in balance.circuit.consumers.indices where !balance.spare[position].isNaN {
            let chain = balance.chains.valves(of: position)
            let own = balance.ownValve(of: position)
            var left = 0.0
            if let own {
                consumer[own] = Int32(position)
                left = Self.excess(own, circuit)
            }
            for link in chain where Int(link) != own { slack[Int(link)] = min(slack[Int(link)], left) }
        }
    }

    /// What a dwelling's own valve takes beyond what it takes fully open, or beyond the least that a controller needs, Pa.
    private static func excess(_ link: Int, _ circuit: BalancedCircuit) -> Double {
        let balance = circuit.balance
        guard let valve = balance.circuit.setValve[link] else { return 0 }
        if balance.isController(link) { return max(0, balance.valveLoss(link) - balance.network.leastLoss(of: valve)) }
        let (kv, full) = (balance.state.kv[link], balance.network.fullyOpenKv(of: valve))
        guard kv > 0, full > 0 else { return 0 }
        let loss = balance.circuit.compiled.pressureLoss(link: link, massFlow: circuit.trial.massFlow[link], balance.state).loss.magnitude
        return max(0, loss * (1 - (kv / full) * (kv / full)))
    }

    /// What keeps the valves above from taking a dwelling's excess; nil for a link that is no dwelling's valve.
    ///
    /// - Parameters:
    ///   - loss: what the dwelling's valve takes, Pa.
    ///   - quiet: what it may take without being heard, Pa.
    func note(_ link: Int, loss: Double, quiet: Double) -> ValveNote? {
        guard consumer[link] >= 0 else { return nil }
        var most: Double?
        for valve in balance.chains.valves(of: Int(consumer[link])) where Int(valve) != link && !balance.isController(Int(valve)) {
            most = max(most ?? 0, slack[Int(valve)])
        }
        guard let most else { return .noValveAbove }
        return loss - most > quiet ? .neededBeside : .forPresets
    }
}
