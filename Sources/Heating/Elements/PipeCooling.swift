/// Cooling of water along a pipe: T_out = Ta + (T_in − Ta) e^(−N), N = U L/(ṁ cp).
///
/// The closed form of a pipe with constant loss a metre and no conduction along it.
public enum PipeCooling {
    /// What is left of the excess over the surroundings, e^(−N); 0 for no flow through a pipe that loses heat.
    ///
    /// - Parameters:
    ///   - conductance: U L, W/K.
    ///   - capacityFlow: ṁ cp, W/K, in either direction.
    public static func remainder(conductance: Double, capacityFlow: Double) -> Double {
        guard conductance > 0 else { return 1 }
        return exponential(-conductance / capacityFlow.magnitude)
    }

    /// Temperature at the outlet, °C.
    public static func outlet(inlet: Double, surroundings: Double, conductance: Double, capacityFlow: Double) -> Double {
        surroundings + (inlet - surroundings) * remainder(conductance: conductance, capacityFlow: capacityFlow)
    }

    /// Mean temperature along the pipe, °C: Ta + (T_in − Ta)(1 − e^(−N))/N.
    public static func mean(inlet: Double, surroundings: Double, conductance: Double, capacityFlow: Double) -> Double {
        let n = conductance / capacityFlow.magnitude
        guard n > 1e-12 else { return inlet }
        guard n.isFinite else { return surroundings }
        return surroundings + (inlet - surroundings) * -exponentialMinusOne(-n) / n
    }
}
