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

    /// (1 − e^(−N))/N for N = U L/(ṁ cp): mean excess over the surroundings along the pipe, over that at its inlet.
    ///
    /// Nearly all pipes lose so little that the series has all digits: its next term is below 1e-16.
    @inline(__always)
    package static func meanShare(_ n: Double) -> Double {
        if n < 0.02 {
            return 1 - n * (0.5 - n * (1 / 6.0 - n * (1 / 24.0 - n * (1 / 120.0 - n * (1 / 720.0 - n * (1 / 5040.0))))))
        }
        return n.isFinite ? lastingShare(n) : 0
    }

    /// Beyond the series; in no caller's loop.
    package static func lastingShare(_ n: Double) -> Double { -exponentialMinusOne(-n) / n }

    /// Mean temperature along the pipe, °C: Ta + (T_in − Ta)(1 − e^(−N))/N.
    public static func mean(inlet: Double, surroundings: Double, conductance: Double, capacityFlow: Double) -> Double {
        let n = conductance / capacityFlow.magnitude
        guard n > 1e-12 else { return inlet }
        guard n.isFinite else { return surroundings }
        return surroundings + (inlet - surroundings) * -exponentialMinusOne(-n) / n
    }
}
