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
        // The patterns, then map, section with its shape, distribution, tilt, two of bottlenecks less one, heating curve.
        #expect(try Set(page(language).matches(of: /<section id="([a-z-]+)">/).map { String($0.1) }) == [
            "headline", "map", "building", "rooms", "zones", "bottlenecks", "curve", "settings-section", "checks", "inputs",
        ])
        #expect(judge.elements["svg"] == 8)
    }

    @Test func judgeFindsFaults() {
        #expect(!HTMLJudge("<p>a & b</p>").faults.isEmpty)
        #expect(!HTMLJudge("<p><b></p></b>").faults.isEmpty)
        #expect(HTMLJudge("<p class=\"x\">a &amp; b</p>").faults.isEmpty)
    }

    @Test(arguments: Language.allCases) func asksNobodyForAnything(_ language: Language) throws {
        let html = try page(language)
        for request in ["http:", "https:", "src=", "href=\"/", "href=\"h", "@import", "fetch(", "XMLHttp", "<link", "<iframe", "//www"] {
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
        #expect(html.contains(">coldest dwelling</td><td class=\"n\">11.0 °C</td><td class=\"n\">15.0 °C</td>"))
        #expect(html.contains(">open dwellings at 18.0 °C</td><td class=\"n\" data-o=\"50.0%\">50.0 %</td><td class=\"n\" data-o=\"50.0%\">50.0 %</td>"))
        #expect(html.contains(">East</td><td class=\"n\" data-o=\"75.0%\">75.0 %</td><td class=\"n\">1.25</td>"))
        #expect(html.contains("ab12"))
        #expect(html.contains(Drawing.hatch))
    }

    @Test func chineseSaysItInChinese() throws {
        let html = try page(.chinese)
        #expect(html.contains("<html lang=\"zh-Hans\">"))
        #expect(html.contains(">最冷户室温<"))
        // English stands only where the switch fetches it from.
        #expect(!html.contains(">coldest dwelling<"))
    }

    @Test func bothLanguagesAreInThePage() throws {
        let english = try page(.english)
        #expect(english.contains("data-o=\"最冷户室温\">coldest dwelling<"))
        #expect(try page(.chinese).contains("data-o=\"coldest dwelling\">最冷户室温<"))
    }

    @Test func dataOfTheScriptIsJSON() throws {
        let html = try page(.english, title: SmallRun.scriptID)
        let start = try #require(html.range(of: "<script type=\"application/json\" id=\"data\">"))
        let end = try #require(html.range(of: "</script>", range: start.upperBound..<html.endIndex))
        let data = try JSONSerialization.jsonObject(with: Data(html[start.upperBound..<end.lowerBound].utf8))
        let object = try #require(data as? [String: Any])
        #expect((object["v"] as? [[Any]])?.count == 4)
        let rooms = try #require(object["rooms"] as? [String: Any])
        #expect(rooms["state"] as? String == "oocr")
        #expect(rooms["after"] as? [Double] == [180, 150, 120, 140])
        #expect((object["b"] as? [[Any]])?.first?.first as? String == "B1")
    }

    @Test func sectionsWithoutDataLeaveThemselvesOut() throws {
        var result = SmallRun().result
        result.recommendation?.before = nil
        result.recommendation?.allocation.zoneSummaries = []
        result.recommendation?.schedule.valves = []
        let html = try #require(ReportPage(result, summary: Summary(result), texts: Texts(.english))).html
        #expect(HTMLJudge(html).faults.isEmpty)
        #expect(!html.contains("id=\"zones\"") && !html.contains("id=\"mapstate\""))
    }

    @Test func onlyABalanceHasAReport() {
        let run = SmallRun(withBalance: false)
        #expect(ReportPage(run.result, summary: Summary(run.result), texts: Texts(.english)) == nil)
    }

    @Test(arguments: Language.allCases) func picturesStandAlone(_ language: Language) throws {
        let run = SmallRun(title: "A & B <\"'>")
        var files = ResultFiles()
        files.addPictures(run.result, texts: Texts(language))
        #expect(files.files.map(\.name) == ["map.svg", "section.svg", "rooms.svg", "tilt.svg", "bottlenecks.svg"])
        for file in files.files {
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(HTMLJudge(text).faults.isEmpty, "\(file.name)")
            #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
            // What a file refers to is in the file.
            if text.contains(Drawing.hatch) { #expect(text.contains("id=\"hatch\"")) }
        }
    }

    @Test func curvesAreShownWhereTheyWereComputed() throws {
        var result = SmallRun().result
        result.curves.visits = [
            .init(visits: 0, shareAtTarget: 0.5, coldest: 11), .init(visits: 2, shareAtTarget: 0.75, coldest: 14),
        ]
        result.curves.policies = [
            .init(policy: "area", coldest: 12, shareAtTarget: 0.5), .init(policy: "equal-temperature", coldest: 15, shareAtTarget: 0.5),
        ]
        let html = try #require(ReportPage(result, summary: Summary(result), texts: Texts(.english))).html
        #expect(HTMLJudge(html).faults.isEmpty)
        #expect(html.contains("id=\"visits\"") && html.contains("id=\"policies\""))
        #expect(html.contains(">equal-temperature</td>"))
        #expect(try !page(.english).contains("id=\"visits\""))
    }
}
