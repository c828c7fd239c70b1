import NetworkModel

/// One field of a table: a key of a JSON object, a column of a CSV file.
///
/// The unit stands in the name (`length_m`). A dot (`secondary.supply_c`) is an object inside the row in JSON and
/// part of the column's name in CSV.
public struct Field: Hashable, Sendable {
    /// Its name in files.
    public let name: String
    /// What its cells hold.
    public let type: FieldType
    /// Whether every row must give it.
    public let isRequired: Bool
    /// One line for people, in both languages.
    public let documentation: Documentation

    /// Declares a field.
    public init(_ name: String, _ type: FieldType, required: Bool = false, _ documentation: Documentation) {
        self.name = name
        self.type = type
        isRequired = required
        self.documentation = documentation
    }
}

/// A line of documentation in both languages.
public struct Documentation: Hashable, Sendable {
    /// English.
    public let english: String
    /// Chinese.
    public let chinese: String
    /// A line in both languages.
    public init(en english: String, zh chinese: String) { (self.english, self.chinese) = (english, chinese) }
    /// The line in a language.
    public func text(in language: Language) -> String { language == .english ? english : chinese }
}

/// What the cells of a field hold.
public enum FieldType: Hashable, Sendable {
    /// Free text in one line or more.
    case text
    /// The id of the row itself.
    case id
    /// The id of a row of one of these tables; `nodes` also means a node pair of the compact form.
    case reference([TableName])
    /// A decimal number.
    case number(unit: String, NumberRange)
    /// A whole number.
    case integer(NumberRange)
    /// `true` or `false`.
    case flag
    /// One of these words.
    case choice([String])
    /// A list of pairs of numbers with these units, such as a pump curve: `[[0, 400], [30, 320]]` in JSON,
    /// `0:400;30:320` in a CSV cell.
    case points(first: String, second: String)
    /// A list of numbers, each with a weight or of weight 1: `[0.5, 0.7]` or `[[0.5, 2], [0.7, 1]]` in JSON, `0.5;0.7` or
    /// `0.5:2;0.7:1` in a CSV cell.
    case values(unit: String, NumberRange)

    /// How a ``Table`` keeps cells of this type.
    public var storage: Storage {
        switch self {
        case .text, .id, .reference, .choice: .texts
        case .number, .integer: .numbers
        case .flag: .flags
        case .points, .values: .points
        }
    }

    /// The kinds of columns.
    public enum Storage: Hashable, Sendable { case texts, numbers, flags, points }
}

/// The numbers a field accepts, and those it accepts without a question.
public struct NumberRange: Hashable, Sendable {
    /// What is an error outside.
    public let valid: ClosedRange<Double>
    /// Whether the lower end itself is an error (sizes that must be above zero).
    public let excludesLowerBound: Bool
    /// What is a warning outside: values met in real networks.
    public let plausible: ClosedRange<Double>

    /// Numbers of a closed range; plausible is the whole of it unless given.
    public init(_ valid: ClosedRange<Double>, excludingLowerBound: Bool = false, plausible: ClosedRange<Double>? = nil) {
        self.valid = valid
        excludesLowerBound = excludingLowerBound
        self.plausible = plausible ?? valid
    }

    /// Above zero, up to `limit`.
    static func positive(upTo limit: Double, plausible: ClosedRange<Double>? = nil) -> NumberRange {
        NumberRange(0...limit, excludingLowerBound: true, plausible: plausible)
    }

    /// Zero or above, up to `limit`.
    static func nonNegative(upTo limit: Double, plausible: ClosedRange<Double>? = nil) -> NumberRange {
        NumberRange(0...limit, plausible: plausible)
    }

    /// Whether a number is accepted.
    public func accepts(_ value: Double) -> Bool {
        valid.contains(value) && !(excludesLowerBound && value == valid.lowerBound)
    }
}
