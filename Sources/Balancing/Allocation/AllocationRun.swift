import Heating
import Hydraulics
import NetworkModel
import Quantities

/// Rounds of filling, transport of temperatures and exchanges until they agree.
struct AllocationRun {
    private let demand: HeatDemand
    private let policy: AllocationPolicy
    private let distribution: Distribution
    private let setPoints: SetPoints
    private let options: AllocationOptions
    private let model: RoomModel
    private let start: [CircuitTemperatures]

    init(
        _ demand: HeatDemand, _ policy: AllocationPolicy, _ distribution: Distribution, _ setPoints: SetPoints,
        _ options: AllocationOptions
    ) {
        (self.demand, self.policy, self.distribution, self.setPoints, self.options) = (
            demand, policy, distribution, setPoints, options)
        let network = distribution.network
        model = RoomModel(of: network, in: demand.weather, rooms: demand.room)
        start = distribution.circuits.map { CircuitTemperatures($0, of: network, in: demand.weather, setPoints: setPoints) }
    }

    /// What a policy does beyond filling.
    private struct Plan {
        /// Class of each dwelling where classes are served in order.
        var classes: [Int]?
        /// Whom to keep at the target from the first on.
        var kept: [Bool]?
    }

    /// The shares by the policy.
    func allocation() throws(BalanceFailure) -> Allocation {
        var plan = Plan()
        if policy == .priority { plan.classes = distribution.network.dwellings.map { Int($0.priority) } }
        return try shares(plan)
    }

    /// Starts `most-at-target` from what other policies bring to the target, where that is more; where they bring more still
    /// because they leave someone below the floor, the floor gives way as far as it must.
    func improved(_ first: Allocation, floor: Double) throws(BalanceFailure) -> Allocation {
        var best = first
        best.floor = floor
        var most: [Bool] = []
        for other in [AllocationPolicy.equalTemperature, .openArea, .area, .tilt(1), .tilt(1.5)] {
            let kept = try AllocationRun(demand, other, distribution, setPoints, options).allocation().atTarget(in: distribution.network)
            if count(kept) > count(most) { most = kept }
        }
        guard count(most) > count(best) else { return best }
        let seeded = try shares(Plan(kept: most))
        if count(seeded) > count(best), seeded.keepsFloor(floor, in: distribution.network) {
            best = seeded
            best.floor = floor
        }
        for lower in [0.5, 1, 2, 4, 8, 16, 32] where count(most) > count(best) {
            let run = AllocationRun(demand, .mostAtTarget(floor: floor - lower), distribution, setPoints, options)
            for plan in [Plan(), Plan(kept: most)] {
                var other = try run.shares(plan)
                guard count(other) > count(best) else { continue }
                (other.policy, other.floor) = (policy, floor - lower)
                best = other
            }
        }
        return best
    }

    private func count(_ kept: [Bool]) -> Int { kept.count { $0 } }
    private func count(_ allocation: Allocation) -> Int { count(allocation.atTarget(in: distribution.network)) }

