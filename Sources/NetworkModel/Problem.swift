/// Something wrong or doubtful in an input, said so that its owner can mend it.
public struct Problem: Hashable, Sendable {
    /// What kind of problem, with its wording in every language.
    public var code: ProblemCode
    /// Whether the input can still be used.
    public var severity: Severity
    /// The element it is about, where there is one.
    public var element: ElementReference?
    /// The field of that element, as the file names it.
    public var field: String?
    /// What fills `{0}`, `{1}`, … of the wording.
    public var arguments: [String]
    /// Where in which file, where that is known.
    public var location: SourceLocation?

    /// Describes a problem.
    public init(
        _ code: ProblemCode, severity: Severity = .error, element: ElementReference? = nil, field: String? = nil,
        arguments: [String] = [], location: SourceLocation? = nil
    ) {
        self.code = code
        self.severity = severity
        self.element = element
        self.field = field
        self.arguments = arguments
        self.location = location
    }

    /// What is wrong, in a language.
    public func message(in language: Language = .english) -> String { fill(code.wording(in: language).message) }

    /// What to do about it, in a language; empty where nothing needs doing.
    public func remedy(in language: Language = .english) -> String { fill(code.wording(in: language).remedy) }

    private func fill(_ template: String) -> String {
        var text = ""
        var rest = template[...]
        while let brace = rest.firstIndex(of: "{") {
            text += rest[..<brace]
            let after = rest[rest.index(after: brace)...]
            guard let end = after.firstIndex(of: "}"), let slot = Int(after[..<end]), arguments.indices.contains(slot) else {
                text += "{"
                rest = after
                continue
            }
            text += arguments[slot]
            rest = after[after.index(after: end)...]
        }
        return text + rest
    }
}

/// Whether an input with a problem can still be used.
public enum Severity: String, Comparable, Sendable {
    case warning, error
    /// A warning is less than an error.
    public static func < (left: Self, right: Self) -> Bool { left == .warning && right == .error }
}

/// A kind of problem with its wording; modules declare theirs as static members in extensions.
public struct ProblemCode: Hashable, Sendable {
    /// Stable name for programs, for example `dangling-reference`.
    public let name: String
    private let english: Wording
    private let chinese: Wording

    /// What is wrong and what to do, with `{0}`, `{1}` for the arguments.
    public struct Wording: Hashable, Sendable {
        /// What is wrong.
        public var message: String
        /// What to do.
        public var remedy: String
    }

    /// Declares a kind of problem.
    public init(_ name: String, en: (message: String, remedy: String), zh: (message: String, remedy: String)) {
        self.name = name
        english = Wording(message: en.message, remedy: en.remedy)
        chinese = Wording(message: zh.message, remedy: zh.remedy)
    }

    /// The wording in a language.
    public func wording(in language: Language) -> Wording {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }

    /// One name, one kind.
    public static func == (left: Self, right: Self) -> Bool { left.name == right.name }
    /// By name.
    public func hash(into hasher: inout Hasher) { name.hash(into: &hasher) }
}

/// A language that people read.
public enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case chinese = "zh"
}

/// An element by kind (the name of its table in the file) and id.
public struct ElementReference: Hashable, Sendable {
    /// Table name, for example `pipes`.
    public var kind: String
    /// The element's id.
    public var id: ElementID
    /// Names an element.
    public init(kind: String, id: ElementID) { (self.kind, self.id) = (kind, id) }
}

/// A place in an input file; lines and columns count from 1.
public struct SourceLocation: Hashable, Sendable {
    /// The file as the user named it.
    public var file: String
    /// Line from 1.
    public var line: Int
    /// Column in characters from 1; nil where only the line is known.
    public var column: Int?
    /// A place in a file.
    public init(file: String, line: Int, column: Int? = nil) { (self.file, self.line, self.column) = (file, line, column) }
}
