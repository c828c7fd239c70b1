import Heating
import Hydraulics
import NetworkModel

/// Why there are no trustworthy settings.
public enum BalanceFailure: Error, Sendable {
    /// The design flows of a circuit with loops could not be found.
    case hydraulics(HydraulicFailure)
    /// The simulation with the recommended settings failed.
    case verification(SimulationFailure)
}
