import Testing

@testable import Reporting

@Suite struct DisplayNumberTests {
    @Test(arguments: [
        (0.0, 1, "0.0"), (-0.04, 1, "0.0"), (1.25, 1, "1.3"), (-1.25, 1, "−1.3"), (1234.5, 0, "1,235"), (999_999.99, 1, "1,000,000.0"),
        (0.05, 2, "0.05"), (.nan, 1, "–"), (.infinity, 1, "–"), (1e300, 1, "1e+300"),
    ])
    func fixed(_ value: Double, _ decimals: Int, _ text: String) { #expect(DisplayNumber.fixed(value, decimals) == text) }

    @Test(arguments: [(999.0, "999 W"), (1234, "1.2 kW"), (12_345_678, "12.35 MW"), (.nan, "–")])
    func power(_ watts: Double, _ text: String) { #expect(DisplayNumber.power(watts) == text) }

    @Test(arguments: [(0.0, "0"), (3.14e-12, "3.1e-12"), (9.99e-3, "1.0e-2"), (5, "5.0"), (1.23e7, "1.2e7"), (-0.02, "−2.0e-2")])
    func scientific(_ value: Double, _ text: String) { #expect(DisplayNumber.scientific(value) == text) }

    @Test func count() {
        #expect(DisplayNumber.count(0) == "0")
        #expect(DisplayNumber.count(1_234_567) == "1,234,567")
        #expect(DisplayNumber.count(-1000) == "−1,000")
    }

    @Test func chineseTakesTwoColumns() {
        #expect(DisplayWidth.of("abc") == 3)
        #expect(DisplayWidth.of("分区") == 4)
        #expect(DisplayWidth.of("e\u{301}") == 1)
    }

    @Test func tablesAlignChinese() {
        var table = TextTable()
        table.add("分区", "1.0")
        table.add("all", "100.0")
        #expect(table.lines == ["  分区    1.0", "  all   100.0"])
    }

    @Test func terminalTextHidesControls() {
        #expect(TerminalText.visible("a\u{1B}[2Jb\u{202E}c\nd\t高") == "a·[2Jb·c\nd·高")
    }
}
