import NetworkModel

/// A part of the catalogue of texts: every case has a wording in every language.
public protocol CatalogueText: CaseIterable, Sendable {
    /// English and Chinese; `{0}`, `{1}` stand for arguments.
    var wording: (english: String, chinese: String) { get }
}

/// The texts of one language.
///
/// A text lives in a `switch` over its enumeration, so a missing wording does not compile; a test sees to it that
/// none is empty and that both languages use the same arguments.
public struct Texts: Sendable {
    /// The language that people read.
    public let language: Language

    /// The texts of a language.
    public init(_ language: Language) { self.language = language }

    /// A text with its arguments filled in.
    public func callAsFunction(_ text: some CatalogueText, _ arguments: String...) -> String { filled(text, arguments) }

    /// A text with a list of arguments filled in.
    func filled(_ text: some CatalogueText, _ arguments: [String]) -> String {
        let wording = text.wording
        var result = language == .chinese ? wording.chinese : wording.english
        guard !arguments.isEmpty else { return result }
        // One pass, so that an argument that looks like a slot is never filled in turn.
        var filled = ""
        while let brace = result.firstIndex(of: "{") {
            filled += result[..<brace]
            let after = result[result.index(after: brace)...]
            if let end = after.firstIndex(of: "}"), let slot = Int(after[..<end]), arguments.indices.contains(slot) {
                filled += arguments[slot]
                result = String(after[after.index(after: end)...])
            } else {
                filled += "{"
                result = String(after)
            }
        }
        return filled + result
    }
}
