import Hydraulics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The standard normal distribution.
enum NormalDistribution {
    /// The value below which a share of the distribution lies.
    ///
    /// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Appl. Statist. 37 (1988) 477, PPND7:
    /// seven figures, more than a draw needs.
    /// - Parameter share: above 0, below 1.
    static func quantile(_ share: Double) -> Double {
        let q = share - 0.5
        if q.magnitude <= 0.425 {
            let r = 0.180625 - q * q
            return q * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
                / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1)
        }
        var r = (-logarithm(q < 0 ? share : 1 - share)).squareRoot()
        let value: Double
        if r <= 5 {
            r -= 1.6
            value = (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
                / ((0.12021132975 * r + 0.73700164250) * r + 1)
        } else {
            r -= 5
            value = (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
                / ((0.012258202635 * r + 0.24197894225) * r + 1)
        }
        return q < 0 ? -value : value
    }

    /// Replaces shares by ``quantile(_:)`` of them times a weight, the same but for the last digits.
    ///
    /// First all as if they were near the middle, four at a time without a branch; then the few that are not, four at a time as well.
    static func replaceByQuantiles(_ shares: inout [Double], weight: Double) {
        let given = shares
        let (source, count) = (given.span, given.count)
        var own = shares.mutableSpan
        var place = 0
        while place + 4 <= count {
            let found = weight * central(SIMD4(source[place], source[place + 1], source[place + 2], source[place + 3]) - 0.5)
            (own[place], own[place + 1], own[place + 2], own[place + 3]) = (found.x, found.y, found.z, found.w)
            place += 4
        }
        for last in place..<count { own[last] = weight * quantile(source[last]) }
        var outer: [Int32] = []
        outer.reserveCapacity(count / 4)
        for place in 0..<place where (source[place] - 0.5).magnitude > 0.425 { outer.append(Int32(truncatingIfNeeded: place)) }
        let (places, whole) = (outer.span, outer.count / 4 * 4)
        for first in stride(from: 0, to: whole, by: 4) {
            let (a, b, c, d) = (Int(places[first]), Int(places[first + 1]), Int(places[first + 2]), Int(places[first + 3]))
            let found = weight * tail(SIMD4(source[a], source[b], source[c], source[d]))
            (own[a], own[b], own[c], own[d]) = (found.x, found.y, found.z, found.w)
        }
        for place in whole..<places.count { own[Int(places[place])] = weight * quantile(source[Int(places[place])]) }
    }

    /// The quantile far from the middle.
    @inline(__always)
    private static func tail(_ share: SIMD4<Double>) -> SIMD4<Double> {
        let isLow = share .< 0.5
        let end = (1 - share).replacing(with: share, where: isLow)
        let r = (SIMD4<Double>.zero - end.logarithms()).roots - 1.6
        if any(r .> 3.4) { return SIMD4(quantile(share.x), quantile(share.y), quantile(share.z), quantile(share.w)) }
        // Apart, so that the type checker is done in time.
        let first = (0.17023821103 * r + 1.3067284816) * r + 2.7568153900
        let second = (0.12021132975 * r + 0.73700164250) * r + 1
        let value = (first * r + 1.4234372777) / second
        return value.replacing(with: SIMD4<Double>.zero - value, where: isLow)
    }

    /// The quantile near the middle, by the distance from a half.
    @inline(__always)
    private static func central(_ q: SIMD4<Double>) -> SIMD4<Double> {
        let r = 0.180625 - q * q
        // Apart, so that the type checker is done in time.
        let first = (59.109374720 * r + 159.29113202) * r + 50.434271938
        let second = (67.187563600 * r + 78.757757664) * r + 17.895169469
        return q * (first * r + 3.3871327179) / (second * r + 1)
    }

    private static func logarithm(_ value: Double) -> Double { log(value) }

    /// A lognormal factor of mean 1 with a relative standard deviation, from a standard normal number.
    static func factor(deviation: Double, normal: Double) -> Double {
        guard deviation > 0 else { return 1 }
        let variance = log(1 + deviation * deviation)
        return exp(variance.squareRoot() * normal - 0.5 * variance)
    }
}
