/// Text that may hold ids and paths of others, made harmless for a terminal.
public enum TerminalText {
    /// The text with every character that could drive a terminal or hide others shown as `·`: control characters but
    /// line breaks, and the marks that turn the direction of writing (CVE-2021-42574).
    public static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var result = ""
        for scalar in text.unicodeScalars { result.unicodeScalars.append(isHidden(scalar) ? "·" : scalar) }
        return result
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
