/// Numbers as files write them: the shortest decimal that reads back as the same `Double`.
public enum NumberText {
    /// The shortest round-trip decimal, without a trailing `.0` and without an exponent between 1e-9 and 1e21, so that
    /// spreadsheets and people see plain numbers; empty for NaN, `inf` and `-inf` for infinities; −0 is 0.
    public static func shortest(_ value: Double) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends ``shortest(_:)`` as ASCII.
    public static func append(_ value: Double, to bytes: inout [UInt8]) {
        if value.isNaN { return }
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return append(whole, to: &bytes) }
        guard value.isFinite else { return bytes.append(contentsOf: value.description.utf8) }
        let decimal = ShortestDecimal(value.magnitude)
        let count = decimal.count
        let exponent = decimal.exponent + count - 1
        guard exponent > -10, exponent < 21 else { return bytes.append(contentsOf: value.description.utf8) }
        bytes.append(addingCapacity: 40) { (text: inout OutputSpan<UInt8>) in
            if value < 0 { text.append(UInt8(ascii: "-")) }
            appendPlain(decimal.digits, count: count, point: exponent + 1, to: &text)
        }
    }

    /// Appends a whole number as ASCII.
    public static func append(_ value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            let (next, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(48 + UInt8(truncatingIfNeeded: digit))
            rest = next
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Appends digits with the decimal point after so many of them, as plain decimals.
    private static func appendPlain(_ digits: UInt64, count: Int, point: Int, to text: inout OutputSpan<UInt8>) {
        if point <= 0 {
            text.append(48)
            text.append(UInt8(ascii: "."))
            for _ in 0..<(-point) { text.append(48) }
        }
        let (upper, low) = digits.quotientAndRemainder(dividingBy: 100_000_000)
        let (first, high) = upper.quotientAndRemainder(dividingBy: 100_000_000)
        let (highDigits, lowDigits) = (eightDigits(high), eightDigits(low))
        // Seventeen digits in all, of which the last ones count.
        for place in 17 - count..<17 {
            if place - 17 + count == point && point > 0 { text.append(UInt8(ascii: ".")) }
            let digit = place == 0
                ? first : place < 9 ? highDigits >> UInt64(8 * (place - 1)) : lowDigits >> UInt64(8 * (place - 9))
            text.append(48 + UInt8(truncatingIfNeeded: digit & 15))
        }
        for _ in count..<max(count, point) { text.append(48) }
    }

    /// The digits of a number below 10^8, one a byte, the first in the lowest: halves, quarters and eighths of it at once.
    @inline(__always)
    private static func eightDigits(_ number: UInt64) -> UInt64 {
        let high = number / 10_000
        let fours = high | (number - high * 10_000) << 32
        let hundreds = ((fours * 10_486) >> 20) & 0x7f_0000_007f
        let twos = hundreds | (fours - hundreds * 100) << 16
        let tens = ((twos * 103) >> 10) & 0x0f_000f_000f_000f
        return tens | (twos - tens * 10) << 8
    }
}
