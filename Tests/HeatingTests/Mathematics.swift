#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Closed forms that tests compare with, written apart from the module's own.
func logarithmicMean(_ a: Double, _ b: Double) -> Double { a == b ? a : (a - b) / log(a / b) }
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
func exponential(_ x: Double) -> Double { exp(x) }
