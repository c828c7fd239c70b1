// The one place of this module that names the system's mathematical functions.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Natural logarithm.
@inline(__always) func logarithm(_ x: Double) -> Double { log(x) }

/// Power with a real exponent.
@inline(__always) func power(_ x: Double, _ exponent: Double) -> Double { pow(x, exponent) }
