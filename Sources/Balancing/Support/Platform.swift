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

/// CPU time of the whole process, s: all threads together. POSIX counts in millionths, whatever the clock resolves.
func processorSeconds() -> Double { Double(clock()) / 1_000_000 }
