/// Four numbers side by side: those of four states, or of four places of one.
typealias Quad = SIMD4<Double>

extension Quad {
    @inline(__always)
    var magnitudes: Quad { replacing(with: -self, where: self .< 0) }

    /// Lane by lane the greater number.
    @inline(__always)
    func orGreater(_ other: Quad) -> Quad { replacing(with: other, where: other .> self) }

    /// Natural logarithms of positive normal numbers, to 1 ulp.
    ///
    /// log(2ᵏ(1+f)) with s = f/(2+f) and the minimax polynomial of degree 14 of FreeBSD's `e_log.c` (Sun Microsystems, 1993).
    @inline(__always)
    func logarithms() -> Quad {
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

    @inline(__always)
    private init(bits: SIMD4<UInt64>) {
        self.init(
            Double(bitPattern: bits.x), Double(bitPattern: bits.y), Double(bitPattern: bits.z), Double(bitPattern: bits.w))
    }
}
