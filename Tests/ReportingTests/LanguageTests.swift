import NetworkModel
import Testing

@testable import Balancing
@testable import Reporting

/// The catalogue of texts is complete and both languages say the same.
@Suite struct LanguageTests {
    /// Texts that are the same in both languages on purpose.
    private static let shared: Set<String> = ["SHA-256"]

    private func judge<Text: CatalogueText>(_ type: Text.Type) {
        for text in Text.allCases {
            let (english, chinese) = text.wording
            #expect(!english.isEmpty && !chinese.isEmpty, "\(Text.self).\(text) has an empty wording")
            if !Self.shared.contains(english) {
                #expect(chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(Text.self).\(text) is not Chinese")
            }
            #expect(!english.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(Text.self).\(text) is not English")
            #expect(slots(english) == slots(chinese), "\(Text.self).\(text) uses other arguments in Chinese")
        }
    }

    private func slots(_ text: String) -> Set<String> {
        Set(text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { $0.split(separator: "}").first.map(String.init) })
    }

    @Test func everyTextHasBothLanguages() {
        judge(FigureText.self)
        judge(LimitText.self)
        judge(ConsoleText.self)
        judge(PageText.self)
        judge(ScriptText.self)
        judge(ImportText.self)
        judge(ColumnText.self)
        judge(TableSheetText.self)
        judge(SheetText.self)
        judge(StudyText.self)
    }

    @Test func everyLimitHasItsText() {
        #expect(Set(Limit.allCases.map(LimitText.init)).count == Limit.allCases.count)
    }

    @Test func argumentsAreFilledOnce() {
        let texts = Texts(.english)
        // An id that looks like a slot stays as it is.
        #expect(texts(ConsoleText.cannotRead, "{1}", "gone") == "cannot read {1}: gone")
    }
}
