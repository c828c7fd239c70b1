#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// ln x.
@inline(__always) func naturalLogarithm(_ x: Double) -> Double { log(x) }
/// eˣ.
@inline(__always) func exponential(_ x: Double) -> Double { exp(x) }
/// eˣ − 1 without loss of digits near nought.
@inline(__always) func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }
/// xʸ.
@inline(__always) func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
/// Processors of this machine.
var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
