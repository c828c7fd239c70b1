import NetworkModel

/// What the readers of one document share while they go: the text at hand, the texts met, the problems found.
struct ReadingState {
    /// Distinct texts of the whole document.
    var pool = TextPool()
    /// Problems of the whole document.
    var log = ProblemLog()
    /// The texts read so far; the last is at hand.
    var sources: [SourceText] = []
    /// What tables in other words than the format's were taken for.
    var mappings: [ImportMapping] = []
    /// Problems found so far, listed or only counted.
    private var problemCount = 0
    /// Whether so much is wrong that reading on would only cost time.
    var hasGivenUp: Bool { problemCount > TextLimits.problems }

    /// The place of a byte of the text at hand.
    func location(at offset: Int) -> SourceLocation? { sources.last?.location(at: offset) }

    /// Reports a problem at a byte of the text at hand.
    @inline(never)
    mutating func report(
        _ code: ProblemCode, severity: Severity = .error, at offset: Int, field: String? = nil, _ arguments: String...
    ) {
        problemCount += 1
        if problemCount == TextLimits.problems + 1 {
            log.report(Problem(.tooManyProblems, arguments: [String(TextLimits.problems)], location: location(at: offset)))
        }
        if log.isFull(code) {
            log.report(Problem(code, severity: severity))
        } else {
            log.report(Problem(code, severity: severity, field: field, arguments: arguments, location: location(at: offset)))
        }
    }

    /// A part of the text at hand as a message quotes it: at most 40 characters, control characters made visible.
    func quote(_ range: Range<Int>) -> String {
        guard let bytes = sources.last?.bytes else { return "" }
        return Quoting.quote(bytes[range.clamped(to: bytes.indices)])
    }
}

/// Texts of a file inside messages.
enum Quoting {
    /// At most 40 characters, control and direction characters made visible as `U+XXXX`.
    static func quote(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        var count = 0
        for scalar in String(decoding: bytes.prefix(200), as: UTF8.self).unicodeScalars {
            if count == 40 { break }
            count += 1
            if isInvisible(scalar) { text += name(scalar) } else { text.unicodeScalars.append(scalar) }
        }
        return count == 40 || bytes.count > 200 ? text + "…" : text
    }

    /// `U+202E` and the like.
    static func name(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Control, format, direction and line-separator characters: what two ids that look alike may hide.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 128 { return scalar.value < 32 || scalar.value == 127 }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
