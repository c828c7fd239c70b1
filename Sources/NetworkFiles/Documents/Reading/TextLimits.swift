/// Bounds on what a document may hold: far above anything real, so that hostile input stays cheap.
enum TextLimits {
    /// Longest id or reference, bytes of UTF-8.
    static let name = 400
    /// Longest text, bytes of UTF-8.
    static let text = 20_000
    /// Deepest nesting of JSON.
    static let depth = 32
    /// Mistakes of JSON syntax after which reading stops.
    static let syntaxErrors = 100
    /// Problems after which reading stops.
    static let problems = 100_000
    /// Most columns of a table.
    static let columns = 1000
    /// Most bytes of one file.
    static let fileBytes = 2_000_000_000
    /// Most bytes of a pipe or device, whose size nobody knows before.
    static let streamBytes = 500_000_000

    /// Longest text of a field.
    @inline(__always)
    static func bytes(isName: Bool) -> Int { isName ? name : text }
}

/// What a person may have meant, as a message shows it.
enum Suggestion {
    /// ` (NAME?)`, or nothing where no name is near.
    static func text(for name: String, in candidates: some Sequence<String>) -> String {
        NearestName.nearest(to: name, in: candidates).map { " (\($0)?)" } ?? ""
    }
}
