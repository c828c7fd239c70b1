import Hydraulics

/// A circuit with the state and the flows that a simulation ended on.
package struct SolvedCircuit: Sendable {
    /// The circuit.
    package let compiled: CompiledNetwork
    /// Its state: settings, temperatures, limits that controllers set.
    package let state: CircuitState
    /// Its flows and pressures.
    package let solution: HydraulicSolution
}

extension Simulation {
    /// The circuits as the last run left them; empty where it failed or none has been made.
    package var solvedCircuits: [SolvedCircuit] {
        levels.joined().flatMap(\.circuits).compactMap { circuit in
            circuit.solution.map { SolvedCircuit(compiled: circuit.compiled, state: circuit.state, solution: $0) }
        }
    }
}
