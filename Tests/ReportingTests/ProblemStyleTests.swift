import Testing

@testable import Reporting

/// Problems in colour on a terminal: what stands out, and that nothing else changes.
@Suite struct ProblemStyleTests {
    private let text = """
        net.json:3:38: error: "length_m" = -5 is outside ]0, 1000000] [out-of-range]
            3 | { "id": "error: x", "length_m": -5 }
              |                                  ^
          fix: Correct the value; its unit is m.

        net.json:4:1: 警告: 异常 [odd-thing]
        """

    @Test func severityCaretAndRemedyStandOut() {
        let lines = ProblemStyle.styled(text).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix("\u{1B}[1mnet.json:3:38: \u{1B}[0m\u{1B}[1;31merror:\u{1B}[0m \"length_m\""))
        #expect(lines[1] == "    3 | { \"id\": \"error: x\", \"length_m\": -5 }", "a line of the file is never styled")
        #expect(lines[2].hasSuffix("\u{1B}[32m^\u{1B}[0m"))
        #expect(lines[3].hasPrefix("\u{1B}[32m  fix:\u{1B}[0m Correct"))
        #expect(lines[5].contains("\u{1B}[1;33m警告:\u{1B}[0m"))
    }

    @Test func stylesTakenAwayLeaveTheText() {
        #expect(ProblemStyle.styled(text).replacing(/\u{1B}\[[0-9;]*m/, with: "") == text)
    }
}
