import NetworkModel
import Quantities
import SparseAlgebra

/// Newton's method on the gradient form for one circuit: the workspace of one worker.
public struct HydraulicSolver: Sendable {
    /// The circuit.
    public let compiled: CompiledNetwork
    /// Tolerances and limits.
    public var options: HydraulicOptions

    /// Allocates the workspace.
    public init(_ compiled: CompiledNetwork, options: HydraulicOptions = HydraulicOptions()) {
        self.compiled = compiled
        self.options = options
    }

    /// Flows and pressures for a state.
    /// - Parameter start: a solution of a similar state of the same circuit to start from.
    public mutating func solve(
        _ state: CircuitState, from start: HydraulicSolution? = nil
    ) throws(HydraulicFailure) -> HydraulicSolution {
        preconditionFailure("being written")
    }
}
