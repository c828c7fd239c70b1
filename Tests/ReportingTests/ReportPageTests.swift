import Foundation
import NetworkModel
import Testing

@testable import Reporting

@Suite struct ReportPageTests {
    private func page(_ language: Language, title: String = "Two floors") throws -> String {
        let run = SmallRun(title: title)
        return try #require(ReportPage(run.result, summary: Summary(run.result), texts: Texts(language))).html
    }

    @Test(arguments: Language.allCases) func isWellFormed(_ language: Language) throws {
        let judge = HTMLJudge(try page(language, title: "A & B <\"'>"))
        #expect(judge.faults.isEmpty, "\(judge.faults.prefix(5))")
        // Tilt, distribution, map and section.
        #expect(judge.elements["svg"] == 4)
    }

    @Test func judgeFindsFaults() {
        #expect(!HTMLJudge("<p>a & b</p>").faults.isEmpty)
        #expect(!HTMLJudge("<p><b></p></b>").faults.isEmpty)
        #expect(HTMLJudge("<p class=\"x\">a &amp; b</p>").faults.isEmpty)
    }

    @Test(arguments: Language.allCases) func asksNobodyForAnything(_ language: Language) throws {
        let html = try page(language)
        for request in ["http:", "https:", "src=", "href=", "@import", "fetch(", "XMLHttp", "<link", "<iframe", "//www"] {
            #expect(!html.contains(request), "\(request)")
        }
        // The only references are to the page's own patterns.
        for reference in html.components(separatedBy: "url(").dropFirst() { #expect(reference.hasPrefix("#")) }
    }

    @Test func idsCannotBecomeMarkup() throws {
        let html = try page(.english, title: SmallRun.scriptID)
        #expect(!html.contains("<script>alert"))
        #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"))
        #expect(!html.contains("\u{1B}"))
        #expect(!html.contains("<b>"))
    }

    @Test func showsWhatTheRunFound() throws {
        let html = try page(.english)
        // Before: dwelling 1 at 20 °C, dwelling 2 at 11 °C; after: 18 and 15 °C. Half of the open ones at target in both.
        #expect(html.contains("<td>coldest dwelling</td><td class=\"n\">11.0 °C</td><td class=\"n\">15.0 °C</td>"))
        #expect(html.contains("<td>open dwellings at 18.0 °C</td><td class=\"n\">50.0 %</td><td class=\"n\">50.0 %</td>"))
        #expect(html.contains("<td>East</td><td class=\"n\">75.0 %</td><td class=\"n\">1.25</td>"))
        #expect(html.contains("ab12"))
        #expect(html.contains(Drawing.hatch))
    }

    @Test func chineseSaysItInChinese() throws {
        let html = try page(.chinese)
        #expect(html.contains("<html lang=\"zh-Hans\">"))
        #expect(html.contains("最冷户室温"))
        #expect(!html.contains("coldest"))
    }

    @Test func onlyABalanceHasAReport() {
        let run = SmallRun(withBalance: false)
        #expect(ReportPage(run.result, summary: Summary(run.result), texts: Texts(.english)) == nil)
    }
}