    private func shares(_ plan: Plan) throws(BalanceFailure) -> Allocation {
        let network = distribution.network
        let shares = PolicyShares(policy, demand, model, in: network, options: options)
        var filling = Filling(distribution, model, shares, setPoints, options)
        filling.limitValves()
        if options.limitsPressure { filling.limitBranches() }
        var designs = start.map { Filling.CircuitDesign(flow: [], temperatures: $0) }
        var loads: [Filling.Load] = []
        var (rounds, change) = (0, Double.infinity)
        let mostRounds = network.dwellings.count > options.largeNetwork ? options.exchangeRoundsOfLarge : options.exchangeRounds
        let exchangeRounds = policy == .equalTemperature ? min(mostRounds, options.exchangeRounds) : 0
        var (exchanges, exchanged) = (0, exchangeRounds > 0 ? Double.infinity : 0)
        do throws(HydraulicFailure) {
            while rounds < max(options.transportRounds, 1) && (change > options.transportTolerance || exchanged > 1e-3) {
                // A level far more accurate than the temperatures it is found at would be no use.
                filling.accuracy = min(1e-4, max(1e-9, 1e-4 * change))
                loads = try fill(&filling, plan, round: rounds)
                change = max(try filling.transport(&loads, &designs), filling.meetNeighbours())
                // A level in kelvins, or a share: a thousandth is nothing either way.
                if filling.pipeMove > 1e-3 { change = max(change, 1.01 * options.transportTolerance) }
                filling.keepsBranches = exchanges > 0
                if options.limitsPressure && rounds < options.branchSteps.count && filling.raiseBranches(designs, by: options.branchSteps[rounds]) {
                    change = max(change, 1)
                }
                rounds += 1
                // The first two rounds look at everyone's whole need; later ones at what has moved.
                filling.startsFromLast = rounds >= 2
                // Exchanges wait for temperatures that mean something, and look again at whatever has changed since.
                if rounds >= (filling.isRaised.contains(true) ? Self.branchRounds : 2) && exchanges < exchangeRounds {
                    exchanged = filling.exchange(loads, isLast: exchanges + 1 == exchangeRounds)
                    exchanges += 1
                }
            }
            // Whoever got more than in the first round is judged again.
            for circuit in filling.isRaised.indices where filling.isRaised[circuit] { filling.slack[circuit] = nil }
            filling.isLastRound = true
            filling.accuracy = options.levelAccuracy
            loads = try fill(&filling, plan, round: rounds)
            try filling.update(&designs, for: loads)
        } catch {
            throw .hydraulics(error)
        }
        let record = AllocationRecord(filling: filling, designs: designs, loads: loads, need: demand)
        return record.allocation(policy, rounds: rounds, residual: change)
    }

    private func fill(_ filling: inout Filling, _ plan: Plan, round: Int) throws(HydraulicFailure) -> [Filling.Load] {
        let loads = try filled(&filling, plan, round: round)
        let isOverdrawn = filling.caps.contains { $0.level <= filling.shares.leastLevel }
        guard isOverdrawn, !filling.shares.demand.leastFlow.isEmpty || !filling.riserLeast.isEmpty else { return loads }
        // Least flows alone are more than there is.
        filling.shares.demand.leastFlow = []
        filling.riserLeast = []
        filling.dropsLeastFlow = true
        filling.startsFromLast = false
        for circuit in filling.slack.indices {
            filling.slack[circuit] = nil
            filling.rooms[circuit] = []
        }
        return try filled(&filling, plan, round: round)
    }

    private func filled(_ filling: inout Filling, _ plan: Plan, round: Int) throws(HydraulicFailure) -> [Filling.Load] {
        if let classes = plan.classes { return try filling.fill(inOrderOf: classes) }
        if case .mostAtTarget(let floor) = policy, round < Self.choiceRounds || filling.isLastRound {
            filling.keep(try filling.choice(floor: floor, startingFrom: plan.kept))
        }
        return try filling.fill()
    }

    /// Rounds after which dwellings that their branch stops have the head that filling leaves them: what exchanges then ask of the
    /// pump for warmer rooms does not take it back.
    private static var branchRounds: Int { 6 }
    /// Rounds that choose whom to keep anew; then temperatures have settled, and the last round looks once more.
    private static var choiceRounds: Int { 5 }
}

extension Allocation {
    /// Whether everyone whose emitter and branch allow it is at a floor or above.
    func keepsFloor(_ floor: Double, in network: Network) -> Bool {
        network.dwellings.indices.allSatisfy { position in
            guard network.dwellings[position].state == .open, dwellings.room[position] < floor - 1e-3 else { return true }
            let limit = dwellings.limit[position].limit
            return limit == .emitter || limit == .valve || limit == .unreachable
        }
    }

    /// Whether each open dwelling is at its target, within ``AreaSummary/targetTolerance``.
    func atTarget(in network: Network) -> [Bool] {
        network.dwellings.indices.map { position in
            let dwelling = network.dwellings[position]
            guard dwelling.state == .open, dwelling.terminal != nil else { return false }
            return dwellings.room[position] >= network.target(of: DwellingIndex(position)).celsius - AreaSummary.targetTolerance
        }
    }
}
