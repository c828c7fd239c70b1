// For the square root that debug builds call.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a factor holds: one number, or the numbers of several systems with one pattern side by side.
///
/// The elimination loops are written once for both; each use of them is specialised in this module.
protocol Lanes: BitwiseCopyable, Sendable {
    static var zero: Self { get }
    static var one: Self { get }
    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Self) -> Self
    static func / (left: Self, right: Self) -> Self
    func squareRoot() -> Self

    /// Whether dense blocks can go through BLAS and LAPACK.
    static var hasLibrary: Bool { get }

    /// The first lane whose pivot is not positive, not finite, or below a share of the entry it came from.
    static func failingLane(_ pivot: Self, original: Self, smallestRatio: Double) -> Int?

    /// The number in a lane.
    func number(in lane: Int) -> Double

    /// The memory as one of plain numbers; called only where ``hasLibrary``.
    static func numbers(_ view: MutableView<Self>) -> MutableView<Double>
}

extension Lanes {
    @inline(__always)
    static func += (left: inout Self, right: Self) { left = left + right }
    @inline(__always)
    static func -= (left: inout Self, right: Self) { left = left - right }
    @inline(__always)
    static func *= (left: inout Self, right: Self) { left = left * right }
}

extension Double: Lanes {
    static var one: Double { 1 }
    static var hasLibrary: Bool { true }

    @inline(__always)
    static func failingLane(_ pivot: Double, original: Double, smallestRatio: Double) -> Int? {
        // Written so that NaN fails.
        pivot > smallestRatio * original && pivot > 0 && pivot < .infinity ? nil : 0
    }

    func number(in lane: Int) -> Double { self }
    static func numbers(_ view: MutableView<Double>) -> MutableView<Double> { view }
}

extension SIMD4<Double>: Lanes {
    static var hasLibrary: Bool { false }

    @inline(__always)
    static func failingLane(_ pivot: Self, original: Self, smallestRatio: Double) -> Int? {
        let isGood = (pivot .> smallestRatio * original) .& (pivot .> 0) .& (pivot .< .infinity)
        return all(isGood) ? nil : (0..<4).first { !isGood[$0] }
    }

    func number(in lane: Int) -> Double { self[lane] }

    static func numbers(_ view: MutableView<Self>) -> MutableView<Double> {
        preconditionFailure("no library works on lanes")
    }
}
