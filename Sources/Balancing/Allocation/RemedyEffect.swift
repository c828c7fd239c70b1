import Heating
import NetworkModel
import Quantities

/// What a remedy changes, found by sharing again with the limit raised.
public struct RemedyEffect: Sendable, Hashable {
    /// Open dwellings that come to their target, less those that lose it.
    public var dwellings: Int
    /// Kelvins below target that vanish, summed over open dwellings.
    public var degreeDwellings: Double
}

extension Allocation {
    /// Shares again with the remedy of each of the first bottlenecks applied by itself, then with other ways to the same end, and notes
    /// what each changes.
    ///
    /// An amount of heat or water is lifted altogether, and the remedy is what is then taken beyond the limit: more than what those below
    /// their target lack, since with more at hand exchanges warm the neighbours of others too.
    ///
    /// - Parameters:
    ///   - count: how many bottlenecks are judged; rows without a remedy that can be applied are passed over.
    ///   - alternatives: how many other ways are judged beside them, those of the worst bottlenecks first.
    /// - Complexity: one allocation a remedy.
    mutating func judgeRemedies(
        _ count: Int, alternatives: Int, in network: Network, setPoints: SetPoints, options: AllocationOptions
    ) throws(BalanceFailure) {
        let judge = RemedyJudge(self, network, setPoints, options)
        let rows = Array(bottlenecks.indices.filter { !bottlenecks[$0].reinforcements.isEmpty }.prefix(count))
        for row in rows {
            let lifted = bottlenecks[row].reinforcements[0].lifted
            let other = try judge.shares(with: lifted.map { [$0] } ?? bottlenecks[row].reinforcements)
            if let lifted, let found = other.taken(beyond: lifted, in: network) {
                (bottlenecks[row].remedy, bottlenecks[row].reinforcements) = (found.remedy, [found.reinforcement])
            }
            bottlenecks[row].effect = judge.effect(other)
        }
        var left = alternatives
        for row in rows {
            for place in bottlenecks[row].alternatives.indices where left > 0 && !bottlenecks[row].alternatives[place].reinforcements.isEmpty {
                left -= 1
                let other = try judge.shares(with: bottlenecks[row].alternatives[place].reinforcements)
                bottlenecks[row].alternatives[place].effect = judge.effect(other)
            }
        }
    }

    /// What is taken beyond a limit of heat or water that was lifted, with a thousandth in hand as a change of the network; nil where
    /// that is nothing.
    private func taken(beyond lifted: Reinforcement, in network: Network) -> (remedy: Remedy, reinforcement: Reinforcement)? {
        func heat(_ taken: Power, _ limit: Power?, _ change: (Power) -> Reinforcement) -> (remedy: Remedy, reinforcement: Reinforcement)? {
            guard let limit, taken > limit else { return nil }
            return (.moreHeat(taken - limit), change(Power(watts: 1.001 * (taken - limit).watts)))
        }
        func flow(_ taken: MassFlow, _ limit: MassFlow?, _ change: (MassFlow) -> Reinforcement) -> (remedy: Remedy, reinforcement: Reinforcement)? {
            guard let limit, taken > limit else { return nil }
            return (.moreFlow(taken - limit), change(MassFlow(1.001 * (taken - limit).value)))
        }
        switch lifted {
        case .sourceHeat(let index, _): return heat(sources[index.position].heat, network.sources[index].heatLimit) { .sourceHeat(index, $0) }
        case .sourceFlow(let index, _): return flow(sources[index.position].massFlow, network.sources[index].flowLimit) { .sourceFlow(index, $0) }
        case .substationHeat(let index, _):
            return heat(substations[index.position].heat, network.substations[index].heatLimit) { .substationHeat(index, $0) }
        case .primaryFlow(let index, _):
            return flow(substations[index.position].primaryFlow, network.substations[index].primaryFlowLimit) { .primaryFlow(index, $0) }
        default: return nil
        }
    }

    /// Kelvins below target, summed over open dwellings.
    func degreesMissing(in network: Network) -> Double {
        network.dwellings.indices.reduce(0) { sum, position in
            guard network.dwellings[position].state == .open, dwellings.room[position].isFinite else { return sum }
            return sum + max(0, network.target(of: DwellingIndex(position)).celsius - dwellings.room[position])
        }
    }
}

/// Shares again in a network that a remedy has changed.
private struct RemedyJudge {
    let policy: AllocationPolicy
    let weather: Weather
    let network: Network
    let setPoints: SetPoints
    let options: AllocationOptions
    /// Dwellings at their target and kelvins missing as things are.
    let now: (dwellings: Int, missing: Double)

    init(_ allocation: Allocation, _ network: Network, _ setPoints: SetPoints, _ options: AllocationOptions) {
        (policy, weather) = (allocation.policy, allocation.weather)
        (self.network, self.setPoints, self.options) = (network, setPoints, options)
        now = (allocation.atTarget(in: network).count { $0 }, allocation.degreesMissing(in: network))
    }

    func shares(with changes: [Reinforcement]) throws(BalanceFailure) -> Allocation {
        let stronger = network.reinforced(by: changes)
        var points = setPoints
        for change in changes {
            switch change {
            case .sourceSupply(let source, let more): points.sourceSupply[source.position] += more.value
            case .secondarySupply(let substation, let more): points.secondarySupply[substation.position] += more.value
            default: break
            }
        }
        let demand = HeatDemand(of: stronger, in: weather, options: HeatDemandOptions(threads: options.workers))
        let run = AllocationRun(demand, policy, Distribution(of: stronger, threads: options.workers), points, options)
        return try run.allocation()
    }

    func effect(_ other: Allocation) -> RemedyEffect {
        RemedyEffect(
            dwellings: other.atTarget(in: network).count { $0 } - now.dwellings,
            degreeDwellings: now.missing - other.degreesMissing(in: network))
    }
}

extension Reinforcement {
    /// The same with a limit of heat or water lifted altogether; nil for what is no such amount.
    fileprivate var lifted: Reinforcement? {
        // More than any city has: a terawatt, and a river.
        let (heat, flow) = (Power(watts: 1e12), MassFlow(1e7))
        return switch self {
        case .sourceHeat(let source, _): .sourceHeat(source, heat)
        case .sourceFlow(let source, _): .sourceFlow(source, flow)
        case .substationHeat(let substation, _): .substationHeat(substation, heat)
        case .primaryFlow(let substation, _): .primaryFlow(substation, flow)
        case .exchanger, .pumpHead, .valve, .emitter, .pipe, .branch, .envelope, .sourceSupply, .secondarySupply: nil
        }
    }
}
