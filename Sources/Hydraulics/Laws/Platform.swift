// The one place that names the system's mathematical functions.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Natural logarithm.
@inline(__always) func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// Exponential function.
@inline(__always) func exponential(_ x: Double) -> Double { exp(x) }

/// A positive number to a power.
@inline(__always) func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
