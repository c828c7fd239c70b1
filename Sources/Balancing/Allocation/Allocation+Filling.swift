import Heating
import NetworkModel
import Quantities

extension Allocation {
    /// Shares heat and water by a policy, under every limit at once.
    ///
    /// - Parameters:
    ///   - demand: what each dwelling needs, in the same network and weather.
    ///   - setPoints: supply set points; nil = ``SetPoints/init(of:in:)``.
    /// - Throws: ``BalanceFailure/hydraulics(_:)`` where the flows of a circuit with loops cannot be found.
    /// - Complexity: a few rounds, each linear in the network.
    public init(
        of demand: HeatDemand, policy: AllocationPolicy = .equalTemperature, in network: Network,
        setPoints: SetPoints? = nil, options: AllocationOptions = AllocationOptions()
    ) throws(BalanceFailure) {
        preconditionFailure("being written")
    }
}
