import NetworkModel

/// What expanding a document gives.
public struct Expansion: Sendable {
    /// The network; nil where a problem of severity `error` was found.
    public var network: Network?
    /// Everything wrong or doubtful, with its place in the file.
    public var problems: [Problem]
    /// Which defaults filled what the document leaves open, and how often.
    public var assumptions: [Assumption]
}

/// A default that was used because the document says nothing.
public struct Assumption: Hashable, Sendable {
    /// The default.
    public var value: DefaultValue
    /// For how many elements it was used.
    public var count: Int
    /// The first element it was used for.
    public var example: ElementReference?
}

/// A default of the format: what is taken where a document gives nothing.
public struct DefaultValue: Hashable, Sendable {
    /// Its name: the field of the file that overrides it, or a name of its own where there is none.
    public let name: String
    /// The value as text, with a decimal point; a rule in words where it is not one number.
    public let value: String
    /// Its unit, empty for texts and ratios.
    public let unit: String
    /// What it is and why this value, in both languages.
    public let documentation: Documentation
    /// How well founded it is.
    public let basis: Basis

    /// Where a default comes from.
    public enum Basis: String, Sendable {
        /// A published standard or data sheet.
        case standard
        /// Engineering judgement, to be replaced by what is known of the network.
        case judgement
        /// A rule of the format.
        case rule
    }
}
