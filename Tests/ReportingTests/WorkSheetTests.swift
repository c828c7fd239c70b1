import NetworkModel
import Quantities
import Testing

@testable import Balancing
@testable import Reporting

/// The sheets that fitters take along.
@Suite struct WorkSheetTests {
    private func html(_ language: Language, of result: RunResult) throws -> String {
        let files = try #require(WorkSheets(result, texts: Texts(language))).files
        #expect(files.map(\.name) == ["worksheets.html"])
        return String(decoding: files[0].bytes, as: UTF8.self)
    }

    @Test(arguments: Language.allCases) func areWellFormed(_ language: Language) throws {
        let html = try html(language, of: SmallRun(title: "A & B <\"'>").result)
        #expect(HTMLJudge(html).faults.isEmpty)
        #expect(!html.contains("<script>alert"))
        #expect(html.contains(language == .chinese ? ">1 单元 1 层 2 号<" : ">unit 1, floor 1, door 2<"))
    }

    @Test func valvesComeInTheOrderOfTheWalk() throws {
        var result = SmallRun().result
        result.recommendation?.schedule.valves.reverse()
        let html = try html(.english, of: result)
        let places = html.matches(of: />unit (\d), floor (\d), door (\d)</).map { "\($0.1)\($0.2)\($0.3)" }
        #expect(places == ["111", "112", "121", "122"])
    }

    @Test func whatStaysIsCountedNotListed() throws {
        var result = SmallRun().result
        // The first valve stands where it should.
        let setting = result.recommendation?.schedule.valves[0].setting
        result.recommendation?.schedule.valves[0].previousSetting = setting
        let html = try html(.english, of: result)
        #expect(html.contains("To turn: 3; stay as they are: 1."))
        #expect(!html.contains(">unit 1, floor 1, door 1<"))
    }

    /// A flow that is missed is named with the settings on both sides of it and what each gives.
    @Test func missesNameTheNextSetting() throws {
        var result = SmallRun().result
        func change(_ next: NextSetting?, _ note: ValveNote) {
            guard var row = result.recommendation?.schedule.valves[0] else { return }
            (row.settingLabel, row.designFlow, row.predictedFlow) = ("1.9", MassFlow(0.1), MassFlow(0.1057))
            (row.notes, row.next) = ([note], next)
            result.recommendation?.schedule.valves[0] = row
        }
        change(NextSetting(label: "1.8", flowRatio: 0.938), .betweenSettings)
        #expect(try html(.english, of: result).contains("settings too coarse (1.9 gives +5.7 %, 1.8 would give −6.2 %)"))
        #expect(try html(.chinese, of: result).contains("整定档位过粗（整定 1.9 偏差 +5.7%，整定 1.8 偏差 −6.2%）"))
        change(nil, .belowSmallestSetting)
        #expect(try html(.english, of: result).contains("valve too large (1.9, the end of the scale, gives +5.7 %)"))
        #expect(try html(.chinese, of: result).contains("阀门过大（刻度端点 1.9，偏差 +5.7%）"))
    }

    @Test func nothingToSetHasNoSheets() {
        var result = SmallRun().result
        result.recommendation?.schedule.valves = []
        result.recommendation?.schedule.pumps = []
        #expect(WorkSheets(result, texts: Texts(.english)) == nil)
    }
}
