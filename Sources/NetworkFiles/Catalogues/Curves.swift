#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Kv/Kvs of an equal-percentage valve at a relative opening: R^(h−1), R = 30 (VDI/VDE 2173).
func equalPercentageRatio(_ opening: Double) -> Double { pow(30, opening - 1) }

/// Heat lost by a metre of pre-insulated pipe a kelvin above the ground, W/(m K): 2πλ / ln(D_casing/d_outer), the
/// resistance of the insulation alone (EN 13941 without the ground's part, which is small beside it).
func insulationTransmittance(outerDiameter: Double, casingDiameter: Double, conductivity: Double) -> Double {
    guard casingDiameter > outerDiameter, outerDiameter > 0 else { return 0 }
    return 2 * Double.pi * conductivity / log(casingDiameter / outerDiameter)
}

/// Friction of a pipe in Pa/m by Altshul's explicit law λ = 0.11 (K/d + 68/Re)^¼, used for choosing sizes only.
func sizingFriction(massFlow: Double, innerDiameter: Double, roughness: Double, density: Double, viscosity: Double) -> Double {
    let velocity = massFlow / (density * Double.pi / 4 * innerDiameter * innerDiameter)
    guard velocity > 0 else { return 0 }
    let reynolds = density * velocity * innerDiameter / viscosity
    let factor = 0.11 * pow(roughness / innerDiameter + 68 / reynolds, 0.25)
    return factor / innerDiameter * density * velocity * velocity / 2
}

/// Viscosity of water in Pa s: 2.414e−5 · 10^(247.8/(T+133.15)), T in °C (Al-Shemmeri 2012), used for choosing sizes only.
func sizingViscosity(_ celsius: Double) -> Double { 2.414e-5 * pow(10, 247.8 / (max(celsius, 0) + 133.15)) }

/// Logarithmic mean of two temperature differences, K; their mean where they are nearly equal, zero where one is not positive.
func logarithmicMean(_ first: Double, _ second: Double) -> Double {
    guard first > 0, second > 0 else { return 0 }
    // Below a relative difference of 1e-4 the series (a+b)/2 differs from the quotient by less than 1e-9.
    if abs(first - second) <= 1e-4 * max(first, second) { return (first + second) / 2 }
    return (first - second) / log(first / second)
}

/// A positive number to a power.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
