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
        // Swift's description is the shortest decimal that reads back (Errol/SwiftDtoa); only its exponent form needs undoing.
        let text = value.description.utf8
        guard let mark = text.firstIndex(of: UInt8(ascii: "e")) else {
            bytes.append(contentsOf: text.suffix(2).elementsEqual(".0".utf8) ? text.dropLast(2) : text[...])
            return
        }
        guard let exponent = Int(String(decoding: text[text.index(after: mark)...], as: UTF8.self)), exponent > -10, exponent < 21
        else { return bytes.append(contentsOf: text) }
        appendPlain(text[..<mark], exponent: exponent, to: &bytes)
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

    /// Appends `d.ddd` times a power of ten as plain decimals.
    private static func appendPlain(_ mantissa: Substring.UTF8View, exponent: Int, to bytes: inout [UInt8]) {
        var digits: [UInt8] = []
        var point = 0
        for byte in mantissa {
            switch byte {
            case UInt8(ascii: "-"): bytes.append(byte)
            case UInt8(ascii: "."): point = digits.count
            default: digits.append(byte)
            }
        }
        if point == 0 { point = digits.count }
        while digits.count > 1 && digits.last == 48 && digits.count > point { digits.removeLast() }
        let place = point + exponent
        if place <= 0 {
            bytes.append(contentsOf: [48, UInt8(ascii: ".")])
            bytes.append(contentsOf: repeatElement(48, count: -place))
            bytes.append(contentsOf: digits)
        } else if place >= digits.count {
            bytes.append(contentsOf: digits)
            bytes.append(contentsOf: repeatElement(48, count: place - digits.count))
        } else {
            bytes.append(contentsOf: digits[..<place])
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: digits[place...])
        }
    }
}
