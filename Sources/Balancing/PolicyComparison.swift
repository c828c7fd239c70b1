import Heating
import NetworkModel
import Quantities

/// All policies side by side on one network in one weather, each with its settings and their forward simulation.
public struct PolicyComparison: Sendable {
    /// One policy, carried through to the end.
    public struct Entry: Sendable {
        /// Who gets how much.
        public var allocation: Allocation
        /// The network with the settings that follow.
        public var network: Network
        /// Their simulation.
        public var outcome: Outcome
    }

    /// One point of the trade-off between the coldest dwelling and the share at target.
    public struct TradeOff: Sendable, Hashable {
        /// The policy; several floors of ``AllocationPolicy/mostAtTarget(floor:)`` make a curve.
        public var policy: AllocationPolicy
        /// Coldest open dwelling, °C.
        public var coldest: Double
        /// Share of open dwellings at their target.
        public var shareAtTarget: Double
        /// Coldest of those that sharing decides: whom equal temperature leaves to a limit that others share or to none, not to an
        /// emitter or a branch of their own, °C.
        public var coldestShared: Double
    }

    /// The policies in the order of ``policies(floor:tilt:)``; one whose settings have no trustworthy simulation is left out.
    public var entries: [Entry]
    /// The curve, coldest first of those that sharing decides: most at target, with rising floors, to equal temperature.
    public var curve: [TradeOff]

    /// Dwellings that sharing decides, by position: see ``TradeOff/coldestShared``.
    public private(set) var isShared: [Bool]

    /// What is compared.
    public static func policies(floor: Double, tilt: Double) -> [AllocationPolicy] {
        [.equalTemperature, .mostAtTarget(floor: floor), .tilt(tilt), .area, .openArea, .priority]
    }

    init(_ demand: HeatDemand, _ distribution: Distribution, _ setPoints: SetPoints, _ simulation: Simulation, _ options: BalanceOptions)
        throws(BalanceFailure)
    {
        let network = distribution.network
        entries = []
        var points: [TradeOff] = []
        isShared = []
        for policy in Self.policies(floor: options.comparedFloor, tilt: options.comparedTilt) {
            let allocation = try Allocation(
                of: demand, policy: policy, over: distribution, setPoints: setPoints, options: options.allocation)
            if policy == .equalTemperature { isShared = Self.shared(allocation) }
            let schedule = try Balancer(distribution, options: options.balancer).schedule(for: allocation)
            var simulation = simulation
            simulation.apply(schedule.settings)
            do throws(SimulationFailure) {
                let outcome = try simulation.run(demand.weather, setPoints: setPoints)
                entries.append(Entry(allocation: allocation, network: network.applying(schedule.settings), outcome: outcome))
            } catch {
                continue
            }
            points.append(Self.point(allocation, policy, network, isShared))
        }
        curve = try Self.curve(points, isShared, demand, distribution, setPoints, options.allocation)
    }

    private static func point(_ allocation: Allocation, _ policy: AllocationPolicy, _ network: Network, _ isShared: [Bool]) -> TradeOff {
        let open = network.dwellings.indices.filter {
            network.dwellings[$0].state == .open && network.dwellings[$0].terminal != nil && allocation.dwellings.room[$0].isFinite
        }
        let coldest = open.reduce(Double.infinity) { min($0, allocation.dwellings.room[$1]) }
        let atTarget = allocation.atTarget(in: network).count { $0 }
        let shared = open.reduce(Double.infinity) { isShared[$1] ? min($0, allocation.dwellings.room[$1]) : $0 }
        return TradeOff(
            policy: policy, coldest: coldest, shareAtTarget: open.isEmpty ? .nan : Double(atTarget) / Double(open.count),
            coldestShared: shared.isFinite ? shared : coldest)
    }

    /// Dwellings that no limit of their own stops.
    private static func shared(_ allocation: Allocation) -> [Bool] {
        allocation.dwellings.limit.map {
            switch $0.limit {
            case .emitter, .valve, .noise, .leastFlow, .restricted, .unreachable: false
            case .none, .sourceHeat, .sourceFlow, .exchanger, .primaryFlow, .substationHeat, .pumpHead, .pipe, .policy: true
            }
        }
    }

    /// Floors from well below what equal temperature keeps up to it.
    private static func curve(
        _ points: [TradeOff], _ isShared: [Bool], _ demand: HeatDemand, _ distribution: Distribution, _ setPoints: SetPoints, _ options: AllocationOptions
    ) throws(BalanceFailure) -> [TradeOff] {
        guard let fair = points.first(where: { $0.policy == .equalTemperature }), fair.shareAtTarget < 1 else { return [] }
        var curve = [fair]
        // One allocation a floor; those who cannot be helped say nothing of how the others share.
        for step in [0.25, 0.5, 1, 1.5, 2, 3, 4.5, 6] {
            let policy = AllocationPolicy.mostAtTarget(floor: fair.coldestShared - step)
            let allocation = try AllocationRun(demand, policy, distribution, setPoints, options).allocation()
            curve.append(point(allocation, policy, distribution.network, isShared))
        }
        return curve.sorted { ($0.coldestShared, -$0.shareAtTarget) < ($1.coldestShared, -$1.shareAtTarget) }
    }
}
