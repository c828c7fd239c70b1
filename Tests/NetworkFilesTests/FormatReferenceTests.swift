import Foundation
import NetworkModel
import Testing

@testable import NetworkFiles

/// The reference of the format that is shipped is the one the schema gives.
@Suite struct FormatReferenceTests {
    @Test(arguments: [("format.md", Language.english), ("format.zh.md", .chinese)])
    func shippedReferenceIsUpToDate(name: String, language: Language) throws {
        let path = URL(fileURLWithPath: networksFolder()).deletingLastPathComponent().appendingPathComponent("docs/\(name)").path
        let text = FormatReferenceWriter(.equitherm1, language: language).text
        if ProcessInfo.processInfo.environment["EQUITHERM_UPDATE_SCHEMA"] != nil {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let isUpToDate = try String(contentsOfFile: path, encoding: .utf8) == text
        #expect(isUpToDate, "run `make docs` and commit docs/\(name)")
    }

    @Test func everyFieldAndDefaultIsThere() {
        let text = FormatReferenceWriter(.equitherm1, language: .english).text
        for table in Schema.equitherm1.tables {
            for field in table.fields { #expect(text.contains("| `\(field.name)`"), "\(table.name).\(field.name)") }
        }
        for value in Defaults.all { #expect(text.contains("| `\(value.name)` | \(value.value)"), "\(value.name)") }
    }
}
