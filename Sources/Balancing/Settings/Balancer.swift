import Heating
import NetworkModel
import Quantities

/// Finds settings that give an allocation: the inverse problem.
///
/// From design flows to pressures, from pressures to the Kv of every valve, from Kv to settings a fitter can turn; then a
/// forward solve with exactly those settings, and corrections from what it shows.
public struct Balancer: Sendable {
    /// The network with today's settings.
    public let network: Network
    /// How settings are chosen.
    public var options: BalancerOptions

    /// A balancer of a network.
    public init(_ network: Network, options: BalancerOptions = BalancerOptions()) {
        self.network = network
        self.options = options
    }

    /// Settings for an allocation.
    ///
    /// - Throws: ``BalanceFailure`` where the hydraulics of a circuit do not converge.
    public func schedule(for allocation: Allocation) throws(BalanceFailure) -> Schedule {
        preconditionFailure("being written")
    }
}

/// What settings may depend on, with documented defaults.
public struct BalancerOptions: Hashable, Sendable {
    /// Loss that a building's or unit's balancing valve should take at least so that its flow can be measured, Pa.
    public var measurableLoss = 3_000.0
    /// Loss that a dwelling's valve should take at least so that it governs its flow, Pa.
    public var dwellingLoss = 3_000.0
    /// Loss above which a dwelling's valve may be heard where its model names no limit, Pa.
    public var quietLoss = 20_000.0
    /// Most correction rounds against forward solves.
    public var correctionRounds = 8
    /// Flow error that needs no correction.
    public var flowTolerance = 0.005
    /// Workers that share the circuits; the result does not depend on it.
    public var workers = 2

    /// The defaults.
    public init() {}
}
