import NetworkModel
import Quantities

/// Acceleration of free fall used for gravity heads, m/s² (ISO 80000-3 standard value).
public let standardGravity = 9.80665

/// Density and viscosity of the water in one link.
public struct WaterProperties: Hashable, Sendable {
    /// Density.
    public var density: Density
    /// Dynamic viscosity.
    public var viscosity: Viscosity

    /// Given properties.
    public init(density: Density, viscosity: Viscosity) { (self.density, self.viscosity) = (density, viscosity) }

    /// Properties of a fluid at a temperature.
    public init(of fluid: Fluid, at temperature: Temperature) {
        density = fluid.density(at: temperature)
        viscosity = fluid.viscosity(at: temperature)
    }
}

extension Fluid {
    /// Dynamic viscosity at a temperature: μ = 2.414·10⁻⁵ · 10^(247.8/(T + 133.15)) Pa s, T in °C.
    ///
    /// Vogel equation with the constants of Al-Shemmeri (Engineering Fluid Mechanics, 2012); within 2.5 % of the
    /// IAPWS formulation from 0 to 150 °C. Temperatures outside −50…374 °C take the value at the end of that range,
    /// so that no input can divide by zero.
    public func viscosity(at temperature: Temperature) -> Viscosity {
        switch self {
        case .constant(_, let viscosity, _): return viscosity
        case .water:
            let bounded = min(max(temperature.celsius, -50), 374)
            return Viscosity(2.414e-5 * exponential(naturalLogarithm(10) * 247.8 / (bounded + 133.15)))
        }
    }
}
