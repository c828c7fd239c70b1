/// Numbers as people read them: fixed decimals, thousands apart, no value as a dash.
///
/// Files never use these: a file's number is the shortest decimal that reads back as the same `Double`.
public enum DisplayNumber {
    /// What stands where there is no value (a part cut off from water, a figure that does not apply).
    public static let none = "–"

    /// A number with a fixed count of decimals (0…6), thousands separated by commas, `–` for NaN and infinity.
    public static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return none }
        let places = min(max(decimals, 0), 6)
        var unit: UInt64 = 1
        for _ in 0..<places { unit *= 10 }
        let scaled = (value.magnitude * Double(unit)).rounded()
        // Above 2^53 the digits would be invented.
        guard scaled < 9.0e15 else { return "\(value)" }
        let digits = UInt64(scaled)
        var text = value < 0 && digits > 0 ? "−" : ""
        text += grouped(digits / unit)
        if places > 0 {
            let fraction = String(digits % unit)
            text += "." + String(repeating: "0", count: places - fraction.count) + fraction
        }
        return text
    }

    /// A whole number with thousands separated by commas.
    public static func count(_ value: Int) -> String {
        (value < 0 ? "−" : "") + grouped(UInt64(value.magnitude))
    }

    /// A ratio 0…1 in per cent with one decimal, `97.8 %`.
    public static func percent(_ ratio: Double, _ decimals: Int = 1) -> String {
        ratio.isFinite ? fixed(ratio * 100, decimals) + " %" : none
    }

    /// A temperature with one decimal, `16.2 °C`.
    public static func celsius(_ value: Double) -> String { value.isFinite ? fixed(value, 1) + " °C" : none }

    /// A power in the unit that keeps it between 1 and 1000: W, kW or MW.
    public static func power(_ watts: Double) -> String {
        guard watts.isFinite else { return none }
        switch watts.magnitude {
        case ..<1e3: return fixed(watts, 0) + " W"
        case ..<1e6: return fixed(watts / 1e3, 1) + " kW"
        default: return fixed(watts / 1e6, 2) + " MW"
        }
    }

    /// A number as it is known to a few digits: three significant ones, no trailing zeros behind the point; `–` for NaN.
    public static func significant(_ value: Double) -> String {
        guard value.isFinite else { return none }
        var (decimals, scale) = (0, value.magnitude)
        while scale > 0, scale < 99.95, decimals < 6 { (decimals, scale) = (decimals + 1, scale * 10) }
        return plain(value, decimals)
    }

    /// A number as a person wrote it: all its digits up to six decimals, no trailing zeros.
    public static func written(_ value: Double) -> String { value.isFinite ? plain(value, 6) : none }

    private static func plain(_ value: Double, _ decimals: Int) -> String {
        var text = fixed(value, decimals)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// A small magnitude for a check, two significant digits: `3.1e-12`.
    public static func scientific(_ value: Double) -> String {
        guard value.isFinite else { return none }
        guard value != 0 else { return "0" }
        var exponent = 0
        var mantissa = value.magnitude
        while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        if (mantissa * 10).rounded() >= 100 { (mantissa, exponent) = (1, exponent + 1) }
        let sign = value < 0 ? "−" : ""
        return exponent == 0 ? sign + fixed(mantissa, 1) : "\(sign)\(fixed(mantissa, 1))e\(exponent)"
    }

    private static func grouped(_ value: UInt64) -> String {
        let digits = Array(String(value).utf8)
        guard digits.count > 3 else { return String(value) }
        var text = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { text += "," }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return text
    }
}
