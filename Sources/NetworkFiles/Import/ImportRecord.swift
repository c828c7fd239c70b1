import NetworkModel

/// Everything an importer decided: what it took for what, what it left unused, what it assumed.
public struct ImportRecord: Sendable {
    /// The kind of the input, for example `XLSX`; empty for the format's own files.
    public var format = ""
    /// Tables in other words than the format's.
    public var mappings: [ImportMapping] = []
    /// Sheets, files, features and attributes that were not used.
    public var unused: [String] = []
    /// What was assumed or done, worded like problems but needing no remedy.
    public var remarks: [Problem] = []

    /// Nothing to say.
    public init() {}

    /// Whether there is nothing to say.
    public var isEmpty: Bool { mappings.isEmpty && unused.isEmpty && remarks.isEmpty }
}
