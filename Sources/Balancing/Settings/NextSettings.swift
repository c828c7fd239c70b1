import NetworkModel
import Quantities

/// The setting next to that of a dwelling's valve, on the side of its design flow.
public struct NextSetting: Hashable, Sendable {
    /// What a fitter would turn to, in the catalogue's own notation.
    public var label: String
    /// What would then flow over the design flow, all other settings as they are.
    public var flowRatio: Double
}

/// For dwellings of a circuit whose flow misses by more than it may: what the settings next to theirs would give.
struct NextSettings: Sendable {
    /// By local link of the dwelling's valve.
    private var found: [Int: NextSetting] = [:]
    private var reasons: [Int: ValveNote] = [:]

    /// Miss from which on they are found: less than ``ValveRow/flowLimit``, because the simulation that follows may move flows a little.
    private static var least: Double { 0.8 * ValveRow.flowLimit }

    /// - Complexity: O(consumers), and for each group with such a dwelling the size of the group.
    init(_ circuit: BalancedCircuit) {
        let balance = circuit.balance
        func isFar(_ consumer: Int) -> Bool {
            guard balance.dwellingValve(of: consumer) != nil else { return false }
            let link = balance.circuit.consumers[consumer].link
            return (circuit.trial.massFlow[link] / balance.flow[link] - 1).magnitude > Self.least
        }
        guard balance.circuit.consumers.indices.contains(where: isFar) else { return }
        let above = balance.resistanceAbove()
        var grids = [SettingGrid?](repeating: nil, count: balance.network.valveModels.count)
        for group in PresetGroup.groups(balance.circuit, balance.chains, dwellingValve: { balance.dwellingValve(of: $0) }) {
            let far = group.members.filter(isFar)
            if far.isEmpty { continue }
            let response = balance.response(of: group, by: circuit.trial.massFlow, pressing: 0, damping: 1, above: above)
            for model in group.members.lazy.map({ balance.branches[$0].model }) where model >= 0 && grids[model] == nil {
                grids[model] = SettingGrid(balance.network.valveModels[ValveModelIndex(model)])
            }
            explain(group, far, balance, circuit.trial, grids)
            for consumer in far {
                let branch = balance.branches[consumer]
                guard branch.model >= 0 else { continue }
                let model = balance.network.valveModels[ValveModelIndex(branch.model)]
                guard let next = balance.neighbour(of: consumer, response, circuit.trial, grids) else { continue }
                found[branch.valve] = NextSetting(label: model.label(for: next.setting), flowRatio: next.flowRatio)
            }
        }
    }

    /// Finds what neighbours would have to give for the dwellings of a group that are far from their flows.
    private mutating func explain(
        _ group: PresetGroup, _ far: [Int], _ balance: CircuitBalance, _ trial: CircuitBalance.Trial, _ grids: [SettingGrid?]
    ) {
        guard group.common != nil else { return }
        let fitted = group.members.compactMap { consumer in balance.fit(consumer, trial, grids).map { (consumer: consumer, fit: $0) } }
        let fits = fitted.map(\.fit)
        let held = fits.count { ($0.ratio - 1).magnitude <= ValveRow.flowLimit }
        for (place, entry) in fitted.enumerated() where far.contains(entry.consumer) {
            let most = fits.mostWithin(ValveRow.flowLimit, including: place)
            reasons[balance.branches[entry.consumer].valve] = most <= held ? .othersWouldMiss : .neighboursPay
        }
    }

    /// What neighbours would have to give for a dwelling, by its valve's local link; nil where its flow is met.
    func neighbours(_ link: Int) -> ValveNote? { reasons[link] }

    /// The next setting of a valve by its local link; nil where its flow is met or its scale ends.
    subscript(_ link: Int) -> NextSetting? { found[link] }
}
