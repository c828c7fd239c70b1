/// The shortest decimal that reads back as the same `Double`, and among those the nearest to it.
///
/// R. Giulietti, *The Schubfach way to render doubles* (2020), in the form of A. Jakob's Drachennest: three products with a
/// power of ten of 128 bits, rounded to odd, and a choice among at most four candidates. The standard library finds the
/// same digits; this finds them without a `String` for each number.
struct ShortestDecimal {
    /// The digits as a whole number; without trailing zeros.
    private(set) var digits: UInt64
    /// The value is ``digits`` · 10^``exponent``.
    private(set) var exponent: Int

    /// The decimal of a positive finite number.
    init(_ value: Double) {
        let fraction = value.significandBitPattern
        let biased = Int(value.exponentBitPattern)
        let c = biased == 0 ? fraction : fraction | 1 << 52
        let q = (biased == 0 ? 1 : biased) - 1075
        // Below a power of two the next number is half as far away.
        let isLowerCloser = fraction == 0 && biased > 1
        let k = (q * 1_262_611 - (isLowerCloser ? 524_031 : 0)) >> 22
        let shift = UInt64(truncatingIfNeeded: q + PowersOfTen.binaryExponent(-k) + 1)
        let power = PowersOfTen.shared[-k]
        let below = power.roundedToOdd(times: (4 * c - (isLowerCloser ? 1 : 2)) << shift)
        let here = power.roundedToOdd(times: (4 * c) << shift)
        let above = power.roundedToOdd(times: (4 * c + 2) << shift)
        // Ends of the interval belong to it where rounding to even comes back to this number.
        let odd = c & 1
        (digits, exponent) = Self.choose(here, lower: below + odd, upper: above - odd, exponent: k)
        dropZeros()
    }

    /// The shortest of the candidates within the interval; all in quarters of 10^`exponent`.
    @inline(__always)
    private static func choose(_ here: UInt64, lower: UInt64, upper: UInt64, exponent: Int) -> (UInt64, Int) {
        let whole = here / 4
        if whole >= 10 {
            let tens = whole / 10
            let (isDownInside, isUpInside) = (lower <= 40 * tens, 40 * tens + 40 <= upper)
            if isDownInside != isUpInside { return (tens + (isUpInside ? 1 : 0), exponent + 1) }
        }
        let (isDownInside, isUpInside) = (lower <= 4 * whole, 4 * whole + 4 <= upper)
        if isDownInside != isUpInside { return (whole + (isUpInside ? 1 : 0), exponent) }
        let middle = 4 * whole + 2
        let roundsUp = here > middle || (here == middle && whole & 1 == 1)
        return (whole + (roundsUp ? 1 : 0), exponent)
    }

    /// How many digits there are.
    var count: Int {
        var (count, limit) = (1, 10 as UInt64)
        while count < 18 && digits >= limit {
            count += 1
            limit *= 10
        }
        return count
    }

    private mutating func dropZeros() {
        while digits % 10_000 == 0 {
            digits /= 10_000
            exponent += 4
        }
        while digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
    }
}

/// 10^k for every exponent that a `Double` may need, as 128 bits rounded up.
private struct PowersOfTen: Sendable {
    static let shared = PowersOfTen()
    private static var first: Int { -292 }
    private static var last: Int { 324 }

    private let values: [UInt128]

    subscript(exponent: Int) -> UInt128 { values[exponent - Self.first] }

    /// ⌊log₂ 10^k⌋.
    @inline(__always)
    static func binaryExponent(_ k: Int) -> Int { (k * 1_741_647) >> 19 }

    init() {
        // A negative power as the quotient of a high power of two, which leaves more than 128 bits of the smallest.
        var fraction = LongNumber(powerOfTwo: 1200)
        var negative: [UInt128] = []
        for _ in 1...(-Self.first) {
            fraction.divideByTen()
            negative.append(fraction.leading + 1)
        }
        var power = LongNumber(powerOfTwo: 0)
        var positive: [UInt128] = []
        for exponent in 0...Self.last {
            if exponent > 0 { power.multiplyByTen() }
            positive.append(power.isLongerThanLeading ? power.leading + 1 : power.leading)
        }
        values = negative.reversed() + positive
    }
}

extension UInt128 {
    /// The upper 64 bits of a product of 192, its last bit set where anything below the bit after them is.
    @inline(__always)
    fileprivate func roundedToOdd(times factor: UInt64) -> UInt64 {
        let low = UInt64(truncatingIfNeeded: self).multipliedFullWidth(by: factor)
        let high = UInt64(truncatingIfNeeded: self >> 64).multipliedFullWidth(by: factor)
        let (middle, carry) = high.low.addingReportingOverflow(low.high)
        return (high.high &+ (carry ? 1 : 0)) | (middle > 1 ? 1 : 0)
    }
}

/// A whole number of any length, for the table alone.
private struct LongNumber {
    /// Lowest first; the last is not zero.
    private var limbs: [UInt64]

    init(powerOfTwo exponent: Int) {
        limbs = Array(repeating: 0, count: exponent / 64) + [1 << UInt64(exponent % 64)]
    }

    mutating func multiplyByTen() {
        var carry: UInt64 = 0
        for position in limbs.indices {
            let product = limbs[position].multipliedFullWidth(by: 10)
            let (low, overflow) = product.low.addingReportingOverflow(carry)
            limbs[position] = low
            carry = product.high + (overflow ? 1 : 0)
        }
        if carry > 0 { limbs.append(carry) }
    }

    /// Rounded down, so that repeating it is exact rounding down as well.
    mutating func divideByTen() {
        var rest: UInt64 = 0
        for position in limbs.indices.reversed() {
            (limbs[position], rest) = (10 as UInt64).dividingFullWidth((rest, limbs[position]))
        }
        if limbs.last == 0 { limbs.removeLast() }
    }

    private func limb(_ fromEnd: Int) -> UInt128 { fromEnd < limbs.count ? UInt128(limbs[limbs.count - 1 - fromEnd]) : 0 }

    /// The first 128 bits, the first of them set.
    var leading: UInt128 {
        let shift = UInt128(limbs[limbs.count - 1].leadingZeroBitCount)
        return (limb(0) << 64 | limb(1)) << shift | (limb(2) << shift) >> 64
    }

    /// Whether bits below the leading ones are set.
    var isLongerThanLeading: Bool {
        let width = 64 * limbs.count - limbs[limbs.count - 1].leadingZeroBitCount
        let firstSet = (limbs.firstIndex { $0 != 0 } ?? 0) * 64 + (limbs.first { $0 != 0 } ?? 1).trailingZeroBitCount
        return width - firstSet > 128
    }
}
