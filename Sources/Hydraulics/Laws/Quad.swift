/// Four numbers side by side: those of four states, or of four places of one.
@usableFromInline package typealias Quad = SIMD4<Double>

extension Quad {
    /// Lane by lane the size.
    @inlinable @inline(__always)
    package var magnitudes: Quad { replacing(with: -self, where: self .< 0) }

    /// Lane by lane the greater number.
    @inlinable @inline(__always)
    package func orGreater(_ other: Quad) -> Quad { replacing(with: other, where: other .> self) }

    /// Lane by lane the square root, by the processor's own vectors.
    @inlinable @inline(__always)
    package var roots: Quad { Quad(x.squareRoot(), y.squareRoot(), z.squareRoot(), w.squareRoot()) }

    /// Natural logarithms of positive normal numbers, to 1 ulp.
    ///
    /// log(2ᵏ(1+f)) with s = f/(2+f) and the minimax polynomial of degree 14 of FreeBSD's `e_log.c` (Sun Microsystems, 1993).
    @inlinable @inline(__always)
    package func logarithms() -> Quad {
        let bits = SIMD4<UInt64>(x.bitPattern, y.bitPattern, z.bitPattern, w.bitPattern)
        let root = SIMD4<UInt64>(repeating: 0x3fe6_a09e_667f_3bcd)
        // Halves between √½ and √2: the exponent is that of the number over √½.
        let shifted = bits &- root
        let fraction = (shifted & 0x000f_ffff_ffff_ffff) &+ root
        // Biased, so that it is positive and its digits can be read as those of a number above 2⁵².
        let biased = ((shifted &+ (1024 << 52)) &>> 52) | 0x4330_0000_0000_0000
        let k = Quad(bits: biased) - (0x1p52 + 1024)
        let f = Quad(bits: fraction) - 1
        let s = f / (f + 2)
        let z2 = s * s
        let z4 = z2 * z2
        var even = z4 * 1.531383769920937332e-01
        even = z4 * (even + 2.222219843214978396e-01)
        even = z4 * (even + 3.999999999940941908e-01)
        var odd = z4 * 1.479819860510658591e-01
        odd = z4 * (odd + 1.818357216161805012e-01)
        odd = z4 * (odd + 2.857142874366239149e-01)
        odd = z2 * (odd + 6.666666666666735130e-01)
        let half = (0.5 * f) * f
        let correction = s * (half + (even + odd)) + k * 1.90821492927058770002e-10
        return k * 6.93147180369123816490e-01 - ((half - correction) - f)
    }

    /// Exponentials of numbers between −700 and 700, and of those what is beyond 1, both to 2 ulp.
    ///
    /// eˣ = 2ᵏ eʳ with |r| ≤ ½ ln 2, and eʳ − 1 by its series of degree 13, of which the next term is below 1e-17: as 2ᵏ (eʳ − 1) + (2ᵏ − 1)
    /// it keeps its digits near zero.
    @inlinable @inline(__always)
    package func exponentials() -> (value: Quad, less: Quad) {
        // A number added to 1.5 · 2⁵² is rounded to a whole one, which stands in the last digits.
        let shifted = self * 1.44269504088896338700 + 0x1.8p52
        let k = shifted - 0x1.8p52
        // ln 2 in two parts, of which the first has zeros at its end, so that its product is exact.
        let r = (self - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
        var sum = r * (1 / 6227020800.0) + 1 / 479001600.0
        sum = sum * r + 1 / 39916800.0
        sum = sum * r + 1 / 3628800.0
        sum = sum * r + 1 / 362880.0
        sum = sum * r + 1 / 40320.0
        sum = sum * r + 1 / 5040.0
        sum = sum * r + 1 / 720.0
        sum = sum * r + 1 / 120.0
        sum = sum * r + 1 / 24.0
        sum = sum * r + 1 / 6.0
        sum = sum * r + 0.5
        let less = r * r * sum + r
        let digits = SIMD4<UInt64>(shifted.x.bitPattern, shifted.y.bitPattern, shifted.z.bitPattern, shifted.w.bitPattern)
        let scale = Quad(bits: (digits &+ 1023) &<< 52)
        return (scale * less + scale, scale * less + (scale - 1))
    }

    @inlinable @inline(__always)
    package init(bits: SIMD4<UInt64>) {
        self.init(
            Double(bitPattern: bits.x), Double(bitPattern: bits.y), Double(bitPattern: bits.z), Double(bitPattern: bits.w))
    }
}
