/// Decimal text to the nearest `Double`, straight from bytes.
///
/// `Double(String)` needs a `String` each and costs more than the rest of reading together. Three exact ways instead:
/// a product or quotient of two exactly represented numbers (Clinger, "How to read floating point numbers accurately",
/// PLDI 1990); a 128-bit division with the remainder as sticky bit for up to 19 digits and 27 decimals; and the
/// standard library for what is left. Each rounds once, to nearest, ties to even.
enum DecimalNumber {
    /// What stands at a place.
    enum Form {
        /// A number as RFC 8259 writes it.
        case strict
        /// A number that people write and JSON forbids: `+1`, `007`, `.5`, `5.`.
        case lenient
        /// No decimal number.
        case none
    }

    /// A number that was read.
    struct Scan {
        /// The value; infinite where the text overflows.
        var value: Double
        /// The first byte behind it.
        var end: Int
        var form: Form
    }

    /// Reads the longest number that starts at a byte; what follows it is for the caller to judge.
    static func scan(_ text: Span<UInt8>, from start: Int, to limit: Int) -> Scan {
        var at = start
        var form = Form.strict
        var isNegative = false
        if at < limit, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
            isNegative = text[at] == UInt8(ascii: "-")
            if !isNegative { form = .lenient }
            at += 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var exponent = 0
        let wholeStart = at
        while at < limit {
            let digit = text[at] &- 48
            if digit > 9 { break }
            accumulate(digit, &mantissa, &digits, &exponent, isFraction: false)
            at += 1
        }
        let wholeCount = at - wholeStart
        if wholeCount > 1 && text[wholeStart] == 48 { form = .lenient }
        var fractionCount = 0
        if at < limit, text[at] == UInt8(ascii: ".") {
            at += 1
            let fractionStart = at
            while at < limit {
                let digit = text[at] &- 48
                if digit > 9 { break }
                accumulate(digit, &mantissa, &digits, &exponent, isFraction: true)
                at += 1
            }
            fractionCount = at - fractionStart
            if fractionCount == 0 || wholeCount == 0 { form = .lenient }
        }
        guard wholeCount + fractionCount > 0 else { return Scan(value: .nan, end: start, form: .none) }
        if at < limit, text[at] | 32 == UInt8(ascii: "e"), let (power, end) = power(text, from: at + 1, to: limit) {
            exponent += power
            at = end
        }
        let magnitude = digits > 19
            ? slow(text, start, at) : value(mantissa, exponent) ?? slow(text, start, at)
        return Scan(value: isNegative && magnitude != 0 ? -magnitude : magnitude, end: at, form: form)
    }

    @inline(__always)
    private static func accumulate(
        _ digit: UInt8, _ mantissa: inout UInt64, _ digits: inout Int, _ exponent: inout Int, isFraction: Bool
    ) {
        if digits < 19 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            if mantissa != 0 { digits += 1 }
            if isFraction { exponent -= 1 }
        } else {
            // Digits beyond 19 are left to the slow way unless they are zeros.
            if digit != 0 { digits = 20 }
            if !isFraction { exponent += 1 }
        }
    }

    /// The digits behind an `e`; nil where there are none. Far beyond any `Double` the count stops.
    private static func power(_ text: Span<UInt8>, from start: Int, to limit: Int) -> (Int, Int)? {
        var at = start
        var isNegative = false
        if at < limit, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
            isNegative = text[at] == UInt8(ascii: "-")
            at += 1
        }
        let first = at
        var power = 0
        while at < limit {
            let digit = text[at] &- 48
            if digit > 9 { break }
            if power < 100_000 { power = power * 10 + Int(digit) }
            at += 1
        }
        return at > first ? (isNegative ? -power : power, at) : nil
    }

    /// mantissa · 10^exponent, correctly rounded; nil where neither exact way applies.
    @inline(__always)
    private static func value(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        if mantissa == 0 { return 0 }
        if exponent == 0 { return Double(mantissa) }
        if mantissa < 1 << 53 {
            if exponent > 0 && exponent <= 22 { return Double(mantissa) * tens[exponent] }
            if exponent < 0 && exponent >= -22 { return Double(mantissa) / tens[-exponent] }
        }
        return exponent < 0 && exponent >= -27 ? quotient(mantissa, -exponent) : nil
    }

    /// mantissa / 10^decimals by one 128-bit division: with both operands shifted to 64 bits the quotient has 63 or 64,
    /// at least ten more than a `Double`, so or-ing the remainder into its last bit leaves one correct rounding.
    private static func quotient(_ mantissa: UInt64, _ decimals: Int) -> Double {
        let divisor = fives[decimals]
        let dividend = mantissa << UInt64(mantissa.leadingZeroBitCount)
        let (quotient, remainder) = (divisor << UInt64(divisor.leadingZeroBitCount))
            .dividingFullWidth((dividend >> 1, dividend << 63))
        let shift = divisor.leadingZeroBitCount - mantissa.leadingZeroBitCount - 63 - decimals
        return Double(quotient | (remainder == 0 ? 0 : 1)) * Double(sign: .plus, exponent: shift, significand: 1)
    }

    /// The magnitude by the standard library, for more than 19 digits or far exponents.
    @inline(never)
    private static func slow(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Double {
        var digits: [UInt8] = []
        for position in start..<end where text[position] != UInt8(ascii: "+") && (position > start || text[position] != UInt8(ascii: "-")) {
            digits.append(text[position])
        }
        return Double(String(decoding: digits, as: UTF8.self)) ?? .infinity
    }

    /// Powers of ten that a `Double` holds exactly.
    private static let tens: [Double] = (0...22).map { power in (0..<power).reduce(1) { value, _ in value * 10 } }
    /// Powers of five below 2⁶³.
    private static let fives: [UInt64] = (0...27).map { power in (0..<power).reduce(1) { value, _ in value * 5 } }
}
