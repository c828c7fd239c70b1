import NetworkModel

/// A text in every language at once, for pages that switch between them without asking anybody.
struct Phrase: Hashable, Sendable {
    /// The text in English.
    let english: String
    /// The text in Chinese.
    let chinese: String

    /// Writes the text once in each language.
    init(_ write: (Texts) -> String) {
        english = write(Texts(.english))
        chinese = write(Texts(.chinese))
    }

    /// An id or a number, which is the same everywhere.
    init(plain text: String) { (english, chinese) = (text, text) }

    /// A text of the catalogue with arguments that are the same everywhere.
    init(_ text: some CatalogueText, _ arguments: String...) {
        func fill(_ texts: Texts) -> String {
            // The catalogue fills its slots in one pass; here from a list.
            texts.filled(text, arguments)
        }
        self.init(fill)
    }

    /// The text in a language.
    func text(in language: Language) -> String { language == .chinese ? chinese : english }

    /// The text in the language that a page in this one switches to.
    func other(than language: Language) -> String { language == .chinese ? english : chinese }

    /// Whether both languages say the same.
    var isShared: Bool { english == chinese }

    /// The attribute that carries the other language, with a blank before it; empty where both say the same.
    func attribute(_ name: String = "data-o", in language: Language) -> String {
        isShared ? "" : " \(name)=\"\(Markup.escaped(other(than: language)))\""
    }

    /// The text as HTML that the script of a page can turn into the other language.
    func html(in language: Language) -> String {
        let shown = Markup.escaped(text(in: language))
        return isShared ? shown : "<span\(attribute(in: language))>\(shown)</span>"
    }
}
